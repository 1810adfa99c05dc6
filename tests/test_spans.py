"""What is marked in a quote: the value of a fact, or the one stretch of the kind that is asked for."""

import pytest

from qa_assistant.answer.spans import typed_span, value_spans
from qa_assistant.records import Citation, Fact, Quote
from qa_assistant.ui.render import _marked

START = 100


def quote(text, start=START):
    return Quote(doc_id="d", start=start, end=start + len(text), text=text)


def fact(text, *quotes):
    return Fact(fact_id="f", subject="s", predicate="p", value=text, text=text, quotes=quotes)


def said(whole, spans):
    return [whole.text[start - whole.start : end - whole.start] for start, end in spans]


def test_the_value_of_each_fact_is_marked():
    whole = quote("The bridge is 320 metres long and opened in 1987.")
    facts = [fact("320", quote("320 metres", START + 14)), fact("1987", whole)]

    assert said(whole, value_spans(whole, facts)) == ["320", "1987"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("12 of the 12 boats", "12"), ("1200 boats", "12"), ("No boats at all", "12"), ("12 boats", "")],
)
def test_a_value_that_has_no_one_place_is_not_marked(text, value):
    whole = quote(text)

    assert value_spans(whole, [fact(value, whole)]) == ()


def test_a_fact_of_another_quote_is_not_marked():
    assert value_spans(quote("12 boats"), [fact("12", quote("12 boats", START + 50))]) == ()


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("When did the bridge open?", "The bridge opened in 1987 after long works.", ["1987"]),
        ("大桥有多少个桥墩？", "大桥于1987年建成，共有36个桥墩。", ["36个"]),
        ("When did the bridge open?", "Begun in 1983, it opened in 1987.", []),
        ("Who built it and when?", "It was built in 1987 by Mary Stone.", []),
        ("Why was it built in 1987?", "It was built in 1987 because the ferry sank.", []),
        ("When was the works of 1987 ended?", "The works of 1987 ended.", []),
    ],
)
def test_only_the_one_stretch_of_the_kind_asked_for_is_marked(question, text, marked):
    whole = quote(text)

    assert said(whole, typed_span(whole, question)) == marked


def test_the_page_escapes_the_quote_around_and_inside_the_mark():
    whole = quote("a<b> & <i>12</i>")
    citation = Citation(number=1, quote=whole, title="t", source="s", raw_spans=(), answers=((START + 7, START + 12),))

    assert _marked(citation) == "a&lt;b&gt; &amp; <mark>&lt;i&gt;12</mark>&lt;/i&gt;"
