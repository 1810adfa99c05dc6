"""Questions of what a source is about, or concludes."""

import pytest

STUDY = {
    "study.md": """# 青石馆的参观者

## 摘要

本文研究青石馆近十年的参观者，说明他们从哪里来、为什么来。参观者多数来自邻近的三个县。

## 1. 序言

青石馆2011年在昆明建成，是西南地区第一座石刻展馆。

## 2. 结语

青石馆应当在假日延长开放时间。学校的团体值得优先接待。
"""
}
NOTE = {
    "note.md": """# Opening hours of the Bluestone Hall

The Bluestone Hall in Kunming opens at nine in the morning on all days but Monday. On holidays it closes later.

Groups of schools are asked to write a week before they come.
"""
}


@pytest.mark.parametrize(
    ("sources", "question", "quoted"),
    [
        (STUDY, "这篇论文讲了什么？", "本文研究青石馆近十年的参观者"),
        (STUDY, "论文的主要内容是什么？", "本文研究青石馆近十年的参观者"),
        (STUDY, "What is the paper about?", "本文研究青石馆近十年的参观者"),
        (STUDY, "이 논문은 무엇에 관한 글인가요?", "本文研究青石馆近十年的参观者"),
        (STUDY, "论文得出了什么结论？", "青石馆应当在假日延长开放时间"),
        (NOTE, "What is this article about?", "The Bluestone Hall in Kunming opens at nine"),
    ],
)
def test_a_source_says_itself_what_it_is_about_and_what_it_concludes(assistant_once, sources, question, quoted):
    answer = assistant_once(sources).ask(question)

    assert answer.kind == "passage", answer.text
    assert answer.citations[0].quote.text.startswith(quoted)
    assert len(answer.citations) <= 3


@pytest.mark.parametrize("question", ["论文讲了青石馆的哪些缺点？", "What does the paper say about Beijing?"])
def test_what_a_source_says_of_something_is_another_question(assistant_once, question):
    answer = assistant_once(STUDY).ask(question)

    assert not any("本文研究" in citation.quote.text for citation in answer.citations[:1]), answer.text


def test_a_source_without_a_conclusion_is_not_quoted_for_one(assistant_once):
    answer = assistant_once(NOTE).ask("What does the article conclude?")

    assert answer.kind == "no_answer", answer.text
