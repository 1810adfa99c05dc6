"""A query as units to score: in its own language, and as it stands in sources of another.

Texts in the language of the query are scored by its own words and character bigrams; texts in another language by
the translations of its words and phrases. Names and numbers, the same in every language, count in both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qa_assistant.language import HAN
from qa_assistant.lexical.counts import Unit
from qa_assistant.lexical.forms import ACRONYMS, bases, number_word, plain_form, roman_number
from qa_assistant.lexical.tokens import BIGRAM_MARK, CHARACTER_MARK, terms, words
from qa_assistant.lexical.translation import FEW, TranslationTable
from qa_assistant.lexical.transliteration import written_in_chinese

FLATTENING: Final = 0.5
"""Power of a weight relative to the best one: half way between probabilities and plain synonyms."""

MOST_TRANSLATIONS: Final = 16
"""Translations of a word that are looked for: those that come late find what the first ones miss."""

PLAIN: Final = 0.9
"""Weight of the translations of an irregular word's plain form (won, win), and of what a word is derived from."""

BASES: Final = 2
"""Words that an unknown word may be derived from."""

CHARACTER: Final = 0.7
"""Weight of a translation of one character inside other words (豹 in 黑豹)."""

SOUND: Final = 0.7
"""Weight of the likeliest pair of characters of a name that is written by sound, beside 1 for a translation."""

SOUND_PAIRS: Final = 40

# Words that make a sentence a question; no source is about them.
_asking = re.compile(
    r"请问|请告诉我|想知道|想问一?下|为什么|为何|为啥|凭什么|什么样|什么时候|什么|怎么样|怎么|怎样|如何|多少|多大|多高|多久|多长|哪一|哪些|哪几"
    r"|哪里|哪儿|哪位|哪个|哪[年月天次届座家国省市]|哪|几[个家次场届对名人位项种年月天倍只成座]|第几|是否|有没有|是不是|能不能|可不可以|[吗呢吧啊呀嘛]+(?=\W|$)"
    r"|谁|何时|何地|何人|何处|到底|究竟|一共|总共|分别|各自|大概|大约|具体|主要|其中|以及|还有"
    r"|(?:무엇|무슨|언제|어디|누구|누가|어느|어떤|어떻게|왜|얼마나|몇)[\uac00-\ud7ff]*"
)
_single_han = re.compile(f"[{HAN}]")
_capitals = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_initials = re.compile(r"\b(?:[A-Z]\.){2,}")
_plural_number = re.compile(r"(?<=[0-9])s\b")
_english_asking = frozenset({"mani", "much", "mean", "tell", "pleas", "know", "exact", "actual", "mention", "accord"})


@dataclass(frozen=True)
class QueryUnits:
    """The units of a query for texts in its own language and in others.

    `own_kin[i]` are units in the other language that mean the same as `own[i]`, and `translated_kin[i]` those in
    the language of the query: a word is as common as it is in either language, however few texts one of them has.
    """

    own: tuple[Unit, ...]
    own_kin: tuple[tuple[Unit, ...], ...]
    translated: tuple[Unit, ...]
    translated_kin: tuple[tuple[Unit, ...], ...]


def query_units(
    query: str, table: TranslationTable, *, wide: bool = False, names: Sequence[Sequence[str]] = ()
) -> QueryUnits:
    """The units of `query`, each once, in the order of the words.

    A `wide` query is for search: it has the words of a term beside the term, more translations, those of one character
    inside other words, and names as they are written by sound. `names` are the other names of each thing that it
    names: each is a unit of the words of all its names.
    """
    content = without_asking(query)
    known = [unit for one in names if (unit := _of_names(one))]
    capitals = _acronyms(query)
    own = [term for term in dict.fromkeys(terms(content)) if _has_content(term)]
    if wide:
        foreign = _plural_number.sub("", _initials.sub(lambda match: match.group().replace(".", ""), content))
        found = [word for word in words(foreign) if _has_content(word)]
        translated = _translated(table, found, capitals, _spellings(foreign)) | _short_names(foreign)
    else:
        phrases = [phrase for phrase in dict.fromkeys(table.units(words(content))) if _has_content(phrase)]
        translated = {phrase: unit for phrase in phrases if (unit := _unit(table, phrase, capitals))}
    return QueryUnits(
        own=(*map(_single, own), *known),
        own_kin=(*(_kin(table, term, capitals, wide=wide) for term in own), *(() for _ in known)),
        translated=(*translated.values(), *known),
        translated_kin=(*(tuple(map(_single, phrase.split(" "))) for phrase in translated), *(() for _ in known)),
    )


def without_asking(query: str) -> str:
    """`query` with blanks in place of the words that make it a question, as long as it was."""
    return _asking.sub(lambda match: " " * len(match.group()), query)


