"""The commands on gold files: check them, and exchange them with other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa_assistant.assistant import read_sources
from qa_assistant.cli.console import JsonOption, SeedsOption, complain, settings_of
from qa_assistant.evaluate.balance import Balance, Part
from qa_assistant.evaluate.check import check_gold
from qa_assistant.evaluate.findings import count
from qa_assistant.records import Document

gold_app = typer.Typer()
"""Its commands are those of `eval`."""

GoldOption = Annotated[Path, typer.Option("--gold", help="File of gold questions.")]
_NAME = 60


@gold_app.command(epilog="Example: qa-assistant eval check --gold eval/gold.jsonl")
def check(gold: GoldOption = Path("eval/gold.jsonl"), seeds: SeedsOption = None, as_json: JsonOption = False) -> None:
    """Check gold questions against the sources, and print how they are spread; exit 1 for errors.

    Warnings are for a person to look at: what is computed stands in no evidence, and a year stands in many sentences.
    """
    found = check_gold(gold, documents_of(seeds))
    errors, warnings = count(found.findings, "error"), count(found.findings, "warning")
    if as_json:
        print(found.model_dump_json())
    else:
        for finding in found.findings:
            print(f"{finding.level}: {finding}")
        _print_balance(found.balance)
        print(f"{found.questions} questions, {errors} errors, {warnings} warnings")
    if errors:
        raise typer.Exit(1)


def documents_of(seeds: Path | None) -> list[Document]:
    """The documents of a folder of sources; those that cannot be read are complained of."""
    documents, left_out = read_sources(settings_of(seeds=seeds).seeds)
    for error in left_out:
        complain(error)
    return documents


def _print_balance(balance: Balance) -> None:
    for language, kinds in balance.kinds.items():
        print(f"{language}  " + "  ".join(f"{kind} {number}" for kind, number in kinds.items()))
    for doc_id, languages in balance.documents.items():
        print(f"\n{doc_id}  " + "  ".join(f"{language} {number}" for language, number in languages.items()))
        for part in balance.parts:
            if part.doc_id == doc_id:
                print(_part_line(part))


def _part_line(part: Part) -> str:
    numbers = "  ".join(f"{language} {number:3}" for language, number in part.questions.items())
    name = part.name or "(before the first heading)"
    name = name if len(name) <= _NAME else "…" + name[1 - _NAME :]
    return f"  {numbers}  {part.kind:9} {'NONE  ' if not part.total else ''}{name}"
