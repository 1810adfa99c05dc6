"""Where the sources disagree with themselves, and where they only seem to."""

import pytest

from qa_assistant.facts import FactStore, extract_facts, read_recipe, recipe_path, write_facts
from qa_assistant.facts.agreement import agree, interval
from qa_assistant.facts.check import check
from qa_assistant.facts.values import read_amount
from qa_assistant.lexical.translation import default_table
from qa_assistant.names import Names
from qa_assistant.records import Fact
from qa_assistant.sources import read_document

PAVILION = "2015年威海馆建成。威海馆累计举办320余场活动。负责人说，威海馆共承办活动{}。"
PAVILION_RECIPE = """
[[fact]]
subject = "威海馆"
predicate = "events"
pattern = '举办(?P<value>\\d+余?场)'

[[fact]]
subject = "威海馆"
predicate = "events"
pattern = '承办活动(?P<value>[^。]+)'
"""
PARK = "The park covers {} hectares. The core has 42 hectares and the harbour has 8 hectares."
PARK_RECIPE = """
[[check]]
about = { zh = "园区面积", en = "area of the park" }
total = { pattern = 'covers (?P<value>\\d+ hectares)' }
parts = [{ pattern = 'has (?P<value>\\d+ hectares)' }]
"""


@pytest.fixture
def store_of(tmp_path):
    """The facts of sources that are given as texts by file name, and the entries of recipes that found nothing."""

    def make(texts):
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        paths = sorted(tmp_path / name for name in texts if not name.endswith(".toml"))
        documents = [read_document(path, path.name, path.name) for path in paths]
        recipes = {path.name: read_recipe(recipe_path(path)) for path in paths if recipe_path(path).exists()}
        names = Names.load([])
        (tmp_path / "facts.sqlite").unlink(missing_ok=True)
        facts = extract_facts(documents, recipes, names, default_table())
        write_facts(tmp_path / "facts.sqlite", facts.tables, facts.statements, names, facts.rules)
        return FactStore(tmp_path / "facts.sqlite"), [str(error) for error in facts.errors]

    return make


@pytest.fixture
def conflicts_of(store_of):
    def make(texts):
        store, errors = store_of(texts)
        assert errors == []
        return check(store)

    return make


def park(text, recipe=PARK_RECIPE):
    return {"park.txt": text, "park.recipe.toml": recipe}


# ---------------------------------------------------------------- the delivered sources


def test_the_sources_contradict_themselves_where_a_reader_finds_it(assistant):
    found = {conflict.about["en"]: conflict for conflict in assistant.check()}

    def shown(about):
        return [(side.value, side.unit) for side in found[about].sides]

    assert shown("仁川·威海馆: number of events") == [(320, "场"), (380, "场次")]
    assert shown("number of fields of exchange") == [(10, "个"), (11, "个")]
    assert shown("share of administrative exchange in all exchanges") == [(52, "%"), (43.6, "%")]
    assert shown("investment budget of Saemangeum") == [(22_200_000_000_000, "韩元"), (22_150_000_000_000, "韩元")]
    assert shown("participants of the first China-South Korea governors' meeting") == [(13, "个"), (15, "名")]
    assert shown("member cities of OEAED") == [(11, "个"), (10, "个")]
    assert shown("administrative exchanges of all regions") == [(4171, "次"), (4164, "次")]
    assert len(found) == 7


def test_what_can_be_read_so_that_both_hold_is_not_called_certain(assistant):
    conflicts = assistant.check()

    assert [conflict.about["zh"] for conflict in conflicts if conflict.certain] == [
        "仁川·威海馆：活动数",
        "中韩地方政府的交流领域数",
    ]
    assert all(set(conflict.note) == {"zh", "en"} for conflict in conflicts if not conflict.certain)


def test_both_sides_of_a_conflict_are_quoted_from_the_source(assistant):
    for conflict in assistant.check():
        for side in conflict.sides:
            assert side.quotes
            for quote in side.quotes:
                assert assistant.document(quote.doc_id).text[quote.start : quote.end] == quote.text


def test_what_adds_up_in_the_sources_was_checked_and_is_not_reported(assistant):
    checked = {rule.about["en"] for rule in assistant.index.facts.rules()}

    agreeing = checked - {conflict.about["en"] for conflict in assistant.check()}

    assert agreeing >= {
        "all sister and friendship pairs",
        "people at the twelfth plenary of NEAR",
        "members at the twelfth plenary of NEAR",
        "Chinese members of UCLG",
        "South Korean members of UCLG",
        "area of the China-South Korea (Yancheng) Industrial Park",
    }


# ---------------------------------------------------------------- two values for one thing


