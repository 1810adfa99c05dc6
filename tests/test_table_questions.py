"""Questions of tables in documents that were made for the question: compared, ranked, counted, confirmed, denied."""

from functools import partial
from typing import NamedTuple

import pytest
from conftest import cases_with, questions

LEAGUE = {
    "league.md": """# The Blue Valley League of Towns

All names and figures in this report are invented. It is a document for tests.

## Meetings of the league

| No. | Year | Country | City | Theme | Participants |
|---|---|---|---|---|---|
| 1 | 2009 | China | Chengdu | Clean rivers | 64 |
| 2 | 2010 | Japan | Nara | Night trains | 80 |
| 3 | 2011 | South Korea | Busan | Old harbours | 95 |
| 4 | 2012 | China | Kunming | Mountain roads | 72 |
| 5 | 2013 | China | Wuxi | Small museums | 110 |
| 6 | 2014 | Japan | Sapporo | Snow and ice | 150 |
| 7 | 2015 | South Korea | Daegu | Summer heat | 134 |
| 8 | 2016 | China | Chengdu | Street food | 121 |
"""
}
LEAGUE_ZH = {
    "联盟.md": """# 蓝谷城镇联盟

本文的名称和数字均为虚构，仅供测试。

## 会议

| 届次 | 年份 | 国家 | 城市 | 主题 | 人数 |
|---|---|---|---|---|---|
| 1 | 2009 | 中国 | 成都 | 清洁河流 | 64 |
| 2 | 2010 | 日本 | 奈良 | 夜行列车 | 80 |
| 3 | 2011 | 韩国 | 釜山 | 古老港口 | 95 |
| 4 | 2012 | 中国 | 昆明 | 山区公路 | 72 |
| 5 | 2013 | 中国 | 无锡 | 小博物馆 | 110 |
| 6 | 2014 | 日本 | 札幌 | 冰雪 | 150 |
| 7 | 2015 | 韩国 | 大邱 | 夏日高温 | 134 |
| 8 | 2016 | 中国 | 成都 | 街头小吃 | 121 |
"""
}
MARKETS = {
    "markets.md": """# The Green Lantern Markets

All names and figures in this report are invented. It is a document for tests.

## Markets

| City | Stalls | Opened |
|---|---|---|
| Chengdu | 40 | 2014-03 |
| Hangzhou | 25 | 2014-11 |
| Xiamen | 40 | 2016-05 |
| Busan | 31 | 1996 |
| Daegu | 12 | 1998 |
| Nara | 22 | 2003 |
| Sapporo | 18 | 2007 |
"""
}
MARKETS_ZH = {
    "市场.csv": """城市,摊位（个）,开业
成都,40,2014-03
杭州,25,2014-11
厦门,40,2016-05
釜山,31,1996
大邱,12,1998
奈良,22,2003
札幌,18,2007
"""
}
MARKETS_WITH_COUNTRIES_ZH = {
    "市场.csv": """城市,摊位（个）,开业,国家
成都,40,2014-03,中国
杭州,25,2014-11,中国
厦门,40,2016-05,中国
釜山,31,1996,韩国
大邱,12,1998,韩国
奈良,22,2003,日本
札幌,18,2007,日本
"""
}
OPENINGS = {
    "openings.csv": """City,Opened
Chengdu,2014-03
Hangzhou,2014-11
Xiamen,2016-05
Busan,1996
Daegu,1998
Nara,2003
"""
}
OPENINGS_ZH = {
    "分店.csv": """分店,开业年份
成都,2014-03
杭州,2014-11
厦门,2016-05
釜山,1996
大邱,1998
奈良,2003
"""
}
ASSEMBLY = {
    "assembly.md": """# The Blue Valley League of Towns

All names and figures in this report are invented. It is a document for tests.

## Attendance at the 2018 assembly in Zhangjiajie

| Country | Members | Delegates |
|---|---|---|
| China | 10 | 46 |
| Japan | 3 | 9 |
| Mongolia | 9 | 14 |
| Russia | 3 | 7 |
"""
}
ASSEMBLY_ZH = {
    "大会.md": """# 红河城镇联盟

本文的名称和数字均为虚构，仅供测试。

## 大会

表1：2016年第七届昆明大会的代表

| 省份 | 会员（个） | 代表（人） |
|---|---|---|
| 云南省 | 12 | 51 |
| 贵州省 | 4 | 13 |
| 四川省 | 6 | 22 |
"""
}
BAKERIES = {
    "bakeries.md": """# Bakeries of the bay

All names are invented. It is a document for tests.

## Bakeries

| Bakery | Opened | Town |
|---|---|---|
| Golden Loaf | 1994 | Busan |
| Red Oven | 2003 | Daegu |
| Old Mill | 2003 | Busan |
| Blue Door | 2011 | Nara |
| Corner Bread | 2003 | Busan |
"""
}
BAKERIES_ZH = {
    "面包店.md": """# 海湾的面包店

本文的名称均为虚构，仅供测试。

## 面包店

| 店名 | 开业年份 | 城市 |
|---|---|---|
| 金麦 | 1994 | 釜山 |
| 红炉 | 2003 | 大邱 |
| 老磨坊 | 2003 | 釜山 |
| 蓝门 | 2011 | 奈良 |
| 街角 | 2003 | 釜山 |
"""
}
TIES = {
    "ties.md": """# Towns of the lake

All ties in this list are invented. It is a document for tests.

## Sister cities

| Town | Sister city | Since |
|---|---|---|
| Busan | Dalian | 1993 |
| Daegu | Kunming | 1995 |
| Daegu | Guilin | 2004 |
| Nara | Wuxi | 2007 |
"""
}
TIES_ZH = {
    "友城.md": """# 湖畔城镇

本文的结对均为虚构，仅供测试。

## 姐妹城市

| 城镇 | 姐妹城市 | 年份 |
|---|---|---|
| 釜山 | 大连 | 1993 |
| 大邱 | 昆明 | 1995 |
| 大邱 | 桂林 | 2004 |
| 奈良 | 无锡 | 2007 |
"""
}
FERRY_TEXT = """The Willow Island Ferry

All names and figures are invented. It is a document for tests.

Among others the ferry carried in 2023: 320 bicycles, 180 scooters, 60 tractors.
"""
FERRY_RECIPE = """
[[relation]]
id = "carried"
title = { en = "vehicles on the ferry", zh = "渡轮运载的车辆" }
words = { en = "vehicles|vehicle|carried|ferry", zh = "车辆|运载|渡轮" }
counted = { en = "vehicle", zh = "辆" }
key = "vehicle"
whole = %s
each = '(?P<number>[0-9]+) (?P<vehicle>bicycles|scooters|tractors)'

[[relation.column]]
id = "vehicle"
words = { en = "kind of vehicle", zh = "车种" }
values = { bicycles = { en = "bicycles", zh = "自行车" }, scooters = { en = "scooters", zh = "滑板车" } }

[[relation.column]]
id = "number"
type = "number"
words = { en = "number of vehicles", zh = "数量" }
"""


