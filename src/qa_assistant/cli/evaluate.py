"""The commands that measure: answers against a gold set, retrieval on a set in the form of BEIR."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qa_assistant.assistant import as_built
from qa_assistant.cli.console import IndexOption, complain, progress, ready, settings_of
from qa_assistant.cli.exchange import exchange_app
from qa_assistant.cli.gold import gold_app
from qa_assistant.errors import InputError
from qa_assistant.evaluate import (
    RUN_FILE,
    Comparison,
    compare,
    configuration_of,
    evaluate,
    expected_of,
    failures,
    read_beir,
    read_expected,
    read_gold,
    read_run,
    report_of,
    run_retrieval,
    write_expected,
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
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Folder for report.html, report.json, answers.jsonl and the run itself."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Report folder or run.jsonl of a run to compare with.")
    ] = None,
    expect: Annotated[
        Path | None, typer.Option("--expect", help="File of expected figures; exit 1 where one is not held.")
    ] = None,
    to_expect: Annotated[
        Path | None, typer.Option("--write-expected", help="File to write the figures to, as expected from now on.")
    ] = None,
    index: IndexOption = None,
) -> None:
    """Ask every gold question and print what share was answered right, with which evidence.

    A run that was cut off goes on where it was when it is given the same --report again.
    """
    if context.invoked_subcommand is not None:
        _refuse_options(context)
        return
    questions, errors = read_gold(gold)
    for error in errors:
        complain(error)
    if not questions:
        raise InputError(f"{gold} holds no question that can be used")
    # Before the work that takes minutes, not after it.
    before = read_run(baseline) if baseline is not None else None
    expected = read_expected(expect) if expect is not None else None
    assistant = ready(index)
    run = report / RUN_FILE if report is not None else None
    with progress() as told:
        result = evaluate(
            assistant,
            questions,
            lambda done, total: told("questions", done, total),
            configuration_of(as_built(settings_of(index=index))),
            run,
        )
    print(f"{len(questions)} questions, index {result.index_id}, run {result.run_id}")
    _print_metrics(result.metrics)
    comparison = None
    if before is not None:
        old = report_of(*before, questions, assistant.index.documents)
        comparison = compare(result.per_question, old.per_question, old.run_id)
        _print_comparison(comparison)
    failed = failures(result, expected) if expected is not None else []
    for failure in failed:
        complain(failure)
    if to_expect is not None:
        write_expected(expected_of(result), to_expect)
        print(f"expected figures in {to_expect}")
    if report is not None:
        answered = read_run(report)[1]
        write_report(result, report, questions, assistant.index.documents, answered, comparison)
        print(f"report in {report}")
    if errors or failed:
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


def _refuse_options(context: typer.Context) -> None:
    """An option of `eval` before a further command would be passed over in silence."""
    for name in context.params:
        source = context.get_parameter_source(name)
        if source is not None and source.name != "DEFAULT":
            option = "write-expected" if name == "to_expect" else name
            raise typer.BadParameter(f"--{option} does not go with eval {context.invoked_subcommand}")


def _print_metrics(metrics: dict[str, float]) -> None:
    for name, value in metrics.items():
        print(f"{name:24} {value:.4f}")


def _print_comparison(comparison: Comparison) -> None:
    print(f"\nagainst run {comparison.baseline_id}, {comparison.questions} questions in both")
    for name, difference in comparison.differences.items():
        change = f"{difference.change:+.4f} [{difference.low:+.4f}, {difference.high:+.4f}]"
        print(f"{name:24} {difference.value:.4f} was {difference.baseline:.4f}  {change}")
    print(f"won  {len(comparison.won):3} {' '.join(comparison.won)}".rstrip())
    print(f"lost {len(comparison.lost):3} {' '.join(comparison.lost)}".rstrip())
    p = f"= {comparison.p_value:.4f}" if comparison.p_value >= 0.0001 else "< 0.0001"
    print(f"McNemar's exact test: p {p}")
