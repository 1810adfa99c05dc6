"""The evaluation can fail: answers are spoiled in many ways, and the measure that should see it falls."""

import re
from pathlib import Path

import pytest

from qa_assistant.evaluate.figures import MEASURES, figures_of
from qa_assistant.evaluate.gold import read_gold
from qa_assistant.evaluate.score import score
from qa_assistant.metrics import includes_all
from qa_assistant.wire import AnswerBody, answer_body

GOLD = Path(__file__).parents[1] / "eval" / "gold.jsonl"
BETTER = {measure.name: measure.better for measure in MEASURES}


@pytest.fixture(scope="module")
def answered(assistant):
    """Every third question of the gold set, with its answer and how long it took."""
    gold = read_gold(GOLD)[0][::3]
    return [(question, answer_body(assistant.ask(question.question, question.history)), 20.0) for question in gold]


class Spoiled:
    """An answer that can be spoiled, among others of the same run."""

    def __init__(self, question, answer: AnswerBody, milliseconds, others, documents):
        self.question = question
        self.answer = answer
        self.milliseconds = milliseconds
        self.others = others
        self.documents = documents
        self.right = score(question, answer, documents, 1).correct

    def with_(self, **changes):
        return self.answer.model_copy(update=changes)

    def citing(self, change):
        """The answer with each citation changed; None without any."""
        changed = [change(citation) for citation in self.answer.citations]
        return self.with_(citations=changed) if changed and None not in changed else None

    def carries(self, citation):
        return any(
            citation.doc_id == quote.doc_id and citation.start < quote.end and quote.start < citation.end
            for quote in self.question.evidence
        )

    def holds(self, hit):
        doc_id, _, place = hit.passage_id.rpartition(":")
        start, end = map(int, place.split("-"))
        return any(
            doc_id == quote.doc_id and start < quote.end and quote.start < end for quote in self.question.evidence
        )

    def moved(self, citation, by):
        text = self.documents[citation.doc_id].text
        start, end = citation.start + by, citation.end + by
        if start < 0 or end > len(text):
            return None
        return citation.model_copy(update={"start": start, "end": end, "quote": text[start:end]})

    def other(self, fits):
        return next((one for _, one, _ in self.others if fits(one)), None)


def digits_changed(one):
    if not one.right or not any(form.isdigit() for group in one.question.must_include for form in group):
        return None
    return one.with_(text=re.sub(r"\d", lambda found: str((int(found[0]) + 1) % 10), one.answer.text))


def expected_form_left_out(one):
    if not one.right or not one.question.must_include:
        return None
    text = one.answer.text
    for form in sorted(one.question.must_include[0], key=len, reverse=True):
        text = re.sub(re.escape(form), "某", text, flags=re.IGNORECASE)
    return None if includes_all(text, one.question.must_include[:1]) else one.with_(text=text)


def emptied(one):
    return one.with_(text="") if one.right and one.question.must_include else None


def padded(one):
    return one.with_(text=one.answer.text + "\n此外还有许多别的事情可以说，但都与问题无关。" * 3) if one.right else None


def quote_shortened(one):
    return one.citing(lambda citation: citation.model_copy(update={"quote": citation.quote[:-1]}))


def quote_misspelt(one):
    return one.citing(lambda citation: citation.model_copy(update={"quote": "□" + citation.quote[1:]}))


def quote_said_to_stand_elsewhere(one):
    return one.citing(
        lambda citation: citation.model_copy(update={"start": citation.start + 1, "end": citation.end + 1})
    )


def quote_said_to_be_of_another_document(one):
    def other(citation):
        return citation.model_copy(update={"doc_id": next(name for name in one.documents if name != citation.doc_id)})

    return one.citing(other)


def texts_of_two_quotes_swapped(one):
    if len(one.answer.citations) < 2:
        return None
    first, second, *rest = one.answer.citations
    swapped = [first.model_copy(update={"quote": second.quote}), second.model_copy(update={"quote": first.quote})]
    return one.with_(citations=[*swapped, *rest])


def quotes_of_another_answer(one):
    own = {(citation.doc_id, citation.start) for citation in one.answer.citations}
    other = one.other(
        lambda other: other.citations and not own & {(citation.doc_id, citation.start) for citation in other.citations}
    )
    return one.with_(citations=other.citations) if own and other else None


def quote_of_the_next_row(one):
    return one.citing(lambda citation: one.moved(citation, citation.end - citation.start))


def quote_cut_in_half(one):
    def half(citation):
        middle = (citation.start + citation.end) // 2
        return citation.model_copy(update={"end": middle, "quote": citation.quote[: middle - citation.start]})

    return one.citing(half)


def evidence_left_out(one):
    kept = [citation for citation in one.answer.citations if not one.carries(citation)]
    return one.with_(citations=kept) if len(kept) < len(one.answer.citations) else None


def quotes_of_nothing_added(one):
    far = one.other(lambda other: other.citations and not any(map(one.carries, other.citations)))
    if not far or not any(map(one.carries, one.answer.citations)):
        return None
    return one.with_(citations=[*one.answer.citations, *far.citations])


