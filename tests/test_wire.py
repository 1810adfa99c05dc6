"""The JSON that callers see."""

import json

import pytest
from pydantic import BaseModel, ValidationError

from qa_assistant import wire
from qa_assistant.records import Answer, Fact
from qa_assistant.requests import AskRequest, BatchLine, RetrieveRequest
from qa_assistant.wire import (
    AnswerBody,
    CitationBody,
    ConflictBody,
    DocumentBody,
    FactBody,
    HitBody,
    RetrieveBody,
    answer_body,
    conflict_body,
    document_body,
    listed_fact_body,
    retrieve_body,
)

ANSWER = {"id", "question", "language", "kind", "text", "confidence", "citations", "facts", "hits", "index_id"}
ANSWER |= {"understood", "suggestions"}
CITATION = {"number", "doc_id", "title", "source", "start", "end", "quote", "raw_spans", "translation"}
FACT = {
    *("fact_id", "subject", "predicate", "type", "value", "text", "unit", "approximate", "qualifiers", "citations"),
}
LISTED_FACT = FACT - {"citations"} | {"doc_id", "relation", "quotes"}
HIT = {"passage_id", "score", "rank"}
SAMPLE = {
    "id": "q1",
    "question": "仁川有几个友好城市？",
    "language": "zh",
    "kind": "fact",
    "text": "1445次[1]",
    "confidence": 0.97,
    "citations": [
        {
            "number": 1,
            "doc_id": "a",
            "title": "甲",
            "source": "a.txt",
            "start": 120,
            "end": 125,
            "quote": "1445次",
            "raw_spans": [[131, 133], [153, 156]],
            "translation": None,
        }
    ],
    "facts": [
        {
            "fact_id": "f",
            "subject": "仁川",
            "predicate": "交往",
            "value": 1445,
            "unit": "次",
            "qualifiers": {},
            "citations": [1],
        }
    ],
    "hits": [{"passage_id": "a:0-9", "score": 0.83, "rank": 1}],
    "index_id": "x",
}


@pytest.fixture(scope="module", params=["仁川·威海馆是哪年建成的？", "When was the Weihai pavilion in Incheon built?"])
def answer(assistant, request):
    return assistant.ask(request.param)


def test_the_sample_that_callers_were_shown_is_an_answer():
    assert set(SAMPLE) == ANSWER - {"understood", "suggestions"}
    read = AnswerBody.model_validate_json(json.dumps(SAMPLE))

    assert read.citations[0].raw_spans == [(131, 133), (153, 156)]
    assert read.facts[0].value == 1445


def test_an_answer_as_json_has_the_promised_fields_and_its_values(answer):
    body = json.loads(answer_body(answer, "q1").model_dump_json())

    assert set(body) == ANSWER
    assert body["id"] == "q1"
    assert all(set(one) >= CITATION for one in body["citations"])
    assert all(set(one) == HIT for one in body["hits"])
    assert [one["quote"] for one in body["citations"]] == [one.quote.text for one in answer.citations]
    assert [one["passage_id"] for one in body["hits"]] == [one.passage.passage_id for one in answer.hits]
    assert AnswerBody.model_validate(body).model_dump() == answer_body(answer, "q1").model_dump()


def test_chinese_stands_in_the_json_as_itself(answer):
    assert answer.citations[0].quote.text[:4] in answer_body(answer).model_dump_json()


@pytest.mark.parametrize("given", ["q1", 7, None])
def test_the_id_of_a_question_comes_back_as_it_was(answer, given):
    assert json.loads(answer_body(answer, given).model_dump_json())["id"] == given


def test_a_fact_names_the_citations_that_carry_it(answer):
    fact = Fact(
        fact_id="f", subject="威海馆", predicate="建成", value=2015, unit="年", quotes=(answer.citations[-1].quote,)
    )

    (body,) = answer_body(answer.model_copy(update={"facts": (fact,)})).facts

    assert set(body.model_dump()) == FACT
    assert body.citations == [answer.citations[-1].number]


def test_a_quote_of_a_fact_may_be_a_part_of_a_citation(answer):
    whole = answer.citations[-1].quote
    inside = whole.model_copy(update={"start": whole.start + 1, "text": whole.text[1:]})
    beyond = whole.model_copy(update={"end": whole.end + 1})
    facts = tuple(
        Fact(fact_id="f", subject="威海馆", predicate="建成", value=2015, quotes=(quote,)) for quote in (inside, beyond)
    )

    part, more = answer_body(answer.model_copy(update={"facts": facts})).facts

    assert part.citations == [answer.citations[-1].number]
    assert more.citations == []


