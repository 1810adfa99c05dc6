"""Limits that a question sets to a number: 超过1000次, "fewer than 200", "at least three"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nextafter
from typing import Final

from qa_assistant.facts.values import chinese_number, english_number
from qa_assistant.records import Span

_number: Final = r"(?P<number>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?P<size>[万亿])?"
_english_number: Final = r"(?P<number>\d[\d,]*(?:\.\d+)?|[a-z]+)"
_patterns: Final = (
    (
        re.compile(rf"(?:超过|超出|多于|大于|高于|不止|逾|突破|破|(?:过了?|上)(?=[一两]?[百千万]|\d{3}))\s*{_number}"),
        "over",
    ),
    (re.compile(rf"(?:不到|不足|少于|小于|低于|未满)\s*{_number}"), "under"),
    (re.compile(rf"(?:至少|不少于|不低于)\s*{_number}"), "least"),
    (re.compile(rf"(?:至多|最多|不超过|不多于)\s*{_number}"), "most"),
    (re.compile(rf"{_number}(?:多?[次个家座对场届名人位项种件]|%)?(?:及|或)?以上"), "least"),
    (re.compile(rf"{_number}(?:多?[次个家座对场届名人位项种件]|%)?(?:及|或)?以下"), "most"),
    (re.compile(rf"\b(?:more than|over|above|exceed(?:s|ed|ing)?|greater than)\s+{_english_number}\b"), "over"),
    (re.compile(rf"\b(?:fewer than|less than|under|below)\s+{_english_number}\b"), "under"),
    (re.compile(rf"\b(?:at least|no (?:fewer|less) than)\s+{_english_number}\b"), "least"),
    (re.compile(rf"\b(?:at most|no more than|up to)\s+{_english_number}\b"), "most"),
    (re.compile(r"(?P<number>\d[\d,]*)\s*(?:회|개|명|곳|건|번)?\s*(?:이상)"), "least"),
    (re.compile(r"(?P<number>\d[\d,]*)\s*(?:회|개|명|곳|건|번)?\s*(?:이하)"), "most"),
    (re.compile(r"(?P<number>\d[\d,]*)\s*(?:회|개|명|곳|건|번)?\s*(?:미만)"), "under"),
    (re.compile(r"(?P<number>\d[\d,]*)\s*(?:회|개|명|곳|건|번)?\s*(?:초과|넘)"), "over"),
)
_sizes: Final = {"万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Limit:
    """Numbers from `low` to `high`, both included, as said with `number` at `span` of a question."""

    low: float
    high: float
    number: float
    span: Span


def find_limits(key: str) -> list[Limit]:
    """The limits that a question names, years apart; `key` is its matching key."""
    found: list[Limit] = []
    for limit in _all_limits(key):
        if not any(limit.span[0] < other.span[1] and other.span[0] < limit.span[1] for other in found):
            found.append(limit)
    return sorted(found, key=lambda limit: limit.span)


def _all_limits(key: str) -> Iterator[Limit]:
    for pattern, kind in _patterns:
        for match in pattern.finditer(key):
            number = _value(match)
            if number is None or re.match(r"\s*年(?!级)|\s*년", key[match.end("number") :]):
                continue
            low = {"over": nextafter(number, inf), "least": number}.get(kind, -inf)
            high = {"under": nextafter(number, -inf), "most": number}.get(kind, inf)
            yield Limit(low, high, number, match.span())


def _value(match: re.Match[str]) -> float | None:
    text = match["number"].replace(",", "")
    if text[0].isdigit():
        number: float | None = float(text)
    elif text.isascii():
        number = english_number(text)
    else:
        number = chinese_number(text)
    size = match.groupdict().get("size")
    return None if number is None else number * _sizes.get(size or "", 1)
