"""Questions of sentences in documents that were made for the question: what is counted, in which unit, of whom."""

from functools import partial
from typing import NamedTuple

import pytest
from conftest import cases_with, questions

NAMES = """kind\tzh\ten\tko
hall\t青石馆|青石展馆\tBluestone Hall\t청석관
hall\t白石馆\tWhitestone Hall\t백석관
person\t李一帆\tLee Yifan|Lee\t
person\t陈丽\tChen Li\t
"""
BLUESTONE = {
    "names.tsv": NAMES,
    "青石馆.md": """# 青石馆年报

本文人名和数字均为虚构，仅供测试。

青石馆2011年在昆明建成，是西南地区第一座石刻展馆。馆长李一帆于2016年离任，由陈丽接任。

已有80家企业携360种产品入驻青石馆。青石馆占地35亩。

2023年青石馆共举办活动240场，其中50人以上的60场。青石馆与8对夫妇合作办展。

2019年大会共有102人参会，其中学生34人。
""",
    "青石馆.recipe.toml": """
[[fact]]
subject = "青石馆"
predicate = "companies"
pattern = '已有(?P<value>80家)企业'

[[fact]]
subject = "青石馆"
predicate = "products"
pattern = '企业携(?P<value>360种)产品'

[[fact]]
subject = "青石馆"
predicate = "area"
pattern = '青石馆占地(?P<value>35亩)'

[[fact]]
subject = "青石馆"
predicate = "events"
pattern = '共举办活动(?P<value>240场)'
qualifiers = { year = "2023" }

[[fact]]
subject = "青石馆"
predicate = { zh = "50人以上的活动", en = "events with more than 50 people" }
pattern = '其中50人以上的(?P<value>60场)'
words = { zh = "活动|50人以上", en = "events|50 people or more" }
qualifiers = { year = "2023" }

[[fact]]
subject = "青石馆"
predicate = { zh = "馆长", en = "director" }
type = "person"
pattern = '馆长(?P<value>李一帆)'

[[fact]]
subject = "李一帆"
predicate = { zh = "接任者|接任|继任|接替", en = "successor|took over|succeeded|replaced|after" }
type = "person"
pattern = '由(?P<value>陈丽)接任'
words = { zh = "馆长", en = "director" }

[[fact]]
subject = "青石馆"
predicate = { zh = "第一座石刻展馆|第一座|最早", en = "first hall of carved stones|first" }
type = "text"
pattern = '是(?P<value>西南地区第一座石刻展馆)'

[[fact]]
subject = "青石馆"
predicate = "founded"
type = "date"
pattern = '青石馆(?P<value>2011年)在昆明建成'
""",
}
HALLS = {
    "展馆.md": """# 西南地区的石刻展馆

本表均为虚构，仅供测试。

| 石刻展馆 | 开馆年份 |
|---|---|
| 红石馆 | 2015 |
| 黑石馆 | 2018 |
"""
}
WHITESTONE = {
    "names.tsv": NAMES,
    "whitestone.md": """# The Whitestone Hall

All names and figures in this report are invented. It is a document for tests.

Whitestone Hall held 48 meetings in 2023. The hall received 5,200 visitors. Tickets were sold for 26,000 yuan.

The 2021 congress had 120 guests, among them 30 guests from abroad.
""",
}


class Case(NamedTuple):
    """A question of some sources, what its answer has to say and must not."""

    sources: dict[str, str]
    question: str
    says: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()


STILL_WRONG = frozenset(
    {
        "Who took over from Chen Li?",
        "青石馆的建筑面积是多少？",
        "青石馆有多少本书？",
        "青石馆雇了多少人？",
        "How many people work at Bluestone Hall?",
        "How large is Whitestone Hall?",
        "How long is Whitestone Hall?",
    }
)
"""Questions that are known to be answered wrongly."""


hard = partial(cases_with, STILL_WRONG)


def said_of(answer):
    """What a fact says, without the sentences that are quoted below it."""
    quoted = {citation.quote.text for citation in answer.citations}
    return "\n".join(line for line in answer.text.splitlines() if line.rpartition(" [")[0] not in quoted)


def assert_fact(answer, says, says_not=()):
    assert answer.kind == "fact", answer.text
    for words in says:
        assert words in said_of(answer), answer.text
    for wrong in says_not:
        assert wrong not in said_of(answer), answer.text


# shares and averages


