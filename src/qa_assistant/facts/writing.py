"""Facts to an SQLite file, which `store` reads.

`cell` holds the keys of every cell, so that a filter is one look into an index; `place` the columns that have a key,
so that a word which stands in every row is found as fast as one that stands in one; `fact` the facts themselves as
JSON. The indexes hold all that filters, counts, sums and rankings need, so that these read no JSON.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from qa_assistant.facts.keys import cell_keys
from qa_assistant.facts.relations import Rule, Statement, Table
from qa_assistant.names import Names
from qa_assistant.records import Fact

_SCHEMA = """
CREATE TABLE relation (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE fact (
    number INTEGER PRIMARY KEY, relation INTEGER, row INTEGER, col TEXT, main TEXT, amount REAL,
    named INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE cell (
    key TEXT, relation INTEGER, col TEXT, row INTEGER, PRIMARY KEY (key, relation, col, row)
) WITHOUT ROWID;
CREATE TABLE place (key TEXT, relation INTEGER, col TEXT, PRIMARY KEY (key, relation, col)) WITHOUT ROWID;
CREATE TABLE statement (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE rule (number INTEGER PRIMARY KEY, body TEXT NOT NULL);
"""
_INDEXES = """
INSERT INTO place SELECT DISTINCT key, relation, col FROM cell ORDER BY key, relation, col;
CREATE INDEX fact_cell ON fact (relation, col, row, named, main, amount);
CREATE INDEX fact_row ON fact (relation, row);
CREATE INDEX fact_column ON fact (relation, col, main, row);
CREATE INDEX fact_amount ON fact (relation, col, amount, row) WHERE amount IS NOT NULL;
"""


def write_facts(
    path: Path,
    tables: Sequence[Table],
    statements: Sequence[Statement],
    names: Names,
    rules: Sequence[Rule] = (),
) -> int:
    """Write the file: the same bytes for the same facts. Returns how many facts are in it."""
    connection = sqlite3.connect(path)
    number = 0
    with connection:
        # The file is new and is renamed into place when it is whole: nothing has to survive a crash.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        for relation_number, table in enumerate(tables):
            relation = table.relation
            connection.execute("INSERT INTO relation VALUES (?, ?)", (relation_number, relation.model_dump_json()))
            columns = {column.column_id: column for column in relation.columns}
            for row_number, row in enumerate(table.rows):
                for name, fact in row.cells.items():
                    keys = cell_keys(fact, columns[name], names)
                    amount = fact.value if isinstance(fact.value, int | float) else _year(fact)
                    connection.execute(
                        "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        (
                            number,
                            relation_number,
                            row_number,
                            name,
                            keys[0] if keys else None,
                            amount,
                            fact.value is not None,
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
        connection.executemany(
            "INSERT INTO rule VALUES (?, ?)", [(number, rule.model_dump_json()) for number, rule in enumerate(rules)]
        )
        connection.executescript(_INDEXES)
    connection.close()
    return number


def _year(fact: Fact) -> int | None:
    return int(str(fact.value)[:4]) if fact.type == "date" and isinstance(fact.value, str) else None
