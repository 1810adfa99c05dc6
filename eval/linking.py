"""How surely names in questions are found and linked to the entity that is meant.

Usage: python eval/linking.py [--file eval/linking.jsonl] [--wrong]

The file has a question a line, annotated by hand before the linker was run on it:
{"question_id", "question", "mentions": [{"text", "start", "name"}]}. `start` counts code points; the mention is
`question[start : start + len(text)]`; `name` is any name of the entity that is meant. The questions are those of
eval/gold.jsonl and eval/further.jsonl, also those that name nothing. Names are loaded as an index of seeds/ has them.

What is annotated: names of places, organisations, persons, parks, pavilions, agreements and events, and the phrases
by which questions call a series of meetings ("the trilateral conference"), each as the longest phrase that is the
name ("Weihai Pavilion in Incheon" is one), also where the data do not know it; and words that stand for a country
("Korean", 中方). No mentions are abbreviations of one character (中韩, 对韩, 韩企), bare common nouns (研讨会, "free
trade agreement"), descriptions with a verb (威海办在仁川的那个馆: only the two cities) and fields of exchange
(行政, "tourism"), which are terms: what is found as a name of a field first counts neither as right nor as wrong.

A mention that is found is right if it overlaps an annotated one and its first entity is the first that
`Names.lookup(name)` gives; each annotated mention is found once at most. So where a name has several bearers, only
the one that goes first counts, and further candidates do not help. A phrase that means two entities alike ("the two
Gyeongsang provinces") is annotated by the name that both bear. A name that the data do not know is a miss.
Precision is the share of the found mentions that are right, recall the share of the annotated ones that are found.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qa_assistant.index.files import load_names
from qa_assistant.language import detect_language
from qa_assistant.names import Names

ROOT = Path(__file__).parents[1]
TERMS = "field"
"""The kind of what is no name but a term."""


@dataclass
class Score:
    """Counts over questions, and a line for each error."""

    questions: int = 0
    annotated: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.questions += other.questions
        self.annotated += other.annotated
        self.found += other.found
        self.right += other.right
        self.wrong += other.wrong

    @property
    def precision(self) -> float:
        """The share of the found mentions that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the annotated mentions that are found."""
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.found + self.annotated
        return 2 * self.right / both if both else 1.0


def score_question(annotation: dict[str, Any], names: Names) -> Score:
    """The score of one line of the file. Raises ValueError where a mention is not at its place."""
    question_id, question = annotation["question_id"], annotation["question"]
    open_mentions = list(annotation["mentions"])
    found = [mention for mention in names.find(question) if mention.entities[0].kind != TERMS]
    score = Score(questions=1, annotated=len(open_mentions), found=len(found))
    for mention in open_mentions:
        if not question.startswith(mention["text"], mention["start"]):
            raise ValueError(f"{question_id}: {mention['text']!r} does not stand at {mention['start']}")
    for link in found:
        entity = link.entities[0]
        for mention in open_mentions:
            start, end = mention["start"], mention["start"] + len(mention["text"])
            if link.start < end and start < link.end and names.lookup(mention["name"])[:1] == (entity,):
                score.right += 1
                open_mentions.remove(mention)
                break
        else:
            score.wrong.append(f"false {question_id}: {question[link.start : link.end]} -> {entity.entity_id}")
    for mention in open_mentions:
        known = names.lookup(mention["name"])
        meant = known[0].entity_id if known else f"{mention['name']} (unknown)"
        score.wrong.append(f"miss  {question_id}: {mention['text']} -> {meant}")
    return score


def measure(annotations: Iterable[dict[str, Any]], names: Names) -> dict[str, Score]:
    """The scores by language of the question, and `all`."""
    scores = {language: Score() for language in ("zh", "en", "ko", "all")}
    for annotation in annotations:
        score = score_question(annotation, names)
        scores[detect_language(annotation["question"])].add(score)
        scores["all"].add(score)
    return scores


def read_annotations(path: Path) -> list[dict[str, Any]]:
    """The lines of the file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Print the table and, if asked, every error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--file", type=Path, default=ROOT / "eval" / "linking.jsonl")
    parser.add_argument("--wrong", action="store_true", help="list every miss and every false link")
    options = parser.parse_args()
    scores = measure(read_annotations(options.file), load_names(ROOT / "seeds"))
    print("     questions  annotated  found  right  precision  recall     F1")
    for language, score in scores.items():
        print(
            f"{language:<3}  {score.questions:>9}  {score.annotated:>9}  {score.found:>5}  {score.right:>5}"
            f"  {score.precision:>9.3f}  {score.recall:>6.3f}  {score.f1:>5.3f}"
        )
    if options.wrong:
        print("", *scores["all"].wrong, sep="\n")


if __name__ == "__main__":
    main()
