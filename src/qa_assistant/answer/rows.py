"""The rows of a lookup in words: items of a list with their asides, names of filters, and the quotes of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from qa_assistant.answer.said import MARK, Said, closed
from qa_assistant.answer.values import name_text, number_text, unit_text, value_text
from qa_assistant.answer.wording import Wording, wording
from qa_assistant.facts.keys import linked
from qa_assistant.facts.reading import Filter, Group, Result
from qa_assistant.facts.relations import Column, Relation, Row
from qa_assistant.facts.store import FactStore
from qa_assistant.language import matching_key
from qa_assistant.names import Names
from qa_assistant.records import Document, Fact, Language, Quote

SHOWN: Final = 15
"""Rows of a list that are written out; more are counted."""
LONGEST_ROW: Final = 240
"""Characters of a row that is quoted in one stretch."""

Rows = Sequence[tuple[int, Row]]


class RowWriter:
    """Writes rows of one result in one language."""

    def __init__(
        self, result: Result, store: FactStore, names: Names, documents: Mapping[str, Document], language: Language
    ) -> None:
        self.result = result
        self.relation: Relation = result.relation
        self.reading = result.reading
        self.store = store
        self.names = names
        self.documents = documents
        self.language: Language = language
        self.words: Wording = wording(language)

    def _counted_column(self) -> str:
        group = self.reading.group or self.relation.key
        other = [
            c
            for c in self.relation.columns
            if c.column_id != group and c.type not in ("number", "date") and not c.values
        ]
        places = [c for c in other if c.type == "place"]
        return ((places or other or self.relation.columns)[-1 if places else 0]).column_id

    def _items(self, rows: Rows, asked: Column) -> tuple[str, list[tuple[Quote, ...]]]:
        """The list of what the rows say in the asked column, and the quotes at each mark in it.

        Rows that say the same are one item. A long list is cut; its last mark cites the rows that are not shown.
        """
        grouped: dict[str, list[tuple[int, Row]]] = {}
        for number, row in rows:
            prefix = self._prefix(row, asked)
            value = self._value(row.cells[asked.column_id], asked)
            grouped.setdefault(prefix + value, []).append((number, row))
        texts: list[str] = []
        marks: list[tuple[Quote, ...]] = []
        columns = self._used_columns(asked)
        entries = list(grouped.items())
        for text, same in entries[:SHOWN]:
            asides = dict.fromkeys(self._aside(row, asked) for _, row in same)
            texts.append(text + "".join(asides) + self._shared_note(same[0][1]) + MARK)
            marks.append(tuple(quote for row in same for quote in self._row_quotes(row, columns)))
        items = self.words.separator.join(texts)
        if len(entries) > SHOWN:
            items = self.words.first_of.format(items=items, shown=SHOWN, count=len(entries)) + MARK
            rest = [row for _, same in entries[SHOWN:] for row in same]
            marks.append(tuple(quote for row in rest for quote in self._row_quotes(row, columns)))
        return items, marks

    def _prefix(self, row: Row, asked: Column) -> str:
        """The thing a row is about, where the question leaves it open and asks for something else."""
        key = self.relation.key
        single = any(one.column == key and len(one.choices) == 1 for one in self.reading.filters)
        if single or asked.column_id == key or key not in row.cells:
            return ""
        return self._value(row.cells[key], self.relation.column(key)) + self.words.colon

    def _aside(self, row: Row, asked: Column, dates_only: bool = False) -> str:
        """What else a row says, in brackets: its date and its kind, unless the question gave them."""
        given = {one.column for one in self.reading.filters if len(one.choices) == 1 and not one.ranged}
        # Where the things that rows are about are asked for, what they are tied to is worth a word.
        partner = self._counted_column() if asked.column_id == self.relation.key else None
        if partner is not None and self.relation.column(partner).type == "text":
            partner = None
        told = [
            self._value(row.cells[c.column_id], c)
            for c in self.relation.columns
            if c.column_id in row.cells
            and c.column_id not in given
            and c.column_id not in (asked.column_id, self.relation.key)
            and (c.type == "date" or (not dates_only and (c.values or c.column_id == partner)))
        ]
        return self.words.brackets.format(self.words.separator.join(told)) if told else ""

    def _shared_note(self, row: Row) -> str:
        for column in self.relation.columns:
            if column.shared and column.column_id in row.cells:
                entities = linked(row.cells[column.column_id].text, column, self.names)
                if len(entities) > 1:
                    names = self.words.separator.join(entity.name(self.language) for entity in entities)
                    return self.words.shared.format(name=names)
        return ""

    def _used_columns(self, asked: Column) -> list[str]:
        filters = [one.column for one in self.reading.filters]
        asides = [c.column_id for c in self.relation.columns if c.type == "date"]
        total = [self.relation.total] if self.relation.total and self.reading.action == "share" else []
        return list(dict.fromkeys([self.relation.key, *filters, asked.column_id, *asides, *total]))

    def _row_quotes(self, row: tuple[int, Row], columns: Sequence[str]) -> tuple[Quote, ...]:
        """The cells of a row in `columns`; in one stretch where they stand together."""
        cells = [row[1].cells[name] for name in columns if name in row[1].cells]
        own = [quote for fact in cells for quote in fact.quotes]
        if self.relation.joined and own and len({quote.doc_id for quote in own}) == 1:
            start, end = min(quote.start for quote in own), max(quote.end for quote in own)
            if end - start <= LONGEST_ROW:
                return (closed(self.documents[own[0].doc_id], start, end),)
        return tuple(own)

    def _quotes(self, rows: Rows) -> tuple[Quote, ...]:
        asked = self.relation.column(self.reading.asked)
        return tuple(quote for row in rows for quote in self._row_quotes(row, self._used_columns(asked)))

    def _group_quotes(self, group: Group) -> tuple[Quote, ...]:
        rows = self.store.rows(self.reading.relation, group.rows)
        columns = [self.relation.key, self.reading.group or self.relation.key, self.reading.asked]
        columns += [self.reading.measure or self._counted_column()]
        columns += [one.column for one in self.reading.filters]
        return tuple(quote for row in rows for quote in self._row_quotes(row, list(dict.fromkeys(columns))))

    def _side_rows(self) -> Rows:
        numbers: set[int] = set()
        for one in self.reading.filters:
            for choice in one.choices if len(one.choices) > 1 else ():
                numbers |= self.store.rows_with(self.reading.relation, one.column, choice.keys)
        return self.store.rows(self.reading.relation, numbers)

    def _said(self, text: str, marks: Sequence[tuple[Quote, ...]], rows: Rows) -> Said:
        count = text.count(MARK)
        assert count == len(marks), (text, len(marks))  # noqa: S101 - a mark without its quotes would lose them
        facts: list[Fact] = []
        for _, row in rows:
            asked = row.cells.get(self.reading.measure or self.reading.asked) or next(iter(row.cells.values()))
            facts.append(asked)
        return Said("fact", text, tuple(marks), tuple(facts), min(1.0, self.reading.score))

    def _about(self) -> str:
        """What the rows were filtered by: the names, and in brackets the kinds and times."""
        names: list[str] = []
        kinds: list[str] = []
        for one in self.reading.filters:
            column = self.relation.column(one.column)
            (kinds if column.values or column.type == "date" else names).append(self._filter_label(one))
        if not names:
            return self.words.about_join.join(kinds) or self.relation.title.label(self.language)
        about = self.words.about_join.join(names)
        return about + (self.words.brackets.format(self.words.separator.join(kinds)) if kinds else "")

    def _filter_label(self, one: Filter) -> str:
        column = self.relation.column(one.column)
        if one.rows is not None:
            return one.label
        labels: list[str] = []
        for choice in one.choices:
            key = choice.keys[0] if choice.keys else ""
            entity = next((e for e in self.names.lookup(choice.label) if e.entity_id in choice.keys), None)
            present = [
                entity_id
                for entity_id in choice.keys
                if len(choice.keys) > 1 and self.store.rows_with(self.reading.relation, one.column, [entity_id])
            ]
            if len(present) > 1:
                labels += [self.names.entity(entity_id).name(self.language) for entity_id in present]
            elif key in column.values:
                labels.append(column.values[key].label(self.language))
            elif entity is not None:
                labels.append(entity.name(self.language))
            else:
                labels.append(choice.label)
        return self.words.separator.join(labels)

    def _label_of_missing(self, label: str) -> str:
        return name_text(label, None, self.names, self.language) if matching_key(label) else label

    def _title(self) -> dict[str, str]:
        where = self.relation.where
        return {
            "title": self.relation.title.label(self.language),
            "where": self.words.brackets.format(where) if where else "",
        }

    def _asked(self) -> str:
        return self.relation.column(self.reading.asked).words.label(self.language)

    def _counter(self) -> str:
        place = self.relation.column(self.reading.asked).type == "place"
        return {"zh": "个", "ko": "곳" if place else "개"}.get(self.language, "")

    def _row_counter(self) -> str:
        """The measure word by which rows are counted."""
        if self.language == "en":
            return ""
        other = self.language == "ko" and self.reading.asked != self.relation.key
        if self.relation.column(self.relation.key).type == "number" and not other:
            own = self.relation.counted.of(self.language)
            return next((word for word in own if len(word) == 1), "个" if self.language == "zh" else "개")
        return self._counter()

    def _unit(self, measure: Column) -> str:
        return "%" if self.reading.of_total else unit_text(measure.unit, self.language)

    def _amount(self, amount: float) -> str:
        return number_text(round(amount, 1 if self.reading.of_total else 2), self.language)

    def _value(self, fact: Fact, column: Column) -> str:
        return value_text(fact, column, self.names, self.language)

    def _column_of(self, fact: Fact, default: Column) -> Column:
        return next((c for c in self.relation.columns if fact.fact_id.endswith(f":{c.column_id}")), default)

    def _has(self, row: Row, column: str) -> bool:
        return column in row.cells and row.cells[column].value is not None
