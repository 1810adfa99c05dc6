"""A question to readings: lookups in relations, each with the share of the question that it accounts for.

A relation is considered where it has something that the question names, or is called as the question calls it
(`drafts`). What the question says and a reading leaves out counts against it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Final

from qa_assistant.facts.keys import number_key, substrings, year_key
from qa_assistant.facts.reading import Reading
from qa_assistant.facts.relations import Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.question.actions import action_of, asked_column, is_called, measured_column, ranks_by_share
from qa_assistant.question.asked import Asked
from qa_assistant.question.cell_words import filter_by_words, words_of
from qa_assistant.question.drafts import Draft, flat
from qa_assistant.question.filters import (
    drop_countries,
    filter_by_limits,
    filter_by_names,
    filter_by_ordinals,
    filter_by_texts,
    filter_by_values,
    filter_by_years,
)
from qa_assistant.question.owners import owners, speaks_of_owner
from qa_assistant.question.penalties import LITERAL, cannot_say, penalties
from qa_assistant.records import Span

LEAST: Final = 0.6
"""Share of a question that a reading has to account for."""
WHOLE_LIST: Final = 0.75
"""The same for a reading that would list or count all there is."""
NAMED: Final = 0.08
"""What a reading gains for each thing it filters by."""


def read_question(
    asked: Asked, store: FactStore, table: TranslationTable, countries: Sequence[frozenset[str]] = ()
) -> list[Reading]:
    """The readings of `asked`, best first; none where no relation accounts for enough of it.

    `countries` are the ids of the countries that each relation is about, where known.
    """
    said = words_of(asked, table)
    of = owners(asked)
    located = store.columns_of_keys(keys_of(asked, store.beginnings) | said.keys())
    drafts = [
        _draft(number, relation, asked, located, countries[number] if countries else frozenset())
        for number, relation in enumerate(store.relations)
    ]
    for draft in drafts:
        if draft is not None:
            filter_by_words(draft, asked, said, located, store)
    drafts = [
        draft for draft in drafts if draft is not None and (_is_of_names(draft) or speaks_of_owner(of, _spans(draft)))
    ]
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
    drop_countries(draft, asked)
    filter_by_limits(draft, asked)
    if not (draft.filters or draft.missing or draft.about or draft.column_spans) or draft.unmet:
        return None
    return draft


def keys_of(asked: Asked, beginnings: Container[str]) -> set[str]:
    """The keys of cells that `asked` may name: entities, years, ordinals, and every stretch of its text.

    Stretches that do not begin with any of `beginnings`, two characters each, are left out.
    """
    keys = {entity.entity_id for mention in asked.mentions for entity in mention.entities}
    keys |= {year_key(years.low) for years in asked.years if years.single}
    keys |= {number_key(ordinal.number) for ordinal in asked.ordinals}
    compact = "".join(asked.key.split())
    keys.update(substrings(compact, beginnings))
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
    covered = asked.covered(_spans(draft))
    score = covered + NAMED * len(draft.filters)
    measure = measured_column(draft, asked)
    if score < LEAST or not _is_meant(draft, asked) or cannot_say(draft, asked, measure):
        return None
    column = asked_column(draft, asked, measure)
    action, group, limit = action_of(draft, asked, column, measure)
    if not draft.filters and not draft.missing and action in ("list", "count") and covered < WHOLE_LIST:
        return None
    if action == "none":
        column = next((c for c in relation.columns if c.column_id != relation.key and not c.values), column)
    score -= sum(penalties(draft, asked, column, action, measure))
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
        of_total=ranks_by_share(draft, asked, action),
        missing=tuple(draft.missing),
        without=tuple(draft.without),
        called=bool(draft.about or draft.column_spans),
        spoken=frozenset(c.column_id for c in relation.columns if is_called(draft, c)),
        score=round(score, 4),
    )


def _is_of_names(draft: Draft) -> bool:
    """Whether it filters by something that the question names, and not only by a kind or a time."""
    columns = [draft.relation.column(name) for name in draft.filters]
    return any(not column.values and column.type != "date" for column in columns)


def _spans(draft: Draft) -> list[Span]:
    return [*draft.spans, *draft.about, *draft.titled, *flat(draft.column_spans)]


def _is_meant(draft: Draft, asked: Asked) -> bool:
    """Whether the question speaks of the relation, and not only of something that stands in it."""
    called = bool(draft.about) or bool(draft.column_spans)
    called = called or ("person" in asked.kinds and any(c.type == "person" for c in draft.relation.columns))
    values = any(draft.relation.column(name).values for name in draft.filters)
    return called or values or len(draft.filters) + len(draft.missing) > 1
