"""How sure an answer is: an estimate of the probability that the sources speak of what was asked.

A logistic function of three numbers, its weights fitted by hand on the project's gold questions against questions
about other things (`docs/measurements.md`); not calibrated on any others. It tells another subject well and a near
miss badly: where the sources speak of the subject but not of the detail, its words are all there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from qa_assistant.language import matching_key

THRESHOLD: Final = 0.42
"""Least confidence of an answer."""

_PASSAGE: Final = 3.54
_KNOWN: Final = 0.69
_FITS: Final = 1.03
_CONSTANT: Final = 7.51
_FLOOR: Final = 0.02
_ABSENT_YEAR: Final = 0.4
_LONE_WORD: Final = 0.4
_MOST: Final = 0.6

_year = re.compile(r"(?<!\d)(?:1[89]|20|21)\d{2}(?!\d)")


def confidence(passage_score: float, known_share: float, fits: float) -> float:
    """The probability that the sources speak of what was asked.

    `passage_score` is that of the best passage, `known_share` the share of the question's words that the sources
    know at all, `fits` whether the best sentence has the kind of thing asked for (0 to 1).
    """
    logit = (
        _PASSAGE * math.log(passage_score + _FLOOR) + _KNOWN * math.log(known_share + _FLOOR) + _FITS * fits + _CONSTANT
    )
    return 1 / (1 + math.exp(-logit))


def absent_year_factor(question: str, texts: list[str]) -> float:
    """Less than 1 where the question names a year that none of `texts` has: they speak of another time."""
    years = set(_year.findall(matching_key(question)))
    found = set(_year.findall(matching_key("\n".join(texts))))
    return _ABSENT_YEAR if years and not years & found else 1.0


def lone_word_factor(shares: Sequence[float], found: Sequence[bool]) -> float:
    """Less than 1 where the best passage has but one word of several asked, and not the one that weighs most.

    `shares` are those of the question's units, `found` tells which of them stand in the passage.
    """
    matched = [share for share, there in zip(shares, found, strict=True) if there]
    lone = len(matched) == 1 and len(shares) > 1 and matched[0] < _MOST
    return _LONE_WORD if lone else 1.0
