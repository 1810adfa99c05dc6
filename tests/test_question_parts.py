"""What a question asks for, told from its words: yes or no, what is counted, and in which unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.names import Names
from qa_assistant.question.asked import take_apart
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.units import counted_alike, counts_in, same_dimension

YES_OR_NO = [
    "Was the fifth meeting held in Wuxi?",
    "Is Qingdao a sister city of Busan?",
    "Does the hall have a library?",
    "And did Busan host it?",
    "Were there more meetings in 2014 than in 2013?",
    "第五次会议是在无锡举行的吗？",
    "昆明是不是主办城市？",
    "大邱有没有姊妹城市？",
    "昆明是否办过会议？",
    "昆明办过会议没有？",
    "광저우는 광주의 자매도시입니까?",
    "두 도시가 자매결연을 맺었나요?",
]
NOT_YES_OR_NO = [
    "Where was it held?",
    "Which city is it in?",
    "What is the theme?",
    "Do you know where the hall is?",
    "Is it known how many came?",
    "会议在哪里举行？",
    "你知道哪座城市没有图书馆吗？",
    "有多少人参加了会议？",
    "谁是馆长？",
    "회의는 어디에서 열렸습니까?",
    "자매도시는 몇 개입니까?",
]
NONE = [
    "哪个城市没有图书馆？",
    "哪些市道在中国没有姊妹城市？",
    "Which city has no sister city?",
    "Which towns are without a library?",
]
NOT_NONE = [
    "大邱有没有姊妹城市？",
    "有没有城市办过两次？",
    "昆明办过会议没有？",
    "无锡办过会议吗？",
    "Is there another city?",
]
ATTRIBUTES = [
    ("What is the floor area of the hall?", ["area"]),
    ("What is the membership fee of the league?", ["fee"]),
    ("How many employees does the hall have?", ["employees"]),
    ("How many meetings were held in 2014?", ["meetings"]),
    ("What theme was adopted?", ["theme"]),
    ("Which bridge is the longest?", ["bridge"]),
    ("会费是多少？", ["会费"]),
    ("论坛采用了什么主题？", ["主题"]),
    ("来了多少学生？", ["学生"]),
    ("哪些经贸活动在成都举行？", ["活动"]),
]
NO_ATTRIBUTES = [
    "Which city hosted it?",
    "Which of them was first?",
    "Where was it held?",
    "How many are there in Chengdu?",
    "在哪个城市举行？",
    "大会有哪些内容？",
    "谁是馆长？",
]
ALIKE = [
    ("占地多少平方公里？", "平方公里"),
    ("占地多少平方公里？", "公顷"),
    ("占地多少亩？", "亩"),
    ("来了多少人？", "名"),
    ("办了多少次？", "场"),
    ("有几种产品？", "种"),
    ("结了几对？", "对"),
    ("每周几班？", "班"),
    ("要多少元？", "美元"),
    ("有多少家企业？", "家"),
    ("How much did it cost?", "元"),
    ("How many meetings were held?", "次"),
]
NOT_ALIKE = [
    ("占地多少平方公里？", "场"),
    ("占地多少平方公里？", "家"),
    ("占地多少亩？", "人"),
    ("来了多少人？", "平方公里"),
    ("办了多少次？", "家"),
    ("有几种产品？", "对"),
    ("结了几对？", "种"),
    ("每周几班？", "份"),
    ("有多少家企业？", "元"),
    ("有多少家企业？", "%"),
    ("有几个城市？", "次"),
    ("How much is it?", "次"),
    ("How much is it?", "人"),
]


@pytest.fixture(scope="module")
def names():
    return Names.load([])


@pytest.mark.parametrize("question", YES_OR_NO)
def test_whether_something_is_so_is_answered_with_yes_or_no(names, question):
    assert take_apart(question, names).wants_yes_or_no


@pytest.mark.parametrize("question", NOT_YES_OR_NO)
def test_what_asks_for_something_is_not_answered_with_yes_or_no(names, question):
    assert not take_apart(question, names).wants_yes_or_no


@pytest.mark.parametrize("question", NONE)
def test_things_that_have_none_are_asked_for(names, question):
    assert "none" in take_apart(question, names).operations


@pytest.mark.parametrize("question", NOT_NONE)
def test_whether_there_is_one_does_not_ask_for_those_without(names, question):
    assert "none" not in take_apart(question, names).operations


@pytest.mark.parametrize(("question", "attributes"), ATTRIBUTES)
def test_the_noun_that_is_asked_for_is_found(names, question, attributes):
    asked = take_apart(question, names)

    assert [asked.key[slice(*span)] for span in asked_attributes(asked)] == attributes


@pytest.mark.parametrize("question", NO_ATTRIBUTES)
def test_a_noun_that_only_says_of_what_kind_the_answer_is_asks_for_nothing(names, question):
    assert asked_attributes(take_apart(question, names)) == []


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        pytest.param("建筑面积是多少？", ["建筑面积"]),
        pytest.param("青石馆有多少员工？", ["员工"]),
        pytest.param("有多少家企业？", ["企业"]),
        pytest.param("How much is the membership fee of the league?", ["fee"]),
    ],
)
def test_the_noun_that_is_asked_for_is_found_whole_and_behind_more_words(names, question, attributes):
    asked = take_apart(question, names)

    assert [asked.key[slice(*span)] for span in asked_attributes(asked)] == attributes


@given(st.text("what which how many much is the of area fee 多少几家种有是什么面积会费员工在? ", max_size=40))
def test_what_is_asked_for_stands_in_the_question(names, text):
    asked = take_apart(text, names)

    for start, end in asked_attributes(asked):
        assert 0 <= start < end <= len(asked.key)
        assert asked.says_something(start, end)


@pytest.mark.parametrize(("question", "unit"), ALIKE)
def test_a_number_in_the_unit_of_the_question_can_answer_it(names, question, unit):
    assert counted_alike(unit, take_apart(question, names))


@pytest.mark.parametrize(("question", "unit"), NOT_ALIKE)
def test_a_number_in_another_unit_cannot(names, question, unit):
    assert not counted_alike(unit, take_apart(question, names))


@pytest.mark.parametrize(
    ("question", "unit", "counts"),
    [
        ("몇 명이 참가했습니까?", "人", True),
        ("몇 회 열렸습니까?", "次", True),
        ("몇 개 도시입니까?", "人", False),
        ("多少人参加？", "名", True),
    ],
)
def test_a_question_counts_in_the_unit_that_it_names(names, question, unit, counts):
    assert counts_in(unit, take_apart(question, names)) is counts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("名", "人", True),
        ("场次", "次", True),
        ("公顷", "亩", False),
        ("次", "届", False),
        ("美元", "元", False),
        ("人", "次", False),
        ("种", "家", False),
        (None, None, True),
    ],
)
def test_only_numbers_of_one_dimension_are_compared(one, other, same):
    assert same_dimension(one, other) is same
    assert same_dimension(other, one) is same


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("超过1000次的有哪些？", 1000.0, None),
        ("不到三百次的有哪些？", None, 300),
        ("至少3座", 3, None),
        ("200人以上的活动", 200, None),
        ("more than three partners", 3.0, None),
        ("fewer than 200 exchanges", None, 200),
        ("more than 0 partners", 5e-324, None),
        ("100회 이상 교류한 시도", 100, None),
    ],
)
def test_a_limit_is_a_range_of_numbers(names, question, low, high):
    (limit,) = take_apart(question, names).limits

    assert limit.low >= low if low is not None else limit.low == float("-inf")
    assert limit.high <= high if high is not None else limit.high == float("inf")


@pytest.mark.parametrize("question", ["2010年以上的", "up to 2018", "by the end of 2014", "第三届以来"])
def test_years_and_editions_are_no_limits(names, question):
    assert take_apart(question, names).limits == ()


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Who was mayor when the hall opened?", {"person"}),
        ("Who was mayor and when?", {"person", "date"}),
        ("When did the hall open?", {"date"}),
        ("Do you know when the hall opened?", {"date"}),
    ],
)
def test_when_beside_another_question_word_tells_the_time(question, kinds):
    assert set(take_apart(question, Names([])).kinds) == kinds
