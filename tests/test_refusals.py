"""Refusals: what was looked for, what is wrong with the question, and questions that can be answered instead."""

import pytest

from qa_assistant.answer.askable import question_of
from qa_assistant.facts.relations import Statement, Words
from qa_assistant.names import Names
from qa_assistant.question.asked import take_apart
from qa_assistant.question.owners import owners
from qa_assistant.records import Fact
from qa_assistant.ui.render import render_conversation

HARBOURS = """# Harbours of the north coast

Report of 2021. The pilots of Anvik harbour hope for better years.

## Depths and berths

| Harbour | Province | Berths | Opened |
|---|---|---|---|
| Anvik | Norland | 12 | 1961 |
| Brecke | Norland | 30 | 1974 |
| Cosby | Sudland | 7 | 1988 |
"""
TEAHOUSES = """# 茶馆调查

2019年的调查走访了城里的茶馆。

## 座位与年份

| 茶馆 | 座位 | 开业年份 |
|---|---|---|
| 清泉茶馆 | 80 | 1956 |
| 半山茶馆 | 45 | 1992 |
| 望江茶馆 | 120 | 2008 |

清泉茶馆的总面积为300平方米。
"""


@pytest.fixture
def small(assistant_once):
    return assistant_once({"harbours.md": HARBOURS, "茶馆.md": TEAHOUSES})


def ask_all(assistant, answer):
    return [assistant.ask(suggestion) for suggestion in answer.suggestions]


REFUSED_OF_THE_SEEDS = [
    "第二十三届中日韩地方政府交流会议在哪里召开？",
    "蔚山跟拉萨结过友好城市吗，哪一年？",
    "How many sister cities does Ulaanbaatar have?",
    "What is the yearly turnover of the Incheon Pavilion in Weihai?",
    "How many youth exchanges did Daegu have with China?",
    "In which year did Busan and Guangzhou become sister cities?",
    "대전의 우호도시는 어디인가요?",
    "제25회 한중일 지방정부 교류회의는 어디에서 열렸나요?",
]


@pytest.mark.parametrize("question", REFUSED_OF_THE_SEEDS)
def test_each_suggestion_is_answered_by_facts_when_it_is_asked(assistant, question):
    refusal = assistant.ask(question)

    assert refusal.kind == "no_answer"
    assert 1 <= len(refusal.suggestions) <= 2
    assert [answer.kind for answer in ask_all(assistant, refusal)] == ["fact"] * len(refusal.suggestions)
    assert all(answer.language == refusal.language for answer in ask_all(assistant, refusal))


def test_a_refusal_and_its_suggestions_are_the_same_each_time(assistant, seeds_index):
    again = type(assistant).open(seeds_index)
    for question in REFUSED_OF_THE_SEEDS:
        assert assistant.ask(question).model_dump_json() == again.ask(question).model_dump_json()


def test_answers_have_no_suggestions(small):
    answer = small.ask("半山茶馆有多少座位？")
    assert answer.kind == "fact"
    assert answer.suggestions == ()


def test_a_refusal_says_what_was_looked_for_and_what_the_nearest_text_is_about(small):
    answer = small.ask("清泉茶馆的茶艺师工资是多少？")
    assert answer.kind == "no_answer"
    assert "“清泉茶馆" in answer.text or "“茶馆" in answer.text or "工资”" in answer.text
    assert "座位与年份" in answer.text


@pytest.mark.parametrize(
    ("question", "suggested"),
    [
        ("How deep is the water at Cosby?", "What is given as “Berths” for Cosby?"),
    ],
)
def test_a_table_without_a_recipe_is_asked_by_its_headers(small, question, suggested):
    answer = small.ask(question)
    assert answer.kind == "no_answer"
    assert suggested in answer.suggestions
    assert all(one.kind == "fact" for one in ask_all(small, answer))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("第二十三届中日韩地方政府交流会议在哪里召开？", "第1至第20届"),
        ("2022年的中日韩地方政府会议在哪里开的？", "从1999年到2018年"),
        ("Where was the trilateral local government conference held in 2023?", "from 1999 to 2018"),
        ("In which year did Busan and Guangzhou become sister cities?", "but never together"),
        ("부산과 광저우는 언제 자매도시가 되었나요?", "함께 나오지는 않습니다"),
        ("第六届中韩省长知事会议有多少人参加？", "资料写到的届次是：1, 2, 3"),
        ("How many sister cities does Pyongyang have?", "do not mention Pyongyang"),
        ("How many Korean firms worked in the Huizhou park in 2024?", "names no year after 2020"),
    ],
)
def test_what_a_question_takes_for_granted_is_named(assistant, question, told):
    answer = assistant.ask(question)
    assert answer.kind == "no_answer"
    assert told in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "松岛的总面积是多少？",
        "송도의 면적은 얼마인가요?",
        "What is the total area of Songdo?",
        "평양의 자매도시는 몇 개인가요?",
    ],
)
def test_what_is_asked_of_a_thing_nobody_speaks_of_is_not_answered_of_another(assistant, question):
    assert assistant.ask(question).kind == "no_answer"


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("松岛的面积是多少？", ["松岛"]),
        ("송도의 면적은 얼마인가요?", ["송도"]),
        ("What is the area of Songdo?", ["songdo"]),
        ("What is the area of the park?", []),
        ("哪座城市的面积最大？", []),
    ],
)
def test_whose_something_is_that_is_asked_for(question, whose):
    asked = take_apart(question, Names([]))
    assert [asked.key[slice(*span)] for span in owners(asked)] == whose


def statement(subject, predicate, kind="number", **qualifiers):
    fact = Fact(
        fact_id="d:0:s:p", subject=subject, predicate="p", type=kind, value=3, text="3", unit="个",
        qualifiers=qualifiers, quotes=(),
    )  # fmt: skip
    return Statement(fact=fact, predicate=predicate)


PLACES = Words(zh=("工作坊数",), en=("number of workshops",), ko=("공방 수",))


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("zh", "2018年王家村的工作坊数是多少？"),
        ("en", None),  # Nobody knows the English name of the village.
        ("ko", None),
    ],
)
def test_a_fact_is_asked_for_in_a_language_that_has_its_names(language, question):
    assert question_of(statement("王家村", PLACES, year="2018"), Names([]), language) == question


@pytest.mark.parametrize("label", ["why they turned inland", "described as", "Korean delegates"])
def test_words_of_a_recipe_that_make_no_question_make_none(label):
    assert question_of(statement("Anvik", Words(zh=("甲",), en=(label,))), Names([]), "en") is None


def test_the_chat_lists_suggestions_and_escapes_them(assistant):
    answer = assistant.ask("How many sister cities does Ulaanbaatar have?")
    html = render_conversation([answer.model_copy(update={"suggestions": ("Is <b> a tag?",)})])
    assert "<li>Is &lt;b&gt; a tag?</li>" in html
    assert "suggestions" not in render_conversation([answer.model_copy(update={"suggestions": ()})])
