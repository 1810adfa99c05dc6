"""Two runs of the same gold questions compared: which were won and lost, and what may be chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from qa_assistant.errors import InputError
from qa_assistant.evaluate.figures import MEASURES, interval, sample_weights
from qa_assistant.records import QuestionResult, Record

COMPARED: Final = tuple(measure for measure in MEASURES if measure.better != "neither")


class Difference(Record):
    """A measure of two runs and by how much it changed, with the paired bootstrap 95 % interval of the change."""

    value: float
    baseline: float
    change: float
    low: float
    high: float


class Comparison(Record):
    """A run against a baseline, over the `questions` that both answered.

    `won` are the questions that only the run has right, `lost` those that only the baseline has right. `p_value` is
    that of McNemar's exact test: how likely it is to win and lose so unevenly by chance.
    """

    baseline_id: str
    questions: int
    won: tuple[str, ...]
    lost: tuple[str, ...]
    p_value: float
    differences: dict[str, Difference]


def compare(results: Sequence[QuestionResult], baseline: Sequence[QuestionResult], baseline_id: str) -> Comparison:
    """Compare results with those of a baseline, question by question. Raises `InputError` where none is in both."""
    before = {result.question_id: result for result in baseline}
    pairs = [(result, before[result.question_id]) for result in results if result.question_id in before]
    if not pairs:
        raise InputError(f"baseline {baseline_id} has none of these questions; name a run of the same gold file")
    won = tuple(new.question_id for new, old in pairs if new.correct and not old.correct)
    lost = tuple(new.question_id for new, old in pairs if old.correct and not new.correct)
    return Comparison(
        baseline_id=baseline_id,
        questions=len(pairs),
        won=won,
        lost=lost,
        p_value=round(mcnemar(len(won), len(lost)), 6),
        differences=_differences([new for new, _ in pairs], [old for _, old in pairs]),
    )


def mcnemar(won: int, lost: int) -> float:
    """The two-sided p-value of McNemar's exact test; 1 where nothing changed."""
    from scipy.stats import binomtest  # Takes half a second to import; only a comparison needs it.

    return float(binomtest(won, won + lost, 0.5).pvalue) if won + lost else 1.0


def _differences(results: Sequence[QuestionResult], baseline: Sequence[QuestionResult]) -> dict[str, Difference]:
    weights = sample_weights(len(results))
    once = np.ones((1, len(results)))
    found: dict[str, Difference] = {}
    for measure in COMPARED:
        value, before = float(measure.figures(results, once)[0]), float(measure.figures(baseline, once)[0])
        if np.isnan(value) or np.isnan(before):
            continue
        low, high = interval(measure.figures(results, weights) - measure.figures(baseline, weights))
        found[measure.name] = Difference(
            value=round(value, 4),
            baseline=round(before, 4),
            change=round(value - before, 4),
            low=round(low, 4),
            high=round(high, 4),
        )
    return found
