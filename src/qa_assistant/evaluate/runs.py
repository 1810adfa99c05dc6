"""A run on disk: a line that says what was asked of what, and a line for each answer, written as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_assistant.config import Settings
from qa_assistant.errors import InputError
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.index import VERSION
from qa_assistant.records import GoldQuestion, Record
from qa_assistant.wire import AnswerBody

RUN_FILE: Final = "run.jsonl"


class RunHead(Record):
    """What a run was made of. Runs of the same head give the same answers.

    `configuration` holds the settings that answers depend on, the version of the package, and a digest of its files.
    """

    index_id: str
    gold_sha256: str
    configuration: dict[str, str]


class RunLine(BaseModel):
    """An answer of a run, and how long it took."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question_id: str
    milliseconds: float
    answer: AnswerBody


class RunFile:
    """A file that a run is written to, answer by answer, so that a run that was cut off can go on."""

    def __init__(self, path: Path, head: RunHead, answered: Mapping[str, RunLine]) -> None:
        self.path = path
        self.head = head
        self.answered = dict(answered)

    @classmethod
    def open(cls, path: Path, head: RunHead, questions: int) -> RunFile:
        """The file at `path`, with the answers that it holds of an unfinished run of the same head.

        A run of another head, and one that is finished (it has `questions` answers), is begun anew.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        answered: dict[str, RunLine] = {}
        if path.exists():
            # What stands behind the last line end was cut off while it was written, perhaps inside a character.
            written = path.read_bytes().rpartition(b"\n")[0].decode("utf-8", errors="replace").split("\n")
            if _head_of(written[0]) == head:
                answered = {line.question_id: line for line in _whole(written[1:])}
        if len(answered) >= questions:
            answered = {}
        lines = [head.model_dump_json(), *(line.model_dump_json() for line in answered.values())]
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")
        return cls(path, head, answered)

    def add(self, line: RunLine) -> None:
        """Write one answer; it is on disk when this returns."""
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line.model_dump_json() + "\n")
        self.answered[line.question_id] = line


def read_run(path: Path) -> tuple[RunHead, dict[str, RunLine]]:
    """A stored run: its head, and its answers by question id. `path` is its file, or the folder of its report.

    Raises `InputError`, which names file, line and field.
    """
    path = path / RUN_FILE if path.is_dir() else path
    lines = read_json_lines(path)
    if not lines:
        raise InputError(f"{path} is empty; name the run.jsonl of a report")
    try:
        number, text = lines[0]
        head = RunHead.model_validate_json(text)
        answered: dict[str, RunLine] = {}
        for number, text in lines[1:]:  # noqa: B007 - the number is named where a line is wrong
            line = RunLine.model_validate_json(text)
            answered[line.question_id] = line
    except ValidationError as error:
        raise InputError(f"{path}, line {number}: {first_problem(error)}") from error
    return head, answered


def gold_digest(gold: Iterable[GoldQuestion]) -> str:
    """The digest of gold questions: that of what is in them, not of how the file is written."""
    return digest(question.model_dump_json() for question in gold)


def digest(parts: Iterable[str]) -> str:
    """The SHA-256 of texts, one a line."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()


def configuration_of(settings: Settings) -> dict[str, str]:
    """What answers depend on beside the index: model, length of passages, reranking, and the program itself."""
    return {
        "version": VERSION,
        "program": program_digest(),
        "model": settings.model,
        "passage_length": str(settings.passage_length),
        "rerank_model": settings.rerank_model or "",
        "rerank_first": str(settings.rerank_first) if settings.rerank_model else "",
    }


def program_digest() -> str:
    """A digest of the package's own files, so that a run is not gone on with by another program."""
    folder = Path(str(resources.files("qa_assistant")))
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            whole.update(path.relative_to(folder).as_posix().encode("utf-8") + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def _head_of(text: str) -> RunHead | None:
    try:
        return RunHead.model_validate_json(text)
    except ValidationError:
        return None


def _whole(lines: Iterable[str]) -> Iterable[RunLine]:
    for line in lines:
        try:
            yield RunLine.model_validate_json(line)
        except ValidationError:
            continue
