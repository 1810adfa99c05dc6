"""The verdicts on an answer: ranking of evidence, EM and F1, citations, language."""

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.evaluate.score import score, written_in
from qa_assistant.metrics import citation_precision, citation_recall, exact_match, f1
from qa_assistant.records import Document, GoldQuestion, Quote
from qa_assistant.wire import AnswerBody, CitationBody, HitBody

TEXT = "".join(f"第{number:02}段。" for number in range(40))
STEP = 5  # Characters of a passage of TEXT.
DOCUMENTS = {"a": Document(doc_id="a", title="文", text=TEXT, language="zh", source="a.txt", sha256="")}


def quote(start, end, doc_id="a"):
    return Quote(doc_id=doc_id, start=start, end=end, text=TEXT[start:end])


def passage(number):
    return quote(number * STEP, number * STEP + STEP)


def answer(text="", hits=(), citations=(), language="zh", kind="passage"):
    return AnswerBody(
        question="?",
        language=language,
        kind=kind,
        text=text,
        confidence=0.5,
        hits=[
            HitBody(passage_id=f"a:{one * STEP}-{one * STEP + STEP}", score=1, rank=rank)
            for rank, one in enumerate(hits, start=1)
        ],
        citations=[
            CitationBody(
                number=number,
                doc_id=one.doc_id,
                title="文",
                source="a.txt",
                start=one.start,
                end=one.end,
                quote=one.text,
                raw_spans=[],
            )
            for number, one in enumerate(citations, start=1)
        ],
        index_id="i",
    )


def question(evidence=(), must_include=(("x",),), language="zh"):
    return GoldQuestion(
        question_id="q",
        language=language,
        kind="passage",
        question="?",
        must_include=must_include,
        evidence=tuple(evidence),
    )


# ranking of evidence


@given(st.lists(st.integers(0, 30), unique=True, max_size=10), st.lists(st.integers(0, 30), unique=True, min_size=1))
def test_evidence_is_ranked_as_ir_measures_ranks_it(hits, relevant):
    """Each piece of evidence is a document here, so a ranking of passages is one of documents."""
    found = score(question([passage(one) for one in relevant]), answer(hits=hits), DOCUMENTS, 1.0)
    mine = {**found.evidence_found, **found.measures}
    names = ["R@1", "R@5", "R@10", "RR@10", "nDCG@10"]
    measures = {name: ir_measures.parse_measure(name) for name in names}
    run = {"q": {str(one): float(-rank) for rank, one in enumerate(hits)}}
    expected = ir_measures.calc_aggregate(list(measures.values()), {"q": {str(one): 1 for one in relevant}}, run)

    assert {name: mine[name] for name in names} == pytest.approx(
        {name: expected[measure] for name, measure in measures.items()}
    )


def test_a_passage_with_two_pieces_of_evidence_is_as_good_as_two_passages():
    one, two = quote(0, 2), quote(2, 5)

    assert score(question([one, two]), answer(hits=[0]), DOCUMENTS, 1).measures["nDCG@10"] == 1
    assert score(question([one, two]), answer(hits=[1, 0]), DOCUMENTS, 1).measures["RR@10"] == 0.5


def test_evidence_that_two_passages_hold_counts_once():
    both = quote(3, 8)

    assert score(question([both]), answer(hits=[0, 1]), DOCUMENTS, 1).measures["nDCG@10"] == 1


# EM and F1, by the rules of the script of CMRC 2018

MARKS = set("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")


def units(text):
    """Chinese characters one by one, what is between them by white space; marks are dropped first."""
    kept = "".join(char for char in text.lower().strip() if char not in MARKS)
    return "".join(f" {char} " if "\u4e00" <= char <= "\u9fa5" else char for char in kept).split()


def reference_f1(answers, prediction):
    """The best harmonic mean over the answers, of the shares of the longest common substring of units."""
    best = 0.0
    said = units(prediction)
    for one in map(units, answers):
        common = max(
            (
                size
                for start in range(len(one))
                for size in range(1, len(one) - start + 1)
                if any(said[place : place + size] == one[start : start + size] for place in range(len(said)))
            ),
            default=0,
        )
        if common:
            precision, recall = common / len(said), common / len(one)
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


def reference_em(answers, prediction):
    def plain(text):
        return "".join(char for char in text.lower().strip() if char not in MARKS)

    return float(any(plain(one) == plain(prediction) for one in answers))


said_texts = st.text(alphabet="仁川馆aB 12，。-·", max_size=14)


@given(said_texts, st.lists(said_texts, min_size=1, max_size=3))
def test_em_and_f1_follow_the_published_rules_of_cmrc(text, forms):
    assert f1(text, forms) == pytest.approx(reference_f1(forms, text))
    assert exact_match(text, forms) == reference_em(forms, text)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("仁川馆建于2015年", "2015年", 2 * 2 / (7 + 2)),  # 仁 川 馆 建 于 2015 年: seven units, two in common.
        ("In 2015 Weihai", "2015", 2 / (3 + 1)),
        ("威海", "威海", 1),
        ("威海", "仁川", 0),
        ("海威", "威海", 0.5),  # A stretch, not a bag of characters.
    ],
)
def test_f1_counts_characters_in_chinese_and_words_in_english(text, form, expected):
    assert f1(text, [form]) == pytest.approx(expected)


def test_em_and_f1_are_the_means_over_what_has_to_be_said_without_the_numbers_of_quotes():
    found = score(question(must_include=(("威海",), ("仁川",))), answer("威海 [1]"), DOCUMENTS, 1)

    assert (found.measures["EM"], found.measures["F1"]) == (0.5, 0.5)


# citations


def test_a_quote_carries_evidence_when_half_of_the_shorter_one_is_in_common():
    gold = [quote(10, 20)]

    assert citation_precision(gold, [quote(10, 20), quote(30, 40)]) == 0.5
    assert citation_precision(gold, [quote(15, 30)]) == 1
    assert citation_precision(gold, [quote(16, 30)]) == 0
    assert citation_recall([quote(10, 20), quote(30, 40)], [quote(0, 25)]) == 0.5
    assert citation_recall(gold, [quote(10, 20, doc_id="b")]) == 0


def test_citations_do_not_apply_without_evidence_and_precision_not_without_quotes():
    assert citation_precision([], [quote(0, 5)]) is None
    assert citation_precision([quote(0, 5)], []) is None
    assert citation_recall([], [quote(0, 5)]) is None
    assert citation_recall([quote(0, 5)], []) == 0


# language


@pytest.mark.parametrize(
    ("text", "claimed", "found"),
    [
        ("答案在第00段。 [1]", "zh", "zh"),
        ("It stands in the first of them. [1]\n第00段。第01段。 [1]", "en", "en"),
        ("첫 번째는 第00段입니다. [1]", "ko", "ko"),
        ("The first of them was opened in 2015.", "zh", "en"),
        ("答案是二零一五年建成的那一座馆。", "en", "zh"),
        ("第00段。第01段。 [1]", "en", "en"),  # Nothing but the quote: it has no words of its own.
    ],
)
def test_an_answer_is_in_the_language_of_its_own_words(text, claimed, found):
    assert written_in(answer(text, citations=[quote(0, 10)], language=claimed)) == found
