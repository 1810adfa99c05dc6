"""Quotes with what belongs to them: the rest of a sentence, all points of an enumeration."""

import pytest

PORT = {
    "渔港.md": """# 石岛渔港年鉴

## 现状

石岛渔港与邻近五个渔港相比，近年在三个方面有所变化：一是防波堤加高两米，使港内在冬季风暴期间也能停靠大型渔船并装卸货物；二是冷库由国营改为合作社经营；三是鱼市每天清晨在网上公布价格。

## 问题

渔港的经营存在三个问题。首先，冷库的容量不足。旺季时渔船要在港外等候两天，许多鱼货因此变质，船主多有怨言。其次，淤泥多年没有清理。去年有7艘渔船在航道里搁浅。第三，年轻人不愿上船。

## 经营

就船主而言，合作社的收购价格偏低，付款也常常拖到下一个季度，船主们因此更愿意把鱼直接卖给外地来的鱼贩；就鱼贩而言，码头的摊位租金上涨过快，已经有一半的摊位空了出来。钟楼建于1978年；灯塔建于1980年。
"""
}
ISLAND = {
    "island.md": """# The Ferry of Shelter Bay

## Troubles

The ferry has three troubles. First, the landing stage is rotten. Planks were replaced twice since spring.
Second, the captain is about to retire. Third, fuel has become dear.
"""
}


@pytest.mark.parametrize(
    ("sources", "question", "told"),
    [
        (PORT, "石岛渔港在哪些方面有所变化？", ["防波堤加高", "合作社经营", "网上公布价格"]),
        (PORT, "渔港的冷库有什么问题？", ["容量不足", "淤泥多年没有清理", "年轻人不愿上船"]),
        (ISLAND, "What trouble is there with the landing stage of the ferry?", ["rotten", "retire", "fuel"]),
    ],
)
def test_a_point_of_an_enumeration_brings_the_others_along(assistant_once, sources, question, told):
    answer = assistant_once(sources).ask(question)

    assert answer.kind == "passage", answer.text
    assert [word for word in told if word not in answer.text] == []


def test_points_come_in_their_order_without_what_stands_between_them(assistant_once):
    answer = assistant_once(PORT).ask("渔港的冷库有什么问题？")

    shown = "".join(citation.quote.text for citation in answer.citations)
    assert shown.index("首先") < shown.index("其次") < shown.index("第三")
    assert "搁浅" not in shown


def test_a_clause_that_answers_is_shown_with_the_rest_of_its_sentence(assistant_once):
    answer = assistant_once(PORT).ask("船主和鱼贩对经营各有什么不满？")

    assert answer.kind == "passage", answer.text
    quote = answer.citations[0].quote.text
    assert quote.startswith("就船主而言")
    assert quote.endswith("空了出来。")


def test_a_question_for_one_value_gets_no_further_points(assistant_once):
    answer = assistant_once(PORT).ask("去年有多少艘渔船搁浅？")

    assert "7艘" in answer.text
    assert "年轻人" not in answer.text
    assert "容量不足" not in answer.text


def test_every_longer_quote_stands_in_its_source(assistant_once):
    assistant = assistant_once(PORT)
    for question in ("石岛渔港在哪些方面有所变化？", "渔港的冷库有什么问题？", "船主和鱼贩对经营各有什么不满？"):
        for citation in assistant.ask(question).citations:
            quote = citation.quote
            assert assistant.document(quote.doc_id).text[quote.start : quote.end] == quote.text
