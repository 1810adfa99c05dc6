"""The filters that a question names: what stands in the cells of a relation's columns.

A name or a year that a relation cannot filter by rules it out, unless the relation is known to be whole: then the name
is missing from the source, which is an answer too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from qa_assistant.facts.keys import number_key, year_key
from qa_assistant.facts.reading import Choice, Filter
from qa_assistant.facts.relations import Column
from qa_assistant.facts.values import find_dates
from qa_assistant.language import HANGUL, matching_key
from qa_assistant.names import Mention
from qa_assistant.question.actions import measured_column
from qa_assistant.question.asked import Asked
from qa_assistant.question.drafts import Draft
from qa_assistant.question.editions import MEASURES
from qa_assistant.question.times import EARLIEST, LATEST, Ordinal, Years, find_ordinals
from qa_assistant.records import Span

_denied = re.compile(
    r"(?:不算|不计|撇开|抛开|去掉|扣掉|扣除|减去|刨去|刨除|(?<!是)不是|不含|不包括|除了?|并?非|排除)[\s（(“\"]*(?:[\w]{0,6}(?:城市|省|伙伴))?$"
    r"|(?:\bnot|\bnon-?|\bexcept(?: for)?|\bexcluding|\bignor(?:e|ing)|other than|apart from"
    r"|leaving|besides|aside from|minus|not counting)"
    r"[\s(“\"]*"
    r"(?:(?:the|as|a|its|their)\s+)?(?:(?:\w+\s+){0,2})?$"
)
_denied_behind = re.compile(
    r"[”\"）)]?(?:城市|关系|伙伴)?(?:(?:那|这|的)?(?:一?[类种些]|部分)?(?:的|都|就)?)?"
    r"(?:除外|不(?:用|要|必|能)?(?:算|计|数|提|管)|excluded)"
    r"|[”\")）]?(?: ?(?:쪽|측|분야|부문|교류|관계|도시|지역|것)){0,2}(?:을|를|은|는|만)? ?"
    r"(?:빼|뺀|뺄|제외|제하|말고|이?외[에의]|아닌)"
)
_hangul = re.compile(f"[{HANGUL}]")
_over_ko = re.compile(r"[을를이가]? ?넘$")
"""How Korean says "over" as a verb; an answer says it as a noun."""


def filter_by_values(draft: Draft, asked: Asked) -> None:
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


def filter_by_names(
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
        if found:
            name = next(c.column_id for c in draft.relation.columns if c.column_id in found)
            choice = Choice(tuple(found[name]), label)
            if _is_denied(asked, span):
                draft.without.append(Filter(name, (choice,)))
                draft.spans.append(span)
            else:
                draft.add(name, choice, span)
        elif _is_about(draft, mention):
            draft.titled.append(span)
        elif draft.covers(span):
            draft.spans.append(span)
        else:
            _leave_unmatched(draft, mention, label, countries)


def _is_about(draft: Draft, mention: Mention) -> bool:
    """Whether all rows are about what is mentioned: by the relation's subject, or the text around them."""
    relation = draft.relation
    if relation.subject and any(relation.subject in entity.names for entity in mention.entities):
        return True
    covered = draft.covers((mention.start, mention.end))
    return not covered and mention.stands_in(_context(relation.context))


def _leave_unmatched(draft: Draft, mention: Mention, label: str, countries: frozenset[str]) -> None:
    """A name that no cell has: missing where the relation should have it, else something it knows nothing of."""
    kind = mention.entities[0].kind
    place = next((c for c in draft.relation.columns if kind in c.kinds), None)
    if place is not None and draft.relation.whole and draft.about and place.column_id not in draft.filters:
        draft.missing.append((place.column_id, label))
        draft.spans.append((mention.start, mention.end))
    elif kind != "country" or (countries and not countries & {entity.entity_id for entity in mention.entities}):
        draft.unmet += 1
    elif countries and _hangul.match(label):  # Their names are no words of a title in Chinese or English.
        draft.titled.append((mention.start, mention.end))


