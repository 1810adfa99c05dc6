"""Follow-up questions: made whole from the questions before them, and left alone where they stand alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_assistant.wire import answer_body

SISTERS = "釜山和上海是哪年结为姊妹城市的？"
FRIENDS = "首尔有哪些中国友好城市？"
MOST = "韩国哪个市道与中国的交流最多？"
FIFTH = "第五届中日韩地方政府交流会议在哪里举行？"
NEAR = "东北亚区域自治团体联合会是哪年成立的？"
PARK = "盐城产业园的面积有多大？"
MOST_EN = "Which Korean region had the most exchanges with China?"
FIFTH_EN = "Where was the fifth trilateral local government conference held?"
NEAR_EN = "When was NEAR founded?"
BUSAN_KO = "부산의 중국 자매도시는 어디입니까?"

CHAINS = [
    # another name, in the place of the one that plays the same part
    (SISTERS, "那大邱呢？", "大邱和上海是哪年结为姊妹城市的？"),
    (SISTERS, "那大邱呢？", "和青岛呢？", "大邱和青岛是哪年结为姊妹城市的？"),
    ("仁川比釜山的交流多多少次？", "那大邱呢？", "大邱比釜山的交流多多少次？"),
    ("第十二次全体会议中国有多少人参会？", "日本呢？", "第十二次全体会议日本有多少人参会？"),
    (NEAR, "那东亚经济交流促进机构呢？", "东亚经济交流促进机构是哪年成立的？"),
    (PARK, "烟台呢？", "烟台产业园的面积有多大？"),
    ("行政交流有多少次？", "那经济呢？", "经济交流有多少次？"),
    (
        "How many sister cities does Incheon have in China?",
        "and Busan?",
        "How many sister cities does Busan have in China?",
    ),
    (
        "When did Daegu and Qingdao become sister cities?",
        "and with Chengdu?",
        "When did Daegu and Chengdu become sister cities?",
    ),
    ("How many administrative exchanges were there?", "and economic ones?", "How many economic exchanges were there?"),
    (
        "What is the area of the Yancheng Industrial Park?",
        "And Huizhou?",
        "What is the area of the Huizhou Industrial Park?",
    ),
    (BUSAN_KO, "그럼 대구는?", "대구의 중국 자매도시는 어디입니까?"),
    (
        "When did Mokpo and Lianyungang become sisters?",
        "And Seoul and Beijing?",
        "When did Seoul and Beijing become sisters?",
    ),
    ("How many sister cities does Seoul have?", "那大邱呢？", "How many sister cities does Daegu have?"),
    # years, ordinals and kinds, in the place of others or added
    (FRIENDS, "那2010年以后呢？", "2010年以后，首尔有哪些中国友好城市？"),
    (FRIENDS, "那姊妹城市呢？", "首尔有哪些中国姊妹城市？"),
    (FIFTH, "第六届呢？", "第六届中日韩地方政府交流会议在哪里举行？"),
    ("2013年有哪些结对？", "上一年呢？", "2012年有哪些结对？"),
    ("How many pairs were formed in the 1990s?", "and the 2010s?", "How many pairs were formed in the 2010s?"),
    ("Which cities became sisters in 2013?", "and after 2014?", "Which cities became sisters after 2014?"),
    (FIFTH_EN, "the next one?", "Where was the sixth trilateral local government conference held?"),
    (BUSAN_KO, "우호도시는?", "부산의 중국 우호도시는 어디입니까?"),
    (BUSAN_KO, "2010년 이후는?", "2010년 이후, 부산의 중국 자매도시는 어디입니까?"),
    # ranks
    (MOST, "第二名呢？", "韩国哪个市道与中国的交流第二多？"),
    (MOST, "第二名呢？", "第三呢？", "最少的呢？", "韩国哪个市道与中国的交流最少？"),
    (MOST_EN, "and the second one?", "Which Korean region had the second most exchanges with China?"),
    (MOST_EN, "and the second one?", "the fewest?", "Which Korean region had the fewest exchanges with China?"),
    ("어느 시도의 중국 우호도시가 가장 많습니까?", "두 번째는?", "어느 시도의 중국 우호도시가 두 번째로 많습니까?"),
    # pronouns, of the question or of its answer
    (NEAR, "它有多少会员？", "东北亚区域自治团体联合会有多少会员？"),
    (NEAR, "该机构的目的是什么？", "东北亚区域自治团体联合会的目的是什么？"),
    (MOST, "它有几个姊妹城市？", "京畿道有几个姊妹城市？"),
    ("柳道机械的总经理是谁？", "他说了什么？", "李成根说了什么？"),
    ("仁川与中国的交流有多少次？", "其中行政的有多少？", "仁川的行政的有多少？"),
    (NEAR_EN, "And who founded it?", "Who founded NEAR?"),
    (
        MOST_EN,
        "How many of those were administrative?",
        "How many of Gyeonggi Province's exchanges were administrative?",
    ),
    (
        "When was the Weihai Pavilion built?",
        "How many events were held there?",
        "How many events were held in the Weihai Pavilion?",
    ),
    ("Who is the general manager of Yudo Machinery?", "What did he say?", "What did Lee Sung-keun say?"),
    (FIFTH_EN, "What was its theme?", "What was the fifth trilateral local government conference's theme?"),
    ("새만금의 면적은 얼마입니까?", "그곳은 어디에 있습니까?", "새만금은 어디에 있습니까?"),
    (
        "동북아시아지역자치단체연합은 언제 설립되었습니까?",
        "그 기관의 목적은 무엇입니까?",
        "동북아시아지역자치단체연합의 목적은 무엇입니까?",
    ),
    # something else asked of the same thing
    (FIFTH, "主题呢？", "第五届中日韩地方政府交流会议的主题？"),
    (PARK, "成立时间呢？", "盐城产业园的成立时间？"),
    ("东亚经济交流促进机构的宗旨是什么？", "哪年成立的？", "东亚经济交流促进机构哪年成立的？"),
    ("上海有哪些韩国友好城市？", "有多少个？", "上海有多少个韩国友好城市？"),
    ("When was OEAED founded?", "and how many members?", "OEAED: how many members?"),
    (FIFTH_EN, "When?", "When was the fifth trilateral local government conference held?"),
    ("제2회 한중일 지방정부 교류회의는 어디에서 열렸습니까?", "주제는?", "제2회 한중일 지방정부 교류회의의 주제?"),
]
ALONE = [
    (SISTERS, "中韩两国是哪年建交的？"),
    (SISTERS, "那一年中韩建交时谁是总统？"),
    (SISTERS, "韩国有多少个市道没有姊妹城市？"),
    (PARK, "大邱在中国有哪些友好城市，它们分别是哪年结的？"),
    (MOST, "那么，仁川旅游发展局在哪设立了代表处？"),
    (NEAR, "哪个市道与中国交流最少？"),
    (NEAR, "盐城产业园成立时，它的面积有多大？"),
    (PARK, "现任仁川市长是谁？"),
    (PARK, "谢谢"),
    (PARK, "怎么做红烧肉？"),
    (PARK, "作者是谁？"),
    (NEAR, "今天星期几？"),
    (NEAR, "哪年建交的？"),
    (FIFTH, "有几个国家参加了第十二次全体会议？"),
    (MOST, "哪个领域的交流最少？"),
    (NEAR_EN, "How many cities are there in OEAED and what are its branches?"),
    (NEAR_EN, "Which Korean region increased its exchanges most?"),
    (NEAR_EN, "And how many Korean regions have no sister city in China?"),
    (FIFTH_EN, "Is it true that Seoul and Beijing are sister cities?"),
    (FIFTH_EN, "When was it that Busan and Shanghai became sisters?"),
    (MOST_EN, "What does the Weihai Pavilion do for its visitors?"),
    (NEAR, "哪种交流排在最后，共多少次？"),
    (NEAR, "大邱与中国的交流共多少次？其中经济的有几次？"),
    (NEAR, "那本讲地方合作的书，编者是哪几位？"),
    (PARK, "视锥细胞和哪一种细胞能将它们感受到的光转化为神经信号？"),
    (NEAR_EN, "In his first year, what did Wang Xiaotian do?"),
    (NEAR_EN, "How long did it take to build the park in Yancheng?"),
    (NEAR_EN, "sports exchange - what does it include?"),
    (NEAR_EN, "When did Setanta Sports say it would launch?"),
    (MOST_EN, "But where is the Incheon Pavilion in Weihai?"),
    (MOST_EN, "Thanks"),
    (NEAR_EN, "What is the weather?"),
    (NEAR_EN, "Who is the author?"),
    (FIFTH_EN, "What can you do?"),
    (BUSAN_KO, "감사합니다"),
    (BUSAN_KO, "새만금의 면적은 얼마입니까?"),
    (BUSAN_KO, "동북아시아지역자치단체연합은 언제 설립되었으며 그 회원은 몇입니까?"),
]

TABLE = """# Orchards

