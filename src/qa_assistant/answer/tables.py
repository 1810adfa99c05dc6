"""What a lookup in a relation found, as one sentence that cites every row it used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa_assistant.answer.rows import Rows, RowWriter
from qa_assistant.answer.said import MARK, Said
from qa_assistant.answer.values import number_text
from qa_assistant.facts.lookup import Group
from qa_assistant.facts.relations import Column, Row
from qa_assistant.records import Fact, Quote

_gap = re.compile(r"{(\w+)}")
_optional = re.compile(r"\[([^\[\]]*)\]")
MOST_COMPARED: Final = 40
"""Rows that an answer cites which were only compared with; of more, those of the next best are cited."""


class TableSpeaker(RowWriter):
    """Says what lookups found, in one language."""

    def say(self) -> Said | None:
        """The answer; of kind `no_answer` where the relation has no such row or value; None where none can be made."""
        if self.reading.missing:
            label = self.words.separator.join(self._label_of_missing(name) for _, name in self.reading.missing)
            return Said("no_answer", self.words.missing.format(label=label, **self._title()))
        if not self.result.found:
            if self.reading.action == "common":
                text = self.words.nothing_common.format(about=self._about(), asked=self._asked())
                return Said("fact", text + MARK, (self._quotes(self._side_rows()),), confidence=0.9)
            return Said("no_answer", self.words.no_row.format(about=self._about(), **self._title()))
        if self.result.groups:
            return self._say_groups()
        return self._say_rows()

    def _say_rows(self) -> Said:
        rows = self.result.rows
        action = self.reading.action
        asked = self.relation.column(self.reading.asked)
        if action in ("sum", "average", "share") and self.reading.measure:
            return self._say_number(rows)
        if action == "count":
            return self._say_count(rows, asked)
        if action == "common":
            return self._say_common(rows, asked)
        named = [(number, row) for number, row in rows if self._has(row, asked.column_id)]
        if not named:
            return self._without_value(rows, asked)
        if len(rows) == 1:
            return self._whole_row(rows[0])
        if action in ("earliest", "latest", "extremes") and self.relation.say:
            return self._whole_rows(rows)
        items, marks = self._items(named, asked)
        count = len({row.keys.get(asked.column_id) for _, row in named})
        form = self.words.one if len(named) == 1 else self.words.listed
        text = form.format(about=self._about(), asked=self._asked(), count=count, counter=self._counter(), items=items)
        return self._said(text, marks, named)

    def _whole_row(self, row: tuple[int, Row]) -> Said:
        """The relation's own sentence for a row, where the row has all that the sentence needs."""
        form = self.relation.say.get(self.language) or self.relation.say.get("zh", "")
        # What stands in square brackets is said where the row has it.
        form = _optional.sub(
            lambda m: m[1] if all(self._has(row[1], name) for name in _gap.findall(m[1])) else "", form
        )
        needed = _gap.findall(form)
        if not form or not all(self._has(row[1], name) for name in needed):
            return self._plain_row(row)
        values = {name: self._value(row[1].cells[name], self.relation.column(name)) for name in needed}
        text = form.format(**values) + MARK + self._shared_note(row[1])
        return self._said(text, [self._row_quotes(row, needed)], [row])

    def _whole_rows(self, rows: Rows) -> Said:
        """The sentences of several rows."""
        said = [self._whole_row(row) for row in rows]
        return self._said(
            " ".join(one.text for one in said) if self.language != "zh" else "".join(one.text for one in said),
            [mark for one in said for mark in one.marks],
            rows,
        )

    def _plain_row(self, row: tuple[int, Row]) -> Said:
        """Name and value of the columns that answer, for a row that has no sentence of its own."""
        asked = self.relation.column(self.reading.measure or self.reading.asked)
        filtered = {one.column for one in self.reading.filters}
        told = [
            column
            for column in self.relation.columns
            if self._has(row[1], column.column_id)
            and (
                column is asked
                or (self.reading.action != "sum" and column.type == asked.type == "number")
                or column.type == "date"
            )
            and column.column_id not in filtered
            and column.column_id not in (self.relation.key, self.relation.total)
        ] or [asked]
        colon = self.words.colon
        parts = [
            column.words.label(self.language) + colon + self._value(row[1].cells[column.column_id], column)
            for column in told
        ]
        key = row[1].cells.get(self.relation.key)
        name = self._value(key, self.relation.column(self.relation.key)) if key else self._about()
        text = self.words.row.format(name=name, parts=self.words.separator.join(parts)) + MARK
        used = [self.relation.key, *sorted(filtered), *(column.column_id for column in told)]
        return self._said(text, [self._row_quotes(row, used)], [row])

    def _say_number(self, rows: Rows) -> Said:
        measure = self.relation.column(self.reading.measure or "")
        used = [(number, row) for number, row in rows if self._has(row, measure.column_id)]
        if not used:
            return self._without_value(rows, measure)
        action = self.reading.action
        if action == "share":
            return self._say_share(used, measure)
        if len(used) == 1:
            return self._whole_row(used[0])
        items, marks = self._items(used, measure)
        amount = self._amount(self.result.amount or 0, measure)
        form = self.words.average if action == "average" else self.words.total
        text = form.format(about=self._about(), total=amount, counter=self._unit(measure), items=items)
        return self._said(text, marks, used)

    def _say_share(self, used: Rows, measure: Column) -> Said:
        printed = next((c for c in self.relation.columns if c.unit in ("%", "％")), None)
        if len(used) == 1 and printed is not None and self._has(used[0][1], printed.column_id):
            return self._plain_row(used[0])
        part = self.words.separator.join(self._value(row.cells[measure.column_id], measure) for _, row in used)
        quotes = tuple(quote for row in used for quote in self._row_quotes(row, self._used_columns(measure)))
        others = [(number, row) for number, row in self.result.others.items()]
        quotes += tuple(q for row in others for q in self._row_quotes(row, [self.relation.key, measure.column_id]))
        percent = number_text(round(100 * (self.result.amount or 0), 1), self.language)
        text = self.words.share.format(
            about=self._about(), part=part, whole=self._amount(self.result.total, measure) + self._unit(measure),
            percent=percent,
        )  # fmt: skip
        return self._said(text + MARK, [quotes], used)

    def _say_count(self, rows: Rows, asked: Column) -> Said:
        named = [(number, row) for number, row in rows if self._has(row, asked.column_id)]
        if not named:
            text = self.words.zero.format(about=self._about(), asked=self._asked()) + MARK
            return self._said(text, [self._quotes(rows)], rows)
        if len(named) == 1 and self.relation.say:
            return self._whole_row(named[0])
        items, marks = self._items(named, asked)
        text = self.words.counted.format(
            about=self._about(), asked=self._asked(), count=int(self.result.amount or 0), counter=self._counter(),
            items=items,
        )  # fmt: skip
        return self._said(text, marks, named)

    def _say_common(self, rows: Rows, asked: Column) -> Said:
        by_key: dict[str, list[tuple[int, Row]]] = {}
        for number, row in rows:
            by_key.setdefault(row.keys.get(asked.column_id, ""), []).append((number, row))
        several = next(one for one in self.reading.filters if len(one.choices) > 1)
        items: list[str] = []
        marks: list[tuple[Quote, ...]] = []
        for same in by_key.values():
            inside = self.words.separator.join(
                self._value(row.cells[several.column], self.relation.column(several.column))
                + self._aside(row, asked, True)
                for _, row in same
            )
            items.append(
                self._value(same[0][1].cells[asked.column_id], asked) + self.words.brackets.format(inside) + MARK
            )
            marks.append(tuple(quote for row in same for quote in self._row_quotes(row, self._used_columns(asked))))
        text = self.words.common.format(
            asked=self._asked(), count=len(items), counter=self._counter(), items=self.words.separator.join(items)
        )
        return self._said(text, marks, rows)

    def _say_groups(self) -> Said:
        groups = self.result.groups
        action = self.reading.action
        measure = self.relation.column(self.reading.measure) if self.reading.measure else None
        counter = self._unit(measure) if measure else self._row_counter()
        group = self.relation.column(self.reading.group or self.relation.key)
        names = [self._group_name(one, group) for one in groups]
        amounts = [self._amount(one.amount, measure) for one in groups]
        marks = [self._group_quotes(one) for one in groups]
        words = self.words
        rows = self.store.rows(self.reading.relation, [row for one in groups for row in one.rows][:MOST_COMPARED])
        if action == "none":
            items = words.separator.join(name + MARK for name in names)
            text = words.none.format(about=self._about(), asked=self._asked(), items=items)
            return self._said(text, marks, rows)
        items = words.separator.join(
            f"{name}{words.colon if self.language != 'zh' else ''}{amount}{counter}" + MARK
            for name, amount in zip(names, amounts, strict=True)
        )
        asked = (measure or self.relation.column(self.reading.asked)).words.label(self.language)
        if action == "lead" and len(groups) == 2:
            text = words.lead.format(
                name=names[0], amount=amounts[0], second=names[1], second_amount=amounts[1], counter=counter,
                difference=self._amount(self.result.amount or 0, measure),
            ) + MARK * 2  # fmt: skip
        elif action in ("most", "least"):
            form = words.most if action == "most" else words.least
            joined = words.separator.join(name + MARK for name in names)
            text = form.format(
                name=joined, amount=amounts[0], counter=counter, asked=self._ranked_thing(asked, measure)
            )
        elif action == "nth" and groups:
            text = words.nth.format(place=self.reading.limit, name=names[0], amount=amounts[0], counter=counter) + MARK
        elif action == "rank" and self.result.amount is not None:
            text = words.rank.format(
                name=names[0], place=int(self.result.amount), of=self.result.total, amount=amounts[0], counter=counter
            ) + MARK * len(groups)
        elif action == "rank":
            text = words.order.format(items=items)
        elif action == "more" and self.result.amount is not None:
            most = max(range(len(groups)), key=lambda place: groups[place].amount)
            form = words.more if self.result.amount else words.same
            text = form.format(
                name=names[most], items=items, difference=self._amount(self.result.amount, measure), counter=counter
            )
        elif action == "difference" and self.result.amount is not None:
            text = words.difference.format(
                items=items, difference=self._amount(self.result.amount, measure), counter=counter
            )
        else:
            text = words.compared.format(
                items=items, total=self._amount(self.result.amount or sum(g.amount for g in groups), measure),
                counter=counter,
            )  # fmt: skip
        if action in ("most", "least", "nth", "lead") or (action == "rank" and self.result.amount is not None):
            others = self._other_quotes()
            if others:
                text += words.compared_with.format(count=self.result.total) + MARK
                marks = [*marks, others]
        return self._said(text, marks, rows)

    def _group_name(self, group: Group, column: Column) -> str:
        """The name of a thing that is counted or ranked; of a numbered row, with what else it says."""
        if group.label:
            return group.label
        column = self._column_of(group.name, column)
        name = self._value(group.name, column)
        if column.type != "number" or len(group.rows) != 1:
            return name
        row = self.store.rows(self.reading.relation, group.rows)[0][1]
        return f"{column.words.label(self.language)} {name}" + self._aside(row, column)

    def _other_quotes(self) -> tuple[Quote, ...]:
        """The rows of the things that those found were ranked against, where they are not too many to be read."""
        used = {row for group in self.result.groups for row in group.rows}
        groups = [one for one in self.result.others_ranked if not set(one.rows) & used]
        if sum(len(one.rows) for one in groups) > MOST_COMPARED:
            groups = groups[:1]
        return tuple(quote for group in groups for quote in self._group_quotes(group))

    def _ranked_thing(self, asked: str, measure: Column | None) -> str:
        if measure is not None:
            return asked
        counted = self.relation.column(self.relation.key)
        if counted.type != "number":
            counted = self.relation.column(self._counted_column())
        kinds = [
            choice.label for one in self.reading.filters for choice in one.choices if one.column != self.reading.group
        ]
        return self.words.about_join.join([*kinds, counted.words.label(self.language)])

    def _said(self, text: str, marks: Sequence[tuple[Quote, ...]], rows: Rows) -> Said:
        count = text.count(MARK)
        assert count == len(marks), (text, len(marks))  # noqa: S101 - a mark without its quotes would lose them
        facts: list[Fact] = []
        for _, row in rows:
            asked = row.cells.get(self.reading.measure or self.reading.asked) or next(iter(row.cells.values()))
            facts.append(asked)
        return Said("fact", text, tuple(marks), tuple(facts), min(1.0, self.reading.score))

    def _without_value(self, rows: Rows, asked: Column) -> Said:
        if any(asked.column_id in row.cells for _, row in rows):
            return self._said(
                self.words.zero.format(about=self._about(), asked=self._asked()) + MARK, [self._quotes(rows)], rows
            )
        return Said(
            "no_answer", self.words.no_value.format(about=self._about(), asked=asked.words.label(self.language))
        )
