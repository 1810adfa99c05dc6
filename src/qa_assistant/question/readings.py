"""A question to readings: lookups in relations, each with the share of the question that it accounts for.

A relation is considered where it has something that the question names, or is called as the question calls it. What
the question says and a reading leaves out counts against it; a name or a year that it cannot filter by rules it out,
unless the relation is known to be whole: then the name is missing from the source, which is an answer too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from qa_assistant.facts.keys import number_key, substrings, word_key, year_key
from qa_assistant.facts.lookup import EVERYTHING, Action, Choice, Filter, Reading
from qa_assistant.facts.relations import Column, Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.lexical.tokens import BIGRAM_MARK, words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.question.asked import Asked
from qa_assistant.question.operations import counted_words
from qa_assistant.records import Span

LEAST: Final = 0.6
"""Share of a question that a reading has to account for."""
WHOLE_LIST: Final = 0.75
"""Share of a question that a reading has to account for that would list all there is."""
WORDS: Final = 0.2
"""Share of a question that words in cells of plain text have to make up."""
NO_NUMBER: Final = 0.2
"""What a reading of numbers loses where the question asks for none."""
_COMPUTED: Final = frozenset({"most", "least", "sum", "average", "difference", "share", "rank", "more"})
IMPLIED_SUM: Final = 0.15
"""What a reading loses that adds up numbers though the question does not ask for a sum."""
NAMED: Final = 0.08
"""What a reading gains for each thing it filters by."""


_denied = re.compile(
    r"(?:不算|不是|不含|不包括|除了?|并?非|排除)[\s（(“\"]*(?:[\w]{0,6}(?:城市|省|伙伴))?$"
    r"|(?:\bnot|\bnon-?|\bexcept(?: for)?|\bexcluding|other than|apart from|besides|aside from)[\s(“\"]*"
    r"(?:(?:the|as|a|its|their)\s+)?(?:(?:\w+\s+){0,2})?$"
)
_denied_behind = re.compile(r"[”\"）)]?(?:城市|关系|伙伴)?(?:除外|不算|不计|excluded)")


@dataclass
class _Draft:
    """A reading in the making: its filters by column, and the places in the question that it accounts for."""

    number: int
    relation: Relation
    filters: dict[str, Filter] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    column_spans: dict[str, list[Span]] = field(default_factory=dict)
    about: list[Span] = field(default_factory=list)
    titled: list[Span] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    unmet: int = 0


def read_question(
    asked: Asked, store: FactStore, table: TranslationTable, countries: Sequence[frozenset[str]] = ()
) -> list[Reading]:
    """The readings of `asked`, best first; none where no relation accounts for enough of it.

    `countries` are the ids of the countries that each relation is about, where known.
    """
    words_of = _words_of(asked, table)
    located = store.columns_of_keys(_keys(asked) | words_of.keys())
    drafts = [
        _draft(number, relation, asked, located, countries[number] if countries else frozenset())
        for number, relation in enumerate(store.relations)
    ]
    for draft in drafts:
        if draft is not None:
            _filter_by_words(draft, asked, words_of, located, store)
    readings = [reading for draft in drafts if draft is not None and (reading := _reading(draft, asked))]
    return sorted(readings, key=lambda reading: (-reading.score, reading.relation))


def _keys(asked: Asked) -> set[str]:
    keys = {entity.entity_id for mention in asked.mentions for entity in mention.entities}
    keys |= {year_key(years.low) for years in asked.years if years.single}
    keys |= {number_key(ordinal.number) for ordinal in asked.ordinals}
    compact = "".join(asked.key.split())
    keys.update(substrings(compact))
    return keys


def _draft(
    number: int,
    relation: Relation,
    asked: Asked,
    located: dict[str, dict[int, set[str]]],
    countries: frozenset[str] = frozenset(),
) -> _Draft | None:
    draft = _Draft(number, relation)
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
    if not (draft.filters or draft.missing or draft.about) or draft.unmet:
        return None
    return draft


def _drop_countries(draft: _Draft) -> None:
    """Countries are no filter where the question only says between whom: "Chinese and Korean governments"."""
    for column in draft.relation.columns:
        found = draft.filters.get(column.column_id)
        if found and column.kinds == ("country",) and (len(found.choices) > 1 or not draft.about):
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
def _title_words(titles: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a relation's titles that are more than one character."""
    return tuple(word for title in titles for word in words(title) if len(word) > 1)


