"""Figures of a run: each measure over all questions and over parts of them, with bootstrap intervals.

A measure is computed for many weightings of the questions at once. All weights 1 give its value; the weights of
bootstrap samples (how often each question was drawn) give its interval; the same weights over two runs give the
interval of their difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from qa_assistant.records import Figure, FigureGroup, QuestionResult

SAMPLES: Final = 2000
SEED: Final = 20180101
"""The same samples each time, so that the same answers have the same intervals."""

Values = npt.NDArray[np.float64]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class Measure:
    """A measure of a set of results.

    `figures` takes n results and weights of shape (samples, n), and gives (samples,) values, NaN where the measure
    does not apply; `applies` tells to which results it does. `headline` measures are those that are expected to hold.
    """

    name: str
    figures: Callable[[Sequence[QuestionResult], Values], Values]
    applies: Callable[[QuestionResult], bool]
    better: Better = "higher"
    headline: bool = True


def ratio(
    name: str, value: Callable[[QuestionResult], float | None], better: Better = "higher", *, headline: bool = True
) -> Measure:
    """The mean of `value` over the results for which it is not None."""

    def figures(results: Sequence[QuestionResult], weights: Values) -> Values:
        found = [value(result) for result in results]
        known = np.array([one is not None for one in found], dtype=np.float64)
        numbers = np.array([one or 0.0 for one in found], dtype=np.float64)
        return _divided(weights @ numbers, weights @ known)

    return Measure(name, figures, lambda result: value(result) is not None, better, headline)


def quantile(name: str, share: float) -> Measure:
    """The latency that `share` of the answers do not exceed (nearest rank), in milliseconds."""

    def figures(results: Sequence[QuestionResult], weights: Values) -> Values:
        if not results:
            return np.full(len(weights), np.nan)
        times = np.array([result.milliseconds for result in results])
        order = np.argsort(times, kind="stable")
        counted = np.cumsum(weights[:, order], axis=1)
        needed = np.maximum(np.ceil(np.round(share * counted[:, -1:], 9)), 1)
        return np.asarray(times[order][np.argmax(counted >= needed, axis=1)], dtype=np.float64)

    return Measure(name, figures, lambda result: True, "lower", headline=False)


def area_under_risk(results: Sequence[QuestionResult], weights: Values) -> Values:
    """AURC: the mean, over the answered questions, of the share of wrong answers among those as sure or surer.

    Geifman and El-Yaniv 2017; answers that are equally sure cannot be told apart and have one risk.
    """
    answered = [number for number, result in enumerate(results) if result.kind != "no_answer"]
    if not answered:
        return np.full(len(weights), np.nan)
    order = sorted(answered, key=lambda number: -results[number].confidence)
    sure = np.array([results[number].confidence for number in order])
    wrong = np.array([not results[number].correct for number in order], dtype=np.float64)
    drawn = weights[:, order]
    last = np.searchsorted(-sure, -sure, side="right") - 1  # Of those equally sure.
    counted = np.cumsum(drawn, axis=1)[:, last]
    risk = _divided(np.cumsum(drawn * wrong, axis=1)[:, last], counted)
    return _divided(np.nansum(drawn * risk, axis=1), drawn.sum(axis=1))


def _answerable(result: QuestionResult) -> bool:
    return result.expected_kind != "no_answer"


def _refused(result: QuestionResult) -> bool:
    return result.kind == "no_answer"


def _of(name: str) -> Callable[[QuestionResult], float | None]:
    return lambda result: result.measures.get(name)


def _found(name: str) -> Callable[[QuestionResult], float | None]:
    return lambda result: result.evidence_found.get(name) if _answerable(result) else None


MEASURES: Final = (
    ratio("answer_accuracy", lambda result: float(result.correct)),
    ratio("R@1", _found("R@1")),
    ratio("R@5", _found("R@5")),
    ratio("R@10", _found("R@10")),
    ratio("RR@10", _of("RR@10")),
    ratio("nDCG@10", _of("nDCG@10")),
    ratio("evidence_recall", lambda result: result.evidence_recall if _answerable(result) else None),
    ratio("citation_precision", _of("citation_precision")),
    ratio("citation_recall", _of("citation_recall")),
    ratio("quote_validity", lambda result: result.quote_validity),
    ratio("EM", _of("EM")),
    ratio("F1", _of("F1")),
    ratio("abstention_accuracy", lambda result: None if _answerable(result) else float(result.correct)),
    ratio("false_refusals", lambda result: float(_refused(result)) if _answerable(result) else None, "lower"),
    ratio("refusal_precision", lambda result: float(not _answerable(result)) if _refused(result) else None),
    ratio("refusal_recall", lambda result: None if _answerable(result) else float(_refused(result))),
    Measure("AURC", area_under_risk, lambda result: not _refused(result), "lower"),
    ratio("answer_language", _of("answer_language")),
    ratio("answer_length", _of("answer_length"), "neither", headline=False),
    quantile("latency_p50_ms", 0.5),
    quantile("latency_p95_ms", 0.95),
)
"""All measures, in the order in which they are printed."""


def figures_of(results: Sequence[QuestionResult]) -> dict[str, Figure]:
    """Each measure that applies to some of `results`, with its percentile bootstrap 95 % interval.

    A figure that is the same for every question, such as 1.0, has an interval without width.
    """
    weights = sample_weights(len(results))
    figures: dict[str, Figure] = {}
    for measure in MEASURES:
        questions = sum(map(measure.applies, results))
        if questions:
            low, high = interval(measure.figures(results, weights))
            value = float(measure.figures(results, np.ones((1, len(results))))[0])
            figures[measure.name] = Figure(
                value=round(value, 4), low=round(low, 4), high=round(high, 4), questions=questions
            )
    return figures


def grouped(results: Sequence[QuestionResult]) -> tuple[FigureGroup, ...]:
    """The figures of all results, and by language, kind and document; a question of two documents is in both."""
    groups: list[FigureGroup] = []
    for by, name, own in _parts(results):
        figures = figures_of(own)
        if by in ("kind", "document"):
            # Only where answerable and unanswerable questions are mixed does it say anything.
            figures.pop("refusal_precision", None)
        groups.append(FigureGroup(by=by, name=name, questions=len(own), figures=figures))
    return tuple(groups)


def sample_weights(questions: int, samples: int = SAMPLES) -> Values:
    """How often each question is drawn in each bootstrap sample, shape (samples, questions)."""
    if not questions:
        return np.zeros((samples, 0))
    drawn = np.random.default_rng(SEED).multinomial(questions, np.full(questions, 1 / questions), size=samples)
    return drawn.astype(np.float64)


def interval(values: Values) -> tuple[float, float]:
    """The middle 95 % of `values`; those that are NaN are left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)


Part = tuple[Literal["all", "language", "kind", "document"], str, list[QuestionResult]]


def _parts(results: Sequence[QuestionResult]) -> Iterator[Part]:
    yield "all", "all", list(results)
    for language in ("zh", "en", "ko"):
        if own := [result for result in results if result.language == language]:
            yield "language", language, own
    for kind in ("fact", "passage", "no_answer"):
        if own := [result for result in results if result.expected_kind == kind]:
            yield "kind", kind, own
    for doc_id in sorted({doc_id for result in results for doc_id in result.documents}):
        yield "document", doc_id, [result for result in results if doc_id in result.documents]


def _divided(numerators: Values, denominators: Values) -> Values:
    quotients: Values = np.full(numerators.shape, np.nan)
    np.divide(numerators, denominators, out=quotients, where=denominators > 0)
    return quotients
