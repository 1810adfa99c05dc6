"""Measures of answers and quotes."""

import ir_measures
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qa_assistant.metrics import (
    RANKING_MEASURES,
    evidence_recall,
    includes_all,
    mean,
    ndcg,
    percentile,
    quote_validity,
    ranking_metrics,
    recall,
    reciprocal_rank,
)
from qa_assistant.records import Quote

TEXT = "2015年，威海在仁川建成“仁川·威海馆”。Weihai opened it in 2015."


def quote(start, end, text=None, doc_id="a"):
    return Quote(doc_id=doc_id, start=start, end=end, text=TEXT[start:end] if text is None else text)


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)
quotes = st.builds(
    lambda doc_id, span: quote(*span, doc_id=doc_id),
    st.sampled_from("ab"),
    spans.filter(lambda span: span[0] < span[1]),
)
texts = st.text(alphabet="仁川威海館馆２2015 AbＡ。", max_size=20)
groups = st.lists(st.lists(texts, max_size=3), max_size=3)


# includes_all


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("仁川·威海館于２０１５年建成", "仁川·威海馆于2015年建成"),
        ("ＦＴＡ签署", "fta签署"),
        ("威海 仁川\n馆", "威海仁川馆"),
        ("威海仁川馆", "威海 仁川馆"),
        ("Free  Trade Agreement", "free trade agreement"),
        ("韓中自由貿易協定", "韩中自由贸易协定"),
    ],
)
def test_width_case_script_and_white_space_do_not_count(text, form):
    assert includes_all(text, [[form]])
    assert includes_all(form, [[text]])


def test_one_form_of_every_group_is_enough_and_needed():
    assert includes_all(TEXT, [["二〇一五", "2015"], ["Incheon", "仁川"]])
    assert not includes_all(TEXT, [["二〇一五", "2015"], ["Seoul", "首尔"]])
    assert not includes_all(TEXT, [[]])


def test_nothing_expected_is_always_included():
    assert includes_all("", [])


@pytest.mark.parametrize(
    ("text", "form", "included"),
    [
        ("2015年", "5", False),
        ("共145次", "14", False),
        ("共14次", "14", True),
        ("增长12.5%", "12.5%", True),
        ("增长112.5%", "12.5%", False),
        ("从2015到2016", "2016", True),
        ("1500家，500家", "500家", True),
        ("12 34 56", "34", True),
        ("12 34 56", "23", False),
        ("２０１５年", "15", False),
    ],
)
def test_a_number_is_not_found_inside_a_longer_one(text, form, included):
    assert includes_all(text, [[form]]) is included


@given(texts, groups, groups)
def test_more_expected_groups_are_never_easier(text, some, more):
    assert includes_all(text, some + more) == (includes_all(text, some) and includes_all(text, more))


@given(texts)
def test_a_text_includes_itself(text):
    assert includes_all(text, [[text]])


# evidence_recall


def test_evidence_is_recalled_by_the_share_of_its_characters():
    evidence = [quote(0, 10)]

    assert evidence_recall(evidence, [quote(0, 10)]) == 1
    assert evidence_recall(evidence, [quote(5, 20)]) == 0.5
    assert evidence_recall(evidence, [quote(0, 2), quote(8, 10)]) == pytest.approx(0.4)
    assert evidence_recall(evidence, [quote(10, 20)]) == 0
    assert evidence_recall(evidence, []) == 0


def test_evidence_covered_twice_counts_once():
    assert evidence_recall([quote(0, 10)], [quote(0, 5), quote(3, 5), quote(0, 5)]) == 0.5


def test_long_evidence_counts_more_than_short():
    assert evidence_recall([quote(0, 9), quote(20, 21)], [quote(0, 9)]) == pytest.approx(0.9)


def test_the_same_place_in_another_document_is_no_evidence():
    assert evidence_recall([quote(0, 10)], [quote(0, 10, doc_id="b")]) == 0


def test_without_evidence_there_is_nothing_to_recall():
    assert evidence_recall([], [quote(0, 5)]) is None


@given(st.lists(quotes, min_size=1, max_size=4), st.lists(quotes, max_size=4), quotes)
def test_recall_is_a_share_and_never_falls_with_a_further_quote(evidence, shown, further):
    before = evidence_recall(evidence, shown)
    after = evidence_recall(evidence, [*shown, further])

    assert 0 <= before <= after <= 1
    assert evidence_recall(evidence, evidence) == 1


# quote_validity


