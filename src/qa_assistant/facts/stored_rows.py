"""Rows in a store, read when someone looks into them: of many rows found, few are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from qa_assistant.records import Fact


class Stretch:
    """Some rows of a relation, read from the file together when the first of them is looked into."""

    def __init__(self, read: Callable[[], Iterable[tuple[int, str, str | None, str]]]) -> None:
        self._read = read

    @cached_property
    def _rows(self) -> dict[int, tuple[dict[str, str], dict[str, str]]]:
        rows: dict[int, tuple[dict[str, str], dict[str, str]]] = defaultdict(lambda: ({}, {}))
        for row, column, key, body in self._read():
            bodies, keys = rows[row]
            bodies[column] = body
            if key is not None:
                keys[column] = key
        return rows

    def bodies(self, row: int) -> dict[str, str]:
        """The facts of a row as JSON, by their columns."""
        return self._rows[row][0]

    def keys(self, row: int) -> dict[str, str]:
        """The keys of a row, by their columns."""
        return self._rows[row][1]


class StoredCells(Mapping[str, Fact]):
    """The facts of a stored row by their columns; each is read when it is asked for: few of them are."""

    def __init__(self, stretch: Stretch, row: int) -> None:
        self._stretch = stretch
        self._row = row
        self._facts: dict[str, Fact] = {}

    def __getitem__(self, column: str) -> Fact:
        if column not in self._facts:
            self._facts[column] = Fact.model_validate_json(self._stretch.bodies(self._row)[column])
        return self._facts[column]

    def __contains__(self, column: object) -> bool:
        return column in self._stretch.bodies(self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._stretch.bodies(self._row))

    def __len__(self) -> int:
        return len(self._stretch.bodies(self._row))


class StoredKeys(Mapping[str, str]):
    """The keys of a stored row by their columns."""

    def __init__(self, stretch: Stretch, row: int) -> None:
        self._stretch = stretch
        self._row = row

    def __getitem__(self, column: str) -> str:
        return self._stretch.keys(self._row)[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stretch.keys(self._row))

    def __len__(self) -> int:
        return len(self._stretch.keys(self._row))
