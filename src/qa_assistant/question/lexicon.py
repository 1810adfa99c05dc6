"""What is known of words that are no names: whether they are words at all, and where they begin and end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qa_assistant.language import HAN, HANGUL
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.lexical.tokens import BIGRAM_MARK, ENGLISH_STOP_WORDS, bigrams, is_chinese_word, word_bounds, words
from qa_assistant.lexical.translation import LIKELY, TranslationTable, korean_stem
from qa_assistant.names import Names
from qa_assistant.names.keys import name_key

MEANT: Final = 0.2
"""Weight of a translation from which a word is a known spelling of the name that it is translated by."""
REMEMBERED: Final = 10_000
"""Words that are remembered to be words or none."""
_han = re.compile(f"[{HAN}]+")
_latin = re.compile("[a-z0-9]+")
_hangul = re.compile(f"[{HANGUL}]+")


class Lexicon:
    """The words of the sources, of the translation table and of jieba's dictionary."""

    def __init__(self, names: Names, counts: TermCounts, table: TranslationTable) -> None:
        self._names = names
        self._counts = counts
        self._table = table
        self.is_word = lru_cache(maxsize=REMEMBERED)(self._is_word)
        """Whether a matching key is a word of any language."""
        self._word_stands = lru_cache(maxsize=REMEMBERED)(lambda word: all(map(self._stands, words(word))))

    def _is_word(self, word: str) -> bool:
        if _han.fullmatch(word):
            return is_chinese_word(word)
        if _hangul.fullmatch(word):
            return word in self._table or korean_stem(word) in self._table
        return word in ENGLISH_STOP_WORDS or all(self._stands(stem) or stem in self._table for stem in words(word))

    def meant(self, word: str) -> frozenset[str]:
        """The ids of entities that a Latin word is a known spelling of, though names do not have it."""
        return frozenset(
            self._names.borne(key)[0].entity_id
            for stem in words(word)
            for translation, weight in self._table.translate(stem)
            if weight >= MEANT and self._names.borne(key := name_key(translation))
        )

    def bounds(self, key: str) -> frozenset[int]:
        """Where the words of a matching key may begin and end."""
        return word_bounds(key)

    def occurs(self, name: str) -> bool:
        """Whether a name stands in the sources: all its words do, or all its pairs of characters."""
        if name.isascii():
            return all(map(self._word_stands, _latin.findall(name.lower())))
        found = [BIGRAM_MARK + name[place : place + 2] for place in range(len(name) - 1)]
        if not name.isalpha() and not all(map(self._stands, found)):
            found = bigrams(name)  # It is written with signs.
        return bool(found) and all(map(self._stands, found))

    def is_spoken_of(self, word: str) -> bool:
        """Whether a Latin word, or a likely translation of it, stands in the sources."""
        return word in ENGLISH_STOP_WORDS or any(
            self._stands(stem) or any(self._stands_for(*one) for one in self._table.translate(stem))
            for stem in words(word)
        )

    def _stands_for(self, translation: str, weight: float) -> bool:
        term = BIGRAM_MARK + translation if len(translation) == 2 and not translation.isascii() else translation
        return weight >= LIKELY and self._stands(term)

    def _stands(self, term: str) -> bool:
        return self._counts.share(term) > 0
