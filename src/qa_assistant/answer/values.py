"""Values in the language of an answer: numbers with unit and hedge, dates, names."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.facts.relations import Column
from qa_assistant.facts.values import MONTHS
from qa_assistant.names import Names
from qa_assistant.question.units import PERCENT
from qa_assistant.records import Fact, Language

_hedges: Final = {
    "en": (
        ("至少", "at least {}"), ("不少于", "at least {}"), ("不足", "less than {}"), ("不到", "less than {}"),
        ("以下", "at most {}"), ("以上", "{} or more"), ("将近", "nearly {}"), ("接近", "nearly {}"), ("近", "nearly {}"),
        ("超过", "over {}"), ("超", "over {}"), ("逾", "over {}"), ("余", "more than {}"), ("多", "more than {}"),
        ("来", "about {}"), ("约", "about {}"), ("左右", "about {}"), ("上下", "about {}"),
    ),
    "ko": (
        ("至少", "최소 {}"), ("不少于", "최소 {}"), ("不足", "{} 미만"), ("不到", "{} 미만"), ("以下", "{} 이하"),
        ("以上", "{} 이상"), ("将近", "거의 {}"), ("接近", "거의 {}"), ("近", "거의 {}"), ("超过", "{} 이상"), ("超", "{} 이상"),
        ("逾", "{} 이상"), ("余", "{} 이상"), ("多", "{} 이상"), ("来", "약 {}"), ("约", "약 {}"), ("左右", "약 {}"),
        ("上下", "약 {}"),
    ),
}  # fmt: skip
_units: Final = {
    "en": {
        "美元": "US dollars", "韩元": "Korean won", "日元": "yen", "欧元": "euros", "人民币": "yuan", "元": "yuan",
        "平方公里": "square kilometres", "平方千米": "square kilometres", "平方米": "square metres", "公里": "km",
        "千米": "km", "公顷": "hectares", "亩": "mu", "吨": "tonnes", "倍": "times", "年": "years", "个月": "months",
        "天": "days", "小时": "hours", "岁": "years old", "周年": "years", "次": "times", "人": "people", "人次": "visits",
    },
    "ko": {
        "美元": "달러", "韩元": "원", "日元": "엔", "元": "위안", "人民币": "위안", "平方公里": "제곱킬로미터", "公里": "킬로미터",
        "次": "회", "届": "회", "场": "회", "场次": "회", "家": "개", "个": "개", "对": "쌍", "名": "명", "人": "명", "位": "명",
        "人次": "명", "项": "건", "件": "건", "种": "종", "倍": "배", "年": "년", "份": "건", "国": "개국",
    },
}  # fmt: skip
_sizes: Final[dict[Language, tuple[int, tuple[tuple[int, str], ...]]]] = {
    "en": (10**6, ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))),
    "zh": (10**8, ((10**12, "兆"), (10**8, "亿"))),
    "ko": (10**8, ((10**12, "조"), (10**8, "억"))),
}
"""From which number on words of size are used, and the words."""
_counters: Final = frozenset("次 人".split())


def number_text(value: float, language: Language, decimals: int = 4) -> str:
    """A number as it is written in `language`: thousands commas, millions and above in words in English."""
    least, sizes = _sizes[language]
    for size, word in sizes if abs(value) >= least else ():
        if abs(value) >= size and float(f"{value / size:.4f}") * size == value:
            return f"{round(value / size, 4):.10g}{word}"
    if value == int(value):
        return f"{int(value):,}" if language != "zh" else str(int(value))
    return f"{round(value, decimals):.10g}"


def unit_text(unit: str | None, language: Language) -> str:
    """What follows a number that is computed, in `language`; in English only the sign for per cent does."""
    if unit in PERCENT:
        return "%"
    if language == "zh":
        return unit or ""
    return _units["ko"].get(unit or "", "") if language == "ko" else ""


def value_text(fact: Fact, column: Column | None, names: Names, language: Language, counters: bool = False) -> str:
    """What a fact says, in `language`. `counters` keeps English words for counted times and people."""
    if fact.value is None:
        return fact.text
    if column is not None and fact.text in column.values:
        return column.values[fact.text].label(language)
    rendered = column.renderings.get(fact.text) if column is not None and language != "zh" else None
    if rendered is not None and rendered.of(language):
        return rendered.label(language)
    if fact.type == "date" and isinstance(fact.value, str):
        return _date(fact.value, fact.text, language)
    if isinstance(fact.value, int | float):
        return _number(fact, language, counters)
    return name_text(fact.text, column, names, language)


def name_text(text: str, column: Column | None, names: Names, language: Language) -> str:
    """A name in `language` where all of `text` is names that are known; else `text` as it stands."""
    if language == "zh":
        return text
    found = []
    kinds = column.kinds if column else ()
    rest = text
    for mention in names.find(text):
        entities = [e for e in mention.entities if e.kind in kinds] or list(mention.entities)
        found.append(entities[0].name(language))
        rest = rest.replace(text[mention.start : mention.end], "", 1)
    if not found or re.sub(r"[\s市省县道区州是、，,和与及其·]", "", rest):
        return text
    separate = re.search(r"[、，,和与及]", rest) is not None
    return ", ".join(found if separate else reversed(found))


def _number(fact: Fact, language: Language, counters: bool) -> str:
    assert isinstance(fact.value, int | float)  # noqa: S101 - told by the caller
    if language == "zh":
        unit = fact.unit or ""
        space = " " if unit.isascii() and unit not in PERCENT else ""
        return fact.text if not unit or unit in fact.text or _has_unit(fact.text) else fact.text + space + unit
    hedge = fact.approximate or ""
    number = number_text(fact.value, language)
    if hedge.startswith("-"):
        number, hedge = f"{number}–{hedge[1:]}", ""
    if "分之" in fact.text:
        whole, part = re.findall(r"\d+", fact.text)[:2] if re.search(r"\d.*\d", fact.text) else ("", "")
        number = f"{part}/{whole}" if whole else number
    unit = fact.unit or ""
    words = _units[language].get(unit, unit if unit.isascii() else "")
    if language == "en" and unit in _counters and not counters:
        words = ""
    if unit in PERCENT:
        number += "%"
    elif words:
        number += ("" if language == "ko" else " ") + words
    form = next((form for word, form in _hedges[language] if word in hedge), "{}")
    if hedge and hedge.isascii():
        form = f"{hedge} {{}}" if hedge != "+" else "{}+"
    return form.format(number)


def _has_unit(text: str) -> bool:
    return bool(re.search(r"[^\d.,\s]$", text))


def _date(iso: str, text: str, language: Language) -> str:
    parts = [int(part) for part in iso.split("-")]
    if language == "zh":
        if "年" in text and any(char.isdigit() or char in "〇零一二三四五六七八九" for char in text):
            return text
        if "年" in text:  # 次年: say which one it is.
            return f"{parts[0]}年（{text}）"
        return (
            f"{parts[0]}年" + (f"{parts[1]}月" if len(parts) > 1 else "") + (f"{parts[2]}日" if len(parts) > 2 else "")
        )
    if language == "ko":
        return (
            f"{parts[0]}년"
            + ("대" if "年代" in text else "")
            + (f" {parts[1]}월" if len(parts) > 1 else "")
            + (f" {parts[2]}일" if len(parts) > 2 else "")
        )
    if "年代" in text:
        return f"the {parts[0]}s"
    return " ".join(
        [
            *([str(parts[2])] if len(parts) > 2 else []),
            *([MONTHS[parts[1] - 1]] if len(parts) > 1 else []),
            str(parts[0]),
        ]
    )
