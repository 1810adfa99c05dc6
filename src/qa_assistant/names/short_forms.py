"""Short forms of the names of places, 山东 for 山东省 or 산둥 for 산둥성, and plurals of other names."""

from __future__ import annotations

import re
from typing import Final

PLACE_KINDS: Final = frozenset(("province", "region", "prefecture", "city", "district", "county", "territory"))
"""Kinds whose names have short forms; 自贸区 and 友好城市 end like places but are none."""

# The longest ending first: 回族自治区 before 自治区 before 区.
_chinese = re.compile(
    "(.{2,}?)(?:(?:壮族|回族|维吾尔|朝鲜族)?自治区|(?:朝鲜族)?自治州|特别自治[道市]|特别行政区|特别市|广域市"
    "|新区|[市省道县区])"
)
_english = re.compile(
    r"(.{4,}?)(?: (?:Metropolitan|Special) City| Special Self-Governing (?:City|Province)"
    r"| Special Administrative Region| Autonomous (?:Region|Prefecture)"
    r"| (?:Province|City|Prefecture|District|County|State)|-(?:do|si|gu|gun))"
)
_korean = re.compile("(.{2,}?) ?(?:특별자치[시도]|특별시|광역시|[시도성현])")

_WHOLE: Final = frozenset(("北海道", "홋카이도"))
"""Names that end like one with a suffix and have none."""

_NO_NAMES: Final = frozenset(
    ("north", "south", "east", "west", "central", "new", "northern", "southern", "eastern", "western", "capital")
)


def short_chinese(name: str) -> str | None:
    """The short form of a Chinese name, of two characters or more; None if there is none."""
    match = _chinese.fullmatch(name)
    return match[1] if match and name not in _WHOLE else None


def short_english(name: str) -> str | None:
    """The short form of an English name, of four letters or more and no mere direction; None if there is none."""
    match = _english.fullmatch(name)
    return match[1] if match and match[1].casefold() not in _NO_NAMES else None


def short_korean(name: str) -> str | None:
    """The short form of a Korean name, of two syllables or more; None if there is none."""
    match = _korean.fullmatch(name)
    return match[1] if match and name not in _WHOLE else None


def plural_english(name: str) -> str | None:
    """The plural of an English name of several words that ends like a common noun; None for other names."""
    last = name.split(" ")[-1]
    common = last.isascii() and last.isalpha() and last.islower() and len(last) > 3
    if " " not in name or not common or last[-1] == "s":
        return None
    return name[:-1] + "ies" if name[-1] == "y" and name[-2] not in "aeiou" else name + "s"
