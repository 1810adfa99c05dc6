"""Text to index terms: jieba words and character bigrams for Chinese, stems for English, bigrams for Korean.

Words and bigrams together found the right paragraph more often than either alone (`docs/measurements.md`).
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Final

import jieba
import jieba.posseg
import Stemmer

from qa_assistant.language import HAN, HANGUL, matching_key

jieba.setLogLevel(logging.ERROR)

_run = re.compile(rf"[{HAN}]+|[{HANGUL}]+|[0-9]+(?:[.,][0-9]+)*|(?:(?![{HAN}{HANGUL}])[^\W\d_])+")
_contraction = re.compile(r"(?<=[a-z])(?:n['’]t|['’](?:s|t|re|ve|ll|d|m))(?![a-z])")
_is_han = re.compile(f"[{HAN}]")
_is_hangul = re.compile(f"[{HANGUL}]")
_NOUNS: Final = frozenset({"n", "nz", "vn", "an"})
_stemmer = Stemmer.Stemmer("english")

BIGRAM_MARK: Final = "_"
"""Prefix of a character bigram, which keeps it apart from a word of the same two characters."""

CHARACTER_MARK: Final = "."
"""Prefix of a single Chinese character."""

ENGLISH_STOP_WORDS: Final = frozenset(
    "a about after all also am an and any are as at be because been before being both but by can could did do does"
    " doing for from had has have having he her here him his how i if in into is it its itself me more most my no nor"
    " not of on or other our out over own she should so some such than that the their them then there these they"
    " this those to too under up us very was we were what when where which while who whom whose why will with would"
    " you your".split()
)


def words(text: str) -> list[str]:
    """The words of `text` in order, as they are looked up in the translation table.

    Chinese words by jieba's dictionary, English stems without stop words, numbers without thousands commas,
    Korean words whole.
    """
    found: list[str] = []
    for match in _run.finditer(_contraction.sub("", matching_key(text))):
        run = match.group()
        if _is_han.match(run):
            found.extend(jieba.cut(run, HMM=False))
        elif run[0].isdigit():
            found.append(run.replace(",", ""))
        elif _is_hangul.match(run):
            found.append(run)
        elif run not in ENGLISH_STOP_WORDS:
            found.append(_stem(run))
    return found


def is_chinese_word(word: str) -> bool:
    """Whether `word` is one of jieba's dictionary."""
    jieba.initialize()
    return bool(jieba.dt.FREQ.get(word))


def word_bounds(key: str) -> frozenset[int]:
    """Where the words of a matching key begin and end, Chinese ones by jieba's dictionary; no other runs are cut."""
    bounds: set[int] = set()
    for match in _run.finditer(key):
        place = match.start()
        parts = jieba.cut(match.group(), HMM=False) if _is_han.match(match.group()) else (match.group(),)
        for part in parts:
            bounds |= {place, place + len(part)}
            place += len(part)
    return frozenset(bounds)


def bigrams(text: str) -> list[str]:
    """The character bigrams of the Chinese and Korean runs of `text`, as index terms."""
    found: list[str] = []
    for match in _run.finditer(matching_key(text)):
        run = match.group()
        if _is_han.match(run) or _is_hangul.match(run):
            found.extend(BIGRAM_MARK + run[i : i + 2] for i in range(max(len(run) - 1, 1)))
    return found


def terms(text: str) -> list[str]:
    """The index terms of `text`: its words, and the character bigrams of its Chinese and Korean runs."""
    return words(text) + bigrams(text)


def characters(text: str) -> list[str]:
    """The single Chinese characters of `text`, as index terms: only translations are looked for by them."""
    return [CHARACTER_MARK + character for character in matching_key(text) if _is_han.match(character)]


@cache
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def nouns(text: str) -> list[tuple[int, int]]:
    """The places of the Chinese nouns in `text` by jieba's dictionary, names of people and places apart."""
    found: list[tuple[int, int]] = []
    start = 0
    for word, tag in jieba.posseg.cut(text, HMM=False):
        end = start + len(word)
        if len(word) > 1 and tag in _NOUNS:
            found.append((start, end))
        start = end
    return found
