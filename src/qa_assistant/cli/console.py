"""What all commands share: their options, the assistant they ask, and how errors and progress are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from qa_assistant.assistant import Assistant
from qa_assistant.config import Settings
from qa_assistant.errors import InputError
from qa_assistant.index import Progress as Told
from qa_assistant.requests import AskedText

SeedsOption = Annotated[
    Path | None, typer.Option("--seeds", help="Folder of the sources.  [default: seeds, or QA_SEEDS]")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index.  [default: index, or QA_INDEX]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def checked(texts: list[str]) -> list[str]:
    """`texts`, if they are text: bytes of an argument that are not UTF-8 arrive as lone surrogates."""
    try:
        return TypeAdapter(list[AskedText]).validate_python(texts)
    except ValidationError as error:
        wrong = error.errors()[0]["input"]
        raise InputError(f"{wrong!r} is not UTF-8; set the terminal to UTF-8, or use a --batch file") from error


def ready(index: Path | None) -> Assistant:
    """The assistant of the index in a folder, made first where it is missing or stale."""
    return ready_with(settings_of(index=index))


def ready_with(settings: Settings) -> Assistant:
    """The assistant of `settings`; what could not be read is complained of, and work shows its progress."""
    with progress() as told:
        return Assistant.ready(settings, told, complain)


def settings_of(**given: Any) -> Settings:
    """Settings from the environment, and over them what was given on the command line."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise InputError(f"{name} (QA_{name.upper()}) cannot be {first['input']!r}: {first['msg']}") from error


def complain(error: object) -> int:
    """Print an error in one line; 1, so that complaints can be counted."""
    errors.print("error: " + " ".join(str(error).split()), style="red", markup=False)
    return 1


@contextmanager
def progress() -> Iterator[Told]:
    """A progress bar on standard error while work is going on; nothing where that is no terminal."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def told(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield told
