"""How well questions in one language find passages in the other by the translation table alone.

    python eval/crosslingual.py --data ../shared/data

Questions of `xquad_first12` (development data) against its 60 paragraphs in the other language, the Chinese
ones also among 848 passages of `cmrc2018_dev`. Prints R@1, R@5 and RR for a weighted query (each translation
scored by itself), a probabilistic structured query with the table's probabilities, and the one
shipped in `qa_assistant.lexical.structured`, with and without the terms of several words.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_assistant.lexical.structured import alternatives, structured_score
from qa_assistant.lexical.tokens import terms, words
from qa_assistant.lexical.translation import TranslationTable

Floats = NDArray[np.float64]
Paragraph = dict[str, Any]


class Pool:
    """Passages to search, as term frequencies in memory."""

    def __init__(self, texts: list[str]) -> None:
        self._postings: dict[str, Floats] = {}
        self._empty = np.zeros(len(texts))
        self.lengths = np.zeros(len(texts))
        for number, text in enumerate(texts):
            counted = Counter(terms(text))
            self.lengths[number] = counted.total()
            for term, count in counted.items():
                self._postings.setdefault(term, np.zeros(len(texts)))[number] = count

    def frequencies(self, term: str) -> Floats:
        return self._postings.get(term, self._empty)


Search = Callable[[TranslationTable, Pool, str], Floats]


def weighted(table: TranslationTable, pool: Pool, question: str) -> Floats:
    """Every translation scored by itself, times its weight."""
    total = np.zeros(len(pool.lengths))
    for word in dict.fromkeys(words(question)):
        for term, weight in _probabilities(table, word):
            total += weight * structured_score([(term, 1.0)], pool.frequencies, pool.lengths)
    return total


def structured_probabilities(table: TranslationTable, pool: Pool, question: str) -> Floats:
    """Frequencies summed by the table's probabilities, then scored once a query word."""
    total = np.zeros(len(pool.lengths))
    for word in dict.fromkeys(words(question)):
        total += structured_score(_probabilities(table, word), pool.frequencies, pool.lengths)
    return total


def structured_words(table: TranslationTable, pool: Pool, question: str) -> Floats:
    """The shipped weights, single words only."""
    return _structured(table, pool, words(question))


def structured_units(table: TranslationTable, pool: Pool, question: str) -> Floats:
    """The shipped weights, terms of several words together."""
    return _structured(table, pool, table.units(words(question)))


def _structured(table: TranslationTable, pool: Pool, units: list[str]) -> Floats:
    total = np.zeros(len(pool.lengths))
    for unit in dict.fromkeys(units):
        total += structured_score(alternatives(table, unit), pool.frequencies, pool.lengths)
    return total


def _probabilities(table: TranslationTable, word: str) -> list[tuple[str, float]]:
    bigrams = {term.removeprefix("_"): term for term, _ in alternatives(table, word)}
    found = [(bigrams.get(other, other), weight) for other, weight in table.translate(word)]
    return [*found, (word, 1.0)] if word.isascii() else found


def measure(
    search: Search, table: TranslationTable, pool: Pool, paragraphs: list[Paragraph]
) -> tuple[float, float, float]:
    """R@1, R@5 and reciprocal rank; the n-th paragraph's questions want the pool's n-th passage."""
    ranks: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        for question in paragraph["qas"]:
            scores = search(table, pool, question["question"])
            before = np.count_nonzero(scores > scores[number]) + np.count_nonzero(scores[:number] == scores[number])
            ranks.append(1 + int(before))
    found = np.array(ranks)
    return float((found == 1).mean()), float((found <= 5).mean()), float((1 / found).mean())


def _paragraphs(data: Path, name: str) -> list[Paragraph]:
    with gzip.open(data / "dev" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        return [paragraph for article in json.load(file)["data"] for paragraph in article["paragraphs"]]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure retrieval across languages by the translation table.")
    parser.add_argument("--data", type=Path, required=True, help="directory with dev/")
    parser.add_argument("--table", type=Path, help="another table than the one in the package")
    options = parser.parse_args()
    table = TranslationTable.load(options.table)
    chinese, english = (_paragraphs(options.data, f"xquad_first12.{language}") for language in ("zh", "en"))
    distractors = _paragraphs(options.data, "cmrc2018_dev")
    pools = {
        "en->zh, 60": (Pool([one["context"] for one in chinese]), english),
        "en->zh, 908": (Pool([one["context"] for one in chinese + distractors]), english),
        "zh->en, 60": (Pool([one["context"] for one in english]), chinese),
    }
    for name, (pool, questions) in pools.items():
        for search in (weighted, structured_probabilities, structured_words, structured_units):
            first, fifth, reciprocal = measure(search, table, pool, questions)
            print(f"{name:12} {search.__name__:26} R@1 {first:.3f}  R@5 {fifth:.3f}  RR {reciprocal:.3f}")


if __name__ == "__main__":
    main()
