"""A question to readings: lookups in relations, each with the share of the question that it accounts for.

A relation is considered where it has something that the question names, or is called as the question calls it
(`drafts`). What the question says and a reading leaves out counts against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from qa_assistant.facts.keys import number_key, substrings, year_key
from qa_assistant.facts.reading import Action, Reading
from qa_assistant.facts.relations import Column, Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.question.actions import action_of, asked_column, measured_column
from qa_assistant.question.asked import Asked
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.cell_words import filter_by_words, words_of
from qa_assistant.question.drafts import Draft, flat
from qa_assistant.question.filters import (
    drop_countries,
    filter_by_names,
    filter_by_ordinals,
    filter_by_texts,
    filter_by_values,
    filter_by_years,
)
from qa_assistant.question.operations import counted_words
from qa_assistant.question.units import counts_in
from qa_assistant.records import Span

LEAST: Final = 0.6
"""Share of a question that a reading has to account for."""
WHOLE_LIST: Final = 0.75
"""The same for a reading that would list or count all there is."""
LITERAL: Final = 0.03
"""What a reading gains whose column the question calls by its very name."""
COMPUTED: Final = 0.1
"""What a count of rows loses that are told by their time alone: a number that the source states goes before it."""
NAMED: Final = 0.08
"""What a reading gains for each thing it filters by."""
NO_NUMBER: Final = 0.2
"""What a reading of numbers loses where the question asks for none; and one without the kind of thing asked for."""
BY_WORDS: Final = 0.15
"""What a reading loses that finds its rows by single words in their text."""
IMPLIED_SUM: Final = 0.15
"""What a reading loses that adds up numbers though the question does not ask for a sum."""
_COMPUTED: Final = frozenset({"most", "least", "sum", "average", "difference", "share", "rank", "more"})


def read_question(
    asked: Asked, store: FactStore, table: TranslationTable, countries: Sequence[frozenset[str]] = ()
) -> list[Reading]:
    """The readings of `asked`, best first; none where no relation accounts for enough of it.

    `countries` are the ids of the countries that each relation is about, where known.
    """
    said = words_of(asked, table)
    located = store.columns_of_keys(keys_of(asked) | said.keys())
    drafts = [
        _draft(number, relation, asked, located, countries[number] if countries else frozenset())
        for number, relation in enumerate(store.relations)
    ]
    for draft in drafts:
        if draft is not None:
            filter_by_words(draft, asked, said, located, store)
    readings = [reading for draft in drafts if draft is not None and (reading := _reading(draft, asked))]
    return sorted(readings, key=lambda reading: (-reading.score, reading.relation))


def _draft(
    number: int,
    relation: Relation,
    asked: Asked,
    located: dict[str, dict[int, set[str]]],
    countries: frozenset[str] = frozenset(),
) -> Draft | None:
    """What `asked` gives a relation to go by; None where it names nothing of it, or what it cannot filter by.

    `located` are the relations and columns of keys; `countries` those that the relation is about.
    """
    draft = Draft(number, relation)
    draft.about = asked.find((*relation.title.all, *relation.words.all)) + _subject_spans(relation, asked)
    draft.titled = asked.find(_title_words(relation.title.all))
    for column in relation.columns:
        found = asked.find((*column.words.all,))
        if found:
            draft.column_spans[column.column_id] = found
    filter_by_values(draft, asked)
    filter_by_names(draft, asked, located, countries)
    filter_by_texts(draft, asked, located)
    filter_by_years(draft, asked)
    filter_by_ordinals(draft, asked, located)
    drop_countries(draft)
    if not (draft.filters or draft.missing or draft.about or draft.column_spans) or draft.unmet:
        return None
    return draft


def keys_of(asked: Asked) -> set[str]:
    """The keys of cells that `asked` may name: entities, years, ordinals, and every stretch of its text."""
    keys = {entity.entity_id for mention in asked.mentions for entity in mention.entities}
    keys |= {year_key(years.low) for years in asked.years if years.single}
    keys |= {number_key(ordinal.number) for ordinal in asked.ordinals}
    compact = "".join(asked.key.split())
    keys.update(substrings(compact))
    return keys


def _subject_spans(relation: Relation, asked: Asked) -> list[Span]:
    """Where the question names what the relation is about, under whatever name."""
    called = {*relation.title.all, *relation.words.all}
    return [
        (mention.start, mention.end) for mention in asked.mentions
        if any(called.intersection(entity.names) for entity in mention.entities[:2])
    ]  # fmt: skip


@lru_cache(maxsize=10_000)
def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a relation's titles that are more than one character."""
    return tuple(word for title in titles for word in words(title) if len(word) > 1)


