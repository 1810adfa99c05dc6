"""Whether a fact is of the kind, the year and the edition that a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from qa_assistant.facts.relations import Statement
from qa_assistant.facts.values import chinese_number, find_amounts, find_dates
from qa_assistant.question.asked import Asked
from qa_assistant.question.operations import counted_words
from qa_assistant.question.units import MONEY, PERCENT, counted_alike
from qa_assistant.records import Span

_separator = re.compile(r"[、，,；;]|和|及| and ")
_ordinal = re.compile(r"第\s*(\d+|[一二三四五六七八九十]+)")


def fits(statement: Statement, types: frozenset[str], asked: Asked) -> float:
    """How well a value is of the kind that a question asks for: 1 where it is, -2 where it is no answer at all.

    Between them: .5 for a text and 0 for another value where the question is open, .3 for a number that is a part of a
    share or a place where somebody is asked for, -.3 for a text that may hold what is asked for.
    """
    fact = statement.fact
    number = fact.type == "number"
    if not asked.kinds:
        listed = "list" in asked.operations and _separator.search(fact.text) is not None
        return 1.0 if fact.type == "text" and listed else 0.5 if fact.type == "text" else 0.0
    only_money = "money" in asked.kinds and not any(counted_words(asked.key))
    if only_money and not (number and fact.unit in MONEY):
        return -2.0
    if number and "share" in asked.operations and fact.unit not in PERCENT:
        return 0.3  # Two of them make a share.
    if number and not counted_alike(fact.unit, asked):
        return -2.0
    fitting = {
        "date": fact.type == "date",
        "place": "place" in types,
        "person": bool(types & {"person", "organisation"}),
        "body": bool(types & {"person", "organisation"}),
        "amount": number,
        "money": number,
    }
    if any(fitting[kind] for kind in asked.kinds):
        return 1.0
    if fact.type == "text" and any(counted_alike(unit, asked) for unit in _units_of(fact.text)):
        return -0.3
    if set(asked.kinds) & {"amount", "money", "date"}:
        return -2.0
    if set(asked.kinds) == {"person"}:
        # Where somebody is asked for, a text without a name is no answer; cities are somebody: 谁跟谁.
        return 0.3 if "place" in types else -2.0
    if set(asked.kinds) == {"place"} and {"most", "least"} & asked.operations.keys():
        return -2.0  # "Which region has the most" is a region.
    return -0.3 if fact.type == "text" else -2.0


@lru_cache(maxsize=20_000)
def _units_of(text: str) -> tuple[str, ...]:
    """The units of the amounts in `text`."""
    return tuple(dict.fromkeys(amount.unit for amount in find_amounts(text) if amount.unit))


def has_year(context: str) -> bool:
    """Whether a text says of which year it speaks."""
    return bool(years_of(context))


@lru_cache(maxsize=20_000)
def years_of(text: str) -> frozenset[int]:
    """The years that `text` names."""
    return frozenset(date.year for date in find_dates(text))


def years_borne(qualifiers: dict[str, str], context: str, asked: Asked) -> tuple[list[Span], int]:
    """The years of the question that a fact is of, and how many others there are."""
    if not asked.years:
        return [], 0
    known = years_of("\n".join([context, *qualifiers.values()]))
    spans = [
        (years.start, years.end) for years in asked.years if any(years.low <= year <= years.high for year in known)
    ]
    return spans, len(asked.years) - len(spans)


def ordinals_borne(qualifiers: dict[str, str], context: str, asked: Asked) -> tuple[list[Span], int]:
    """The ordinals of the question that a fact is of, and how many others there are."""
    if not asked.ordinals:
        return [], 0
    edition = qualifiers.get("edition")
    known = {int(edition)} if edition and edition.isdigit() else {
        int(n) if n.isdigit() else chinese_number(n) for n in _ordinal.findall(context)
    }  # fmt: skip
    spans = [(ordinal.start, ordinal.end) for ordinal in asked.ordinals if ordinal.number in known]
    return spans, len(asked.ordinals) - len(spans)