| Orchard | Trees | Planted |
|---|---|---|
| Willow Farm | 120 | 1998 |
| Stone Hill | 340 | 2004 |
| River Bend | 75 | 2011 |
"""
VILLAGE = """# 渔港年鉴

石岛渔港位于荣成市南端。渔港于1978年动工，1983年投入使用。

钟楼高27米，由王秀兰设计。
"""


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: " | ".join(chain[:-1]))
def test_a_follow_up_is_understood_as_a_question_that_stands_alone(assistant, chain):
    *history, question, whole = chain

    assert assistant.ask(question, history).understood == whole


@pytest.mark.parametrize(("earlier", "question"), ALONE)
def test_a_question_that_stands_alone_stays_as_it_is(assistant, earlier, question):
    answer = assistant.ask(question, [earlier])

    assert answer.understood is None
    assert answer == assistant.ask(question)


@pytest.mark.parametrize("chain", CHAINS[:12], ids=lambda chain: " | ".join(chain[:-1]))
def test_a_follow_up_is_answered_like_the_whole_question(assistant, chain):
    *history, question, whole = chain
    answer, alike = assistant.ask(question, history), assistant.ask(whole)

    assert answer.question == question
    assert (answer.kind, answer.citations, answer.facts) == (alike.kind, alike.citations, alike.facts)
    assert answer.text.endswith(alike.text)


@pytest.mark.parametrize(
    ("history", "question", "line"),
    [
        (SISTERS, "那大邱呢？", "（理解为：大邱和上海是哪年结为姊妹城市的？）"),
        (NEAR_EN, "And who founded it?", "(Understood as: Who founded NEAR?)"),
        (BUSAN_KO, "그럼 대구는?", "(“대구의 중국 자매도시는 어디입니까?”(으)로 이해했습니다)"),
    ],
)
def test_the_answer_shows_how_the_question_was_understood(assistant, history, question, line):
    answer = assistant.ask(question, [history])

    assert answer.text.splitlines()[0] == line
    assert answer_body(answer).understood == answer.understood


def test_what_a_question_asks_of_an_answer_is_told_by_the_facts(assistant):
    answer = assistant.ask("How many of those were administrative?", [MOST_EN])

    assert answer.kind == "fact"
    assert "605" in answer.text


@pytest.mark.parametrize(
    ("history", "question", "said"),
    [
        (MOST, "第二名呢？", "917"),
        (MOST_EN, "and the second one?", "917"),
        ("韩国哪个市道的中国友好城市最多？", "第二名呢？", "首尔市，7个"),
        ("어느 시도의 중국 우호도시가 가장 많습니까?", "두 번째는?", "서울시(7곳)"),
    ],
)
def test_the_second_most_counts_and_is_no_number_two_of_what_is_numbered(assistant, history, question, said):
    assert said in assistant.ask(question, [history]).text


def test_the_cells_of_any_table_take_the_place_of_each_other(assistant_of):
    small = assistant_of({"orchards.md": TABLE})
    history = ["How many trees does Willow Farm have?"]

    answer = small.ask("and Stone Hill?", history)

    assert answer.understood == "How many trees does Stone Hill have?"
    assert "340" in answer.text
    assert small.ask("And when was it planted?", [*history, "and Stone Hill?"]).understood == (
        "When was Stone Hill planted?"
    )


def test_what_has_no_name_is_called_as_the_question_before_calls_it(assistant_of):
    small = assistant_of({"渔港.md": VILLAGE})

    assert small.ask("它位于哪里？", ["渔港是哪年动工的？"]).understood == "渔港位于哪里？"
    assert small.ask("它由谁设计？", ["钟楼高多少米？"]).understood in ("钟楼由谁设计？", "钟楼高多少米？ 它由谁设计？")


def test_a_question_after_nothing_is_asked_as_it_stands(assistant):
    assert assistant.ask("那大邱呢？").understood is None
    assert assistant.ask("它有多少会员？", ["", "  "]).understood is None


@pytest.mark.parametrize(
    "question", ["What about it?", "它呢？", "그것은?", "And?", "呢", "the second one?", "下一届呢？"]
)
def test_what_nothing_tells_is_asked_with_what_came_before(assistant, question):
    answer = assistant.ask(question, ["怎么做红烧肉？"])

    assert answer.question == question


PIECES = st.lists(
    st.sampled_from(
        "那 呢 ？ ? it its and the second one 它 其中 该机构 釜山 Busan 대구 는 2013年 第五届 最多 fewest when 什么时候"
        " 有多少 会员 friendship 友好城市 there 그곳 NEAR 1 İ ß （ [1]".split()
    ),
    max_size=6,
).map(" ".join)
HISTORIES = st.lists(st.one_of(PIECES, st.text(max_size=30), st.sampled_from([MOST, FIFTH_EN, BUSAN_KO])), max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.one_of(PIECES, st.text(max_size=30)), history=HISTORIES)
def test_any_question_after_any_other_gets_an_answer_with_real_quotes_and_the_same_twice(assistant, question, history):
    answer = assistant.ask(question, history)

    for citation in answer.citations:
        quote = citation.quote
        assert assistant.document(quote.doc_id).text[quote.start : quote.end] == quote.text
    assert answer_body(assistant.ask(question, history)).model_dump_json() == answer_body(answer).model_dump_json()
