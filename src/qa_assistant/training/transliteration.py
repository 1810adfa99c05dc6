"""Which Chinese characters write which letters, learned from names in both scripts.

Every character of a Chinese name stands for a run of letters, none to five; runs follow one another as the characters
do. The probabilities are learned by expectation-maximisation over all ways to cut the letters (a joint n-gram
model of order one; Li, Zhang and Su 2004). Pairs that the model finds unlikely are names that are translated, not
written by sound; they are left out.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from qa_assistant.language import HAN, matching_key
from qa_assistant.lexical.transliteration import LONGEST_RUN, Counts, plain_letters
from qa_assistant.training.material import world_places

NOT_BY_SOUND: Final = frozenset({"CN", "KR", "JP", "KP", "TW", "HK", "MO", "VN", "SG"})
"""Countries whose names Chinese takes over as they are written, or spells in its own way."""

_SUFFIXES: Final = re.compile(
    "(?:市|县|区|镇|州|省|郡|港|岛|山|河|湖|城|人|族|语|学院|大学|国|海|派|教|乡|道|府|村|町)$"
)
_ROUNDS: Final = (5, 4)
_SMOOTHING: Final = 1e-7
_LIKELY_PLACE: Final = -2.6
_LIKELY_NAME: Final = -2.2
"""Least log-likelihood a letter, of a place in GeoNames and of a word in a dictionary entry."""

_UNLIKELY_WEIGHT: Final = 0.05
_LEAST_COUNT: Final = 0.3

_entry = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_latin_word = re.compile("[A-Za-z\u00c0-\u017f]+")
_han_part = re.compile(f"[{HAN}]{{2,7}}")

Spelling = tuple[str, str]
"""Letters of a name, and the characters it is written in."""

Probabilities = dict[str, dict[str, float]]
"""By character: the probability of each run of letters."""


class _Use(NamedTuple):
    character: str
    run: str
    expected: float


def learn(data: Path) -> Counts:
    """Counts of runs of letters by character, from the names below `data`."""
    places = place_spellings(data)
    probabilities, _ = _learned(places, None, _ROUNDS[0])
    kept = [spelling for spelling in places if _likelihood(spelling, probabilities) > _LIKELY_PLACE]
    kept += [spelling for spelling in entry_spellings(data) if _likelihood(spelling, probabilities) > _LIKELY_NAME]
    return counts_of(sorted(set(kept)), probabilities)


def counts_of(spellings: Sequence[Spelling], probabilities: Probabilities | None = None) -> Counts:
    """Counts learned from `spellings`, starting from `probabilities` where there are any."""
    _, learned = _learned(spellings, probabilities, _ROUNDS[1])
    counts: Counts = defaultdict(dict)
    for character, runs in sorted(learned.items()):
        for run, count in sorted(runs.items()):
            if run and count >= _LEAST_COUNT:
                counts[run][character] = count
    return dict(counts)


def place_spellings(data: Path) -> list[Spelling]:
    """Names of places in GeoNames, without what says that it is a city."""
    found: set[Spelling] = set()
    for country, _, latin, chinese in world_places(data):
        if country in NOT_BY_SOUND:
            continue
        words = [plain_letters(word) for word in re.split(r"[\s'’-]+", latin)]
        for name in chinese[:3]:
            bare = _SUFFIXES.sub("", name) if len(name) > 2 else name
            found |= {(word, bare) for word in words if len(word) >= 3 and 2 <= len(bare) <= len(word)}
    return sorted(found)


def entry_spellings(data: Path) -> list[Spelling]:
    """Each capitalised word of a dictionary entry beside each part of its name, readings left out."""
    found: set[Spelling] = set()
    with gzip.open(data / "train" / "cedict.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            match = _entry.match(line)
            if match and match[3][:1].isupper():
                found |= set(_of_entry(match[2], match[3], match[4]))
    return sorted(found)


def _of_entry(chinese: str, reading: str, told: str) -> Iterable[Spelling]:
    syllables = [re.sub("[0-9:]", "", syllable).lower() for syllable in reading.split()]
    count = len(syllables)
    readings = {"".join(syllables[start:end]) for start in range(count) for end in range(start + 1, count + 1)}
    told = re.sub(r"\[[^\]]*\]", "", told)
    words = [plain_letters(word) for word in _latin_word.findall(told) if word[0].isupper()]
    for part in filter(_han_part.fullmatch, chinese.split("·")):
        for name in (part, _SUFFIXES.sub("", part)):
            for word in words:
                if 2 <= len(name) <= len(word) >= 3 and word not in readings:
                    yield word, matching_key(name)


def _learned(
    spellings: Sequence[Spelling], probabilities: Probabilities | None, rounds: int
) -> tuple[Probabilities, Probabilities]:
    """Probabilities and counts after `rounds` of expectation-maximisation."""
    known = _normalised(_even(spellings), 0.0) if probabilities is None else probabilities
    counts: Probabilities = {}
    for number in range(rounds):
        counts = defaultdict(lambda: defaultdict(float))
        for spelling in spellings:
            likelihood, uses = _uses(spelling, known)
            sure = number < 2 or likelihood / len(spelling[0]) > _LIKELY_PLACE - 0.2
            for use in uses:
                counts[use.character][use.run] += use.expected * (1 if sure else _UNLIKELY_WEIGHT)
        known = _normalised(counts, 0.5)
    return known, counts


def _normalised(counts: Probabilities, lacking: float) -> Probabilities:
    return {
        character: {run: count / (sum(runs.values()) + lacking) for run, count in runs.items() if count > 0.05}
        for character, runs in counts.items()
    }


def _even(spellings: Sequence[Spelling]) -> Probabilities:
    """Counts for a start: a character's letters lie about where it does."""
    counts: Probabilities = defaultdict(lambda: defaultdict(float))
    for letters, name in spellings:
        width = len(letters) / len(name)
        for place, character in enumerate(name):
            for start in range(len(letters)):
                for end in range(start + 1, min(len(letters), start + 4) + 1):
                    away = abs(start - place * width) + abs(end - (place + 1) * width)
                    counts[character][letters[start:end]] += math.exp(-away)
    return counts


