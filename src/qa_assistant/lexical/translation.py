"""Translations of single query words, for lexical search across languages.

The table is learned by `qa_assistant.training.translation`; `translation.NOTICE.md` beside it names sources
and licences. Its weights estimate the probability that a word is translated so (Brown et al. 1993); they are
made for a probabilistic structured query (Darwish and Oard 2003; `qa_assistant.lexical.counts`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import IO, Final, Self

import numpy as np
from numpy.typing import NDArray

from qa_assistant.language import HAN, HANGUL

Translations = tuple[tuple[str, float], ...]
"""Index words of the other language with weights between 0 and 1, best first, ties by word."""

LIKELY: Final = 0.08
"""Weight from which a text that has a translation is said to speak of the word."""
STEPS: Final = 255
"""Weights are stored in one byte: whole multiples of 1/255, rounded down so that sums stay within 1."""

ALL: Final = 1_000_000
FEW: Final = 8
"""Translations that a word is surely read as; search looks for more."""

_hangul_word = re.compile(f"[{HANGUL}]+")
_han_word = re.compile(f"[{HAN}]+")

# Particles and the commonest verb and copula endings. A table of suffixes is not a grammar; it is enough to
# bring the forms of a noun together, and most query words are nouns.
_KOREAN_ENDINGS: Final = """
은 는 이 가 을 를 의 에 에서 에게 에게서 한테 께서 으로 로 으로서 로서 으로써 로써 와 과 랑 이랑 하고 도 만 까지 부터
보다 처럼 마다 조차 밖에 에는 에도 에서는 에서도 으로는 로는 와의 과의 에의 으로의 로의 에서의 까지의 부터의 에게는 이나
나 이라는 라는 이란 란 이라고 라고 이며 며 이고 이다 다 인 일 입니다 이었다 였다 인가 인가요 입니까 이에요 예요 이야
이었습니다 였습니다 하다 한다 하는 한 할 함 해 하여 하며 하면 하기 했다 했던 했고 해야 합니다 했습니다 하지 하세요
하고자 하기로 했는가 했나요 되다 된다 되는 된 될 됨 되어 되며 되고 되면 됐다 되었다 됩니다 되었습니다
들 들이 들은 들을 들의 들에 들에게 들과 들도
"""
_korean_endings = tuple(sorted(re.findall(r"\S+", _KOREAN_ENDINGS), key=lambda ending: (-len(ending), ending)))


def korean_stem(word: str) -> str:
    """`word` without its longest known ending, at least two syllables left; else `word` itself."""
    for ending in _korean_endings:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return word[: -len(ending)]
    return word


class TranslationTable:
    """Which words of the sources a query word may stand for: English to Chinese, Chinese to English, Korean to Chinese.

    `vocabulary` starts with the keys in sorted order; words that are only translations follow. Key `r` owns
    `targets[offsets[r]:offsets[r + 1]]`, numbers of `vocabulary`, and the same range of `weights`, in steps
    of 1/255. A key is a word as `tokens.words` makes it (Korean ones without their endings), or several of
    them in order, joined by one blank. Keys are found by bisection: a dictionary of all of them would take
    longer to make than all else that loading does.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        offsets: NDArray[np.int64],
        targets: NDArray[np.int32],
        weights: NDArray[np.uint8],
    ) -> None:
        self._vocabulary = vocabulary
        self._offsets = offsets
        self._targets = targets
        self._weights = weights

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The table in the file `path`, or the one inside the package."""
        if path is None:
            with resources.files("qa_assistant.lexical").joinpath("translation.npz").open("rb") as file:
                return cls._read(file)
        with path.open("rb") as file:
            return cls._read(file)

    @classmethod
    def _read(cls, file: IO[bytes]) -> Self:
        with np.load(file, allow_pickle=False) as arrays:
            vocabulary = arrays["vocabulary"].tobytes().decode("utf-8").split("\n")
            offsets = np.concatenate([[0], np.cumsum(arrays["sizes"], dtype=np.int64)])
            return cls(vocabulary, offsets, arrays["targets"], arrays["weights"])

    @classmethod
    def from_entries(cls, entries: Mapping[str, Translations]) -> Self:
        """The table of `entries`; weights are rounded down to steps of 1/255 and dropped at 0."""
        kept = {key: _stepped(entries[key]) for key in sorted(entries)}
        kept = {key: found for key, found in kept.items() if found}
        only_targets = {word for found in kept.values() for word, _ in found} - set(kept)
        vocabulary = [*kept, *sorted(only_targets)]
        number = {word: index for index, word in enumerate(vocabulary)}
        sizes = [len(found) for found in kept.values()]
        return cls(
            vocabulary,
            np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]),
            np.array([number[word] for found in kept.values() for word, _ in found], dtype=np.int32),
            np.array([steps for found in kept.values() for _, steps in found], dtype=np.uint8),
        )

    def save(self, path: Path) -> None:
        """Write the table to `path`: the same bytes for the same table."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                vocabulary=np.frombuffer("\n".join(self._vocabulary).encode("utf-8"), dtype=np.uint8),
                sizes=np.diff(self._offsets).astype(np.uint8),
                targets=self._targets,
                weights=self._weights,
            )

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __contains__(self, key: str) -> bool:
        return self._row(key) is not None

    def keys(self) -> Iterator[str]:
        """All keys, in the order of the table."""
        return iter(self._vocabulary[: len(self)])

    def translate(self, word: str, most: int = FEW) -> Translations:
        """The `most` best translations of `word`, weights summing to at most 1; empty where nothing is known.

        The script of the word sets the direction: Latin letters and Chinese characters stand for each
        other, Hangul for Chinese. A Korean word is also tried without its ending, and a Chinese or
        Korean compound that is not known is looked up in its parts, longest first.
        """
        found = self._entry(word)
        if not found and _hangul_word.fullmatch(word):
            found = self._entry(korean_stem(word)) or self._compound(korean_stem(word))
        elif not found and _han_word.fullmatch(word):
            found = self._compound(word)
        return _first(found, most)

    def units(self, words: Sequence[str], longest: int = 4) -> list[str]:
        """`words` with those that follow one another and are known together joined by a blank, longest first."""
        joined: list[str] = []
        start = 0
        while start < len(words):
            ends = range(min(start + longest, len(words)), start + 1, -1)
            end = next((end for end in ends if " ".join(words[start:end]) in self), start + 1)
            joined.append(" ".join(words[start:end]))
            start = end
        return joined

    def _row(self, key: str) -> int | None:
        row = bisect_left(self._vocabulary, key, 0, len(self))
        return row if row < len(self) and self._vocabulary[row] == key else None

    def _entry(self, key: str) -> Translations:
        row = self._row(key)
        if row is None:
            return ()
        own = slice(int(self._offsets[row]), int(self._offsets[row + 1]))
        numbers, steps = self._targets[own].tolist(), self._weights[own].tolist()
        return tuple((self._vocabulary[number], step / STEPS) for number, step in zip(numbers, steps, strict=True))

    def _compound(self, word: str) -> Translations:
        parts = [self._entry(part) for part in self._parts(word)]
        total: dict[str, float] = {}
        for translations in parts:
            for target, weight in translations:
                total[target] = total.get(target, 0.0) + weight / len(parts)
        return tuple(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    def _parts(self, word: str) -> list[str]:
        """Known parts of `word` of two characters and more, taken from the left, the longest first."""
        parts: list[str] = []
        start = 0
        while start < len(word) - 1:
            ends = range(len(word), start + 1, -1)
            end = next((end for end in ends if word[start:end] in self), None)
            if end is not None:
                parts.append(word[start:end])
            start = start + 1 if end is None else end
        return parts


@cache
def default_table() -> TranslationTable:
    """The table inside the package, read once."""
    return TranslationTable.load()


def _first(translations: Translations, most: int) -> Translations:
    """The first `most` of `translations`; where there are others, their weights go to the first ones."""
    kept = translations[:most]
    total = sum(weight for _, weight in kept)
    return tuple((word, weight / total) for word, weight in kept) if len(translations) > most else kept


def _stepped(translations: Translations) -> list[tuple[str, int]]:
    steps = [(word, int(weight * STEPS + 1e-9)) for word, weight in translations]
    return sorted(((word, step) for word, step in steps if step > 0), key=lambda item: (-item[1], item[0]))
