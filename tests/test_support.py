"""Near misses: the subject is spoken of, the person, year or edition that is asked of is not."""

import pytest

SOURCES = {
    "茶会.md": """# 半山茶会

第二届半山茶会2018年在清河镇举行，以“茶与山”为主题，并决定第三届半山茶会于2020年在临溪镇举行。

半山茶会的评委会主任周立群于2016年至2019年主持评奖，镇长孙德海为他颁发了奖章。
""",
    "library.md": """# The Library of Norvik

In 2015 the library of Norvik was directed by Helen Marsh, who met the mayor John Lund.

In 2019 Peter Holm succeeded Ivar Dahl as keeper of the old maps.
""",
}


@pytest.mark.parametrize(
    "question",
    [
        "周立群卸任之后谁接替他担任评委会主任？",
        "Who took over from Helen Marsh as director of the library?",
        "第三届半山茶会采用了什么主题？",
    ],
)
def test_what_follows_is_not_told_by_what_came_before(assistant_once, question):
    assert assistant_once(SOURCES).ask(question).kind == "no_answer"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who succeeded Ivar Dahl as keeper of the old maps?", "Peter Holm"),
        ("第二届半山茶会采用了什么主题？", "茶与山"),
        ("谁给评委会主任周立群颁发了奖章？", "孙德海"),
    ],
)
def test_what_the_sources_tell_of_it_is_told(assistant_once, question, told):
    answer = assistant_once(SOURCES).ask(question)

    assert answer.kind != "no_answer"
    assert told in answer.text
