"""The JSON that callers see: the same from the commands, the HTTP API and the evaluation.

These shapes are fixed; the records inside may change behind them.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from qa_assistant.facts.check import Conflict, ConflictKind
from qa_assistant.facts.relations import Relation
from qa_assistant.records import (
    Answer,
    AnswerKind,
    Block,
    Citation,
    Document,
    Fact,
    FactType,
    Hit,
    Language,
    Page,
    Quote,
    Span,
)


class Body(BaseModel):
    """Base of all JSON bodies: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class CitationBody(Body):
    """A numbered quote: `quote` is `text[start:end]` of the document."""

    number: int
    doc_id: str
    title: str
    source: str
    start: int
    end: int
    quote: str
    raw_spans: list[Span] = Field(description="Where the quote stands in the raw file, in characters")
    heading: list[str] = []
    page: int | None = None
    translation: str | None = None
    answers: list[Span] = Field(default=[], description="Ranges of the document, inside the quote: what answers")


class FactBody(Body):
    """A fact of an answer, with the numbers of the citations that carry it.

    `value` is null where the source names the thing and gives no value; `text` is what is printed, `approximate` the
    words in it that make a number less than exact.
    """

    fact_id: str
    subject: str
    predicate: str
    type: FactType = "text"
    value: float | int | str | None
    text: str = ""
    unit: str | None = None
    approximate: str | None = None
    qualifiers: dict[str, str] = {}
    citations: list[int] = []


class ListedFactBody(Body):
    """A fact of the index, with its quotes; `relation` is the table that it is a cell of."""

    fact_id: str
    doc_id: str
    subject: str
    predicate: str
    type: FactType
    value: float | int | str | None
    text: str
    unit: str | None
    approximate: str | None
    qualifiers: dict[str, str]
    relation: str | None
    quotes: list[Quote]


class FactsBody(Body):
    """Some of the facts that were asked for; `total` is how many there are."""

    total: int
    offset: int
    facts: list[ListedFactBody]
    index_id: str


class SideBody(Body):
    """What one side of a conflict says: as printed or reckoned, as a value, and where it stands."""

    text: str
    value: float | int | str | None
    unit: str | None
    approximate: str | None
    quotes: list[Quote]


class ConflictBody(Body):
    """Where the sources disagree with themselves; `certain` is false where they can be read so that both sides hold."""

    kind: ConflictKind
    about: dict[Language, str]
    sides: list[SideBody]
    certain: bool
    note: dict[Language, str]


class HitBody(Body):
    """A passage that was found for the question of an answer."""

    passage_id: str
    score: float
    rank: int


class AnswerBody(Body):
    """An answer."""

    id: str | int | None = None
    question: str
    language: Language
    kind: AnswerKind
    text: str
    confidence: float
    citations: list[CitationBody] = []
    facts: list[FactBody] = []
    hits: list[HitBody] = []
    index_id: str
    understood: str | None = Field(
        default=None, description="The question that was answered, where a follow-up question was made whole"
    )
    suggestions: list[str] = Field(
        default=[], description="Questions near to this one that can be answered, where it was refused"
    )


class PassageHitBody(HitBody):
    """A passage found by `retrieve`, with its text and place."""

    doc_id: str
    title: str
    source: str
    start: int
    end: int
    text: str
    heading: list[str]
    page: int | None
    retriever: str


class RetrieveBody(Body):
    """What `retrieve` found, best first."""

    query: str
    hits: list[PassageHitBody]
    index_id: str


class DocumentBody(Body):
    """A document as it is read: every `start` and `end` is a place in `text`."""

    doc_id: str
    title: str
    language: Language
    source: str
    sha256: str
    text: str
    pages: list[Page]
    blocks: list[Block]


