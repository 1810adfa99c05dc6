"""Units and measure words: which of them can stand for what a question counts by."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.question.asked import Asked
from qa_assistant.question.operations import counted_words

PERCENT: Final = frozenset({"%", "％"})
MONEY: Final = frozenset(
    {"元", "美元", "韩元", "日元", "欧元", "人民币", "港元", "$", "US$", "dollars", "dollar", "won", "yuan"}
)
_ALIKE: Final = (
    {"平方公里", "平方千米", "公顷", "亩", "平方米", "平米", "平方", "km"}, {"公里", "千米", "km"},
    {"人", "名", "位", "人次"}, {"次", "场", "场次", "回", "届", "批"}, {"届", "次"}, MONEY, {"%", "％"},
    {"年", "周年", "岁"}, {"岁"}, {"天"}, {"倍"}, {"对"},
)  # fmt: skip
_SAME: Final = (
    {"人", "名", "位"}, {"次", "场", "场次", "回"}, {"%", "％"}, {"公里", "千米", "km"}, {"平方公里", "平方千米"},
    {"平方米", "平米"}, {"年", "周年"},
)  # fmt: skip
_REAL: Final = MONEY | {"%", "％", "平方公里", "公里", "km", "年", "岁", "倍", "天"}
_HAPPENING: Final = frozenset(
    {"次", "场", "场次", "回", "届", "批", "人", "名", "位", "人次"}
    | {"meetings", "events", "times", "sessions", "visits", "conferences", "editions"}
)
_COUNTED: Final = frozenset("个家座对名位项种件份条所国省市款支篇")
_OWN: Final = frozenset("班趟份篇种对届本辆台套")
"""Measure words of things of their own kind, which no other one stands for."""
_how_much = re.compile(r"\bhow (?:much|large|big|long|high|tall|far|wide|deep)\b")
_area = re.compile(r"面积|\b(?:floor |total |land )?area\b|면적")
_AREA: Final = frozenset(
    {"平方公里", "平方千米", "公顷", "亩", "万亩", "平方米", "平米", "平方", "km²", "km2", "hectares", "hectare"}
)
_asked_unit = re.compile(
    r"(?:多少|几)(平方公里|平方千米|平方米|平米|平方|公顷|亩|公里|千米|人次|人|名|次|场|届|美元|韩元|元|倍|岁|天|对)"
)

_TIME: Final = frozenset(
    "年 周年 个年头 个月 月 周 星期 天 日 小时 个小时 分钟 分 秒 岁 year years month months week weeks day days"
    " hour hours minute minutes second seconds 년 개월 주 일 시간 분".split()
)
_LENGTH: Final = frozenset(
    "公里 千米 米 厘米 毫米 海里 英里 里 km m cm mm kilometre kilometres kilometer kilometers metre metres meter meters"
    " mile miles 킬로미터 미터".split()
)
_DIMENSIONS: Final = (
    (
        re.compile(
            r"多长时间|多久(?!.{0,6}[一1]次)|几个?(?:小时|钟头|分钟)"
            r"|how long (?:does|did|do|will|would|has|have|had)\b|how many (?:hours|minutes|days|weeks)\b"
            r"|얼마 ?동안|얼마나 (?:걸|오래)|몇 ?시간"
        ),
        _TIME,
    ),
    (re.compile(r"多[远高宽深]|多长(?!时间)|\bhow (?:far|high|tall|wide|deep)\b|얼마나 (?:먼|멀|높|깊)"), _LENGTH),
)
"""Ways to ask for a number of a dimension, and the units that it can have."""

_KOREAN: Final = {
    "명": "人",
    "인": "人",
    "개": "个",
    "곳": "个",
    "번": "次",
    "회": "次",
    "건": "次",
    "차례": "次",
    "쌍": "对",
    "퍼센트": "%",
    "평방킬로미터": "平方公里",
    "군데": "个",
    "가지": "个",
    "분": "人",
    "사람": "人",
}
_COUNTED_KO: Final = {
    **dict.fromkeys(("명", "분", "사람", "인"), frozenset({"人", "名", "位", "人次", "people", "persons"})),
    **dict.fromkeys(("번", "회", "차례"), _HAPPENING - {"人", "名", "位", "人次"}),
    **dict.fromkeys(("퍼센트", "프로", "%"), PERCENT),
    "쌍": frozenset({"对"}),
}
"""The units that each Korean counter can stand for; of 개, 곳, 군데 and 건 it is known only what they are not."""
_counter_ko = re.compile(r"몇 ?(명|분|사람|인|번(?!째)|회(?!째)|차례|퍼센트|프로|%|쌍|개|곳|군데)")
_asked_unit_ko = re.compile(rf"몇 ?({'|'.join(_KOREAN)})")


def counted_alike(unit: str | None, asked: Asked) -> bool:
    """Whether a number in `unit` can be what the question counts, where it counts by a unit of its own."""
    if any(pattern.search(asked.key) and unit not in units for pattern, units in _DIMENSIONS):
        return False
    if _area.search(asked.key) and unit is not None and unit in _REAL | _HAPPENING | {"周年"} and unit not in _AREA:
        return False
    wanted = set(_asked_unit.findall(asked.key))
    if set(counted_words(asked.key)[0]) & _COUNTED and unit in _REAL and len(asked.kinds.get("amount", ())) < 2:
        return False
    if set(counted_words(asked.key)[0]) & _COUNTED - {"名", "位", "对"} and unit in _HAPPENING:
        return False
    korean = set(_counter_ko.findall(asked.key))
    if len(korean) == 1 and len(asked.kinds.get("amount", ())) < 2:
        (counter,) = korean
        if counter in _COUNTED_KO:
            return unit in _COUNTED_KO[counter]
        if unit in _REAL or unit in _HAPPENING:
            return False
    counted = set(counted_words(asked.key)[0]) & _OWN
    if unit in _OWN and counted and not any({one, unit} <= group for one in counted for group in _ALIKE):
        return unit in counted
    if _how_much.search(asked.key) and not counted_words(asked.key)[1] and unit in _HAPPENING:
        return False
    return not wanted or any({one, unit} <= group for one in wanted for group in _ALIKE)


def names_unit(asked: Asked) -> bool:
    """Whether the question counts by a unit of its own: 多少平方公里."""
    return _asked_unit.search(asked.key) is not None


def counts_in(unit: str | None, asked: Asked) -> bool:
    """Whether the question counts in the very unit `unit`, or another word for it: 몇 명 in 人."""
    wanted = {_KOREAN.get(word, word) for word in _asked_unit.findall(asked.key)}
    wanted |= {_KOREAN[word] for word in _asked_unit_ko.findall(asked.key)}
    return unit is not None and any(unit == one or any({one, unit} <= group for group in _ALIKE) for one in wanted)


def same_dimension(one: str | None, other: str | None) -> bool:
    """Whether numbers in two units can be added and compared as they stand; two currencies cannot."""
    return one == other or any({one, other} <= group for group in _SAME)
