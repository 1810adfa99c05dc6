"""Script and language, sentences, and the keys under which texts are matched.

Keys are made on the side and never touch stored text: compatibility forms folded (NFKC), case folded,
traditional and Japanese characters turned into simplified ones (OpenCC's tables), everything character by
character, so that a place in a key leads back to a place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, get_args

import opencc

from qa_assistant.records import Language, Span

HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HANGUL: Final = r"\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"

_han = re.compile(f"[{HAN}]")
_hangul = re.compile(f"[{HANGUL}]")
_latin_word = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['\u2019][A-Za-z]+)?")
_english_function_words = frozenset(
    "a an and are as at be been by can could did do does for from had has have how in is it its many much of on or"
    " that the their them there these they this to was were what when where which who whom whose why will with"
    " would".split()
)
_chinese_function_words = re.compile("[的了吗嗎呢吧么麼谁誰哪几幾怎何多少是在和与與及被把将將从從有没沒其这這那些]")

_to_simplified = opencc.OpenCC("t2s")
_from_japanese = opencc.OpenCC("jp2t")
_VARIANTS: Final = str.maketrans("囯圀畧囘廻", "国国略回回")
"""Variants that OpenCC's tables leave as they are."""

# A sentence ends at its mark and takes the closing quotes and brackets behind it along. A full stop ends
# one only before white space or the end, so that 3.5, www.example.org and a Chinese "p.24" stay whole; a narrow
# question or exclamation mark also before a Chinese character, so that addresses with a "?" stay whole.
_closers = "”’」』）)】〉》\"'"
_sentence_end = re.compile(
    rf"(?:[。！？…]+[{re.escape(_closers)}]*(?=[^{re.escape(_closers)}]|$)"
    rf"|[!?]+[{re.escape(_closers)}]*(?=[\s{HAN}]|$)"
    rf"|\.[{re.escape(_closers)}]*(?=\s|$)"
    r"|\n{2,}|\n)\s*"
)
_abbreviation = re.compile(
    r"(?:^|[\s(“\"])(?:(?:[A-Za-z]\.)*[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|vs|etc|No|Nos|Vol|vol|pp|Fig|Inc|Ltd|Co|Corp|Jr|Sr|cf|al|approx)\.$"
)
_cluster = re.compile(r"[\s\S][\u0300-\u036f\u3099\u309a\u1161-\u1175\u11a8-\u11c2]*")
_numbers = re.compile(r"\d+(?:\.\d+)?|第[一二三四五六七八九十百]+|[一二三四五六七八九十百千]+(?=[个家次场届对名人])")
_address = re.compile(r"(?:https?://|www\.)[!-~]*")
_clause_end = re.compile(r"[；;]\s*")


def detect_language(text: str) -> Language:
    """The language a text is written in: `zh`, `en` or `ko`.

    A name in another script does not decide: where both Chinese and English stand in a text, the one whose
    function words are used wins, and without any, the one with more to say.
    """
    hangul = len(_hangul.findall(text))
    han = len(_han.findall(text))
    words = _latin_word.findall(text)
    chinese = len(_chinese_function_words.findall(text))
    if hangul * 2 >= han and hangul > chinese * 3:
        return "ko" if hangul * 2 >= sum(map(len, words)) / 3 else "en"
    if not han:
        return "en" if words else "zh"
    english = sum(word.lower() in _english_function_words for word in words)
    if english != chinese:
        return "en" if english > chinese else "zh"
    return "en" if len(words) * 2 > han else "zh"


def main_language(text: str) -> Language:
    """The language that most of a whole text is written in; a few sentences in another do not decide.

    Where none has half of it, that which `detect_language` tells.
    """
    shares = {language: share_of(text, language) for language in get_args(Language)}
    best: Language = max(shares, key=lambda language: shares[language])
    return best if shares[best] >= 0.5 else detect_language(text)


