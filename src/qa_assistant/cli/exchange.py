"""The commands that exchange gold questions and retrieval sets with other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from qa_assistant.cli.console import SeedsOption, complain, settings_of
from qa_assistant.cli.gold import GoldOption, documents_of
from qa_assistant.errors import InputError
from qa_assistant.evaluate import first_problem, read_gold, read_json_lines, squad_set, write_beir
from qa_assistant.evaluate.beir import QRELS, judged_by, read_beir
from qa_assistant.evaluate.beir_gold import beir_gold, gold_as_beir, gold_qrels
from qa_assistant.evaluate.gold_file import write_gold
from qa_assistant.evaluate.ragas import gold_as_ragas, ragas_gold, write_ragas
from qa_assistant.evaluate.squad_gold import squad_gold, write_squad
from qa_assistant.evaluate.trec import answers_as_run, read_qrels, read_run, write_qrels, write_trec_run
from qa_assistant.metrics import ranking_metrics
from qa_assistant.passages import cut_passages
from qa_assistant.records import Document, GoldQuestion
from qa_assistant.sources import read_raw
from qa_assistant.wire import AnswerBody

exchange_app = typer.Typer()
"""Its commands are those of `eval`."""

Repeated = list[Path] | None
_WAYS: Final = "give --squad, --qrels or --run with --beir, or one of --squad, --beir and --ragas with --gold"


@exchange_app.command(
    "import", epilog="Example: qa-assistant eval import --squad dev.zh.json --questions dev.en.json --beir sets/en-zh"
)
def import_set(
    squad: Annotated[
        Repeated,
        typer.Option("--squad", help="File in the form of SQuAD, gzip or not: paragraphs and questions; repeatable."),
    ] = None,
    beir: Annotated[
        Path | None, typer.Option("--beir", help="Folder of a set: corpus.jsonl, queries.jsonl, qrels/test.tsv.")
    ] = None,
    ragas: Annotated[Path | None, typer.Option("--ragas", help="File of ragas samples, a JSON object a line.")] = None,
    qrels: Annotated[Path | None, typer.Option("--qrels", help="File of judgments in the form of TREC.")] = None,
    run: Annotated[Path | None, typer.Option("--run", help="File of documents found, in the form of TREC.")] = None,
    gold: Annotated[Path | None, typer.Option("--gold", help="Write gold questions to this file.")] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", help="New folder for the paragraphs that gold questions quote.")
    ] = None,
    corpus: Annotated[
        Repeated,
        typer.Option("--corpus", help="File of further paragraphs to search, without their questions; repeatable."),
    ] = None,
    questions: Annotated[
        Repeated,
        typer.Option("--questions", help="Ask the questions of this file, which have the same ids; repeatable."),
    ] = None,
    titles: Annotated[
        bool,
        typer.Option("--titles/--no-titles", help="Keep the titles; those of XQuAD are English in all its languages."),
    ] = True,
) -> None:
    """Make a retrieval set, or gold questions with their sources, of the files of other programs.

    --squad FILE --beir DIR writes a set for eval retrieval; --questions FILE asks the questions as another file words
    them, say in another language. --qrels FILE --beir DIR takes the judgments of a TREC collection into a set, --run
    FILE --beir DIR measures a run that another program made. With --gold FILE, --squad, --beir or --ragas becomes
    gold questions, and their paragraphs sources in --sources DIR.
    """
    if gold is not None:
        _refuse(("--qrels", qrels), ("--run", run), ("--corpus", corpus), ("--questions", questions))
        _import_gold(squad or [], beir, ragas, gold, sources)
        return
    _refuse(("--ragas", ragas), ("--sources", sources))
    if beir is None or sum(map(bool, (squad, qrels, run))) != 1:
        raise typer.BadParameter(_WAYS)
    if squad:
        made = squad_set(squad, corpus or (), questions or (), titles=titles)
        write_beir(made, beir)
        print(f"documents {len(made.documents)}, queries {len(made.queries)}, judgments {made.judgments} -> {beir}")
        return
    _refuse(("--corpus", corpus), ("--questions", questions))
    if qrels is not None:
        made = judged_by(beir, read_qrels(qrels), qrels)
        write_beir(made, beir)
        print(f"judgments {made.judgments} -> {beir / QRELS}")
    elif run is not None:
        _measure(run, beir)


@exchange_app.command(epilog="Example: qa-assistant eval export --gold eval/gold.jsonl --squad gold.json")
def export(
    gold: GoldOption = Path("eval/gold.jsonl"),
    seeds: SeedsOption = None,
    beir: Annotated[
        Path | None, typer.Option("--beir", help="Folder for a set: the passages of the sources, queries, judgments.")
    ] = None,
    squad: Annotated[Path | None, typer.Option("--squad", help="File for the form of SQuAD 2.0.")] = None,
    ragas: Annotated[Path | None, typer.Option("--ragas", help="File for ragas samples.")] = None,
    qrels: Annotated[Path | None, typer.Option("--qrels", help="File for judgments in the form of TREC.")] = None,
    run: Annotated[Path | None, typer.Option("--run", help="File for the passages of --answers, as TREC.")] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="File of answers, as ask --batch writes it, for --ragas and --run.")
    ] = None,
) -> None:
    """Write gold questions in the forms of other programs; eval import reads them back as they were."""
    if not any((beir, squad, ragas, qrels, run)):
        raise typer.BadParameter("give --beir, --squad, --ragas, --qrels or --run, one or several")
    if run is not None and answers is None:
        raise typer.BadParameter("--run needs --answers")
    asked, errors = read_gold(gold)
    for error in errors:
        complain(error)
    documents = documents_of(seeds)
    settings = settings_of(seeds=seeds)
    given = _read_answers(answers) if answers is not None else []
    if beir is not None:
        write_beir(gold_as_beir(asked, documents, settings.passage_length), beir)
    if squad is not None:
        raws = {document.source: read_raw(settings.seeds / document.source)[0] for document in documents}
        write_squad(asked, documents, raws, squad)
    if ragas is not None:
        write_ragas(gold_as_ragas(asked, documents, {str(one.id): one for one in given}), ragas)
    if qrels is not None:
        write_qrels(_qrels(asked, documents, settings.passage_length), qrels)
    if run is not None:
        write_trec_run(answers_as_run(given), run)
    print(f"{len(asked)} questions -> {', '.join(str(path) for path in (beir, squad, ragas, qrels, run) if path)}")
    if errors:
        raise typer.Exit(1)


def _refuse(*given: tuple[str, object]) -> None:
    wrong = [name for name, value in given if value]
    if wrong:
        raise typer.BadParameter(f"{', '.join(wrong)} does not go with the rest; {_WAYS}")


def _import_gold(squad: list[Path], beir: Path | None, ragas: Path | None, gold: Path, sources: Path | None) -> None:
    if len(squad) + (beir is not None) + (ragas is not None) != 1:
        raise typer.BadParameter(_WAYS)
    errors: list[InputError] = []
    if squad:
        made, errors = squad_gold(squad[0], sources)
    elif beir is not None:
        made = beir_gold(beir, sources)
    elif ragas is not None:
        made = ragas_gold(ragas, sources)
    for error in errors:
        complain(error)
    write_gold(made, gold)
    print(f"{len(made)} questions -> {gold}")
    if errors:
        raise typer.Exit(1)


def _measure(path: Path, beir: Path) -> None:
    given, run = read_beir(beir), read_run(path)
    known = {query.query_id for query in given.queries}
    for query_id in run.found:
        if query_id not in known:
            raise InputError(f"{path}: field 'query': {query_id!r} is no query of {beir}")
    print(f"run {run.tag}: {len(run.found)} queries of {len(given.judged_queries)} with judgments")
    for name, value in ranking_metrics(run.rankings, given.qrels).items():
        print(f"{name:24} {value:.4f}")


def _qrels(gold: list[GoldQuestion], documents: list[Document], length: int) -> dict[str, dict[str, int]]:
    return gold_qrels(gold, [passage for document in documents for passage in cut_passages(document, length)])


def _read_answers(path: Path) -> list[AnswerBody]:
    answers: list[AnswerBody] = []
    for number, line in read_json_lines(path):
        try:
            answers.append(AnswerBody.model_validate_json(line))
        except ValidationError as error:
            raise InputError(f"{path}, line {number}: {first_problem(error)}") from error
    return answers
