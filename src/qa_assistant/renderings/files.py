"""Translation memories on disk: found beside their source, read from TSV or TMX and written to either."""

from __future__ import annotations

import re
from collections import Counter
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
_EXPORT: Final = "take the segments from: qa-assistant translations export"
_line = re.compile(r"(?P<start>\d{1,9})\t(?P<end>\d{1,9})\t(?P<text>[^\t]*[^\t\s][^\t]*)", re.ASCII)


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


def read_memories(source: Path, document: Document) -> tuple[dict[Language, list[Rendering]], list[SourceError]]:
    """The renderings of `document` in the memories beside `source`, by language, and what is wrong with these.

    Of a segment that stands in two memories, TSV goes before TMX.
    """
    found: dict[Language, dict[int, Rendering]] = {}
    errors: list[SourceError] = []
    for language, path in rendering_files(source):
        try:
            own, problems = read_memory(path, document, language)
        except SourceError as error:
            errors.append(error)
            continue
        errors += problems
        for one in own:
            found.setdefault(language, {}).setdefault(one.start, one)
    return {language: [own[start] for start in sorted(own)] for language, own in found.items()}, errors


def read_memory(path: Path, document: Document, language: Language) -> tuple[list[Rendering], list[SourceError]]:
    """The renderings in `path` of segments of `document`, by their place, and an error for each that is of none.

    Raises `SourceError` for a file that cannot be read.
    """
    try:
        data = path.read_bytes()
        if path.suffix.lower() == TMX:
            found, problems = _placed(read_tmx(data, path, document.language, language), document)
        else:
            found, problems = _read_lines(data.decode("utf-8-sig"), document)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SourceError(str(path), f"line {line}: not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
    return found, [SourceError(str(path), problem) for problem in problems]


def write_memory(path: Path, document: Document, language: Language, renderings: Sequence[Rendering]) -> None:
    """Write every segment of `document` that has a rendering, to TSV or TMX by the ending of `path`.

    TMX holds the segments that lack one too, for a translator to fill in. Raises `SourceError` for a segment that XML
    cannot hold.
    """
    known = {(one.start, one.end): _plain(one.text) for one in renderings}
    if path.suffix.lower() == TMX:
        wanted = sorted({*known, *missing(document, language, renderings)})
        pairs = [(document.text[start:end], known.get((start, end), "")) for start, end in wanted]
        write_tmx(path, document.language, language, pairs)
        return
    lines = [f"{start}\t{end}\t{known[start, end]}\n" for start, end in segments(document) if known.get((start, end))]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def summary(errors: Sequence[SourceError]) -> list[SourceError]:
    """The first of `errors` of each file, with the number of the others."""
    counts = Counter(error.path for error in errors)
    first: dict[str, SourceError] = {}
    for error in errors:
        others = counts[error.path] - 1
        problem = str(error).removeprefix(f"{error.path}: ") + f" (and {others} more: qa-assistant translations check)"
        first.setdefault(error.path, SourceError(error.path, problem) if others else error)
    return list(first.values())


def _read_lines(text: str, document: Document) -> tuple[list[Rendering], list[str]]:
    known = set(segments(document))
    found: dict[tuple[int, int], Rendering] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _line.fullmatch(line)
        if match is None:
            problems.append(f"line {number}: not start, end and rendering; write these with tabs between them")
            continue
        span = (int(match["start"]), int(match["end"]))
        if span not in known:
            problems.append(f"line {number}: {span[0]}-{span[1]} is no segment of the source; {_EXPORT}")
        elif span in found:
            problems.append(f"line {number}: {span[0]}-{span[1]} was there before; take one of the two out")
        else:
            found[span] = Rendering(doc_id=document.doc_id, start=span[0], end=span[1], text=_plain(match["text"]))
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
            problems.append(
                f"unit {number}: {source[:30]!r} is no segment of the source, or was there before; {_EXPORT}"
            )
            continue
        start, end = free.pop(0)
        found.append(Rendering(doc_id=document.doc_id, start=start, end=end, text=_plain(rendering)))
    return sorted(found, key=lambda one: one.start), problems


def _plain(text: str) -> str:
    return " ".join(text.split())


def _key(text: str) -> str:
    """Tools change white space."""
    return "".join(text.split())
