"""Read source files, repair the damage of extraction, and keep the map to the raw text."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath
from typing import Final, get_args

from qa_assistant.errors import SourceError
from qa_assistant.language import main_language
from qa_assistant.records import Document, Language, Page
from qa_assistant.sources.delimited import DELIMITED, read_delimited
from qa_assistant.sources.drafts import Draft, assemble, in_reading_order
from qa_assistant.sources.extracted import read_extracted
from qa_assistant.sources.html import HTML, read_html
from qa_assistant.sources.lines import is_extracted, read_lines
from qa_assistant.sources.markdown import read_markdown

SUFFIXES: Final = (".txt", ".md", ".markdown", *DELIMITED, *HTML)
NAMES: Final = "names.tsv"
"""The file of names that may stand in a folder of sources; it is none of them."""

__all__ = ["NAMES", "SUFFIXES", "find_sources", "memory_suffixes", "parse_document", "read_document", "read_raw"]


def find_sources(folder: Path) -> list[Path]:
    """The source files below `folder`, sorted by name.

    Hidden ones, the file of names and what stands beside a source to translate it are left out.

    Raises `SourceError` when the folder is missing or cannot be listed.
    """
    if not folder.is_dir():
        raise SourceError(str(folder), "no such folder; name the folder that holds the sources with --seeds")
    try:
        found = sorted(folder.rglob("*"))
    except OSError as error:
        raise SourceError(str(folder), f"cannot be listed ({error.strerror}); check its permissions") from error
    sources = [
        path
        for path in found
        if path.suffix.lower() in SUFFIXES
        and path != folder / NAMES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    memories = {
        path.with_name(path.stem + suffix)
        for path in sources
        for language in get_args(Language)
        for suffix in memory_suffixes(language)
    }
    return [path for path in sources if path not in memories]


def memory_suffixes(language: Language) -> tuple[str, str]:
    """How the name of a translation memory in `language` ends, in place of the ending of its source."""
    return f".{language}.tsv", f".{language}.tmx"


def read_raw(path: Path) -> tuple[str, str]:
    """The text of a file as it stands, line ends untouched, and the sha256 of its bytes.

    Raises `SourceError` for a file that cannot be read, is empty, is not UTF-8 or is not text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
    if not data.strip():
        raise SourceError(str(path), "is empty; put text in it or remove it")
    if b"\0" in data:
        place = data.index(b"\0")
        raise SourceError(str(path), f"byte {place} is NUL, so this is not UTF-8 text; save it as UTF-8 or remove it")
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"line {line}: byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        raise SourceError(str(path), problem) from error
    return raw, hashlib.sha256(data).hexdigest()


def read_document(path: Path, doc_id: str, source: str) -> Document:
    """The file at `path` as a Document; `source` is the name under which it is shown.

    Raises `SourceError` as `read_raw` does, and for a file without a word in it.
    """
    raw, sha256 = read_raw(path)
    document = parse_document(raw, doc_id, source, sha256)
    if not any(char.isalnum() for char in document.text):
        raise SourceError(str(path), "holds no words; put text in it or remove it")
    return document


def parse_document(raw: str, doc_id: str, source: str, sha256: str = "") -> Document:
    """The Document of a raw text.

    The ending of `source` tells a table (CSV, TSV) and HTML; every other text is repaired where it was extracted from
    a PDF, and read as Markdown otherwise.
    """
    name = PurePath(source)
    suffix = name.suffix.lower()
    drafts: list[Draft]
    pages: list[Page] = []
    title = ""
    if suffix in DELIMITED:
        drafts = [draft for draft in [read_delimited(raw, suffix)] if draft.pieces]
    elif suffix in HTML:
        drafts, title = read_html(raw)
    else:
        drafts, pages = _read_text(raw)
        title = _title(raw, drafts, fallback=doc_id)
    reading = assemble(raw, drafts)
    return Document(
        doc_id=doc_id,
        title=title or name.stem.replace("_", " ").strip() or doc_id,
        text=reading.text,
        language=main_language(reading.text),
        source=source,
        sha256=sha256,
        pages=tuple(pages),
        blocks=reading.blocks,
        raw_map=reading.raw_map,
    )


def _read_text(raw: str) -> tuple[list[Draft], list[Page]]:
    lines = read_lines(raw)
    if is_extracted(raw, lines):
        drafts, pages = read_extracted(raw, lines)
        return in_reading_order(drafts), pages
    return read_markdown(raw), []


def _title(raw: str, drafts: list[Draft], fallback: str) -> str:
    """The outermost heading when it opens the text; else the longest line of the matter before the text.

    Title pages name journal, date, authors and title on lines of their own; those with digits are not titles.
    """
    opening: list[str] = []
    for draft in drafts:
        if draft.kind == "heading":
            if not opening or draft.level == 0:
                return draft.text(raw)
            break
        if draft.kind != "matter":
            break
        opening.append(draft.text(raw))
    without_digits = [line for line in opening if not any(char.isdigit() for char in line)]
    return max(without_digits or opening, key=len, default=fallback)
