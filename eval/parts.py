"""Retrieval by each part and by all together, on reading-comprehension sets in SQuAD form.

Usage: python eval/parts.py FOLDER, the folder with cmrc2018_dev, drcd_dev, xquad_first12.zh and .en (.json.gz)

Every paragraph is a document; a question counts as found where a passage of its paragraph is first (R@1) or among
the first five (R@5). The Chinese XQuAD paragraphs stand among those of CMRC 2018 as distractors, where English
questions look for them too; Chinese questions look for the English paragraphs alone.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from qa_assistant.config import BUILTIN_MODEL
from qa_assistant.index import Index, write_index
from qa_assistant.retrieve import Retriever, Weights
from qa_assistant.sources import parse_document

PARTS = {
    "words": Weights(words=1, sentence=0, near=0, near_sentence=0, vectors=0),
    "nearest": Weights(words=0, sentence=0, near=0.4, near_sentence=0.3, vectors=0),
    "vectors": Weights(words=0, sentence=0, near=0, near_sentence=0, vectors=1),
    "all": Weights(),
}
Questions = list[tuple[str, str]]


def read_squad(path: Path, prefix: str) -> tuple[dict[str, str], Questions]:
    """Paragraphs by id, and questions with the id of the paragraph that answers them."""
    paragraphs: dict[str, str] = {}
    questions: Questions = []
    for article in json.loads(gzip.decompress(path.read_bytes()))["data"]:
        for paragraph in article["paragraphs"]:
            doc_id = f"{prefix}{len(paragraphs):05d}"
            paragraphs[doc_id] = paragraph["context"]
            questions += [(one["question"], doc_id) for one in paragraph["qas"]]
    return paragraphs, questions


def build(paragraphs: dict[str, str], folder: Path) -> Index:
    """An index with one document a paragraph."""
    documents = [parse_document(text, doc_id, doc_id) for doc_id, text in paragraphs.items()]
    write_index(documents, folder, BUILTIN_MODEL, 320, lambda name, done, total: None)
    return Index.open(folder)


def found(retriever: Retriever, questions: Questions) -> tuple[float, float]:
    """R@1 and R@5."""
    ranks = []
    for question, doc_id in questions:
        hits = retriever.retrieve(retriever.read(question), 5)
        ranks.append(next((hit.rank for hit in hits if hit.passage.doc_id == doc_id), 99))
    return sum(rank == 1 for rank in ranks) / len(ranks), sum(rank <= 5 for rank in ranks) / len(ranks)


def report(name: str, index: Index, questions: Questions, parts: Iterable[str] = PARTS) -> None:
    """Print a line for each part."""
    for part in parts:
        first, five = found(Retriever(index, PARTS[part]), questions)
        print(f"{name:34} {part:8} {len(questions):5} {first:.4f} {five:.4f}", flush=True)


def main(data: Path) -> None:
    """Measure all sets."""
    print(f"{'questions -> paragraphs':34} {'part':8} {'n':>5} {'R@1':6} {'R@5':6}")
    cmrc, cmrc_questions = read_squad(data / "cmrc2018_dev.json.gz", "cmrc")
    drcd, drcd_questions = read_squad(data / "drcd_dev.json.gz", "drcd")
    chinese, chinese_questions = read_squad(data / "xquad_first12.zh.json.gz", "xquad")
    english, english_questions = read_squad(data / "xquad_first12.en.json.gz", "xquad")
    with tempfile.TemporaryDirectory() as folder:
        both = build({**chinese, **cmrc}, Path(folder) / "chinese")
        report("CMRC zh -> zh (908 paragraphs)", both, cmrc_questions)
        report("XQuAD zh -> zh (908)", both, chinese_questions)
        report("XQuAD en -> zh (908)", both, english_questions)
        report("DRCD traditional (1000)", build(drcd, Path(folder) / "drcd"), drcd_questions)
        only_english = build(english, Path(folder) / "english")
        report("XQuAD en -> en (60)", only_english, english_questions)
        report("XQuAD zh -> en (60)", only_english, chinese_questions)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
