"""The figures that are expected of the gold set, and whether a run holds them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import ValidationError

from qa_assistant.errors import InputError
from qa_assistant.evaluate.figures import MEASURES
from qa_assistant.evaluate.lines import first_problem
from qa_assistant.records import EvalReport, Figure, Record

_HEADLINES: Final = {measure.name: measure.better for measure in MEASURES if measure.headline}


class Expected(Record):
    """Figures that were measured, what they were measured with, and the questions that were wrong then."""

    gold_sha256: str
    index_id: str
    configuration: dict[str, str]
    questions: int
    figures: dict[str, Figure]
    wrong: tuple[str, ...]


def expected_of(report: EvalReport) -> Expected:
    """The headline figures of a report as what is expected from now on."""
    return Expected(
        gold_sha256=report.gold_sha256,
        index_id=report.index_id,
        configuration=report.configuration,
        questions=len(report.per_question),
        figures={name: figure for name, figure in report.groups[0].figures.items() if name in _HEADLINES},
        wrong=tuple(result.question_id for result in report.per_question if not result.correct),
    )


def read_expected(path: Path) -> Expected:
    """The expected figures of a file. Raises `InputError`, which names file and field."""
    try:
        return Expected.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); write it with --write-expected") from error
    except ValidationError as error:
        raise InputError(f"{path}: {first_problem(error, 'file')}") from error


def write_expected(expected: Expected, path: Path) -> None:
    """Write expected figures, indented, to be compared by eye."""
    path.write_text(expected.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")


def failures(report: EvalReport, expected: Expected) -> list[str]:
    """What is worse than expected, a line each: figures beyond their interval, and then the questions lost.

    A figure fails that is below its interval where higher is better, above it where lower is. Figures of other
    questions are not compared: that alone is a failure.
    """
    if report.gold_sha256 != expected.gold_sha256:
        return ["the gold questions are not those of the expected figures; measure anew with --write-expected"]
    found: list[str] = []
    for name, figure in expected.figures.items():
        now = report.groups[0].figures.get(name)
        better = _HEADLINES.get(name, "neither")
        if now is None:
            found.append(f"{name} is not measured any more, expected {figure.value:.4f}")
        elif better == "higher" and now.value < figure.low:
            found.append(f"{name} is {now.value:.4f}, below {figure.low:.4f} (expected {figure.value:.4f})")
        elif better == "lower" and now.value > figure.high:
            found.append(f"{name} is {now.value:.4f}, above {figure.high:.4f} (expected {figure.value:.4f})")
    if found:
        lost = questions_lost(report, expected)
        found.append(f"questions lost ({len(lost)}): {' '.join(lost) or 'none'}")
    return found


def questions_lost(report: EvalReport, expected: Expected) -> list[str]:
    """The questions that were right when the expected figures were measured, and are wrong now."""
    wrong = set(expected.wrong)
    return [one.question_id for one in report.per_question if not one.correct and one.question_id not in wrong]