def _likelihood(spelling: Spelling, probabilities: Probabilities) -> float:
    """Log-likelihood a letter."""
    likelihood, _ = _uses(spelling, probabilities)
    return likelihood / len(spelling[0])


def _uses(spelling: Spelling, probabilities: Probabilities) -> tuple[float, list[_Use]]:
    """The log-likelihood of a spelling, and the expected count of each run as each character."""
    letters, name = spelling
    ways = _ways(letters, name, probabilities)
    size = len(letters) + 1
    before = [[0.0] * size for _ in range(len(name) + 1)]
    after = [[0.0] * size for _ in range(len(name) + 1)]
    before[0][0] = after[len(name)][len(letters)] = 1.0
    for place, found in enumerate(ways):
        for start, end, probability in found:
            before[place + 1][end] += before[place][start] * probability
    total = before[len(name)][len(letters)]
    if total <= 0:
        return -99.0 * len(letters), []
    for place in range(len(name) - 1, -1, -1):
        for start, end, probability in ways[place]:
            after[place][start] += probability * after[place + 1][end]
    uses = [
        _Use(name[place], letters[start:end], before[place][start] * probability * after[place + 1][end] / total)
        for place, found in enumerate(ways)
        for start, end, probability in found
        if before[place][start] and after[place + 1][end]
    ]
    return math.log(total), uses


def _ways(letters: str, name: str, probabilities: Probabilities) -> list[list[tuple[int, int, float]]]:
    """For each character the runs that it may stand for, none included where that is known: start, end, probability."""
    found: list[list[tuple[int, int, float]]] = []
    for character in name:
        known = probabilities.get(character, {})
        found.append(
            [
                (start, end, known.get(letters[start:end], 0.0) + (_SMOOTHING * 10.0 ** (start - end)))
                for start in range(len(letters) + 1)
                for end in range(start, min(len(letters), start + LONGEST_RUN) + 1)
                if end > start or "" in known
            ]
        )
    return found