@questions(
    Case(BLUESTONE, "青石馆50人以上的活动占全部活动的百分之几？", ("60场", "240场", "占25%")),
    Case(BLUESTONE, "2019年大会的参会者中学生占百分之几？", ("34人", "102人", "占33.3%")),
    Case(
        BLUESTONE,
        "What percentage of the events at Bluestone Hall had more than 50 people?",
        ("60", "240", "That is 25%"),
    ),
    Case(
        WHITESTONE,
        "What share of the guests of the 2021 congress came from abroad?",
        ("30 guests", "120 guests", "That is 25%"),
    ),
)
def test_a_part_and_a_whole_in_one_sentence_make_a_share(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


@questions(
    Case(BLUESTONE, "青石馆平均每家企业有多少种产品？", ("80家", "360种", "平均4.5种")),
    Case(BLUESTONE, "平均每家企业带来多少种产品入驻青石馆？", ("平均4.5种",)),
    Case(BLUESTONE, "青石馆平均每种产品有多少家企业？", ("平均0.22家",)),
    Case(
        BLUESTONE,
        "How many products does each company at Bluestone Hall have on average?",
        ("80", "360", "4.5 for each"),
    ),
)
def test_an_average_is_of_one_number_for_each_of_another(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


def test_without_an_average_asked_for_none_is_computed(assistant_once):
    assert_fact(assistant_once(BLUESTONE).ask("青石馆有多少种产品？"), ("360种",), ("平均", "80"))


def test_an_average_and_a_share_are_made_of_two_numbers_of_the_second_source(assistant):
    average, share = (
        assistant.ask("平均每家仁川企业有多少种产品？"),
        assistant.ask("威海馆办的活动里200人以上的占百分之几？"),
    )

    assert_fact(average, ("82家", "360余种", "平均4.39种"))
    assert_fact(share, ("48次", "380场次", "占12.6%"))


# superlatives


@questions(
    Case(BLUESTONE | HALLS, "最早的石刻展馆是哪座？", ("青石馆",), ("红石馆",)),
    Case(BLUESTONE | HALLS, "西南地区第一座石刻展馆是哪座？", ("青石馆",), ("红石馆",)),
    Case(BLUESTONE | HALLS, "Which was the first hall of carved stones?", ("Bluestone Hall",), ("红石馆",)),
)
def test_a_sentence_that_says_what_was_first_goes_before_the_rows_of_a_table(assistant_once, case):
    without = assistant_once(HALLS).ask(case.question)

    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)
    assert "红石馆" in without.text or without.kind == "no_answer"


def test_the_first_pair_of_the_first_source_is_told_by_its_sentence(assistant):
    assert_fact(assistant.ask("最早结为姊妹城市的是哪两个城市？"), ("木浦", "连云港"), ("首尔",))
    assert_fact(assistant.ask("韩国最早和中国结成姊妹城市的是哪座城市？"), ("木浦", "连云港"), ("首尔",))
    assert_fact(assistant.ask("Which was the first pair of sister cities?"), ("Mokpo", "Lianyungang"))


# who


@questions(
    Case(BLUESTONE, "谁接替了李一帆？", ("陈丽",)),
    Case(BLUESTONE, "李一帆之后的馆长是谁？", ("陈丽",)),
    Case(BLUESTONE, "Who took over from Lee Yifan?", ("Chen Li",)),
    Case(BLUESTONE, "Who took over from Lee?", ("Chen Li",)),
    Case(BLUESTONE, "Who came after Lee as director?", ("Chen Li",)),
)
def test_who_came_after_somebody_is_somebody_else(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert_fact(answer, case.says)
    assert [fact.value for fact in answer.facts] == ["陈丽"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case(BLUESTONE, "谁接替了陈丽？"), id="谁接替了陈丽？"),
        *hard(Case(BLUESTONE, "Who took over from Chen Li?")),
    ],
)
def test_where_nobody_is_known_to_have_come_after_somebody_nobody_is_named(assistant_once, case):
    assert assistant_once(case.sources).ask(case.question).kind != "fact"


# what is counted