def filter_by_texts(draft: Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """Cells whose whole text stands in the question, outside of what is accounted for by now."""
    texts = [
        (key[1:], next(c.column_id for c in draft.relation.columns if c.column_id in columns[draft.number]))
        for key, columns in located.items()
        if key.startswith("=") and draft.number in columns
    ]
    for text, column in sorted(texts, key=lambda one: -len(one[0])):
        for span in occurrences(asked.key, text):
            if any(span[0] < end and start < span[1] for start, end in draft.spans):
                continue
            if text.isascii() and text.isdigit():
                continue
            draft.add(column, Choice(("=" + text,), asked.key[slice(*span)]), span)


def filter_by_years(draft: Draft, asked: Asked) -> None:
    """Years and ranges of years, in the column of dates; a year may also be what a column is called by."""
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
        label = _label(years, asked)
        if any(start <= years.start and years.end <= end for start, end in draft.spans):
            continue  # A cell that says "2000年代" is found by its text.
        keys = (year_key(years.low),) if years.single else ()
        between = None if keys else (years.low, years.high)
        draft.add(column.column_id, Choice(keys, label, between), (years.start, years.end))


def filter_by_ordinals(draft: Draft, asked: Asked, located: dict[str, dict[int, set[str]]]) -> None:
    """The row of "the fifth conference": the row with that number, where the relation numbers its rows."""
    dates = {c.column_id for c in draft.relation.columns if c.type == "date"}
    for ordinal in asked.ordinals:
        span = (ordinal.start, ordinal.end)
        if "latest" in asked.operations and ordinal.number == 1:
            draft.spans.append(span)  # "The first and the last" are no number one.
            continue
        earliest = any(start < span[1] and span[0] < end for start, end in asked.operations.get("earliest", []))
        if "least" in asked.operations and any(column.order for column in draft.relation.columns):
            draft.unmet += 1  # The second fewest is not number two of an order from the most.
            continue
        if earliest and set(draft.filters) - dates:
            draft.spans.append(span)  # "Japan's first" is the earliest of Japan's, not number one.
            continue
        if _is_place(ordinal, asked):
            draft.spans.append(span)  # "The second most" counts; it is no number two of what is numbered.
            draft.unmet += any(column.order for column in draft.relation.columns)
            continue
        _filter_by_ordinal(draft, ordinal, asked.key[slice(*span)], located)


def _is_place(ordinal: Ordinal, asked: Asked) -> bool:
    """Whether an ordinal is part of "the second most" or 第二多."""
    ranked = [span for name in ("most", "least") for span in asked.operations.get(name, [])]
    return not ordinal.up_to and any(
        start <= ordinal.start < end or (ordinal.end <= start and asked.key[ordinal.end : start].strip() in ("", "로"))
        for start, end in ranked
    )


def _filter_by_ordinal(draft: Draft, ordinal: Ordinal, label: str, located: dict[str, dict[int, set[str]]]) -> None:
    relation, span = draft.relation, (ordinal.start, ordinal.end)
    key = relation.column(relation.key)
    in_order = next((column for column in relation.columns if column.order), None)
    number = (number_key(ordinal.number),)
    if key.type == "number" and ordinal.measure in MEASURES:
        if ordinal.up_to:
            draft.add(key.column_id, Choice((), label, (0, ordinal.number)), span)
        elif draft.number in located.get(number[0], {}):
            draft.add(key.column_id, Choice(number, label), span)
        elif relation.whole:
            draft.missing.append((key.column_id, label))
        draft.spans.append(span)
    elif in_order is not None and ordinal.measure in ("", "名", "位"):
        draft.add(in_order.column_id, Choice(number, label), span)
    elif any(one.number == ordinal.number for one in find_ordinals(_context(relation.context))):
        draft.titled.append(span)
    elif ordinal.measure in ("", "名", "位") and any(c.type == "number" for c in relation.columns):
        draft.spans.append(span)
    elif ordinal.measure in ("届", "회", "차") and find_ordinals(_context(relation.context)):
        draft.unmet += 1  # The rows are of another edition.


def filter_by_limits(draft: Draft, asked: Asked) -> None:
    """Rows whose number is beyond a limit; a relation without such a number cannot tell."""
    for limit in asked.limits:
        measure = measured_column(draft, asked)
        if measure is None:
            draft.unmet += 1
            continue
        label = _over_ko.sub(" 초과", asked.key[slice(*limit.span)])
        draft.add(measure, Choice((), label, (limit.low, limit.high)), limit.span)


def drop_countries(draft: Draft, asked: Asked) -> None:
    """Countries are no filter where the question only says between whom: "Chinese and Korean governments".

    Where it compares them they are; and one alone is, if the question calls the relation or filters by more.
    """
    compared = asked.operations.keys() & {"more", "difference", "each", "common"}
    for column in draft.relation.columns:
        found = draft.filters.get(column.column_id)
        if found is None or column.kinds != ("country",):
            continue
        several = len(found.choices) > 1 and column.column_id != draft.relation.key and not compared
        called = draft.about or len(draft.filters) > 1 or (compared and len(found.choices) > 1)
        if several or not called:
            del draft.filters[column.column_id]


def _is_denied(asked: Asked, span: Span) -> bool:
    """Whether the question leaves out what it names there: "other than Shanghai", 姊妹除外."""
    before = asked.key[max(0, span[0] - 40) : span[0]]
    return bool(_denied.search(before) or _denied_behind.match(asked.key, span[1]))


@lru_cache(maxsize=10_000)
def _context(relation_context: str) -> str:
    return matching_key(relation_context)


def occurrences(key: str, compact: str) -> list[Span]:
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


def _label(years: Years, asked: Asked) -> str:
    """A range by its years, where it has both; else as the question says it."""
    said = asked.key[years.start : years.end]
    whole = not years.single and years.low > EARLIEST and years.high < LATEST and str(years.high) in said
    return f"{years.low}–{years.high}" if whole else said


def _names_year(column: Column, year: int) -> bool:
    return any(str(year) in name for name in column.words.all)
