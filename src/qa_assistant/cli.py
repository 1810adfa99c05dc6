"""The commands. The only place that prints and exits.

Exit codes: 0 done; 1 an error, in one line on standard error; 2 wrong usage.
"""

from __future__ import annotations

import io
import json
import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from qa_assistant.assistant import Assistant, as_built
from qa_assistant.config import Settings
from qa_assistant.errors import InputError, QaAssistantError
from qa_assistant.evaluate import (
    evaluate,
    first_problem,
    raw_sources,
    read_gold,
    read_json_lines,
    verify_answer,
    write_report,
)
from qa_assistant.index import Progress as Told
from qa_assistant.index import open_documents
from qa_assistant.wire import AnswerBody, AskedText, BatchLine, answer_body, retrieve_body

app = typer.Typer(
    help="Answers questions about your documents in Chinese and English, with quotes that stand word for word in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
eval_app = typer.Typer(help="Measure answers against a gold set.", invoke_without_command=True)
app.add_typer(eval_app, name="eval")

SeedsOption = Annotated[
    Path | None, typer.Option("--seeds", help="Folder of the sources.  [default: seeds, or QA_SEEDS]")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index.  [default: index, or QA_INDEX]")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_errors = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command(epilog="Example: qa-assistant build --seeds seeds --index index")
def build(seeds: SeedsOption = None, index: IndexOption = None) -> None:
    """Read the sources and make the index."""
    settings = _settings(seeds=seeds, index=index)
    with _progress() as told:
        result = Assistant.build(settings, told)
    made = result.manifest
    print(
        f"documents {made.documents}, passages {made.passages}, sentences {made.sentences}"
        f" -> {settings.index} (index {made.index_id}, model {made.model})"
    )
    for error in result.left_out:
        _complain(error)
    if result.left_out:
        raise typer.Exit(1)


@app.command(epilog='Example: qa-assistant ask "仁川·威海馆是哪年建成的？"')
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese, English or Korean.")] = None,
    as_json: JsonOption = False,
    history: Annotated[
        list[str] | None, typer.Option("--history", help="A question asked before, oldest first; may be repeated.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", help='File of questions, a line each: {"id","question","history":[...]}.')
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File for the answers of --batch, a line each.")] = None,
    index: IndexOption = None,
) -> None:
    """Answer a question, or a file of them."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give a question or --batch FILE, one of the two")
    if (batch is None) != (out is None):
        raise typer.BadParameter("--batch and --out go together")
    if batch is not None and out is not None:
        _ask_batch(batch, out, index)
        return
    asked, *before = _checked([question or "", *(history or [])])
    answer = _ready(index).ask(asked, before)
    if as_json:
        print(answer_body(answer).model_dump_json())
        return
    print(answer.text)
    for citation in answer.citations:
        place = " > ".join(citation.heading)
        page = f", p. {citation.page}" if citation.page is not None else ""
        span = f"{citation.quote.start}-{citation.quote.end}"
        print(f"[{citation.number}] {citation.source}{page}, {span}" + (f", {place}" if place else ""))


@app.command(epilog='Example: qa-assistant retrieve "sister cities of Incheon" -k 3')
def retrieve(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Find passages."""
    _checked([query])
    assistant = _ready(index)
    found = retrieve_body(query, assistant.retrieve(query, k), assistant.index.documents, assistant.index.index_id)
    if as_json:
        print(found.model_dump_json())
        return
    for hit in found.hits:
        print(f"{hit.rank}. {hit.score:.3f}  {hit.source}, {hit.start}-{hit.end}  {' > '.join(hit.heading)}")
        print(f"   {hit.text}\n")


@app.command(epilog="Example: qa-assistant verify answers.jsonl")
def verify(
    answers: Annotated[Path, typer.Argument(help="File of answers, as ask --batch writes it.")],
    seeds: SeedsOption = None,
    index: IndexOption = None,
) -> None:
    """Check that every quote stands in its source; stop at the first that does not."""
    settings = as_built(_settings(seeds=seeds, index=index))
    documents = open_documents(settings.index)
    raws = raw_sources(documents.values(), settings.seeds)
    lines = read_json_lines(answers)
    quotes = 0
    for number, line in lines:
        try:
            answer = AnswerBody.model_validate_json(line)
        except ValidationError as error:
            raise InputError(f"{answers}, line {number}: {first_problem(error)}") from error
        problem = verify_answer(answer, documents, raws)
        if problem:
            raise InputError(f"{answers}, line {number}: {problem}")
        quotes += len(answer.citations)
    print(f"{len(lines)} answers, {quotes} quotes, every one stands in its source")


@eval_app.callback(epilog="Example: qa-assistant eval --gold eval/gold.jsonl --report reports/today")
def measure(
    gold: Annotated[Path, typer.Option("--gold", help="File of gold questions.")] = Path("eval/gold.jsonl"),
    report: Annotated[Path | None, typer.Option("--report", help="Folder for report.json and answers.jsonl.")] = None,
    index: IndexOption = None,
) -> None:
    """Ask every gold question and print what share was answered right, with which evidence."""
    questions, errors = read_gold(gold)
    for error in errors:
        _complain(error)
    if not questions:
        raise InputError(f"{gold} holds no question that can be used")
    assistant = _ready(index)
    with _progress() as told:
        result = evaluate(assistant, questions, lambda done, total: told("questions", done, total))
    print(f"{len(questions)} questions, index {result.index_id}, run {result.run_id}")
    for name, value in result.metrics.items():
        print(f"{name:24} {value:.4f}")
    if report is not None:
        write_report(result, report)
        print(f"report in {report}")
    if errors:
        raise typer.Exit(1)


@app.command(epilog="Example: qa-assistant serve --port 7860")
def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.  [default: 127.0.0.1]")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="Port to listen on.  [default: 7860]")
    ] = None,
    open_chat: Annotated[
        bool, typer.Option("--open", help="Open the chat in a browser where there is a desktop.")
    ] = False,
    seeds: SeedsOption = None,
    index: IndexOption = None,
) -> None:
    """Open the web chat and the HTTP API; the index is made first where it is missing or stale."""
    # Gradio takes seconds to import; the other commands do without it.
    from qa_assistant.server import serve as listen

    settings = _settings(host=host, port=port, seeds=seeds, index=index)
    assistant = _ready_with(settings)

    def started(url: str) -> None:
        print(f"chat {url}  API {url}docs", flush=True)
        if open_chat and (sys.platform in ("darwin", "win32") or os.environ.keys() & {"DISPLAY", "WAYLAND_DISPLAY"}):
            webbrowser.open(url)

    listen(assistant, settings.host, settings.port, started)


