"""How well questions in one language find passages in the other by the translation table alone.

    python eval/crosslingual.py --data ../shared/data

Questions of `xquad_first12` (development data) against its 60 paragraphs in the other language, the Chinese
ones also among 848 passages of `cmrc2018_dev`. Four ways to use the table, each scored by BM25:

* weighted: every translation of a word scored by itself, times its probability;
* structured: the frequencies of a word's translations summed by probability, scored once a word
  (Darwish and Oard 2003);
* flattened: the same by the square root of the probability relative to the best one;
* terms: the same, with the terms of several words that the table knows taken together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_assistant.lexical.counts import TermCounts, Unit
from qa_assistant.lexical.tokens import BIGRAM_MARK, words
from qa_assistant.lexical.translation import TranslationTable

Paragraph = dict[str, Any]
Asked = tuple[list[Unit], list[float]]
"""Query units and what each counts."""

Way = Callable[[TranslationTable, str], Asked]


def weighted(table: TranslationTable, question: str) -> Asked:
    """Each translation a unit of its own, at its probability."""
    found = [pair for word in dict.fromkeys(words(question)) for pair in _terms(table, word, 1.0)]
    return [((term, 1.0),) for term, _ in found], [weight for _, weight in found]


def structured(table: TranslationTable, question: str) -> Asked:
    """Each word a unit, by probability."""
    return _as_units(table, words(question), 1.0, relative=False)


def flattened(table: TranslationTable, question: str) -> Asked:
    """Each word a unit, by the root of the probability relative to the best one."""
    return _as_units(table, words(question), 0.5, relative=True)


def terms(table: TranslationTable, question: str) -> Asked:
    """The same with terms of several words."""
    return _as_units(table, table.units(words(question)), 0.5, relative=True)


def _as_units(table: TranslationTable, phrases: list[str], power: float, *, relative: bool) -> Asked:
    found = [_terms(table, phrase, power, relative=relative) for phrase in dict.fromkeys(phrases)]
    units = [unit for unit in found if unit]
    return units, [1.0] * len(units)


def _terms(table: TranslationTable, phrase: str, power: float, *, relative: bool = False) -> Unit:
    """Index terms for a phrase: two Chinese characters as a bigram, a Latin word or number also as itself."""
    translations = table.translate(phrase)
    scale = max((weight for _, weight in translations), default=1.0) if relative else 1.0
    weights = {
        BIGRAM_MARK + word if len(word) == 2 and not word.isascii() else word: (weight / scale) ** power
        for word, weight in translations
    }
    if phrase.isascii() and " " not in phrase:
        weights[phrase] = 1.0
    return tuple(sorted(weights.items()))


def ranks(way: Way, table: TranslationTable, pool: TermCounts, paragraphs: list[Paragraph]) -> NDArray[np.int64]:
    """The rank of the right passage for every question; the n-th paragraph's is the pool's n-th."""
    found: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        for question in paragraph["qas"]:
            units, shares = way(table, question["question"])
            scores = pool.scores(units, pool.rarities(units) * np.array(shares))
            before = np.count_nonzero(scores > scores[number]) + np.count_nonzero(scores[:number] == scores[number])
            found.append(1 + int(before))
    return np.array(found)


def _paragraphs(data: Path, name: str) -> list[Paragraph]:
    with gzip.open(data / "dev" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        return [paragraph for article in json.load(file)["data"] for paragraph in article["paragraphs"]]


def _pool(paragraphs: list[Paragraph]) -> TermCounts:
    return TermCounts.count([paragraph["context"] for paragraph in paragraphs])


def main() -> None:
    """Print R@1, R@5 and RR of every way in both directions."""
    parser = argparse.ArgumentParser(description="Measure retrieval across languages by the translation table.")
    parser.add_argument("--data", type=Path, required=True, help="directory with dev/")
    parser.add_argument("--table", type=Path, help="another table than the one in the package")
    options = parser.parse_args()
    table = TranslationTable.load(options.table)
    chinese, english = (_paragraphs(options.data, f"xquad_first12.{language}") for language in ("zh", "en"))
    pools = {
        "en->zh, 60": (_pool(chinese), english),
        "en->zh, 908": (_pool(chinese + _paragraphs(options.data, "cmrc2018_dev")), english),
        "zh->en, 60": (_pool(english), chinese),
    }
    for name, (pool, questions) in pools.items():
        for way in (weighted, structured, flattened, terms):
            found = ranks(way, table, pool, questions)
            first, fifth = (found == 1).mean(), (found <= 5).mean()
            sys.stdout.write(
                f"{name:12} {way.__name__:10} R@1 {first:.3f}  R@5 {fifth:.3f}  RR {(1 / found).mean():.3f}\n"
            )


if __name__ == "__main__":
    main()
