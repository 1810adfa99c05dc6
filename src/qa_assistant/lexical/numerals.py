"""Numbers that one language spells out and another writes in figures: English number words, Roman numerals."""

from __future__ import annotations

import re
from typing import Final

_CARDINALS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_ORDINALS: Final = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DIGITS: Final = "零一二三四五六七八九"
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_roman = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def number_word(word: str) -> tuple[str, ...]:
    """The figures and Chinese numerals for a small English number or ordinal; none for other words.

    In Chinese an ordinal is also written with the character before it: `fourth` is 4, 四 and 第四.
    """
    if word in _CARDINALS:
        number = _CARDINALS.index(word)
        return str(number), _chinese(number)
    if word in _ORDINALS:
        number = _ORDINALS.index(word)
        return str(number), _chinese(number), "第" + _chinese(number)
    return ()


def roman_number(text: str) -> str | None:
    """The figures for a Roman numeral of two letters and more; None for what is none."""
    if len(text) < 2 or not _roman.fullmatch(text):
        return None
    values = [_ROMAN[letter] for letter in text]
    signed = (
        -value if any(value < later for later in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )
    return str(sum(signed))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
