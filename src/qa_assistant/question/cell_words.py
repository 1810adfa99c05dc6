"""Rows found by single words of the question that stand in cells of plain text."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from qa_assistant.facts.keys import word_key
from qa_assistant.facts.reading import Filter
from qa_assistant.facts.store import FactStore
from qa_assistant.lexical.tokens import BIGRAM_MARK
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.question.asked import Asked
from qa_assistant.question.drafts import Draft, flat
from qa_assistant.records import Span

MOST_ROWS: Final = 0.3
"""Share of the rows that a word may stand in and still tell any of them from the others."""
WORDS: Final = 0.2
"""Share of a question that words in cells of plain text have to make up."""


def filter_by_words(
    draft: Draft, asked: Asked, words_of: dict[str, list[Span]], located: dict[str, dict[int, set[str]]],
    store: FactStore,
) -> None:  # fmt: skip
    """Rows whose cells of plain text have words of the question that nothing else accounts for."""
    if draft.filters or draft.missing:
        return
    covered = [*draft.spans, *draft.about, *flat(draft.column_spans)]
    scores: dict[int, float] = defaultdict(float)
    spans_of: dict[int, list[Span]] = defaultdict(list)
    column_of: str | None = None
    for key, spans in words_of.items():
        columns = located.get(key, {}).get(draft.number, set())
        free = [span for span in spans if not any(span[0] < end and start < span[1] for start, end in covered)]
        for column in sorted(columns) if free else ():
            column_of = column_of or column
            rows = store.rows_with(draft.number, column, [key])
            common = len(rows) > MOST_ROWS * store.size(draft.number)
            for row in rows if column == column_of and not common else ():
                scores[row] += (len(key) - 1) / len(rows)
                spans_of[row] += free
    if not scores or column_of is None:
        return
    best = max(scores.values())
    chosen = frozenset(row for row, score in scores.items() if score >= 0.5 * best)
    spans = [span for row in chosen for span in spans_of[row]]
    if asked.covered(spans) >= WORDS:
        label = " ".join(dict.fromkeys(asked.key[slice(*span)] for span in sorted(set(spans))))
        draft.filters[column_of] = Filter(column_of, rows=chosen, label=label)
        draft.spans += spans


def words_of(asked: Asked, table: TranslationTable) -> dict[str, list[Span]]:
    """The keys of the words of the question, and of their translations, with the places of the words."""
    found: dict[str, list[Span]] = defaultdict(list)
    for stem, start, end in asked.stems:
        if asked.light[start]:
            continue
        found[word_key(stem)].append((start, end))
        for word, weight in table.translate(stem)[:4]:
            if weight >= 0.1:
                found[word_key(word)].append((start, end))
                found[word_key(BIGRAM_MARK + word)].append((start, end))
    for place in range(len(asked.key) - 1):
        pair = asked.key[place : place + 2]
        if not pair.isascii() and not (asked.light[place] or asked.light[place + 1]):
            found[word_key(BIGRAM_MARK + pair)].append((place, place + 2))
    return found
