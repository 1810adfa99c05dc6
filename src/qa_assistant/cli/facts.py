"""The commands that show what was read out of the sources: facts, tables, and where they disagree."""

from __future__ import annotations

from typing import Final

import typer

from qa_assistant.assistant import Assistant
from qa_assistant.cli.console import IndexOption, JsonOption, ready
from qa_assistant.facts.check import Side
from qa_assistant.records import Fact, Quote
from qa_assistant.wire import conflict_body, listed_fact_body

_CLOSE: Final = 40
"""Characters between two quotes that are shown as one."""

facts_app = typer.Typer(
    help="Show the facts in the sources, their tables, and where they disagree.",
    no_args_is_help=True,
    epilog="Example: qa-assistant facts check",
)


@facts_app.command("list", epilog="Example: qa-assistant facts list --json")
def list_facts(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Print every fact with its quotes, a line each."""
    assistant = ready(index)
    for relation, fact in assistant.facts():
        print(listed_fact_body(relation, fact).model_dump_json() if as_json else _line(fact, assistant))


@facts_app.command(epilog="Example: qa-assistant facts tables")
def tables(index: IndexOption = None) -> None:
    """Print the tables that questions can ask for: title, place, columns, and how many rows."""
    store = ready(index).index.facts
    for number, relation in enumerate(store.relations):
        titles = " / ".join(dict.fromkeys((relation.title.label("zh"), relation.title.label("en"))))
        columns = ", ".join(column.words.label("zh") or column.column_id for column in relation.columns)
        place = f", {relation.where}" if relation.where else ""
        print(f"{relation.relation_id}{place}: {titles} | {columns} | {len(store.all_rows(number))} rows")


@facts_app.command(epilog="Example: qa-assistant facts check")
def check(as_json: JsonOption = False, index: IndexOption = None) -> None:
    """Say where the sources disagree with themselves, with the quotes of both sides."""
    assistant = ready(index)
    conflicts = assistant.check()
    if as_json:
        for conflict in conflicts:
            print(conflict_body(conflict).model_dump_json())
        return
    for number, conflict in enumerate(conflicts, start=1):
        heading = "contradiction" if conflict.certain else "apparent contradiction"
        print(f"{number}. {heading}: {' / '.join(dict.fromkeys(conflict.about.values()))}")
        for side in conflict.sides:
            _print_side(side, assistant)
        for note in conflict.note.values():
            print(f"   note: {note}")
    certain = sum(conflict.certain for conflict in conflicts)
    print(f"{len(conflicts)} conflicts, {certain} of them certain")


def _print_side(side: Side, assistant: Assistant) -> None:
    print(f"   {side.text}")
    for quote in _near_joined(side.quotes, assistant):
        print(f"      {_shown(quote, assistant)}")


def _line(fact: Fact, assistant: Assistant) -> str:
    unit = f" {fact.unit}" if fact.unit and fact.unit not in fact.text else ""
    held = "".join(f", {name} {value}" for name, value in fact.qualifiers.items())
    quotes = "; ".join(_shown(quote, assistant) for quote in fact.quotes)
    return " ".join(f"{fact.subject}: {fact.predicate} = {fact.text}{unit}{held} | {quotes}".split())


def _shown(quote: Quote, assistant: Assistant) -> str:
    source = assistant.document(quote.doc_id).source
    return f'{source}, {quote.start}-{quote.end} "{" ".join(quote.text.split())}"'


def _near_joined(quotes: tuple[Quote, ...], assistant: Assistant) -> list[Quote]:
    """Quotes in the order of the text, those of one line that are close to each other put together for reading."""
    joined: list[Quote] = []
    for quote in sorted(quotes, key=lambda one: (one.doc_id, one.start, one.end)):
        last = joined[-1] if joined else None
        if last is not None and last.doc_id == quote.doc_id:
            document = assistant.document(quote.doc_id)
            between = document.text[last.end : quote.start]
            if len(between) <= _CLOSE and "\n" not in between:
                joined[-1] = document.quote(last.start, max(last.end, quote.end))
                continue
        joined.append(quote)
    return joined
