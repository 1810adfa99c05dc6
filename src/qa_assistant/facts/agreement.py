"""When two printed values can both be true: what a hedge leaves open, and which units are alike.

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

_hedges: Final = {
    **dict.fromkeys(("至少", "不少于", "以上", "at least", "+"), (0.0, math.inf)),
    **dict.fromkeys(("以下", "up to", "fewer than", "less than"), (-math.inf, 0.0)),
    **dict.fromkeys(("余", "多", "超过", "超", "逾", "more than", "over"), (0.0, SLACK)),
    **dict.fromkeys(("将近", "接近", "近", "不足", "不到", "nearly", "almost"), (-SLACK, 0.0)),
}
"""How far the number can lie from what is printed, in shares of it; any other hedge (约, "about") goes both ways."""
_any_hedge = re.compile("|".join(re.escape(hedge) for hedge in sorted(_hedges, key=len, reverse=True)), re.IGNORECASE)
_range = re.compile(r"-(\d+(?:\.\d+)?)")

_alike: Final = {
    "events": ("场", "场次", "次", "回", "届"),
    "people": ("人", "名", "位"),
    "things": ("个", "家", "座", "所"),
    "percent": ("%", "percent", "per cent"),
    "US dollars": ("美元", "US$", "$", "dollar", "dollars", "US dollar", "US dollars"),
    "won": ("韩元", "won", "Korean won", "South Korean won", "₩"),
    "yuan": ("元", "人民币", "yuan"),
    "yen": ("日元", "yen"),
    "euros": ("欧元", "euro", "euros", "€"),
}
_scaled: Final = {
    "length": {"米": 1, "m": 1, "公里": 1000, "千米": 1000, "km": 1000},
    "area": {
        **dict.fromkeys(("平方米", "square metres", "square meters"), 1),
        **dict.fromkeys(("公顷", "hectare", "hectares"), 10_000),
        **dict.fromkeys(("平方公里", "平方千米", "square kilometres", "square kilometers", "km²"), 1_000_000),
    },
    "mass": {"公斤": 1, "千克": 1, "kg": 1, "吨": 1000, "tonne": 1000, "tonnes": 1000},
}
_measures: Final[dict[str, tuple[str, float]]] = {
    **{unit_key(unit): (name, 1) for name, units in _alike.items() for unit in units},
    **{unit_key(unit): (name, factor) for name, units in _scaled.items() for unit, factor in units.items()},
}


def measure(unit: str | None) -> tuple[str, float]:
    """What `unit` measures, and how many of the smallest unit of that it is; alike units measure the same."""
    key = unit_key(unit or "")
    return _measures.get(key, (key, 1))


def interval(fact: Fact) -> Interval:
    """The least and the greatest number, in the fact's unit, that what is printed leaves open."""
    value = float(fact.value or 0)
    if fact.approximate is None:
        return value, value
    to = _range.fullmatch(fact.approximate)
    if to:
        return value, max(value, float(to[1]))
    shares = [_hedges[hedge.lower()] for hedge in _any_hedge.findall(fact.approximate)] or [(-SLACK, SLACK)]
    least, greatest = min(low for low, _ in shares), max(high for _, high in shares)
    size = abs(value) or 1.0
    return value + least * size, value + greatest * size


def overlap(one: Interval, other: Interval, tolerance: float = 0) -> bool:
    """Whether a number lies in both intervals, or in both but for `tolerance`."""
    slack = tolerance + 1e-9 * max(abs(bound) for bound in (*one, *other, 1.0) if math.isfinite(bound))
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def agree(one: Fact, other: Fact) -> bool:
    """Whether two numbers, or two dates, can both be true of one thing; values of other kinds are not compared."""
    if one.type == other.type == "date":
        first, second = str(one.value), str(other.value)
        return first.startswith(second) or second.startswith(first)
    if not is_number(one) or not is_number(other):
        return True
    (name, factor), (other_name, other_factor) = measure(one.unit), measure(other.unit)
    if name != other_name:
        return True
    low, high = interval(one)
    other_low, other_high = interval(other)
    return overlap((low * factor, high * factor), (other_low * other_factor, other_high * other_factor))


def is_number(fact: Fact) -> bool:
    """Whether the fact has a number."""
    return isinstance(fact.value, int | float)


def decimals(text: str) -> int:
    """How many digits stand after the point of a printed number."""
    match = re.search(r"\d\.(\d+)", text)
    return len(match[1]) if match else 0