def _of_names(names: Sequence[str]) -> Unit:
    """A unit of the rarest that each name has: its bigrams of Chinese characters, or its words."""
    found: dict[str, float] = {}
    for name in names:
        parts = [term for term in terms(name) if term.startswith(BIGRAM_MARK)] or words(name)
        for term in parts:
            found[term] = max(found.get(term, 0.0), 1.0 / len(parts))
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _translated(
    table: TranslationTable, found: Sequence[str], names: frozenset[str], spellings: Mapping[str, str]
) -> dict[str, Unit]:
    """A unit for each word and name of a query: its own translations, and those of the term that it is a part of."""
    weights: dict[str, dict[str, float]] = {}
    for phrase in table.units(found):
        parts = phrase.split(" ")
        whole = _alternatives(table, phrase, wide=True) if len(parts) > 1 else ()
        if whole and all(word in spellings for word in parts):
            weights[phrase] = dict(whole)  # North Korea is no part of Korea.
            continue
        for word in parts:
            own = _single(word) if word in names else _alternatives(table, word, wide=True)
            written = spellings.get(word, word)
            merged = weights.setdefault(word, {})
            for term, weight in (*own, *whole, *_otherwise(written)):
                merged[term] = max(weight, merged.get(term, 0.0))
    return {
        word: tuple(sorted(merged.items(), key=lambda item: (-item[1], item[0])))
        for word, merged in weights.items()
        if merged
    }


def _single(term: str) -> Unit:
    return ((term, 1.0),)


def _has_content(term: str) -> bool:
    """Whether a term is more than a way to ask."""
    return term not in _english_asking


def _kin(table: TranslationTable, term: str, names: frozenset[str], *, wide: bool) -> tuple[Unit, ...]:
    unit = () if term.startswith(BIGRAM_MARK) else _unit(table, term, names, wide=wide)
    return (unit,) if unit else ()


def _acronyms(query: str) -> frozenset[str]:
    """Index terms of words in capitals: names, which are not translated. None where all is in capitals."""
    found = _capitals.findall(query)
    return frozenset() if _all_capitals(query, found) else frozenset(map(str, words(" ".join(found))))


def _short_names(query: str) -> dict[str, Unit]:
    """A unit for each name in capitals that is a word of mere grammar but for them (US)."""
    found = _capitals.findall(query)
    if _all_capitals(query, found):
        return {}
    short = [name for name in found if name in ACRONYMS and not words(name)]
    return {name: tuple((_index_term(term), 1.0) for term in ACRONYMS[name]) for name in short}


def _all_capitals(query: str, found: Sequence[str]) -> bool:
    """Whether capitals, of which `found` are the words, say nothing of names, because all is written in them."""
    return len(found) > 2 and query.upper() == query


def _unit(table: TranslationTable, phrase: str, names: frozenset[str], *, wide: bool = False) -> Unit:
    return _single(phrase) if phrase in names else _alternatives(table, phrase, wide=wide)


@lru_cache(maxsize=20_000)
def _alternatives(table: TranslationTable, phrase: str, *, wide: bool) -> Unit:
    """Index terms that stand for `phrase`, the best at weight 1.

    A Chinese word of two characters is looked for as a bigram, which finds it inside longer words. The
    phrase itself counts in full where it is a Latin word or a number: those stand in sources of any language.
    """
    weights: dict[str, float] = {}
    for form, worth in ((phrase, 1.0), *((word, PLAIN) for word in (_simpler(table, phrase) if wide else ()))):
        found = table.translate(form, MOST_TRANSLATIONS if wide else FEW)
        best = max((weight for _, weight in found), default=1.0)
        for word, weight in found:
            term, value = _index_term(word), worth * (weight / best) ** FLATTENING
            weights[term] = max(value, weights.get(term, 0.0))
            if wide and _single_han.fullmatch(word):
                weights[CHARACTER_MARK + word] = max(CHARACTER * value, weights.get(CHARACTER_MARK + word, 0.0))
    if phrase.isascii() and " " not in phrase:
        weights[phrase] = 1.0
    return tuple(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _simpler(table: TranslationTable, phrase: str) -> Sequence[str]:
    """The plain form of an irregular word; where `table` does not know a word, those it may be derived from."""
    plain = words(plain_form(phrase) or "")
    if plain or not phrase.isascii() or not phrase.isalpha() or phrase in table:
        return plain
    return [form for form in bases(phrase) if form in table][:BASES]


def _index_term(word: str) -> str:
    return BIGRAM_MARK + word if len(word) == 2 and not word.isascii() else word


_capitalised = re.compile(r"(?<![^\W_])[A-Z\u00c0-\u00de][^\W\d_]+")


def _spellings(query: str) -> dict[str, str]:
    """Index terms of words that look like names, with the letters they are written in."""
    found: dict[str, str] = {}
    for match in _capitalised.finditer(query):
        term = words(match.group())
        if len(term) == 1:  # Words of mere grammar give none.
            found[term[0]] = match.group()
    return found


def _otherwise(written: str) -> Unit:
    """How a number that is spelled out, an acronym or a name may be written elsewhere."""
    if written.isupper():
        roman = roman_number(written)
        found = (roman,) if roman else ACRONYMS.get(written, ())
        return tuple((_index_term(term), 1.0) for term in found)
    figures = tuple((_index_term(term), 1.0) for term in number_word(written))
    return figures + (_by_sound(written) if written[:1].isupper() else ())


@lru_cache(maxsize=10_000)
def _by_sound(name: str) -> Unit:
    """Pairs of characters that a name may be written with in Chinese."""
    found = written_in_chinese(name, SOUND_PAIRS)
    best = max((weight for _, weight in found), default=1.0)
    return tuple((BIGRAM_MARK + pair, SOUND * (weight / best) ** FLATTENING) for pair, weight in found)
