"""Latin words that are one or two edits apart: a wrong, missing or extra letter, or two that changed places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

_PIECES: Final = 3
_NEAR: Final = (
    "aeiouy qw we er rt ty yu ui io op as sd df fg gh hj jk kl zx xc cv vb bn nm qa ws sz ed dx rf fc tg gv yh hb uj jn"
    " ik km ol aw se dr ft gy hu ji ko lp bp dt gk lr mn vw zs cs ck zj cq xs fp"
).split()
_NEAR_LETTERS: Final = frozenset(
    frozenset((one, other)) for group in _NEAR for one in group for other in group if one != other
)
"""Letters that are written for each other: those of a group, vowels in the first."""


def one_edit(word: str) -> Iterator[str]:
    """All words of small Latin letters that are one edit away from `word`, some of them more than once."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in ascii_lowercase if letter != after[0])
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in ascii_lowercase)


def distance(one: str, other: str) -> int:
    """The least number of edits between two words, no letter edited twice (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        older, before, row = before, row, [place]
        for column, wanted in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != wanted))
            if place > 1 and column > 1 and letter == other[column - 2] and wanted == one[place - 2]:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
    return row[-1]


def is_slip(written: str, meant: str) -> bool:
    """Whether one edit apart is a likely slip: not in the first letter, and a wrong one near the right one.

    Near are vowels, neighbours on the keyboard, and consonants that sound alike.
    """
    if written[:1] != meant[:1]:
        return written[:2] == meant[1::-1]
    different = [pair for pair in zip(written, meant, strict=False) if pair[0] != pair[1]]
    return len(written) != len(meant) or len(different) != 1 or frozenset(different[0]) in _NEAR_LETTERS


class Spellings:
    """Words to which others may be near: within one edit, and within two for words of `long` letters and more."""

    def __init__(self, words: Iterable[str], long: int | None = None) -> None:
        self._words = frozenset(words)
        self._long = long
        # Two edits leave one of three pieces of a word as it is, or so nearly always.
        self._pieces: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if long is not None and len(word) >= long:
                for piece in _pieces(word):
                    self._pieces[piece].append(word)
        self._lengths = sorted({len(piece) for piece in self._pieces})

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def near(self, word: str) -> Collection[str]:
        """The words that `word` may be meant for, itself left out."""
        found = {other for other in one_edit(word) if other in self._words}
        if self._long is not None and len(word) >= self._long - 2:
            parts = {
                word[start : start + length] for length in self._lengths for start in range(len(word) - length + 1)
            }
            others = {other for part in parts for other in self._pieces.get(part, ())}
            found |= {other for other in others if abs(len(other) - len(word)) <= 2 and distance(word, other) <= 2}
        return found - {word}


def _pieces(word: str) -> list[str]:
    bounds = [len(word) * part // _PIECES for part in range(_PIECES + 1)]
    return [word[first:last] for first, last in pairwise(bounds)]
