"""What a question gives a relation to go by: the filters on its columns, and the words that call it.

A name or a year that a relation cannot filter by rules it out, unless the relation is known to be whole: then the name
is missing from the source, which is an answer too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from qa_assistant.facts.keys import number_key, substrings, word_key, year_key
from qa_assistant.facts.lookup import Choice, Filter
from qa_assistant.facts.relations import Column, Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.facts.values import find_dates
from qa_assistant.language import matching_key
from qa_assistant.lexical.tokens import BIGRAM_MARK, words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.question.asked import Asked, stands_in
from qa_assistant.question.times import find_ordinals
from qa_assistant.records import Span

MOST_ROWS: Final = 0.3
"""Share of the rows that a word may stand in and still tell any of them from the others."""
WORDS: Final = 0.2
"""Share of a question that words in cells of plain text have to make up."""

_denied = re.compile(
    r"(?:不算|不是|不含|不包括|除了?|并?非|排除)[\s（(“\"]*(?:[\w]{0,6}(?:城市|省|伙伴))?$"
    r"|(?:\bnot|\bnon-?|\bexcept(?: for)?|\bexcluding|\bignor(?:e|ing)|other than|apart from|besides|aside from)"
    r"[\s(“\"]*"
    r"(?:(?:the|as|a|its|their)\s+)?(?:(?:\w+\s+){0,2})?$"
)
_denied_behind = re.compile(r"[”\"）)]?(?:城市|关系|伙伴)?(?:除外|不算|不计|excluded)")


@dataclass
class Draft:
    """A reading in the making: its filters by column, and the places in the question that it accounts for."""

    number: int
    relation: Relation
    filters: dict[str, Filter] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    column_spans: dict[str, list[Span]] = field(default_factory=dict)
    about: list[Span] = field(default_factory=list)
    titled: list[Span] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    without: list[Filter] = field(default_factory=list)
    unmet: int = 0


def keys_of(asked: Asked) -> set[str]:
    """The keys of cells that `asked` may name: entities, years, ordinals, and every stretch of its text."""
    keys = {entity.entity_id for mention in asked.mentions for entity in mention.entities}
    keys |= {year_key(years.low) for years in asked.years if years.single}
    keys |= {number_key(ordinal.number) for ordinal in asked.ordinals}
    compact = "".join(asked.key.split())
    keys.update(substrings(compact))
    return keys


def draft_of(
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
    _filter_by_values(draft, asked)
    _filter_by_names(draft, asked, located, countries)
    _filter_by_texts(draft, asked, located)
    _filter_by_years(draft, asked)
    _filter_by_ordinals(draft, asked, located)
    _drop_countries(draft)
    if not (draft.filters or draft.missing or draft.about or draft.column_spans) or draft.unmet:
        return None
    return draft


def _drop_countries(draft: Draft) -> None:
    """Countries are no filter where the question only says between whom: "Chinese and Korean governments"."""
    for column in draft.relation.columns:
        found = draft.filters.get(column.column_id)
        between = column.column_id != draft.relation.key and len(found.choices) > 1 if found else False
        if found and column.kinds == ("country",) and (between or not draft.about):
            del draft.filters[column.column_id]


def _subject_spans(relation: Relation, asked: Asked) -> list[Span]:
    """Where the question names what the relation is about, under whatever name."""
    called = {*relation.title.all, *relation.words.all}
    return [
        (mention.start, mention.end) for mention in asked.mentions
        if any(called.intersection(entity.names) for entity in mention.entities[:2])
    ]  # fmt: skip


def _is_denied(asked: Asked, span: Span) -> bool:
    """Whether the question leaves out what it names there: "other than Shanghai", 姊妹除外."""
    before = asked.key[max(0, span[0] - 40) : span[0]]
    return bool(_denied.search(before) or _denied_behind.match(asked.key, span[1]))


@lru_cache(maxsize=10_000)
def _context(relation_context: str) -> str:
    return matching_key(relation_context)


@lru_cache(maxsize=10_000)
def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a relation's titles that are more than one character."""
    return tuple(word for title in titles for word in words(title) if len(word) > 1)


def _filter_by_values(draft: Draft, asked: Asked) -> None:
    """Words for what stands in a column with few values: "sister" in a column of kinds."""
    for column in draft.relation.columns:
        choices: list[Choice] = []
        for value, names in column.values.items():
            spans = asked.find(names.all)
            draft.spans += spans
            if any(not _is_denied(asked, span) for span in spans):
                choices.append(Choice((value,), names.label(asked.language)))
        # All values named at once is no filter ("sister and friendship cities" are all there are), unless each counts.
        each = asked.operations.keys() & {"each", "more", "difference"} and (
            "count" in asked.operations or "amount" in asked.kinds
        )
        if choices and (len(choices) < len(column.values) or each):
            draft.filters[column.column_id] = Filter(column.column_id, tuple(choices))


