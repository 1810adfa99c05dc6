"""Korean particles that depend on the sound before them: 은/는, 이/가, 을/를, 와/과, 으로/로, 이며/며."""

from __future__ import annotations

import re
from typing import Final

_both = re.compile(
    r"(?P<closed>은|이|을|과|으로)\((?P<open>는|가|를|와|로)\)|(?P<open_first>와|로|는|가|를)\((?P<closed_first>과|으로|은|이|을)\)"
)
_beside = re.compile(r"(?:\s*\x00)+\s*$|\s*[(（][^()（）]*[)）]\s*$|[\s\"”’'」』》〉)\]\x00]+$")
"""What stands between a word and its particle and is not read: marks, a closing quote, what is in brackets."""
_digits: Final = frozenset("013678")
"""Figures whose Korean names end in a consonant."""
_letters: Final = frozenset("lmnr")
"""The same of Latin letters."""


def with_particles(text: str) -> str:
    """`text` with the particle that fits in each place where both are written: 서울은(는) becomes 서울은."""
    parts: list[str] = []
    end = 0
    for match in _both.finditer(text):
        parts.append(text[end : match.start()])
        before = _word_before("".join(parts))
        closed, open_ = (
            (match["closed"], match["open"]) if match["closed"] else (match["closed_first"], match["open_first"])
        )
        # 로 also follows the consonant ㄹ.
        ends_closed = _ends_closed(before) and not (open_ == "로" and _final(before) == _RIEUL)
        parts.append(closed if ends_closed else open_)
        end = match.end()
    return "".join([*parts, text[end:]])


_RIEUL: Final = 8
"""The place of ㄹ among the consonants that may end a syllable."""


def _word_before(text: str) -> str:
    """`text` up to the last character that is read aloud."""
    while found := _beside.search(text):
        if not found.group() or found.start() == 0:
            break
        text = text[: found.start()]
    return text


def _final(text: str) -> int:
    """Which consonant ends the last syllable of `text`; 0 where none does."""
    code = ord(text[-1]) - 0xAC00 if text else 0
    return code % 28 if 0 <= code < 11172 else 0


def _ends_closed(text: str) -> bool:
    """Whether the last sound of `text` is a consonant."""
    last = text[-1:].lower()
    if last.isascii():
        return last in _digits or last in _letters
    return _final(text) > 0
