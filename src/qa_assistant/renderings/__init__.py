"""What the sources say in another language: a translation memory beside a source, aligned with its segments.

`report.en.tsv` or `report.en.tmx` beside `report.txt` holds the English of its segments: sentences, headings, captions,
footnotes and rows of tables (`passages.segments`). A rendering is shown beside the quote that it renders, never in its
place, and questions in its language find the passage by it. In the TSV a line is a segment: start and end in the
reading text and the rendering, between tabs; a line that begins with `#` is a comment. TMX is the form of translators'
tools (`tmx`).
"""

from __future__ import annotations

from qa_assistant.renderings.check import MemoryFault, check_memories
from qa_assistant.renderings.files import (
    memory_path,
    read_memories,
    read_memory,
    rendering_files,
    summary,
    write_memory,
)
from qa_assistant.renderings.memory import Renderings, missing

__all__ = [
    "MemoryFault",
    "Renderings",
    "check_memories",
    "memory_path",
    "missing",
    "read_memories",
    "read_memory",
    "rendering_files",
    "summary",
    "write_memory",
]
