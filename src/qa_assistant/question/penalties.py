"""What speaks against a reading of a relation, beside the words of the question that it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qa_assistant.facts.reading import Action
from qa_assistant.facts.relations import Column
from qa_assistant.question.asked import Asked
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.drafts import Draft, flat
from qa_assistant.question.operations import counted_words
from qa_assistant.question.units import PERCENT, counts_in
from qa_assistant.records import Span

LITERAL: Final = 0.03
"""What a reading gains whose column the question calls by its very name."""
COMPUTED: Final = 0.1
"""What a count of rows loses that are told by their time alone: a number that the source states goes before it."""
NO_NUMBER: Final = 0.2
"""What a reading of numbers loses where the question asks for none; and one without the kind of thing asked for."""
IMPLIED_SUM: Final = 0.15
"""What a reading loses that adds up numbers though the question does not ask for a sum."""
BY_WORDS: Final = 0.15
"""What a reading loses that finds its rows by single words in their text."""
_COMPUTED: Final = frozenset({"most", "least", "sum", "average", "difference", "share", "rank", "more"})


def cannot_say(draft: Draft, asked: Asked, measure: str | None) -> bool:
    """Whether the question asks for what the relation has none of: numbers to divide, sums of money, other counts."""
    if measure is None and ("share" in asked.operations or "money" in asked.kinds):
        return True
    if "share" in asked.operations and not draft.relation.whole and draft.relation.total is None:
        return True  # A share of the rows that are there would be no share of all.
    if measure is None and "more" in asked.operations and not draft.relation.counted.all:
        return True
    if "difference" in asked.operations and "amount" not in asked.kinds and measure not in draft.column_spans:
        return True  # What tells two things apart is no number.
    types = {column.type for column in draft.relation.columns}
    if set(asked.kinds) == {"person"} and not draft.filters and not types & {"person", "organisation"}:
        return True
    named = any(one.rows is None for one in draft.filters.values())
    if (
        not asked.kinds
        and not named
        and not asked.operations.keys() - {"list"}
        and not _speaks_of_what_is_counted(draft, asked)
    ):
        return True  # "Which problems" are no rows of which nothing is called a problem.
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
    numbers = [c for c in numbers if c.unit not in PERCENT]
    if len(numbers) > 1 and not called and draft.relation.key in draft.filters and "amount" in asked.kinds:
        return True  # Which of its numbers is meant? A guess would be an answer to another question.
    return _counts_something_else(draft, asked)


def penalties(draft: Draft, asked: Asked, column: Column, action: Action, measure: str | None) -> Iterator[float]:
    """What a reading loses; less than nothing where a number is in the very unit that is counted."""
    relation = draft.relation
    timed = any(c.column_id in draft.column_spans for c in relation.columns if c.type == "date" or c.order)
    if action in ("earliest", "latest", "extremes") and not draft.filters and not timed:
        yield 1.5 * NO_NUMBER
    if any(one.rows is not None for one in draft.filters.values()):
        yield BY_WORDS
    types = {column.type for column in relation.columns}
    if "body" in asked.kinds and not types & {"person", "organisation"}:
        yield NO_NUMBER
    if "place" in asked.kinds and "place" not in types:
        yield NO_NUMBER
    yield from (
        _of_counts(draft, asked, column, action) if measure is None else _of_numbers(draft, asked, action, measure)
    )


def _of_counts(draft: Draft, asked: Asked, column: Column, action: Action) -> Iterator[float]:
    """For a reading that counts rows."""
    if action == "count" and draft.filters and not any(_names(draft)):
        yield COMPUTED
    counts = action in ("count", "difference", "more", "most", "least")
    if counts and not _counts_column(draft, asked, column, action):
        yield NO_NUMBER


def _of_numbers(draft: Draft, asked: Asked, action: Action, measure: str) -> Iterator[float]:
    """For a reading of a column of numbers."""
    relation = draft.relation
    if not asked.kinds.keys() & {"amount", "money"} and not asked.operations.keys() & _COMPUTED:
        yield NO_NUMBER
    if counts_in(relation.column(measure).unit, asked):
        yield -LITERAL
    if action == "sum" and "sum" not in asked.operations and relation.key not in draft.filters:
        yield IMPLIED_SUM
    if not relation.whole and action != "rest" and _is_partial(draft, action):
        yield 2 * IMPLIED_SUM
    elif not relation.whole and (
        action in ("most", "least", "rank", "nth", "lead")
        or (action in ("sum", "difference", "more") and relation.key not in draft.filters)
    ):
        yield IMPLIED_SUM


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
    if action in ("count", "difference", "more"):
        return column.column_id in draft.column_spans
    return any(one.rows is None for one in draft.filters.values()) or any(
        one in draft.column_spans for one in {c.column_id for c in draft.relation.columns} - {column.column_id}
    )