class Case(NamedTuple):
    """A question of some sources, what its answer has to say and must not."""

    sources: dict[str, str]
    question: str
    says: tuple[str, ...]
    says_not: tuple[str, ...] = ()


STILL_WRONG = frozenset(
    {
        "Which has hosted more meetings, Japan or China?",
        "中国和日本谁办的会议更多？",
        "Were there more meetings in China than in Japan?",
        "How many more markets opened in the 2010s than in the 2000s?",
        "2010年代开业的城市比前一个十年多几个？",
        "前三次会议一共有多少人参加？",
        "哪一年开业的市场最多？",
        "中国的摊位占全部的百分之几？",
    }
)
"""Questions that are known to be answered wrongly."""


hard = partial(cases_with, STILL_WRONG)


def assert_fact(answer, says, says_not=()):
    assert answer.kind == "fact", answer.text
    assert answer.citations
    for words in says:
        assert words in answer.text
    for wrong in says_not:
        assert wrong not in answer.text


# which has more


@questions(
    Case(
        MARKETS, "Which has more stalls, Chengdu or Hangzhou?", ("Chengdu has more, by 15 (Chengdu: 40", "Hangzhou: 25")
    ),
    Case(
        MARKETS, "Which has more stalls, Hangzhou or Chengdu?", ("Chengdu has more, by 15 (Hangzhou: 25", "Chengdu: 40")
    ),
    Case(MARKETS, "Which has fewer stalls, Busan or Nara?", ("Busan has more, by 9", "Busan: 31", ": 22")),
    Case(MARKETS, "How many more stalls does Busan have than Nara?", ("Busan has more, by 9", "Busan: 31", ": 22")),
    Case(MARKETS_ZH, "成都和杭州哪个的摊位更多？", ("成都更多，多15个", "成都40个", "杭州25个")),
    Case(MARKETS_ZH, "杭州和成都谁的摊位更多？", ("成都更多，多15个", "成都40个", "杭州25个")),
    Case(TIES, "Who has more sister cities, Daegu or Busan?", ("Daegu has more, by 1", "Daegu: 2", "Busan: 1")),
    Case(TIES_ZH, "大邱和釜山谁的姐妹城市更多？", ("大邱更多，多1个", "大邱2个", "釜山1个")),
)
def test_of_two_things_the_one_with_more_is_named_and_how_much_more(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert_fact(answer, case.says)
    assert len(answer.citations) >= 2


@questions(
    Case(
        MARKETS, "Does Chengdu or Xiamen have more stalls?", ("the same number", "Chengdu: 40", "Xiamen: 40"), ("by 0",)
    ),
    Case(MARKETS_ZH, "成都和厦门谁的摊位更多？", ("一样多", "成都40个", "厦门40个"), ("多0",)),
    Case(TIES, "Who has more sister cities, Nara or Busan?", ("the same number",), ("by 0",)),
    Case(TIES_ZH, "奈良和釜山谁的姐妹城市更多？", ("一样多",), ("多0",)),
)
def test_equal_numbers_are_said_to_be_equal(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Who has more sister cities in China, Busan or Daegu?", ("Daegu has more, by 2", "Busan: 1", "Daegu: 3")),
        (
            "부산과 대구 중 어디가 중국과 자매도시가 더 많습니까?",
            ("대구시", "2곳 더 많습니다", "부산시: 1곳", "대구시: 3곳"),
        ),
        ("首尔和釜山谁的姊妹城市更多？", ("一样多", "首尔市1个", "釜山市1个")),
        ("서울과 부산 중 어디가 중국과 자매도시가 더 많습니까?", ("같습니다", "서울시: 1곳", "부산시: 1곳")),
    ],
)
def test_two_regions_of_the_first_source_are_compared_in_three_languages(assistant, question, says):
    assert_fact(assistant.ask(question), says)


