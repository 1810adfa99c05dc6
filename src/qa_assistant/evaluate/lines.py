"""Files of JSON lines, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from qa_assistant.errors import InputError


def read_json_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers. Raises `InputError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its name") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    return [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def first_problem(error: ValidationError, whole: Literal["line", "file"] = "line") -> str:
    """The first thing that is wrong, with the field it is in; `whole` says where one JSON object is expected."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if field:
        return f"field {field!r}: {first['msg']}"
    if first["type"] == "json_invalid":
        return f"not JSON ({first['msg']})"
    return "not a JSON object; write one a line" if whole == "line" else "not a JSON object"
