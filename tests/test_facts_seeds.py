"""The tables and lists of the delivered sources, whole, each cell where it stands; and questions about them."""

from collections import Counter
from pathlib import Path

import pytest

from qa_assistant.evaluate import evaluate, raw_sources, read_gold
from qa_assistant.facts.check import check

SEEDS = Path(__file__).parents[1] / "seeds"
GOLD = Path(__file__).parents[1] / "eval" / "gold.jsonl"


@pytest.fixture(scope="module")
def tables(assistant):
    """The rows of each relation, by the last part of its id."""
    store = assistant.index.facts
    return {
        relation.relation_id.rpartition(":")[2]: [row for _, row in store.rows(number, store.all_rows(number))]
        for number, relation in enumerate(store.relations)
    }


def texts(rows, *columns):
    return [tuple(row.cells[column].text for column in columns if column in row.cells) for row in rows]


def test_every_tie_of_the_first_table_is_read(tables):
    ties = [row for row in tables["ties"] if row.cells["partner"].value is not None]
    kinds = Counter(row.cells["kind"].text for row in ties)
    regions = {row.cells["region"].text for row in tables["ties"]}

    assert (len(ties), kinds["姊妹"], kinds["友好"]) == (108, 36, 72)
    assert len(regions) == 16
    assert "大田市" not in regions
    assert all(1992 <= int(row.cells["year"].value) <= 2018 for row in ties)


def test_cells_that_wrap_belong_to_the_column_that_was_open(tables):
    daegu = [row for row in tables["ties"] if row.cells["region"].text == "大邱市"]

    sisters = {row.cells["partner"].text for row in daegu if row.cells["kind"].text == "姊妹"}

    assert sisters == {"青岛市", "宁波市", "成都市"}
    assert ("长沙市", "友好", "2018") in {
        (row.cells["partner"].text, row.cells["kind"].text, row.cells["year"].value) for row in daegu
    }


def test_a_column_that_says_none_is_a_row_without_a_value(tables):
    none = [row for row in tables["ties"] if row.cells["partner"].value is None]

    assert [(row.cells["region"].text, row.cells["kind"].text, row.cells["partner"].text) for row in none] == [
        ("世宗市", "姊妹", "0")
    ]


def test_all_editions_of_the_conference_are_read(tables):
    rows = tables["conferences"]

    assert [row.cells["edition"].value for row in rows] == list(range(1, 21))
    assert [int(row.cells["year"].value) for row in rows] == list(range(1999, 2019))
    assert all(row.cells.keys() == {"edition", "year", "country", "place", "theme"} for row in rows)


def test_all_fields_of_exchange_have_their_contents(tables):
    fields = Counter(row.cells["field"].text for row in tables["fields"])

    assert len(fields) == 11
    assert fields["经济"] == 8
    assert ("经济", "投资说明会") in texts(tables["fields"], "field", "content")


def test_counts_by_field_and_region_are_read_and_open_ones_left_open(tables):
    by_field = {row.cells["field"].text: row.cells["count"].value for row in tables["field-counts"]}
    totals = {row.cells["region"].text: row.cells["count"].value for row in tables["region-totals"]}
    cells = tables["region-field-counts"]
    given = [row for row in cells if "count" in row.cells]

    assert len(by_field) == 11
    assert len(totals) == 16
    assert len({row.cells["region"].text for row in cells}) == 17
    assert (len(cells), len(given)) == (64, 25)
    assert [row.cells["count"].value for row in given if row.cells["field"].text == "人员与文化艺术"] == [201]


def test_every_cell_and_statement_stands_in_the_raw_file(assistant):
    documents = assistant.index.documents
    raws = raw_sources(documents.values(), SEEDS)
    checked = 0
    for _, fact in assistant.index.facts.facts():
        assert fact.quotes, fact
        for quote in fact.quotes:
            document = documents[quote.doc_id]
            pieces = "".join(raws[document.source][a:b] for a, b in document.raw_spans(quote.start, quote.end))

            assert document.text[quote.start : quote.end] == quote.text
            assert "".join(pieces.split()) == "".join(quote.text.split())
            checked += 1
    assert checked > 1000


def test_no_entry_of_a_recipe_fails_to_find_its_place(tmp_path):
    from qa_assistant.assistant import Assistant
    from qa_assistant.config import Settings

    assert Assistant.build(Settings(seeds=SEEDS, index=tmp_path / "index")).left_out == ()


def test_the_contradictions_of_the_sources_are_found(assistant):
    found = [{str(side.value) for side in conflict.sides} for conflict in check(assistant.index.facts)]

    assert {"320", "380"} in found
    assert {"10", "11"} in found
    assert any("13" in sides and "15" in sides for sides in found)
    assert any("52" in sides for sides in found)


def test_gold_questions_on_facts_are_answered_from_cells(assistant):
    """Of the questions of the second part of the gold, those on facts: 95 of 100 right, every quote in its place."""
    gold = [question for question in read_gold(GOLD)[0] if 100 < int(question.question_id.split("-")[1]) <= 200]
    report = evaluate(assistant, gold)

    assert len(gold) >= 120
    assert report.metrics["answer_accuracy"] >= 0.95
    assert report.metrics["evidence_recall"] >= 0.93
    assert report.metrics["quote_validity"] == 1.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("忠清北道和哪些省份是姊妹", ["黑龙江", "广西", "湖北"]),
        ("How many friendship partners does North Jeolla have?", ["3"]),
        ("Which region exchanged most with China, and how much more than the second?", ["Gyeonggi", "528"]),
        ("京畿道的交流里行政占几成", ["41.9%"]),
        ("2000年代结了多少对", ["291"]),
        ("2003年那届会议在哪开的", ["无锡"]),
        ("哪个市道没有中国姊妹城市？", ["世宗"]),
        ("釜山和大邱都结了友好的中国城市有哪些", ["没有共同"]),
    ],
)
def test_questions_are_read_as_lookups(assistant, question, expected):
    answer = assistant.ask(question)

    assert answer.kind == "fact"
    assert answer.facts or "没有" in answer.text
    assert all(form in answer.text for form in expected), answer.text


@pytest.mark.parametrize(
    "question",
    [
        "大田在中国有几个姊妹城市？",
        "Which Chinese province is Daejeon's sister province?",
        "2020年的中日韩地方政府会议在哪开的？",
    ],
)
def test_what_a_table_leaves_out_is_said_to_be_missing(assistant, question):
    assert assistant.ask(question).kind == "no_answer"


def test_a_number_that_stands_for_several_fields_is_not_split(assistant):
    answer = assistant.ask("光州与中国的青少年交流做过几次？")

    assert "24" in answer.text
    assert "没有分开" in answer.text


def test_a_hedge_of_the_source_is_kept(assistant):
    assert "360余种" in assistant.ask("多少种产品进驻了威海的仁川馆？").text
    assert "more than 360" in assistant.ask("How many products are in the Incheon pavilion in Weihai?").text