def _reading(draft: Draft, asked: Asked) -> Reading | None:
    """The lookup that `draft` comes to; None where it accounts for too little, or cannot give what is asked."""
    relation = draft.relation
    covered = asked.covered([*draft.spans, *draft.about, *draft.titled, *flat(draft.column_spans)])
    score = covered + NAMED * len(draft.filters)
    measure = measured_column(draft, asked)
    if score < LEAST or not _is_meant(draft, asked) or _cannot_say(draft, asked, measure):
        return None
    column = asked_column(draft, asked, measure)
    action, group, limit = action_of(draft, asked, column, measure)
    if not draft.filters and not draft.missing and action in ("list", "count") and covered < WHOLE_LIST:
        return None
    if action == "none":
        column = next((c for c in relation.columns if c.column_id != relation.key and not c.values), column)
    score -= sum(_penalties(draft, asked, column, action, measure))
    labels = [relation.column(name).words.label(asked.language) for name in {column.column_id, measure} if name]
    score += LITERAL * bool(asked.find(labels))
    return Reading(
        relation=draft.number,
        action=action,
        asked=column.column_id,
        filters=tuple(draft.filters.values()),
        group=group,
        measure=None if action in ("list", "earliest", "latest", "extremes", "common", "none") else measure,
        limit=limit,
        missing=tuple(draft.missing),
        without=tuple(draft.without),
        called=bool(draft.about or draft.column_spans),
        score=round(score, 4),
    )


def _cannot_say(draft: Draft, asked: Asked, measure: str | None) -> bool:
    """Whether the question asks for what the relation has none of: numbers to divide, sums of money, other counts."""
    if measure is None and ("share" in asked.operations or "money" in asked.kinds):
        return True
    if "share" in asked.operations and not draft.relation.whole and draft.relation.total is None:
        return True  # A share of the rows that are there would be no share of all.
    if measure is None and "more" in asked.operations and not draft.relation.counted.all:
        return True
    places = [c for c in draft.relation.columns if c.type == "place"]
    if (
        "place" in asked.kinds
        and "rank" not in asked.operations
        and places
        and all(_is_pinned(draft, c) for c in places)
    ):
        return True  # Where is something that the question itself names?
    if "amount" in asked.kinds and measure is None and not _speaks_of_what_is_counted(draft, asked):
        return True
    beside = (draft.relation.key, draft.relation.total)
    numbers = [c for c in draft.relation.columns if c.type == "number" and c.column_id not in beside]
    called = any(c.column_id in draft.column_spans or counts_in(c.unit, asked) for c in numbers)
    if len(numbers) > 1 and not called and draft.relation.key in draft.filters and "amount" in asked.kinds:
        return True  # Which of its numbers is meant? A guess would be an answer to another question.
    return _counts_something_else(draft, asked)


def _speaks_of_what_is_counted(draft: Draft, asked: Asked) -> bool:
    """Whether the question counts something that the relation knows: rows, or what a column is called by."""
    attributes = asked_attributes(asked)
    known = [*draft.spans, *draft.about, *draft.titled, *flat(draft.column_spans)]
    counted = asked.find(draft.relation.counted.all)
    return not attributes or any(
        start < end_of and start_of < end for start_of, end_of in attributes for start, end in [*known, *counted]
    )


def _is_pinned(draft: Draft, column: Column) -> bool:
    """Whether the question names the one thing that it means in a column."""
    found = draft.filters.get(column.column_id)
    return found is not None and len(found.choices) == 1 and not found.ranged


