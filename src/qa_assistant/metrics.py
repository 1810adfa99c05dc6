"""Pure measures of answers, quotes and rankings. Each is a number in [0, 1], or None where it does not apply."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa_assistant.language import compact_key
from qa_assistant.records import Quote


def includes_all(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether one form of every group occurs in `text`, white space, width, case and script variant apart."""
    key = compact_key(text)
    return all(any(compact_key(form) in key for form in group) for group in groups)


def evidence_recall(evidence: Sequence[Quote], shown: Sequence[Quote]) -> float | None:
    """The share of the evidence's characters that the shown quotes cover; None without evidence."""
    total = sum(quote.end - quote.start for quote in evidence)
    if not total:
        return None
    covered = sum(len(_covered(quote, shown)) for quote in evidence)
    return covered / total


def quote_validity(shown: Sequence[Quote], texts: dict[str, str]) -> float | None:
    """The share of quotes that stand, character for character, where they say; None without quotes."""
    if not shown:
        return None
    valid = [texts.get(quote.doc_id, "")[quote.start : quote.end] == quote.text for quote in shown]
    return sum(valid) / len(shown)


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are not None; None where none is left."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed (nearest rank); 0 for no values."""
    ordered = sorted(values)
    rank = math.ceil(round(share * len(ordered), 9))  # Rounding keeps 0.07 * 100 at 7.
    return ordered[max(rank, 1) - 1] if ordered else 0.0


def _covered(quote: Quote, shown: Sequence[Quote]) -> set[int]:
    covered: set[int] = set()
    for other in shown:
        if other.doc_id == quote.doc_id:
            covered.update(range(max(quote.start, other.start), min(quote.end, other.end)))
    return covered
