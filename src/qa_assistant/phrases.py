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
    rendered: Callable[[str, Language], str]
    """The same before what the quotes say in the language of the question."""
    translation: Callable[[str], str]
    """From what a quote says to the line below the quote."""
    key_terms: Callable[[Sequence[tuple[str, str]]], str]
    """From terms of a quote, each with the word of the question that it stands for, to the line below the quote."""
    nothing_found: Callable[[Sequence[str]], str]
    """From the titles of the nearest sources to a refusal."""
    understood: Callable[[str], str]
    """From a follow-up question made whole to the line that shows it."""
    empty_question: str
    long_question: Callable[[int, int], str]
    """From the length of a question and the greatest one to a refusal."""
    read_as: Callable[[str, str], str]
    """From a name as it is written in a question and as it is read to a line that says so."""


_languages_in_english: Final = {"zh": "Chinese", "en": "English", "ko": "Korean"}
_languages_in_chinese: Final = {"zh": "中文", "en": "英文", "ko": "韩文"}
_languages_in_korean: Final = {"zh": "중국어", "en": "영어", "ko": "한국어"}


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
        rendered=lambda title, language: f"据《{title}》（译自{_languages_in_chinese[language]}）：",
        translation=lambda text: f"（译文：{text}）",
        key_terms=lambda terms: f"（关键词：{'，'.join(f'{term} = {word}' for term, word in terms)}）",
        nothing_found=_nothing_found_zh,
        understood=lambda whole: f"（理解为：{whole}）",
        empty_question="问题是空的，请输入一个问题。",
        long_question=lambda length, most: f"问题有 {length} 个字符，太长了；请缩短到 {most} 个字符以内。",
        read_as=lambda written, name: f"（“{written}”按“{name}”理解。）",
    ),
    "en": Phrases(
        introduction=lambda title, language: (
            f"According to “{title}”" + (":" if language == "en" else f" (in {_languages_in_english[language]}):")
        ),
        rendered=lambda title, language: f"According to “{title}” (translated from {_languages_in_english[language]}):",
        translation=lambda text: f"(Translation: {text})",
        key_terms=lambda terms: f"(Key terms: {', '.join(f'{term} = {word}' for term, word in terms)})",
        nothing_found=_nothing_found_en,
        understood=lambda whole: f"(Understood as: {whole})",
        empty_question="The question is empty; please type one.",
        long_question=lambda length, most: (
            f"The question has {length} characters, which is too long; please keep it under {most}."
        ),
        read_as=lambda written, name: f"(Read “{written}” as {name}.)",
    ),
    "ko": Phrases(
        introduction=lambda title, language: (
            f"「{title}」" + ("에 따르면:" if language == "ko" else "에 따르면 (원문):")
        ),
        rendered=lambda title, language: f"「{title}」에 따르면 ({_languages_in_korean[language]} 번역):",
        translation=lambda text: f"(번역: {text})",
        key_terms=lambda terms: f"(핵심어: {', '.join(f'{term} = {word}' for term, word in terms)})",
        nothing_found=_nothing_found_ko,
        understood=lambda whole: f"(“{whole}”(으)로 이해했습니다)",
        empty_question="질문이 비어 있습니다. 질문을 입력해 주세요.",
        long_question=lambda length, most: f"질문이 {length}자로 너무 깁니다. {most}자 이내로 줄여 주세요.",
        read_as=lambda written, name: f"(‘{written}’: ‘{name}’(으)로 이해했습니다.)",
    ),
}


def phrases(language: Language) -> Phrases:
    """The phrases of `language`."""
    return _phrases[language]
