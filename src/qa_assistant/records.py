"""The frozen types that everything else passes around.

Offsets are half-open ranges of Unicode code points, the indices of a Python ``str``. A `Quote` points at a
document, and one line checks it: ``document.text[quote.start:quote.end] == quote.text``.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["zh", "en", "ko"]
BlockKind = Literal["heading", "paragraph", "list", "table", "caption", "footnote", "matter", "contents"]
AnswerKind = Literal["fact", "passage", "no_answer"]
FactType = Literal["number", "date", "place", "organisation", "person", "text"]
Span = tuple[int, int]


class Record(BaseModel):
    """Base of every record: frozen, unknown fields forbidden."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(Record):
    """A stretch of one document, with the characters that stand there."""

    doc_id: str
    start: int
    end: int
    text: str


class Page(Record):
    """One page of the raw file: its printed number and its range of raw characters."""

    number: int
    start: int
    end: int


class Block(Record):
    """A unit of layout in a document's reading text.

    `path` holds the headings it stands under, outermost first. `label` is a footnote's mark or the first
    words of a table's caption. `anchor` is the offset in the reading text that a footnote, table or caption
    belongs to: where its mark stood, or where it interrupted the text; None for all other kinds.

    `rows` are the cells of a table where they are known, header first: each a range of the document's text, without
    the white space and the markup around it. An empty cell is an empty range. Rows can differ in length; a cell that
    spans several rows or columns is repeated in each place it covers.
    """

    kind: BlockKind
    start: int
    end: int
    path: tuple[str, ...] = ()
    label: str | None = None
    anchor: int | None = None
    rows: tuple[tuple[Span, ...], ...] = ()


class Document(Record):
    """A source as it is read: repaired text, its blocks, and the map back to the raw file.

    `raw_map` is a sorted tuple of runs (start in `text`, start in the raw file, length); characters between
    runs are white space that the repair put between blocks or words. Everything else in `text` stands in the
    raw file, character for character.
    """

    doc_id: str
    title: str
    text: str
    language: Language
    source: str
    sha256: str
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    raw_map: tuple[tuple[int, int, int], ...] = ()

    def quote(self, start: int, end: int) -> Quote:
        """The quote of `text[start:end]`."""
        return Quote(doc_id=self.doc_id, start=start, end=end, text=self.text[start:end])

    def raw_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where `text[start:end]` stands in the raw file: ranges in reading order, neighbours merged."""
        spans: list[Span] = []
        first = max(bisect_right(self.raw_map, start, key=_text_start) - 1, 0)
        for text_start, raw_start, length in self.raw_map[first:]:
            if text_start >= end:
                break
            left, right = max(start, text_start), min(end, text_start + length)
            if left >= right:
                continue
            span = (raw_start + left - text_start, raw_start + right - text_start)
            if spans and spans[-1][1] == span[0]:
                span = (spans.pop()[0], span[1])
            spans.append(span)
        return tuple(spans)

    def page_at(self, offset: int) -> int | None:
        """The printed number of the page that the character at `offset` stands on; None without pages."""
        spans = self.raw_spans(offset, offset + 1)
        if not self.pages or not spans:
            return None
        page = self.pages[max(bisect_right(self.pages, spans[0][0], key=_page_start) - 1, 0)]
        return page.number


class Rendering(Record):
    """What a segment of a document, `text[start:end]`, says in another language."""

    doc_id: str
    start: int
    end: int
    text: str


class Passage(Quote):
    """What retrieval finds: a slice of one kind of text under one heading, whole sentences.

    `lead` is the caption and the header of the table that it goes on with; it is searched with the passage.
    """

    passage_id: str
    kind: BlockKind
    heading: tuple[str, ...] = ()
    page: int | None = None
    lead: str = ""


class Hit(Record):
    """A passage found for a query. Ranks start at 1; a higher score is better; ties are broken by id."""

    passage: Passage
    score: float
    rank: int
    retriever: str


class Fact(Record):
    """A typed statement and the quotes that carry it.

    `value` is a number in `unit`, a date as ISO 8601 (`2016`, `2016-06`, `2016-06-08`), or a text; None where the
    source names the thing and gives no value. `text` is the value as it is printed, `approximate` the words that
    make a number less than exact (余, 近, "more than"). `qualifiers` say of what the value holds: a year, an edition,
    the other cells of a table's row.
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
    quotes: tuple[Quote, ...] = ()


class Citation(Record):
    """A numbered quote in an answer, with what a reader needs to find it in the source.

    `answers` are the ranges of the document, inside the quote, where the name, number or date stands that answers; none
    where that is not known.
    """

    number: int
    quote: Quote
    title: str
    source: str
    raw_spans: tuple[Span, ...]
    heading: tuple[str, ...] = ()
    page: int | None = None
    translation: str | None = None
    answers: tuple[Span, ...] = ()


class Answer(Record):
    """What `ask` returns. `confidence` is in [0, 1]; "nothing found" is an answer of kind `no_answer`.

    `understood` is the question that was answered, where that is not `question` as it stands: a follow-up question
    made whole. `suggestions` are questions near to one that was refused, which can be answered.
    """

    question: str
    text: str
    language: Language
    kind: AnswerKind
    confidence: float
    citations: tuple[Citation, ...] = ()
    facts: tuple[Fact, ...] = ()
    hits: tuple[Hit, ...] = ()
    index_id: str
    understood: str | None = None
    suggestions: tuple[str, ...] = ()


class GoldQuestion(Record):
    """A question with the answer that is expected.

    `must_include` is a group of accepted forms for each thing the answer has to say: one form of every group
    must occur in it. `evidence` are the quotes that carry the answer; both are empty for `no_answer`.
    """

    question_id: str
    language: Language
    kind: AnswerKind
    history: tuple[str, ...] = ()
    question: str
    must_include: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[Quote, ...] = ()
    note: str = ""


class QuestionResult(Record):
    """One gold question as it was answered, with its verdicts; None where a measure does not apply.

    `evidence_found` is the share of the evidence that the first passages hold, by the name of the measure (`R@5`).
    `measures` are the other measures by name; one that does not apply is left out. `answer_language` is that which
    the answer is written in, `documents` are those that its gold evidence stands in.
    """

    question_id: str
    language: Language
    expected_kind: AnswerKind
    kind: AnswerKind
    correct: bool
    evidence_recall: float | None
    evidence_found: dict[str, float] = {}
    quote_validity: float | None
    text: str
    milliseconds: float
    confidence: float = 0.0
    answer_language: Language = "zh"
    measures: dict[str, float] = {}
    documents: tuple[str, ...] = ()


class Figure(Record):
    """A measure over `questions` questions to which it applies, with its bootstrap 95 % interval."""

    value: float
    low: float
    high: float
    questions: int


class FigureGroup(Record):
    """The figures of a part of a gold set, by name: all of it, a language, a kind of question, or a document."""

    by: Literal["all", "language", "kind", "document"]
    name: str
    questions: int
    figures: dict[str, Figure]


class EvalReport(Record):
    """A run of a gold set: figures by name, the same with intervals by part, and every question's result."""

    run_id: str
    index_id: str
    gold_sha256: str
    configuration: dict[str, str] = {}
    metrics: dict[str, float]
    groups: tuple[FigureGroup, ...] = ()
    per_question: tuple[QuestionResult, ...]


def _text_start(run: tuple[int, int, int]) -> int:
    return run[0]


def _page_start(page: Page) -> int:
    return page.start