def _filter_by_values(draft: _Draft, asked: Asked) -> None:
    """Words for what stands in a column with few values: "sister" in a column of kinds."""
    for column in draft.relation.columns:
        choices: list[Choice] = []
        for value, names in column.values.items():
            spans = asked.find(names.all)
            draft.spans += spans
            if any(not _is_denied(asked, span) for span in spans):
                choices.append(Choice((value,), names.label(asked.language)))
        # All values named at once is no filter ("sister and friendship cities" are all there are), unless each counts.
        each = "each" in asked.operations and ("count" in asked.operations or "amount" in asked.kinds)
        if choices and (len(choices) < len(column.values) or each):
            draft.filters[column.column_id] = Filter(column.column_id, tuple(choices))


def _filter_by_names(
    draft: _Draft, asked: Asked, located: dict[str, dict[int, set[str]]], countries: frozenset[str]
) -> None:
    """Names that stand in cells. A name that does not rules the relation out, unless the relation should have it.

    A country may go unmatched where the relation is about it, which its title tells: `countries`.
    """
    for mention in asked.mentions:
        span = (mention.start, mention.end)
        label = asked.key[slice(*span)]
        if _is_denied(asked, span):
            draft.spans.append(span)
            continue
        found: dict[str, list[str]] = defaultdict(list)
        for entity in mention.entities:
            for column in located.get(entity.entity_id, {}).get(draft.number, ()):
                found[column].append(entity.entity_id)
        if found:
            column = next(c.column_id for c in draft.relation.columns if c.column_id in found)
            _add_choice(draft, column, Choice(tuple(found[column]), label))
            draft.spans.append(span)
            continue
        if draft.relation.subject and any(draft.relation.subject in entity.names for entity in mention.entities):
            draft.titled.append(span)
            continue
        if any(start <= span[0] and span[1] <= end for start, end in [*draft.about, *_flat(draft.column_spans)]):
            draft.spans.append(span)
            continue
        kind = mention.entities[0].kind
        place = next((c for c in draft.relation.columns if kind in c.kinds), None)
        if place is not None and draft.relation.whole and draft.about and place.column_id not in draft.filters:
            draft.missing.append((place.column_id, label))
            draft.spans.append(span)
        elif kind != "country" or countries and not countries & {entity.entity_id for entity in mention.entities}:
            draft.unmet += 1


def _filter_by_texts(draft: _Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
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


def _filter_by_words(
    draft: _Draft, asked: Asked, words_of: dict[str, list[Span]], located: dict[str, dict[int, set[str]]],
    store: FactStore,
) -> None:  # fmt: skip
    """Rows whose cells of plain text have words of the question that nothing else accounts for."""
    if draft.filters or draft.missing:
        return
    covered = [*draft.spans, *draft.about, *_flat(draft.column_spans)]
    scores: dict[int, float] = defaultdict(float)
    spans_of: dict[int, list[Span]] = defaultdict(list)
    column_of: str | None = None
    for key, spans in words_of.items():
        columns = located.get(key, {}).get(draft.number, set())
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in covered)]
        for column in sorted(columns) if free else ():
            column_of = column_of or column
            rows = store.rows_with(draft.number, column, [key])
            for row in rows if column == column_of else ():
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


def _words_of(asked: Asked, table: TranslationTable) -> dict[str, list[Span]]:
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


def _filter_by_years(draft: _Draft, asked: Asked) -> None:
    column = next((c for c in draft.relation.columns if c.type == "date"), None)
    for years in asked.years:
        if column is None:
            draft.unmet += 1
            continue
        draft.spans.append((years.start, years.end))
        label = asked.key[years.start : years.end]
        known = draft.filters.get(column.column_id, Filter(column.column_id))
        if years.single and not known.between:
            _add_choice(draft, column.column_id, Choice((year_key(years.low),), label))
        else:
            ranges = (*known.between, (years.low, years.high))
            draft.filters[column.column_id] = Filter(
                column.column_id, between=ranges, label="、".join(filter(None, (known.label, label)))
            )


