"""A tiny shop of raw tables as CSV, for tests that need a training table but no real one."""

from datetime import datetime, timedelta

PAGES = ["/home", "/products", "/the-original-mr-fuzzy", "/cart", "/shipping", "/billing"]
BEGIN = datetime(2012, 3, 19, 8, 0)


def shop(sessions=200):
    """{"raw/website_sessions.csv": text, ...}: every seventh session orders in its 12th minute."""
    rows = {
        "website_sessions": ["website_session_id,created_at,user_id,is_repeat_session,"
                             "utm_source,device_type"],
        "website_pageviews": ["website_pageview_id,created_at,website_session_id,pageview_url"],
        "orders": ["order_id,created_at,website_session_id,price_usd"],
    }  # fmt: skip
    view = 0
    for session in range(1, sessions + 1):
        start = BEGIN + timedelta(hours=session)
        rows["website_sessions"].append(
            f"{session},{start},{session // 2},{session % 2},"
            f"{['gsearch', 'bsearch', ''][session % 3]},{['mobile', 'desktop'][session % 2]}"
        )
        buys = session % 7 == 0
        for step, url in enumerate(PAGES[: 6 if buys else 1 + session % 5]):
            view += 1
            rows["website_pageviews"].append(
                f"{view},{start + timedelta(minutes=2 * step)},{session},{url}"
            )
        if buys:
            number = len(rows["orders"])
            rows["orders"].append(f"{number},{start + timedelta(minutes=12)},{session},49.99")
    return {f"raw/{name}.csv": "\n".join(lines) + "\n" for name, lines in rows.items()}
