"""The training table as of some minutes, said once more in SQL and computed by DuckDB.

It holds for clean raw tables in Parquet: ids are unique and stamps are UTC.
"""

LANDERS = ", ".join(f"landing = '/lander-{i}' as \"landing_page_/lander-{i}\"" for i in range(1, 6))

QUERY = """
create or replace temp table made as
with views as (
    select website_session_id as id, epoch(created_at)::bigint as time, pageview_url as url
    from read_parquet('{raw}/website_pageviews.parquet')),
starts as (select id, min(time) as start from views group by id),
seen as (
    select id, any_value(start) as start, count(*) as depth, max(time) as last_page,
           arg_min(url, time) as landing
    from views join starts using (id)
    where time <= start + {seconds}
    group by id),
placed as (
    select website_session_id as id, min(epoch(created_at)::bigint) as ordered,
           arg_min(price_usd, created_at) as price
    from read_parquet('{raw}/orders.parquet') group by 1),
sessions as (
    select website_session_id as id, user_id, utm_source, device_type,
           epoch(created_at)::bigint as begun
    from read_parquet('{raw}/website_sessions.parquet')),
users as (select user_id, min(begun) as first from sessions group by 1),
finish as (
    select greatest((select max(time) from views), (select max(begun) from sessions),
                    (select max(ordered) from placed)) as data_end)
select (first < start)::bigint as is_repeat_session,
       hour(make_timestamp(start * 1000000)) as hour_of_day,
       isodow(make_timestamp(start * 1000000)) >= 6 as is_weekend,
       depth as engagement_depth,
       coalesce(utm_source = 'gsearch', false) as utm_source_gsearch,
       coalesce(utm_source = 'socialbook', false) as utm_source_socialbook,
       device_type = 'mobile' as device_type_mobile,
       {landers},
       coalesce(ordered <= start + {seconds} + 86400, false)::bigint as is_ordered,
       case when ordered <= start + {seconds} + 86400 then price else 0 end as revenue,
       id as website_session_id, user_id,
       make_timestamp(start * 1000000) as session_started_at,
       make_timestamp((start + {seconds}) * 1000000) as prediction_time,
       make_timestamp(ordered * 1000000) as order_time,
       make_timestamp(last_page * 1000000) as last_page_time
from sessions join seen using (id) join users using (user_id) left join placed using (id), finish
where (ordered is null or ordered > start + {seconds}) and start + {seconds} + 86400 <= data_end
order by id
"""

KEYS = (
    "website_session_id, user_id, session_started_at, prediction_time, order_time, last_page_time"
)


def make_tables(connection, raw, seconds, out):
    """Write `out`/table.parquet and `out`/keys.parquet from the raw tables in folder `raw`."""
    connection.execute(QUERY.format(raw=raw, seconds=seconds, landers=LANDERS))
    connection.execute(
        f"copy (select * exclude ({KEYS}) from made) to '{out}/table.parquet' (format parquet)"
    )
    connection.execute(f"copy (select {KEYS} from made) to '{out}/keys.parquet' (format parquet)")
