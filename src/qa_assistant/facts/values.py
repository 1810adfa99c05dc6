"""Numbers, dates and their hedges as texts print them, in Chinese and English.

A number keeps the words that make it less than exact (`余`, `近`, "more than"): they belong to what the source says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qa_assistant.language import matching_key

_digits_of: Final = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_tens: Final = {"十": 10, "百": 100, "千": 1000}
_magnitudes: Final = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_english_magnitudes: Final = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9}
_english_numbers: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
}
_english_ordinals: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
_no_units: Final = frozenset("and the for was were are with that this has had per out million billion trillion".split())
_english_tens: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
MONTHS: Final = "January February March April May June July August September October November December".split()

_arabic = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_chinese = r"[零〇一二三四五六七八九十百千两]+"
_hedge_before = r"大约|约为|约|将近|接近|近|超过|超|逾|至少|不足|不到|不少于"
_money = r"美元|韩元|日元|欧元|港元|卢布|人民币|元"
_measures = (
    r"平方公里|平方千米|平方米|公里|千米|公顷|万亩|亩|吨|千瓦时|千瓦|km|kg|度|年|个年头|个月|天|小时|分钟"
    r"|人次|场次|家次|辆次|对|场|次|届|家|个|名|人|位|项|种|件|份|座|条|所|只|支|款|篇|期|章|倍|成|国|省|市|辆|台|套|部|户|批|回|岁|周年"
)
_unit = rf"(?:%|％|{_money}|{_measures})"
_amount_zh = re.compile(
    rf"(?P<before>{_hedge_before})?(?P<number>(?:(?:{_arabic}|{_chinese})[余多来]?(?:万亿|[万亿兆])?)+)(?P<middle>[余多来])?"
    rf"(?P<unit>{_unit})?(?P<after>以上|以下|左右|上下|多|余)?"
)
_hedge_en = r"more than|over|nearly|almost|about|around|some|at least|up to|approximately|fewer than|less than"
_hedge_en_before = re.compile(rf"\b(?P<hedge>{_hedge_en})\s+$", re.IGNORECASE)
_amount_en = re.compile(
    rf"(?P<before>{_hedge_en})?\s*"
    r"(?P<currency>US\$|\$|€|£|¥|₩)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?P<magnitude>thousand|million|billion|trillion|bn)\b)?"
    r"(?P<after>\+)?\s*(?P<unit>%|per ?cent\b|percent\b|(?:US |Korean |South Korean )?(?:dollars?|won|yuan|euros?|yen)\b|square (?:kilometres|kilometers|metres|meters|miles)\b|km²?\b|hectares?\b|tonnes?\b)?",
    re.IGNORECASE,
)
_range = re.compile(rf"(?P<low>\d+)\s*[-–—~～至到]\s*(?P<high>\d+)(?P<unit>{_unit})")
_fraction = re.compile(rf"(?P<whole>\d+|{_chinese})分之(?P<part>\d+|{_chinese})")
_date_zh = re.compile(
    r"(?P<year>[12]\d{3}|[〇零一二三四五六七八九]{4})年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日?)?)?"
)
_date_iso = re.compile(r"(?<!\d)(?P<year>[12]\d{3})[-./](?P<month>\d{1,2})(?:[-./](?P<day>\d{1,2}))?(?!\d)")
_month_names = "|".join(MONTHS)
_date_en = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<name>{_month_names})\s+(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>[12]\d{{3}})",
    re.IGNORECASE,
)
_bare_year = re.compile(
    rf"(?<![\d.,$€£¥₩])(?P<year>(?:1[89]|20)\d{{2}})(?![\d.,]?\d|\s*(?:[余多万亿兆百千]|{_unit}|million|billion|thousand))"
)


@dataclass(frozen=True)
class Amount:
    """A number with its unit as a text prints it.

    `value` is in the unit itself (1750余万元 is 17500000 元); `hedge` the words that make it less than exact, None
    for an exact one; `start` and `end` are its place in the text it was found in.
    """

    value: float | int
    unit: str | None
    hedge: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class DateValue:
    """A year, month or day as a text prints it; `iso` is `2016`, `2016-06` or `2016-06-08`."""

    iso: str
    text: str
    start: int
    end: int

    @property
    def year(self) -> int:
        """The year alone."""
        return int(self.iso[:4])


def chinese_number(text: str) -> int:
    """The number that Chinese numerals say, by place (二十一) or digit by digit (二〇一六)."""
    if not set(text) & set(_tens):
        return int("".join(str(_digits_of[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _tens:
            total += (digit or 1) * _tens[char]
            digit = 0
        else:
            digit = _digits_of[char]
    return total + digit


def find_amounts(text: str) -> Iterator[Amount]:
    """The amounts in `text`, in order: numbers with a unit, fractions and ranges, none of them inside a date."""
    taken = [(date.start, date.end) for date in find_dates(text)]
    for found in _fractions_and_ranges(text):
        if not _overlaps(found.start, found.end, taken):
            taken.append((found.start, found.end))
            yield found
    for pattern, read in ((_amount_zh, _read_zh), (_amount_en, _read_en)):
        for match in pattern.finditer(text):
            start, end = match.start("before") if match["before"] else match.start("number"), match.end()
            if match.groupdict().get("currency"):
                start = min(start, match.start("currency"))
            if _overlaps(match.start("number"), match.end("number"), taken) or _is_part_of_word(text, match):
                continue
            amount = read(text, match, start, end)
            if amount is not None:
                taken.append((amount.start, amount.end))
                yield amount


def read_amount(text: str) -> Amount | None:
    """The amount that `text` is, the first where there are several; a bare number counts."""
    amounts = sorted(find_amounts(text), key=lambda amount: (amount.unit is None, amount.start))
    if amounts:
        return amounts[0]
    match = re.search(_arabic, text)
    if match is None:
        match = re.search(_chinese, text)
        if match is None:
            return None
        return Amount(chinese_number(match.group()), None, None, match.group(), *match.span())
    return Amount(_plain(match.group()), None, None, match.group(), *match.span())


def find_dates(text: str) -> Iterator[DateValue]:
    """The dates in `text` that name a year, in order of their forms: Chinese, ISO, English, then bare years."""
    taken: list[tuple[int, int]] = []
    for pattern in (_date_zh, _date_iso, _date_en, _bare_year):
        for match in pattern.finditer(text):
            if _overlaps(*match.span(), taken):
                continue
            groups = match.groupdict()
            year = groups["year"] if groups["year"].isdigit() else str(chinese_number(groups["year"]))
            month = groups.get("month") or (
                str(MONTHS.index(groups["name"].capitalize()) + 1) if groups.get("name") else None
            )
            day = groups.get("day") or groups.get("day2")
            if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
                continue
            taken.append(match.span())
            iso = year + (f"-{int(month):02d}" if month else "") + (f"-{int(day):02d}" if month and day else "")
            yield DateValue(iso, match.group(), *match.span())


def read_date(text: str, latest_year: int | None = None) -> DateValue | None:
    """The date that `text` is; two digits alone are the last such year that is not after `latest_year`."""
    date = min(find_dates(text), key=lambda date: date.start, default=None)
    if date is None and latest_year is not None and re.fullmatch(r"\s*\d{2}\s*年?\s*", text):
        digits = int(re.sub(r"\D", "", text))
        year = latest_year - (latest_year - digits) % 100
        return DateValue(str(year), text.strip(), 0, len(text))
    return date


def read_relative_date(text: str, base: str) -> DateValue | None:
    """The year that 次年 ("the next year") or 同年 means after the date in `base`."""
    steps = {"次年": 1, "翌年": 1, "第二年": 1, "同年": 0, "当年": 0, "前一年": -1}
    date = read_date(base)
    if date is None or text.strip() not in steps:
        return None
    return DateValue(str(date.year + steps[text.strip()]), text.strip(), 0, len(text))


def english_ordinal(word: str) -> int | None:
    """The number of an English ordinal, as a word or with its ending; None for another word."""
    match = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word, re.IGNORECASE)
    if match:
        return int(match[1])
    tens, _, ones = word.lower().replace("-", " ").rpartition(" ")
    if tens in _english_tens and _english_ordinals.get(ones, 10) < 10:
        return _english_tens[tens] + _english_ordinals[ones]
    return 30 if word.lower() == "thirtieth" else _english_ordinals.get(word.lower())


def english_number(word: str) -> int | None:
    """The number of an English word up to twenty; None for another word."""
    return _english_numbers.get(word.lower())


def unit_key(unit: str) -> str:
    """A unit as it is compared: width, case and script variant apart."""
    return matching_key(unit).strip()


def _fractions_and_ranges(text: str) -> Iterator[Amount]:
    for match in _fraction.finditer(text):
        whole, part = (int(n) if n.isdigit() else chinese_number(n) for n in match.group("whole", "part"))
        if whole:
            yield Amount(round(part / whole, 6), None, None, match.group(), *match.span())
    for match in _range.finditer(text):
        yield Amount(int(match["low"]), match["unit"], f"-{match['high']}", match.group(), *match.span())


def _read_zh(text: str, match: re.Match[str], start: int, end: int) -> Amount | None:
    if match["unit"] is None and not re.search(r"[万亿兆]", match["number"]):
        return None
    if text[:start].endswith("第") or (match.start("number") > 0 and text[match.start("number") - 1] == "第"):
        return None
    value = _value(match["number"])
    english = _hedge_en_before.search(text, max(0, start - 16), start) if match["before"] is None else None
    if english:  # "about 70%": the number is as good in either language, its hedge is not.
        start = english.start()
    middles = re.findall("[余多来]", match["number"])
    before = english["hedge"] if english else match["before"]
    hedges = [hedge for hedge in (before, *middles, match["middle"], match["after"]) if hedge]
    return Amount(value, match["unit"], "".join(hedges) or None, text[start:end], start, end)


def _read_en(text: str, match: re.Match[str], start: int, end: int) -> Amount | None:
    unit = match["unit"] or (match["currency"] or None)
    if unit is None:
        following = (
            re.match(r"\s+(?P<noun>[A-Za-z]{3,})", text[match.end("number") :]) if not match["magnitude"] else None
        )
        if following is not None and following["noun"].lower() not in _no_units:
            unit = following["noun"].lower()
            end = match.end("number") + following.end()
        elif not match["before"] and not match["magnitude"]:
            return None
    value = _plain(match["number"]) * _english_magnitudes.get((match["magnitude"] or "").lower(), 1)
    hedge = match["before"] or match["after"]
    stripped = text[start:end].rstrip()
    return Amount(_whole(value), unit, hedge, stripped, start, start + len(stripped))


def _value(printed: str) -> float | int:
    """The number of 6亿6600万, 1750余万, 三百 or 1.4亿."""
    total: float = 0
    for number, magnitude in re.findall(rf"({_arabic}|{_chinese})[余多来]?(万亿|[万亿兆])?", printed):
        value = _plain(number) if number[0].isdigit() else chinese_number(number)
        factor = 10**12 if magnitude == "万亿" else _magnitudes.get(magnitude, 1)
        total += value * factor
    return _whole(total)


def _plain(number: str) -> float | int:
    return _whole(float(number.replace(",", "")))


def _whole(value: float) -> float | int:
    rounded = float(f"{value:.12g}")  # 69.29亿 is 6929000000, whatever binary fractions make of it.
    return int(rounded) if rounded == int(rounded) else rounded


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _is_part_of_word(text: str, match: re.Match[str]) -> bool:
    """Whether the number stands inside a Latin word or name: 5G, B2B, R20, K-pop."""
    before = text[match.start("number") - 1] if match.start("number") else ""
    after = text[match.end("number")] if match.end("number") < len(text) else ""
    latin_after = after.isascii() and after.isalpha() and not match["unit"] and not match.groupdict().get("magnitude")
    return (before != "" and before.isascii() and (before.isalpha() or before in "/-.")) or (
        latin_after and after.lower() not in "k"
    )
