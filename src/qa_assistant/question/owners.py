"""Whose something is that a question asks for: the thing before 的 or 의, behind "of".

"The area of Songdo" is asked of Songdo, also where no list of names has it. What does not speak of it at all is of
another thing, however well it speaks of areas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from qa_assistant.language import HANGUL
from qa_assistant.question.asked import Asked
from qa_assistant.records import Span

_zh = re.compile(r"(?:^|(?<=[，,。；;？?、\s]))(?P<owner>[^\W\d]{2,8}?)(?:的(?=[^\W\d]{2,})|有(?=多少|几[^\W\d]|哪些))")
_ko = re.compile(rf"(?:^|(?<=\s))(?P<owner>[{HANGUL}]{{2,12}})의 (?=[{HANGUL}])")
_en = re.compile(
    r"\b(?:of|does|did|do|has|have) (?:the )?(?P<owner>[a-z][\w'’-]+)(?= (?:have|had|has)\b|\s*[?？.]?\s*$)"
)
_anyone: Final = frozenset(
    "双方 两国 两地 两市 三国 三方 各国 各地 各方 当地 对方 全国 全球 世界 我国 本国 城市 国家 政府 地方"
    " 양국 양측 양쪽 세계 전국 각국".split()
)
"""Words for things that the question means without a name."""
_START: Final = frozenset("一二三四五六七八九十几多少哪什么这那第")


def owners(asked: Asked) -> list[Span]:
    """The places of the things that something is asked of and that are no names; names are looked after elsewhere."""
    pattern = {"zh": _zh, "ko": _ko, "en": _en}[asked.language]
    found = [match.span("owner") for match in pattern.finditer(asked.key)]
    named = [(one.start, one.end) for one in asked.mentions]
    return [span for span in found if not any(_overlap(span, other) for other in named) and _is_thing(span, asked)]


def speaks_of_owner(found: Sequence[Span], spans: Iterable[Span]) -> bool:
    """Whether `spans` have at least half of an owner, where there is one: a syllable of a name is not the name."""
    said = {place for start, end in spans for place in range(start, end)} if found else set()
    return not found or any(2 * len(said.intersection(range(*owner))) >= owner[1] - owner[0] for owner in found)


def _is_thing(span: Span, asked: Asked) -> bool:
    """Whether what stands there is a word that says something; in English a name, with its capital."""
    start, end = span
    # A name may hold a character that says nothing elsewhere: 内罗毕.
    said = (end - start) - sum(asked.light[start:end])
    if said < 2 or said < end - start - 1 or asked.key[start] in _START or asked.key[start:end] in _anyone:
        return False
    return asked.language != "en" or (len(asked.text) == len(asked.key) and asked.text[start].isupper())


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
