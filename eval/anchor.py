"""Put the evidence of gold questions in its place: find each quote in the reading text and write its offsets.

Usage: python eval/anchor.py eval/gold.jsonl > new.jsonl

Run it after a change of the repair has moved characters, or on questions written by hand with evidence of the form
{"doc_id": ..., "text": ...}. White space is not compared; the characters that stand in the document are
written. A quote that is not found stops it with the question's id.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from qa_assistant import Document
from qa_assistant.sources import find_sources, read_document


def without_space(text: str) -> tuple[str, list[int]]:
    """`text` without white space, and the place of each character that is left."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    return "".join(text[place] for place in places), places


def place(document: Document, quote: str) -> dict[str, object]:
    """The quote as it stands in the document."""
    text, places = without_space(document.text)
    wanted, _ = without_space(quote)
    found = text.find(wanted)
    if found < 0:
        raise LookupError(quote)
    start, end = places[found], places[found + len(wanted) - 1] + 1
    return {"doc_id": document.doc_id, "start": start, "end": end, "text": document.text[start:end]}


def main(gold: Path) -> None:
    """Print every line of `gold` with its evidence in place."""
    documents = {path.stem: read_document(path, path.stem, path.name) for path in find_sources(Path("seeds"))}
    for line in gold.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        try:
            question["evidence"] = [place(documents[one["doc_id"]], one["text"]) for one in question["evidence"]]
        except LookupError as error:
            sys.exit(f"{question['question_id']}: not in its source: {error}")
        print(json.dumps(question, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
