"""Small tables of a rare event, made by rule, for tests of training and scoring."""

import random


def visits(rows=2000, seed=1):
    """CSV text: number, category, boolean and missing values; `bought` depends on depth."""
    draw = random.Random(seed)
    lines = ["visit,depth,hour,source,returning,bought"]
    for visit in range(rows):
        depth = draw.randint(1, 6)
        source = draw.choice(["ads", "mail", "search", "", "friend"])
        bought = draw.random() < [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4][depth]
        hour = "" if draw.random() < 0.05 else draw.randint(0, 23)
        lines.append(
            f"{visit},{depth},{hour},{source},{str(draw.random() < 0.3).lower()},{int(bought)}"
        )
    return "\n".join(lines) + "\n"


VISITS = visits()


def column(values, positives=20, name="x"):
    """CSV text of one feature and a target whose first `positives` rows are 1."""
    lines = [f"{name},y"]
    lines += [f"{value},{int(i < positives)}" for i, value in enumerate(values)]
    return "\n".join(lines) + "\n"
