"""How often the best sentence is the one that answers, on reading-comprehension sets in SQuAD form.

Usage: python eval/sentences.py FOLDER, the folder with cmrc2018_dev, xquad_first12.zh and .en (.json.gz)

Each question is asked twice: of the sentences of its own paragraph, and of those of the passages that retrieval finds
for it among all paragraphs of the file. BM25 (bm25s, jieba's words) counts document frequencies among the same
sentences that it ranks; `sum` is what ordered quotes before the ranker: what a sentence and its surroundings carry of
the question, the score of its passage and the kind of thing asked for, with weights set by hand. A sentence answers
that holds an annotated answer.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

from qa_assistant.answer.features import gather
from qa_assistant.answer.passages import PASSAGES_READ
from qa_assistant.answer.ranker import default_ranker
from qa_assistant.evaluate.sentences import AnsweredIndex, AnsweredSet, read_answered, recall_at
from qa_assistant.index import Index
from qa_assistant.question import answering_patterns
from qa_assistant.records import Hit
from qa_assistant.retrieve import Query, SentenceScores

METHODS = ("BM25", "sum", "ranker")
Scores = NDArray[np.float64]


def tokens(text: str) -> list[str]:
    """Jieba's words."""
    return [word for word in jieba.lcut(text.lower()) if word.strip()]


def bm25(question: str, sentences: Sequence[str]) -> Scores:
    """Scores of plain BM25 over `sentences`."""
    corpus = [tokens(sentence) or [""] for sentence in sentences]
    scorer = bm25s.BM25(k1=1.5, b=0.75)
    scorer.index(corpus, show_progress=False)
    known = [word for word in dict.fromkeys(tokens(question)) if word in scorer.vocab_dict]
    return np.asarray(scorer.get_scores(known) if known else np.zeros(len(corpus)), dtype=np.float64)


def summed(question: str, index: Index, found: SentenceScores, passage_score: float) -> Scores:
    """Scores of the sentences of a passage by the sum with weights set by hand."""
    patterns = answering_patterns(question)
    sentences = index.sentences[found.first : found.first + found.carried.shape[1]]
    kinds = [
        sum(pattern.search(sentence.text) is not None for pattern in patterns) / max(len(patterns), 1)
        for sentence in sentences
    ]
    context = np.maximum(0.2 * found.around[:, None] - found.carried, 0).sum(axis=0)
    scores: Scores = found.carried.sum(axis=0) + context + 0.7 * passage_score + 0.12 * np.array(kinds)
    return scores


def rank(scores: Scores, right: NDArray[np.bool_]) -> int | None:
    """The rank of the best candidate that answers; those of one score in the order of the text."""
    ordered = right[np.argsort(-scores, kind="stable")]
    return int(np.argmax(ordered)) + 1 if ordered.any() else None


class Ranking:
    """Ranks of the answers in a set by each method."""

    def __init__(self, given: AnsweredSet, folder: Path) -> None:
        self._given = given
        self._answered = AnsweredIndex(given.paragraphs, folder)
        self._numbers = {passage.passage_id: n for n, passage in enumerate(self._answered.index.passages)}

    def report(self, name: str, asked: AnsweredSet) -> None:
        """Print a line for each method and pool."""
        ranks: dict[tuple[str, str], list[int | None]] = {}
        for question in asked.questions:
            query = self._answered.retriever.read(question.text)
            answers = np.array(sorted(self._answered.answering(question)))
            own, found = self._answered.hits(question, query, PASSAGES_READ)
            for pool, hits in (("own paragraph", own), ("all paragraphs", found)):
                for method, place in self._ranks(query, hits, answers).items():
                    ranks.setdefault((pool, method), []).append(place)
        for (pool, method), places in sorted(ranks.items(), key=lambda item: item[0], reverse=True):
            figures = " | ".join(f"{recall_at(places, most):.4f}" for most in (1, 3, 5))
            print(f"| {name} | {pool} | {len(places)} | {method} | {figures} |", flush=True)

    def _ranks(self, query: Query, hits: Sequence[Hit], answers: NDArray[np.int64]) -> dict[str, int | None]:
        index, retriever = self._answered.index, self._answered.retriever
        numbers = [self._numbers[hit.passage.passage_id] for hit in hits]
        found = retriever.sentences(query, numbers)
        evidence = gather(index, query, hits, numbers, found)
        if evidence is None:
            return dict.fromkeys(METHODS)
        rows = evidence.layout.rows
        passages = sorted((number, hit.score) for number, hit in zip(numbers, hits, strict=True))
        right = np.isin(rows, answers)
        scores = {
            "BM25": bm25(query.text, [index.sentences[row].text for row in rows.tolist()]),
            "sum": np.concatenate([summed(query.text, index, found[number], score) for number, score in passages]),
            "ranker": default_ranker().scores(evidence),
        }
        return {method: rank(scores[method], right) for method in METHODS}


def main(folder: Path) -> None:
    """Measure all sets."""
    print("| questions → sentences | pool | questions | method | R@1 | R@3 | R@5 |\n|---|---|--:|---|--:|--:|--:|")
    sets = {
        name: read_answered(folder / f"{name}.json.gz")
        for name in ("cmrc2018_dev", "xquad_first12.zh", "xquad_first12.en")
    }
    chinese, english = sets["xquad_first12.zh"], sets["xquad_first12.en"]
    for given, directions in (
        (sets["cmrc2018_dev"], {"zh → zh, CMRC": sets["cmrc2018_dev"]}),
        (chinese, {"zh → zh, XQuAD": chinese, "en → zh, XQuAD": chinese.asked_as(english)}),
        (english, {"en → en, XQuAD": english, "zh → en, XQuAD": english.asked_as(chinese)}),
    ):
        with tempfile.TemporaryDirectory() as temporary:
            ranking = Ranking(given, Path(temporary))
            for name, asked in directions.items():
                ranking.report(name, asked)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
