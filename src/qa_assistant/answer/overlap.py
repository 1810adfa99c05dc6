"""The words of a question where they stand in sentences, and the new things of the kind asked for beside them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qa_assistant.facts.values import chinese_number
from qa_assistant.language import HAN, HANGUL, matching_key
from qa_assistant.lexical.counts import Floats
from qa_assistant.lexical.tokens import ENGLISH_STOP_WORDS
from qa_assistant.question.answer_types import TYPES, asked_types, asking_place, typed_spans

Integers = NDArray[np.int64]

CHARACTER: Final = 0.5
"""What a Chinese or Korean character counts beside a word or number; two in a row count as one."""
FUNCTION: Final = 0.1
"""What a word of mere grammar counts."""
LEAST: Final = 0.95
"""What a token, or two in a row, has to count to say that a sentence has it."""
WINDOW: Final = 10
"""Tokens on each side of a thing among which words of the question are near it."""
REACH: Final = 4.0
"""Tokens from what is asked in which a word's closeness to it falls to a third."""

_numerals: Final = "一二三四五六七八九十百千零〇"
_token = re.compile(rf"[{_numerals}]{{2,16}}|[{HAN}{HANGUL}]|[0-9]+(?:[.,][0-9]+)*|(?:(?![{HAN}{HANGUL}])[^\W\d_])+")
_ending = re.compile(r"(?:ing|ed|es|s|e|ly)$")
_function_characters: Final = frozenset(
    "的了在是和与及被把将从有没其这那个为以于由之而也就都又或等对所中到上下你我他她它们什么哪谁何几多少如怎样请问"
)
_pronoun = re.compile(r"[他她它其该此这]|(?:He|She|It|They|This|These|His|Her|Its|Their)\b")


@dataclass(frozen=True)
class _Tokens:
    """A text as numbers of tokens, what each counts, and the stretches that have a type, as places of tokens."""

    numbers: Integers
    weights: Floats
    starts: Integers
    digits: NDArray[np.bool_]
    spans: Integers
    leans: bool


@dataclass(frozen=True)
class Overlap:
    """What sentences have of a question, shapes `(tokens, sentences)` and `(types, sentences)`.

    `cover` tells whether a sentence has a token of the question, `weights`, `focus` and `digits` what each counts, how
    close it is to what is asked (0 to 1), and whether it is a number. `asked` are the types asked for; `new` tells how
    far a sentence has something of a type that the question has not, `beside` how many words of the question, as a
    share, stand near it.
    """

    cover: Floats
    weights: Floats
    focus: Floats
    digits: NDArray[np.bool_]
    asked: Floats
    new: Floats
    beside: Floats
    lengths: Floats
    unmatched: Floats
    leans: Floats


@lru_cache(maxsize=10_000)
def _tokens(text: str) -> _Tokens:
    key = matching_key(text)
    numbers: list[int] = []
    weights: list[float] = []
    starts: list[int] = []
    for match in _token.finditer(key):
        token = match.group()
        starts.append(match.start())
        if len(token) == 1 and ord(token) >= 0x1100:
            numbers.append(ord(token))
            weights.append(FUNCTION if token in _function_characters else CHARACTER)
            continue
        if token[0] in _numerals:
            token = str(chinese_number(token))
        elif token.isascii() and len(token) > 4:
            token = _ending.sub("", token)
        # Not Python's hash, which is another one in each process.
        numbers.append(zlib.crc32(token.encode("utf-8")) + 0x110000)
        weights.append(FUNCTION if token in ENGLISH_STOP_WORDS else 1.0)
    places = np.array(starts, dtype=np.int64)
    # Types of names are told by their capitals, which the key has not.
    spans = np.array(typed_spans(text if len(text) == len(key) else key), dtype=np.int64).reshape(-1, 3)
    spans[:, 1:] = np.searchsorted(places, spans[:, 1:])
    return _Tokens(
        numbers=np.array(numbers, dtype=np.int64),
        weights=np.array(weights, dtype=np.float64),
        starts=places,
        digits=np.array(
            [number > 0x110000 and key[start].isdigit() for number, start in zip(numbers, starts, strict=True)],
            dtype=bool,
        ),
        spans=spans,
        leans=_pronoun.match(text) is not None,
    )


