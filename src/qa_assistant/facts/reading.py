"""A question as a lookup in a relation, and what the lookup found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from qa_assistant.facts.relations import Relation, Row
from qa_assistant.records import Fact

Action = Literal[
    "list", "count", "most", "least", "earliest", "latest", "sum", "average", "difference", "lead", "share", "rank",
    "nth", "common", "none", "extremes", "more", "rest",
]  # fmt: skip

EVERYTHING: Final = -1
"""As `limit`: all rows of a ranking; in a count, rows and not the different things they name."""


@dataclass(frozen=True)
class Choice:
    """One thing that a filter lets through, and how the question called it.

    The keys of its cells, or the range `between` of its numbers or years, both ends included.
    """

    keys: tuple[str, ...]
    label: str
    between: tuple[float, float] | None = None


@dataclass(frozen=True)
class Filter:
    """Which rows are meant: those whose cell in `column` is one of `choices`.

    Or those in `rows`, found by the words in their cells; `label` is how the question called these.
    """

    column: str
    choices: tuple[Choice, ...] = ()
    rows: frozenset[int] | None = None
    label: str = ""

    @property
    def ranged(self) -> bool:
        """Whether it lets through a range of numbers or years."""
        return any(choice.between for choice in self.choices)


@dataclass(frozen=True)
class Reading:
    """One way to understand a question as a lookup in a relation.

    `asked` is the column whose cells answer, `group` the column whose things are counted or ranked, `measure` the
    column of numbers that they are ranked by (None: by the number of rows), or by the share of these in the total of
    their own row where `of_total` is set. `missing` are names that the question filters by and the relation does not
    have, with their columns; `without` the rows that it leaves out. `called` tells whether the question speaks of the
    relation and not only of what stands in it, `spoken` of which columns. `score` is how much of the question it
    accounts for.
    """

    relation: int
    action: Action
    asked: str
    filters: tuple[Filter, ...] = ()
    group: str | None = None
    measure: str | None = None
    limit: int = 1
    of_total: bool = False
    missing: tuple[tuple[str, str], ...] = ()
    without: tuple[Filter, ...] = ()
    called: bool = True
    spoken: frozenset[str] = frozenset()
    score: float = 0.0


@dataclass(frozen=True)
class Group:
    """One thing and what there is of it: the cell that names it, a number, and the rows that it was made of.

    `label` is set where no cell names it: a range of years is called as the question calls it.
    """

    name: Fact
    amount: float
    rows: tuple[int, ...]
    label: str = ""


@dataclass(frozen=True)
class Result:
    """What a lookup found: rows, or groups of rows, and the number computed of them where one was asked for.

    `others` are the rows that a share is a share of, beside those in `rows`; `others_ranked` the first groups that
    those in `groups` were ranked against.
    """

    reading: Reading
    relation: Relation
    rows: tuple[tuple[int, Row], ...] = ()
    groups: tuple[Group, ...] = ()
    amount: float | None = None
    total: int = 0
    others: dict[int, Row] = field(default_factory=dict)
    others_ranked: tuple[Group, ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.rows or self.groups)
