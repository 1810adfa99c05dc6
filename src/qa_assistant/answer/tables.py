"""What a lookup in a relation found, as one sentence that cites every row it used."""

from __future__ import annotations

import re

from qa_assistant.answer.groups import GroupWriter
from qa_assistant.answer.rows import Rows
from qa_assistant.answer.said import MARK, Said
from qa_assistant.answer.values import number_text
from qa_assistant.facts.relations import Column, Row
from qa_assistant.question.units import PERCENT
from qa_assistant.records import Quote

_gap = re.compile(r"{(\w+)}")
_optional = re.compile(r"\[([^\[\]]*)\]")


class TableSpeaker(GroupWriter):
    """Says what lookups found, in one language."""

    def say(self) -> Said | None:
        """The answer; of kind `no_answer` where the relation has no such row or value; None where none can be made."""
        if self.reading.missing:
            label = self.words.separator.join(self._label_of_missing(name) for _, name in self.reading.missing)
            return Said("no_answer", self.words.missing.format(label=label, **self._title()))
        if not self.result.found:
            if self.reading.action == "rest":
                return Said("no_answer", self.words.no_value.format(about=self._about(), asked=self._left_out()))
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
        if action == "rest" and self.reading.measure:
            return self._say_rest(rows)
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
        text = form.format(
            about=self._about(), asked=self._asked(), count=count, counter=self._row_counter(), items=items
        )
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
        amount = self._amount(self.result.amount or 0)
        form = self.words.average if action == "average" else self.words.total
        text = form.format(about=self._about(), total=amount, counter=self._unit(measure), items=items)
        return self._said(text, marks, used)

    def _say_share(self, used: Rows, measure: Column) -> Said:
        printed = next((c for c in self.relation.columns if c.unit in PERCENT), None)
        if len(used) == 1 and printed is not None and self._has(used[0][1], printed.column_id):
            return self._plain_row(used[0])
        part = self.words.separator.join(self._value(row.cells[measure.column_id], measure) for _, row in used)
        quotes = tuple(quote for row in used for quote in self._row_quotes(row, self._used_columns(measure)))
        others = [(number, row) for number, row in self.result.others.items()]
        quotes += tuple(q for row in others for q in self._row_quotes(row, [self.relation.key, measure.column_id]))
        percent = number_text(round(100 * (self.result.amount or 0), 1), self.language)
        text = self.words.share.format(
            about=self._about(), part=part, whole=self._amount(self.result.total) + self._unit(measure),
            percent=percent,
        )  # fmt: skip
        return self._said(text + MARK, [quotes], used)

    def _say_rest(self, used: Rows) -> Said:
        """The total, the parts that are left out of it, and what is left."""
        measure = self.relation.column(self.reading.measure or "")
        part = self.words.separator.join(self._value(row.cells[measure.column_id], measure) for _, row in used)
        columns = [
            *self._used_columns(measure),
            *(one.column for one in self.reading.without),
            self.relation.total or "",
        ]
        quotes = tuple(quote for row in used for quote in self._row_quotes(row, columns))
        unit = self._unit(measure)
        text = self.words.rest.format(
            about=self._about(), whole=self._amount(self.result.total) + unit, left_out=self._left_out(), part=part,
            rest=self._amount(self.result.amount or 0) + unit,
        )  # fmt: skip
        return self._said(text + MARK, [quotes], used)

    def _left_out(self) -> str:
        return self.words.separator.join(self._filter_label(one) for one in self.reading.without)

    def _say_count(self, rows: Rows, asked: Column) -> Said:
        named = [(number, row) for number, row in rows if self._has(row, asked.column_id)]
        if not named:
            text = self.words.zero.format(about=self._about(), asked=self._asked()) + MARK
            return self._said(text, [self._quotes(rows)], rows)
        if len(named) == 1 and self.relation.say:
            return self._whole_row(named[0])
        items, marks = self._items(named, asked)
        text = self.words.counted.format(
            about=self._about(), asked=self._counted(), count=int(self.result.amount or 0), counter=self._row_counter(),
            items=items,
        )  # fmt: skip
        return self._said(text, marks, named)

    def _counted(self) -> str:
        """What is counted: the rows themselves under their own name where the key only numbers them."""
        rows = self.relation.counted.of(self.language)
        numbered = self.relation.column(self.relation.key).type == "number"
        if self.language == "en":
            return f"{rows[0]}s" if numbered and rows else f"({self._asked()})"
        return self._asked()

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

    def _without_value(self, rows: Rows, asked: Column) -> Said:
        if any(asked.column_id in row.cells for _, row in rows):
            return self._said(
                self.words.zero.format(about=self._about(), asked=self._asked()) + MARK, [self._quotes(rows)], rows
            )
        return Said(
            "no_answer", self.words.no_value.format(about=self._about(), asked=asked.words.label(self.language))
        )
