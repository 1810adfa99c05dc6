"""The commands. The only place that prints and exits.

Exit codes: 0 done; 1 an error, in one line on standard error; 2 wrong usage.
"""

from __future__ import annotations

import io
import json
import os
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from qa_assistant.assistant import Assistant, as_built
from qa_assistant.cli.console import (
    IndexOption,
    JsonOption,
    SeedsOption,
    checked,
    complain,
    progress,
    ready,
    ready_with,
    settings_of,
)
from qa_assistant.cli.evaluate import eval_app
from qa_assistant.cli.facts import facts_app
from qa_assistant.cli.translations import translations_app
from qa_assistant.errors import InputError, QaAssistantError
from qa_assistant.evaluate import first_problem, raw_sources, read_json_lines, verify_answer
from qa_assistant.index import open_documents
from qa_assistant.phrases import phrases
from qa_assistant.requests import BatchLine
from qa_assistant.wire import AnswerBody, answer_body, retrieve_body

app = typer.Typer(
    help="Answers questions in Chinese, English and Korean with quotes that stand word for word in your documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(facts_app, name="facts")
app.add_typer(translations_app, name="translations")
app.add_typer(eval_app, name="eval")


@app.command(epilog="Example: qa-assistant build --seeds seeds --index index")
def build(seeds: SeedsOption = None, index: IndexOption = None) -> None:
    """Read the sources and make the index."""
    settings = settings_of(seeds=seeds, index=index)
    with progress() as told:
        result = Assistant.build(settings, told)
    made = result.manifest
    print(
        f"documents {made.documents}, passages {made.passages}, sentences {made.sentences}"
        f" -> {settings.index} (index {made.index_id}, model {made.model})"
    )
    for error in result.left_out:
        complain(error)
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
    asked, *before = checked([question or "", *(history or [])])
    answer = ready(index).ask(asked, before)
    if as_json:
        print(answer_body(answer).model_dump_json())
        return
    print(answer.text)
    if answer.suggestions:
        print(phrases(answer.language).suggested)
        for suggestion in answer.suggestions:
            print(f"- {suggestion}")
    for citation in answer.citations:
        place = " > ".join(citation.heading)
        page = f", p. {citation.page}" if citation.page is not None else ""
        span = f"{citation.quote.start}-{citation.quote.end}"
        print(f"[{citation.number}] {citation.source}{page}, {span}" + (f", {place}" if place else ""))
        if citation.quote.text not in answer.text:
            print("    " + " ".join(citation.quote.text.split()))
        if citation.translation and citation.translation not in answer.text:
            print(f"    ({citation.translation})")


@app.command(epilog='Example: qa-assistant retrieve "sister cities of Incheon" -k 3')
def retrieve(
    query: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Find passages."""
    checked([query])
    assistant = ready(index)
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
    settings = as_built(settings_of(seeds=seeds, index=index))
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

    settings = settings_of(host=host, port=port, seeds=seeds, index=index)
    assistant = ready_with(settings)

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
        complain(error)
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'input or output'}: {error.strerror or error}")
        sys.exit(1)


def _ask_batch(batch: Path, out: Path, index: Path | None) -> None:
    if out.resolve() == batch.resolve():
        raise InputError(f"{out} holds the questions; name another file with --out")
    lines = read_json_lines(batch)
    assistant = ready(index)
    failed = 0
    with out.open("w", encoding="utf-8", newline="\n") as file, progress() as told:
        for done, (number, line) in enumerate(lines):
            told("questions", done, len(lines))
            try:
                asked = BatchLine.model_validate(json.loads(line))
            except ValidationError as error:
                failed += complain(f"{batch}, line {number}: {first_problem(error)}")
                continue
            except (ValueError, RecursionError) as error:
                failed += complain(f"{batch}, line {number}: not JSON ({error}); write one JSON object a line")
                continue
            answer = assistant.ask(asked.question, asked.history)
            file.write(answer_body(answer, asked.id).model_dump_json() + "\n")
    print(f"{len(lines) - failed} answers -> {out}")
    if failed:
        raise typer.Exit(1)
