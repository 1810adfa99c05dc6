"""What is wrong with a line of a gold file, each finding with file, line and field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from qa_assistant.evaluate.lines import read_json_lines
from qa_assistant.records import GoldQuestion, Record

Level = Literal["error", "warning"]
FindingKind = Literal[
    "shape",
    "id",
    "expectation",
    "evidence",
    "repeated_evidence",
    "unmatchable_form",
    "wide_form",
    "repeated_form",
    "unsupported_form",
    "answer_elsewhere",
    "given_away",
    "asked_twice",
    "near_duplicate",
]


class Finding(Record):
    """One thing that is wrong (`error`) or to be looked at (`warning`) in one field of one line.

    `field` is a path into the line (`must_include.0.2`), empty for the line as a whole.
    """

    file: str
    line: int
    question_id: str = ""
    field: str = ""
    level: Level
    kind: FindingKind
    text: str

    def __str__(self) -> str:
        field = f"field {self.field!r}: " if self.field else ""
        own_id = f"{self.question_id}: " if self.question_id else ""
        return f"{self.file}, line {self.line}: {own_id}{field}{self.text}"


@dataclass(frozen=True)
class GoldLine:
    """A question with the place it stands in."""

    file: str
    number: int
    question: GoldQuestion

    def error(self, kind: FindingKind, field: str, text: str) -> Finding:
        """A finding that makes the line unfit to be measured with."""
        return self._finding("error", kind, field, text)

    def warning(self, kind: FindingKind, field: str, text: str) -> Finding:
        """A finding that a person has to look at."""
        return self._finding("warning", kind, field, text)

    def _finding(self, level: Level, kind: FindingKind, field: str, text: str) -> Finding:
        return Finding(
            file=self.file,
            line=self.number,
            question_id=self.question.question_id,
            field=field,
            level=level,
            kind=kind,
            text=text,
        )


def read_gold_lines(path: Path) -> tuple[list[GoldLine], list[Finding]]:
    """The lines of a gold file that have its shape, and what is wrong with the others: a finding for each field.

    Raises `InputError` when the file cannot be read.
    """
    lines: list[GoldLine] = []
    findings: list[Finding] = []
    for number, line in read_json_lines(path):
        try:
            lines.append(GoldLine(str(path), number, GoldQuestion.model_validate_json(line)))
        except ValidationError as error:
            findings += _shape(str(path), number, error)
    return lines, findings


def _shape(file: str, number: int, error: ValidationError) -> Iterator[Finding]:
    for problem in error.errors(include_url=False, include_input=False):
        field = ".".join(map(str, problem["loc"]))
        text = problem["msg"] if field else f"no gold question ({problem['msg']})"
        yield Finding(file=file, line=number, field=field, level="error", kind="shape", text=text)


def count(findings: Sequence[Finding], level: Level) -> int:
    """How many findings are of that level."""
    return sum(finding.level == level for finding in findings)
