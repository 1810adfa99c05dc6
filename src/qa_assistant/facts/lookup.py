"""Look up and compute: a reading of a question over one relation to the rows and numbers that answer it.

Every result names the rows it was made of, so that an answer can cite them. Filters run as SQL over the keys of cells
(`store`), sums and rankings as SQL over their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, Literal

from qa_assistant.facts.relations import Relation, Row
from qa_assistant.facts.store import FactStore
from qa_assistant.records import Fact

Action = Literal[
    "list", "count", "most", "least", "earliest", "latest", "sum", "average", "difference", "lead", "share", "rank",
    "nth", "common", "none", "extremes",
]  # fmt: skip

EVERYTHING: Final = -1
"""As `limit`: all rows of a ranking; in a count, rows and not the different things they name."""


MOST_NAMED: Final = 40
"""Groups of a ranking that are named beside those asked for."""

_Ranked = tuple[str, float, int]
"""The key of a thing, what there is of it, and its first row."""


@dataclass(frozen=True)
class Choice:
    """One thing that a filter lets through: the keys of its cells, and how the question called it."""

    keys: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Filter:
    """Which rows are meant: those whose cell in `column` has a key of one of `choices`.

    Or a number in one of the ranges `between`, or those in `rows`, found by the words in their cells.
    """

    column: str
    choices: tuple[Choice, ...] = ()
    between: tuple[tuple[float, float], ...] = ()
    rows: frozenset[int] | None = None
    label: str = ""


@dataclass(frozen=True)
class Reading:
    """One way to understand a question as a lookup in a relation.

    `asked` is the column whose cells answer, `group` the column whose things are counted or ranked, `measure` the
    column of numbers that they are ranked by (None: by the number of rows). `missing` are names that the question
    filters by and the relation does not have, with their columns; `without` the rows that it leaves out. `score` is how
    much of the question it accounts for.
    """

    relation: int
    action: Action
    asked: str
    filters: tuple[Filter, ...] = ()
    group: str | None = None
    measure: str | None = None
    limit: int = 1
    missing: tuple[tuple[str, str], ...] = ()
    without: tuple[Filter, ...] = ()
    score: float = 0.0


@dataclass(frozen=True)
class Group:
    """One thing and what there is of it: the cell that names it, a number, and the rows that it was made of."""

    name: Fact
    amount: float
    rows: tuple[int, ...]


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


def look_up(store: FactStore, reading: Reading) -> Result:
    """What `reading` finds; nothing where a name that it filters by is missing."""
    return _LookUp(store, reading).result()


class _LookUp:
    def __init__(self, store: FactStore, reading: Reading) -> None:
        self.store = store
        self.reading = reading
        self.relation = store.relations[reading.relation]
        self.several = next((f for f in reading.filters if len(f.choices) > 1), None)

    def result(self) -> Result:
        empty = Result(self.reading, self.relation)
        if self.reading.missing:
            return empty
        action = self.reading.action
        if action in ("most", "least", "rank", "nth", "lead"):
            return self._ranking()
        rows = self._rows(self.reading.filters)
        if action == "none":
            return self._without(rows)
        if action == "common":
            return self._common()
        if action in ("difference", "count", "sum", "average", "share") and self.several is not None:
            return self._compared(action)
        return self._of_rows(action, self._loaded(rows))

    def _of_rows(self, action: Action, loaded: list[tuple[int, Row]]) -> Result:
        empty = Result(self.reading, self.relation)
        if action in ("earliest", "latest"):
            return self._extreme(loaded, action)
        if action == "extremes":
            first, last = self._extreme(loaded, "earliest"), self._extreme(loaded, "latest")
            return replace(first, rows=tuple(dict(first.rows + last.rows).items()))
        if action == "count":
            loaded = self._naming(loaded, self.reading.asked) or loaded
            amount = len(loaded) if self.reading.limit == EVERYTHING else self._count(loaded)
            return replace(empty, rows=tuple(loaded), amount=amount, total=len(loaded))
        if action in ("sum", "average") and self.reading.measure:
            loaded = self._naming(loaded, self.reading.measure)
            return replace(empty, rows=tuple(loaded), amount=self._measured(loaded), total=len(loaded))
        if action == "share" and self.reading.measure:
            return self._share(loaded)
        return replace(empty, rows=tuple(loaded), total=len(loaded))

    def _rows(self, filters: Sequence[Filter]) -> list[int]:
        number = self.reading.relation
        rows: set[int] | None = None
        for one in filters:
            if one.rows is not None:
                found = set(one.rows)
            elif one.between:
                found = set().union(*(self.store.rows_between(number, one.column, *span) for span in one.between))
            else:
                found = self.store.rows_with(number, one.column, [key for choice in one.choices for key in choice.keys])
            rows = found if rows is None else rows & found
        left = self.store.all_rows(number) if rows is None else rows
        for one in self.reading.without:
            left = left - self.store.rows_with(number, one.column, one.choices[0].keys)
        return sorted(left)

    def _loaded(self, rows: Sequence[int]) -> list[tuple[int, Row]]:
        return self.store.rows(self.reading.relation, rows)

    def _naming(self, rows: Sequence[tuple[int, Row]], column: str) -> list[tuple[int, Row]]:
        """The rows that have something in `column`."""
        return [(number, row) for number, row in rows if column in row.cells and row.cells[column].value is not None]

    def _count(self, rows: Sequence[tuple[int, Row]]) -> int:
        """How many different things the asked column names in `rows`."""
        return len({row.keys.get(self.reading.asked) for _, row in self._naming(rows, self.reading.asked)})

    def _measured(self, rows: Sequence[tuple[int, Row]]) -> float:
        measure = self.reading.measure
        values = [row.cells[measure].value for _, row in rows if measure and measure in row.cells]
        numbers = [value for value in values if isinstance(value, int | float)]
        if self.reading.action == "average":
            return sum(numbers) / len(numbers) if numbers else 0.0
        return sum(numbers)

    def _ranking(self) -> Result:
        reading = self.reading
        group = reading.group or self.relation.key
        # A rank counts all things of its column, also those that the question does not name.
        limiting = [one for one in reading.filters if reading.action != "rank" or one.column != group]
        limited = self._rows(limiting) if limiting else None
        ranked = self.store.grouped(reading.relation, group, reading.measure, limited)
        if reading.action == "least":
            ranked.sort(key=lambda one: (one[1], one[2]))
        if reading.action == "rank" and any(one.column == group for one in reading.filters):
            wanted = {key for one in reading.filters if one.column == group for c in one.choices for key in c.keys}
            own = [one for one in ranked if one[0] in wanted]
            if not own:
                return Result(reading, self.relation)
            first = next(place for place, one in enumerate(ranked, start=1) if one[1] == own[0][1])
            groups = self._named_groups(group, own, limited)
            others = self._named_groups(group, _left(ranked, own), limited)
            return Result(reading, self.relation, groups=groups, amount=first, total=len(ranked), others_ranked=others)
        if reading.action == "nth":
            chosen = ranked[reading.limit - 1 : reading.limit]
        elif reading.action == "lead":
            chosen = ranked[:2]
        elif reading.action == "rank":
            chosen = ranked if reading.limit == EVERYTHING else ranked[: reading.limit]
        else:
            best = ranked[0][1] if ranked else 0
            chosen = [one for one in ranked if one[1] == best] if reading.limit == 1 else ranked[: reading.limit]
        difference = chosen[0][1] - chosen[1][1] if reading.action == "lead" and len(chosen) == 2 else None
        groups = self._named_groups(group, chosen, limited)
        others = self._named_groups(group, _left(ranked, chosen), limited)
        return Result(reading, self.relation, groups=groups, amount=difference, total=len(ranked), others_ranked=others)

    def _named_groups(self, group: str, chosen: Sequence[_Ranked], limited: Sequence[int] | None) -> tuple[Group, ...]:
        """The groups of the keys, amounts and first rows in `chosen`, with the names and all rows of each."""
        allowed = None if limited is None else set(limited)
        first = dict(self._loaded([row for _, _, row in chosen]))
        groups: list[Group] = []
        for key, amount, row in chosen:
            rows = self.store.rows_with(self.reading.relation, group, [key])
            members = sorted(rows if allowed is None else rows & allowed)
            groups.append(Group(first[row].cells[group], amount, tuple(members)))
        return tuple(groups)

    def _without(self, rows: Sequence[int]) -> Result:
        """The things of the key column that have no named row among those the other filters let through."""
        key = self.relation.key
        named = {row.keys.get(key, "") for _, row in self._naming(self._loaded(rows), self.reading.asked)}
        every = self._loaded(self._rows(()))
        left: dict[str, tuple[int, Row]] = {}
        empty = {number for number, row in self._loaded(rows) if self._says_none(row)}
        for number, row in every:
            name = row.keys.get(key, "")
            if name and name not in named and (name not in left or number in empty):
                left[name] = (number, row)
        groups = tuple(Group(row.cells[key], 0, (number,)) for number, row in left.values())
        return Result(self.reading, self.relation, groups=groups, total=len(groups))

    def _says_none(self, row: Row) -> bool:
        cell = row.cells.get(self.reading.asked)
        return cell is not None and cell.value is None

    def _sides(self) -> list[tuple[Choice, list[tuple[int, Row]]]]:
        """The rows of each thing that the question compares."""
        several = self.several
        if several is None:
            return []
        others = tuple(one for one in self.reading.filters if one is not several)
        return [
            (choice, self._loaded(self._rows((*others, replace(several, choices=(choice,))))))
            for choice in several.choices
        ]

    def _common(self) -> Result:
        asked = self.reading.asked
        sides = self._sides()
        if len(sides) < 2:
            return Result(self.reading, self.relation)
        shared = set.intersection(*({row.keys.get(asked) for _, row in self._naming(rows, asked)} for _, rows in sides))
        rows = [
            (number, row)
            for _, side in sides
            for number, row in self._naming(side, asked)
            if row.keys.get(asked) in shared
        ]
        rows.sort(key=lambda one: one[0])
        return Result(self.reading, self.relation, rows=tuple(rows), amount=len(shared), total=len(shared))

    def _compared(self, action: Action) -> Result:
        """A number for each of the things compared, in the order of the question; their difference where asked for."""
        groups: list[Group] = []
        column = self.several.column if self.several else self.relation.key
        for _, rows in self._sides():
            if not rows:
                continue
            if self.reading.measure:
                used = self._naming(rows, self.reading.measure)
                amount = self._measured(used)
            else:
                used = self._naming(rows, self.reading.asked)
                amount = float(self._count(used))
            name = rows[0][1].cells[column]
            groups.append(Group(name, amount, tuple(number for number, _ in used or rows)))
        total = sum(group.amount for group in groups)
        amounts = [group.amount for group in groups]
        difference = max(amounts) - min(amounts) if action == "difference" and len(amounts) > 1 else None
        if action in ("sum", "count"):
            difference = total
        return Result(self.reading, self.relation, groups=tuple(groups), amount=difference, total=len(groups))

    def _extreme(self, rows: list[tuple[int, Row]], action: Action) -> Result:
        columns = self.relation.columns
        in_order = [column.column_id for column in columns if column.order]
        by_date = [column.column_id for column in columns if column.type == "date"]
        measure = next(iter([*in_order, *by_date]), self.relation.key)
        dated = self._naming(rows, measure)
        if not dated:
            return Result(self.reading, self.relation)
        values = [row.cells[measure].value for _, row in dated]
        pick = min if action == "earliest" else max
        best = pick(values, key=lambda value: (isinstance(value, str), value))
        chosen = tuple((number, row) for number, row in dated if row.cells[measure].value == best)
        return Result(self.reading, self.relation, rows=chosen, total=len(chosen))

    def _share(self, rows: list[tuple[int, Row]]) -> Result:
        """The share of the measured rows in the total that their own row prints, or in the sum of all rows."""
        measure = self.reading.measure or ""
        used = self._naming(rows, measure)
        part = self._measured(used)
        whole = self.relation.total
        if whole and len(self._naming(used, whole)) == len(used):
            total = sum(float(row.cells[whole].value or 0) for _, row in used)
            return Result(
                self.reading, self.relation, rows=tuple(used), amount=part / total if total else None, total=int(total)
            )
        every = self._naming(self._loaded(self._rows(())), measure)
        total = self._measured(every)
        others = {number: row for number, row in every if number not in {one for one, _ in used}}
        return Result(
            self.reading, self.relation, rows=tuple(used), amount=part / total if total else None,
            total=int(total), others=others,
        )  # fmt: skip


def _left(ranked: Sequence[_Ranked], chosen: Sequence[_Ranked]) -> list[_Ranked]:
    """The first of `ranked` that are not in `chosen`."""
    taken = set(chosen)
    return list(islice((one for one in ranked if one not in taken), MOST_NAMED))
