"""Gold files written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qa_assistant.records import GoldQuestion


def write_gold(gold: Iterable[GoldQuestion], path: Path) -> None:
    """Write gold questions, one JSON object a line, as `read_gold` reads them."""
    lines = [question.model_dump_json() + "\n" for question in gold]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