@pytest.mark.parametrize("said", ["380场次", "355次", "300场", "1000余场"])
def test_two_numbers_for_one_thing_are_a_conflict(conflicts_of, said):
    (conflict,) = conflicts_of({"a.txt": PAVILION.format(said), "a.recipe.toml": PAVILION_RECIPE})

    assert (conflict.kind, conflict.certain) == ("values", True)
    assert [side.text for side in conflict.sides] == ["320余场", said]
    assert conflict.about == {"zh": "威海馆：活动数", "en": "威海馆: number of events"}


@pytest.mark.parametrize("said", ["320场", "340场次", "近350场", "300余场", "至少200场", "48人"])
def test_a_hedge_leaves_room_and_other_units_are_other_things(conflicts_of, said):
    assert conflicts_of({"a.txt": PAVILION.format(said), "a.recipe.toml": PAVILION_RECIPE}) == []


def test_the_same_thing_of_another_year_is_no_conflict(conflicts_of):
    recipe = PAVILION_RECIPE + 'qualifiers = { year = "2024" }\n'

    assert conflicts_of({"a.txt": PAVILION.format("380场"), "a.recipe.toml": recipe}) == []


def test_two_sources_are_compared_with_each_other(conflicts_of):
    one, other = PAVILION_RECIPE.strip().split("\n\n")
    (conflict,) = conflicts_of(
        {
            "a.txt": PAVILION.format("许多"),
            "a.recipe.toml": one,
            "b.txt": PAVILION.format("380场"),
            "b.recipe.toml": other,
        }
    )

    assert [side.quotes[0].doc_id for side in conflict.sides] == ["a.txt", "b.txt"]


def test_numbers_that_no_recipe_reads_are_not_compared(conflicts_of):
    assert conflicts_of({"a.md": "# 威海馆\n\n威海馆举办320场。威海馆举办380场。\n"}) == []


@pytest.mark.parametrize(
    ("printed", "least", "greatest"),
    [
        ("320场", 320, 320),
        ("320余场", 320, 352),
        ("近200家", 180, 200),
        ("约100人", 90, 110),
        ("3-4次", 3, 4),
        ("more than 50 million won", 50e6, 55e6),
        ("nearly 40 dollars", 36, 40),
    ],
)
def test_a_hedge_stands_for_a_tenth_at_most(printed, least, greatest):
    amount = read_amount(printed)
    fact = Fact(fact_id="a", subject="a", predicate="b", type="number", value=amount.value, approximate=amount.hedge)

    assert interval(fact) == pytest.approx((least, greatest))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2016", "2016-06", True),
        ("2016-06", "2016-06-08", True),
        ("2016-06", "2016-07", False),
        ("2015", "2016", False),
    ],
)
def test_a_date_agrees_with_a_finer_one_inside_it(one, other, same):
    facts = [Fact(fact_id="a", subject="a", predicate="b", type="date", value=date) for date in (one, other)]

    assert agree(*facts) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [((2, "公里"), (2000, "米"), True), ((1, "平方公里"), (100, "公顷"), True), ((2, "km"), (2, "米"), False)],
)
def test_units_of_one_dimension_are_turned_into_each_other(one, other, same):
    facts = [
        Fact(fact_id="a", subject="a", predicate="b", type="number", value=value, unit=unit)
        for value, unit in (one, other)
    ]

    assert agree(*facts) is same


# ---------------------------------------------------------------- the checks of a recipe


def test_parts_that_make_their_total_are_no_conflict(conflicts_of):
    assert conflicts_of(park(PARK.format(50))) == []


def test_parts_that_do_not_make_their_total_are_a_conflict(conflicts_of):
    (conflict,) = conflicts_of(park(PARK.format(55)))

    said, reckoned = conflict.sides
    assert (conflict.kind, conflict.certain) == ("sum", True)
    assert (said.value, reckoned.value) == (55, 50)
    assert reckoned.text == "42 hectares + 8 hectares = 50hectares"
    assert [quote.text for quote in said.quotes] == ["The park covers 55 hectares."]


def test_a_hedged_part_that_can_make_up_for_the_difference_makes_it_uncertain(conflicts_of):
    recipe = PARK_RECIPE.replace("has (?P<value>", "has (?P<value>(?:about )?")
    text = PARK.replace("has 42", "has about 42")

    assert [conflict.certain for conflict in conflicts_of(park(text.format(53), recipe))] == [False]
    assert [conflict.certain for conflict in conflicts_of(park(text.format(70), recipe))] == [True]


def test_an_open_list_may_leave_parts_out_but_not_have_too_many(conflicts_of):
    recipe = PARK_RECIPE + "open = true\n"

    assert conflicts_of(park(PARK.format(55), recipe)) == []
    assert len(conflicts_of(park(PARK.format(45), recipe))) == 1