def test_a_fact_without_a_value_has_what_is_printed_in_its_place():
    empty = Fact(fact_id="f", subject="世宗市", predicate="中国姊妹城市", type="place", value=None, text="0")
    answer = Answer(
        question="世宗市？", text="0", language="zh", kind="fact", confidence=1, facts=(empty,), index_id="x"
    )

    (body,) = answer_body(answer).facts

    assert (body.value, body.text, body.type) == (None, "0", "place")


def test_a_listed_fact_says_where_it_stands_and_in_which_table(assistant):
    bodies = [listed_fact_body(relation, fact) for relation, fact in assistant.facts()]

    assert all(set(body.model_dump()) == LISTED_FACT for body in bodies)
    assert {body.relation for body in bodies} == {None, *(one.relation_id for one in assistant.index.facts.relations)}
    for body in bodies:
        assert body.quotes
        for quote in body.quotes:
            assert assistant.document(body.doc_id).text[quote.start : quote.end] == quote.text
    hedged = next(body for body in bodies if body.text == "320余场")
    assert (hedged.value, hedged.unit, hedged.approximate, hedged.relation) == (320, "场", "余", None)


def test_a_conflict_as_json_has_both_sides_with_their_quotes(assistant):
    for conflict in assistant.check():
        body = ConflictBody.model_validate_json(conflict_body(conflict).model_dump_json())

        assert set(body.about) == {"zh", "en"}
        assert [side.quotes for side in body.sides] == [list(side.quotes) for side in conflict.sides]


def test_retrieved_passages_stand_where_they_say(assistant):
    found = retrieve_body("仁川", assistant.retrieve("仁川", 3), assistant.index.documents, assistant.index.index_id)

    assert (found.query, found.index_id, len(found.hits)) == ("仁川", assistant.index.index_id, 3)
    for hit in found.hits:
        document = assistant.document(hit.doc_id)
        assert document.text[hit.start : hit.end] == hit.text
        assert (hit.title, hit.source) == (document.title, document.source)


def test_a_document_as_json_holds_the_text_that_offsets_point_into(assistant):
    for document in assistant.index.documents.values():
        body = document_body(document)

        assert body.text == document.text
        assert body.blocks == list(document.blocks)
        assert DocumentBody.model_validate_json(body.model_dump_json()) == body


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (AnswerBody, SAMPLE),
        (CitationBody, SAMPLE["citations"][0]),
        (FactBody, SAMPLE["facts"][0]),
        (HitBody, SAMPLE["hits"][0]),
        (RetrieveBody, {"query": "a", "hits": [], "index_id": "x"}),
        (AskRequest, {"question": "a"}),
        (RetrieveRequest, {"query": "a"}),
    ],
)
def test_unknown_fields_are_refused(body, values):
    body.model_validate(values)

    with pytest.raises(ValidationError, match="surprise"):
        body.model_validate({**values, "surprise": 1})


def test_a_batch_line_may_be_a_gold_question():
    line = BatchLine.model_validate({"question": "a", "question_id": "zh-001", "must_include": []})

    assert (line.question, line.history, line.id) == ("a", [], None)


@pytest.mark.parametrize("k", [0, 101, "many"])
def test_the_number_of_passages_has_bounds(k):
    with pytest.raises(ValidationError):
        RetrieveRequest.model_validate({"query": "a", "k": k})


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (AskRequest, {"question": "仁川\ud800"}),
        (AskRequest, {"question": "仁川", "history": ["\udfff"]}),
        (AskRequest, {"question": "仁川", "id": "\udc00"}),
        (BatchLine, {"question": "\udcff"}),
        (RetrieveRequest, {"query": "\udcff"}),
    ],
)
def test_half_a_character_is_refused(body, values):
    with pytest.raises(ValidationError, match="not UTF-8"):
        body.model_validate(values)


def test_characters_beyond_the_basic_plane_are_whole():
    assert AskRequest(question="𠮷野家😀").question == "𠮷野家😀"


def test_every_body_has_a_docstring():
    bodies = [one for one in vars(wire).values() if isinstance(one, type) and issubclass(one, BaseModel)]

    assert all(body.__doc__ for body in bodies)
