"""Lookups in small random tables, against the same computed over their rows in plain Python."""

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa_assistant.facts import FactStore, write_facts
from qa_assistant.facts.keys import text_key, year_key
from qa_assistant.facts.lookup import look_up
from qa_assistant.facts.reading import EVERYTHING, Choice, Filter, Reading
from qa_assistant.facts.relations import Column, Relation, Row, Table, Words
from qa_assistant.facts.relaxed import instead_of
from qa_assistant.names import Names
from qa_assistant.records import Fact

TOWNS = ["成都", "杭州", "厦门", "哈尔滨"]
KINDS = ["fair", "concert"]
GUESTS = ["Lin Yue", "Maria Koch", "Zhao Peng"]
TYPES = {"town": "text", "kind": "text", "held": "date", "guest": "text", "visitors": "number"}
SOME = settings(max_examples=60, deadline=None)

# A cell can be missing from its row, or stand there and say that there is nothing: None.
ROWS = st.lists(
    st.fixed_dictionaries(
        {"town": st.sampled_from(TOWNS), "kind": st.sampled_from(KINDS)},
        optional={
            "held": st.none()
            | st.tuples(st.integers(2011, 2014), st.integers(1, 12)).map(lambda date: f"{date[0]}-{date[1]:02}"),
            "guest": st.none() | st.sampled_from(GUESTS),
            "visitors": st.none() | st.integers(0, 50),
        },
    ),
    min_size=1,
    max_size=10,
)
FULL = st.tuples(ROWS, st.integers(0, 50), st.integers(0, 50)).map(
    lambda drawn: [
        *drawn[0],
        {"town": "成都", "kind": "fair", "guest": "Lin Yue", "held": "2012-06", "visitors": drawn[1]},
        {"town": "杭州", "kind": "fair", "guest": "Lin Yue", "held": "2013-06", "visitors": drawn[2]},
    ]
)
"""The same with a number for each of two towns, a guest and a date in any case."""


@pytest.fixture(scope="module")
def names():
    return Names.load([])


@pytest.fixture(scope="module")
def store_of(names):
    """Writes rows as the only relation of a file, and opens it. One file is there at a time."""
    # SQLite waits for the disk at every table and index that it makes: hundreds of files are better kept in memory.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield partial(_store, Path(folder), names)


def _store(folder, names, rows, **about):
    for path in folder.iterdir():
        path.unlink()
    columns = tuple(
        Column(column_id=name, type=kind, values={one: Words(en=(one,)) for one in KINDS if name == "kind"})
        for name, kind in TYPES.items()
    )
    relation = Relation(relation_id="r", doc_id="d", title=Words(en=("t",)), columns=columns, key="town", **about)
    path = folder / f"{uuid4()}.sqlite"
    table = Table(relation=relation, rows=tuple(Row(cells=_facts(number, row)) for number, row in enumerate(rows)))
    write_facts(path, [table], [], names)
    return FactStore(path)


def _facts(number, row):
    return {
        name: Fact(
            fact_id=f"r:{number}:{name}", subject=row["town"], predicate=name, type=TYPES[name], value=value,
            text=str(value or "-"),
        )
        for name, value in row.items()
    }  # fmt: skip


def only(column, *values):
    """The filter that lets these values of a column through."""
    return Filter(column, tuple(Choice((text_key(value),), value) for value in values))


def looked_up(store, action, asked="town", filters=(), **more):
    return look_up(store, Reading(0, action, asked, tuple(filters), **more))


def said(rows, column, where=lambda row: True):
    """The numbers of the rows that say something in a column, of those that `where` lets through, with what."""
    return {n: row[column] for n, row in enumerate(rows) if where(row) and row.get(column) is not None}


def numbers_of(result):
    return [number for number, _ in result.rows]


def is_fair(row):
    return row["kind"] == "fair"


# numbers


@SOME
@given(ROWS)
def test_sums_and_averages_are_those_of_the_cells_that_have_a_number(store_of, rows):
    store, visitors = store_of(rows), said(rows, "visitors", is_fair)

    total = looked_up(store, "sum", "visitors", [only("kind", "fair")], measure="visitors")
    average = looked_up(store, "average", "visitors", [only("kind", "fair")], measure="visitors")

    assert numbers_of(total) == numbers_of(average) == list(visitors)
    assert total.amount == sum(visitors.values())
    assert average.amount == pytest.approx(sum(visitors.values()) / max(len(visitors), 1))


@SOME
@given(ROWS)
def test_a_sum_without_a_filter_takes_every_row(store_of, rows):
    visitors = said(rows, "visitors")

    total = looked_up(store_of(rows), "sum", "visitors", measure="visitors")

    assert (numbers_of(total), total.amount) == (list(visitors), sum(visitors.values()))


