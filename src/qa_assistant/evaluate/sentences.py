"""Files of reading comprehension in the form of SQuAD as questions with the sentences that answer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_assistant.config import BUILTIN_MODEL
from qa_assistant.errors import InputError
from qa_assistant.evaluate.lines import first_problem
from qa_assistant.evaluate.squad import squad_bytes
from qa_assistant.index import Index, write_index
from qa_assistant.records import Document, Hit
from qa_assistant.retrieve import Query, Retriever
from qa_assistant.sources import parse_document

PASSAGE_LENGTH: Final = 320
LOOKED_AT: Final = 60
"""Passages found for a question among which those of its own paragraph have their scores; others have none."""


class _Part(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True, frozen=True)


class _Answer(_Part):
    text: str
    answer_start: int


class _Question(_Part):
    id: str
    question: str
    answers: tuple[_Answer, ...] = ()


class _Paragraph(_Part):
    context: str
    qas: tuple[_Question, ...] = ()


class _Article(_Part):
    paragraphs: tuple[_Paragraph, ...]


class _Squad(_Part):
    data: tuple[_Article, ...]


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question, its paragraph, and the answers that annotators marked there, as ranges of its characters."""

    question_id: str
    text: str
    doc_id: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class AnsweredSet:
    """Paragraphs as documents by id, and the questions about them."""

    paragraphs: Mapping[str, str]
    questions: tuple[AnsweredQuestion, ...]

    def asked_as(self, other: AnsweredSet) -> AnsweredSet:
        """The same questions in the words that `other` has for them, such as those of another language."""
        texts = {question.question_id: question.text for question in other.questions}
        return replace(self, questions=tuple(replace(one, text=texts[one.question_id]) for one in self.questions))


def read_answered(path: Path) -> AnsweredSet:
    """The questions of a file with their answers. Raises `InputError`.

    An answer that does not stand where its file says is taken where it stands nearest to that; one that stands nowhere
    in its paragraph is left out, and so is a question without answers.
    """
    try:
        squad = _Squad.model_validate_json(squad_bytes(path))
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(error, whole='file')}; give a file in the form of SQuAD") from error
    paragraphs: dict[str, str] = {}
    questions: list[AnsweredQuestion] = []
    for number, paragraph in enumerate(paragraph for article in squad.data for paragraph in article.paragraphs):
        doc_id = f"{number:05d}"
        paragraphs[doc_id] = paragraph.context
        for question in paragraph.qas:
            spans = [_place(paragraph.context, answer) for answer in question.answers if answer.text]
            answers = tuple(sorted({span for span in spans if span is not None}))
            if answers:
                questions.append(AnsweredQuestion(question.id, question.question, doc_id, answers))
    return AnsweredSet(paragraphs, tuple(questions))


def _place(context: str, answer: _Answer) -> tuple[int, int] | None:
    places = list(_places(context, answer.text))
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - answer.answer_start), place))
    return start, start + len(answer.text)


def _places(context: str, text: str) -> Iterator[int]:
    place = context.find(text)
    while place >= 0:
        yield place
        place = context.find(text, place + 1)


class AnsweredIndex:
    """An index of the paragraphs of a set, in which each is a document."""

    def __init__(self, paragraphs: Mapping[str, str], folder: Path) -> None:
        documents = [parse_document(text, doc_id, doc_id) for doc_id, text in paragraphs.items()]
        write_index(documents, folder, BUILTIN_MODEL, PASSAGE_LENGTH, lambda name, done, total: None)
        self.index = Index.open(folder)
        self.retriever = Retriever(self.index)
        self._passages: dict[str, list[int]] = {}
        for number, passage in enumerate(self.index.passages):
            self._passages.setdefault(passage.doc_id, []).append(number)

    def answering(self, question: AnsweredQuestion) -> frozenset[int]:
        """The numbers of the sentences that hold a whole answer; without any, of those that hold a part of one."""
        whole: set[int] = set()
        part: set[int] = set()
        document = self.index.documents[question.doc_id]
        for number in self._sentences(question.doc_id):
            start, end = self._raw(document, number)
            whole |= {number for first, last in question.answers if start <= first and last <= end}
            part |= {number for first, last in question.answers if start < last and first < end}
        return frozenset(whole or part)

    def _sentences(self, doc_id: str) -> Iterator[int]:
        first = self.index.collection.first_sentence
        for passage in self._passages.get(doc_id, ()):
            yield from range(first[passage], first[passage + 1])

    def _raw(self, document: Document, number: int) -> tuple[int, int]:
        sentence = self.index.sentences[number]
        spans = document.raw_spans(sentence.start, sentence.end)
        return spans[0][0], spans[-1][1]

    def hits(self, question: AnsweredQuestion, query: Query, most: int) -> tuple[list[Hit], list[Hit]]:
        """The passages of the question's own paragraph, and the best `most` of all; both with their scores."""
        found = self.retriever.retrieve(query, LOOKED_AT)
        own = [hit for hit in found if hit.passage.doc_id == question.doc_id]
        known = {hit.passage.passage_id for hit in own}
        passages = [self.index.passages[number] for number in self._passages.get(question.doc_id, ())]
        own += [
            Hit(passage=passage, score=0.0, rank=LOOKED_AT + 1, retriever="hybrid")
            for passage in passages
            if passage.passage_id not in known
        ]
        return own, found[:most]


def recall_at(ranks: Sequence[int | None], most: int) -> float:
    """The share of questions whose best sentence that answers has a rank up to `most`; None is not found."""
    return sum(rank is not None and rank <= most for rank in ranks) / max(len(ranks), 1)