def _filter_by_ordinals(draft: _Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """ "The fifth conference": the row with that number, where the relation numbers its rows."""
    key = draft.relation.column(draft.relation.key)
    for ordinal in asked.ordinals:
        span = (ordinal.start, ordinal.end)
        earliest = any(start < span[1] and span[0] < end for start, end in asked.operations.get("earliest", []))
        if earliest and set(draft.filters) - {c.column_id for c in draft.relation.columns if c.type == "date"}:
            draft.spans.append(span)  # "Japan's first" is the earliest of Japan's, not number one.
            continue
        if key.type == "number" and ordinal.measure in ("", "届", "次", "回", "회", "차"):
            if draft.number in located.get(number_key(ordinal.number), {}):
                _add_choice(draft, key.column_id, Choice((number_key(ordinal.number),), asked.key[slice(*span)]))
            elif draft.relation.whole:
                draft.missing.append((key.column_id, asked.key[slice(*span)]))
            draft.spans.append(span)
        elif ordinal.measure in ("", "名", "位") and any(c.type == "number" for c in draft.relation.columns):
            draft.spans.append(span)


def _add_choice(draft: _Draft, column: str, choice: Choice) -> None:
    known = draft.filters.get(column)
    if known is None:
        draft.filters[column] = Filter(column, (choice,))
    elif choice.keys not in [one.keys for one in known.choices]:
        draft.filters[column] = Filter(column, (*known.choices, choice))


def _flat(spans: dict[str, list[Span]]) -> list[Span]:
    return [span for found in spans.values() for span in found]


def _reading(draft: _Draft, asked: Asked) -> Reading | None:
    relation = draft.relation
    covered = asked.covered([*draft.spans, *draft.about, *draft.titled, *_flat(draft.column_spans)])
    score = covered + NAMED * len(draft.filters)
    if score < LEAST or not _is_meant(draft) or _counts_something_else(draft, asked):
        return None
    measure = _measure(draft, asked)
    if measure is None and ("share" in asked.operations or "money" in asked.kinds):
        return None
    if measure is not None and not set(asked.kinds) & {"amount", "money"} and not set(asked.operations) & _COMPUTED:
        score -= NO_NUMBER
    if measure is None and "more" in asked.operations and not draft.relation.counted.all:
        return None
    column = _asked_column(draft, asked, measure)
    action, group, limit = _action(draft, asked, column, measure)
    if action in ("earliest", "latest", "extremes") and not draft.filters:
        score -= NO_NUMBER
    if "body" in asked.kinds and not any(c.type in ("person", "organisation") for c in relation.columns):
        score -= NO_NUMBER / 2 if measure or "most" in asked.operations else NO_NUMBER
    if "place" in asked.kinds and not any(c.type == "place" for c in relation.columns):
        score -= NO_NUMBER
    if not draft.filters and not draft.missing and action in ("list", "count") and covered < WHOLE_LIST:
        return None
    if action == "none":
        column = next((c for c in relation.columns if c.column_id != relation.key and not c.values), column)
    if action in ("list", "earliest", "latest", "common", "none"):
        measure = None
    if measure is not None and action == "sum" and "sum" not in asked.operations and relation.key not in draft.filters:
        score -= IMPLIED_SUM
    if measure is None and action in ("count", "difference") and not _counts_column(draft, asked, column):
        score -= NO_NUMBER
    if measure is not None and not relation.whole and _is_partial(draft, action):
        score -= 2 * IMPLIED_SUM
    if action in ("earliest", "latest", "extremes") and not draft.filters:
        score -= NO_NUMBER
    if "person" in asked.kinds and not any(c.type in ("person", "organisation") for c in relation.columns):
        score -= NO_NUMBER / 2 if measure or "most" in asked.operations else NO_NUMBER
    if "place" in asked.kinds and not any(c.type == "place" for c in relation.columns):
        score -= NO_NUMBER
    if not draft.filters and not draft.missing and action in ("list", "count") and covered < WHOLE_LIST:
        return None
    if action == "none":
        column = next((c for c in relation.columns if c.column_id != relation.key and not c.values), column)
    if action in ("list", "earliest", "latest", "common", "none"):
        measure = None
    if measure is not None and action == "sum" and "sum" not in asked.operations and relation.key not in draft.filters:
        score -= IMPLIED_SUM
    if measure is None and action in ("count", "difference") and not _counts_column(draft, asked, column):
        score -= NO_NUMBER
    if measure is not None and not relation.whole and action in ("most", "least", "rank", "nth", "lead", "sum"):
        score -= IMPLIED_SUM
    return Reading(
        relation=draft.number,
        action=action,
        asked=column.column_id,
        filters=tuple(draft.filters.values()),
        group=group,
        measure=measure,
        limit=limit,
        missing=tuple(draft.missing),
        score=round(score, 4),
    )


def _is_meant(draft: _Draft) -> bool:
    """Whether the question speaks of the relation, and not only of something that stands in it."""
    called = bool(draft.about) or bool(draft.column_spans)
    values = any(draft.relation.column(name).values for name in draft.filters)
    return called or values or len(draft.filters) + len(draft.missing) > 1


def _counts_something_else(draft: _Draft, asked: Asked) -> bool:
    """Whether the question counts by a measure word that nothing in the relation is counted by: 几次 of cities."""
    measures, nouns = counted_words(asked.key)
    relation = draft.relation
    if nouns and not asked.find([*relation.counted.en]):
        accounted = [*draft.about, *_flat(draft.column_spans), *draft.spans]
        places = [(asked.key.find(noun), asked.key.find(noun) + len(noun)) for noun in nouns]
        for a, b in places:
            first = next((span for span in asked.content(_countries_in(asked)) if a <= span[0] < b), None)
            if first is not None and not any(start < first[1] and first[0] < end for start, end in accounted):
                return True
    if not measures or not relation.counted.zh:
        return False
    known = {*relation.counted.zh, "个", "家", "座", *(column.unit or "" for column in relation.columns)}
    known |= {word[-1:] for column in relation.columns for word in column.words.zh}
    return not set(measures) & known


def _countries_in(asked: Asked) -> list[Span]:
    return [(one.start, one.end) for one in asked.mentions if one.entities[0].kind == "country"]


def _measure(draft: _Draft, asked: Asked) -> str | None:
    """The column of numbers that the question is about; the key is none."""
    numbers = [
        c for c in draft.relation.columns
        if c.type == "number" and c.column_id not in (draft.relation.key, draft.relation.total)
    ]  # fmt: skip
    if not numbers:
        return None
    if "share" in asked.operations:
        percent = next((c for c in numbers if c.unit in ("%", "％")), None)
        counted = next((c for c in numbers if c is not percent), None)
        return (counted or numbers[0]).column_id
    called = [c for c in numbers if c.column_id in draft.column_spans]
    return (called or numbers)[0].column_id


def _asked_column(draft: _Draft, asked: Asked, measure: str | None) -> Column:
    """The column whose cells answer."""
    relation = draft.relation
    open_columns = [
        c for c in relation.columns
        if c.column_id not in draft.filters or len(draft.filters[c.column_id].choices) != 1
        and draft.filters[c.column_id].between
    ]  # fmt: skip
    behind = _column_behind_question_word(draft, asked, open_columns)
    if behind is not None and behind.type != "date":
        return behind
    for kind in ("place", "person"):
        fitting = [c for c in open_columns if c.type == kind]
        if kind in asked.kinds and fitting:
            called = [c for c in fitting if _is_called(draft, c)]
            return (called or fitting)[0]
    if measure is not None and ("amount" in asked.kinds or "share" in asked.operations):
        return relation.column(measure)
    called = [
        c for c in open_columns
        if _is_called(draft, c) and c.column_id != relation.key and c.type not in ("number", "date")
    ]  # fmt: skip
    if called:
        return called[-1]
    if "count" in asked.operations and relation.column(relation.key).type == "number":
        return relation.column(relation.key)
    if relation.key not in draft.filters and draft.filters and relation.column(relation.key).type != "number":
        return relation.column(relation.key)
    rest = [c for c in open_columns if c.column_id != relation.key and not c.values]
    plain = [c for c in rest if c.type not in ("number", "date")]
    dated = [c for c in open_columns if c.type == "date" and c.column_id in draft.column_spans]
    return (plain or dated or rest or [relation.column(relation.key)])[0]


def _is_partial(draft: _Draft, action: Action) -> bool:
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


def _counts_column(draft: _Draft, asked: Asked, column: Column) -> bool:
    """Whether the question says that it counts what stands in `column`, or rows as the relation counts them."""
    if column.column_id in draft.column_spans or asked.find(draft.relation.counted.all):
        return True
    return False


def _is_called(draft: _Draft, column: Column) -> bool:
    """Whether the question names a column, by more than a measure word."""
    return any(end - start > 1 for start, end in draft.column_spans.get(column.column_id, []))


def _column_behind_question_word(draft: _Draft, asked: Asked, columns: Sequence[Column]) -> Column | None:
    """The column that the question names right behind "which" or 哪些."""
    behind = [span for name in ("list", "count") for span in asked.operations.get(name, [])]
    behind += _which(asked)
    best: tuple[int, Column] | None = None
    for _, end in behind:
        for column in columns:
            for start, _stop in draft.column_spans.get(column.column_id, []):
                distance = start - end
                if -2 <= distance <= (4 if asked.language == "zh" else 14) and (best is None or distance < best[0]):
                    best = (distance, column)
    return best[1] if best else None


def _which(asked: Asked) -> list[Span]:
    return asked.find(("which", "what", "哪个", "哪些", "哪座", "哪", "什么", "어느", "어떤"))


def _action(draft: _Draft, asked: Asked, column: Column, measure: str | None) -> tuple[Action, str | None, int]:
    """What to do, the column whose things are ranked, and how many of them are wanted."""
    operations, relation = asked.operations, draft.relation
    group = _group(draft, column)
    compares = any(len(one.choices) > 1 for one in draft.filters.values())
    nth = next((o.number for o in asked.ordinals if relation.column(relation.key).type != "number"), None)
    top = _top(asked)
    countable = measure is not None or "count" in operations or "most" in operations
    if compares and "more" in operations and "difference" not in operations:
        return ("sum" if measure else "count"), None, 1
    if "earliest" in operations and "latest" in operations and _dated(relation):
        return "extremes", None, 1
    if "none" in operations and any(relation.column(n).values for n in draft.filters) and not compares:
        return "none", None, 1
    if "common" in operations and _compared_in_other_column(draft, column):
        return "common", None, 1
    if compares and "difference" in operations:
        return "difference", None, 1
    if not compares and relation.key not in draft.filters or "rank" in operations:
        if "most" in operations and ("difference" in operations):
            return "lead", group, 2
        if top and (measure or "most" in operations):
            return "rank", group, top
        if nth and nth > 1 and countable and ("rank" in operations or measure):
            return "nth", group, nth
        if "rank" in operations and measure is not None:
            return "rank", relation.key, EVERYTHING if relation.key not in draft.filters else 1
        if "earliest" in operations and not asked.ordinals or "earliest" in operations and "most" not in operations:
            if _dated(relation):
                return "earliest", None, 1
        if "latest" in operations and _dated(relation):
            return "latest", None, 1
        for name in ("most", "least"):
            if name in operations and (measure is not None or "date" not in asked.kinds):
                return name, group, 1  # type: ignore[return-value]
    if "earliest" in operations and _dated(relation):
        return "earliest", None, 1
    if "latest" in operations and _dated(relation):
        return "latest", None, 1
    if "average" in operations and measure is not None:
        return "average", None, 1
    if "share" in operations and measure is not None:
        return "share", None, 1
    if measure is not None and ("amount" in asked.kinds or "sum" in operations):
        return "sum", None, 1
    if measure is None and ("count" in operations or "amount" in asked.kinds) and "date" not in asked.kinds:
        return "count", None, EVERYTHING if asked.find([*relation.counted.en, *relation.counted.zh[:1]]) else 1
    return "list", None, 1


def _dated(relation: Relation) -> bool:
    return any(column.type == "date" for column in relation.columns)


def _group(draft: _Draft, column: Column) -> str:
    """The column whose things are ranked: the one asked for, unless that is filtered by or a number."""
    relation = draft.relation
    if column.column_id in draft.filters or column.type in ("number",):
        return relation.key
    if column.type == "date" and relation.column(relation.key).type != "date":
        return relation.key
    return column.column_id


def _compared_in_other_column(draft: _Draft, column: Column) -> bool:
    return any(len(one.choices) > 1 and one.column != column.column_id for one in draft.filters.values())


def _top(asked: Asked) -> int:
    """The number in "top three" or 前三; 0 without one."""
    numbers = {
        "一": 1,
        "二": 2,
        "两": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "six": 6,
        "十": 10,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "ten": 10,
    }
    for start, end in asked.operations.get("rank", []):
        word = asked.key[start:end].removeprefix("前").removeprefix("top").strip()
        if word.isdigit():
            return int(word)
        if word in numbers:
            return numbers[word]
    return 0
