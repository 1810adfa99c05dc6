"""What is wrong with the translation memories beside a source."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from qa_assistant.names import Names
from qa_assistant.records import Document, Language, Record
from qa_assistant.renderings.agreement import differences
from qa_assistant.renderings.files import read_memories, rendering_files
from qa_assistant.renderings.memory import missing


class MemoryFault(Record):
    """A fault of the memory of `source` in `language`, where one is known.

    `unread` is a file or a part of it that is no rendering of a segment, with the reason in `text`. `missing` is a
    segment without a rendering. `number` and `name` stand, as `text`, on one `side` of a rendering alone.
    """

    source: str
    kind: Literal["unread", "missing", "number", "name"]
    text: str
    language: Language | None = None
    start: int | None = None
    end: int | None = None
    side: Literal["source", "rendering"] | None = None


def check_memories(source: Path, document: Document, names: Names) -> list[MemoryFault]:
    """What is wrong with the memories beside `source`; nothing where there is none.

    Numbers and names are compared where the rendering is in English.
    """
    memories, errors = read_memories(source, document)
    name = document.source
    faults = [MemoryFault(source=name, kind="unread", text=str(error)) for error in errors]
    for language in dict.fromkeys(language for language, _ in rendering_files(source)):
        own = memories.get(language, [])
        faults += [
            MemoryFault(
                source=name, kind="missing", text=document.text[start:end], language=language, start=start, end=end
            )
            for start, end in missing(document, language, own)
        ]
        if language != "en" or document.language == "en":
            continue
        faults += [
            MemoryFault(
                source=name,
                kind=one.kind,
                text=one.text,
                language=language,
                start=one.start,
                end=one.end,
                side=one.side,
            )
            for one in differences(document, own, names)
        ]
    return faults
