"""Files of reading comprehension in the form of SQuAD (Rajpurkar et al. 2016) as retrieval sets.

SQuAD itself, CMRC 2018, DRCD, XQuAD and others have this form: articles of paragraphs, each with its questions. A
paragraph becomes a document, and the one that its questions are about is relevant to them.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa_assistant.errors import InputError
from qa_assistant.evaluate.beir import CorpusDocument, RetrievalSet, SetId, SetQuery
from qa_assistant.evaluate.lines import first_problem
from qa_assistant.records import GoldQuestion

_GZIP: Final = b"\x1f\x8b"


class _Part(BaseModel):
    """A part of a file; what else it holds (versions, ids of paragraphs) is not read."""

    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)


class SquadAnswer(_Part):
    """A stretch of a paragraph that answers; `answer_start` counts the paragraph's code points."""

    text: str
    answer_start: int = -1


class SquadQuestion(_Part):
    """A question; one that is impossible (SQuAD 2.0) is not answered by its paragraph.

    `gold` is the gold question that was written as this one, where there is one.
    """

    id: SetId
    question: str = Field(min_length=1)
    answers: tuple[SquadAnswer, ...] = ()
    gold: GoldQuestion | None = None
    is_impossible: bool = False


class SquadParagraph(_Part):
    """A paragraph and the questions about it."""

    context: str
    qas: tuple[SquadQuestion, ...] = ()


class SquadArticle(_Part):
    """The paragraphs of one article."""

    title: str = ""
    paragraphs: tuple[SquadParagraph, ...]


class Squad(_Part):
    """A file."""

    data: tuple[SquadArticle, ...]


def read_squad(path: Path) -> Squad:
    """The articles of a file, which may be compressed by gzip. Raises `InputError`, which names file and field."""
    data = squad_bytes(path)
    try:
        return Squad.model_validate_json(data)
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(error, whole='file')}; give a file in the form of SQuAD") from error


def squad_bytes(path: Path) -> bytes:
    """The JSON of a file, unpacked, without a byte order mark. Raises `InputError`."""
    try:
        data = path.read_bytes()
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path} is not whole ({error}); unpack or fetch it again") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its name") from error
    return data.removeprefix(b"\xef\xbb\xbf")


def squad_set(
    files: Sequence[Path], corpus: Sequence[Path] = (), questions: Sequence[Path] = (), *, titles: bool = True
) -> RetrievalSet:
    """The retrieval set of SQuAD `files`, in their order.

    A paragraph that stands in several places is one document, named by a digest of its text, under the title it has
    first. The paragraphs of `corpus` are further documents, without their questions. With `questions`, those files
    say which questions are asked and how they are worded; ids lead to the paragraphs in `files`. Impossible questions
    are left out, and so are the titles without `titles`. Raises `InputError`.
    """
    documents: dict[str, CorpusDocument] = {}
    answering: dict[str, str] = {}
    queries: dict[str, SetQuery] = {}
    for path in files:
        for article in read_squad(path).data:
            for paragraph in article.paragraphs:
                document = _add(documents, article.title if titles else "", paragraph)
                for question in _answerable(paragraph):
                    _add_query(queries, question, path)
                    answering[question.id] = document.doc_id
    for path in corpus:
        for article in read_squad(path).data:
            for paragraph in article.paragraphs:
                _add(documents, article.title if titles else "", paragraph)
    if questions:
        queries = _reworded(questions, answering)
    if not queries:
        raise InputError(f"{', '.join(map(str, questions or files))}: no question that a paragraph answers")
    return RetrievalSet(
        tuple(documents.values()), tuple(queries.values()), {one: {answering[one]: 1} for one in queries}
    )


def _add(documents: dict[str, CorpusDocument], title: str, paragraph: SquadParagraph) -> CorpusDocument:
    doc_id = hashlib.sha256(paragraph.context.encode("utf-8")).hexdigest()[:16]
    # The titles of SQuAD are addresses of articles, with underscores for spaces.
    document = CorpusDocument.model_validate(
        {"_id": doc_id, "title": title.replace("_", " "), "text": paragraph.context}
    )
    return documents.setdefault(doc_id, document)


def _answerable(paragraph: SquadParagraph) -> Iterable[SquadQuestion]:
    return (question for question in paragraph.qas if not question.is_impossible)


def _add_query(queries: dict[str, SetQuery], question: SquadQuestion, path: Path) -> None:
    if question.id in queries:
        raise InputError(f"{path}: field 'id': {question.id!r} was there before; give each question its own")
    queries[question.id] = SetQuery.model_validate({"_id": question.id, "text": question.question})


def _reworded(paths: Sequence[Path], answering: dict[str, str]) -> dict[str, SetQuery]:
    queries: dict[str, SetQuery] = {}
    for path in paths:
        for article in read_squad(path).data:
            for paragraph in article.paragraphs:
                for question in _answerable(paragraph):
                    if question.id not in answering:
                        raise InputError(
                            f"{path}: field 'id': {question.id!r} is no question of the files given with --squad;"
                            " the ids have to be the same"
                        )
                    _add_query(queries, question, path)
    return queries
