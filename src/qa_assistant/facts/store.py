"""Facts in an SQLite file that `writing` made, as lookups need them. Reading opens a connection for each thread."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from qa_assistant.errors import IndexCorrupt
from qa_assistant.facts.relations import Relation, Row, Rule, Statement
from qa_assistant.facts.stored_rows import StoredCells, StoredKeys, Stretch
from qa_assistant.records import Fact

READ_TOGETHER: Final = 64
"""Rows that are read from the file together."""
RANKINGS: Final = 64
"""Rankings of whole relations that an open store remembers."""


class Cell(NamedTuple):
    """What a cell says, without its fact: its row, its key, and its number or the year of its date."""

    row: int
    key: str | None
    amount: float | None


class FactStore:
    """The facts of an index."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        # A ranking of a whole relation reads all its rows; the file does not change.
        self._ranked = lru_cache(maxsize=RANKINGS)(partial(self._grouped, rows=None))
        try:
            rows = self._query("SELECT body FROM relation ORDER BY number")
            self.relations: tuple[Relation, ...] = tuple(Relation.model_validate_json(body) for (body,) in rows)
            self.statements: tuple[Statement, ...] = tuple(
                Statement.model_validate_json(body)
                for (body,) in self._query("SELECT body FROM statement ORDER BY number")
            )
        except sqlite3.Error as error:
            raise IndexCorrupt(f"{path} is damaged ({error}); run: qa-assistant build") from error

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first two characters of all keys of texts."""
        found = self._query("SELECT DISTINCT substr(key, 2, 2) FROM place WHERE key >= '=' AND key < '>'")
        return frozenset(beginning for (beginning,) in found)

    def facts(
        self, doc_id: str | None = None, subject: str | None = None, predicate: str | None = None
    ) -> Iterator[tuple[Relation | None, Fact]]:
        """The facts of that document, subject and predicate, or all; those of relations first, each with its relation.

        They are read as they are taken.
        """
        where, parameters = self._chosen(doc_id, subject, predicate)
        sql = f"SELECT relation, body FROM fact WHERE {where} ORDER BY number"  # noqa: S608 - no words of callers
        for number, body in self._connection().execute(sql, parameters):
            yield self.relations[number], Fact.model_validate_json(body)
        for statement in self._statements(doc_id, subject, predicate):
            yield None, statement.fact

    def count(self, doc_id: str | None = None, subject: str | None = None, predicate: str | None = None) -> int:
        """How many facts are of that document, subject and predicate."""
        where, parameters = self._chosen(doc_id, subject, predicate)
        ((number,),) = self._query(f"SELECT COUNT(*) FROM fact WHERE {where}", parameters)  # noqa: S608 - as above
        return int(number) + len(self._statements(doc_id, subject, predicate))

    def rules(self) -> list[Rule]:
        """What has to agree, in order."""
        return [Rule.model_validate_json(body) for (body,) in self._query("SELECT body FROM rule ORDER BY number")]

    def column(self, relation_id: str, column_id: str, rows: tuple[int, int] | None = None) -> list[tuple[int, Fact]]:
        """The facts in a column of a relation, each with its row, in order.

        `rows` are the first row and the one after the last; all without it.
        """
        number = next(number for number, one in enumerate(self.relations) if one.relation_id == relation_id)
        first, end = rows or (0, -1)
        found = self._query(
            "SELECT row, body FROM fact WHERE relation = ? AND col = ? AND row >= ? AND (row < ? OR ? < 0)"
            " ORDER BY row",
            [number, column_id, first, end, end],
        )
        return [(row, Fact.model_validate_json(body)) for row, body in found]

    def columns_of_keys(self, keys: Iterable[str]) -> dict[str, dict[int, set[str]]]:
        """For each of `keys` that any cell has: the numbers of the relations, and the columns of each."""
        wanted = sorted(set(keys))
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            for key, relation, column in self._query(
                f"SELECT key, relation, col FROM place WHERE key IN ({marks})",  # noqa: S608 - marks only
                part,
            ):
                found[key][relation].add(column)
        return found

    def rows_with(self, relation: int, column: str, keys: Sequence[str]) -> set[int]:
        """The rows of a relation whose cell in `column` has one of `keys`."""
        marks = ",".join("?" * len(keys))
        return {
            row
            for (row,) in self._query(
                f"SELECT row FROM cell WHERE key IN ({marks}) AND relation = ? AND col = ?",  # noqa: S608
                [*keys, relation, column],
            )
        }

    def rows_between(self, relation: int, column: str, low: float, high: float) -> set[int]:
        """The rows whose number, or year, in `column` is from `low` to `high`."""
        return {
            row
            for (row,) in self._query(
                "SELECT row FROM fact WHERE relation = ? AND col = ? AND amount BETWEEN ? AND ?",
                [relation, column, low, high],
            )
        }

    def size(self, relation: int) -> int:
        """How many rows a relation has."""
        ((last,),) = self._query("SELECT MAX(row) FROM fact WHERE relation = ?", [relation])
        return 0 if last is None else int(last) + 1

    def all_rows(self, relation: int) -> set[int]:
        """All rows of a relation."""
        return set(range(self.size(relation)))

    def rows(self, relation: int, numbers: Iterable[int]) -> list[tuple[int, Row]]:
        """The rows of those numbers, in order. What stands in them is read when it is asked for."""
        wanted = sorted(set(numbers))
        found: list[tuple[int, Row]] = []
        for start in range(0, len(wanted), READ_TOGETHER):
            part = wanted[start : start + READ_TOGETHER]
            stretch = Stretch(partial(self._read_rows, relation, part))
            found += [
                (number, Row.model_construct(cells=StoredCells(stretch, number), keys=StoredKeys(stretch, number)))
                for number in part
            ]
        return found

    def _read_rows(self, relation: int, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        marks = ",".join("?" * len(numbers))
        return self._query(
            f"SELECT row, col, main, body FROM fact WHERE relation = ? AND row IN ({marks}) ORDER BY number",  # noqa: S608
            [relation, *numbers],
        )

    def named(self, relation: int, column: str, rows: Sequence[int]) -> list[Cell]:
        """The cells in `column` that say something, of those rows, in order; read from an index alone."""
        every = len(rows) == self.size(relation)
        limit = "" if every else " AND row IN (SELECT value FROM json_each(?))"
        found = self._query(
            "SELECT row, main, amount FROM fact INDEXED BY fact_cell"  # noqa: S608 - marks only
            f" WHERE relation = ? AND col = ?{limit} AND named ORDER BY row",
            [relation, column, *([] if every else [json.dumps(list(rows))])],
        )
        return [Cell(*cell) for cell in found]

    def grouped(
        self, relation: int, group: str, measure: str | None, rows: Sequence[int] | None
    ) -> list[tuple[str, float, int]]:
        """The key, the amount and the first row of each thing in column `group`, greatest first, ties by first row.

        The amount is the sum of `measure`, or the number of rows that name something; `rows` limits it to some rows.
        """
        if rows is None:
            return list(self._ranked(relation, group, measure))
        return self._grouped(relation, group, measure, rows)

    def _grouped(
        self, relation: int, group: str, measure: str | None, rows: Sequence[int] | None
    ) -> list[tuple[str, float, int]]:
        limit = "" if rows is None else " AND g.row IN (SELECT value FROM json_each(?))"
        amount = "COUNT(*)" if measure is None else "SUM(m.amount)"
        join = (
            ""
            if measure is None
            else " JOIN fact m ON m.relation = g.relation AND m.row = g.row AND m.col = ? AND m.amount IS NOT NULL"
        )
        parameters: list[object] = ([measure] if measure is not None else []) + [relation, group]
        parameters += [] if rows is None else [json.dumps(list(rows))]
        found = self._query(
            f"SELECT g.main, {amount} AS amount, MIN(g.row) FROM fact g{join}"  # noqa: S608 - no words of callers
            f" WHERE g.relation = ? AND g.col = ? AND g.main IS NOT NULL{limit}"
            " GROUP BY g.main ORDER BY amount DESC, MIN(g.row)",
            parameters,
        )
        return [(key, amount, row) for key, amount, row in found]

    def _chosen(self, doc_id: str | None, subject: str | None, predicate: str | None) -> tuple[str, list[object]]:
        """The condition on facts of relations, and its parameters."""
        conditions = ["1"]
        parameters: list[object] = []
        for name, wanted in (("subject", subject), ("predicate", predicate)):
            if wanted is not None:
                conditions.append(f"json_extract(body, '$.{name}') = ?")
                parameters.append(wanted)
        if doc_id is not None:
            numbers = [str(number) for number, relation in enumerate(self.relations) if relation.doc_id == doc_id]
            conditions.append(f"relation IN ({','.join(numbers)})")
        return " AND ".join(conditions), parameters

    def _statements(self, doc_id: str | None, subject: str | None, predicate: str | None) -> list[Statement]:
        return [
            statement
            for statement in self.statements
            if (doc_id is None or statement.fact.quotes[0].doc_id == doc_id)
            and (subject is None or statement.fact.subject == subject)
            and (predicate is None or statement.fact.predicate == predicate)
        ]

    def _query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection().execute(sql, parameters).fetchall()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True)
            self._local.connection = connection
        return connection
