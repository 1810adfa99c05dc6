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
    nothing_found: str
    looked_for: Callable[[Sequence[str]], str]
    """From the names, years and nouns of a question to the line of a refusal that says so."""
    nearest: Callable[[str, Sequence[str]], str]
    """From the title of the nearest source and the headings of its nearest passages to what they are about."""
    suggested: str
    """The line before the questions that can be answered."""
    unnamed: Callable[[str], str]
    """From names to the line that no source has them."""
    year_after: Callable[[str, int, int], str]
    """From a source's title, a year and the latest one that the source names, to the line that it is later."""
    year_unnamed: Callable[[int], str]
    years_listed: Callable[[str, str, str], str]
    """From a table's title to the line that says its first and its last year."""
    numbers_listed: Callable[[str, str, str], str]
    """The same for what a table numbers."""
    editions_told: Callable[[str, Sequence[int]], str]
    """From the name of what is held again and again to the editions that are spoken of."""
    never_together: Callable[[str, Sequence[str]], str]
    """From a table's title and names that stand in it, to the line that no row has them all."""
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


_MORE: Final = 6
"""Editions that are named one by one."""


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers one by one, or the first and the last of many that follow one another."""
    if len(numbers) > _MORE and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


_phrases: Final[dict[Language, Phrases]] = {
    "zh": Phrases(
        introduction=lambda title, language: f"据《{title}》" + ("：" if language == "zh" else "（原文为外文）："),
        rendered=lambda title, language: f"据《{title}》（译自{_languages_in_chinese[language]}）：",
        translation=lambda text: f"（译文：{text}）",
        key_terms=lambda terms: f"（关键词：{'，'.join(f'{term} = {word}' for term, word in terms)}）",
        nothing_found="资料中没有找到这个问题的答案。",
        looked_for=lambda parts: f"查找的内容：{'、'.join(f'“{part}”' for part in parts)}。",
        nearest=lambda title, about: (
            f"最接近的内容在《{title}》中"
            + (f"，讲的是{'和'.join(f'“{one}”' for one in about)}" if about else "")
            + "，但没有回答这个问题。"
        ),
        suggested="可以这样问：",
        unnamed=lambda names: f"资料中没有提到{names}。",
        year_after=lambda title, year, latest: f"《{title}》写到的年份最晚是{latest}年，没有{year}年的内容。",
        year_unnamed=lambda year: f"资料中没有提到{year}年。",
        years_listed=lambda title, first, last: f"“{title}”的年份从{first}到{last}。",
        numbers_listed=lambda title, first, last: f"“{title}”列出的是第{first}至第{last}届。",
        editions_told=lambda name, numbers: f"关于{name}，资料写到的届次是：{_numbers(numbers)}。",
        never_together=lambda title, names: (
            f"“{title}”中分别有{'、'.join(names)}，但没有一条把{'两者' if len(names) == 2 else '它们'}放在一起。"
        ),
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
        nothing_found="The sources do not answer this question.",
        looked_for=lambda parts: f"Looked for: {', '.join(f'“{part}”' for part in parts)}.",
        nearest=lambda title, about: (
            f"The nearest text is in “{title}”"
            + (f", about {' and '.join(f'“{one}”' for one in about)}" if about else "")
            + "; it does not answer this."
        ),
        suggested="Questions that can be answered:",
        unnamed=lambda names: f"The sources do not mention {names}.",
        year_after=lambda title, year, latest: f"“{title}” names no year after {latest}, so it has nothing on {year}.",
        year_unnamed=lambda year: f"The sources do not mention the year {year}.",
        years_listed=lambda title, first, last: f"The years of “{title}” run from {first} to {last}.",
        numbers_listed=lambda title, first, last: f"“{title}” lists numbers {first} to {last}.",
        editions_told=lambda name, numbers: f"Of {name}, the sources tell of these editions: {_numbers(numbers)}.",
        never_together=lambda title, names: f"“{title}” lists {' and '.join(names)}, but never together.",
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
        nothing_found="자료에서 이 질문의 답을 찾지 못했습니다.",
        looked_for=lambda parts: f"찾은 말: {', '.join(f'‘{part}’' for part in parts)}.",
        nearest=lambda title, about: (
            f"가장 가까운 내용은 「{title}」에 있"
            + (f"고 {', '.join(f'‘{one}’' for one in about)}에 관한 것이지만" if about else "지만")
            + " 이 질문에 대한 답은 아닙니다."
        ),
        suggested="답할 수 있는 질문:",
        unnamed=lambda names: f"자료에는 다음이 나오지 않습니다: {names}.",
        year_after=lambda title, year, latest: (
            f"「{title}」에 나오는 마지막 연도는 {latest}년이며 {year}년에 관한 내용은 없습니다."
        ),
        year_unnamed=lambda year: f"자료에는 {year}년이 나오지 않습니다.",
        years_listed=lambda title, first, last: f"“{title}”의 연도는 {first}부터 {last}까지입니다.",
        numbers_listed=lambda title, first, last: f"“{title}”에는 제{first}회부터 제{last}회까지 있습니다.",
        editions_told=lambda name, numbers: f"{name}에 관해 자료에 나오는 회차: {_numbers(numbers)}.",
        never_together=lambda title, names: f"“{title}”에 {', '.join(names)}은(는) 각각 있지만 함께 나오지는 않습니다.",
        understood=lambda whole: f"(“{whole}”(으)로 이해했습니다)",
        empty_question="질문이 비어 있습니다. 질문을 입력해 주세요.",
        long_question=lambda length, most: f"질문이 {length}자로 너무 깁니다. {most}자 이내로 줄여 주세요.",
        read_as=lambda written, name: f"(‘{written}’: ‘{name}’(으)로 이해했습니다.)",
    ),
}


def phrases(language: Language) -> Phrases:
    """The phrases of `language`."""
    return _phrases[language]
