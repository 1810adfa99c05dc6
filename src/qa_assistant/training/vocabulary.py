"""The tokens of the embedding model: which words have a vector, and how a text is cut into them.

A token is a word as it is written. Tokens of the same key share a row of the embedding: the forms of an English
word by its stem, Korean ones by the word without its ending. So the table of vectors stays small while a plain
`tokenizers` file, without a stemmer, still knows the forms.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qa_assistant.language import HAN, HANGUL, matching_key
from qa_assistant.lexical.frequency import chinese_frequency
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import korean_stem
from qa_assistant.training.charsmap import folded_characters, precompiled

if TYPE_CHECKING:
    from tokenizers import Tokenizer

HAN_WORDS: Final = 45_000
ENGLISH_STEMS: Final = 36_000
KOREAN_STEMS: Final = 5_000
PIECES: Final = 2_500
"""Parts of Latin words, for those that are not known whole."""

LEAST_CHARACTER: Final = 0.1
LONGEST_HAN: Final = 8
LONGEST_LATIN: Final = 24
YEARS: Final = range(1700, 2031)

UNKNOWN: Final = "[UNK]"
_UNKNOWN_SCORE: Final = -30.0
_WHOLE: Final = -10.0
_PIECE: Final = -13.0
"""Latin and Korean words are cut into as few tokens as can be: each costs about the same, whatever its frequency."""

_CHINESE_TOTAL: Final = math.log(6e7)
"""Of jieba's dictionary: Chinese runs are cut as jieba cuts them, by the most probable path."""

_han_word = re.compile(f"[{HAN}]+")
_hangul_word = re.compile(f"[{HANGUL}]+")
_run = re.compile(rf"[{HAN}]+|[{HANGUL}]+|[0-9]+|(?:(?![{HAN}{HANGUL}])[^\W\d_])+")


def script(word: str) -> str:
    """`han`, `hangul`, `number` or `latin`, by the first character."""
    if _han_word.match(word):
        return "han"
    return "hangul" if _hangul_word.match(word) else "number" if word[0].isdigit() else "latin"


def row_key(token: str) -> str:
    """What tokens have in common that share a row."""
    kind = script(token)
    if kind == "latin":
        found = words(token)
        # Stop words and what the index cuts differently stand for themselves.
        return found[0] if len(found) == 1 else token
    return korean_stem(token) if kind == "hangul" else token


@dataclass(frozen=True)
class Vocabulary:
    """Tokens with their scores, and the row of each; row 0 is that of the unknown token. `keys` are the rows' names.

    The key of a part of a word starts with `PART`, which no word does.
    """

    tokens: tuple[tuple[str, float], ...]
    rows: tuple[int, ...]
    keys: tuple[str, ...]


PART: Final = "\x00"


class WordCounter:
    """How often words stand in the texts of training, by weight."""

    def __init__(self) -> None:
        self.counts: dict[str, float] = defaultdict(float)

    def add(self, text: str, weight: float) -> None:
        """Count the words of `text`."""
        for match in _run.finditer(matching_key(text)):
            run = match.group()
            for word in words(run) if script(run) == "han" else (run,):
                self.counts[word] += weight

    def add_word(self, word: str, weight: float) -> None:
        """Count a Chinese word whole, however it would be cut."""
        if _han_word.fullmatch(word):
            self.counts[word] += weight


def choose(counts: Mapping[str, float]) -> Vocabulary:
    """The vocabulary for words counted so: the most frequent of each script, ties by word."""
    by_script: dict[str, dict[str, float]] = {"han": {}, "hangul": {}, "number": {}, "latin": {}}
    for word, count in counts.items():
        by_script[script(word)][word] = count
    han, latin, hangul = by_script["han"], by_script["latin"], by_script["hangul"]
    tokens: list[tuple[str, float]] = [(UNKNOWN, _UNKNOWN_SCORE)]
    keys: list[str] = [UNKNOWN]
    common = {word: n + 0.01 * chinese_frequency(word) for word, n in han.items() if 1 < len(word) <= LONGEST_HAN}
    for word in [*_most(common, HAN_WORDS), *_characters(han)]:
        tokens.append((word, math.log(max(chinese_frequency(word), min(len(word), 2))) - _CHINESE_TOTAL))
        keys.append(word)
    for written, most, longest in ((latin, ENGLISH_STEMS, LONGEST_LATIN), (hangul, KOREAN_STEMS, LONGEST_LATIN)):
        totals: dict[str, float] = defaultdict(float)
        for word, n in written.items():
            totals[row_key(word)] += n
        kept = set(_most(totals, most))
        for word in sorted(word for word in written if row_key(word) in kept and len(word) <= longest):
            tokens.append((word, _WHOLE))
            keys.append(row_key(word))
    for number in sorted(
        {word for word, n in by_script["number"].items() if n >= 1 and len(word) <= 4}
        | {str(value) for value in [*range(101), *YEARS]}
    ):
        tokens.append((number, _WHOLE))
        keys.append(number)
    for part in [*_parts(latin), *sorted({syllable for word in hangul for syllable in word})]:
        tokens.append((part, _PIECE + 0.5 * len(part)))
        keys.append(PART + part)
    unique = {token: (score, key) for (token, score), key in reversed(list(zip(tokens, keys, strict=True)))}
    ordered = [token for token, _ in dict.fromkeys((token, None) for token, _ in tokens)]
    numbers: dict[str, int] = {}
    rows = tuple(numbers.setdefault(unique[token][1], len(numbers)) for token in ordered)
    return Vocabulary(tuple((token, round(unique[token][0], 3)) for token in ordered), rows, tuple(numbers))


def tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer of `vocabulary`: folds characters, keeps runs of letters and digits, cuts them into tokens."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(models.Unigram(list(vocabulary.tokens), unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Precompiled(precompiled(folded_characters()))]
    )
    han, hangul = _plain(HAN), _plain(HANGUL)
    runs = rf"[{han}]+|[{hangul}]+|[0-9]+|[^\W\d_{han}{hangul}]+"
    made.pre_tokenizer = pre_tokenizers.Split(Regex(runs), behavior="removed", invert=True)
    return made


def tokenizer_file(made: Tokenizer) -> bytes:
    """The tokenizer as a file without blanks: a third of the size, and read three times as fast."""
    return json.dumps(json.loads(made.to_str()), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _plain(ranges: str) -> str:
    """Ranges of characters with the characters themselves in place of Python's escapes."""
    return re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda match: chr(int(match[1] or match[2], 16)), ranges)


def _most(counts: Mapping[str, float], most: int) -> list[str]:
    return sorted(counts, key=lambda word: (-counts[word], word))[:most]


def _characters(han: Mapping[str, float]) -> list[str]:
    """Chinese characters that stand in the texts more than by chance, in order."""
    seen: dict[str, float] = defaultdict(float)
    for word, n in han.items():
        for character in word:
            seen[character] += n
    return sorted(character for character, n in seen.items() if n >= LEAST_CHARACTER)


def _parts(latin: Mapping[str, float]) -> Sequence[str]:
    """The most frequent runs of one to four letters, and every letter from a to z."""
    seen: dict[str, float] = defaultdict(float)
    for word, n in latin.items():
        for length in range(1, 5):
            for start in range(len(word) - length + 1):
                seen[word[start : start + length]] += min(n, 2) * length
    plain = {part: n for part, n in seen.items() if part.isascii() and part.isalpha()}
    return sorted({*_most(plain, PIECES), *"abcdefghijklmnopqrstuvwxyz"})
