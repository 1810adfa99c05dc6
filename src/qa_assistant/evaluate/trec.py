"""Judgments and runs in the form of TREC, as `trec_eval` reads them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_assistant.errors import InputError
from qa_assistant.evaluate.lines import read_json_lines
from qa_assistant.evaluate.retrieval import STEP
from qa_assistant.wire import AnswerBody, HitBody

_QRELS: Final = ("query", "iteration", "document", "relevance")
_RUN: Final = ("query", "Q0", "document", "rank", "score", "tag")


@dataclass(frozen=True)
class TrecRun:
    """The documents found for each query with their scores, best first, and the name of the run."""

    tag: str
    found: Mapping[str, tuple[tuple[str, float], ...]]

    @property
    def rankings(self) -> dict[str, list[str]]:
        """The documents of each query in order."""
        return {query_id: [doc_id for doc_id, _ in found] for query_id, found in self.found.items()}


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """The judgments of a file: the relevance of a document to a query, by their ids.

    The second column, the iteration, is read by nobody and not kept. Raises `InputError`, which names file, line and
    field.
    """
    qrels: dict[str, dict[str, int]] = {}
    for place, (query_id, _, doc_id, relevance) in _rows(path, _QRELS):
        if not relevance.removeprefix("-").isascii() or not relevance.removeprefix("-").isdigit():
            raise InputError(f"{place}: field 'relevance': {relevance!r} is not a whole number")
        judged = qrels.setdefault(query_id, {})
        if doc_id in judged:
            raise InputError(f"{place}: {query_id!r} and {doc_id!r} were judged before; keep one judgment of a pair")
        judged[doc_id] = int(relevance)
    return qrels


def write_qrels(qrels: Mapping[str, Mapping[str, int]], path: Path) -> None:
    """Write judgments in their order. Raises `InputError` for an id with white space."""
    rows = [
        (query_id, "0", doc_id, str(relevance))
        for query_id, judged in qrels.items()
        for doc_id, relevance in judged.items()
    ]
    _write(rows, _QRELS, path)


def read_run(path: Path) -> TrecRun:
    """The run of a file, ordered as `trec_eval` does: by score, not by rank, ties by id from the last.

    Raises `InputError`, which names file, line and field.
    """
    found: dict[str, dict[str, float]] = {}
    tag = ""
    for place, (query_id, _, doc_id, rank, score, name) in _rows(path, _RUN):
        if not (rank.isascii() and rank.isdigit()):
            raise InputError(f"{place}: field 'rank': {rank!r} is not a whole number")
        own = found.setdefault(query_id, {})
        if doc_id in own:
            raise InputError(f"{place}: {doc_id!r} was found for {query_id!r} before; a run has a document once")
        own[doc_id] = _number(score, place)
        if tag and name != tag:
            raise InputError(f"{place}: field 'tag': {name!r}, and {tag!r} before; a file is one run")
        tag = name
    ordered = {
        query_id: tuple(sorted(own.items(), key=lambda one: (one[1], one[0]), reverse=True))
        for query_id, own in found.items()
    }
    return TrecRun(tag, ordered)


def write_trec_run(run: TrecRun, path: Path) -> None:
    """Write a run; scores are written so that they are read as the same numbers. Raises `InputError`."""
    rows = [
        (query_id, "Q0", doc_id, str(rank), repr(score), run.tag)
        for query_id, found in run.found.items()
        for rank, (doc_id, score) in enumerate(found, start=1)
    ]
    _write(rows, _RUN, path)


def answers_as_run(answers: Sequence[AnswerBody]) -> TrecRun:
    """The passages that answers were looked for in, as a run: queries are the ids of questions.

    Passages that a fact put first keep their place: where a score is not below the one before it, it is made so.
    """
    tags = sorted({f"qa-assistant-{answer.index_id}" for answer in answers}) or ["qa-assistant"]
    found = {str(answer.id): tuple(_falling(answer.hits)) for answer in answers}
    return TrecRun(tags[0], {question_id: hits for question_id, hits in found.items() if hits})


def _falling(hits: Sequence[HitBody]) -> Iterator[tuple[str, float]]:
    last = math.inf
    for hit in sorted(hits, key=lambda hit: hit.rank):
        last = min(hit.score, last - STEP)
        yield hit.passage_id, last


def _rows(path: Path, names: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The lines of a file, each with its place and its fields, which white space parts."""
    rows: list[tuple[str, list[str]]] = []
    for number, line in read_json_lines(path):
        place = f"{path}, line {number}"
        fields = line.split()
        if len(fields) != len(names):
            raise InputError(f"{place}: {len(fields)} fields, not {len(names)}; write {' '.join(names)}")
        rows.append((place, fields))
    if not rows:
        raise InputError(f"{path} holds no line; write {' '.join(names)} on each")
    return rows


def _write(rows: Sequence[Sequence[str]], names: Sequence[str], path: Path) -> None:
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if not value or any(char.isspace() for char in value):
                raise InputError(f"field {name!r}: {value!r} is empty or has white space, which parts the columns")
    path.write_text("".join(" ".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


def _number(text: str, place: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise InputError(f"{place}: field 'score': {text!r} is not a number")
    return number
