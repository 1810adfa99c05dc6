"""When two printed values can both be true: what hedges leave open, which units are alike, how finely is rounded.

A hedged number covers at most `SLACK` more or less than what is printed, so that 320余 and 380 contradict each other.
"""

from __future__ import annotations

import math
import re
from typing import Final

from qa_assistant.facts.values import unit_key
from qa_assistant.records import Fact

SLACK: Final = 0.1
"""Share of a number that a hedge can stand for."""

Interval = tuple[float, float]

_at_least: Final = ("至少", "不少于", "以上", "at least", "+")
_at_most: Final = ("以下", "up to", "fewer than", "less than")
_more: Final = ("余", "多", "超过", "超", "逾", "more than", "over")
_less: Final = ("将近", "接近", "近", "不足", "不到", "nearly", "almost")
_hedges: Final = {
    **dict.fromkeys(_at_least, (0.0, math.inf)),
    **dict.fromkeys(_at_most, (-math.inf, 0.0)),
    **dict.fromkeys(_more, (0.0, SLACK)),
    **dict.fromkeys(_less, (-SLACK, 0.0)),
}
"""How far from what is printed the number can lie, as shares of it; any other hedge (约, about) goes both ways."""
_any_hedge = re.compile("|".join(re.escape(hedge) for hedge in sorted(_hedges, key=len, reverse=True)), re.IGNORECASE)
_range = re.compile(r"-(\d+(?:\.\d+)?)")
_decimals = re.compile(r"\d\.(\d+)")

_alike: Final = {
    "event": "场 场次 次 回 届",
    "person": "人 名 位",
    "thing": "个 家 座 所",
    "percent": "% per cent|percent|percent",
    "us dollar": "美元 us$ $ dollar dollars|us dollars|us dollar",
    "won": "韩元 won ₩|korean won|south korean won",
    "yuan": "人民币 元 yuan",
    "euro": "欧元 euro euros €",
    "yen": "日元 yen",
    "pound": "£",
}
_scaled: Final = {
    **dict.fromkeys(("公里", "千米", "km"), ("length", 1000.0)),
    **dict.fromkeys(("米", "m"), ("length", 1.0)),
    **dict.fromkeys(("平方公里", "平方千米", "km²", "km2", "square kilometres", "square kilometers"), ("area", 1e6)),
    **dict.fromkeys(("平方米", "m²", "m2", "square metres", "square meters"), ("area", 1.0)),
    **dict.fromkeys(("公顷", "hectare", "hectares"), ("area", 1e4)),
    **dict.fromkeys(("吨", "tonne", "tonnes"), ("mass", 1000.0)),
    **dict.fromkeys(("公斤", "千克", "kg"), ("mass", 1.0)),
}
_measures: Final = {unit_key(unit): measure for unit, measure in _scaled.items()} | {
    unit_key(unit): (name, 1.0)
    for name, units in _alike.items()
    for group in units.split("|")
    for unit in ((group,) if name in ("percent", "us dollar", "won") and " " in group and "|" in units else group.split())
}


def measure(unit: str | None) -> tuple[str, float]:
    """What `unit` measures, and how many of the smallest such unit it is; alike units measure the same."""
    key = unit_key(unit or "")
    return _measures.get(key, (key, 1.0))
