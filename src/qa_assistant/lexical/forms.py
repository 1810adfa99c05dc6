"""Forms that a stemmer does not bring together: irregular English words, numbers as words, Roman numerals."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.lexical.tokens import words

_CARDINALS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_ORDINALS: Final = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_IRREGULAR: Final = (
    "ate eat, became become, began begin, blew blow, born birth, bought buy, bound bind, broke break, brought bring,"
    " built build, came come, caught catch, children child, chose choose, chosen choose, dealt deal, died die,"
    " drew draw, drove drive, dug dig, fed feed, feet foot, fell fall, felt feel, flew fly, fled flee, forgot forget,"
    " fought fight, found find, froze freeze, gave give, given give, gone go, got get, grew grow, grown grow,"
    " heard hear, held hold, hid hide, hung hang, kept keep, knew know,"
    " known know, laid lay, lain lie, led lead, left leave, lent lend,"
    " lost lose, made make, meant mean, men man, met meet, mice mouse, overthrew overthrow, paid pay, proven prove,"
    " ran run, rose rise, said say, sang sing, sank sink, saw see, seen see, sent send, shot shoot, shown show,"
    " slept sleep, sold sell, sought seek, spent spend, spoke speak, spoken speak, stole steal, stood stand,"
    " struck strike, sung sing, swam swim, swore swear, sworn swear, taken take, taught teach, teeth tooth,"
    " thought think, threw throw, thrown throw, told tell, took take, torn tear, understood understand,"
    " went go, withdrew withdraw, woke wake, women woman, won win, wore wear, written write, wrote write,"
    " best good, busiest busy, elder old, fewest few, largest large, oldest old, worst bad"
).split(",")
ACRONYMS: Final = {
    "UK": ("英国",), "US": ("美国",), "USA": ("美国",), "EU": ("欧盟",), "UN": ("联合国",), "USSR": ("苏联",),
    "WHO": ("世卫",), "WTO": ("世贸",), "UAE": ("阿联酋",), "TV": ("电视",),
}  # fmt: skip
"""Chinese words for names that English writes in capitals; most of them Chinese takes over as they are."""

_DERIVED: Final = {
    "ship": ("",), "wid": ("",), "ist": ("i", ""), "ian": ("ia", "i", ""), "er": ("", "e"), "or": ("", "e"),
    "al": ("",), "ion": ("",), "ness": ("",),
}  # fmt: skip
"""Endings that stems keep, and what stands in their place in the word that they are made of."""
_LEAST_LETTERS: Final = 4

_DIGITS: Final = "零一二三四五六七八九"
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_PLAIN: Final = {stem: plain for form, plain in map(str.split, _IRREGULAR) for stem in words(form)}
_roman = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def plain_form(stem: str) -> str | None:
    """The infinitive, singular or positive of an irregular English form, given by its stem; None for other words."""
    return _PLAIN.get(stem)


def bases(stem: str) -> tuple[str, ...]:
    """Stems that an English word may be derived from (partnership, partner), the likeliest first.

    Most are no words: only those that are known somewhere are of use.
    """
    found = list(words(stem))
    for ending, changes in _DERIVED.items():
        rest = stem.removesuffix(ending)
        if rest != stem and len(rest) >= _LEAST_LETTERS:
            found += [form for change in changes for form in (rest + change, *words(rest + change))]
    if stem.startswith("re") and len(stem) - 2 >= _LEAST_LETTERS:
        found.append(stem[2:])
    return tuple(form for form in dict.fromkeys(found) if form != stem)


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