def refusal_answered(one):
    if one.question.kind != "no_answer" or one.answer.kind != "no_answer":
        return None
    return one.with_(kind="passage", text="是的，资料里有。", confidence=0.9)


def answer_refused(one):
    if one.question.kind == "no_answer" or one.answer.kind == "no_answer":
        return None
    return one.with_(kind="no_answer", citations=[], text="资料中没有找到这个问题的答案。")


def in_another_language(one):
    other = one.other(lambda other: other.language != one.answer.language and other.kind == one.answer.kind)
    return one.with_(text=other.text, language=other.language, citations=other.citations) if other else None


def in_another_language_and_not_said_so(one):
    if one.answer.language == "en":
        return one.with_(text="这件事情是在二零一五年的时候发生的，地点在仁川。")
    return one.with_(text="It was in the year 2015 that this happened, and the place was Incheon.")


def hits_reversed(one):
    return one.with_(hits=one.answer.hits[::-1]) if one.answer.hits and one.holds(one.answer.hits[0]) else None


def first_hit_lost(one):
    return one.with_(hits=one.answer.hits[1:]) if one.answer.hits and one.holds(one.answer.hits[0]) else None


def evidence_behind_the_fifth_hit(one):
    far = [hit for hit in one.answer.hits if not one.holds(hit)]
    near = [hit for hit in one.answer.hits if one.holds(hit)]
    return one.with_(hits=[*far, *near]) if near and len(far) >= 5 else None


def hits_lost(one):
    return one.with_(hits=[]) if any(map(one.holds, one.answer.hits)) else None


def second_hit_first(one):
    hits = one.answer.hits
    if len(hits) < 2 or not one.holds(hits[0]) or one.holds(hits[1]):
        return None
    return one.with_(hits=[hits[1], hits[0], *hits[2:]])


def surest_of_what_is_wrong(one):
    return one.with_(confidence=0.0 if one.right else 1.0)


@pytest.mark.parametrize(
    ("spoil", "measures"),
    [
        (digits_changed, ["answer_accuracy", "F1"]),
        (expected_form_left_out, ["answer_accuracy", "F1"]),
        (emptied, ["answer_accuracy", "F1"]),
        (padded, ["F1"]),
        (quote_shortened, ["quote_validity"]),
        (quote_misspelt, ["quote_validity"]),
        (quote_said_to_stand_elsewhere, ["quote_validity"]),
        (quote_said_to_be_of_another_document, ["quote_validity", "citation_recall"]),
        (texts_of_two_quotes_swapped, ["quote_validity"]),
        (quotes_of_another_answer, ["citation_precision", "citation_recall", "evidence_recall"]),
        (quote_of_the_next_row, ["citation_precision", "citation_recall", "evidence_recall"]),
        (quote_cut_in_half, ["evidence_recall"]),
        (evidence_left_out, ["citation_recall", "evidence_recall"]),
        (quotes_of_nothing_added, ["citation_precision"]),
        (refusal_answered, ["answer_accuracy", "abstention_accuracy", "refusal_recall"]),
        (answer_refused, ["answer_accuracy", "false_refusals", "citation_recall", "refusal_precision"]),
        (in_another_language, ["answer_language"]),
        (in_another_language_and_not_said_so, ["answer_language"]),
        (hits_reversed, ["R@1", "RR@10", "nDCG@10"]),
        (first_hit_lost, ["R@1", "RR@10", "nDCG@10"]),
        (evidence_behind_the_fifth_hit, ["R@5", "RR@10"]),
        (hits_lost, ["R@10", "nDCG@10"]),
        (second_hit_first, ["R@1", "RR@10", "nDCG@10"]),
        (surest_of_what_is_wrong, ["AURC"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_spoiled_answer_is_seen(assistant, answered, spoil, measures):
    documents = assistant.index.documents
    before, after = [], []
    changed = 0
    for question, answer, milliseconds in answered:
        spoiled = spoil(Spoiled(question, answer, milliseconds, answered, documents))
        before.append(score(question, answer, documents, milliseconds))
        after.append(score(question, spoiled or answer, documents, milliseconds))
        changed += spoiled is not None
    assert changed >= 3
    good, bad = figures_of(before), figures_of(after)

    for name in measures:
        sign = -1 if BETTER[name] == "lower" else 1
        assert sign * bad[name].value < sign * good[name].value, name


def test_an_exact_answer_that_is_spoiled_by_a_character_is_no_exact_match(assistant, answered):
    documents = assistant.index.documents
    asked = [(question, answer) for question, answer, _ in answered if len(question.must_include) == 1]
    exact = [(question, answer.model_copy(update={"text": question.must_include[0][0]})) for question, answer in asked]
    spoiled = [(question, answer.model_copy(update={"text": answer.text + "1"})) for question, answer in exact]

    assert figures_of([score(*one, documents, 1.0) for one in exact])["EM"].value == 1
    assert figures_of([score(*one, documents, 1.0) for one in spoiled])["EM"].value == 0


def test_slow_answers_are_seen(assistant, answered):
    documents = assistant.index.documents
    slow = figures_of([score(question, answer, documents, 3 * time) for question, answer, time in answered])

    assert slow["latency_p50_ms"].value == slow["latency_p95_ms"].value == 60