@questions(
    Case(BLUESTONE, "青石馆的会费是多少？"),
    Case(BLUESTONE, "青石馆的员工人数是多少？"),
    Case(BLUESTONE, "青石馆的藏书量是多少？"),
    Case(BLUESTONE, "青石馆花了多少钱？"),
    Case(BLUESTONE, "How much is the membership fee of Bluestone Hall?"),
    Case(BLUESTONE, "What is the budget of Bluestone Hall?"),
    Case(BLUESTONE, "How many employees does Bluestone Hall have?"),
    Case(WHITESTONE, "What is the floor area of Whitestone Hall?"),
    Case(WHITESTONE, "What is the membership fee of Whitestone Hall?"),
    Case(WHITESTONE, "How many employees does Whitestone Hall have?"),
    Case(WHITESTONE, "How many books does Whitestone Hall have?"),
    Case(WHITESTONE, "白石馆的面积是多少？"),
    Case(WHITESTONE, "白石馆的建筑面积是多少？"),
)
def test_a_thing_that_has_other_numbers_is_not_given_one_of_them(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind == "no_answer", answer.text


@pytest.mark.parametrize(
    "question", ["What is the floor area of the Weihai Pavilion?", "威海馆的建筑面积是多少？", "NEAR的会费是多少？"]
)
def test_the_sources_have_no_such_number(assistant, question):
    assert assistant.ask(question).kind == "no_answer"


@pytest.mark.parametrize(
    "case",
    hard(
        # The ground that it covers is not the area of its floors.
        Case(BLUESTONE, "青石馆的建筑面积是多少？"),
        Case(BLUESTONE, "青石馆有多少员工？"),
        Case(BLUESTONE, "青石馆有多少图书？"),
        Case(BLUESTONE, "青石馆有多少本书？"),
        Case(BLUESTONE, "青石馆雇了多少人？"),
        Case(BLUESTONE, "How many people work at Bluestone Hall?"),
        Case(BLUESTONE, "How much did Bluestone Hall spend?"),
        Case(WHITESTONE, "How much is the membership fee of Whitestone Hall?"),
    ),
)
def test_a_thing_that_has_other_numbers_is_not_given_one_of_them_however_it_is_asked(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind != "fact", answer.text


# units


@questions(
    Case(BLUESTONE, "青石馆占地多少亩？", ("35亩",), ("240", "8对")),
    Case(BLUESTONE, "青石馆有多少种产品？", ("360种",), ("80", "240")),
    Case(BLUESTONE, "青石馆有几种产品？", ("360种",), ("80", "8对")),
    Case(BLUESTONE, "青石馆与几对夫妇合作？", ("8对",), ("360", "80")),
    Case(BLUESTONE, "青石馆办了几场活动？", ("240场",), ("8对", "360")),
    Case(BLUESTONE, "有多少家企业入驻青石馆？", ("80家",), ("360", "240")),
    Case(WHITESTONE, "How many meetings did Whitestone Hall hold in 2023?", ("48 meetings",), ("5,200",)),
)
def test_a_measure_word_tells_which_number_answers(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@questions(
    Case(BLUESTONE, "青石馆有几对产品？"),
    Case(BLUESTONE, "青石馆办了几种活动？"),
    Case(WHITESTONE, "白石馆有多少平方公里？"),
)
def test_a_number_in_another_unit_is_no_fact_that_answers(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind != "fact", answer.text


def test_the_pavilion_that_held_events_has_no_area(assistant):
    answer = assistant.ask("威海馆有多少平方公里？")

    assert answer.kind != "fact", answer.text


@pytest.mark.parametrize(
    "case",
    hard(
        Case(WHITESTONE, "How much was spent on the meetings of Whitestone Hall?"),
        Case(WHITESTONE, "How large is Whitestone Hall?"),
        Case(WHITESTONE, "How long is Whitestone Hall?"),
    ),
)
def test_how_much_and_how_large_are_not_answered_with_a_count_of_meetings(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind != "fact", answer.text


# what a value of its kind cannot answer


STUDY = {
    "study.md": """# 青石馆与白石馆的合作研究

周雨 著，载《石刻研究》2020年第3期

青石馆与白石馆自2012年起合作。两馆之间的班车运行了6年。合作有两个方面的问题：经费不足，人员缺乏。

1) 吴桐，〈石刻展馆的经营〉，《展馆学报》，2015年。
""",
    "study.recipe.toml": """
[[fact]]
subject = "青石馆与白石馆的合作研究"
predicate = { zh = "作者|撰写", en = "author|wrote" }
type = "person"
pattern = '(?P<value>周雨) 著'
words = { zh = "论文|文章", en = "paper|article" }

[[fact]]
subject = "石刻展馆的经营"
predicate = { zh = "作者|撰写", en = "author|wrote" }
type = "person"
pattern = '(?P<value>吴桐)，'
words = { zh = "论文|文章|经营", en = "paper|article|management" }

[[fact]]
subject = "青石馆"
predicate = { zh = "合作开始|合作", en = "cooperation began|cooperation" }
type = "date"
pattern = '自(?P<value>2012年)起合作'
words = { zh = "白石馆", en = "Whitestone Hall" }

[[fact]]
subject = "班车"
predicate = { zh = "运行年数|运行", en = "years in operation|ran" }
pattern = '运行了(?P<value>6年)'
words = { zh = "两馆|青石馆|白石馆", en = "bus|halls" }
""",
}


@questions(
    Case(STUDY, "这篇论文的作者是谁？", ("周雨",), ("吴桐",)),
    Case(STUDY, "Who wrote the paper?", ("周雨",), ("吴桐",)),
    Case(STUDY, "那篇讲展馆经营的论文是谁撰写的？", ("吴桐",), ("周雨",)),
)
def test_the_paper_is_the_source_itself_unless_another_one_is_called(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@questions(
    Case(STUDY, "为什么青石馆与白石馆合作？"),
    Case(STUDY, "青石馆与白石馆的合作有哪些问题？"),
    Case(HALLS, "谁写了西南地区的石刻展馆？"),
    Case(HALLS, "What is the difference between the stone halls?"),
)
def test_a_reason_a_problem_an_author_and_a_difference_are_no_dates_and_no_rows(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind != "fact", answer.text


@questions(
    Case(BLUESTONE, "2019年大会持续了多长时间？"),
    Case(BLUESTONE, "青石馆离昆明有多远？"),
)
def test_a_duration_and_a_distance_have_units_of_their_own(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.kind != "fact", answer.text


def test_how_many_years_are_a_duration(assistant_once):
    assert_fact(assistant_once(STUDY).ask("班车运行了多久？"), ("6年",))
