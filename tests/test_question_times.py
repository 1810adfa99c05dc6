"""Years and ordinals that questions name, in Chinese, English and Korean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.language import matching_key
from qa_assistant.question.times import EARLIEST, LATEST, find_ordinals, find_years

SINGLE = [
    ("2016年举办了什么？", [2016]),
    ("2016 年的主题是什么？", [2016]),
    ("二〇一六年在哪里举行？", [2016]),
    ("一九九二年发生了什么？", [1992]),
    ("２０１６年呢？", [2016]),
    ("16年的会议在哪里开？", [2016]),
    ("98年发生了什么？", [1998]),
    ("九八年发生了什么？", [1998]),
    ("2015年和2018年分别有多少？", [2015, 2018]),
    ("2015年、2016年、2017年各是多少？", [2015, 2016, 2017]),
    ("What happened in 2016?", [2016]),
    ("What was the 2016 theme?", [2016]),
    ("Did it open in 1894 or in 1931?", [1894, 1931]),
    ("How many were there in 2015 and 2018?", [2015, 2018]),
    ("2016년에 무엇이 있었습니까?", [2016]),
    ("2015년과 2018년은?", [2015, 2018]),
]
SPANS = [
    # decades
    ("上世纪九十年代", (1990, 1999)),
    ("上个世纪80年代", (1980, 1989)),
    ("20世纪90年代", (1990, 1999)),
    ("二十世纪七十年代", (1970, 1979)),
    ("90年代", (1990, 1999)),
    ("九十年代", (1990, 1999)),
    ("2010年代", (2010, 2019)),
    ("21世纪10年代", (2010, 2019)),
    ("本世纪头十年", (2000, 2009)),
    ("21世纪的前十年", (2000, 2009)),
    ("20世纪最后十年", (1990, 1999)),
    ("in the 1990s", (1990, 1999)),
    ("in the 1990's", (1990, 1999)),
    ("in the 90s", (1990, 1999)),
    ("in the '80s", (1980, 1989)),
    ("in the nineties", (1990, 1999)),
    ("in the 2010s", (2010, 2019)),
    ("in the first decade of the 21st century", (2000, 2009)),
    ("in the last decade of the 20th century", (1990, 1999)),
    ("1990년대에", (1990, 1999)),
    # from one year to another
    ("2016年到2018年", (2016, 2018)),
    ("2016至2018年间", (2016, 2018)),
    ("2016-2018年", (2016, 2018)),
    ("2016年—2018年", (2016, 2018)),
    ("从2016年到2018年之间", (2016, 2018)),
    ("二〇一六年至二〇一八年", (2016, 2018)),
    ("between 2016 and 2018", (2016, 2018)),
    ("from 2016 to 2018", (2016, 2018)),
    ("from 2016 through 2018", (2016, 2018)),
    ("2016–2018", (2016, 2018)),
    ("2016년부터 2018년까지", (2016, 2018)),
    # after
    ("2016年以后", (2016, LATEST)),
    ("2016年以来", (2016, LATEST)),
    ("2016年起", (2016, LATEST)),
    ("2016年之后", (2017, LATEST)),
    ("2016年后", (2017, LATEST)),
    ("自2016年开始", (2016, LATEST)),
    ("after 2016", (2017, LATEST)),
    ("since 2016", (2016, LATEST)),
    ("from 2016 onwards", (2016, LATEST)),
    ("later than 2016", (2017, LATEST)),
    ("2016년 이후", (2016, LATEST)),
    # before
    ("2016年以前", (EARLIEST, 2015)),
    ("2016年之前", (EARLIEST, 2015)),
    ("2016年前", (EARLIEST, 2015)),
    ("截至2016年", (EARLIEST, 2016)),
    ("截至2016年底", (EARLIEST, 2016)),
    ("到2016年为止", (EARLIEST, 2016)),
    ("before 2016", (EARLIEST, 2015)),
    ("until 2016", (EARLIEST, 2016)),
    ("by 2016", (EARLIEST, 2016)),
    ("by the end of 2016", (EARLIEST, 2016)),
    ("prior to 2016", (EARLIEST, 2015)),
    ("2016년까지", (EARLIEST, 2016)),
    ("2016년 이전", (EARLIEST, 2015)),
]
NO_YEARS = [
    "有多少家企业？",
    "三年间举办了几次？",
    "20年来发展如何？",
    "30年内有几次？",
    "第十年",
    "2016家企业",
    "2,016人",
    "价值2000万元",
    "¥2000",
    "How many of the 12,016 readers?",
    "a budget of $2016",
    "Which came in the 20th edition?",
    "room 20165",
    "몇 년 동안?",
    "",
]
ORDINALS = [
    ("第五届论坛", [(5, "届")]),
    ("第5届", [(5, "届")]),
    ("第 12 次会议", [(12, "次")]),
    ("第十二届和第十三届", [(12, "届"), (13, "届")]),
    ("第二十一回", [(21, "回")]),
    ("排第三名", [(3, "名")]),
    ("排在第二", [(2, "")]),
    ("首届论坛", [(1, "届")]),
    ("头一次", [(1, "届")]),
    ("the fifth workshop", [(5, "")]),
    ("the 12th conference", [(12, "")]),
    ("the twenty-first meeting", [(21, "")]),
    ("the thirtieth edition", [(30, "")]),
    ("the inaugural meeting", [(1, "届")]),
    ("session 7", [(7, "")]),
    ("edition 15 and edition 16", [(15, ""), (16, "")]),
    ("제5회 포럼", [(5, "회")]),
    ("12차 회의", [(12, "회")]),
    ("세 번째 회의", [(3, "회")]),
    ("첫 번째 회의", [(1, "届")]),
    ("제12회 대회", [(12, "회")]),
    ("12차 총회", [(12, "회")]),
    ("7회 포럼", [(7, "회")]),
]
NO_ORDINALS = [
    "五届论坛",
    "共有12次",
    "the five workshops",
    "in 2016",
    "2016年",
    "seconds",
    "5개 도시",
    "몇 번 열렸습니까",
    "for the first time",
    "Which city hosted it for the second time?",
    "380회 열렸습니다",
    "행사는 모두 380회였습니다",
    "12차례 열렸습니다",
    "",
]
UP_TO = [
    ("the first ten editions", "first ten", 10),
    ("the first 12 meetings", "first 12", 12),
    ("the first three sessions", "first three", 3),
    ("up to the 20th edition", "up to the 20th", 20),
    ("until the fifth meeting", "until the fifth", 5),
    ("through the tenth", "through the tenth", 10),
    ("by the third conference", "by the third", 3),
    ("前十届", "前十届", 10),
    ("前 3 次会议", "前 3 次", 3),
    ("截至第20届", "截至第20届", 20),
    ("截止第五次会议", "截止第五次", 5),
    ("直到第七届", "直到第七届", 7),
    ("到第三届为止", "到第三届", 3),
    ("처음 3회", "처음 3회", 3),
    ("첫 5회", "첫 5회", 5),
]
NOT_UP_TO = ["the tenth edition", "第十届", "from the first to the last", "到了第三届", "前三名", "前五个城市", "제5회"]
BESIDE = [
    ("in the 2000s than in the previous decade", [(2000, 2009), (1990, 1999)]),
    ("in the previous decade than in the 2000s", [(1990, 1999), (2000, 2009)]),
    ("in the 2000s than in the decade before", [(2000, 2009), (1990, 1999)]),
    ("in the 1990s and the following decade", [(1990, 1999), (2000, 2009)]),
    ("in the nineties than in the next decade", [(1990, 1999), (2000, 2009)]),
    ("2010年代比前一个十年", [(2010, 2019), (2000, 2009)]),
    ("2000年代比上一个十年", [(2000, 2009), (1990, 1999)]),
    ("90年代比下一个十年", [(1990, 1999), (2000, 2009)]),
    ("2000년대는 이전 10년보다", [(2000, 2009), (1990, 1999)]),
    ("1990년대와 다음 10년", [(1990, 1999), (2000, 2009)]),
]
NOTHING_BESIDE = [
    ("in 2016 than in the previous decade", [(2016, 2016)]),
    ("between 2000 and 2004 than in the previous decade", [(2000, 2004)]),
    ("in the 2000s than in the 1990s, the previous decade", [(2000, 2009), (1990, 1999)]),
    ("than in the previous decade", []),
    ("2016年比前一个十年", [(2016, 2016)]),
]


@pytest.mark.parametrize(("question", "years"), SINGLE)
def test_single_years_are_found_in_order(question, years):
    found = find_years(matching_key(question))

    assert [(one.low, one.high) for one in found] == [(year, year) for year in years]
    assert all(one.single for one in found)


@pytest.mark.parametrize(("said", "span"), SPANS)
@pytest.mark.parametrize("around", ["{}", "请问，{} 有多少次？", "Tell me, {} how many?"])
def test_decades_and_ranges_are_one_span(said, span, around):
    (years,) = find_years(matching_key(around.format(said)))

    assert (years.low, years.high) == span
    assert not years.single


@pytest.mark.parametrize("question", NO_YEARS)
def test_numbers_that_are_no_years_are_left_alone(question):
    assert find_years(matching_key(question)) == []


@pytest.mark.parametrize(("question", "ordinals"), ORDINALS)
def test_ordinals_are_found_with_their_measure_words(question, ordinals):
    found = find_ordinals(matching_key(question))

    assert [(one.number, one.measure) for one in found] == ordinals


@pytest.mark.parametrize(("question", "said", "number"), UP_TO)
def test_several_in_an_order_are_all_up_to_the_last_of_them(question, said, number):
    key = matching_key(question)

    (found,) = find_ordinals(key)

    assert (found.number, found.up_to) == (number, True)
    assert key[found.start : found.end] == said


@pytest.mark.parametrize("question", NOT_UP_TO)
def test_one_in_an_order_is_not_all_up_to_it(question):
    assert not any(one.up_to for one in find_ordinals(matching_key(question)))


@pytest.mark.parametrize(("question", "years"), BESIDE + NOTHING_BESIDE)
def test_the_decade_before_or_after_is_that_of_the_decade_that_is_named(question, years):
    assert [(one.low, one.high) for one in find_years(matching_key(question))] == years


@pytest.mark.parametrize("question", NO_ORDINALS)
def test_other_numbers_are_no_ordinals(question):
    assert find_ordinals(matching_key(question)) == []


@given(st.integers(min_value=1000, max_value=2999), st.sampled_from(["{}年", "{}年的主题", "{}년"]))
def test_any_year_of_four_digits_is_found_where_its_sign_follows(year, form):
    (found,) = find_years(form.format(year))

    assert (found.low, found.high) == (year, year)


@given(st.integers(min_value=1900, max_value=2098), st.integers(min_value=1, max_value=60))
def test_a_range_goes_from_its_first_to_its_last_year(low, length):
    high = low + length

    for question in (f"{low}年到{high}年", f"between {low} and {high}", f"{low}년부터 {high}년까지"):
        assert [(one.low, one.high) for one in find_years(question)] == [(low, high)]


@given(st.integers(min_value=1, max_value=999))
def test_any_ordinal_is_found(number):
    for question in (f"第{number}届", f"the {number}th meeting", f"제{number}회"):
        assert [one.number for one in find_ordinals(question)] == [number]


@given(
    st.lists(
        st.sampled_from(
            "2016 98 年 年代 到 至 以后 以前 第 五 十 届 after before between and the 1990s 년 회 제 - 上世纪".split()
        ),
        max_size=10,
    ).map("".join)
    | st.text(max_size=40)
)
def test_what_is_found_stands_in_the_question_in_order_and_not_over_one_another(text):
    key = matching_key(text)

    for found in (find_years(key), find_ordinals(key)):
        end = 0
        for one in found:
            assert end <= one.start < one.end <= len(key)
            end = one.end
    assert all(EARLIEST <= one.low <= LATEST and one.high <= LATEST for one in find_years(key))


def test_the_place_of_a_year_is_that_of_all_its_words():
    key = "which opened between 2016 and 2018?"

    (years,) = find_years(key)

    assert key[years.start : years.end] == "2016 and 2018"
