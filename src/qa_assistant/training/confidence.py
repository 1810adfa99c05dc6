"""Fit how sure an answer is: on the project's questions, and on questions about other things.

    python -m qa_assistant.training.confidence --data ../shared/data

Two fits, each cross-validated over ten parts; no part is judged by what was fitted on it:

* whether the sources speak of a question at all, a logistic regression: answerable questions whose evidence the
  passages have, against questions of reading comprehension sets and everyday questions;
* how often an answer is right, by where it comes from and its score: isotonic regression.

The threshold is the greatest of a few round numbers at which, in no language, more than `FALSE_REFUSALS` of the
answerable questions are refused. Prints the risk-coverage curve. The same files give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from qa_assistant.assistant import Assistant
from qa_assistant.confidence import FILE_NAME, Confidence, Curve, Route, Signals, default_confidence
from qa_assistant.evaluate import read_gold
from qa_assistant.records import GoldQuestion
from qa_assistant.training.judging import Judge, Judged

FALSE_REFUSALS = 0.05
THRESHOLDS = (0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05)
PARTS = 10
ROUNDS = 6
OTHERS = 200
"""Questions about other things from each file."""
EVIDENCE = 0.3
"""Share of the evidence that the quotes must show for a question to be one that passages can answer."""
LEAST, MOST = 0.02, 0.98
_READING = ("cmrc2018_trial", "drcd_dev", "xquad_first12.zh", "xquad_first12.en")
_KOREAN = "manythings_tatoeba_kor.en-ko.tsv.gz"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A question's signals, and whether the sources speak of it."""

    signals: Signals
    spoken_of: bool


def other_questions(data: Path) -> Iterator[str]:
    """Questions about other things, drawn with a fixed seed: Chinese, English and Korean."""
    for name in _READING:
        articles = json.loads(gzip.decompress((data / "dev" / f"{name}.json.gz").read_bytes()))["data"]
        found = [one["question"] for article in articles for part in article["paragraphs"] for one in part["qas"]]
        yield from random.Random(1).sample(found, OTHERS)  # noqa: S311 - a sample, no secret
    lines = gzip.decompress((data / "train" / _KOREAN).read_bytes()).decode("utf-8").splitlines()
    korean = [fields[1] for line in lines if len(fields := line.split("\t")) > 1 and len(fields[1]) > 10]
    questions = sorted({one for one in korean if one.endswith("?")})
    yield from random.Random(1).sample(questions, min(OTHERS, len(questions)))  # noqa: S311


def fit(gold: Sequence[GoldQuestion], judged: Sequence[Judged], others: Sequence[Signals]) -> tuple[Confidence, str]:
    """The fitted numbers, and a report of the cross-validation."""
    examples = [
        Example(one.signals, spoken_of=True)
        for question, one in zip(gold, judged, strict=True)
        if question.kind != "no_answer" and one.signals is not None and one.evidence > EVIDENCE
    ] + [Example(signals, spoken_of=False) for signals in others]
    rows: Floats = np.array([example.signals.features for example in examples])
    spoken = np.array([example.spoken_of for example in examples])
    languages = np.array([example.signals.language for example in examples])
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=5000, class_weight="balanced")
    folds = StratifiedKFold(PARTS, shuffle=True, random_state=1)
    predicted = cross_val_predict(model, (rows - means) / scales, spoken, cv=folds, method="predict_proba")[:, 1]
    refused = {
        threshold: {
            language: float(np.mean(predicted[spoken & (languages == language)] < threshold))
            for language in ("zh", "en", "ko")
        }
        for threshold in THRESHOLDS
    }
    threshold = next((one for one in THRESHOLDS if max(refused[one].values()) <= FALSE_REFUSALS), THRESHOLDS[-1])
    model.fit((rows - means) / scales, spoken)
    weights: Floats = model.coef_[0] / scales
    lines = [f"{len(examples)} questions, {int(spoken.sum())} spoken of; threshold {threshold}"]
    for language in ("zh", "en", "ko"):
        others_here = predicted[~spoken & (languages == language)]
        lines.append(
            f"{language}: {refused[threshold][language]:.3f} of those spoken of refused,"
            f" {float(np.mean(others_here >= threshold)):.3f} of those about other things answered"
        )
    curves, told = _curves(judged)
    fitted = Confidence(
        weights=tuple(round(float(weight), 4) for weight in weights),
        constant=round(float(model.intercept_[0] - (weights * means).sum()), 4),
        threshold=threshold,
        curves=curves,
    )
    return fitted, "\n".join([*lines, *told])


def _curves(judged: Sequence[Judged]) -> tuple[dict[Route, Curve], list[str]]:
    """A curve for each path, and risk by coverage: the share of wrong answers among those that are surest."""
    curves: dict[Route, Curve] = {}
    sure: list[tuple[float, bool]] = []
    for path in ("table", "statement", "passage"):
        own = [one for one in judged if one.path == path]
        scores, right = np.array([one.score for one in own]), np.array([one.right for one in own], dtype=np.float64)
        order = np.random.default_rng(1).permutation(len(own))
        for part in np.array_split(order, PARTS):
            rest = np.setdiff1d(order, part)
            curve = IsotonicRegression(y_min=LEAST, y_max=MOST, out_of_bounds="clip").fit(scores[rest], right[rest])
            sure += zip(curve.predict(scores[part]).tolist(), (right[part] > 0).tolist(), strict=True)
        whole = IsotonicRegression(y_min=LEAST, y_max=MOST, out_of_bounds="clip").fit(scores, right)
        curves[path] = Curve(
            scores=tuple(round(float(score), 4) for score in whole.X_thresholds_),
            shares=tuple(round(float(share), 4) for share in whole.y_thresholds_),
        )
    sure.sort(key=lambda one: -one[0])
    lines = ["coverage  risk  least confidence"]
    for tenth in range(1, 11):
        first = sure[: len(sure) * tenth // 10]
        risk = 1 - sum(right for _, right in first) / len(first)
        lines.append(f"{tenth / 10:8.1f}  {risk:.3f}  {first[-1][0]:.3f}")
    error = sum(abs(probability - right) for probability, right in sure) / len(sure)
    lines.append(f"{len(sure)} answers; mean distance of confidence and right or wrong {error:.3f}")
    return curves, lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit on the gold files and write into the package, or to `--out`."""
    parser = argparse.ArgumentParser(description="Fit how sure an answer is.")
    parser.add_argument("--data", type=Path, required=True, help="directory with train/ and dev/")
    parser.add_argument("--gold", type=Path, nargs="+", default=[Path("eval/gold.jsonl"), Path("eval/further.jsonl")])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / FILE_NAME)
    options = parser.parse_args(arguments)
    assistant = Assistant.ready()
    gold = [question for path in options.gold for question in read_gold(path)[0] if not question.history]
    judge = Judge(assistant)
    others = [signals for question in other_questions(options.data) if (signals := judge.signals(question)) is not None]
    # Which questions are answered, and so which answers are judged, hangs on what was fitted before.
    text, report = "", ""
    for _ in range(ROUNDS):
        fitted, report = fit(gold, [judge.judge(question) for question in gold], others)
        before, text = text, json.dumps(fitted.model_dump(mode="json"), indent=1, sort_keys=True) + "\n"
        options.out.write_text(text, encoding="utf-8", newline="\n")
        default_confidence.cache_clear()
        if text == before:
            break
    sys.stdout.write(f"{report}\n-> {options.out}\n")


if __name__ == "__main__":
    main()