def test_what_a_recipe_calls_uncertain_is_with_its_note(conflicts_of):
    recipe = PARK_RECIPE + 'certain = false\nnote = { en = "without the lake" }\n'

    (conflict,) = conflicts_of(park(PARK.format(55), recipe))

    assert (conflict.certain, conflict.note) == (False, {"en": "without the lake"})


FIELDS = "{}个领域：行政、经济、体育。行政占{}，为30次，经济为20次，体育为10次。"
COUNT_RECIPE = """
[[check]]
about = { zh = "领域数" }
total = { pattern = '(?P<value>\\d+个)领域' }
parts = [{ pattern = '[：、](?P<value>[^、。]+)', scope = { end = '。行政占' }, count = true }]
"""
SHARE_RECIPE = """
[[check]]
about = { zh = "行政占比" }
share = { pattern = '行政占(?P<value>[\\d.]+%)' }
parts = [{ pattern = '，为(?P<value>\\d+次)' }]
whole = [{ pattern = '为(?P<value>\\d+次)' }]
"""


def test_things_that_are_listed_are_counted(conflicts_of):
    assert conflicts_of({"a.txt": FIELDS.format(3, "50%"), "a.recipe.toml": COUNT_RECIPE}) == []
    (conflict,) = conflicts_of({"a.txt": FIELDS.format(4, "50%"), "a.recipe.toml": COUNT_RECIPE})

    assert conflict.kind == "count"
    assert [side.text for side in conflict.sides] == ["4个", "3 (行政；经济；体育)"]


@pytest.mark.parametrize(("share", "conflicts"), [("50%", 0), ("50.0%", 0), ("50.4%", 1), ("52%", 1)])
def test_a_share_is_reckoned_to_the_places_that_are_printed(conflicts_of, share, conflicts):
    found = conflicts_of({"a.txt": FIELDS.format(3, share), "a.recipe.toml": SHARE_RECIPE})

    assert [conflict.sides[1].value for conflict in found] == [50] * conflicts


def test_a_statement_and_a_cell_are_compared_where_a_recipe_says_so(conflicts_of):
    recipe = """
[[relation]]
id = "rows"
title = { zh = "城市" }
key = "city"
each = '(?P<city>[^：，。]+)：(?P<people>\\d+人)'
column = [{ id = "city" }, { id = "people", type = "number" }]

[[fact]]
subject = "青岛"
predicate = "population"
pattern = '青岛有(?P<value>\\d+人)'

[[check]]
about = { zh = "青岛人口" }
same = [
  { subject = "青岛", predicate = "population" },
  { relation = "rows", column = "people", rows = { city = "青岛" } },
]
"""
    (conflict,) = conflicts_of({"a.txt": "青岛有30人。\n\n青岛：31人，烟台：20人。\n", "a.recipe.toml": recipe})

    assert (conflict.kind, [side.value for side in conflict.sides]) == ("values", [30, 31])


def test_a_check_that_finds_nothing_in_its_source_is_named(store_of):
    _, errors = store_of(park("The park is closed."))

    assert len(errors) == 1
    assert "园区面积" in errors[0]


@pytest.mark.parametrize(
    "entry",
    [
        "total = { subject = 'a' }\nparts = [{ pattern = 'b' }]",
        "total = { pattern = 'a' }",
        "same = [{ pattern = 'a' }]",
        "share = { pattern = 'a' }\nparts = [{ pattern = 'b' }]",
        "total = { pattern = 'a' }\nsame = [{ pattern = 'a' }, { pattern = 'b' }]",
    ],
)
def test_a_check_that_says_half_of_what_it_needs_is_refused(tmp_path, entry):
    path = tmp_path / "a.recipe.toml"
    path.write_text(f"[[check]]\nabout = {{ en = 'x' }}\n{entry}\n", encoding="utf-8")

    with pytest.raises(Exception, match=r"field 'check\.0"):
        read_recipe(path)


# ---------------------------------------------------------------- tables of any document

SALES = """\
# 销售

| 城市 | 数量 | 单价 | 占比 |
|---|---|---|---|
| 青岛 | 10 | 5 | 25% |
| 烟台 | 30 | 6 | 75% |
| {} | {} | 5.5 | 100% |
"""


@pytest.mark.parametrize("name", ["合计", "总计", "Total", "**合计**"])
def test_a_row_of_totals_that_differs_from_its_column_is_a_conflict(conflicts_of, name):
    assert conflicts_of({"a.md": SALES.format(name, 40)}) == []
    (conflict,) = conflicts_of({"a.md": SALES.format(name, 45)})

    assert (conflict.kind, conflict.certain) == ("sum", True)
    assert [side.value for side in conflict.sides] == [45, 40]
    assert "数量" in conflict.about["zh"]
    assert conflict.sides[0].quotes[0].text == "45"


