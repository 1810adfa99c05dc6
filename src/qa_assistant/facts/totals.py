"""The rows of totals in a table as rules: each number in them is the sum of its column.

Only where that is surely meant: a column of shares, prices or averages does not add up to what stands below it, nor do
rows that name a part of another row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_assistant.facts.agreement import is_number, measure
from qa_assistant.facts.relations import Relation, Row, Rule, Term
from qa_assistant.records import Fact

_subtotal = re.compile(r"小计|sub-?total", re.IGNORECASE)
_no_sum = re.compile(
    r"[率均比价龄]|占|增长|增幅|排名|名次|序号|编号|密度|得分|指数"
    r"|average|mean|median|rate|ratio|share|price|age\b|growth|change|rank|index|score|density|per\b|no\.|number$|id$",
    re.IGNORECASE,
)
_part_of_a_row = re.compile(r"\W*(?:其中|of which|including|thereof|incl\.)", re.IGNORECASE)
_rounded = re.compile(r"[万亿兆%％]|million|billion|thousand|mn\b|bn\b", re.IGNORECASE)


@dataclass(frozen=True)
class TotalRow:
    """A row of totals: what it is called, how many rows stand before it, and its cells by column."""

    name: str
    before: int
    cells: Mapping[str, Fact]


def total_rules(
    relation: Relation, title: str, headers: Mapping[str, str], rows: Sequence[Row], totals: Sequence[TotalRow]
) -> tuple[Rule, ...]:
    """What the `totals` of a table say of its `rows`; `headers` are the printed names of its columns."""
    if any(_part_of_a_row.match(fact.text) for row in rows for fact in row.cells.values()):
        return ()
    rules: list[Rule] = []
    for total, (first, end) in _ranges(totals, len(rows)):
        for column_id, fact in total.cells.items():
            parts = [row.cells.get(column_id) for row in rows[first:end]]
            if not is_number(fact) or _no_sum.search(headers[column_id]) or not _add_up(fact, parts):
                continue
            header = headers[column_id]
            rules.append(
                Rule(
                    kind="sum",
                    about={"zh": f"{title}：{header}（{total.name}）", "en": f"{title}: {header} ({total.name})"},
                    total=Term(facts=(fact,)),
                    parts=(Term(relation_id=relation.relation_id, column_id=column_id, rows=(first, end)),),
                    open=any(part is None or part.value is None for part in parts),
                    tolerance=_tolerance([fact, *(part for part in parts if part is not None)]),
                )
            )
    return tuple(rules)


def _ranges(totals: Sequence[TotalRow], rows: int) -> list[tuple[TotalRow, tuple[int, int]]]:
    """The rows that each total is of: all, or for a subtotal those since the last one.

    None for a total that has others beside it which are no subtotals.
    """
    found: list[tuple[TotalRow, tuple[int, int]]] = []
    whole = [total for total in totals if not _subtotal.match(total.name)]
    start = 0
    for total in totals:
        if total not in whole:
            found.append((total, (start, total.before)))
            start = total.before
    if len(whole) == 1 and whole[0].before in (0, rows):
        found.append((whole[0], (0, rows)))
    return found


def _add_up(total: Fact, parts: Sequence[Fact | None]) -> bool:
    """Whether `parts` are numbers that can be meant to add up to `total`, and not to be averaged, or summed twice."""
    numbers = [float(part.value or 0) for part in parts if part is not None and is_number(part)]
    said = [part for part in parts if part is not None and part.value is not None]
    value = float(total.value or 0)
    if len(numbers) < 2 or len(numbers) < len(said):
        return False
    if min(numbers) <= value <= max(numbers) and min(numbers) >= 0 and value != sum(numbers):
        return False
    alike = {measure(fact.unit)[0] for fact in (total, *said)} - {""}
    return len(alike) <= 1 and sum(numbers) != 2 * value


def _tolerance(facts: Sequence[Fact]) -> float:
    """How far a sum can be from its total because all are rounded; 0 for whole numbers."""
    return len(facts) * 0.5 * max(_step(fact) for fact in facts)


def _step(fact: Fact) -> float:
    """What one more in the last printed digit would add, 100000 for 1.2 million; 0 where the number is whole."""
    printed = re.search(r"\d[\d,]*(?:\.(\d+))?", fact.text)
    number = float(printed[0].replace(",", "")) if printed else 0.0
    if printed is None or not number or not isinstance(fact.value, int | float):
        return 0
    magnitude = abs(fact.value) / number
    is_whole = not printed[1] and magnitude < 1.5 and not _rounded.search(fact.unit or "")
    return 0 if is_whole else magnitude * 10.0 ** -len(printed[1] or "")
