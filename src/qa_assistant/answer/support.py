"""Whether sentences bear out what a question asks for, where it asks for a number, a sum of money or a date.

The words of a question are all there where the sources speak of its subject and leave out the detail. So a sentence
that is to answer has to have a value of the kind asked for, beside the thing it is asked of, in the year and edition
that the question names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from qa_assistant.facts.values import find_amounts, find_dates
from qa_assistant.language import HANGUL, matching_key
from qa_assistant.lexical.tokens import people
from qa_assistant.lexical.translation import LIKELY, TranslationTable
from qa_assistant.names import WIDE_KINDS, Mention, Names
from qa_assistant.question.asked import Asked, named_in_short
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.editions import MEASURES, part_about
from qa_assistant.question.times import find_ordinals
from qa_assistant.question.units import MONEY, counted_alike, names_unit
from qa_assistant.records import Span

_VALUED: Final = ("amount", "money", "date")
# Who holds an office is a person with a name; whoever founded or joined something may be a body.
_role = re.compile(
    r"市长|省长|知事|会长|主任|代表|秘书长|负责人|教授|校长|馆长|总经理|经理|大使|局长|部长|董事长|主席|记者|叫什么|姓名|名字"
    r"|\bnames?\b|mayor|governor|president|director|representative|secretary|head of|in charge|manager|professor"
    r"|ambassador|minister|chair|official|succeed|took over|replaced|接替|接任|继任"
    r"|시장|지사|회장|대표|사무총장|이름|교수|책임자"
)
_time = re.compile(
    r"\d\s*[年月日点时号]|[一二三四五六七八九十]+[月日号点]|[次翌今去前当同]年|周[一二三四五六日天末]|星期|礼拜|上午|下午|早上|晚上|年代|世纪"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|\b(?:morning|afternoon|evening|night|noon|o'clock|[ap]m)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b\d{4}\b"
    r"|\d\s*(?:년|월|일)|요일",
    re.IGNORECASE,
)
_hangul = re.compile(f"[{HANGUL}]")
# Who came after somebody in an office; a sentence about the one before them has all the other words.
_followed = re.compile(
    r"接替|接任|继任|接班|继承|后任|下一任|(?:离任|卸任|辞职|退休)(?:后|之后|以后).{0,6}谁"
    r"|succe(?:ed|ss)|t(?:ake|ook|aken|akes) over|replac|후임|뒤를 이|이어받|다음으로(?=.{0,30}맡)|후계"
)


def is_supported(
    asked: Asked, sentences: Sequence[tuple[str, str]], names: Names, translations: TranslationTable
) -> bool:
    """Whether any of `sentences`, each with the passage it stands in, bears out the question.

    Of an open question, which asks for no kind of value, that is only that some of it is spoken of beside its names.
    """
    if asked.is_empty:
        return False
    kinds = [kind for kind in _VALUED if kind in asked.kinds]
    if not kinds and "person" in asked.kinds and _role.search(asked.key):
        sentences = [one for one in sentences[:1] if _names_somebody(asked, one[0], names)]
    if any(ordinal.measure in MEASURES for ordinal in asked.ordinals):
        sentences = [one for one in sentences if _has_time(asked, one[0], one[1]) and _has_subject(asked, *one, names)]
    if not kinds:
        if "person" in asked.kinds and _followed.search(asked.key):
            sentences = [one for one in sentences if _followed.search(matching_key(one[0]))]
        return not _of_another_year(asked, sentences) and any(
            _says_what_is_asked(asked, part_about(passage, asked), translations)
            and _says_of_edition(asked, part_about(sentence, asked), translations)
            for sentence, passage in sentences
        )
    counts = "amount" in kinds  # What is counted stands beside its number.
    return any(
        _has_value(kinds, part_about(sentence, asked), asked)
        and _has_time(asked, sentence, passage)
        and _has_subject(asked, sentence, passage, names)
        and not _of_another_country(asked, sentence, names)
        and _says_what_is_asked(asked, part_about(sentence if counts else passage, asked), translations)
        for sentence, passage in sentences
    )


def _names_somebody(asked: Asked, sentence: str, names: Names) -> bool:
    """Whether a sentence has the name of a person that the question does not have."""
    mentions = [one for one in names.find(sentence) if one.entities[0].kind == "person"]
    asked_of = {entity.entity_id for mention in asked.mentions for entity in mention.entities}
    known = {sentence[one.start : one.end] for one in mentions if one.entities[0].entity_id not in asked_of}
    return bool(known) or any(name not in asked.text for name in people(sentence))


def _has_value(kinds: Iterable[str], sentence: str, asked: Asked) -> bool:
    amounts = list(find_amounts(sentence))
    digits = any(char.isdigit() for char in _without_dates(sentence))
    found = {
        "amount": any(counted_alike(amount.unit, asked) for amount in amounts)
        or (digits and not asked.counts_by_unit and not names_unit(asked)),
        "money": any(amount.unit in MONEY for amount in amounts),
        "date": _time.search(sentence) is not None or next(iter(find_dates(sentence)), None) is not None,
    }  # fmt: skip
    if "money" in kinds:
        return found["money"]
    return any(found[kind] for kind in kinds)


def _without_dates(sentence: str) -> str:
    """A sentence without its years: 2025 is no size."""
    for date in find_dates(sentence):
        sentence = sentence.replace(date.text, " ")
    return sentence


def _has_time(asked: Asked, sentence: str, passage: str) -> bool:
    """Whether the sentence, or the passage where that has no year, is of each year and edition that is asked of."""
    if not _in_years(asked, sentence, passage):
        return False
    known = {ordinal.number for ordinal in find_ordinals(matching_key(passage))}
    return all(ordinal.number in known for ordinal in asked.ordinals if ordinal.measure in MEASURES)


def _of_another_year(asked: Asked, sentences: Sequence[tuple[str, str]]) -> bool:
    """Whether a year is asked of, and all sentences that have years are of others; some sentence has to have one."""
    if not asked.years:
        return False
    dated = [one for one in sentences if any(True for text in one for _ in find_dates(text))]
    return bool(dated) and not any(_in_years(asked, *one) for one in dated)


def _in_years(asked: Asked, sentence: str, passage: str) -> bool:
    """Whether the sentence, or the passage where that has no year, is of each year that is asked of."""
    years = {date.year for date in find_dates(sentence)} or {date.year for date in find_dates(passage)}
    return all(any(one.low <= year <= one.high for year in years) for one in asked.years)


def _says_of_edition(asked: Asked, sentence: str, translations: TranslationTable) -> bool:
    """Whether a sentence speaks of what is asked of an edition; true where none is asked of.

    The sentence that tells the theme of the second meeting says of the third only when it will be.
    """
    editions = [one for one in asked.ordinals if one.measure in MEASURES]
    words = [one for one in asked_attributes(asked) if not any(e.start <= one[0] < e.end for e in editions)]
    return (
        not editions or not words or any(_has_word(asked, word, matching_key(sentence), translations) for word in words)
    )


def _has_subject(asked: Asked, sentence: str, passage: str, names: Names) -> bool:
    """Whether what is asked of is named, and in the sentence itself nothing else of its kind instead."""
    subjects = [mention for mention in asked.mentions if mention.entities[0].kind not in WIDE_KINDS]
    if not subjects:
        return True
    here, around = _ids(names.find(sentence)), _ids(names.find(passage))
    for subject in subjects:
        ids = {entity.entity_id for entity in subject.entities}
        kind = subject.entities[0].kind
        others = {one for one in here if one.startswith(f"{kind}:")}
        if ids & here or (ids & around and not others):
            return True
    return False


def _of_another_country(asked: Asked, sentence: str, names: Names) -> bool:
    """Whether a sentence names countries, and none of those that the question names."""
    asked_of = [one for one in asked.mentions if one.entities[0].kind == "country"]
    key = matching_key(sentence)
    if not asked_of or any(named_in_short(one, key) for one in asked_of):
        return False
    named = [one for one in names.find(sentence) if one.entities[0].kind == "country"]
    wanted = {entity.entity_id for one in asked_of for entity in one.entities}
    return bool(named) and not any(wanted & {entity.entity_id for entity in one.entities} for one in named)


def _says_what_is_asked(asked: Asked, passage: str, translations: TranslationTable) -> bool:
    """Whether what is asked for stands in the passage: the noun that is counted or measured, or a translation of it.

    Where the question has no such noun, any of its words that is no name.
    """
    key = matching_key(passage)
    named = [(mention.start, mention.end) for mention in asked.mentions]
    words = asked_attributes(asked) if asked.kinds.keys() & {"amount", "money"} else []
    words = [word for word in words if word not in asked.kinds.get("money", ())]  # The unit of money says that.
    words = words or [word for word in asked.content(named) if word[1] - word[0] > 1]
    return not words or any(_has_word(asked, word, key, translations) for word in words)


def _has_word(asked: Asked, place: Span, key: str, translations: TranslationTable) -> bool:
    """Whether the word at a place of the question, or a translation of it, stands in `key`, a matching key."""
    word = asked.key[slice(*place)]
    if not word.isascii() and not _hangul.search(word):
        return any(word[start : start + 2] in key for start in range(len(word) - 1))
    stems = (*asked.stems, *asked.korean_words)
    stem = next((stem for stem, first, last in stems if first <= place[0] < last), word)
    return _stands_alone(word, key) or any(
        one in key for one, weight in translations.translate(stem) if weight >= LIKELY
    )


def _stands_alone(word: str, key: str) -> bool:
    """Whether a word stands in `key` as it is: the area is not one of the areas of work. Korean words have endings."""
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", key) is not None


def _ids(mentions: Iterable[Mention]) -> set[str]:
    return {entity.entity_id for mention in mentions for entity in mention.entities}
