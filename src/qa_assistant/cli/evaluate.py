"""The commands that measure: answers against a gold set, retrieval on a set in the form of BEIR."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa_assistant.cli.console import IndexOption, complain, progress, ready, settings_of
from qa_assistant.cli.exchange import exchange_app
from qa_assistant.cli.gold import gold_app
from qa_assistant.errors import InputError
from qa_assistant.evaluate import (
    evaluate,
    read_beir,
    read_gold,
    run_retrieval,
    write_report,
    write_run,
)

eval_app = typer.Typer(
    help="Measure answers against a gold set; with a further command, measure retrieval.", invoke_without_command=True
)

eval_app.add_typer(gold_app)
eval_app.add_typer(exchange_app)

BeirOption = Annotated[
    Path, typer.Option("--beir", help="Folder of a set: corpus.jsonl, queries.jsonl, qrels/test.tsv.")
]


@eval_app.callback(epilog="Example: qa-assistant eval --gold eval/gold.jsonl --report reports/today")
def measure(
    context: typer.Context,
    gold: Annotated[Path, typer.Option("--gold", help="File of gold questions.")] = Path("eval/gold.jsonl"),
    report: Annotated[Path | None, typer.Option("--report", help="Folder for report.json and answers.jsonl.")] = None,
    index: IndexOption = None,
) -> None:
    """Ask every gold question and print what share was answered right, with which evidence."""
    if context.invoked_subcommand is not None:
        for name in ("gold", "report", "index"):
            source = context.get_parameter_source(name)
            if source is not None and source.name != "DEFAULT":
                raise typer.BadParameter(f"--{name} does not go with eval {context.invoked_subcommand}")
        return
    questions, errors = read_gold(gold)
    for error in errors:
        complain(error)
    if not questions:
        raise InputError(f"{gold} holds no question that can be used")
    assistant = ready(index)
    with progress() as told:
        result = evaluate(assistant, questions, lambda done, total: told("questions", done, total))
    print(f"{len(questions)} questions, index {result.index_id}, run {result.run_id}")
    _print_metrics(result.metrics)
    if report is not None:
        write_report(result, report)
        print(f"report in {report}")
    if errors:
        raise typer.Exit(1)


@eval_app.command(epilog="Example: qa-assistant eval retrieval --beir sets/xquad-en-zh --run xquad-en-zh.trec")
def retrieval(
    beir: BeirOption,
    run: Annotated[Path, typer.Option("--run", help="File for the documents found, in the form of TREC.")],
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many documents a query.")] = 100,
) -> None:
    """Index the documents of a set in a temporary folder, find some for each query, and print how good they are.

    A document scores what its best passage scores. QA_MODEL and QA_RERANK_MODEL say by which models.
    """
    given = read_beir(beir)
    # Before the work that takes minutes, not after it.
    if run.is_dir() or not run.parent.is_dir():
        raise InputError(f"{run} cannot be written; name a file in a folder that is there with --run")
    with progress() as told:
        found = run_retrieval(given, settings_of(), k, told)
    write_run(found, run)
    print(f"{len(given.judged_queries)} queries, {len(given.documents)} documents, index {found.index_id} -> {run}")
    _print_metrics(found.metrics(given.qrels))


def _print_metrics(metrics: dict[str, float]) -> None:
    for name, value in metrics.items():
        print(f"{name:24} {value:.4f}")