def answer_body(answer: Answer, id: str | int | None = None) -> AnswerBody:  # noqa: A002 - the name callers see
    """`answer` as callers see it; `id` is given back as it came."""
    return AnswerBody(
        id=id,
        question=answer.question,
        language=answer.language,
        kind=answer.kind,
        text=answer.text,
        confidence=answer.confidence,
        citations=[_citation(citation) for citation in answer.citations],
        facts=[_fact(fact, answer.citations) for fact in answer.facts],
        hits=[HitBody(passage_id=hit.passage.passage_id, score=hit.score, rank=hit.rank) for hit in answer.hits],
        index_id=answer.index_id,
        understood=answer.understood,
        suggestions=list(answer.suggestions),
    )


def retrieve_body(query: str, hits: list[Hit], documents: dict[str, Document], index_id: str) -> RetrieveBody:
    """`hits` as callers see them; `documents` gives titles and file names by id."""
    return RetrieveBody(
        query=query,
        hits=[_passage_hit(hit, documents[hit.passage.doc_id]) for hit in hits],
        index_id=index_id,
    )


def document_body(document: Document) -> DocumentBody:
    """`document` as callers see it."""
    return DocumentBody(
        doc_id=document.doc_id,
        title=document.title,
        language=document.language,
        source=document.source,
        sha256=document.sha256,
        text=document.text,
        pages=list(document.pages),
        blocks=list(document.blocks),
    )


def listed_fact_body(relation: Relation | None, fact: Fact) -> ListedFactBody:
    """`fact` as callers see it, with the relation it is a cell of."""
    return ListedFactBody(
        fact_id=fact.fact_id,
        doc_id=fact.quotes[0].doc_id,
        subject=fact.subject,
        predicate=fact.predicate,
        type=fact.type,
        value=fact.value,
        text=fact.text,
        unit=fact.unit,
        approximate=fact.approximate,
        qualifiers=fact.qualifiers,
        relation=relation.relation_id if relation else None,
        quotes=list(fact.quotes),
    )


def conflict_body(conflict: Conflict) -> ConflictBody:
    """`conflict` as callers see it."""
    return ConflictBody(
        kind=conflict.kind,
        about=conflict.about,
        sides=[
            SideBody(
                text=side.text,
                value=side.value,
                unit=side.unit,
                approximate=side.approximate,
                quotes=list(side.quotes),
            )
            for side in conflict.sides
        ],
        certain=conflict.certain,
        note=conflict.note,
    )


def _citation(citation: Citation) -> CitationBody:
    return CitationBody(
        number=citation.number,
        doc_id=citation.quote.doc_id,
        title=citation.title,
        source=citation.source,
        start=citation.quote.start,
        end=citation.quote.end,
        quote=citation.quote.text,
        raw_spans=list(citation.raw_spans),
        heading=list(citation.heading),
        page=citation.page,
        translation=citation.translation,
        answers=list(citation.answers),
    )


def _fact(fact: Fact, citations: tuple[Citation, ...]) -> FactBody:
    return FactBody(
        fact_id=fact.fact_id,
        subject=fact.subject,
        predicate=fact.predicate,
        type=fact.type,
        value=fact.value,
        text=fact.text,
        unit=fact.unit,
        approximate=fact.approximate,
        qualifiers=fact.qualifiers,
        citations=[
            citation.number for citation in citations if any(_contains(citation.quote, quote) for quote in fact.quotes)
        ],
    )


def _contains(quote: Quote, part: Quote) -> bool:
    """Whether `part` stands in `quote`: quotes of an answer that touch are put together."""
    return quote.doc_id == part.doc_id and quote.start <= part.start and part.end <= quote.end


def _passage_hit(hit: Hit, document: Document) -> PassageHitBody:
    passage = hit.passage
    return PassageHitBody(
        passage_id=passage.passage_id,
        score=hit.score,
        rank=hit.rank,
        doc_id=passage.doc_id,
        title=document.title,
        source=document.source,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        heading=list(passage.heading),
        page=passage.page,
        retriever=hit.retriever,
    )
