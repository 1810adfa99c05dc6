"""What a question wants of a relation: the column that answers, the numbers it is about, what to do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from qa_assistant.facts.reading import EVERYTHING, Action
from qa_assistant.facts.relations import Column, Relation
from qa_assistant.question.asked import Asked
from qa_assistant.question.drafts import Draft
from qa_assistant.question.units import PERCENT, counts_in
from qa_assistant.records import Span

Superlative = Literal["earliest", "latest", "average", "share"]
Plan = tuple[Action, str | None, int]
"""What to do, the column whose things are ranked, and how many of them are wanted."""


def measured_column(draft: Draft, asked: Asked) -> str | None:
    """The column of numbers that the question is about; the key is none."""
    numbers = [
        c for c in draft.relation.columns
        if c.type == "number" and not c.order and c.column_id not in (draft.relation.key, draft.relation.total)
    ]  # fmt: skip
    if not numbers:
        return None
    if "share" in asked.operations:
        percent = next((c for c in numbers if c.unit in PERCENT), None)
        counted = [c for c in numbers if c is not percent]
        called = [c for c in counted if c.column_id in draft.column_spans]
        if len(called) < 2:
            return next(iter([*called, *counted, *numbers])).column_id
    counted = [c for c in numbers if counts_in(c.unit, asked)]
    called = [c for c in numbers if c.column_id in draft.column_spans and (not counted or c in counted)]
    if len(called) > 1 and "share" in asked.operations:
        # "What percentage of the people came from member governments": the people are divided.
        return min(
            called, key=lambda c: min(_places(draft.column_spans[c.column_id], draft.about), default=10**6)
        ).column_id
    if called:
        return max(called, key=lambda c: len(_places(draft.column_spans[c.column_id], draft.about))).column_id
    others = [c for c in draft.relation.columns if c.type != "number" and c.column_id not in draft.filters]
    counts = asked.operations.keys() & {"count"} and not asked.operations.keys() & {"most", "least", "share", "rank"}
    if counts and len(others) > 1:
        return None  # "How many libraries" counts rows, not the first number that stands in them.
    return numbers[0].column_id


def _places(spans: Sequence[Span], about: Sequence[Span]) -> set[int]:
    """The places in `spans` that are no part of a longer word for the relation: 图书 in 图书馆."""
    inside = [span for span in spans if any(a <= span[0] and span[1] <= b and (a, b) != span for a, b in about)]
    return {place for start, end in spans if (start, end) not in inside for place in range(start, end)}


def asked_column(draft: Draft, asked: Asked, measure: str | None) -> Column:
    """The column whose cells answer."""
    relation = draft.relation
    open_columns = [
        c for c in relation.columns
        if c.column_id not in draft.filters or draft.filters[c.column_id].ranged
    ]  # fmt: skip
    behind = _column_behind_question_word(draft, asked, open_columns)
    if behind is not None and behind.type != "date":
        return behind
    for kind in ("place", "person"):
        # "Where" asks for the place, not for the country it is in.
        fitting = sorted((c for c in open_columns if c.type == kind), key=lambda c: c.kinds == ("country",))
        if kind in asked.kinds and fitting:
            called = [c for c in fitting if is_called(draft, c)]
            return (called or fitting)[0]
    if measure is not None and ("amount" in asked.kinds or "share" in asked.operations):
        return relation.column(measure)
    called = [
        c for c in open_columns
        if is_called(draft, c) and c.column_id != relation.key and c.type not in ("number", "date")
    ]  # fmt: skip
    if called:
        return called[-1]
    if "count" in asked.operations and relation.column(relation.key).type == "number":
        return relation.column(relation.key)
    numbered = relation.column(relation.key).type == "number"
    if relation.key not in draft.filters and (not numbered or not draft.filters):
        return relation.column(relation.key)
    rest = [c for c in open_columns if c.column_id != relation.key and not c.values]
    plain = [c for c in rest if c.type not in ("number", "date")]
    dated = [c for c in open_columns if c.type == "date" and c.column_id in draft.column_spans]
    return (plain or dated or rest or [relation.column(relation.key)])[0]


def is_called(draft: Draft, column: Column) -> bool:
    """Whether the question names a column, by more than a measure word or a part of what the relation is called."""
    return any(
        end - start > 1 and not any(a <= start and end <= b and b - a > end - start for a, b in draft.about)
        for start, end in draft.column_spans.get(column.column_id, [])
    )


def _column_behind_question_word(draft: Draft, asked: Asked, columns: Sequence[Column]) -> Column | None:
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


def dated(relation: Relation) -> bool:
    """Whether rows can come first or last: by a date, or by their place in an order."""
    return any(column.type == "date" or column.order for column in relation.columns)


def _group(draft: Draft, column: Column, asked: Asked) -> str:
    """The column whose things are ranked: the one asked for, unless that is filtered by or a number."""
    relation = draft.relation
    if column.column_id == relation.key and column.type == "number":  # "The most editions" are somebody's.
        called = [c for c in relation.columns if c is not column and c.type != "date" and is_called(draft, c)]
        return (called or [column])[0].column_id
    if column.type == "date" and "date" in asked.kinds and column.column_id not in draft.filters:
        return column.column_id  # "In which year were the most".
    if (column.column_id in draft.filters and not draft.filters[column.column_id].ranged) or column.type == "number":
        return relation.key
    if column.type == "date" and relation.column(relation.key).type != "date":
        return relation.key
    return column.column_id


def _compared_in_other_column(draft: Draft, column: Column) -> bool:
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


def action_of(draft: Draft, asked: Asked, column: Column, measure: str | None) -> Plan:
    """What the words of `asked` want done with the rows of a relation; a list of them where they want nothing."""
    operations, relation = asked.operations, draft.relation
    compares = any(len(one.choices) > 1 for one in draft.filters.values())
    plan = _comparison(draft, asked, column, measure, compares)
    pinned = relation.key in draft.filters and not draft.filters[relation.key].ranged
    if plan is None and ((not compares and not pinned) or "rank" in operations):
        plan = _ranking(draft, asked, column, measure)
    if plan is not None:
        return plan
    if measure is not None and _leaves_rest(draft, asked):
        return "rest", None, 1
    able: tuple[tuple[Superlative, bool], ...] = (
        ("earliest", dated(relation)),
        ("latest", dated(relation)),
        ("average", measure is not None),
        ("share", measure is not None),
    )
    for name, can in able:
        if can and name in operations:
            return name, None, 1
    if measure is not None and ("amount" in asked.kinds or "sum" in operations):
        return "sum", None, 1
    if measure is None and ("count" in operations or "amount" in asked.kinds) and "date" not in asked.kinds:
        return "count", None, EVERYTHING if asked.find([*relation.counted.en, *relation.counted.zh[:1]]) else 1
    return "list", None, 1


def _leaves_rest(draft: Draft, asked: Asked) -> bool:
    """Whether the question asks what is left without a part, of a total that the rows print."""
    beside = (draft.relation.key, draft.relation.total)
    parts = bool(draft.without) and all(one.column not in beside for one in draft.without)
    wanted = "amount" in asked.kinds and not asked.operations.keys() & {"share", "average"}
    return parts and wanted and draft.relation.total is not None and draft.relation.key in draft.filters


def _comparison(draft: Draft, asked: Asked, column: Column, measure: str | None, compares: bool) -> Plan | None:
    """For a question that sets things side by side, or asks for those that have none."""
    operations, relation = asked.operations, draft.relation
    limit = EVERYTHING if measure is None and asked.find(relation.counted.all) else 1
    if compares and "more" in operations and "difference" not in operations:
        of_two = any(len(one.choices) == 2 for one in draft.filters.values())
        return ("more" if of_two else "sum" if measure else "count"), None, limit
    if "earliest" in operations and "latest" in operations and dated(relation):
        return "extremes", None, 1
    if "none" in operations and any(relation.column(name).values for name in draft.filters) and not compares:
        return "none", None, 1
    if "common" in operations and _compared_in_other_column(draft, column):
        return "common", None, 1
    if compares and "difference" in operations:
        return "difference", None, limit
    return None


def ranks_by_share(draft: Draft, asked: Asked, action: Action) -> bool:
    """Whether things are ranked by their share in the total of their own row: "the highest proportion"."""
    return draft.relation.total is not None and "share" in asked.operations and action in ("most", "least", "rank")


def _ranking(draft: Draft, asked: Asked, column: Column, measure: str | None) -> Plan | None:
    """For a question after the first, the last or the place of something."""
    operations, relation = asked.operations, draft.relation
    group, top = _group(draft, column, asked), _top(asked)
    numbered = relation.column(relation.key).type == "number"
    nth = 0 if numbered else next((ordinal.number for ordinal in asked.ordinals), 0)
    if "most" in operations and "difference" in operations:
        return "lead", group, 2
    if top and (measure or "most" in operations):
        return "rank", group, top
    if nth > 1 and (measure is not None or {"most", "least"} & operations.keys()):
        return "nth", group, -nth if "least" in operations else nth
    if "rank" in operations and measure is not None:
        return "rank", relation.key, EVERYTHING if relation.key not in draft.filters else 1
    if "earliest" in operations and (not asked.ordinals or "most" not in operations) and dated(relation):
        return "earliest", None, 1
    if "latest" in operations and dated(relation):
        return "latest", None, 1
    for name in ("most", "least"):
        dates = [c.column_id for c in relation.columns if c.type == "date"]
        if name in operations and "date" in asked.kinds and dates:
            return name, dates[0], 1
        if name in operations:
            return name, group, 1
    return None
