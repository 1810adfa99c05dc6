"""Facts in an SQLite file: written by a build, read by lookups.

`cell` holds the keys of every cell, so that a filter is one look into an index; `fact` the facts themselves as JSON.
Reading opens a connection for each thread.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qa_assistant.errors import IndexCorrupt
from qa_assistant.facts.keys import cell_keys
from qa_assistant.facts.relations import Relation, Row, Statement, Table
from qa_assistant.names import Names
from qa_assistant.records import Fact

_SCHEMA = """
CREATE TABLE relation (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE fact (
    number INTEGER PRIMARY KEY, relation INTEGER, row INTEGER, col TEXT, main TEXT, amount REAL, body TEXT NOT NULL
);
CREATE TABLE cell (
    key TEXT, relation INTEGER, col TEXT, row INTEGER, PRIMARY KEY (key, relation, col, row)
) WITHOUT ROWID;
CREATE TABLE statement (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""
_INDEXES = "CREATE INDEX fact_cell ON fact (relation, row, col); CREATE INDEX fact_column ON fact (relation, col, main);"


def write_facts(path: Path, tables: Sequence[Table], statements: Sequence[Statement], names: Names) -> int:
    """Write the file: the same bytes for the same facts. Returns how many facts are in it."""
    connection = sqlite3.connect(path)
    number = 0
    with connection:
        connection.executescript(_SCHEMA)
        for relation_number, table in enumerate(tables):
            relation = table.relation
            connection.execute("INSERT INTO relation VALUES (?, ?)", (relation_number, relation.model_dump_json()))
            columns = {column.column_id: column for column in relation.columns}
            for row_number, row in enumerate(table.rows):
                for name, fact in row.cells.items():
                    keys = cell_keys(fact, columns[name], names)
                    amount = fact.value if isinstance(fact.value, int | float) else _year(fact)
                    connection.execute(
                        "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (
                            number,
                            relation_number,
                            row_number,
                            name,
                            keys[0] if keys else None,
                            amount,
                            fact.model_dump_json(),
                        ),
                    )
                    connection.executemany(
                        "INSERT OR IGNORE INTO cell VALUES (?, ?, ?, ?)",
                        [(key, relation_number, name, row_number) for key in keys],
                    )
                    number += 1
        for statement in statements:
            connection.execute("INSERT INTO statement VALUES (?, ?)", (number, statement.model_dump_json()))
            number += 1
        connection.executescript(_INDEXES)
    connection.close()
    return number


def _year(fact: Fact) -> int | None:
    return int(str(fact.value)[:4]) if fact.type == "date" and isinstance(fact.value, str) else None


class FactStore:
    """The facts of an index."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()
        try:
            rows = self._query("SELECT body FROM relation ORDER BY number")
            self.relations: tuple[Relation, ...] = tuple(Relation.model_validate_json(body) for (body,) in rows)
            self.statements: tuple[Statement, ...] = tuple(
                Statement.model_validate_json(body)
                for (body,) in self._query("SELECT body FROM statement ORDER BY number")
            )
        except sqlite3.Error as error:
            raise IndexCorrupt(f"{path} is damaged ({error}); run: qa-assistant build") from error

    def facts(self) -> Iterator[tuple[Relation | None, Fact]]:
        """All facts, those of relations first, each with its relation."""
        for number, body in self._query("SELECT relation, body FROM fact ORDER BY number"):
            yield self.relations[number], Fact.model_validate_json(body)
        for statement in self.statements:
            yield None, statement.fact

    def columns_of_keys(self, keys: Iterable[str]) -> dict[str, dict[int, set[str]]]:
        """For each of `keys` that any cell has: the numbers of the relations, and the columns of each."""
        wanted = sorted(set(keys))
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            for key, relation, column in self._query(
                f"SELECT DISTINCT key, relation, col FROM cell WHERE key IN ({marks})",  # noqa: S608 - marks only
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
                f"SELECT row FROM cell WHERE key IN ({marks}) AND relation = ? AND col = ?",  # noqa: S608 - marks only
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

    def all_rows(self, relation: int) -> set[int]:
        """All rows of a relation."""
        return {row for (row,) in self._query("SELECT DISTINCT row FROM fact WHERE relation = ?", [relation])}

    def rows(self, relation: int, numbers: Iterable[int]) -> list[tuple[int, Row]]:
        """The rows of those numbers, in order."""
        wanted = sorted(set(numbers))
        cells: dict[int, dict[str, Fact]] = {number: {} for number in wanted}
        keys: dict[int, dict[str, str]] = {number: {} for number in wanted}
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            for row, column, key, body in self._query(
                f"SELECT row, col, main, body FROM fact WHERE relation = ? AND row IN ({marks}) ORDER BY number",  # noqa: S608
                [relation, *part],
            ):
                cells[row][column] = Fact.model_validate_json(body)
                if key is not None:
                    keys[row][column] = key
        return [(number, Row(cells=cells[number], keys=keys[number])) for number in wanted]

    def grouped(
        self, relation: int, group: str, measure: str | None, rows: Sequence[int] | None
    ) -> list[tuple[str, float, int]]:
        """For each thing in column `group`: its key, the sum of `measure` (or the number of rows that name something),
        and its first row; greatest first, ties by first row. `rows` limits it to some rows.
        """
        limit = "" if rows is None else f" AND g.row IN ({','.join('?' * len(rows))})"
        amount = "COUNT(*)" if measure is None else "SUM(m.amount)"
        join = (
            ""
            if measure is None
            else " JOIN fact m ON m.relation = g.relation AND m.row = g.row AND m.col = ? AND m.amount IS NOT NULL"
        )
        parameters: list[object] = ([measure] if measure is not None else []) + [relation, group, *(rows or [])]
        found = self._query(
            f"SELECT g.main, {amount} AS amount, MIN(g.row) FROM fact g{join}"  # noqa: S608 - no words of callers
            f" WHERE g.relation = ? AND g.col = ? AND g.main IS NOT NULL{limit}"
            " GROUP BY g.main ORDER BY amount DESC, MIN(g.row)",
            parameters,
        )
        return [(key, amount, row) for key, amount, row in found]

    def _query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:  # type: ignore[type-arg]
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._uri, uri=True)
            self._local.connection = connection
        return connection.execute(sql, parameters).fetchall()
