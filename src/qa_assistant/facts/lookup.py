"""Look up and compute: a reading of a question over one relation to the rows and numbers that answer it.

Every result names the rows it was made of, so that an answer can cite them. Filters run as SQL over the keys of cells
(`store`), sums and rankings as SQL over their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from qa_assistant.facts.reading import EVERYTHING, Action, Choice, Filter, Group, Reading, Result
from qa_assistant.facts.relations import Row
from qa_assistant.facts.store import Cell, FactStore

MOST_NAMED: Final = 40
"""Groups of a ranking that are named beside those asked for, and rows after which no more groups are."""

_Ranked = tuple[str, float, int]
"""The key of a thing, what there is of it, and its first row."""


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
        if action == "rest":
            return self._rest()
        rows = self._rows(self.reading.filters)
        if action == "none":
            return self._without(rows)
        if action == "common":
            return self._common()
        if action in ("difference", "more", "count", "sum", "average", "share") and self.several is not None:
            return self._compared(action)
        return self._of_rows(action, rows)

    def _of_rows(self, action: Action, rows: list[int]) -> Result:
        if action in ("earliest", "latest"):
            return self._found(self._extreme(rows, action))
        if action == "extremes":
            return self._found(dict.fromkeys(self._extreme(rows, "earliest") + self._extreme(rows, "latest")))
        if action == "count":
            named = self._named(rows, self.reading.asked)
            counted = [cell.row for cell in named] or rows
            return self._found(counted, len(counted) if self.reading.limit == EVERYTHING else _different(named))
        if action in ("sum", "average") and self.reading.measure:
            measured = self._named(rows, self.reading.measure)
            return self._found([cell.row for cell in measured], self._measured(measured))
        if action == "share" and self.reading.measure:
            return self._share(rows)
        return self._found(rows)

    def _found(self, rows: Iterable[int], amount: float | None = None) -> Result:
        """The result of some rows and the number computed of them."""
        chosen = list(rows)
        loaded = dict(self._loaded(chosen))
        pairs = tuple((number, loaded[number]) for number in chosen)
        return Result(self.reading, self.relation, rows=pairs, amount=amount, total=len(chosen))

    def _rows(self, filters: Sequence[Filter]) -> list[int]:
        number = self.reading.relation
        rows: set[int] | None = None
        for one in filters:
            if one.rows is not None:
                found = set(one.rows)
            else:
                keys = [key for choice in one.choices for key in choice.keys]
                found = self.store.rows_with(number, one.column, keys) if keys else set()
                ranges = (choice.between for choice in one.choices if choice.between)
                found = found.union(*(self.store.rows_between(number, one.column, *span) for span in ranges))
            rows = found if rows is None else rows & found
        left = self.store.all_rows(number) if rows is None else rows
        for one in self.reading.without:
            left = left - self.store.rows_with(number, one.column, one.choices[0].keys)
        return sorted(left)

    def _loaded(self, rows: Sequence[int]) -> list[tuple[int, Row]]:
        return self.store.rows(self.reading.relation, rows)

    def _named(self, rows: Sequence[int], column: str) -> list[Cell]:
        """The cells in `column` that say something."""
        return self.store.named(self.reading.relation, column, rows)

    def _measured(self, cells: Sequence[Cell]) -> float:
        """The sum of some numbers, or their average where that is asked for."""
        numbers = [cell.amount for cell in cells if cell.amount is not None]
        if self.reading.action == "average":
            return sum(numbers) / len(numbers) if numbers else 0.0
        return sum(numbers)

    def _ranking(self) -> Result:
        reading = self.reading
        group = reading.group or self.relation.key
        # A rank counts all things of its column, also those that the question does not name.
        limiting = [one for one in reading.filters if reading.action != "rank" or one.column != group]
        limited = self._rows(limiting) if limiting else None
        ranked = (
            self._by_share(group, limited)
            if reading.of_total
            else self.store.grouped(reading.relation, group, reading.measure, limited)
        )
        if reading.action == "least":
            ranked.sort(key=lambda one: (one[1], one[2]))
        if reading.action == "rank" and any(one.column == group for one in reading.filters):
            wanted = {key for one in reading.filters if one.column == group for c in one.choices for key in c.keys}
            own = [one for one in ranked if one[0] in wanted]
            if not own:
                return Result(reading, self.relation)
            first = next(place for place, one in enumerate(ranked, start=1) if one[1] == own[0][1])
            groups = self._named_groups(group, own, limited)
            others = self._named_groups(group, _left(ranked, own), limited, MOST_NAMED)
            return Result(reading, self.relation, groups=groups, amount=first, total=len(ranked), others_ranked=others)
        if reading.action == "nth":
            place = reading.limit - 1 if reading.limit > 0 else len(ranked) + reading.limit
            chosen = ranked[place : place + 1] if place >= 0 else []
        elif reading.action == "lead":
            chosen = ranked[:2]
        elif reading.action == "rank":
            chosen = ranked if reading.limit == EVERYTHING else ranked[: reading.limit]
        else:
            best = ranked[0][1] if ranked else 0
            chosen = [one for one in ranked if one[1] == best] if reading.limit == 1 else ranked[: reading.limit]
        difference = chosen[0][1] - chosen[1][1] if reading.action == "lead" and len(chosen) == 2 else None
        groups = self._named_groups(group, chosen, limited)
        others = self._named_groups(group, _left(ranked, chosen), limited, MOST_NAMED)
        return Result(reading, self.relation, groups=groups, amount=difference, total=len(ranked), others_ranked=others)

    def _by_share(self, group: str, limited: Sequence[int] | None) -> list[_Ranked]:
        """The things of a column by the share of their number in the total that their row gives, greatest first."""
        rows = self._rows(()) if limited is None else limited
        keys = {cell.row: cell.key for cell in self._named(rows, group)}
        totals = {cell.row: cell.amount for cell in self._named(rows, self.relation.total or "")}
        ranked = [
            (keys[cell.row] or "", 100 * (cell.amount or 0) / (totals[cell.row] or 1), cell.row)
            for cell in self._named(rows, self.reading.measure or "")
            if keys.get(cell.row) and totals.get(cell.row)
        ]
        return sorted(ranked, key=lambda one: (-one[1], one[2]))

    def _named_groups(
        self, group: str, chosen: Sequence[_Ranked], limited: Sequence[int] | None, most: int | None = None
    ) -> tuple[Group, ...]:
        """The groups of the keys, amounts and first rows in `chosen`, with the names and all rows of each.

        No further groups are read once these have more than `most` rows.
        """
        allowed = None if limited is None else set(limited)
        first = dict(self._loaded([row for _, _, row in chosen]))
        groups: list[Group] = []
        read = 0
        for key, amount, row in chosen:
            rows = self.store.rows_with(self.reading.relation, group, [key])
            members = sorted(rows if allowed is None else rows & allowed)
            name = first[row].cells[group]
            year = group != self.relation.key and name.type == "date" and isinstance(name.value, str)
            groups.append(Group(name, amount, tuple(members), str(name.value)[:4] if year else ""))
            read += len(members)
            if most is not None and read > most:
                break
        return tuple(groups)

    def _without(self, rows: list[int]) -> Result:
        """The things of the key column that have no named row among those the other filters let through."""
        named = {cell.row for cell in self._named(rows, self.reading.asked)}
        keys = {cell.row: cell.key or "" for cell in self._named(self._rows(()), self.relation.key)}
        having = {keys.get(row, "") for row in named}
        empty = {number for number, row in self._loaded(rows) if self._says_none(row)}
        left: dict[str, int] = {}
        for row, name in keys.items():
            if name and name not in having and (name not in left or row in empty):
                left[name] = row
        loaded = dict(self._loaded(list(left.values())))
        groups = tuple(Group(loaded[row].cells[self.relation.key], 0, (row,)) for row in left.values())
        return Result(self.reading, self.relation, groups=groups, total=len(groups))

    def _says_none(self, row: Row) -> bool:
        cell = row.cells.get(self.reading.asked)
        return cell is not None and cell.value is None

    def _sides(self) -> list[tuple[Choice, list[int]]]:
        """The things that the question compares, each with its rows."""
        several = self.several
        if several is None:
            return []
        others = tuple(one for one in self.reading.filters if one is not several)
        return [(choice, self._rows((*others, replace(several, choices=(choice,))))) for choice in several.choices]

    def _common(self) -> Result:
        sides = [self._named(rows, self.reading.asked) for _, rows in self._sides()]
        if len(sides) < 2:
            return Result(self.reading, self.relation)
        shared = set.intersection(*({cell.key for cell in cells} for cells in sides))
        rows = sorted({cell.row for cells in sides for cell in cells if cell.key in shared})
        return replace(self._found(rows, len(shared)), total=len(shared))

    def _compared(self, action: Action) -> Result:
        """A number for each of the things compared, in the order of the question; their difference where asked for."""
        groups: list[Group] = []
        column = self.several.column if self.several else self.relation.key
        for choice, rows in self._sides():
            if not rows:
                continue
            used = self._named(rows, self.reading.measure or self.reading.asked)
            every = self.reading.limit == EVERYTHING
            amount = self._measured(used) if self.reading.measure else float(len(used) if every else _different(used))
            ((_, first),) = self._loaded(rows[:1])
            label = choice.label if choice.between else ""
            groups.append(Group(first.cells[column], amount, tuple(cell.row for cell in used) or tuple(rows), label))
        amounts = [group.amount for group in groups]
        apart = max(amounts) - min(amounts) if len(amounts) > 1 else None
        amount_of = {"difference": apart, "more": apart, "sum": sum(amounts), "count": sum(amounts)}
        return Result(
            self.reading, self.relation, groups=tuple(groups), amount=amount_of.get(action), total=len(groups)
        )

    def _extreme(self, rows: Sequence[int], action: Action) -> list[int]:
        """The rows with the earliest or the latest date, or place in an order."""
        columns = self.relation.columns
        in_order = [column.column_id for column in columns if column.order]
        by_date = [column.column_id for column in columns if column.type == "date"]
        measure = next(iter([*in_order, *by_date]), self.relation.key)
        dated = [cell for cell in self._named(rows, measure) if cell.amount is not None]
        pick = min if action == "earliest" else max
        if not dated:
            return []
        year = pick(cell.amount or 0 for cell in dated)
        # Of one year only the dates themselves tell which comes first.
        values = {n: row.cells[measure].value for n, row in self._loaded([c.row for c in dated if c.amount == year])}
        best = pick(values.values(), key=lambda value: (isinstance(value, str), value))
        return [number for number, value in values.items() if value == best]

    def _totals(self, rows: Sequence[int]) -> dict[str, float] | None:
        """The total of each thing that `rows` are about, which any of its rows may give; None where one is missing."""
        if self.relation.total is None:
            return None
        keys = _keys_of(self._named(self._rows(()), self.relation.key))
        given = {keys.get(cell.row, ""): cell.amount or 0 for cell in self._named(self._rows(()), self.relation.total)}
        wanted = {keys.get(row, "") for row in rows}
        return {key: given[key] for key in sorted(wanted)} if wanted and wanted <= given.keys() else None

    def _share(self, rows: list[int]) -> Result:
        """The share of the measured rows in the total that their own row prints, or in the sum of all rows."""
        used = self._named(rows, self.reading.measure or "")
        numbers = [cell.row for cell in used]
        part = self._measured(used)
        totals = self._totals(numbers)
        others: list[int] = []
        if totals is not None:
            whole = sum(totals.values())
        elif self.relation.whole:
            every = self._named(self._rows(()), self.reading.measure or "")
            whole = self._measured(every)
            others = sorted({cell.row for cell in every} - set(numbers))
        else:
            return Result(self.reading, self.relation)  # Some parts are no whole.
        found = self._found(numbers, part / whole if whole else None)
        return replace(found, total=int(whole), others=dict(self._loaded(others)))

    def _rest(self) -> Result:
        """What the printed total leaves beside the rows that the question leaves out; nothing where one is unknown."""
        every = _LookUp(self.store, replace(self.reading, without=()))
        parts = [every._rows((*self.reading.filters, one)) for one in self.reading.without]
        used = [self._named(rows, self.reading.measure or "") for rows in parts]
        totals = every._totals([cell.row for cells in used for cell in cells])
        if totals is None or not all(used):
            return Result(self.reading, self.relation)
        cells = list({cell.row: cell for part in used for cell in part}.values())
        whole = sum(totals.values())
        return replace(self._found([cell.row for cell in cells], whole - self._measured(cells)), total=int(whole))


def _keys_of(cells: Sequence[Cell]) -> dict[int, str]:
    """The keys of some cells, by their rows."""
    return {cell.row: cell.key or "" for cell in cells}


def _different(cells: Sequence[Cell]) -> int:
    """How many different things some cells name."""
    return len({cell.key for cell in cells})


def _left(ranked: Sequence[_Ranked], chosen: Sequence[_Ranked]) -> list[_Ranked]:
    """The first of `ranked` that are not in `chosen`."""
    taken = set(chosen)
    return list(islice((one for one in ranked if one not in taken), MOST_NAMED))
