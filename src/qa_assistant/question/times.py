"""Years, decades, ranges and ordinals as questions say them, in Chinese, English and Korean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from qa_assistant.facts.values import chinese_number, english_number, english_ordinal

EARLIEST: Final = 1
LATEST: Final = 9999
DECADE: Final = 10

_chinese_year = r"[〇零一二三四五六七八九]{4}"
_year = rf"(?:[12]\d{{3}}|{_chinese_year})"
_two = r"(?:\d{2}|[〇零一二三四五六七八九]{2})"
_decade_zh = re.compile(
    rf"(?:(?P<century>上(?:个)?世纪|二十世纪|20世纪|本世纪|二十一世纪|21世纪)\s*)?(?P<tens>\d{{4}}|\d{{2}}|{_chinese_year}|[一二三四五六七八九]十|零)年代"
)
_first_decade = re.compile(
    r"(?:本世纪|这个?世纪|21世纪|二十一世纪|新世纪)(?:的)?(?:头|前|最初|开头|第一个)(?:的)?十年|first decade of the (?:21st|twenty-first) century"
    r"|first ten years of (?:the|this) (?:21st |twenty-first )?century",
)
_last_decade = re.compile(
    r"(?:上(?:个)?世纪|20世纪|二十世纪)(?:的)?(?:最后|末)(?:的)?十年|last decade of the (?:20th|twentieth) century"
)
_decade_en = re.compile(
    r"(?<!\d)(?:the )?(?:(?P<full>[12]\d{2}0)|['’]?(?P<tens>\d0)|(?P<name>nineties|eighties|seventies|noughties|two-?thousands))['’]?s?\b"
)
_decade_beside = re.compile(
    r"(?:(?P<before>前一?个?|上一?个?|之前的?那?个?)|(?:后一?个?|下一?个?|随后的?那?个?|接下来的?))(?:十年|年代)"
    r"|(?:the )?(?:(?P<before_en>previous|preceding|prior|earlier)|following|next|subsequent) (?:decade|ten years)"
    r"|the decade (?:(?P<before_it>before)|after)(?: (?:it|that))?"
    r"|(?:(?P<before_ko>이전|앞선|전|지난)|다음|이후) ?(?:10년|십 ?년|연대)"
)
_century_tens = re.compile(r"(?P<full>[12]\d{2}0)년대")
_between = re.compile(
    rf"(?P<low>{_year})\s*[年년]?\s*(?:[-–—~～至到]|以来到|(?<=between .{{5}})and|to|through|until|부터)\s*(?P<high>{_year})\s*[年년]?(?:之?间|期间|까지)?"
)
_after = re.compile(
    rf"(?:(?P<zh>{_year})[年년]?\s*(?P<how>以后|之后|以来|后|起|及以后|开始|以降|이후|부터)|(?P<en_later>{_year}) (?:or|and) (?:later|after(?:wards)?|onwards?)|(?P<word>after|since|(?<!date )(?<!dates )(?<!dated )(?<!dating )from|as of|later than)\s+(?P<en>{_year})(?:\s+(?:on|onwards?))?)"
)
_before = re.compile(
    rf"(?:(?:截至|截止到?|到了?|直到)(?P<til>{_year}|{_two})年底?|(?P<zh>{_year})[年년]?\s*(?P<how>以前|之前|前|及以前|为止|底?以前|이전|까지)|(?P<word>before|until|up to|by|(?:by|until|up to) the end of|prior to|earlier than)\s+(?P<en>{_year}))"
)
_year_zh = re.compile(rf"(?P<year>{_year})\s*(?:年(?!代)|년(?!대))")
_short_year_zh = re.compile(
    rf"(?<![\d〇零一二三四五六七八九十第])(?P<year>{_two})年(?![代来间内前后期历])(?!.{{0,2}}(?:发展|历史))"
)
_year_plain = re.compile(
    r"(?<![\d.,$€£¥₩])(?P<year>(?:1[89]|20|21)\d{2})(?![\d.,]?\d|s\b|['’]s\b|年代|\s*(?:[余多万亿兆百千家个名次场元]|人(?!口)|million|billion))"
)
_ordinal_zh = re.compile(
    r"第\s*(?P<number>\d{1,3}|[一二三四五六七八九十百]+)\s*(?P<measure>届|次|回|名|位|个|章|条|期|차|회)?"
)
_first = re.compile(r"首[届次个]|头一?[届次回]|\binaugural\b|\bmaiden\b|첫 ?(?:번째|회)")
_first_several = re.compile(
    r"前\s*(?P<zh>\d{1,3}|[一二三四五六七八九十]+)\s*(?P<measure>届|次|回)"
    r"|\bfirst (?P<en>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
    r"(?= (?:editions|sessions|meetings|conferences|times)\b)"
    r"|(?:처음|첫) ?(?P<ko>\d{1,3}) ?(?:회|차례|번)"
)
_up_to = re.compile(r"(?:截至|截止到?|直到|到(?!了?底)|(?:up to|until|through|by)(?: the)?)\s*$")
_ordinal_ko = re.compile(
    r"(?:제\s*(?P<marked>\d{1,3})\s*(?:회|차)|(?<!\d)(?P<plain>\d{1,3})\s*(?:차(?!례)|번째|회(?=\s*(?:총회|회의|대회|포럼|회담|세미나))))"
)
_native_ko: Final = {
    word: number for number, word in enumerate("두 세 네 다섯 여섯 일곱 여덟 아홉 열".split(), start=2)
}
_ordinal_native_ko = re.compile(rf"(?P<number>{'|'.join(_native_ko)})\s?번째")
_ordinal_en = re.compile(
    r"\b(?P<word>\d{1,3}(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)\b(?! times?\b)"
    r"|\b(?:edition|session|meeting|no\.?|number) (?P<number>\d{1,3})\b"
)


@dataclass(frozen=True)
class Years:
    """Years from `low` to `high`, both included, as said at `start` to `end` of a question."""

    low: int
    high: int
    start: int
    end: int

    @property
    def single(self) -> bool:
        """Whether it is one year."""
        return self.low == self.high


@dataclass(frozen=True)
class Ordinal:
    """A place in an order, or all up to it; `measure` is the Chinese measure word behind it."""

    number: int
    measure: str
    start: int
    end: int
    up_to: bool = False


def find_years(key: str) -> list[Years]:
    """The years, decades and ranges of years that a question names; `key` is its matching key."""
    found: list[Years] = []
    for years in _all_years(key):
        if not any(years.start < other.end and other.start < years.end for other in found):
            found.append(years)
    if len(found) == 1:
        found += _decades_beside(found[0], key)
    return sorted(found, key=lambda years: years.start)


def _decades_beside(years: Years, key: str) -> Iterator[Years]:
    """The decade before or after the one that is named: "than in the previous decade"."""
    if years.high - years.low != DECADE - 1:
        return
    for match in _decade_beside.finditer(key):
        if match.start() < years.end and years.start < match.end():
            continue
        step = -DECADE if any(match.groups()) else DECADE
        yield Years(years.low + step, years.high + step, *match.span())


_from_the: Final = re.compile(r"(?:从|自)$|\bfrom the $")


def find_ordinals(key: str) -> list[Ordinal]:
    """The ordinals that a question names, years apart."""
    found = [
        Ordinal(_count(match["zh"] or match["en"] or match["ko"]), match["measure"] or "届", *match.span(), up_to=True)
        for match in _first_several.finditer(key)
    ]
    for ordinal in _single_ordinals(key):
        if any(one.start < ordinal.end and ordinal.start < one.end for one in found):
            continue
        if ordinal.number == 1 and _from_the.search(key[: ordinal.start]):
            continue  # "From the first to the tenth" are all up to the tenth.
        before = _up_to.search(key[: ordinal.start])
        found.append(replace(ordinal, up_to=True, start=before.start()) if before else ordinal)
    return sorted(found, key=lambda ordinal: ordinal.start)


def _count(number: str) -> int:
    return int(number) if number.isdigit() else english_number(number) or chinese_number(number)


def _single_ordinals(key: str) -> list[Ordinal]:
    found: list[Ordinal] = []
    for match in _ordinal_zh.finditer(key):
        number = match["number"]
        found.append(
            Ordinal(int(number) if number.isdigit() else chinese_number(number), match["measure"] or "", *match.span())
        )
    for match in _ordinal_en.finditer(key):
        value = english_ordinal(match["word"]) if match["word"] else int(match["number"])
        if value is not None:
            found.append(Ordinal(value, "", *match.span()))
    for match in _first.finditer(key):
        if not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(Ordinal(1, "届", *match.span()))
    for match in _ordinal_ko.finditer(key):
        if not any(other.start <= match.start() < other.end for other in found):
            found.append(Ordinal(int(match["marked"] or match["plain"]), "회", *match.span()))
    found += [Ordinal(_native_ko[match["number"]], "회", *match.span()) for match in _ordinal_native_ko.finditer(key)]
    return found


def _all_years(key: str) -> Iterator[Years]:
    """Years in all their forms, the longer ones first."""
    yield from _decades(key)
    yield from _ranges(key)
    for match in _year_zh.finditer(key):
        yield Years(_number(match["year"]), _number(match["year"]), *match.span())
    for match in _short_year_zh.finditer(key):
        year = _century(_number(match["year"]))
        yield Years(year, year, *match.span())
    for match in _year_plain.finditer(key):
        yield Years(int(match["year"]), int(match["year"]), *match.span())


def _decades(key: str) -> Iterator[Years]:
    for pattern, low in ((_first_decade, 2000), (_last_decade, 1990)):
        for match in pattern.finditer(key):
            yield Years(low, low + 9, *match.span())
    for match in _decade_zh.finditer(key):
        low = _decade(match["tens"], match["century"])
        yield Years(low, low + 9, *match.span())
    for match in _century_tens.finditer(key):
        yield Years(int(match["full"]), int(match["full"]) + 9, *match.span())
    for match in _decade_en.finditer(key):
        if match.group().rstrip("'’").endswith("s"):
            low = _english_decade(match)
            yield Years(low, low + 9, *match.span())


def _english_decade(match: re.Match[str]) -> int:
    if match["full"]:
        return int(match["full"])
    if match["tens"]:
        tens = int(match["tens"])
        return 1900 + tens if tens >= 30 else 2000 + tens
    return {"nineties": 1990, "eighties": 1980, "seventies": 1970}.get(match["name"] or "", 2000)


def _ranges(key: str) -> Iterator[Years]:
    for match in _between.finditer(key):
        yield Years(_number(match["low"]), _number(match["high"]), *match.span())
    for match in _after.finditer(key):
        year = _number(match["zh"] or match["en"] or match["en_later"])
        later = match["word"] in ("after", "later than") or match["how"] in ("之后", "后")
        yield Years(year + later, LATEST, *match.span())
    for match in _before.finditer(key):
        year = _century(_number(match["til"] or match["zh"] or match["en"]))
        included = (
            match["til"]
            or (match["word"] or "").startswith(("until", "up to", "by"))
            or match["how"] in ("及以前", "为止", "까지")
        )
        yield Years(EARLIEST, year if included else year - 1, *match.span())


def _decade(tens: str, century: str | None) -> int:
    number = int(tens) if tens.isdigit() else 0 if tens == "零" else chinese_number(tens)
    if number >= 1000:
        return number
    if century and ("上" in century or century.startswith(("20", "二十世"))):
        return 1900 + number
    return 1900 + number if number >= 30 and not century else 2000 + number


def _century(year: int) -> int:
    """The year that two digits mean."""
    return year if year >= 100 else 1900 + year if year >= 50 else 2000 + year


def _number(year: str) -> int:
    return int(year) if year.isdigit() else chinese_number(year)