def _filter_by_names(
    draft: Draft, asked: Asked, located: dict[str, dict[int, set[str]]], countries: frozenset[str]
) -> None:
    """Names that stand in cells. A name that does not rules the relation out, unless the relation should have it.

    A country may go unmatched where the relation is about it, which its title tells: `countries`.
    """
    for mention in asked.mentions:
        span = (mention.start, mention.end)
        label = asked.key[slice(*span)]
        found: dict[str, list[str]] = defaultdict(list)
        for entity in mention.entities:
            for column in located.get(entity.entity_id, {}).get(draft.number, ()):
                found[column].append(entity.entity_id)
        if found and _is_denied(asked, span):
            column = next(c.column_id for c in draft.relation.columns if c.column_id in found)
            draft.without.append(Filter(column, (Choice(tuple(found[column]), label),)))
            draft.spans.append(span)
            continue
        if found:
            column = next(c.column_id for c in draft.relation.columns if c.column_id in found)
            _add_choice(draft, column, Choice(tuple(found[column]), label))
            draft.spans.append(span)
            continue
        if draft.relation.subject and any(draft.relation.subject in entity.names for entity in mention.entities):
            draft.titled.append(span)
            continue
        if any(start <= span[0] and span[1] <= end for start, end in [*draft.about, *flat(draft.column_spans)]):
            draft.spans.append(span)
            continue
        if stands_in(mention, _context(draft.relation.context)):
            draft.titled.append(span)
            continue
        kind = mention.entities[0].kind
        place = next((c for c in draft.relation.columns if kind in c.kinds), None)
        if place is not None and draft.relation.whole and draft.about and place.column_id not in draft.filters:
            draft.missing.append((place.column_id, label))
            draft.spans.append(span)
        elif kind != "country" or (countries and not countries & {entity.entity_id for entity in mention.entities}):
            draft.unmet += 1


def _filter_by_texts(draft: Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """Cells whose whole text stands in the question, outside of what is accounted for by now."""
    texts = [
        (key[1:], next(c.column_id for c in draft.relation.columns if c.column_id in columns[draft.number]))
        for key, columns in located.items()
        if key.startswith("=") and draft.number in columns
    ]
    for text, column in sorted(texts, key=lambda one: -len(one[0])):
        for span in _occurrences(asked.key, text):
            if any(span[0] < end and start < span[1] for start, end in draft.spans):
                continue
            if text.isascii() and text.isdigit():
                continue
            _add_choice(draft, column, Choice(("=" + text,), asked.key[slice(*span)]))
            draft.spans.append(span)


def filter_by_words(
    draft: Draft, asked: Asked, words_of: dict[str, list[Span]], located: dict[str, dict[int, set[str]]],
    store: FactStore,
) -> None:  # fmt: skip
    """Rows whose cells of plain text have words of the question that nothing else accounts for."""
    if draft.filters or draft.missing:
        return
    covered = [*draft.spans, *draft.about, *flat(draft.column_spans)]
    scores: dict[int, float] = defaultdict(float)
    spans_of: dict[int, list[Span]] = defaultdict(list)
    column_of: str | None = None
    for key, spans in words_of.items():
        columns = located.get(key, {}).get(draft.number, set())
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in covered)]
        for column in sorted(columns) if free else ():
            column_of = column_of or column
            rows = store.rows_with(draft.number, column, [key])
            common = len(rows) > MOST_ROWS * store.size(draft.number)
            for row in rows if column == column_of and not common else ():
                scores[row] += (len(key) - 1) / len(rows)
                spans_of[row] += free
    if not scores or column_of is None:
        return
    best = max(scores.values())
    chosen = frozenset(row for row, score in scores.items() if score >= 0.5 * best)
    spans = [span for row in chosen for span in spans_of[row]]
    if asked.covered(spans) >= WORDS:
        label = " ".join(dict.fromkeys(asked.key[slice(*span)] for span in sorted(set(spans))))
        draft.filters[column_of] = Filter(column_of, rows=chosen, label=label)
        draft.spans += spans


