"""What a question speaks of: the names in it and the cells of tables, each with the columns it may stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_assistant.facts.relations import Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.names import PLACE_KINDS, WIDE_KINDS, Entity, Names
from qa_assistant.question.asked import Asked, take_apart
from qa_assistant.question.filters import occurrences
from qa_assistant.question.readings import keys_of
from qa_assistant.records import Language, Span

_SHORTEST = 2


@dataclass(frozen=True)
class Thing:
    """A named thing at `start` to `end` of a question.

    `entity` is None for the text of a cell that has no names; `columns` are the relations and columns with such a
    cell.
    """

    start: int
    end: int
    entity: Entity | None = None
    columns: frozenset[tuple[int, str]] = frozenset()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def kind(self) -> str:
        """The kind of its entity; nothing for the text of a cell."""
        return self.entity.kind if self.entity else ""

    @property
    def wide(self) -> bool:
        """Whether it is of a kind that tells no one thing from another."""
        return self.kind in WIDE_KINDS

    @property
    def place(self) -> bool:
        """Whether it is a place, a country apart."""
        return self.kind in PLACE_KINDS


@dataclass(frozen=True)
class Value:
    """A word for what stands in a column of few values: "sister" in a column of kinds."""

    start: int
    end: int
    column: tuple[int, str]
    value: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True)
class Heard:
    """A question taken apart, with what it speaks of. All places are in `text`."""

    asked: Asked
    text: str
    things: tuple[Thing, ...]
    values: tuple[Value, ...]

    @property
    def language(self) -> Language:
        """The language it is asked in."""
        return self.asked.language

    def said(self, span: Span) -> str:
        """The words at `span`."""
        return self.text[slice(*span)]

    @property
    def parts(self) -> list[Span]:
        """The places of names, values, years and ordinals, in order."""
        return sorted([thing.span for thing in self.things] + [one.span for one in self.values] + _times(self.asked))

    @property
    def topics(self) -> list[Thing]:
        """The things that tell one question from another: no countries or fields, unless there is nothing else."""
        return [thing for thing in self.things if not thing.wide] or list(self.things)


def hear(text: str, names: Names, store: FactStore, language: Language | None = None) -> Heard:
    """The question `text` taken apart."""
    asked = take_apart(text, names, language)
    whole = asked.text if len(asked.text) == len(asked.key) else asked.key
    located = store.columns_of_keys(keys_of(asked, store.beginnings))
    values = _values(asked, store.relations)
    return Heard(asked, whole, tuple(_things(asked, located, values)), tuple(values))


def _things(asked: Asked, located: dict[str, dict[int, set[str]]], values: Sequence[Value]) -> list[Thing]:
    found: list[Thing] = []
    for mention in asked.mentions:
        columns = frozenset().union(*(_columns(located.get(entity.entity_id, {})) for entity in mention.entities))
        found.append(Thing(mention.start, mention.end, mention.entities[0], columns))
    cells = sorted((key for key in located if key.startswith("=")), key=lambda key: (-len(key), key))
    taken = [one.span for one in found] + [one.span for one in values] + _times(asked)
    for cell in cells:
        for span in occurrences(asked.key, cell[1:]):
            free = not any(span[0] < end and start < span[1] for start, end in taken)
            if free and len(cell) > _SHORTEST and not cell[1:].isdigit() and asked.says_something(*span):
                found.append(Thing(*span, None, _columns(located[cell])))
                taken.append(span)
    return sorted(found, key=lambda thing: thing.start)


def _times(asked: Asked) -> list[Span]:
    years = [(one.start, one.end) for one in asked.years]
    return years + [(one.start, one.end) for one in asked.ordinals]


def _values(asked: Asked, relations: Sequence[Relation]) -> list[Value]:
    """The longest words for values, one at each place and for each column."""
    found = [
        Value(*span, (number, column.column_id), value)
        for number, relation in enumerate(relations)
        for column in relation.columns
        for value, words in column.values.items()
        for span in asked.find(words.all)
    ]
    named = [(mention.start, mention.end) for mention in asked.mentions]
    kept: list[Value] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start, one.column)):
        inside = any(start <= one.start and one.end <= end for start, end in named)
        if not inside and not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _columns(located: dict[int, set[str]]) -> frozenset[tuple[int, str]]:
    return frozenset((relation, column) for relation, columns in located.items() for column in columns)
