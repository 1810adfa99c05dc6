"""Translation memories on disk: found beside their source, read from TSV or TMX and written to either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args

from qa_assistant.errors import SourceError
from qa_assistant.passages import segments
from qa_assistant.records import Document, Language, Rendering
from qa_assistant.renderings.memory import missing
from qa_assistant.renderings.tmx import Pair, read_tmx, write_tmx
from qa_assistant.sources import memory_suffixes

TMX: Final = ".tmx"


def memory_path(source: Path, language: Language) -> Path:
    """Where the memory of a source in `language` stands as TSV."""
    return source.with_name(f"{source.stem}.{language}.tsv")


def rendering_files(source: Path) -> list[tuple[Language, Path]]:
    """The memories beside `source`, each with its language."""
    return [
        (language, path)
        for language in get_args(Language)
        for suffix in memory_suffixes(language)
        if (path := source.with_name(source.stem + suffix)).is_file()
    ]


def read_memory(path: Path, document: Document) -> tuple[list[Rendering], list[SourceError]]:
    """The renderings in `path` of segments of `document`, by their place, and an error for what is none.

    Raises `SourceError` for a file that cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"cannot be read ({error}); save it as UTF-8 or remove it") from error
    if path.suffix.lower() == TMX:
        found, problems = _placed(read_tmx(text, path), document)
    else:
        found, problems = _read_lines(text, document)
    if not problems:
        return found, []
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    remedy = "; run: qa-assistant translations export"
    return found, [SourceError(str(path), problems[0] + more + remedy)]


def write_memory(path: Path, document: Document, language: Language, renderings: Sequence[Rendering]) -> None:
    """Write every segment of `document` that has a rendering, to TSV or TMX by the ending of `path`.

    TMX holds the segments that lack one too, for a translator to fill in. Raises `SourceError` for a segment that XML
    cannot hold.
    """
    known = {(one.start, one.end): one.text for one in renderings}
    if path.suffix.lower() == TMX:
        wanted = sorted({*known, *missing(document, language, renderings)})
        pairs = [(document.text[start:end], known.get((start, end), "")) for start, end in wanted]
        write_tmx(path, document.language, language, pairs)
        return
    lines = [f"{start}\t{end}\t{known[start, end]}\n" for start, end in segments(document) if known.get((start, end))]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def _read_lines(text: str, document: Document) -> tuple[list[Rendering], list[str]]:
    known = set(segments(document))
    found: dict[tuple[int, int], Rendering] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3 or not fields[0].isdecimal() or not fields[1].isdecimal() or not fields[2].strip():
            problems.append(f"line {number}: not start, end and rendering, with tabs between them")
            continue
        span = (int(fields[0]), int(fields[1]))
        if span not in known:
            problems.append(f"line {number}: {span[0]}-{span[1]} is no segment of the source")
        elif span in found:
            problems.append(f"line {number}: {span[0]}-{span[1]} was there before")
        else:
            found[span] = Rendering(doc_id=document.doc_id, start=span[0], end=span[1], text=fields[2].strip())
    return [found[span] for span in sorted(found)], problems


def _placed(pairs: Sequence[Pair], document: Document) -> tuple[list[Rendering], list[str]]:
    """Each pair at the next segment with its text, or at the first one where it stands out of order."""
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end in segments(document):
        places.setdefault(_key(document.text[start:end]), []).append((start, end))
    found: list[Rendering] = []
    problems: list[str] = []
    for number, (source, rendering) in enumerate(pairs, start=1):
        if not rendering.strip():
            continue
        free = places.get(_key(source), [])
        if not free:
            problems.append(f"unit {number}: {source[:30]!r} is no segment of the source, or was there before")
            continue
        start, end = free.pop(0)
        found.append(Rendering(doc_id=document.doc_id, start=start, end=end, text=" ".join(rendering.split())))
    return sorted(found, key=lambda one: one.start), problems


def _key(text: str) -> str:
    """Tools change white space."""
    return "".join(text.split())
