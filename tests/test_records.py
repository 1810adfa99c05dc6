"""Records are frozen and closed; a document leads from its text back to the raw file."""

import pytest
from pydantic import ValidationError

from qa_assistant.records import Answer, Block, Citation, Document, Fact, GoldQuestion, Hit, Page, Passage, Quote

# Raw: "威海位于\n黄海。1)\f1) 注\n有港口。" Text: "威海位于黄海。有港口。\n\n1) 注"
DOCUMENT = Document(
    doc_id="d",
    title="港口",
    text="威海位于黄海。有港口。\n\n1) 注",
    language="zh",
    source="d.txt",
    sha256="",
    pages=(Page(number=7, start=0, end=11), Page(number=8, start=11, end=21)),
    blocks=(
        Block(kind="paragraph", start=0, end=11),
        Block(kind="footnote", start=13, end=17, label="1", anchor=7),
    ),
    raw_map=((0, 0, 4), (4, 5, 3), (7, 16, 4), (13, 11, 4)),
)
RAW = "威海位于\n黄海。1)\f1) 注\n有港口。"
QUOTE = Quote(doc_id="d", start=0, end=2, text="威海")
PASSAGE = Passage(doc_id="d", start=0, end=2, text="威海", passage_id="d:0-2", kind="paragraph")
RECORDS = {
    "Quote": QUOTE,
    "Page": DOCUMENT.pages[0],
    "Block": DOCUMENT.blocks[0],
    "Document": DOCUMENT,
    "Passage": PASSAGE,
    "Hit": Hit(passage=PASSAGE, score=1.0, rank=1, retriever="words"),
    "Fact": Fact(fact_id="f", subject="威海", predicate="位于", value="黄海", quotes=(QUOTE,)),
    "Citation": Citation(number=1, quote=QUOTE, title="港口", source="d.txt", raw_spans=((0, 2),)),
    "Answer": Answer(question="?", text="", language="zh", kind="no_answer", confidence=0.0, index_id="i"),
    "GoldQuestion": GoldQuestion(question_id="q", language="zh", kind="no_answer", question="?"),
}


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        (0, 4, ((0, 4),)),
        (1, 3, ((1, 3),)),
        (0, 7, ((0, 4), (5, 8))),
        (3, 5, ((3, 4), (5, 6))),
        (4, 11, ((5, 8), (16, 20))),
        (0, 17, ((0, 4), (5, 8), (16, 20), (11, 15))),
        (9, 15, ((18, 20), (11, 13))),
        (13, 17, ((11, 15),)),
        (11, 13, ()),
        (5, 5, ()),
        (17, 17, ()),
        (17, 99, ()),
    ],
)
def test_raw_spans_are_where_a_quote_stands_in_the_raw_file(
    start: int, end: int, spans: tuple[tuple[int, int], ...]
) -> None:
    assert DOCUMENT.raw_spans(start, end) == spans
    pieces = "".join(RAW[left:right] for left, right in spans)
    assert pieces == DOCUMENT.text[start:end].replace("\n", "")


def test_raw_spans_that_touch_are_merged() -> None:
    document = DOCUMENT.model_copy(
        update={"text": "abcdef", "raw_map": ((0, 10, 2), (2, 12, 1), (3, 13, 1), (4, 20, 2))}
    )
    assert document.raw_spans(0, 6) == ((10, 14), (20, 22))
    assert document.raw_spans(1, 5) == ((11, 14), (20, 21))


def test_raw_spans_that_touch_backwards_are_not_merged() -> None:
    document = DOCUMENT.model_copy(update={"text": "abcd", "raw_map": ((0, 12, 2), (2, 10, 2))})
    assert document.raw_spans(0, 4) == ((12, 14), (10, 12))


def test_a_document_without_a_map_has_no_raw_spans() -> None:
    assert DOCUMENT.model_copy(update={"raw_map": ()}).raw_spans(0, 5) == ()


@pytest.mark.parametrize(
    ("offset", "page"),
    [(0, 7), (6, 7), (7, 8), (10, 8), (11, None), (13, 8), (16, 8), (17, None)],
    ids=["first", "before the page end", "behind it", "last", "between blocks", "footnote", "its end", "outside"],
)
def test_a_character_stands_on_the_page_of_its_place_in_the_raw_file(offset: int, page: int | None) -> None:
    assert DOCUMENT.page_at(offset) == page


def test_a_document_without_pages_has_no_page_numbers() -> None:
    assert DOCUMENT.model_copy(update={"pages": ()}).page_at(0) is None


def test_a_quote_is_the_text_that_stands_there() -> None:
    quote = DOCUMENT.quote(4, 7)
    assert quote == Quote(doc_id="d", start=4, end=7, text="黄海。")
    assert DOCUMENT.text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_cannot_be_changed(record: Document) -> None:
    field = next(iter(type(record).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, field, getattr(record, field))


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_takes_no_unknown_field(record: Document) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        type(record).model_validate({**record.model_dump(), "embedding": [0.1]})


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_survives_its_way_through_json(record: Document) -> None:
    assert type(record).model_validate_json(record.model_dump_json()) == record


def test_a_record_names_what_is_missing() -> None:
    with pytest.raises(ValidationError, match=r"(?s)end\n.*Field required"):
        Quote.model_validate({"doc_id": "d", "start": 0, "text": "威海"})
