"""The words of a question that name what is asked for: "theme" in "what theme was adopted", 面积 in 面积有多大.

A sentence about the right thing that does not speak of this is no answer.
"""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.language import HANGUL
from qa_assistant.lexical.tokens import nouns
from qa_assistant.question.asked import Asked
from qa_assistant.records import Span

_ends_en: Final = (
    r"(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|should|may|might|must|of|in|on|at|for|to"
    r"|from|by|with|about|that|which|who|whose|and|or|between|under|during|as|the|a|an|this|these|its|their|his|her|there"
    r"|than|work|works|exist|fall|fell|belong|sit|sits)"
)
_phrase_en: Final = rf"(?:(?!{_ends_en}\b)[\w'’-]+\s*){{1,5}}"
_english = re.compile(
    rf"\b(?:what|which|how (?:many|much))\s+(?P<behind>{_phrase_en})"
    rf"|\bhow long (?:do|does|did|will|would) (?:it |the |an? )?(?P<lasting>{_phrase_en}).{{0,60}}\b(?:take|last)\b"
    rf"|\bhow much (?:is|was|are|were) (?:the |its |their )?(?P<price>{_phrase_en})(?=of\b|in\b|for\b|at\b|on\b|\?|$)"
    rf"|\bwhat(?:['’]s| is| was| are| were)\s+(?:the |its |their |his |her )?(?P<named>{_phrase_en})"
    r"(?=of\b|in\b|for\b|at\b|on\b|\?|$)"
)
_verbs: Final = frozenset("came come comes went go goes gone took take taken got get made make held hold".split())
"""Verbs that stand right behind what is asked for, and are no part of it."""
_chinese = re.compile(
    r"(?P<behind>有?(?:什么|哪些|哪一?[个种类项]|多少(?:[个家座名位项种件份条场次届对]|人(?![口均]))?|几[个家座名位项种件份条场次届对]))"
    r"|(?:要|需要?|得|用|花|历时|持续)多(?:久|长时间)"
    r"|(?:是|为|有|达到?|叫做?)?(?:什么|多少|几何|啥)|(?<=面积|长度|高度|宽度|深度|距离|规模|体积|重量|年龄|产量|人口)有?多[大高长远宽深重少]"
)
_korean = re.compile(
    rf"(?P<word>[{HANGUL}]{{2,}}?)(?:은|는|이|가)\s*(?:모두 |총 |대략 |약 )?(?:얼마|몇|무엇|누구|어떻게 되)"
    rf"|(?P<word_asked>[{HANGUL}]{{2,}}?)(?:이|가|을|를)\s*(?:궁금|알고 싶)"
)
_ends_zh: Final = re.compile(r"[，,。；;？?！!：:]")
_only_kinds: Final = frozenset(
    "government governments city cities country countries organisation organization institution body company firm"
    " place person people region province team man woman kind kinds sort type number"
    " 政府 机构 单位 公司 组织 地方 部门 人员 国家 城市 地区 省份 类型 种类 情况 内容 地方政府"
    " 지방정부 지자체 자치단체 도시 나라 국가 기관 단체 사람 인물 지역 시도 사항 횟수 건수 개수 숫자 내용 곳".split()
)
"""Nouns that say of what kind the answer is, which a source need not say."""
_near: Final = 4
"""Characters between a question word and the noun that it asks for."""


def asked_attributes(asked: Asked) -> list[Span]:
    """The places of the nouns that name what is asked for, one for each question word that has one.

    Names of entities, and words that only say of what kind the answer is ("which city"), are none.
    """
    found = {"en": _in_english, "zh": _in_chinese, "ko": _in_korean}[asked.language](asked)
    measured = [span for spans in asked.kinds.values() for span in spans if asked.says_something(*span)]
    found += [span for span in measured if not any(a <= span[0] and span[1] <= b for a, b in found)]
    named = [(mention.start, mention.end) for mention in asked.mentions]
    return [
        span for span in dict.fromkeys(found)
        if asked.says_something(*span) and asked.key[slice(*span)] not in _only_kinds
        and not any(start <= span[0] < end for start, end in named)
    ]  # fmt: skip


def _in_english(asked: Asked) -> list[Span]:
    """The last word of each noun phrase that is asked for."""
    heads: list[Span] = []
    for match in _english.finditer(asked.key):
        start, end = match.span(next(name for name in ("behind", "lasting", "price", "named") if match[name]))
        words = [(first, last) for _, first, last in asked.stems if start <= first and last <= end]
        # "How many tourists came" asks for tourists.
        while len(words) > 1 and asked.key[slice(*words[-1])] in _verbs:
            words.pop()
        if words:
            heads.append(words[-1])
    return heads


def _in_korean(asked: Asked) -> list[Span]:
    """The word with a particle before a question word: 매출액은 얼마."""
    return [match.span("word" if match["word"] else "word_asked") for match in _korean.finditer(asked.key)]


def _in_chinese(asked: Asked) -> list[Span]:
    """The noun behind a question word; or else the last one before it, in its clause."""
    found = nouns(asked.key)
    heads: list[Span] = []
    for match in _chinese.finditer(asked.key):
        behind = [span for span in found if match.end() <= span[0] <= match.end() + _near]
        behind = [span for span in behind if not _ends_zh.search(asked.key, match.end(), span[0])]
        if match["behind"] and behind and asked.says_something(*behind[0]):
            heads.append(_run(behind[0], found))
            continue
        # Short for what no dictionary has: 韩企 in 多少家韩企.
        unknown = [span for span in asked.content() if span[0] == match.end() and span[1] - span[0] > 1]
        if match["behind"] and unknown:
            heads.append(unknown[0])
            continue
        before = [span for span in found if match.start() - _near <= span[1] <= match.start()]
        before = [span for span in before if not _ends_zh.search(asked.key, span[1], match.start())]
        # What the dictionary does not know as a noun may stand in between: 大坝 in 防潮大坝有多长.
        if before and not asked.says_something(before[-1][1], match.start()):
            heads.append(before[-1])
    return heads


def _run(first: Span, found: list[Span]) -> Span:
    """The last of the nouns that follow one another from `first` on: 活动 in 经贸活动."""
    last = first
    for span in found:
        if span[0] == last[1]:
            last = span
    return last