def share_of(text: str, language: Language) -> float:
    """The share of the words of `text` that are written in the script of `language`; two characters are a word."""
    words = {
        "zh": len(_han.findall(text)) / 2,
        "ko": len(_hangul.findall(text)) / 2,
        "en": float(len(_latin_word.findall(text))),
    }
    return words[language] / (sum(words.values()) or 1.0)


@cache
def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    folded = _to_simplified.convert(plain)
    if _han.fullmatch(folded) and not _is_simplified(folded):
        folded = _to_simplified.convert(_from_japanese.convert(folded)).translate(_VARIANTS)
        folded = folded if _is_simplified(folded) else _to_simplified.convert(plain)
    return unicodedata.normalize("NFKC", folded).casefold()


def _is_simplified(char: str) -> bool:
    """Whether a character is one that simplified Chinese is usually written with, those of GB 2312."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def matching_key(text: str) -> str:
    """`text` folded for matching: width, case, traditional characters. White space is kept."""
    return "".join(map(_fold, unicodedata.normalize("NFC", text)))


def key_with_offsets(text: str) -> tuple[str, list[int]]:
    """The key of `text`, white space left out, and for each character of the key its place in `text`."""
    key: list[str] = []
    offsets: list[int] = []
    for offset, composed in _composed(text):
        for folded in map(_fold, composed):
            kept = "".join(folded.split())
            key.append(kept)
            offsets += [offset] * len(kept)
    return "".join(key), offsets


def _composed(text: str) -> Iterator[tuple[int, str]]:
    """The characters of `text`, each composed with the marks and Hangul parts behind it, and their places."""
    if unicodedata.is_normalized("NFC", text):
        yield from enumerate(text)
        return
    for match in _cluster.finditer(text):
        yield match.start(), unicodedata.normalize("NFC", match.group())


def compact_key(text: str) -> str:
    """The matching key of `text` without white space."""
    return key_with_offsets(text)[0]


def sentence_spans(text: str) -> list[Span]:
    """Sentences of `text` as ranges that touch and cover it: joined, they are the text again.

    White space and line ends belong to the sentence before them.
    """
    spans: list[Span] = []
    start = 0
    for match in _sentence_end.finditer(text):
        # The white space before a sentence counts too: its first word may be "Dr."
        if text[match.start()] == "." and _abbreviation.search(text, max(start - 1, 0), match.start() + 1):
            continue
        if match.end() > start:
            spans.append((start, match.end()))
            start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def clause_spans(text: str, longest: int = 80) -> list[Span]:
    """Sentences as in `sentence_spans`, those longer than `longest` characters cut again after semicolons."""
    spans: list[Span] = []
    for start, end in sentence_spans(text):
        if end - start > longest:
            for match in _clause_end.finditer(text, start, end):
                if match.end() < end:
                    spans.append((start, match.end()))
                    start = match.end()
        spans.append((start, end))
    return spans


def line_spans(text: str) -> list[Span]:
    """Lines of `text` as ranges that touch and cover it."""
    spans: list[Span] = []
    for line in text.splitlines(keepends=True):
        start = spans[-1][1] if spans else 0
        spans.append((start, start + len(line)))
    return spans


def stripped(text: str, span: Span) -> Span:
    """`span` without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def numbers(text: str) -> frozenset[str]:
    """The numbers and ordinals that stand in `text`, as they are written."""
    return frozenset(_numbers.findall(matching_key(text)))


@lru_cache(maxsize=10_000)
def says_something(text: str) -> bool:
    """Whether `text` is more than an address on the web and what stands around it."""
    return sum(char.isalpha() for char in _address.sub("", text)) >= 2


def is_foreign(text: str, language: Language) -> bool:
    """Whether a reader of `language` needs a translation of `text`: addresses and numbers need none."""
    if language == "en":
        return _han.search(text) is not None or _hangul.search(text) is not None
    return says_something(text) and detect_language(text) != language
