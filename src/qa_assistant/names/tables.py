"""Read files of names; the format is told in the docstring of the package."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_assistant.errors import InputError
from qa_assistant.names.keys import name_key
from qa_assistant.names.short_forms import PLACE_KINDS, plural_english, short_chinese, short_english, short_korean

FIELDS: Final = ("kind", "zh", "en", "ko")
WORD: Final = "word"
"""The kind of lines that are ordinary words."""

LOOKUP_ONLY: Final = "="

_NO_PLURALS: Final = ("person", "country")

_PACKAGE: Final = Path(__file__).parent
_BY_HAND: Final = ("regions.tsv", "cities.tsv", "words.tsv", "countries.tsv")
_GAZETTEER: Final = "places.tsv.gz"

Columns = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Row:
    """One line: names by language as they are written (`=` taken off), derived short forms apart."""

    kind: str
    written: Columns
    derived: Columns
    lookup_only: frozenset[str]

    @property
    def entity_id(self) -> str:
        """The kind and the first name there is."""
        return f"{self.kind}:{next(names[0] for names in self.written if names)}"


def package_tables() -> list[list[Row]]:
    """The package's own tables, the best one first."""
    gazetteer = _PACKAGE / _GAZETTEER
    # The gazetteer has its short forms written out: those that are ordinary words are missing on purpose.
    return [*(read(_PACKAGE / name) for name in _BY_HAND), read(gazetteer, derive=False)]


def read(path: Path, *, derive: bool = True) -> list[Row]:
    """The lines of a file of names (`.gz`: compressed) in their order.

    Raises InputError, with file, line and field, for a line that is not as the format says.
    """
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        raise InputError(f"{path}, line {number}: not UTF-8; save the file of names as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: the file of names cannot be read ({error.strerror or error})") from error
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines or tuple(lines[0][1].rstrip().split("\t")) != FIELDS:
        number = lines[0][0] if lines else 1
        raise InputError(f"{path}, line {number}: the header is missing; write {'<TAB>'.join(FIELDS)} first")
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, line in lines[1:]:
        row = _row(line, f"{path}, line {number}", derive)
        if row.kind != WORD and seen.setdefault(row.entity_id, number) != number:
            raise InputError(
                f"{path}, line {number}: {row.entity_id!r} stands in line {seen[row.entity_id]} already; put all its"
                " names into one line"
            )
        rows.append(row)
    return rows


def _row(line: str, place: str, derive: bool) -> Row:
    fields = [field.strip() for field in line.split("\t")]
    if len(fields) != len(FIELDS):
        raise InputError(f"{place}: {len(fields)} fields, not {len(FIELDS)} ({', '.join(FIELDS)} between tabs)")
    kind, *columns = fields
    if not kind or ":" in kind:
        raise InputError(f"{place}, field 'kind': {kind!r} is no kind; write a word such as city or organisation")
    if not any(columns):
        raise InputError(f"{place}: no name in any of the fields zh, en, ko")
    lookup_only: set[str] = set()
    written = tuple(
        _names(column, f"{place}, field {field!r}", lookup_only)
        for field, column in zip(FIELDS[1:], columns, strict=True)
    )
    derived: Columns = ((), (), ())
    if derive and kind in PLACE_KINDS:
        derived = tuple(
            tuple(dict.fromkeys(short for name in names if (short := shorten(name)) and short not in names))
            for names, shorten in zip(written, (short_chinese, short_english, short_korean), strict=True)
        )
    elif derive and kind not in (WORD, *_NO_PLURALS):
        plurals = (plural for name in written[1] if (plural := plural_english(name)) and plural not in written[1])
        derived = ((), tuple(dict.fromkeys(plurals)), ())
    return Row(kind, written, derived, frozenset(lookup_only))


def _names(column: str, place: str, lookup_only: set[str]) -> tuple[str, ...]:
    if not column:
        return ()
    names: list[str] = []
    for part in column.split("|"):
        name = part.strip().removeprefix(LOOKUP_ONLY)
        if not name_key(name):
            raise InputError(f"{place}: {part!r} is no name; set one | between two names and none at the ends")
        if part.strip().startswith(LOOKUP_ONLY):
            lookup_only.add(name)
        names.append(name)
    return tuple(dict.fromkeys(names))