def main() -> None:
    """Run the command line: errors in one line, no traceback for what a caller can mend."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except QaAssistantError as error:
        _complain(error)
        sys.exit(1)
    except OSError as error:
        _complain(f"{error.filename or 'input or output'}: {error.strerror or error}")
        sys.exit(1)


def _ask_batch(batch: Path, out: Path, index: Path | None) -> None:
    if out.resolve() == batch.resolve():
        raise InputError(f"{out} holds the questions; name another file with --out")
    lines = read_json_lines(batch)
    assistant = _ready(index)
    failed = 0
    with out.open("w", encoding="utf-8", newline="\n") as file, _progress() as told:
        for done, (number, line) in enumerate(lines):
            told("questions", done, len(lines))
            try:
                asked = BatchLine.model_validate(json.loads(line))
            except ValidationError as error:
                failed += _complain(f"{batch}, line {number}: {first_problem(error)}")
                continue
            except (ValueError, RecursionError) as error:
                failed += _complain(f"{batch}, line {number}: not JSON ({error}); write one JSON object a line")
                continue
            answer = assistant.ask(asked.question, asked.history)
            file.write(answer_body(answer, asked.id).model_dump_json() + "\n")
    print(f"{len(lines) - failed} answers -> {out}")
    if failed:
        raise typer.Exit(1)


def _checked(texts: list[str]) -> list[str]:
    """`texts`, if they are text: bytes of an argument that are not UTF-8 arrive as lone surrogates."""
    try:
        return TypeAdapter(list[AskedText]).validate_python(texts)
    except ValidationError as error:
        wrong = error.errors()[0]["input"]
        raise InputError(f"{wrong!r} is not UTF-8; set the terminal to UTF-8, or use a --batch file") from error


def _ready(index: Path | None) -> Assistant:
    return _ready_with(_settings(index=index))


def _ready_with(settings: Settings) -> Assistant:
    with _progress() as told:
        return Assistant.ready(settings, told, _complain)


def _settings(**given: Any) -> Settings:
    """Settings from the environment, and over them what was given on the command line."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise InputError(f"{name} (QA_{name.upper()}) cannot be {first['input']!r}: {first['msg']}") from error


def _complain(error: object) -> int:
    """Print an error in one line; 1, so that complaints can be counted."""
    _errors.print("error: " + " ".join(str(error).split()), style="red", markup=False)
    return 1


@contextmanager
def _progress() -> Iterator[Told]:
    """A progress bar on standard error while work is going on; nothing where that is no terminal."""
    columns = (TextColumn("{task.description:10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_errors, transient=True, disable=not _errors.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def told(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield told


if __name__ == "__main__":
    main()
