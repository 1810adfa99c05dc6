"""The commands for translation memories: check them, and take them to translators' tools and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, get_args

import typer

from qa_assistant.cli.console import JsonOption, SeedsOption, complain, settings_of
from qa_assistant.errors import InputError, SourceError
from qa_assistant.names import Names
from qa_assistant.records import Document, Language
from qa_assistant.renderings import (
    MemoryFault,
    check_memories,
    memory_path,
    missing,
    read_memories,
    read_memory,
    rendering_files,
    write_memory,
)
from qa_assistant.sources import NAMES, find_sources, read_document

MEMORIES: Final = (".tmx", ".tsv")
_SHOWN: Final = 60
"""Characters of a segment that are shown."""

SourceArgument = Annotated[Path, typer.Argument(help="The source that the memory renders.")]
LanguageOption = Annotated[str, typer.Option("--to", help="Language of the renderings: zh, en or ko.")]

translations_app = typer.Typer(
    help="Check what the sources say in another language, and exchange it with translators' tools.",
    no_args_is_help=True,
    epilog="Example: qa-assistant translations check",
)


@translations_app.command(epilog="Example: qa-assistant translations check --seeds seeds")
def check(as_json: JsonOption = False, seeds: SeedsOption = None) -> None:
    """Say which segments have no rendering, and where numbers and names do not agree; exit 1 if any."""
    folder = settings_of(seeds=seeds).seeds
    names = Names.load([folder / NAMES] if (folder / NAMES).is_file() else [])
    memories = faults = 0
    for path in find_sources(folder):
        own = len(rendering_files(path))
        memories += own
        if own:
            try:
                found = check_memories(path, _document(path, path.relative_to(folder).as_posix()), names)
            except SourceError as error:
                found = [MemoryFault(source=str(path), kind="unread", text=str(error))]
            faults += len(found)
            for fault in found:
                print(fault.model_dump_json() if as_json else _line(fault))
    if not as_json:
        print(f"{memories} translation memories, {faults} faults")
    if faults:
        raise typer.Exit(1)


@translations_app.command(epilog="Example: qa-assistant translations export seeds/report.txt --to en --out report.tmx")
def export(
    source: SourceArgument,
    out: Annotated[Path, typer.Option("--out", help="File to write, .tmx or .tsv.")],
    to: LanguageOption = "en",
) -> None:
    """Write the segments of a source with their renderings: as TMX, with those still to be translated, or as TSV."""
    language = _language(to)
    if out.suffix.lower() not in MEMORIES:
        raise InputError(f"{out} ends neither in .tmx nor in .tsv; name a file that does")
    if out.resolve() == source.resolve():
        raise InputError(f"{out} is the source; name another file with --out")
    document = _document(source, source.name)
    memories, errors = read_memories(source, document)
    for error in errors:
        complain(error)
    renderings = memories.get(language, [])
    write_memory(out, document, language, renderings)
    print(f"{len(renderings)} renderings, {len(missing(document, language, renderings))} missing -> {out}")
    if errors:
        raise typer.Exit(1)


@translations_app.command("import", epilog="Example: qa-assistant translations import report.tmx seeds/report.txt")
def import_memory(
    memory: Annotated[Path, typer.Argument(help="The file of renderings, .tmx or .tsv.")],
    source: SourceArgument,
    to: LanguageOption = "en",
    force: Annotated[bool, typer.Option("--force", help="Overwrite the memory that is there.")] = False,
) -> None:
    """Write the renderings of a file beside their source, as NAME.en.tsv; name the units that are of no segment."""
    language = _language(to)
    out = memory_path(source, language)
    if out.exists() and not force:
        raise InputError(f"{out} is there already; take --force to overwrite it")
    document = _document(source, source.name)
    renderings, errors = read_memory(memory, document, language)
    for error in errors:
        complain(error)
    if not renderings:
        raise InputError(f"{memory} has no rendering in {language!r} of a segment of {source}; nothing was written")
    write_memory(out, document, language, renderings)
    print(f"{len(renderings)} renderings, {len(missing(document, language, renderings))} missing -> {out}")
    if errors:
        raise typer.Exit(1)


def _document(path: Path, name: str) -> Document:
    return read_document(path, path.stem, name)


def _language(name: str) -> Language:
    for language in get_args(Language):
        if name == language:
            return language  # type: ignore[no-any-return]
    raise typer.BadParameter(f"{name!r} is none of {', '.join(get_args(Language))}")


def _line(fault: MemoryFault) -> str:
    place = f"{fault.source}, {fault.start}-{fault.end}"
    text = " ".join(fault.text.split())
    if fault.kind == "unread":
        return text
    if fault.kind == "missing":
        return f"{place}: no rendering in {fault.language}: {text[:_SHOWN]}"
    return f"{place}: the {fault.kind} {text} stands in the {fault.side} only"