@pytest.mark.parametrize(
    "case",
    hard(
        Case(LEAGUE, "Which has hosted more meetings, Japan or China?", ("China has more, by 2",)),
        Case(LEAGUE_ZH, "中国和日本谁办的会议更多？", ("中国更多，多2",)),
        Case(ASSEMBLY, "Who sent more delegates, China or Mongolia?", ("China has more, by 32",)),
    ),
)
def test_two_countries_are_compared_too(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


# ranges of years


@questions(
    Case(
        OPENINGS,
        "How many more cities opened in the 2010s than in the 1990s?",
        ("the 2010s has more, by 1", "the 2010s: 3", "the 1990s: 2"),
    ),
    Case(
        OPENINGS,
        "How many more cities opened in the 2010s than in the previous decade?",
        ("the 2010s has more, by 2", "the 2010s: 3", "the previous decade: 1"),
    ),
    Case(OPENINGS_ZH, "2010年代比1990年代多开了几家分店？", ("2010年代更多，多1个", "2010年代3个", "1990年代2个")),
    Case(OPENINGS_ZH, "2010年代比前一个十年多开了几家分店？", ("2010年代更多，多2个", "2010年代3个", "前一个十年1个")),
    Case(
        LEAGUE,
        "How many more participants were there in 2014 than in 2013?",
        ("2014 has more, by 40", "2014: 150", "2013: 110"),
    ),
    Case(LEAGUE_ZH, "2014年的人数比2013年多多少？", ("2014年更多，多40", "2014年150", "2013年110")),
)
def test_years_and_decades_are_compared(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


def test_decades_of_the_first_source_are_compared(assistant):
    assert_fact(assistant.ask("2000年代比1990年代多结了多少对？"), ("2000年代更多，多134对", "291对", "157对"))
    assert_fact(assistant.ask("2000年代比前一个十年多结了多少对？"), ("多134对", "前一个十年157对"))


@pytest.mark.parametrize(
    "case",
    hard(
        # The stalls of the markets are added up, though markets are asked for.
        Case(
            MARKETS,
            "How many more markets opened in the 2010s than in the 2000s?",
            ("by 1", "the 2010s: 3", "the 2000s: 2"),
        ),
        Case(MARKETS_ZH, "2010年代开业的城市比前一个十年多几个？", ("多1个", "2010年代3个", "前一个十年2个")),
    ),
)
def test_decades_are_compared_by_their_rows_where_rows_are_counted(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


# all up to one


@questions(
    Case(
        LEAGUE,
        "How many meetings had been held in China up to the 5th?",
        (": 3 ", "2009", "2012", "2013"),
        ("2016", "Nara"),
    ),
    Case(LEAGUE_ZH, "前四次会议有几次在中国举行？", ("共2个", "2009年", "2012年"), ("2013", "2016", "奈良")),
    Case(LEAGUE_ZH, "截至第五次会议，在中国举行过几次？", ("共3个", "2009年", "2012年", "2013年"), ("2016", "奈良")),
    Case(LEAGUE_ZH, "截至第八次会议，在成都举行过几次？", ("共2个", "2009年", "2016年"), ("昆明", "2012")),
)
def test_meetings_up_to_one_are_counted(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


def test_meetings_of_the_first_source_up_to_one_are_counted(assistant):
    assert_fact(assistant.ask("截至第20届，中国办过几次会议？"), ("共7届",))


@pytest.mark.parametrize(
    "case",
    hard(
        # "First" is taken for the earliest.
        Case(LEAGUE, "How many of the first four meetings were held in China?", ("2", "Chengdu", "Kunming")),
        Case(LEAGUE, "How many participants came to the first three meetings?", ("239",)),
        Case(LEAGUE_ZH, "前三次会议一共有多少人参加？", ("239",)),
    ),
)
def test_the_first_several_meetings_are_counted_and_added_up(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


# first and last


@questions(
    Case(MARKETS, "Which market opened last?", ("Xiamen", "2016")),
    Case(MARKETS, "Which market opened last in 2014?", ("Hangzhou",), ("Chengdu",)),
    Case(MARKETS, "Which market opened first in 2014?", ("Chengdu",), ("Hangzhou",)),
    Case(MARKETS_ZH, "最晚开业的是哪座城市？", ("厦门", "2016年5月")),
    Case(MARKETS_ZH, "2014年最晚开业的是哪座城市？", ("杭州",), ("成都",)),
    Case(MARKETS_ZH, "2014年最早开业的是哪座城市？", ("成都",), ("杭州",)),
)
def test_of_two_dates_in_one_year_the_later_month_is_last(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


# what stands around a table


@questions(
    Case(
        ASSEMBLY,
        "How many delegates did Mongolia send to the 2018 assembly in Zhangjiajie?",
        ("Mongolia", "14"),
        ("46",),
    ),
    Case(ASSEMBLY, "Which country sent the most delegates to Zhangjiajie in 2018?", ("China", "46"), ("Mongolia",)),
    Case(ASSEMBLY, "How many delegates came to the assembly in Zhangjiajie in 2018?", ("76 in total",)),
    Case(ASSEMBLY, "2018年在张家界举行的大会上蒙古有多少代表？", ("14",), ("46",)),
    Case(ASSEMBLY_ZH, "2016年昆明大会贵州有多少代表？", ("贵州", "13人"), ("51",)),
    Case(ASSEMBLY_ZH, "第七届大会四川有多少代表？", ("四川", "22人"), ("51",)),
    Case(ASSEMBLY_ZH, "2016年昆明大会哪个省的代表最多？", ("云南", "51人"), ("四川",)),
)
def test_what_the_heading_or_caption_of_a_table_names_holds_of_its_rows(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@pytest.mark.parametrize(
    ("sources", "question"),
    [
        (ASSEMBLY, "How many delegates did Mongolia send to the 2019 assembly in Zhangjiajie?"),
        (ASSEMBLY, "How many delegates did Mongolia send to the 2018 assembly in Kunming?"),
        (ASSEMBLY, "Which country sent the most delegates to Zhangjiajie in 2019?"),
        (ASSEMBLY, "How many delegates came to the assembly in Zhangjiajie in 2019?"),
        (ASSEMBLY, "2019年在张家界举行的大会上蒙古有多少代表？"),
        (ASSEMBLY, "2018年在昆明举行的大会上蒙古有多少代表？"),
        (ASSEMBLY_ZH, "2017年昆明大会贵州有多少代表？"),
        (ASSEMBLY_ZH, "2016年桂林大会贵州有多少代表？"),
        (ASSEMBLY_ZH, "2017年昆明大会哪个省的代表最多？"),
        (ASSEMBLY_ZH, "第八届大会四川有多少代表？"),
    ],
)
def test_another_year_or_place_is_not_answered_from_the_table(assistant_once, sources, question):
    answer = assistant_once(sources).ask(question)

    assert answer.kind != "fact", answer.text


@questions(
    Case(ASSEMBLY, "How many delegates did Mongolia send to the 2018 assembly in Zhangjiajie?", ("14",)),
    Case(LEAGUE, "How many participants were there in 2014?", ("150",)),
)
def test_a_table_that_does_not_speak_of_it_gives_way_to_one_that_does(assistant_once, case):
    assert_fact(assistant_once(ASSEMBLY | LEAGUE).ask(case.question), case.says)


# yes or no


@questions(
    Case(LEAGUE, "Was the fifth meeting held in Wuxi?", ("2013",)),
    Case(LEAGUE, "Was the 2013 meeting held in Wuxi?", ()),
    Case(LEAGUE_ZH, "第五次会议是在无锡举行的吗？", ("2013年",)),
    Case(LEAGUE_ZH, "2013年的会议是不是在无锡举行的？", ()),
    Case(MARKETS, "Is there a market in Chengdu?", ("2014",)),
    Case(MARKETS, "Did the market in Busan open in 1996?", ()),
    Case(TIES, "Is Dalian a sister city of Busan?", ("1993",)),
    Case(TIES, "Does Daegu have sister cities?", ("Kunming", "Guilin")),
    Case(TIES_ZH, "大连是釜山的姐妹城市吗？", ("1993年",)),
    Case(TIES_ZH, "大邱有没有姐妹城市？", ("昆明", "桂林")),
)
def test_what_a_row_says_is_confirmed_with_the_row(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.text.startswith(("Yes. ", "是的。")), answer.text
    assert_fact(answer, case.says)


@questions(
    Case(LEAGUE, "Was the fifth meeting held in Kunming?", ("Wuxi",)),
    Case(LEAGUE, "Was the sixth meeting held in China?", ("Japan",)),
    Case(LEAGUE, "Was Wuxi the host city in 2014?", ("Sapporo",)),
    Case(LEAGUE_ZH, "第五次会议是在昆明举行的吗？", ("无锡",)),
    Case(LEAGUE_ZH, "第六次会议在中国举行吗？", ("日本",)),
    Case(TIES, "Is Kunming a sister city of Busan?", ("Dalian",)),
    Case(TIES, "Did Nara and Wuxi become sister cities in 2004?", ("2007",)),
    Case(TIES_ZH, "昆明是釜山的姐妹城市吗？", ("大连",)),
    Case(TIES_ZH, "奈良和无锡是2004年结为姐妹城市的吗？", ("2007年",)),
)
def test_what_no_row_says_is_denied_with_what_there_is_instead(assistant_once, case):
    answer = assistant_once(case.sources).ask(case.question)

    assert answer.text.startswith(("No. ", "不是。")), answer.text
    assert_fact(answer, case.says)


@pytest.mark.parametrize(
    ("question", "start", "says"),
    [
        ("Is Qingdao a sister city of Busan?", "No. ", ("Shanghai",)),
        ("Is Guangzhou a sister city of Gwangju?", "Yes. ", ("1996",)),
        ("青岛是大邱的姊妹城市吗？", "是的。", ("1993",)),
        ("青岛是釜山的姊妹城市吗？", "不是。", ("上海",)),
        ("第十届会议是在中国开的吗？", "不是。", ("韩国", "2008")),
        ("광저우는 광주의 자매도시입니까?", "네. ", ("1996",)),
        ("상하이는 광주의 자매도시입니까?", "아니요. ", ()),
    ],
)
def test_ties_and_conferences_of_the_first_source_are_confirmed_and_denied(assistant, question, start, says):
    answer = assistant.ask(question)

    assert answer.text.startswith(start), answer.text
    assert_fact(answer, says)


@pytest.mark.parametrize(
    ("sources", "question"),
    [
        (TIES, "Is Hangzhou a sister city of Nara?"),
        (TIES_ZH, "札幌有没有姐妹城市？"),
        (MARKETS, "Is there a market in Kunming?"),
    ],
)
def test_of_what_a_table_does_not_name_nothing_is_said(assistant_once, sources, question):
    assert assistant_once(sources).ask(question).kind == "no_answer"


@pytest.mark.parametrize(
    "case",
    hard(
        # Country and city are no filters where the question does not call the table by its title.
        Case(MARKETS_WITH_COUNTRIES_ZH, "釜山是中国的城市吗？", ("不是。", "韩国")),
        # What is left out is the city, not the year: the answer is another city's year.
        Case(MARKETS, "Did the market in Busan open in 1998?", ("No. ", "1996")),
        Case(MARKETS_ZH, "釜山的市场是1998年开业的吗？", ("不是。", "1996年")),
        # "First" is taken for the earliest.
        Case(LEAGUE, "Was the first meeting held in Chengdu?", ("Yes. ", "2009")),
        # What stands behind 是不是 is taken to be left out.
        Case(TIES_ZH, "无锡是不是奈良的姐妹城市？", ("是的。", "2007")),
        Case(LEAGUE, "Were there more meetings in China than in Japan?", ("China: 4", "Japan: 2")),
    ),
)
def test_more_is_confirmed_and_denied(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


# where, and in which year


@questions(
    Case(LEAGUE, "Where was the fifth meeting held?", ("City: Wuxi",), ("China",)),
    Case(LEAGUE, "Where was the meeting in 2014?", ("City: Sapporo",), ("Japan",)),
    Case(LEAGUE, "In which country was the fifth meeting held?", ("Country: China",), ("Wuxi",)),
    Case(LEAGUE_ZH, "第五次会议在哪里举行？", ("无锡",), ("中国",)),
    Case(LEAGUE_ZH, "第五次会议在哪个国家举行？", ("中国",), ("无锡",)),
)
def test_where_asks_for_the_place_and_not_for_the_country(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@questions(
    Case(MARKETS, "Where does Busan rank by stalls?", ("number 3 of 7", "31")),
    Case(MARKETS_ZH, "釜山的摊位排第几？", ("第3位", "共7个", "31个")),
)
def test_where_something_ranks_is_no_question_for_a_place(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


@questions(
    Case(BAKERIES, "In which year did the most bakeries open?", ("2003", ": 3."), ("1994", "Busan")),
    Case(BAKERIES, "In what year were the fewest bakeries opened?", ("1994", "2011", ": 1."), ("2003",)),
    Case(BAKERIES, "Which town has the most bakeries?", ("Busan", ": 3."), ("2003",)),
    Case(BAKERIES_ZH, "哪一年开业的面包店最多？", ("2003年", "3个"), ("1994", "釜山")),
    Case(BAKERIES_ZH, "哪一年开业的面包店最少？", ("1994年", "2011年", "1个"), ("2003",)),
    Case(BAKERIES_ZH, "哪座城市的面包店最多？", ("釜山", "3个"), ("2003",)),
)
def test_the_year_with_the_most_is_told_and_not_a_thing(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


@pytest.mark.parametrize(
    "case",
    hard(
        Case(LEAGUE, "In which year were the most participants?", ("2014", "150"), ("Participants 150",)),
        Case(OPENINGS, "In which year did the most cities open?", ("2014", ": 2"), ("March",)),
        Case(MARKETS_ZH, "哪一年开业的市场最多？", ("2014年", "2个"), ("40",)),
    ),
)
def test_the_year_with_the_most_is_told_where_dates_have_months_or_rows_have_numbers(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)


# shares


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What share of the vehicles on the ferry were bicycles?", "320 of 560, that is 57.1%"),
        ("渡轮运载的车辆中自行车占百分之几？", "占560的57.1%"),
    ],
)
def test_a_table_that_has_all_there_is_gives_a_share_and_one_that_has_not_gives_none(assistant_once, question, says):
    whole = assistant_once({"ferry.txt": FERRY_TEXT, "ferry.recipe.toml": FERRY_RECIPE % "true"}).ask(question)
    partial = assistant_once({"ferry.txt": FERRY_TEXT, "ferry.recipe.toml": FERRY_RECIPE % "false"}).ask(question)

    assert_fact(whole, (says,))
    assert partial.kind != "fact", partial.text


@pytest.mark.parametrize("whole", ["true", "false"])
def test_numbers_of_a_table_that_has_not_all_there_is_are_told_all_the_same(assistant_once, whole):
    ferry = assistant_once({"ferry.txt": FERRY_TEXT, "ferry.recipe.toml": FERRY_RECIPE % whole})

    assert_fact(ferry.ask("How many bicycles did the ferry carry?"), ("320",))


@pytest.mark.parametrize("case", hard(Case(MARKETS_WITH_COUNTRIES_ZH, "中国的摊位占全部的百分之几？", ("55.9%",))))
def test_the_share_of_a_country_is_that_of_its_rows(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says)


@questions(
    Case(MARKETS, "Which cities have more than 30 stalls?", ("Chengdu",), ("Hangzhou",)),
    Case(MARKETS, "Which cities have fewer than 30 stalls?", ("Hangzhou",), ("Chengdu",)),
)
def test_a_limit_leaves_out_the_rows_beyond_it(assistant_once, case):
    assert_fact(assistant_once(case.sources).ask(case.question), case.says, case.says_not)
