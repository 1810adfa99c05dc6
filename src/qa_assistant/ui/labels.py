"""The words of the chat page, in one place for each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qa_assistant.records import Language


@dataclass(frozen=True)
class Labels:
    """What the page says in one language."""

    code: str
    """The language as HTML names it."""
    title: str
    subtitle: str
    question: str
    placeholder: str
    ask: str
    new_conversation: str
    examples: str
    answer: str
    quotes: str
    quotes_come_here: str
    no_quotes: str
    quote: str
    source: str
    section: str
    page: str
    file: str
    developers: str


ZH: Final = Labels(
    code="zh-Hans",
    title="资料问答",
    subtitle="每个回答都引用资料原文，一字不改，可逐条核对。",
    question="问题",
    placeholder="输入问题",
    ask="提问",
    new_conversation="新对话",
    examples="可以这样问",
    answer="回答",
    quotes="原文引文",
    quotes_come_here="提问之后，回答所依据的原文会列在这里。",
    no_quotes="资料没有回答这个问题，因此没有引文。",
    quote="引文",
    source="出处",
    section="章节",
    page="页码",
    file="文件",
    developers="接口文档",
)
EN: Final = Labels(
    code="en",
    title="Answers from the sources",
    subtitle="Every answer quotes its sources word for word, so that it can be checked.",
    question="Question",
    placeholder="Type a question",
    ask="Ask",
    new_conversation="New conversation",
    examples="Questions to try",
    answer="Answer",
    quotes="Quotes",
    quotes_come_here="After a question, the passages that its answer rests on are listed here.",
    no_quotes="The sources do not answer this, so there is no quote.",
    quote="Quote",
    source="Source",
    section="Section",
    page="Page",
    file="File",
    developers="API",
)
PAGE: Final = (ZH, EN)
"""The languages that the page itself is written in, side by side, the first one first."""


def both(name: str) -> str:
    """The label `name` in the languages of the page, as plain text."""
    return " · ".join(str(getattr(labels, name)) for labels in PAGE)


def labels_for(language: Language) -> Labels:
    """The labels beside an answer in `language`; English ones where there are none of its own."""
    return ZH if language == "zh" else EN


def language_code(language: Language) -> str:
    """`language` as HTML names it, so that a browser takes the right glyphs."""
    return ZH.code if language == "zh" else language
