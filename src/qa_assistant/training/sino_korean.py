"""Korean words of Chinese origin, recognised by how their characters are read: 교류 for 交流.

No list of readings is used. They are learned from the aligned words and place names themselves, in a few
rounds: a pair of equal length whose other characters are known teaches the reading of the one that is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

ROUNDS: Final = 4
LEAST_EVIDENCE: Final = 2
"""Different word pairs in which a reading must have been seen."""

Readings = frozenset[tuple[str, str]]
"""Pairs of one Korean syllable and the Chinese character it reads."""


def learn_readings(pairs: Iterable[tuple[str, str]], names: Iterable[tuple[str, str]]) -> Readings:
    """Readings seen in pairs of a Korean and a Chinese word, `names` (where all characters are read) counting first."""
    same_length = sorted({pair for pair in pairs if len(pair[0]) == len(pair[1]) >= 2})
    known = _seen_often(list(zip(korean, chinese, strict=True)) for korean, chinese in sorted(set(names)))
    for _ in range(ROUNDS):
        teaching = []
        for korean, chinese in same_length:
            read = list(zip(korean, chinese, strict=True))
            if sum(one in known for one in read) >= len(read) - 1:
                teaching.append(read)
        known = known | _seen_often(teaching)
    return known


def _seen_often(words: Iterable[list[tuple[str, str]]]) -> Readings:
    """Readings with enough evidence that are among the two commonest of their character."""
    counted = Counter(one for word in words for one in set(word))
    of_character: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (syllable, character), count in counted.items():
        if count >= LEAST_EVIDENCE:
            of_character[character].append((-count, syllable))
    return frozenset(
        (syllable, character)
        for character, found in of_character.items()
        for count, syllable in sorted(found)[:2]
        if count * 3 <= min(found)[0]
    )


def is_reading(korean: str, chinese: str, readings: Readings) -> bool:
    """Whether `korean` is `chinese`, two characters or more, read character by character."""
    return len(korean) == len(chinese) >= 2 and all(one in readings for one in zip(korean, chinese, strict=True))


def korean_spellings(words: Mapping[str, float], readings: Readings, most: int = 4) -> dict[str, dict[str, float]]:
    """Korean spellings of Chinese `words` (with their frequencies), each with the words it may spell."""
    syllables: dict[str, list[str]] = defaultdict(list)
    for syllable, character in sorted(readings):
        syllables[character].append(syllable)
    spelled: dict[str, dict[str, float]] = defaultdict(dict)
    for word, frequency in sorted(words.items()):
        spellings = [""]
        for character in word:
            spellings = [start + syllable for start in spellings for syllable in syllables.get(character, ())]
        for spelling in spellings[:most]:
            spelled[spelling][word] = frequency
    return dict(spelled)
