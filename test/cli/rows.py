"""What a row of bad input is."""

from dataclasses import dataclass, field

BUG, USAGE, DATA, EXTERNAL, CHECK = 1, 2, 3, 4, 5


@dataclass(frozen=True)
class Row:
    name: str
    command: str | list
    exit_code: int
    sentence: str
    files: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