def test_a_row_of_totals_is_no_row_of_the_relation(store_of):
    store, _ = store_of({"a.md": SALES.format("合计", 45)})

    assert len(store.all_rows(0)) == 2


def test_totals_of_csv_are_checked_too(conflicts_of):
    (conflict,) = conflicts_of({"a.csv": "city,books\nKunming,410\nXiamen,300\nTotal,700\n"})

    assert [side.value for side in conflict.sides] == [700, 710]


def test_subtotals_are_of_the_rows_since_the_last_one(conflicts_of):
    rows = "| 甲 | 1 |\n| 乙 | 2 |\n| 小计 | {} |\n| 丙 | 4 |\n| 丁 | 5 |\n| 小计 | 9 |\n| 合计 | 12 |\n"
    table = "# 表\n\n| 名 | 件 |\n|---|---|\n" + rows

    assert conflicts_of({"a.md": table.format(3)}) == []
    assert [conflict.sides[1].value for conflict in conflicts_of({"a.md": table.format(7)})] == [3]


@pytest.mark.parametrize(
    "rows",
    [
        "| 男 | 1.2 |\n| 女 | 1.3 |\n| 合计 | 2.6 |",  # rounded
        "| 男 | 10 |\n| 其中：学生 | 4 |\n| 女 | 20 |\n| 合计 | 30 |",  # a part of a row
        "| 男 | 10 |\n| 女 | 20 |\n| 童 | 30 |\n| 合计 | 21 |",  # an average
        "| 男 | 10 |\n| 女 | 20 |\n| 童 | - |\n| 合计 | 45 |",  # a cell that says nothing
        "| 甲省 | 30 |\n| 甲市 | 30 |\n| 乙省 | 20 |\n| 乙市 | 20 |\n| 合计 | 50 |",  # rows that are parts of others
    ],
)
def test_a_total_that_need_not_be_the_sum_of_its_column_is_no_conflict(conflicts_of, rows):
    assert conflicts_of({"a.md": f"# 人\n\n| 组 | 人数 |\n|---|---|\n{rows}\n"}) == []


@pytest.mark.parametrize("header", ["增长率", "单价", "Share", "Average age", "序号"])
def test_columns_that_no_one_adds_up_are_not_checked(conflicts_of, header):
    assert conflicts_of({"a.md": f"# 人\n\n| 组 | {header} |\n|---|---|\n| 男 | 3 |\n| 女 | 4 |\n| 合计 | 9 |\n"}) == []


TABLE = """\
## {}

| City | Books | Opened |
|---|---|---|
| Kunming | {} | 2016 |
| Xiamen | 300 | 2017 |
| Harbin | 120 | 2019 |

"""


def test_cells_that_differ_between_two_tables_of_one_header_are_a_conflict(conflicts_of):
    (conflict,) = conflicts_of(
        {"a.md": "# Report\n\n" + TABLE.format("Libraries", 410) + TABLE.format("Libraries", 401)}
    )

    assert [side.value for side in conflict.sides] == [410, 401]
    assert (conflict.certain, conflict.note) == (True, {})
    assert "Kunming" in conflict.about["en"]


def test_tables_with_other_titles_that_mostly_agree_may_be_about_the_same(conflicts_of):
    (conflict,) = conflicts_of({"a.md": "# Report\n\n" + TABLE.format("Overview", 410) + TABLE.format("Annex", 401)})

    assert not conflict.certain
    assert "Annex" in conflict.note["en"]


@pytest.mark.parametrize("titles", [("Books in 2023", "Books in 2024"), ("上半年藏书", "下半年藏书")])
def test_tables_of_different_periods_may_differ(conflicts_of, titles):
    assert conflicts_of({"a.md": "# R\n\n" + TABLE.format(titles[0], 410) + TABLE.format(titles[1], 401)}) == []


def test_tables_that_hardly_agree_are_about_different_things(conflicts_of):
    one = "## {}\n\n| Month | Rain |\n|---|---|\n| May | {} |\n| June | {} |\n| July | {} |\n\n"

    assert conflicts_of({"a.md": one.format("Chengdu", 1, 2, 3) + one.format("Guilin", 4, 5, 3)}) == []


def test_rows_that_share_a_key_with_others_are_not_compared(conflicts_of):
    others = "".join(f"| {name}县 | 9 |\n" for name in "子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛")
    one = "## 会议\n\n| 城市 | 人数 |\n|---|---|\n| 青岛 | {} |\n| 青岛 | {} |\n" + others + "\n"

    assert conflicts_of({"a.md": one.format(1, 2) + one.format(3, 4)}) == []
