"""Where to draw the line between an answer and a refusal.

Usage: python eval/abstention.py FOLDER, the folder with cmrc2018_trial.json.gz and xquad_first12.en.json.gz

Asks the index of the seeds the project's gold questions, and 100 Chinese and 100 English questions of reading
comprehension sets, drawn with a fixed seed: questions about other things, to which the sources have no answer. For each
threshold of the confidence it prints the share of answerable gold questions refused, of unanswerable ones
refused, and of questions about other things refused.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path

from qa_assistant import Assistant
from qa_assistant.confidence import THRESHOLD
from qa_assistant.evaluate import read_gold


def squad_questions(path: Path, count: int) -> list[str]:
    """`count` questions of a file in SQuAD form, drawn with a fixed seed."""
    articles = json.loads(gzip.decompress(path.read_bytes()))["data"]
    questions = [one["question"] for article in articles for part in article["paragraphs"] for one in part["qas"]]
    return random.Random(1).sample(questions, count)  # noqa: S311 - a sample, no secret


def main(data: Path) -> None:
    """Print a line for each threshold."""
    assistant = Assistant.ready()
    gold, _ = read_gold(Path("eval/gold.jsonl"))
    groups = {
        "answerable": [question.question for question in gold if question.kind != "no_answer"],
        "unanswerable": [question.question for question in gold if question.kind == "no_answer"],
        "other things": squad_questions(data / "cmrc2018_trial.json.gz", 100)
        + squad_questions(data / "xquad_first12.en.json.gz", 100),
    }
    sure = {name: [assistant.ask(question).confidence for question in asked] for name, asked in groups.items()}
    print(f"threshold  {'  '.join(f'{name} ({len(asked)})' for name, asked in groups.items())}")
    for threshold in sorted({0.2, 0.3, 0.36, 0.42, 0.46, 0.5, 0.6, THRESHOLD}):
        shares = [sum(value < threshold for value in values) / len(values) for values in sure.values()]
        print(
            f"{threshold:.2f}{' *' if threshold == THRESHOLD else '  '}     "
            + "  ".join(f"{share:.3f}" for share in shares)
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
