"""Where a segment and its English rendering do not say the same numbers and names.

Numbers are compared by value (1750余万 is 17.5 million), dates part by part (11月 is November). Names are
compared by what bears them: any name of it will do, and of a name of several words most of them, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from qa_assistant.facts.values import MONTHS, chinese_number, english_number, english_ordinal, find_amounts, find_dates
from qa_assistant.names import PLACE_KINDS, Entity, Names
from qa_assistant.records import Document, Record, Rendering

Number = float | int

_PROPER: Final = PLACE_KINDS | {"country", "mechanism", "organisation", "park", "pavilion", "person"}
"""Kinds of things whose names are names in both languages; those of other kinds are ordinary words."""

_numerals = "零〇一二三四五六七八九十百千两"
_counted = re.compile(
    rf"(?P<whole>[{_numerals}]+|\d+)分之(?P<part>[{_numerals}]+|\d+)"
    rf"|第(?P<ordinal>[{_numerals}]+)"
    rf"|(?<![{_numerals}几数])(?P<number>[{_numerals}]+)(?=[余多]?(?:个|家|次|场|届|对|名|人|位|项|种|年|月|日|天|倍|座|章|国|方面|大))"
)
_arabic = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_english_digits = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[ -](?P<times>thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_english_word = re.compile(r"[A-Za-z]+")
_times: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_tens: Final = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety hundred".split(), start=2)
}
_other_words: Final = (
    dict.fromkeys(("both", "double", "doubled", "twice", "twin", "dual", "pair", "couple", "bilateral", "half"), 2)
    | dict.fromkeys(("trilateral", "triple", "thirds"), 3)
    | dict.fromkeys(("quarter", "quarters", "fourths"), 4)
    | {"fifths": 5, "dozen": 12, "millennium": 1000, "decade": 10}
)
_months: Final = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
SEVERAL: Final = 3
MOST: Final = 2 / 3
"""The words of a name and the share of them that is enough where there are `SEVERAL`."""
_LITTLE: Final = frozenset("a and at by for in of on the to".split())
_NOT_COUNTED: Final = frozenset({1, 2, 3})
"""Numerals that a language may turn into other words: 一个 "a", 两国 "the countries", 三方 "the parties"."""


class Difference(Record):
    """A number or name that one side of a rendering has alone; `side` says which, `text` how it stands there."""

    doc_id: str
    start: int
    end: int
    kind: Literal["number", "name"]
    side: Literal["source", "rendering"]
    text: str


def differences(document: Document, renderings: Sequence[Rendering], names: Names) -> list[Difference]:
    """What the renderings in English of segments of `document` have differently, in the order of the text."""
    found: list[Difference] = []
    for one in renderings:
        source = document.text[one.start : one.end]
        told: list[tuple[Literal["number", "name"], Literal["source", "rendering"], str]] = [
            *(("number", "source", text) for text in _left_out(source, one.text)),
            *(("number", "rendering", text) for text in _added(source, one.text)),
            *(("name", "source", text) for text in _unnamed(source, one.text, names)),
        ]
        found += [
            Difference(doc_id=one.doc_id, start=one.start, end=one.end, kind=kind, side=side, text=text)
            for kind, side, text in dict.fromkeys(told)
        ]
    return found


def _left_out(source: str, rendering: str) -> Iterator[str]:
    said = {value for _, values in _english_numbers(rendering) for value in values}
    for text, values, is_certain in _chinese_numbers(source):
        if is_certain and not values & said:
            yield text


def _added(source: str, rendering: str) -> Iterator[str]:
    known = {value for _, values, _ in _chinese_numbers(source) for value in values}
    for text, values in _english_numbers(rendering):
        if text[0].isdigit() and not values & known:
            yield text


def _chinese_numbers(text: str) -> Iterator[tuple[str, set[Number], bool]]:
    """Each number of a Chinese text, the values that it may be read as, and whether it has to be said again."""
    for date in find_dates(text):
        for part in date.iso.split("-"):
            yield date.text, {int(part)}, True
    taken = [(date.start, date.end) for date in find_dates(text)]
    for amount in find_amounts(text):
        if re.search("[万亿兆]", amount.text):
            taken.append((amount.start, amount.end))
            yield amount.text, {amount.value}, True
    for match in _arabic.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield match.group(), {_value(match.group())}, True
    for match in _counted.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield from _numerals_in(match)


def _numerals_in(match: re.Match[str]) -> Iterator[tuple[str, set[Number], bool]]:
    for name in ("whole", "part", "ordinal", "number"):
        if match[name] and not match[name].isdigit():
            value = chinese_number(match[name])
            is_said_otherwise = (name == "whole" and value == 100) or (name != "ordinal" and value in _NOT_COUNTED)
            yield match.group(), {value}, not is_said_otherwise


def _english_numbers(text: str) -> Iterator[tuple[str, set[Number]]]:
    """Each number of an English text and the values that it may be read as."""
    dates = list(find_dates(text))
    for date in dates:
        decade = {date.year % 100} if text.startswith("s", date.end) else set()
        for part in date.iso.split("-"):
            yield date.text, {int(part)} | decade
    for match in _english_digits.finditer(text):
        if not any(date.start <= match.start() < date.end for date in dates):
            factor = _times[match["times"].lower()] if match["times"] else 1
            value = _value(match["digits"], factor)
            yield match.group(), {value}
    words = [word.lower() for word in _english_word.findall(text)]
    for word, following in pairwise([*words, ""]):
        found = {
            english_number(word),
            english_ordinal(word),
            _tens.get(word),
            _other_words.get(word),
            _months.get(word),
        }
        values: set[Number] = {value for value in found if value is not None}
        if word in _tens and 0 < (english_number(following) or english_ordinal(following) or 0) < 10:
            values.add(_tens[word] + (english_number(following) or english_ordinal(following) or 0))
        if following in _times or following == "hundred":
            values |= {value * _times.get(following, 100) for value in values}
        if values:
            yield word, values


def _value(digits: str, factor: int = 1) -> Number:
    value = round(float(digits.replace(",", "")) * factor, 6)
    return int(value) if value == int(value) else value


def _unnamed(source: str, rendering: str, names: Names) -> Iterator[str]:
    """The names in the source of which the rendering has none, as they stand there."""
    said = {entity.entity_id for mention in names.find(rendering) for entity in mention.entities}
    for mention in names.find(source):
        proper = [entity for entity in mention.entities if entity.kind in _PROPER and entity.en]
        if proper and not any(entity.entity_id in said or _is_said(entity, rendering, names) for entity in proper):
            yield source[mention.start : mention.end]


def _is_said(entity: Entity, rendering: str, names: Names) -> bool:
    """Whether a name stands in the rendering, be it in a longer one; or most of its words do, and each place in it."""
    lowered, words = rendering.lower(), _words(rendering)
    for name in entity.en:
        own = _words(name)
        end = "" if entity.kind == "country" else r"\b"  # America, American
        if re.search(rf"\b{re.escape(name.lower())}{end}", lowered):
            return True
        if len(own) >= SEVERAL and len(own & words) >= MOST * len(own):
            places = (word for word in own - words for found in names.lookup(word) if found.kind in PLACE_KINDS)
            return not any(places)
    return False


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in map(str.lower, _english_word.findall(text)) if word not in _LITTLE)
