"""Names that no table knows, as Chinese may write them by sound: Manning is 曼宁.

A name is a sequence of runs of letters, each written as one character. The counts of runs by character are learned by
`qa_assistant.training.transliteration`. What is looked for in a text is not the likeliest spelling, of which there
are many, but every pair of neighbouring characters by its expected count (the forward-backward algorithm over all
ways to cut the name).
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import IO, Final, Self

import numpy as np

LONGEST_RUN: Final = 5
"""Most letters that one character stands for."""

_CHARACTERS: Final = 12
"""Most characters of a run that are looked at."""

_LEAST: Final = 1e-3
_LONGEST_NAME: Final = 24

Counts = dict[str, dict[str, float]]
"""By run of letters: how often it is written as each character."""


def plain_letters(name: str) -> str:
    """A Latin name in small letters without accents and marks."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in decomposed if "a" <= char <= "z")


class Transliteration:
    """How runs of letters are written as Chinese characters."""

    def __init__(self, counts: Counts) -> None:
        total = sum(sum(found.values()) for found in counts.values()) or 1.0
        self._share = {run: sum(found.values()) / total for run, found in counts.items()}
        self._characters: dict[str, list[tuple[str, float]]] = {}
        for run, found in counts.items():
            ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_CHARACTERS]
            self._characters[run] = [(character, count / sum(found.values())) for character, count in ranked]

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The counts in the file `path`, or those inside the package."""
        if path is None:
            with resources.files("qa_assistant.lexical").joinpath("transliteration.npz").open("rb") as file:
                return cls(_read(file))
        with path.open("rb") as file:
            return cls(_read(file))

    def pairs(self, name: str, most: int) -> tuple[tuple[str, float], ...]:
        """The `most` likely pairs of neighbouring characters of `name`, by expected count; ties by pair."""
        letters = plain_letters(name)[:_LONGEST_NAME]
        runs = [
            [
                (end, letters[start:end])
                for end in range(start + 1, min(len(letters), start + LONGEST_RUN) + 1)
                if letters[start:end] in self._share
            ]
            for start in range(len(letters))
        ]
        before, after = self._ways(runs)
        expected: dict[str, float] = defaultdict(float)
        for start, first_runs in enumerate(runs):
            for middle, first in first_runs:
                for end, second in runs[middle] if middle < len(runs) else []:
                    weight = before[start] * self._share[first] * self._share[second] * after[end]
                    if weight > _LEAST * after[0]:
                        self._add(expected, first, second, weight / after[0])
        return tuple(sorted(expected.items(), key=lambda item: (-item[1], item[0]))[:most])

    def _ways(self, runs: list[list[tuple[int, str]]]) -> tuple[list[float], list[float]]:
        """The probability of all ways to cut the letters before each place, and of those after it."""
        before, after = [1.0] + [0.0] * len(runs), [0.0] * len(runs) + [1.0]
        for start, found in enumerate(runs):
            for end, run in found:
                before[end] += before[start] * self._share[run]
        for start in range(len(runs) - 1, -1, -1):
            after[start] = sum(self._share[run] * after[end] for end, run in runs[start])
        return before, after

    def _add(self, expected: dict[str, float], first: str, second: str, weight: float) -> None:
        for one, share in self._characters[first]:
            for other, other_share in self._characters[second]:
                expected[one + other] += weight * share * other_share


def write_counts(counts: Counts, path: Path) -> None:
    """Write counts for `Transliteration.load`: the same bytes for the same counts."""
    rows = [(run, character, count) for run in sorted(counts) for character, count in sorted(counts[run].items())]
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            runs=np.frombuffer("\n".join(run for run, _, _ in rows).encode("utf-8"), dtype=np.uint8),
            characters=np.frombuffer("".join(character for _, character, _ in rows).encode("utf-8"), dtype=np.uint8),
            counts=np.array([count for _, _, count in rows], dtype=np.float16),
        )


def _read(file: IO[bytes]) -> Counts:
    counts: Counts = defaultdict(dict)
    with np.load(file, allow_pickle=False) as arrays:
        runs = arrays["runs"].tobytes().decode("utf-8").split("\n")
        characters = arrays["characters"].tobytes().decode("utf-8")
        for run, character, count in zip(runs, characters, arrays["counts"].tolist(), strict=True):
            counts[run][character] = count
    return dict(counts)


@cache
def default_transliteration() -> Transliteration:
    """What is inside the package, read once."""
    return Transliteration.load()


@lru_cache(maxsize=10_000)
def written_in_chinese(name: str, most: int) -> tuple[tuple[str, float], ...]:
    """`Transliteration.pairs` by what is inside the package."""
    return default_transliteration().pairs(name, most)