def words_of(asked: Asked, table: TranslationTable) -> dict[str, list[Span]]:
    """The keys of the words of the question, and of their translations, with the places of the words."""
    found: dict[str, list[Span]] = defaultdict(list)
    for stem, start, end in asked.stems:
        if asked.light[start]:
            continue
        found[word_key(stem)].append((start, end))
        for word, weight in table.translate(stem)[:4]:
            if weight >= 0.1:
                found[word_key(word)].append((start, end))
                found[word_key(BIGRAM_MARK + word)].append((start, end))
    for place in range(len(asked.key) - 1):
        pair = asked.key[place : place + 2]
        if not pair.isascii() and not (asked.light[place] or asked.light[place + 1]):
            found[word_key(BIGRAM_MARK + pair)].append((place, place + 2))
    return found


def _occurrences(key: str, compact: str) -> list[Span]:
    """Where `compact` stands in `key`, white space in `key` apart; Latin text as whole words."""
    places = [place for place, char in enumerate(key) if not char.isspace()]
    squeezed = "".join(key[place] for place in places)
    found: list[Span] = []
    start = squeezed.find(compact)
    while start >= 0:
        first, last = places[start], places[start + len(compact) - 1]
        before = key[first - 1] if first else " "
        after = key[last + 1] if last + 1 < len(key) else " "
        inside = (compact[0].isascii() and before.isascii() and before.isalnum()) or (
            compact[-1].isascii() and after.isascii() and after.isalnum()
        )
        if not inside:
            found.append((first, last + 1))
        start = squeezed.find(compact, start + 1)
    return found


def _filter_by_years(draft: Draft, asked: Asked) -> None:
    column = next((c for c in draft.relation.columns if c.type == "date"), None)
    for years in asked.years:
        headed = [c for c in draft.relation.columns if years.single and _names_year(c, years.low)]
        if headed:  # "Visitors in 2023" is a column, and no filter by the year 2023.
            draft.spans.append((years.start, years.end))
            for one in headed:
                draft.column_spans.setdefault(one.column_id, []).append((years.start, years.end))
            continue
        if column is None:
            if any(years.low <= date.year <= years.high for date in find_dates(_context(draft.relation.context))):
                draft.titled.append((years.start, years.end))
            else:
                draft.unmet += 1
            continue
        draft.spans.append((years.start, years.end))
        label = asked.key[years.start : years.end]
        keys = (year_key(years.low),) if years.single else ()
        _add_choice(draft, column.column_id, Choice(keys, label, None if keys else (years.low, years.high)))


def _names_year(column: Column, year: int) -> bool:
    return any(str(year) in name for name in column.words.all)


def _filter_by_ordinals(draft: Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """The row of "the fifth conference": the row with that number, where the relation numbers its rows."""
    key = draft.relation.column(draft.relation.key)
    in_order = next((column for column in draft.relation.columns if column.order), None)
    for ordinal in asked.ordinals:
        span = (ordinal.start, ordinal.end)
        if "latest" in asked.operations and ordinal.number == 1:
            draft.spans.append(span)  # "The first and the last" are no number one.
            continue
        earliest = any(start < span[1] and span[0] < end for start, end in asked.operations.get("earliest", []))
        if earliest and set(draft.filters) - {c.column_id for c in draft.relation.columns if c.type == "date"}:
            draft.spans.append(span)  # "Japan's first" is the earliest of Japan's, not number one.
            continue
        if key.type == "number" and ordinal.measure in ("", "届", "次", "回", "회", "차"):
            if ordinal.up_to:
                _add_choice(draft, key.column_id, Choice((), asked.key[slice(*span)], (0, ordinal.number)))
            elif draft.number in located.get(number_key(ordinal.number), {}):
                _add_choice(draft, key.column_id, Choice((number_key(ordinal.number),), asked.key[slice(*span)]))
            elif draft.relation.whole:
                draft.missing.append((key.column_id, asked.key[slice(*span)]))
            draft.spans.append(span)
        elif in_order is not None and ordinal.measure in ("", "名", "位"):
            _add_choice(draft, in_order.column_id, Choice((number_key(ordinal.number),), asked.key[slice(*span)]))
            draft.spans.append(span)
        elif any(one.number == ordinal.number for one in find_ordinals(_context(draft.relation.context))):
            draft.titled.append(span)
        elif ordinal.measure in ("", "名", "位") and any(c.type == "number" for c in draft.relation.columns):
            draft.spans.append(span)


def _add_choice(draft: Draft, column: str, choice: Choice) -> None:
    known = draft.filters.get(column)
    if known is None:
        draft.filters[column] = Filter(column, (choice,))
    elif (choice.keys, choice.between) not in [(one.keys, one.between) for one in known.choices]:
        draft.filters[column] = Filter(column, (*known.choices, choice))


def flat(spans: dict[str, list[Span]]) -> list[Span]:
    """All spans."""
    return [span for found in spans.values() for span in found]
