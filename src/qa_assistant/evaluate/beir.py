"""Retrieval sets in the form of BEIR (Thakur et al. 2021): a corpus, queries, and which document answers which.

A set that is damaged is refused whole, at its first damaged line: figures of a part of it could not be compared with
those of others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from qa_assistant.errors import InputError
from qa_assistant.evaluate.lines import first_problem, read_json_lines

CORPUS: Final = "corpus.jsonl"
QUERIES: Final = "queries.jsonl"
QRELS: Final = "qrels/test.tsv"
HEADER: Final = ("query-id", "corpus-id", "score")

_digits = re.compile(r"-?[0-9]{1,9}")


def _without_spaces(text: str) -> str:
    if not text or any(char.isspace() for char in text):
        raise PydanticCustomError(
            "id",
            "An id is needed without white space, which parts the columns of a TREC run, not {given}",
            {"given": repr(text)},
        )
    return text


SetId = Annotated[str, AfterValidator(_without_spaces)]
"""The id of a document or query; a number is read as its digits, because qrels are text."""


class _Line(BaseModel):
    """A line of a set; what else it holds (`metadata`) is kept, in `model_extra`, and written again."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True, extra="allow")


class CorpusDocument(_Line):
    """A document of a set, as `corpus.jsonl` gives it."""

    doc_id: SetId = Field(alias="_id")
    title: str | None = None
    text: str


class SetQuery(_Line):
    """A query of a set, as `queries.jsonl` gives it."""

    query_id: SetId = Field(alias="_id")
    text: str = Field(min_length=1)


@dataclass(frozen=True)
class RetrievalSet:
    """Documents, queries, and `qrels`: the relevance of the judged documents of a query, by their ids.

    Every id in `qrels` is one of the documents or queries; queries without judgments are not among its keys.
    """

    documents: tuple[CorpusDocument, ...]
    queries: tuple[SetQuery, ...]
    qrels: Mapping[str, Mapping[str, int]]

    @property
    def judged_queries(self) -> list[SetQuery]:
        """The queries that can be measured, in order."""
        return [query for query in self.queries if query.query_id in self.qrels]

    @property
    def judgments(self) -> int:
        """How many pairs of a query and a document are judged."""
        return sum(map(len, self.qrels.values()))


def read_beir(folder: Path) -> RetrievalSet:
    """The set in `folder`: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`.

    Raises `InputError`, which names file, line and field, for a file that is missing, a line that cannot be used, an
    id that was there before, and an id in the qrels that is nowhere else.
    """
    documents = _read_lines(folder / CORPUS, CorpusDocument)
    queries = _read_lines(folder / QUERIES, SetQuery)
    qrels = _read_qrels(folder / QRELS, queries.keys(), documents.keys())
    return RetrievalSet(tuple(documents.values()), tuple(queries.values()), qrels)


def judged_by(folder: Path, qrels: Mapping[str, Mapping[str, int]], source: Path) -> RetrievalSet:
    """The set of the corpus and the queries in `folder` with the judgments of another file, `source`.

    Raises `InputError` as `read_beir` does, and for an id that the set does not have.
    """
    documents = _read_lines(folder / CORPUS, CorpusDocument)
    queries = _read_lines(folder / QUERIES, SetQuery)
    for query_id, judged in qrels.items():
        if query_id not in queries:
            raise InputError(f"{source}: field 'query': {query_id!r} is not in {folder / QUERIES}")
        for doc_id in judged:
            if doc_id not in documents:
                raise InputError(f"{source}: field 'document': {doc_id!r} is not in {folder / CORPUS}")
    return RetrievalSet(tuple(documents.values()), tuple(queries.values()), qrels)


def write_beir(given: RetrievalSet, folder: Path) -> None:
    """Write the three files of a set to `folder`, over those that are there. The same set gives the same bytes."""
    (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / CORPUS, given.documents)
    _write_lines(folder / QUERIES, given.queries)
    judgments = [
        f"{query.query_id}\t{doc_id}\t{relevance}\n"
        for query in given.judged_queries
        for doc_id, relevance in sorted(given.qrels[query.query_id].items())
    ]
    (folder / QRELS).write_text("\t".join(HEADER) + "\n" + "".join(judgments), encoding="utf-8", newline="\n")


_Read = TypeVar("_Read", CorpusDocument, SetQuery)


def _read_lines(path: Path, form: type[_Read]) -> dict[str, _Read]:
    found: dict[str, _Read] = {}
    for number, line in read_json_lines(path):
        try:
            read = form.model_validate_json(line)
        except ValidationError as error:
            raise InputError(f"{path}, line {number}: {first_problem(error)}") from error
        own_id = read.doc_id if isinstance(read, CorpusDocument) else read.query_id
        if own_id in found:
            raise InputError(f"{path}, line {number}: field '_id': {own_id!r} was there before; give each its own")
        found[own_id] = read
    if not found:
        raise InputError(f"{path} holds no line; put one JSON object a line in it")
    return found


def _write_lines(path: Path, lines: Iterable[_Line]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line.model_dump(by_alias=True), ensure_ascii=False) + "\n")


def _read_qrels(path: Path, query_ids: Iterable[str], doc_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    known = dict(zip(HEADER, ((set(query_ids), QUERIES), (set(doc_ids), CORPUS)), strict=False))
    qrels: dict[str, dict[str, int]] = {}
    lines = [(number, line.rstrip("\r").split("\t")) for number, line in read_json_lines(path)]
    if not lines or _whole_number(lines[0][1][-1]) is not None:
        raise InputError(f"{path}, line 1: no header; begin the file with {' '.join(HEADER)}, a tab between each two")
    for number, fields in lines[1:]:
        place = f"{path}, line {number}"
        if len(fields) != len(HEADER):
            raise InputError(
                f"{place}: {len(fields)} fields, not {len(HEADER)}; write {' '.join(HEADER)}, tabs between"
            )
        query_id, doc_id, score = fields
        for name, value in zip(HEADER, (query_id, doc_id), strict=False):
            ids, file = known[name]
            if value not in ids:
                raise InputError(f"{place}: field {name!r}: {value!r} is not in {file}")
        relevance = _whole_number(score)
        if relevance is None:
            raise InputError(f"{place}: field 'score': {score!r} is not a whole number")
        if doc_id in qrels.setdefault(query_id, {}):
            raise InputError(f"{place}: {query_id!r} and {doc_id!r} were judged before; keep one judgment of a pair")
        qrels[query_id][doc_id] = relevance
    if not qrels:
        raise InputError(f"{path} holds no judgment; put one a line below the header")
    return qrels


def _whole_number(text: str) -> int | None:
    return int(text) if _digits.fullmatch(text) else None