def test_a_quote_is_valid_only_character_for_character():
    texts = {"a": TEXT}

    assert quote_validity([quote(0, 5)], texts) == 1
    assert quote_validity([quote(0, 5), quote(1, 6, text=TEXT[0:5])], texts) == 0.5
    assert quote_validity([quote(0, 5, text="２015年")], texts) == 0
    assert quote_validity([quote(0, 5, doc_id="b")], texts) == 0
    assert quote_validity([], texts) is None


@given(texts, spans)
def test_every_slice_of_a_text_is_a_valid_quote(text, span):
    start, end = span

    assert quote_validity([Quote(doc_id="a", start=start, end=end, text=text[start:end])], {"a": text}) == 1


# rankings

doc_ids = st.sampled_from([f"d{number}" for number in range(16)] + ["文档", "문서"])
query_ids = st.sampled_from(["q1", "q2", "问3", "q4"])
judgments = st.dictionaries(query_ids, st.dictionaries(doc_ids, st.integers(-1, 3), min_size=1), min_size=1)
# Few different scores, so that most runs have ties.
scored = st.dictionaries(query_ids, st.dictionaries(doc_ids, st.sampled_from([0.0, 0.25, 0.5, 1.0])))


def ranking_of(scores):
    """The order that a run is written in: by score, ties by id."""
    return sorted(scores, key=lambda doc_id: (-scores[doc_id], doc_id))


def reference(rankings, qrels, names):
    """What ir_measures says of the same rankings, told by strictly falling scores."""
    run = {
        query_id: {doc_id: float(-rank) for rank, doc_id in enumerate(ranking)}
        for query_id, ranking in rankings.items()
    }
    measures = {name: ir_measures.parse_measure(name) for name in names}
    found = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    return {name: found[measure] for name, measure in measures.items()}


@given(judgments, scored)
def test_ranking_measures_are_those_of_ir_measures_with_ties_and_queries_without_results(qrels, run):
    rankings = {query_id: ranking_of(scores) for query_id, scores in run.items()}

    assert ranking_metrics(rankings, qrels) == pytest.approx(reference(rankings, qrels, RANKING_MEASURES), abs=1e-9)


@given(judgments, scored, st.integers(1, 12))
def test_each_measure_is_that_of_ir_measures_at_every_cut(qrels, run, k):
    for query_id, judged in qrels.items():
        ranking = ranking_of(run.get(query_id, {}))
        names = {f"R@{k}": recall, f"RR@{k}": reciprocal_rank, f"nDCG@{k}": ndcg}
        expected = reference({query_id: ranking}, {query_id: judged}, names)

        for name, measure in names.items():
            assert measure(ranking, judged, k) == pytest.approx(expected[name], abs=1e-9), name


def test_a_ranking_is_measured_down_to_its_cut_and_no_further():
    ranking, judged = ["a", "b", "c", "d"], {"b": 1, "d": 1, "e": 0}

    assert [recall(ranking, judged, k) for k in (1, 2, 4, 9)] == [0, 0.5, 1, 1]
    assert [reciprocal_rank(ranking, judged, k) for k in (1, 2, 4)] == [0, 0.5, 0.5]
    assert ndcg(["b", "d"], judged, 10) == 1
    assert ndcg(["d"], {"d": 1, "b": 3}, 10) < ndcg(["b"], {"d": 1, "b": 3}, 10) < 1


def test_a_query_without_a_ranking_counts_nothing_and_is_not_left_out():
    assert ranking_metrics({"q1": ["a"]}, {"q1": {"a": 1}, "q2": {"a": 1}})["R@1"] == 0.5
    assert set(ranking_metrics({}, {}).values()) == {0.0}


# mean and percentile


def test_the_mean_leaves_out_what_does_not_apply():
    assert mean([1, None, 0]) == 0.5
    assert mean([None]) is None
    assert mean([]) is None


def test_the_percentile_is_one_of_the_values():
    assert percentile([], 0.5) == 0
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile(list(range(1, 101)), 0.07) == 7
    assert percentile(list(range(1, 101)), 0.29) == 29
    assert percentile([5], 0) == 5
    assert percentile(list(range(1, 3001)), 1 / 3) == 1000


@given(st.lists(st.integers(0, 50), min_size=1), st.floats(0.01, 1))
def test_the_percentile_is_the_smallest_value_that_the_share_does_not_exceed(values, share):
    assume(abs(share * len(values) - round(share * len(values))) > 1e-6)
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)
