"""A question to readings: lookups in relations, each with the share of the question that it accounts for.

A relation is considered where it has something that the question names, or is called as the question calls it. What
the question says and a reading leaves out counts against it; a name or a year that it cannot filter by rules it out,
unless the relation is known to be whole: then the name is missing from the source, which is an answer too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from qa_assistant.facts.keys import number_key, substrings, year_key
from qa_assistant.facts.lookup import EVERYTHING, Action, Choice, Filter, Reading
from qa_assistant.facts.relations import Column, Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.question.asked import Asked
from qa_assistant.records import Span

LEAST: Final = 0.6
"""Share of a question that a reading has to account for."""
IMPLIED_SUM: Final = 0.15
"""What a reading loses that adds up numbers though the question does not ask for a sum."""
NAMED: Final = 0.05
"""What a reading gains for each thing it filters by."""


@dataclass
class _Draft:
    """A reading in the making: its filters by column, and the places in the question that it accounts for."""

    number: int
    relation: Relation
    filters: dict[str, Filter] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    column_spans: dict[str, list[Span]] = field(default_factory=dict)
    about: list[Span] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    unmet: int = 0


def read_question(asked: Asked, store: FactStore) -> list[Reading]:
    """The readings of `asked`, best first; none where no relation accounts for enough of it."""
    keys = _keys(asked)
    located = store.columns_of_keys(keys)
    drafts = [_draft(number, relation, asked, located) for number, relation in enumerate(store.relations)]
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
    number: int, relation: Relation, asked: Asked, located: dict[str, dict[int, set[str]]]
) -> _Draft | None:
    draft = _Draft(number, relation)
    draft.about = asked.find((*relation.title.all, *relation.words.all))
    for column in relation.columns:
        found = asked.find((*column.words.all,))
        if found:
            draft.column_spans[column.column_id] = found
    _filter_by_values(draft, asked)
    _filter_by_names(draft, asked, located)
    _filter_by_texts(draft, asked, located)
    _filter_by_years(draft, asked)
    _filter_by_ordinals(draft, asked, located)
    named = draft.filters or draft.missing
    if not (named or draft.about) or draft.unmet:
        return None
    return draft


def _filter_by_values(draft: _Draft, asked: Asked) -> None:
    """Words for what stands in a column with few values: "sister" in a column of kinds."""
    for column in draft.relation.columns:
        choices: list[Choice] = []
        for value, words in column.values.items():
            spans = asked.find(words.all)
            if spans:
                choices.append(Choice((value,), words.label(asked.language)))
                draft.spans += spans
        # All values named at once is no filter: "sister and friendship cities" are all there are.
        if choices and len(choices) < len(column.values):
            draft.filters[column.column_id] = Filter(column.column_id, tuple(choices))


def _filter_by_names(draft: _Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    for mention in asked.mentions:
        span = (mention.start, mention.end)
        label = asked.key[slice(*span)]
        found: dict[str, list[str]] = defaultdict(list)
        for entity in mention.entities:
            for column in located.get(entity.entity_id, {}).get(draft.number, ()):
                found[column].append(entity.entity_id)
        if found:
            column = next(c.column_id for c in draft.relation.columns if c.column_id in found)
            _add_choice(draft, column, Choice(tuple(found[column]), label))
            draft.spans.append(span)
            continue
        if any(start <= span[0] and span[1] <= end for start, end in [*draft.about, *_flat(draft.column_spans)]):
            draft.spans.append(span)
            continue
        kinds = {entity.kind for entity in mention.entities[:1]}
        place = next((c for c in draft.relation.columns if kinds & set(c.kinds)), None)
        if place is not None and draft.relation.whole and place.column_id not in draft.filters:
            draft.missing.append((place.column_id, label))
            draft.spans.append(span)


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
        if years.single:
            _add_choice(draft, column.column_id, Choice((year_key(years.low),), label))
        elif column.column_id not in draft.filters:
            draft.filters[column.column_id] = Filter(column.column_id, (), (years.low, years.high), label)


def _filter_by_ordinals(draft: _Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """"The fifth conference": the row with that number, where the relation numbers its rows."""
    key = draft.relation.column(draft.relation.key)
    for ordinal in asked.ordinals:
        span = (ordinal.start, ordinal.end)
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
    covered = asked.covered([*draft.spans, *draft.about, *_flat(draft.column_spans)])
    score = covered + NAMED * len(draft.filters)
    if covered < LEAST or not _is_meant(draft):
        return None
    measure = _measure(draft, asked)
    column = _asked_column(draft, asked, measure)
    action, group, limit = _action(draft, asked, column, measure)
    if action in ("list", "earliest", "latest", "common", "none"):
        measure = None
    if measure is not None and action == "sum" and "sum" not in asked.operations:
        score -= IMPLIED_SUM
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
        and draft.filters[c.column_id].between is not None
    ]  # fmt: skip
    of_type = {"date": ("date",), "place": ("place",), "person": ("person",)}
    for kind, types in of_type.items():
        fitting = [c for c in open_columns if c.type in types]
        if kind in asked.kinds and fitting:
            called = [c for c in fitting if c.column_id in draft.column_spans]
            return (called or fitting)[0]
    behind = _column_behind_question_word(draft, asked, open_columns)
    if behind is not None:
        return behind
    if measure is not None and ("amount" in asked.kinds or "share" in asked.operations):
        return relation.column(measure)
    called = [
        c for c in open_columns
        if c.column_id in draft.column_spans and c.column_id != relation.key and c.type not in ("number", "date")
    ]  # fmt: skip
    if called:
        return called[-1]
    if relation.key not in draft.filters and draft.filters and relation.column(relation.key).type != "number":
        return relation.column(relation.key)
    rest = [c for c in open_columns if c.column_id != relation.key and not c.values]
    plain = [c for c in rest if c.type not in ("number", "date")]
    dated = [c for c in open_columns if c.type == "date" and c.column_id in draft.column_spans]
    return (plain or dated or rest or [relation.column(relation.key)])[0]


def _column_behind_question_word(draft: _Draft, asked: Asked, columns: Sequence[Column]) -> Column | None:
    """The column that the question names right behind "which" or 哪些."""
    words = [span for name in ("list", "count") for span in asked.operations.get(name, [])]
    words += _which(asked)
    best: tuple[int, Column] | None = None
    for _, end in words:
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
            if any(c.type == "date" for c in relation.columns):
                return "earliest", None, 1
        if "latest" in operations and any(c.type == "date" for c in relation.columns):
            return "latest", None, 1
        for name in ("most", "least"):
            if name in operations and (measure is not None or "date" not in asked.kinds):
                return name, group, 1  # type: ignore[return-value]
    if "earliest" in operations and any(c.type == "date" for c in relation.columns):
        return "earliest", None, 1
    if "latest" in operations and any(c.type == "date" for c in relation.columns):
        return "latest", None, 1
    if "average" in operations and measure is not None:
        return "average", None, 1
    if "share" in operations and measure is not None:
        return "share", None, 1
    if measure is not None and ("amount" in asked.kinds or "sum" in operations):
        return "sum", None, 1
    if measure is None and ("count" in operations or "amount" in asked.kinds) and "date" not in asked.kinds:
        return "count", None, 1
    return "list", None, 1


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
    numbers = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "six": 6, "十": 10, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
    for start, end in asked.operations.get("rank", []):
        word = asked.key[start:end].removeprefix("前").removeprefix("top").strip()
        if word.isdigit():
            return int(word)
        if word in numbers:
            return numbers[word]
    return 0
