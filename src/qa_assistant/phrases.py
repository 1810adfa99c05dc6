"""The words around quotes, in the languages of the questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from qa_assistant.records import Language


@dataclass(frozen=True)
class Phrases:
    """What an answer says in one language besides its quotes."""

    introduction: Callable[[str, Language], str]
    """From a source's title and language to the line before its quotes."""
    nothing_found: Callable[[Sequence[str]], str]
    """From the titles of the nearest sources to a refusal."""
    understood: Callable[[str], str]
    """From a follow-up question made whole to the line that shows it."""
    empty_question: str
    long_question: Callable[[int, int], str]
    """From the length of a question and the greatest one to a refusal."""


_languages_in_english: Final = {"zh": "Chinese", "en": "English", "ko": "Korean"}


def _nothing_found_zh(nearest: Sequence[str]) -> str:
    near = f"最接近的内容在《{nearest[0]}》中，但没有回答这个问题。" if nearest else ""
    return "资料中没有找到这个问题的答案。" + near


def _nothing_found_en(nearest: Sequence[str]) -> str:
    near = f" The nearest text is in “{nearest[0]}”, but it does not answer this." if nearest else ""
    return "The sources do not answer this question." + near


def _nothing_found_ko(nearest: Sequence[str]) -> str:
    near = f" 가장 가까운 내용은 「{nearest[0]}」에 있지만 이 질문에 대한 답은 아닙니다." if nearest else ""
    return "자료에서 이 질문의 답을 찾지 못했습니다." + near


_phrases: Final[dict[Language, Phrases]] = {
    "zh": Phrases(
        introduction=lambda title, language: f"据《{title}》" + ("：" if language == "zh" else "（原文为外文）："),
        nothing_found=_nothing_found_zh,
        understood=lambda whole: f"（理解为：{whole}）",
        empty_question="问题是空的，请输入一个问题。",
        long_question=lambda length, most: f"问题有 {length} 个字符，太长了；请缩短到 {most} 个字符以内。",
    ),
    "en": Phrases(
        introduction=lambda title, language: (
            f"According to “{title}”" + (":" if language == "en" else f" (in {_languages_in_english[language]}):")
        ),
        nothing_found=_nothing_found_en,
        understood=lambda whole: f"(Understood as: {whole})",
        empty_question="The question is empty; please type one.",
        long_question=lambda length, most: (
            f"The question has {length} characters, which is too long; please keep it under {most}."
        ),
    ),
    "ko": Phrases(
        introduction=lambda title, language: (
            f"「{title}」" + ("에 따르면:" if language == "ko" else "에 따르면 (원문):")
        ),
        nothing_found=_nothing_found_ko,
        understood=lambda whole: f"(“{whole}”(으)로 이해했습니다)",
        empty_question="질문이 비어 있습니다. 질문을 입력해 주세요.",
        long_question=lambda length, most: f"질문이 {length}자로 너무 깁니다. {most}자 이내로 줄여 주세요.",
    ),
}


def phrases(language: Language) -> Phrases:
    """The phrases of `language`."""
    return _phrases[language]