def _penalties(draft: Draft, asked: Asked, column: Column, action: Action, measure: str | None) -> Iterator[float]:
    """What speaks against a reading, beside the words that it leaves out."""
    relation = draft.relation
    types = {column.type for column in relation.columns}
    if measure is not None and not asked.kinds.keys() & {"amount", "money"} and not asked.operations.keys() & _COMPUTED:
        yield NO_NUMBER
    timed = any(c.column_id in draft.column_spans for c in relation.columns if c.type == "date" or c.order)
    if action in ("earliest", "latest", "extremes") and not draft.filters and not timed:
        yield 1.5 * NO_NUMBER
    if any(one.rows is not None for one in draft.filters.values()):
        yield BY_WORDS
    if measure is not None and counts_in(relation.column(measure).unit, asked):
        yield -LITERAL
    if "body" in asked.kinds and not types & {"person", "organisation"}:
        yield NO_NUMBER
    if "place" in asked.kinds and "place" not in types:
        yield NO_NUMBER
    if measure is None and action == "count" and draft.filters and not any(_names(draft)):
        yield COMPUTED
    counts = action in ("count", "difference", "most", "least")
    if measure is None and counts and not _counts_column(draft, asked, column, action):
        yield NO_NUMBER
    implied = action == "sum" and "sum" not in asked.operations and relation.key not in draft.filters
    if measure is not None and implied:
        yield IMPLIED_SUM
    if measure is not None and not relation.whole and _is_partial(draft, action):
        yield 2 * IMPLIED_SUM
    elif measure is not None and not relation.whole and action in ("most", "least", "rank", "nth", "lead"):
        yield IMPLIED_SUM


def _is_meant(draft: Draft, asked: Asked) -> bool:
    """Whether the question speaks of the relation, and not only of something that stands in it."""
    called = bool(draft.about) or bool(draft.column_spans)
    called = called or ("person" in asked.kinds and any(c.type == "person" for c in draft.relation.columns))
    values = any(draft.relation.column(name).values for name in draft.filters)
    return called or values or len(draft.filters) + len(draft.missing) > 1


def _counts_something_else(draft: Draft, asked: Asked) -> bool:
    """Whether the question counts by a measure word that nothing in the relation is counted by: 几次 of cities."""
    measures, nouns = counted_words(asked.key)
    relation = draft.relation
    if nouns and not asked.find([*relation.counted.en]):
        accounted = [*draft.about, *flat(draft.column_spans), *draft.spans]
        places = [(asked.key.find(noun), asked.key.find(noun) + len(noun)) for noun in nouns]
        for a, b in places:
            first = next((span for span in asked.content(_countries_in(asked)) if a <= span[0] < b), None)
            if first is not None and not any(start < first[1] and first[0] < end for start, end in accounted):
                return True
    if not measures or not any(len(word) == 1 for word in relation.counted.zh):
        return False  # Only a recipe says by which measure words its rows are counted.
    known = {*relation.counted.zh, "个", "家", "座", *(column.unit or "" for column in relation.columns)}
    known |= {word[-1:] for column in relation.columns for word in column.words.zh}
    return not set(measures) & known


def _countries_in(asked: Asked) -> list[Span]:
    return [(one.start, one.end) for one in asked.mentions if one.entities[0].kind == "country"]


def _is_partial(draft: Draft, action: Action) -> bool:
    """Whether rows are added up or ranked of which the source gives but some: a column of parts is left open."""
    relation = draft.relation
    open_parts = [
        column
        for column in relation.columns
        if column.type not in ("number", "date")
        and column.column_id != relation.key
        and column.column_id not in draft.filters
    ]
    return bool(open_parts) and action != "list"


def _names(draft: Draft) -> Iterator[str]:
    """The columns by which the question filters otherwise than by a date."""
    return (name for name in draft.filters if draft.relation.column(name).type != "date")


def _counts_column(draft: Draft, asked: Asked, column: Column, action: Action) -> bool:
    """Whether the question says that it counts what stands in `column`, or rows as the relation counts them.

    What has the most of something is no count of itself: something else has to be called.
    """
    if asked.find(draft.relation.counted.all):
        return True
    if action in ("count", "difference"):
        return column.column_id in draft.column_spans
    return any(one.rows is None for one in draft.filters.values()) or any(
        one in draft.column_spans for one in {c.column_id for c in draft.relation.columns} - {column.column_id}
    )