@SOME
@given(FULL)
def test_counts_are_of_different_things_or_of_rows(store_of, rows):
    store, guests = store_of(rows), said(rows, "guest", is_fair)

    different = looked_up(store, "count", "guest", [only("kind", "fair")])
    every = looked_up(store, "count", "guest", [only("kind", "fair")], limit=EVERYTHING)

    assert numbers_of(different) == numbers_of(every) == list(guests)
    assert different.amount == len(set(guests.values()))
    assert every.amount == len(guests)


@SOME
@given(ROWS, st.sampled_from(TOWNS))
def test_a_share_is_of_all_rows_and_the_others_are_those_that_are_not_in_it(store_of, rows, town):
    every, part = said(rows, "visitors"), said(rows, "visitors", lambda row: row["town"] == town)

    share = looked_up(store_of(rows), "share", "visitors", [only("town", town)], measure="visitors")

    whole = sum(every.values())
    assert share.amount == (pytest.approx(sum(part.values()) / whole) if whole else None)
    assert (numbers_of(share), sorted(share.others)) == (list(part), sorted(every.keys() - part.keys()))
    assert share.total == whole


# first and last


@SOME
@example([{"town": "成都", "kind": "fair", "held": "2014-03"}, {"town": "杭州", "kind": "fair", "held": "2014-11"}])
@given(ROWS)
def test_of_one_year_the_month_tells_which_came_first_and_which_last(store_of, rows):
    store, dates = store_of(rows), said(rows, "held", is_fair)

    def dated(pick):
        return [number for number, date in dates.items() if date == pick(dates.values())]

    assert numbers_of(looked_up(store, "earliest", filters=[only("kind", "fair")])) == dated(min)
    assert numbers_of(looked_up(store, "latest", filters=[only("kind", "fair")])) == dated(max)
    both = looked_up(store, "extremes", filters=[only("kind", "fair")])
    assert numbers_of(both) == list(dict.fromkeys(dated(min) + dated(max)))


# rankings


@SOME
@given(FULL)
def test_a_ranking_is_of_the_sums_of_each_thing_and_of_equal_ones_the_first_goes_before(store_of, rows):
    store, sums = store_of(rows), defaultdict(int)
    for number, visitors in said(rows, "visitors").items():
        sums[rows[number]["town"]] += visitors

    ranked = looked_up(store, "rank", group="town", measure="visitors", limit=EVERYTHING)
    most = looked_up(store, "most", group="town", measure="visitors")
    least = looked_up(store, "least", group="town", measure="visitors")
    lead = looked_up(store, "lead", group="town", measure="visitors", limit=2)

    order = sorted(sums, key=lambda town: -sums[town])
    assert [(group.name.text, group.amount) for group in ranked.groups] == [(town, sums[town]) for town in order]
    assert {group.name.text for group in most.groups} == {town for town in sums if sums[town] == max(sums.values())}
    assert {group.name.text for group in least.groups} == {town for town in sums if sums[town] == min(sums.values())}
    assert lead.amount == (sums[order[0]] - sums[order[1]] if len(order) > 1 else None)


@SOME
@given(FULL)
def test_without_numbers_things_are_ranked_by_their_rows(store_of, rows):
    rows_of = Counter(row["town"] for row in rows if is_fair(row))

    most = looked_up(store_of(rows), "most", group="town", filters=[only("kind", "fair")])

    best = max(rows_of.values())
    assert {group.name.text: len(group.rows) for group in most.groups} == {
        town: best for town in rows_of if rows_of[town] == best
    }


# things side by side


@SOME
@given(FULL)
def test_two_things_are_compared_by_their_numbers(store_of, rows):
    store, filters = store_of(rows), [only("town", "成都", "杭州")]
    sides = [said(rows, "visitors", lambda row, town=town: row["town"] == town) for town in ("成都", "杭州")]
    amounts = [sum(side.values()) for side in sides]

    for action, amount in (("more", abs(amounts[0] - amounts[1])), ("sum", sum(amounts))):
        compared = looked_up(store, action, "visitors", filters, measure="visitors")

        assert [(group.name.text, group.amount, group.rows) for group in compared.groups] == [
            (town, total, tuple(side)) for town, total, side in zip(("成都", "杭州"), amounts, sides, strict=True)
        ]
        assert compared.amount == amount
    assert looked_up(store, "difference", "visitors", filters, measure="visitors").amount == abs(
        amounts[0] - amounts[1]
    )


@SOME
@given(FULL)
def test_ranges_of_years_are_compared_and_called_as_the_question_calls_them(store_of, rows):
    choices = Choice((), "the years before", (2011, 2012)), Choice((), "the years after", (2013, 2014))
    sides = [
        set(said(rows, "guest", lambda row, low=low, high=high: low <= str(row.get("held") or "")[:4] <= high).values())
        for low, high in (("2011", "2012"), ("2013", "2014"))
    ]

    compared = looked_up(store_of(rows), "difference", "guest", [Filter("held", choices)])

    assert [group.label for group in compared.groups] == ["the years before", "the years after"]
    assert [group.amount for group in compared.groups] == [len(side) for side in sides]
    assert compared.amount == abs(len(sides[0]) - len(sides[1]))


