"""Korean questions: words that only ask, what is left without a part, and Korean sentences in answers."""

from typing import NamedTuple

import pytest
from conftest import questions

from qa_assistant.answer.particles import with_particles
from qa_assistant.names import Names
from qa_assistant.question.asked import take_apart


class Asking(NamedTuple):
    question: str
    content: str


class Speaking(NamedTuple):
    question: str
    text: str


def _content(question):
    asked = take_apart(question, Names(()), "ko")
    return "".join(char for char, light in zip(asked.key, asked.light, strict=True) if not light)


@questions(
    Asking("자매도시는 어디어디이고 각각 몇 년인가요?", "자매도시"),
    Asking("사업 예산을 알려 주십시오.", "사업예산"),
    Asking("사업을 모두 꼽아 주세요.", "사업"),
    Asking("참가자는 지금까지 몇 명쯤 되나요?", "참가자"),
    Asking("회의가 열린 건 언제였는지요?", "회의"),
    Asking("2016년에 열린 16회 회의", "2016년16회회의"),
    Asking("한국 시도는 어디죠?", "한국시도"),
)
def test_words_that_only_ask_say_nothing_whatever_their_ending(case):
    assert _content(case.question) == case.content


def test_a_place_in_an_order_is_no_count_and_a_year_no_amount():
    asked = take_apart("회의가 열린 건 몇 년이고 몇 번째였나요?", Names(()), "ko")
    assert "count" not in asked.operations
    assert "rank" in asked.operations
    assert set(asked.kinds) == {"date"}


@pytest.mark.parametrize(
    "question", ["몇 곳입니까?", "몇 군데인가요?", "몇 차례 열렸죠?", "몇 번 열렸나요?", "몇 쌍이에요?"]
)
def test_counters_count(question):
    assert "count" in take_apart(question, Names(()), "ko").operations


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("교류가 500회를 넘는 시도", 501, None),
        ("교류가 1천 건 이상인 시도", 1000, None),
        ("교류가 200차례 미만인 시도", None, 199),
        ("교류가 200회가 안 되는 시도", None, 199),
        ("회원이 30곳 이내인 단체", None, 30),
    ],
)
def test_limits(question, low, high):
    (limit,) = take_apart(question, Names(()), "ko").limits
    assert low is None or limit.low <= low
    assert low is None or limit.low > low - 1
    assert high is None or high <= limit.high < high + 1


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [("90년대에 맺은 곳", 1990, 1999), ("2010년대에 맺은 곳", 2010, 2019), ("2008년에서 2017년까지", 2008, 2017)],
)
def test_decades_and_ranges_of_years(question, low, high):
    (years,) = take_apart(question, Names(()), "ko").years
    assert (years.low, years.high) == (low, high)


def test_a_name_of_one_syllable_is_no_part_of_a_longer_word():
    asked = take_apart("성장회의가 열린 성은 어디인가요?", Names(()), "ko")
    assert asked.find(["성"]) == [(9, 10)]


def test_compounds_are_found_written_apart_and_together():
    for question in ("민간자본은 얼마?", "민간 자본은 얼마?"):
        assert take_apart(question, Names(()), "ko").find(["민간 자본"])


@questions(
    Speaking("서울은(는)", "서울은"),
    Speaking("경기도은(는)", "경기도는"),
    Speaking("경기도 (자매, 1993년)을(를)", "경기도 (자매, 1993년)를"),
    Speaking("서울\x00으로(로)", "서울\x00로"),
    Speaking("중국 \x00으로(로)", "중국 \x00으로"),
    Speaking("3와(과) 4이(가)", "3과 4가"),
    Speaking("“주제”이(가)", "“주제”가"),
    Speaking("UCLG은(는)", "UCLG는"),
)
def test_particles_fit_the_sound_before_them(case):
    assert with_particles(case.question) == case.text


@questions(
    Speaking(
        "부산이 중국과 한 교류에서 행정 쪽을 빼면 몇 번이 남나요?",
        "부산시: 전체 452회에서 행정(307회)을 빼면 145회입니다.",
    ),
    Speaking("서울의 교류 중 행정을 제외하면 몇 회인가요?", "서울시: 전체 917회에서 행정(646회)을 빼면 271회입니다."),
    Speaking("釜山与中国的交流，除了行政还剩多少次？", "釜山市：共452次，除去行政（307次）还有145次。"),
    Speaking("京畿道的对华交流不算行政有多少次？", "京畿道：共1445次，除去行政（605次）还有840次。"),
    Speaking("How many exchanges did Busan have with China, not counting administrative ones?", "145 of 452"),
    Speaking("새만금 예산에서 국비를 제외하면 얼마인가요?", "나머지는 11.3조원입니다."),
    Speaking("新万金的投资预算除了民间资本还有多少？", "余下11.9兆韩元。"),
    Speaking("What is the Saemangeum budget excluding private capital?", "That leaves 11.9 trillion Korean won."),
)
def test_what_is_left_is_the_total_less_the_part(assistant, case):
    answer = assistant.ask(case.question)
    assert answer.kind == "fact"
    assert case.text in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "부산의 교류 중 청소년을 제외하면 몇 회입니까?",
        "새만금 예산에서 홍보비를 빼면 얼마인가요?",
        "新万金的预算除了宣传费还有多少？",
        "What is the Saemangeum budget excluding advertising?",
    ],
)
def test_what_is_left_is_not_said_where_the_part_is_unknown(assistant, question):
    assert assistant.ask(question).kind != "fact"


@questions(
    Speaking("제주와 인연을 맺은 중국 성·시는 어디어디이고 각각 몇 년인가요?", "헤이룽장성 (우호, 2013년)"),
    Speaking("세종시가 친구로 사귄 중국 지역 두 곳과 그 연도를 알려 주세요.", "산시성 (우호, 2015년)"),
    Speaking("한중일 지방정부 회의가 구미에서 열린 건 몇 년이고 몇 번째였나요?", "제16회 회의는 2014년에"),
    Speaking("중국과 가장 많이 교류한 한국 시도는 어디이고 몇 회인가요?", "1,445회"),
    Speaking("대중국 교류가 500회를 넘는 시도를 모두 알려 주세요.", "500회 초과의 시도는 모두 6곳입니다"),
    Speaking("문화예술 교류는 관광 교류보다 얼마나 더 많나요?", "문화예술이 919회 더 많습니다"),
    Speaking("함께 만든 공동위원회에서 지금껏 뜻을 모은 사항은 몇 건쯤 되나요?", "110"),
    Speaking("스포츠 교류가 관광 교류보다 많은가요?", "142회 더 많습니다"),
    Speaking("NEAR는 언제 창립되었나요?", "설립 시기는 1996년 9월입니다."),
)
def test_questions_as_officials_ask_them(assistant, case):
    answer = assistant.ask(case.question)
    assert answer.kind == "fact"
    assert case.text in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "NEAR 사무총장은 누구인가요?",
        "세종시의 교류 횟수는 몇 회인가요?",
        "2026년 웨이하이와 인천 사이의 교역액은 얼마였습니까?",
    ],
)
def test_what_the_sources_leave_out_is_not_answered(assistant, question):
    assert assistant.ask(question).kind == "no_answer"