def overlap(question: str, sentences: Sequence[str]) -> Overlap:
    """What each of `sentences`, of which there is at least one, has of `question`."""
    asked = _tokens(question)
    texts = [_tokens(sentence) for sentence in sentences]
    sizes = np.array([len(text.numbers) for text in texts])
    # A token that is nowhere else between two sentences keeps pairs from going over their border.
    ends = np.cumsum(sizes + 1)
    begins = ends - sizes - 1
    tokens = np.full(ends[-1], -1, dtype=np.int64)
    weights = np.zeros(ends[-1])
    inside = np.ones(ends[-1], dtype=bool)
    inside[ends - 1] = False
    tokens[inside] = np.concatenate([text.numbers for text in texts])
    weights[inside] = np.concatenate([text.weights for text in texts])
    there = _there(asked, tokens)
    cover = np.logical_or.reduceat(there, begins, axis=1).astype(np.float64)
    found = (there * asked.weights[:, None]).max(axis=0, initial=0.0)
    matched = _sums(weights * (found > 0))
    whole = _sums(weights)
    new, beside = _new_things(texts, begins, ends, _sums(found) / max(float(asked.weights.sum()), 1.0), matched, whole)
    place = np.searchsorted(asked.starts, asking_place(question)) - 0.5
    return Overlap(
        cover=cover,
        weights=asked.weights,
        focus=np.exp(-np.abs(np.arange(len(asked.numbers)) - place) / REACH),
        digits=asked.digits,
        asked=np.array(asked_types(question)),
        new=new,
        beside=beside,
        lengths=sizes.astype(np.float64),
        unmatched=(whole - matched)[ends - 1] - (whole - matched)[begins],
        leans=np.array([text.leans for text in texts], dtype=np.float64),
    )


def _there(asked: _Tokens, tokens: Integers) -> NDArray[np.bool_]:
    """Where the tokens of a question stand in a text, alone where they count enough, else two in a row."""
    same = asked.numbers[:, None] == tokens[None, :]
    there: NDArray[np.bool_] = same & (asked.weights >= LEAST)[:, None]
    enough = asked.weights[:-1] + asked.weights[1:] >= LEAST
    pairs = same[:-1, :-1] & same[1:, 1:] & enough[:, None]
    there[:-1, :-1] |= pairs
    there[1:, 1:] |= pairs
    return there


def _sums(values: Floats) -> Floats:
    """The sum of all values before each place."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _new_things(
    texts: Sequence[_Tokens], begins: Integers, ends: Integers, found: Floats, matched: Floats, whole: Floats
) -> tuple[Floats, Floats]:
    """`Overlap.new` and `Overlap.beside`, of sums of what is found, matched and there."""
    new = np.zeros((len(TYPES), len(texts)))
    beside = np.zeros((len(TYPES), len(texts)))
    owner = np.repeat(np.arange(len(texts)), [len(text.spans) for text in texts])
    if not len(owner):
        return new, beside
    types, starts, stops = np.concatenate([text.spans for text in texts]).T
    starts, stops = starts + begins[owner], stops + begins[owner]
    size = np.maximum(whole[stops] - whole[starts], FUNCTION)
    novel = np.clip(1 - (matched[stops] - matched[starts]) / size, 0, 1)
    after, before = np.minimum(stops + WINDOW, ends[owner] - 1), np.maximum(starts - WINDOW, begins[owner])
    near = found[after] - found[before] - (found[stops] - found[starts])
    np.maximum.at(new, (types, owner), novel)
    np.maximum.at(beside, (types, owner), novel * np.minimum(near, 1))
    return new, beside