@SOME
@given(ROWS)
def test_what_two_things_have_in_common_is_what_both_of_them_name(store_of, rows):
    sides = [set(said(rows, "guest", lambda row, town=town: row["town"] == town).values()) for town in ("成都", "杭州")]

    common = looked_up(store_of(rows), "common", "guest", [only("town", "成都", "杭州")])

    assert {row.cells["guest"].text for _, row in common.rows} == sides[0] & sides[1]
    assert common.total == len(sides[0] & sides[1])


@SOME
@given(ROWS)
def test_things_without_are_those_that_no_row_names_anything_for(store_of, rows):
    having = {rows[number]["town"] for number in said(rows, "guest", is_fair)}

    without = looked_up(store_of(rows), "none", "guest", [only("kind", "fair")])

    assert sorted(group.name.text for group in without.groups) == sorted({row["town"] for row in rows} - having)
    for group in without.groups:
        assert [rows[number]["town"] for number in group.rows] == [group.name.text]


# rows that are read when someone looks into them


@SOME
@given(ROWS)
def test_rows_are_read_back_as_they_were_written(store_of, rows):
    store = store_of(rows)

    found = store.rows(0, range(len(rows)))

    assert [number for number, _ in found] == list(range(len(rows)))
    for number, row in found:
        assert dict(row.cells) == _facts(number, rows[number])
        assert ("held" in row.cells, len(row.cells)) == ("held" in rows[number], len(rows[number]))
        assert row.keys.get("town") == text_key(rows[number]["town"])
        assert row.keys.get("visitors") == (
            f"#{rows[number]['visitors']}" if rows[number].get("visitors") is not None else None
        )


@SOME
@given(ROWS, st.sampled_from(list(TYPES)))
def test_named_cells_say_something_and_have_the_number_or_the_year(store_of, rows, column):
    store, cells = store_of(rows), said(rows, column)
    some = [number for number in range(len(rows)) if number % 2]

    def amount(value):
        return value if column == "visitors" else int(value[:4]) if column == "held" else None

    for wanted in (range(len(rows)), some):
        assert [(cell.row, cell.amount) for cell in store.named(0, column, list(wanted))] == [
            (number, amount(value)) for number, value in cells.items() if number in wanted
        ]


def test_many_rows_are_read_in_their_order_whichever_is_looked_into_first(store_of):
    rows = [{"town": TOWNS[n % 4], "kind": KINDS[n % 2], "visitors": n} for n in range(300)]
    found = store_of(rows).rows(0, [299, *range(0, 300, 2)])

    assert found[-1][1].cells["visitors"].value == 299
    assert found[0][1].cells["visitors"].value == 0
    assert [row.cells["visitors"].value for _, row in found] == [*range(0, 300, 2), 299]


def test_a_cell_is_read_when_it_is_asked_for_and_numbers_are_added_without_reading_any(names, tmp_path):
    _store(
        tmp_path,
        names,
        [{"town": "成都", "kind": "fair", "visitors": 20}, {"town": "杭州", "kind": "fair", "visitors": 30}],
    )
    (path,) = tmp_path.iterdir()
    with closing(sqlite3.connect(path)) as changed, changed:
        changed.execute("UPDATE fact SET body = 'no fact' WHERE col != 'town'")
    store = FactStore(path)

    total = looked_up(store, "sum", "visitors", measure="visitors")

    assert total.amount == 50
    assert [row.cells["town"].text for _, row in total.rows] == ["成都", "杭州"]
    with pytest.raises(ValueError, match="JSON"):
        total.rows[0][1].cells["visitors"]


# what there is instead


ROADS = [
    {"town": "成都", "kind": "fair", "guest": "Lin Yue", "held": "2011-04"},
    {"town": "杭州", "kind": "fair", "guest": "Maria Koch", "held": "2012-04"},
    {"town": "杭州", "kind": "concert", "guest": "Maria Koch", "held": "2013-04"},
]


def test_instead_of_a_row_that_is_not_there_one_that_meets_all_but_one_filter(store_of):
    reading = Reading(0, "list", "guest", (only("town", "成都"), only("guest", "Maria Koch")))

    instead = instead_of(store_of(ROADS), reading)

    assert numbers_of(instead) == [0]
    assert instead.reading.asked == "guest"
    assert instead.reading.filters == (only("town", "成都"),)


def test_the_filter_is_left_out_that_leaves_the_fewest_rows(store_of):
    year = Filter("held", (Choice((year_key(2011),), "2011"),))
    reading = Reading(0, "list", "town", (only("town", "杭州"), year))

    assert numbers_of(instead_of(store_of(ROADS), reading)) == [0]


def test_nothing_is_denied_of_a_table_that_does_not_have_all_there_is(store_of):
    reading = Reading(0, "list", "guest", (only("town", "成都"), only("guest", "Maria Koch")))

    assert instead_of(store_of(ROADS, whole=False), reading) is None
    assert instead_of(store_of(ROADS), Reading(0, "list", "guest", (only("town", "厦门"),))) is None
