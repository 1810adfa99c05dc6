"""The key under which two spellings are the same name, and where in a text a name may start and end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from qa_assistant.language import HAN, HANGUL, key_with_offsets, matching_key
from qa_assistant.records import Span

Script = Literal["han", "hangul", "letter", "other"]

# U+119E is what the Korean middle dot (U+318D) folds to.
SEPARATORS: Final = frozenset("-\u2010\u2011\u2012\u2013\u2212'\u2018\u2019\u02bc`\u00b7\u2022\u2027\u30fb\u119e")
"""Signs inside names that one writer sets and another leaves out."""

_SHORTEST_SPLIT: Final[dict[Script, int]] = {"han": 3, "hangul": 5, "letter": 8, "other": 1}
"""From this many characters on, a space may cut a name: "Jeolla Buk do" is one, "to da" and "7日 本版" hold none."""

_CLOSING: Final = frozenset(")]}\u201d\u300d\u300f\u300b\u3009\u3011")

_han = re.compile(f"[{HAN}]")
_hangul = re.compile(f"[{HANGUL}]")
_ascii_separators = str.maketrans("", "", "-'`")


def name_key(name: str) -> str:
    """`name` folded for comparison: `matching_key` without separators, white space and accents."""
    if name.isascii():
        return "".join(name.casefold().translate(_ascii_separators).split())
    return "".join(map(_bare, matching_key(name)))


def in_capitals(name: str) -> bool:
    """Whether all letters of `name` are capitals, as in an abbreviation."""
    return name.isupper() and all(char.isupper() for char in name if char.isalpha())


def separated(name: str) -> bool:
    """Whether something inside `name` is left out of its key."""
    return any(not _bare(char) for char in name.strip())


def may_be_split(key: str) -> bool:
    """Whether a name is long enough to be known when white space cuts it."""
    return len(key) >= _SHORTEST_SPLIT[script_of(key[0])]


def cut_by_space(written: str) -> bool:
    """Whether white space stands inside a name; a line end does not count that lies inside Chinese."""
    return any(char.isspace() for char in written) and not ("\n" in written and script_of(written[0]) == "han")


@cache
def script_of(char: str) -> Script:
    """The script of a character of a key, as far as it decides where names may start and end."""
    if _han.match(char):
        return "han"
    if _hangul.match(char):
        return "hangul"
    return "letter" if char.isalnum() else "other"


@dataclass(frozen=True)
class TextKey:
    """The name key of a text; `starts` has the place in the text of each of its characters."""

    text: str
    key: str
    starts: list[int]
    joined: list[bool]
    """Whether the character follows the one before it with nothing between them."""
    offsets: list[int]
    """Places of all characters of the text that are no white space."""

    @classmethod
    def of(cls, text: str) -> TextKey:
        """The name key of `text`."""
        chars: list[str] = []
        starts: list[int] = []
        joined: list[bool] = []
        folded, offsets = key_with_offsets(text)
        separate, last = False, -1
        for char, offset in zip(folded, offsets, strict=True):
            kept = _bare(char)
            # A mark of its own kind after a letter (not composable) is no separator.
            separate = separate or (not kept and char in SEPARATORS)
            if offset - last > 1 and text[last + 1 : offset].strip() != text[last + 1 : offset]:
                separate = True
            last = offset
            for part in kept:
                chars.append(part)
                starts.append(offset)
                joined.append(not separate and len(starts) > 1)
                separate = False
        return cls(text, "".join(chars), starts, joined, offsets)

    def may_start(self, index: int) -> bool:
        """Whether a name may start with the character at `index` of the key."""
        if index == 0:
            return True
        if self.starts[index] == self.starts[index - 1]:
            return False
        if not self.joined[index]:
            return True
        before, script = self.key[index - 1], script_of(self.key[index])
        # Behind a word of another script, or the mark that closes it, stands a particle: React이란, (IFEZ)에서.
        if script == "hangul":
            closes = before in _CLOSING or (before == '"' and self.joined[index - 1])
            return script_of(before) == "other" and not closes
        return script != "letter" or script_of(before) != "letter"

    def may_end(self, index: int) -> bool:
        """Whether a name may end before the character at `index` of the key."""
        if index == len(self.key):
            return True
        if self.starts[index] == self.starts[index - 1]:
            return False
        inside = script_of(self.key[index - 1]) == "letter" == script_of(self.key[index])
        return not (inside and self.joined[index])

    def span(self, start: int, end: int) -> Span:
        """The range of the text behind `key[start:end]`."""
        left, last = self.starts[start], self.starts[end - 1]
        following = bisect_right(self.offsets, last)
        right = self.offsets[following] if following < len(self.offsets) else len(self.text)
        return left, left + len(self.text[left:right].rstrip())


@cache
def _bare(char: str) -> str:
    if char in SEPARATORS or char.isspace() or unicodedata.combining(char):
        return ""
    if char.isascii() or not unicodedata.name(char, "").startswith("LATIN"):
        return char
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
