"""A question as it is meant: its misspelt names and words put right, all that people set around it left out.

What is known as a name or a word is never touched, so a question without mistakes stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qa_assistant.facts.predicates import shared_predicates
from qa_assistant.facts.relations import Relation, Words
from qa_assistant.facts.store import FactStore
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.names import Names
from qa_assistant.names.edits import Spellings, one_edit
from qa_assistant.names.near import NearName, NearNames, replaced
from qa_assistant.question.colloquial import plain
from qa_assistant.question.lexicon import Lexicon

SHORTEST: Final = 5
"""Letters of an English word that may be misspelt; four for the words of `_SHORT`."""
MISSING: Final = 9
"""Letters from which one may be missing, or doubled, in what dictionaries take for a word."""
SHOUTED: Final = 4
"""Words in capitals from which they are no acronyms."""
REMEMBERED: Final = 1000
"""Questions whose reading is remembered."""

_SHORT: Final = frozenset(("many", "when", "what", "which", "where", "year", "much"))
_QUESTION_WORDS: Final = frozenset(
    "which where when what whose many much often number total average percentage percent share proportion difference"
    " between first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth last latest"
    " earliest oldest newest recent most least fewest largest biggest smallest highest lowest greatest compare compared"
    " together altogether combined common times before after since until during through later earlier previous decade"
    " century january february march april june july august september october november december city cities province"
    " provinces country countries region regions government governments people person company companies".split()
)
_latin_word = re.compile(r"(?<![a-z0-9_@/'’])(?<![a-z]\.)[a-z]+(?!\.[a-z]|['’](?!s\b)[a-z]|[a-z0-9_@/])", re.IGNORECASE)
_latin = re.compile("[a-z]+")
_MARKS: Final = " \t\n\"'“”‘’([-–—¿.,:;!?？！。，"


@dataclass(frozen=True)
class Reread:
    """A question as it is understood, and the names that are read otherwise than they are written."""

    text: str
    names: tuple[NearName, ...] = ()


class Corrector:
    """Puts the spelling of questions right, by what an index has."""

    def __init__(self, names: Names, counts: TermCounts, facts: FactStore, table: TranslationTable) -> None:
        self._names = names
        self._table = table
        self.lexicon = Lexicon(names, counts, table)
        """What is known of the words of the sources."""
        self._near = NearNames(names, self.lexicon.occurs, self.lexicon)
        known = _QUESTION_WORDS | self._near.words | _english(facts)
        self._spellings = Spellings(word for word in known if len(word) >= SHORTEST)
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)
        """The reading of a question."""

    def _read(self, text: str) -> Reread:
        stripped = plain(text)
        names = self._near.find(stripped, self._names.find(stripped))
        named = replaced(stripped, names)
        return Reread(self._with_words(named), tuple(names))

    def _with_words(self, text: str) -> str:
        """`text` with its misspelt English words put right."""
        mentions = None
        parts: list[str] = []
        place = 0
        shouted = text.isupper() and len(_latin_word.findall(text)) >= SHOUTED
        for match in _latin_word.finditer(text):
            # A capital inside a sentence begins a name that nobody knows here.
            capital = match[0] != match[0].lower() and not shouted
            named = capital and text[: match.start()].strip(_MARKS)
            word = None if named else self._word(match[0].lower(), common=not capital)
            if word is None:
                continue
            mentions = self._names.find(text) if mentions is None else mentions
            if not any(one.start < match.end() and match.start() < one.end for one in mentions):
                parts += [text[place : match.start()], word]
                place = match.end()
        return "".join([*parts, text[place:]])

    def _word(self, word: str, *, common: bool) -> str | None:
        """The word that `word` is meant for; None where it is one itself, or what it is meant for is not known.

        `common` tells that it is no name: then any word may be meant that the sources speak of.
        """
        if not _latin.fullmatch(word) or len(word) < SHORTEST - 1 or word in self._spellings or word in self._names:
            return None
        if len(word) < SHORTEST:
            near = [] if self.lexicon.is_word(word) else _begun_alike(word, _SHORT.intersection(one_edit(word)))
            return _only(near)
        if self.lexicon.is_word(word):
            if self.lexicon.is_spoken_of(word):
                return None
            near = _begun_alike(word, self._spellings.near(word))
            return _only([other for other in near if _slip(word, other)])
        near = _begun_alike(word, [*self._spellings.near(word), *_SHORT.intersection(one_edit(word))])
        return _only(near or (self._translatable(word) if common else []))

    def _translatable(self, word: str) -> list[str]:
        """Words near `word` that the sources speak of, themselves or by a translation."""
        stems = {stem for stem in (word, *words(word)) if len(stem) >= SHORTEST - 1}
        near = {other for stem in stems for other in one_edit(stem) if other[:1] == word[0] and other in self._table}
        return [other for other in near if self.lexicon.is_spoken_of(other)]


def _begun_alike(word: str, others: Iterable[str]) -> list[str]:
    """Those of `others` with the first letter of `word`, or else with its first two exchanged."""
    found = list(others)
    same = [other for other in found if other[0] == word[0]]
    return same or [other for other in found if other[:2] == word[1::-1]]


def _slip(word: str, other: str) -> bool:
    """Whether `word` is `other` with a letter doubled or not doubled, with ei for ie, or lacks a letter inside."""
    if len(word) == len(other):
        return word.replace("ie", "ei") == other.replace("ie", "ei")
    longer, shorter = sorted((word, other), key=len, reverse=True)
    doubled = any(
        longer[place] == longer[place + 1] and longer[:place] + longer[place + 1 :] == shorter
        for place in range(len(longer) - 1)
    )
    lacks = next((place for place in range(len(shorter)) if longer[place] != shorter[place]), len(shorter))
    return (doubled and len(longer) >= MISSING) or (MISSING <= len(word) < len(other) and lacks < len(word) - 2)


def _only(others: Iterable[str]) -> str | None:
    """The one of `others` where all are forms of one word."""
    found = sorted(set(others))
    stems = {tuple(words(other)) or (other,) for other in found}
    return found[0] if len(stems) == 1 else None


def _english(facts: FactStore) -> frozenset[str]:
    """The English words that name predicates, tables and their columns."""
    named: set[Words] = set(shared_predicates().values())
    for relation in facts.relations:
        named.update(_words_of(relation))
    for statement in facts.statements:
        named.update((statement.predicate, statement.words))
    phrases = {phrase for one in named for phrase in one.en}
    return frozenset(_latin.findall(" ".join(sorted(phrases)).casefold()))


def _words_of(relation: Relation) -> Iterable[Words]:
    yield from (relation.title, relation.words, relation.counted)
    for column in relation.columns:
        yield column.words
        yield from (*column.values.values(), *column.renderings.values())
