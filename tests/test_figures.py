"""Figures with intervals, and two runs compared: against scipy, statsmodels, and counting by hand."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap
from statsmodels.stats.contingency_tables import mcnemar as statsmodels_mcnemar

from qa_assistant.errors import InputError
from qa_assistant.evaluate.compare import compare, mcnemar
from qa_assistant.evaluate.expected import expected_of, failures, questions_lost, read_expected, write_expected
from qa_assistant.evaluate.figures import MEASURES, area_under_risk, figures_of, grouped, interval, sample_weights
from qa_assistant.metrics import percentile
from qa_assistant.records import EvalReport, QuestionResult


def result(number=0, *, correct=True, kind="fact", expected="fact", confidence=0.5, milliseconds=10.0, **changes):
    return QuestionResult(
        question_id=f"q{number}",
        language="zh",
        expected_kind=expected,
        kind=kind,
        correct=correct,
        evidence_recall=None,
        quote_validity=None,
        text="",
        milliseconds=milliseconds,
        confidence=confidence,
    ).model_copy(update=changes)


def random_results(seed, size):
    chance = random.Random(seed)
    return [
        result(
            number,
            correct=chance.random() < 0.7,
            kind=chance.choice(["fact", "passage", "no_answer"]),
            expected=chance.choice(["fact", "passage", "no_answer"]),
            confidence=chance.choice([0.1, 0.3, 0.5, 0.7, chance.random()]),
            milliseconds=round(chance.expovariate(0.1), 3),
            language=chance.choice(["zh", "en", "ko"]),
            evidence_recall=chance.choice([None, 0.0, 0.5, 1.0]),
            quote_validity=chance.choice([None, 1.0, 0.5]),
            evidence_found={} if chance.random() < 0.3 else {f"R@{k}": chance.random() for k in (1, 5, 10)},
            measures={
                name: chance.random()
                for name in ("F1", "EM", "RR@10", "nDCG@10", "citation_precision", "citation_recall", "answer_language")
                if chance.random() < 0.8
            },
            documents=tuple(chance.sample(["a", "b"], chance.randint(0, 2))),
        )
        for number in range(size)
    ]


def values(results, weights=None):
    weights = np.ones((1, len(results))) if weights is None else weights
    return {measure.name: measure.figures(results, weights) for measure in MEASURES}


# the value of a measure


def test_each_share_is_that_counted_by_hand():
    results = [
        result(1, correct=True, kind="no_answer", expected="no_answer"),
        result(2, correct=False, kind="fact", expected="no_answer"),
        result(3, correct=False, kind="no_answer", expected="fact"),
        result(4, correct=True, kind="fact", expected="fact"),
        result(5, correct=False, kind="passage", expected="fact"),
    ]
    figures = {name: figure.value for name, figure in figures_of(results).items()}

    assert figures["answer_accuracy"] == 0.4
    assert figures["abstention_accuracy"] == figures["refusal_recall"] == 0.5
    assert figures["refusal_precision"] == 0.5
    assert figures["false_refusals"] == pytest.approx(1 / 3, abs=1e-4)
    assert "evidence_recall" not in figures


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.9]) | st.floats(0, 1), st.booleans()), min_size=1, max_size=12))
def test_the_area_under_risk_is_the_mean_risk_of_the_answers_as_sure_or_surer(answers):
    results = [result(number, correct=right, confidence=sure) for number, (sure, right) in enumerate(answers)]
    risks = []
    for sure, _ in answers:
        given_then = [right for other, right in answers if other >= sure]
        risks.append(1 - sum(given_then) / len(given_then))

    found = area_under_risk(results, np.ones((1, len(results))))

    assert found[0] == pytest.approx(sum(risks) / len(risks))


def test_refusals_are_not_in_the_area_under_risk():
    results = [result(1, correct=False, confidence=0.2), result(2, kind="no_answer", correct=False, confidence=1.0)]

    assert area_under_risk(results, np.ones((1, 2)))[0] == 1
    assert np.isnan(area_under_risk(results[1:], np.ones((1, 1)))[0])


@given(st.lists(st.floats(0, 1000).map(lambda value: round(value, 3)), min_size=1, max_size=30))
def test_latency_is_the_percentile_of_the_times(times):
    found = values([result(number, milliseconds=time) for number, time in enumerate(times)])

    assert found["latency_p50_ms"][0] == percentile(times, 0.5)
    assert found["latency_p95_ms"][0] == percentile(times, 0.95)


# intervals


@pytest.mark.parametrize("seed", range(4))
def test_a_weighting_is_a_sample_with_each_question_as_often_as_it_was_drawn(seed):
    """Every measure over weights is the measure over the questions that a bootstrap sample holds."""
    results = random_results(seed, 25)
    weights = sample_weights(25, samples=20)
    weighted = values(results, weights)
    for sample, drawn in enumerate(weights):
        held = [one for one, times in zip(results, drawn, strict=True) for _ in range(int(times))]
        for name, found in values(held).items():
            assert weighted[name][sample] == pytest.approx(found[0], nan_ok=True), name


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_a_mean_is_that_of_scipy(seed):
    right = np.random.default_rng(seed).random(300) < 0.8
    own = figures_of([result(number, correct=bool(one)) for number, one in enumerate(right)])["answer_accuracy"]
    expected = bootstrap(
        (right.astype(float),), np.mean, method="percentile", n_resamples=4000, rng=np.random.default_rng(1)
    ).confidence_interval

    assert own.value == pytest.approx(right.mean(), abs=1e-4)
    assert (own.low, own.high) == pytest.approx((expected.low, expected.high), abs=0.008)


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_of_a_difference_is_that_of_scipys_paired_bootstrap(seed):
    chance = np.random.default_rng(seed)
    before = chance.random(250) < 0.7
    after = np.where(chance.random(250) < 0.15, ~before, before)
    own = compare(
        [result(number, correct=bool(one)) for number, one in enumerate(after)],
        [result(number, correct=bool(one)) for number, one in enumerate(before)],
        "before",
    ).differences["answer_accuracy"]
    expected = bootstrap(
        (after.astype(float), before.astype(float)),
        lambda new, old: np.mean(new) - np.mean(old),
        paired=True,
        vectorized=False,
        method="percentile",
        n_resamples=3000,
        rng=np.random.default_rng(1),
    ).confidence_interval

    assert own.change == pytest.approx(after.mean() - before.mean(), abs=2e-4)
    assert (own.low, own.high) == pytest.approx((expected.low, expected.high), abs=0.008)


def test_intervals_hold_the_value_and_are_the_same_each_time():
    results = random_results(7, 200)
    first = figures_of(results)

    assert first == figures_of(results)
    assert all(figure.low <= figure.value <= figure.high for figure in first.values())
    assert first["answer_accuracy"].low < first["answer_accuracy"].high


def test_the_interval_of_values_leaves_out_samples_to_which_a_measure_does_not_apply():
    assert interval(np.array([np.nan, 2.0, 2.0])) == (2.0, 2.0)
    assert all(np.isnan(interval(np.array([np.nan]))))


def test_questions_are_grouped_by_language_kind_and_each_of_their_documents():
    results = random_results(3, 60)
    groups = {(group.by, group.name): group for group in grouped(results)}

    assert groups["all", "all"].questions == 60
    for language in ("zh", "en", "ko"):
        own = [one for one in results if one.language == language]
        assert groups["language", language].questions == len(own)
        assert groups["language", language].figures["answer_accuracy"].value == pytest.approx(
            sum(one.correct for one in own) / len(own), abs=1e-4
        )
    assert groups["document", "a"].questions == sum("a" in one.documents for one in results)
    assert sum(group.questions for (by, _), group in groups.items() if by == "kind") == 60


def test_no_results_have_no_figures():
    assert figures_of([]) == {}


# comparison


@given(st.integers(0, 60), st.integers(0, 60))
def test_mcnemars_test_is_that_of_statsmodels(won, lost):
    expected = statsmodels_mcnemar([[10, lost], [won, 10]], exact=True).pvalue if won + lost else 1.0

    assert mcnemar(won, lost) == pytest.approx(expected, abs=1e-12)


def test_questions_won_and_lost_are_named_and_those_in_one_run_only_left_out():
    now = [result(1, correct=True), result(2, correct=False), result(3), result(4)]
    before = [result(1, correct=False), result(2, correct=True), result(3), result(5)]

    found = compare(now, before, "before")

    assert (found.won, found.lost, found.questions) == (("q1",), ("q2",), 3)
    assert found.p_value == 1.0
    assert found.differences["answer_accuracy"].change == 0


def test_a_run_of_other_questions_cannot_be_a_baseline():
    with pytest.raises(InputError, match="none of these questions"):
        compare([result(1)], [result(2)], "before")


# expected figures


def report(results, gold_sha256="g"):
    groups = grouped(results)
    return EvalReport(
        run_id="r",
        index_id="i",
        gold_sha256=gold_sha256,
        configuration={"model": "builtin"},
        metrics={name: figure.value for name, figure in groups[0].figures.items()},
        groups=groups,
        per_question=tuple(results),
    )


def right_but_for(wrong, size=40):
    return report([result(number, correct=number not in wrong) for number in range(size)])


def test_expected_figures_are_held_by_the_run_they_are_from_and_by_a_better_one(tmp_path):
    write_expected(expected_of(right_but_for({1, 2, 3, 4})), tmp_path / "expected.json")
    expected = read_expected(tmp_path / "expected.json")

    assert expected == expected_of(right_but_for({1, 2, 3, 4}))
    assert failures(right_but_for({1, 2, 3, 4}), expected) == []
    assert failures(right_but_for({1, 2, 3, 4, 5}), expected) == []
    assert failures(right_but_for(set()), expected) == []


def test_a_figure_beyond_its_interval_fails_and_the_questions_lost_are_named():
    expected = expected_of(right_but_for({1, 2, 3, 4}))
    now = right_but_for(set(range(3, 20)))

    found = failures(now, expected)

    assert any(line.startswith("answer_accuracy is 0.5750, below ") for line in found)
    assert any(line.startswith("AURC is ") and " above " in line for line in found)
    assert questions_lost(now, expected) == [f"q{number}" for number in range(5, 20)]
    assert found[-1] == f"questions lost (15): {' '.join(questions_lost(now, expected))}"


def test_times_are_not_expected_as_they_are_of_the_machine():
    assert not [name for name in expected_of(right_but_for({1})).figures if "latency" in name]


def test_other_gold_questions_do_not_hold_what_was_expected_of_these():
    expected = expected_of(right_but_for({1}))
    other = report([result(1)], gold_sha256="other")

    assert len(failures(other, expected)) == 1
    assert "--write-expected" in failures(other, expected)[0]


@pytest.mark.parametrize("content", [None, "not JSON", "{}", '{"gold_sha256": 1}'])
def test_a_file_of_expected_figures_that_cannot_be_used_is_named(tmp_path, content):
    path = tmp_path / "expected.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"expected\.json"):
        read_expected(path)
