"""Things that a lookup counted, ranked or compared, as one sentence that cites the rows of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qa_assistant.answer.rows import RowWriter
from qa_assistant.answer.said import MARK, Said
from qa_assistant.facts.reading import Group
from qa_assistant.facts.relations import Column
from qa_assistant.records import Quote

MOST_COMPARED: Final = 40
"""Rows that an answer cites which were only compared with; of more, those of the next best are cited."""


class GroupWriter(RowWriter):
    """Writes what was counted, ranked or compared."""

    def _say_groups(self) -> Said:
        """What was counted, ranked or compared, and the rows of each thing."""
        groups, action = self.result.groups, self.reading.action
        measure = self.relation.column(self.reading.measure) if self.reading.measure else None
        group = self.relation.column(self.reading.group or self.relation.key)
        names = [self._group_name(one, group) for one in groups]
        marks = [self._group_quotes(one) for one in groups]
        rows = self.store.rows(self.reading.relation, [row for one in groups for row in one.rows][:MOST_COMPARED])
        if action == "none":
            items = self.words.separator.join(name + MARK for name in names)
            return self._said(
                self.words.none.format(about=self._about(), asked=self._asked(), items=items), marks, rows
            )
        text = self._ranked_text(names, measure) or self._compared_text(names, measure)
        if action in ("most", "least", "nth", "lead") or (action == "rank" and self.result.amount is not None):
            others = self._other_quotes()
            if others:
                text += self.words.compared_with.format(count=self.result.total) + MARK
                marks = [*marks, others]
        return self._said(text, marks, rows)

    def _ranked_text(self, names: Sequence[str], measure: Column | None) -> str:
        """The sentence about a place in a ranking; empty where things were not ranked, or all of them were."""
        words, action, groups = self.words, self.reading.action, self.result.groups
        counter = self._unit(measure) if measure else self._row_counter()
        amounts = [self._amount(one.amount) for one in groups]
        if action == "lead" and len(groups) == 2:
            return words.lead.format(
                name=names[0], amount=amounts[0], second=names[1], second_amount=amounts[1], counter=counter,
                difference=self._amount(self.result.amount or 0),
            ) + MARK * 2  # fmt: skip
        if action in ("most", "least"):
            form = words.most if action == "most" else words.least
            joined = words.separator.join(name + MARK for name in names)
            return form.format(name=joined, amount=amounts[0], counter=counter, asked=self._ranked_thing(measure))
        if action == "nth":
            form = words.nth if self.reading.limit > 0 else words.nth_least
            return form.format(place=abs(self.reading.limit), name=names[0], amount=amounts[0], counter=counter) + MARK
        if action == "rank" and self.result.amount is not None:
            return words.rank.format(
                name=names[0], place=int(self.result.amount), of=self.result.total, amount=amounts[0], counter=counter
            ) + MARK * len(groups)
        return ""

    def _compared_text(self, names: Sequence[str], measure: Column | None) -> str:
        """The sentence about things side by side: their order, the greater, the difference or the sum."""
        words, action, groups = self.words, self.reading.action, self.result.groups
        counter = self._unit(measure) if measure else self._row_counter()
        items = words.separator.join(
            f"{name}{words.colon if self.language != 'zh' else ''}{self._amount(one.amount)}{counter}" + MARK
            for name, one in zip(names, groups, strict=True)
        )
        if action == "rank":
            return words.order.format(items=items)
        total = sum(one.amount for one in groups)
        if action in ("more", "difference") and self.result.amount is not None:
            most = max(range(len(groups)), key=lambda place: groups[place].amount)
            two = len(groups) == 2
            form = words.difference if not two else words.more if self.result.amount else words.same
            return form.format(
                name=names[most], items=items, difference=self._amount(self.result.amount), counter=counter
            )
        return words.compared.format(items=items, total=self._amount(self.result.amount or total), counter=counter)

    def _group_name(self, group: Group, column: Column) -> str:
        """The name of a thing that is counted or ranked; of a numbered row, with what else it says."""
        if group.label:
            return group.label + ("年" if self.language == "zh" and group.label.isdigit() else "")
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

    def _ranked_thing(self, measure: Column | None) -> str:
        if measure is not None:
            label = measure.words.label(self.language)
            return self.words.share_of.format(asked=label) if self.reading.of_total else label
        counted = self.relation.column(self.relation.key)
        if counted.type != "number":
            counted = self.relation.column(self._counted_column())
        kinds = [
            choice.label for one in self.reading.filters for choice in one.choices if one.column != self.reading.group
        ]
        return self.words.about_join.join([*kinds, counted.words.label(self.language)])
