"""A query as units to score: in its own language, and as it stands in sources of another.

Texts in the language of the query are scored by its own words and character bigrams; texts in another language by
the translations of its words and phrases. Names and numbers, the same in every language, count in both.
"""

from __future__ import annotations

from typing import Final

from qa_assistant.lexical.counts import Unit
from qa_assistant.lexical.tokens import BIGRAM_MARK, terms, words
from qa_assistant.lexical.translation import TranslationTable

FLATTENING: Final = 0.5
"""Power of a weight relative to the best one: half way between probabilities and plain synonyms."""


def own_units(query: str) -> tuple[Unit, ...]:
    """One unit for each index term of `query`, in order, each once."""
    return tuple(((term, 1.0),) for term in dict.fromkeys(terms(query)))


def translated_units(query: str, table: TranslationTable) -> tuple[Unit, ...]:
    """One unit for each word or phrase of `query` that can stand in a text of another language."""
    phrases = dict.fromkeys(table.units(words(query)))
    return tuple(unit for unit in (_alternatives(table, phrase) for phrase in phrases) if unit)


def _alternatives(table: TranslationTable, phrase: str) -> Unit:
    """Index terms that stand for `phrase`, the best at weight 1.

    A Chinese word of two characters is looked for as a bigram, which finds it inside longer words. The
    phrase itself counts in full where it is a Latin word or a number: those stand in sources of any language.
    """
    found = table.translate(phrase)
    best = max((weight for _, weight in found), default=1.0)
    weights = {_index_term(word): (weight / best) ** FLATTENING for word, weight in found}
    if phrase.isascii() and " " not in phrase:
        weights[phrase] = 1.0
    return tuple(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _index_term(word: str) -> str:
    return BIGRAM_MARK + word if len(word) == 2 and not word.isascii() else word
