"""The key terms of a quote for those who cannot read it: which words of the question it was found by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qa_assistant.language import HAN, is_foreign, key_with_offsets, matching_key
from qa_assistant.lexical.query import without_asking
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import LIKELY, TranslationTable, korean_stem
from qa_assistant.names import Names
from qa_assistant.records import Language, Span

MOST_TERMS: Final = 6

Term = tuple[str, str]
"""As it stands in the quote, and the words of the question that it stands for."""

_word = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)?|\d+|[\uac00-\ud7ff]+")
_chinese = re.compile(f"[{HAN}]{{2,}}")


def glossary(question: str, language: Language, quote: str, names: Names, table: TranslationTable) -> tuple[Term, ...]:
    """The words of `question` whose translations stand in `quote`, names first, else in the order of the question.

    None where a reader of `language` can read the quote. No term is inside another.
    """
    if not is_foreign(quote, language):
        return ()
    key, offsets = key_with_offsets(quote)
    found: list[Term] = []
    taken: list[Span] = []
    for start, end, said in (*_named(question, quote, names), *_translated(question, key, offsets, names, table)):
        known = any(said.lower() == other.lower() for _, other in found)
        if known or any(start < right and left < end for left, right in taken):
            continue
        taken.append((start, end))
        found.append((quote[start:end], said))
    return tuple(found[:MOST_TERMS])


def _named(question: str, quote: str, names: Names) -> Iterator[tuple[int, int, str]]:
    """Where the quote has a name of what the question names; nothing where both write it alike."""
    in_quote = names.find(quote)
    for mention in names.find(question):
        said = question[mention.start : mention.end]
        for other in in_quote:
            stands = quote[other.start : other.end]
            if mention.entities[0] == other.entities[0] and matching_key(stands) != matching_key(said):
                yield other.start, other.end, said
                break


def _translated(
    question: str, key: str, offsets: list[int], names: Names, table: TranslationTable
) -> Iterator[tuple[int, int, str]]:
    """Where the quote has a translation of a word or phrase of the question, names apart."""
    named = [(mention.start, mention.end) for mention in names.find(question)]
    found = [
        (match.start(), match.end(), term)
        for match in _word.finditer(without_asking(question))
        if not any(left < match.end() and match.start() < right for left, right in named)
        for term in words(match.group())[:1]
    ]
    place = 0
    for phrase in table.units([term for *_, term in found]):
        parts = found[place : place + len(phrase.split(" "))]
        place += len(parts)
        of_parts = [(start, end, _standing(term, key, table)) for start, end, term in parts]
        whole = _standing(phrase, key, table)
        if whole not in [one for *_, one in of_parts]:
            of_parts = [(parts[0][0], parts[-1][1], whole)]
        for start, end, translation in of_parts:
            if translation:
                first = key.index(translation)
                last = first + len(translation) - 1
                yield offsets[first], offsets[last] + 1, korean_stem(question[start:end])


def _standing(phrase: str, key: str, table: TranslationTable) -> str:
    """The likeliest translation of `phrase` that stands in `key`, or a longer one that has it; empty without one."""
    standing = [
        (translation, weight)
        for translation, weight in table.translate(phrase)
        if translation in key and _chinese.fullmatch(translation)
    ]
    best = next((translation for translation, weight in standing if weight >= LIKELY), "")
    return max((translation for translation, _ in standing if best and best in translation), key=len, default="")
