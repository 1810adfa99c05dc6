"""Values in texts: numbers with their units and hedges, dates, and words that stand for a year."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa_assistant.answer.values import number_text, value_text
from qa_assistant.facts.values import (
    chinese_number,
    english_number,
    english_ordinal,
    find_amounts,
    find_dates,
    read_amount,
    read_date,
    read_relative_date,
    unit_key,
)
from qa_assistant.names import Names
from qa_assistant.records import Fact

# text, value, unit, hedge
CHINESE_AMOUNTS = [
    ("共有渔船1260家", 1260, "家", None),
    ("总投资1750余万元", 17_500_000, "元", "余"),
    ("投资6亿6600万美元", 666_000_000, "美元", None),
    ("近300家企业", 300, "家", "近"),
    ("约12.5亿元", 1_250_000_000, "元", "约"),
    ("超过2,300人次", 2300, "人次", "超过"),
    ("面积达35平方公里", 35, "平方公里", None),
    ("至少举办了20场", 20, "场", None),
    ("不足100人", 100, "人", "不足"),
    ("200多名代表", 200, "名", "多"),
    ("50人以上", 50, "人", "以上"),
    ("1000人左右", 1000, "人", "左右"),
    ("增长了8.3%", 8.3, "%", None),
    ("三百余人", 300, "人", "余"),
    ("二十一个国家", 21, "个", None),
    ("两家公司", 2, "家", None),
    ("十五天", 15, "天", None),
    ("1.2万亿元", 1_200_000_000_000, "元", None),
    ("3万人", 30_000, "人", None),
]
ENGLISH_AMOUNTS = [
    ("a grant of 36 million yuan", 36_000_000, "yuan", None),
    ("more than 18,500 km of roads", 18_500, "km", "more than"),
    ("worth $1.5 billion", 1_500_000_000, "$", None),
    ("US$300 in cash", 300, "US$", None),
    ("about 70% of readers", 70, "%", "about"),
    ("grew by 4.5 per cent", 4.5, "per cent", None),
    ("240 square metres", 240, "square metres", None),
    ("nearly 60 hectares", 60, "hectares", "nearly"),
    ("over 2 million dollars", 2_000_000, "dollars", "over"),
    ("at least 12 tonnes", 12, "tonnes", "at least"),
    ("fewer than 500 people", 500, "people", "fewer than"),
]
NO_AMOUNTS = [
    "第3届论坛",
    "第十二届",
    "2016年6月8日",
    "June 8, 2016",
    "2016-06-08",
    "5G网络",
    "B2B",
    "COVID-19",
    "没有数字",
    "no number",
    "",
]
DATES = [
    ("建于1894年", "1894"),
    ("2016年6月开幕", "2016-06"),
    ("2016年6月8日", "2016-06-08"),
    ("二〇一六年", "2016"),
    ("2016-06-08", "2016-06-08"),
    ("2016/6", "2016-06"),
    ("8 June 2016", "2016-06-08"),
    ("June 8th, 2016", "2016-06-08"),
    ("in june 2016", "2016-06"),
    ("on the 1st of the month, in 1998", "1998"),
    ("opened in 2014", "2014"),
]
NO_DATES = ["13月", "2016家企业", "2,016 people", "$2016", "1234", "the year", "三年", "20160", "两千人"]

TEXTS = st.lists(
    st.sampled_from(
        "约 近 超过 12 1,250 3.5 0 2016 1999年 6月 8日 万 亿 元 美元 人 家 % ％ 余 多 第 届 三 十 百 两 分之 – 至 到 -"
        " . , more than million billion $ US$ people km June yuan the of 、 ， 。 年 个月 以上 左右 〇 １２ 日 /".split(
            " "
        )
    ),
    max_size=14,
).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "value", "unit", "hedge"),
    [*CHINESE_AMOUNTS, *ENGLISH_AMOUNTS],
)
def test_an_amount_has_value_unit_and_hedge(text, value, unit, hedge):
    amounts = list(find_amounts(text))

    assert [(one.value, one.unit, one.hedge) for one in amounts] == [(value, unit, hedge)]


def test_a_full_width_number_with_its_sign_is_an_amount():
    (amount,) = find_amounts("增长８.３％")

    assert (amount.value, unit_key(amount.unit)) == (8.3, "%")


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_ordinals_dates_and_parts_of_words_are_no_amounts(text):
    assert list(find_amounts(text)) == []


def test_a_range_keeps_both_ends():
    (amount,) = find_amounts("参加者20-30人")

    assert (amount.value, amount.unit, amount.hedge) == (20, "人", "-30")


@pytest.mark.parametrize(("text", "value"), [("三分之二", 0.666667), ("4分之1", 0.25), ("百分之三十五", 0.35)])
def test_a_fraction_is_its_quotient(text, value):
    assert [one.value for one in find_amounts(text)] == [value]


def test_several_amounts_of_a_sentence_are_all_found():
    text = "引进项目12个，总投资3.6亿元，吸纳就业约500人"

    assert [(one.value, one.unit) for one in sorted(find_amounts(text), key=lambda one: one.start)] == [
        (12, "个"),
        (360_000_000, "元"),
        (500, "人"),
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("1,250", 1250), ("96.5", 96.5), ("三十", 30), ("约40", 40), ("none", None), ("", None)]
)
def test_a_cell_with_a_bare_number_is_an_amount(text, value):
    amount = read_amount(text)

    assert (amount.value if amount else None) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("一百零五", 105),
        ("三百", 300),
        ("两千", 2000),
        ("一千二百三十四", 1234),
        ("二〇一六", 2016),
        ("一九九二", 1992),
    ],
)
def test_chinese_numerals_are_read_by_place_or_digit_by_digit(text, number):
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("word", "number"),
    [("first", 1), ("Fifth", 5), ("twelfth", 12), ("twenty-first", 21), ("thirtieth", 30), ("3rd", 3), ("21st", 21)],
)
def test_english_ordinals_are_read(word, number):
    assert english_ordinal(word) == number


@pytest.mark.parametrize("word", ["one", "firstly", "st", "", "twenty-tenth"])
def test_other_words_are_no_ordinals(word):
    assert english_ordinal(word) is None


@pytest.mark.parametrize(("word", "number"), [("zero", 0), ("Seven", 7), ("twenty", 20), ("dozen", None), ("", None)])
def test_english_number_words_are_read_up_to_twenty(word, number):
    assert english_number(word) == number


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_a_date_is_read_as_far_as_it_is_given(text, iso):
    (date,) = find_dates(text)

    assert date.iso == iso
    assert date.year == int(iso[:4])


@pytest.mark.parametrize("text", NO_DATES)
def test_numbers_that_are_no_years_are_no_dates(text):
    assert list(find_dates(text)) == []


@pytest.mark.parametrize("text", ["2016年13月", "2016-13-01"])
def test_a_month_that_is_none_is_not_told(text):
    assert all(re.fullmatch(r"\d{4}", date.iso) for date in find_dates(text))


@pytest.mark.parametrize(
    ("text", "latest", "iso"),
    [("94", 2020, "1994"), ("08", 2020, "2008"), ("20年", 2020, "2020"), ("21", 2020, "1921"), ("94", None, None)],
)
def test_two_digits_are_the_last_such_year(text, latest, iso):
    date = read_date(text, latest)

    assert (date.iso if date else None) == iso


@pytest.mark.parametrize(
    ("text", "base", "iso"),
    [
        ("次年", "2008年", "2009"),
        ("翌年", "1999年12月", "2000"),
        ("同年", "2008年6月", "2008"),
        ("前一年", "2008", "2007"),
        ("后来", "2008年", None),
        ("次年", "", None),
    ],
)
def test_a_relative_date_counts_from_the_date_before_it(text, base, iso):
    date = read_relative_date(text, base)

    assert (date.iso if date else None) == iso


@example("1至1人")
@example("约12.5亿元，12%")
@given(TEXTS)
def test_amounts_stand_where_they_say_and_not_over_one_another(text):
    amounts = sorted(find_amounts(text), key=lambda one: one.start)

    for amount in amounts:
        assert 0 <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
    for before, after in pairwise(amounts):
        assert before.end <= after.start


@given(TEXTS)
def test_dates_stand_where_they_say_and_not_over_one_another(text):
    dates = sorted(find_dates(text), key=lambda one: one.start)

    for date in dates:
        assert text[date.start : date.end] == date.text
        assert re.fullmatch(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", date.iso)
    for before, after in pairwise(dates):
        assert before.end <= after.start


@given(TEXTS)
def test_no_amount_is_inside_a_date(text):
    dates = list(find_dates(text))

    for amount in find_amounts(text):
        assert not any(date.start <= amount.start and amount.end <= date.end for date in dates)


@example(1_500_000, "en")
@example(1_234_567, "en")
@example(120_000_000, "zh")
@example(123_456_789, "zh")
@given(st.integers(min_value=0, max_value=10**12 - 1), st.sampled_from(["zh", "en"]))
def test_a_whole_number_that_is_written_out_is_read_back(number, language):
    written = number_text(number, language)
    amount = read_amount(written)

    assert amount is not None
    assert amount.value == number


@given(st.integers(min_value=0, max_value=9_999))
def test_a_chinese_numeral_is_read_back(number):
    assert chinese_number(_in_chinese(number)) == number


@given(st.integers(min_value=1, max_value=999_999), st.sampled_from(["元", "人", "家", "平方公里", "%"]))
def test_a_number_with_its_unit_is_one_amount(number, unit):
    (amount,) = find_amounts(f"共{number}{unit}。")

    assert (amount.value, amount.unit, amount.text) == (number, unit, f"{number}{unit}")


@pytest.fixture(scope="module")
def names():
    return Names.load()


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("1750余万元", "zh", "1750余万元"),
        ("1750余万元", "en", "more than 17.5 million yuan"),
        ("近300家", "en", "nearly 300"),
        ("35平方公里", "en", "35 square kilometres"),
        ("8.3%", "en", "8.3%"),
        ("8.3%", "zh", "8.3%"),
        ("6亿6600万美元", "en", "666 million US dollars"),
        ("20-30人", "en", "20–30"),
        ("三分之二", "zh", "三分之二"),
    ],
)
def test_an_amount_is_said_in_the_language_of_the_answer(names, text, language, said):
    amount = read_amount(text)
    fact = Fact(
        fact_id="a:0", subject="", predicate="", type="number", value=amount.value, text=text, unit=amount.unit,
        approximate=amount.hedge,
    )  # fmt: skip

    assert value_text(fact, None, names, language) == said


@pytest.mark.parametrize(
    ("iso", "text", "language", "said"),
    [
        ("2016-06-08", "2016年6月8日", "zh", "2016年6月8日"),
        ("2016-06-08", "2016年6月8日", "en", "8 June 2016"),
        ("2016-06", "June 2016", "zh", "2016年6月"),
        ("2016", "2016", "zh", "2016年"),
        ("2016", "2016", "ko", "2016년"),
        ("2009", "次年", "zh", "2009年（次年）"),
    ],
)
def test_a_date_is_said_in_the_language_of_the_answer(names, iso, text, language, said):
    fact = Fact(fact_id="a:0", subject="", predicate="", type="date", value=iso, text=text)

    assert value_text(fact, None, names, language) == said


def _in_chinese(number):
    """The number by place, up to 9999: 一千零二十."""
    if number == 0:
        return "零"
    digits = "零一二三四五六七八九"
    said, gap = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            said += ("零" if gap and said else "") + digits[digit] + word
            gap = False
        else:
            gap = True
    return said
