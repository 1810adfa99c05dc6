"""Pure measures of answers, quotes and rankings. Each is a number in [0, 1], or None where it does not apply."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from qa_assistant.language import matching_key
from qa_assistant.records import Quote

_between_digits = re.compile(r"(?<=[0-9])\s+(?=[0-9])")
# What the script of CMRC 2018 takes out of a text, and the characters it counts one by one.
_CMRC_MARKS: Final = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_cmrc_parts = re.compile(r"[\u4e00-\u9fa5]|[^\W\u4e00-\u9fa5]+|[^\w\s]")


def includes_all(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether one form of every group occurs in `text`, white space, width, case and script variant apart.

    A number does not occur inside a longer one: 14 is not in 145.
    """
    key = _key(text)
    return all(any(_occurs(_key(form), key) for form in group) for group in groups)


def evidence_recall(evidence: Sequence[Quote], shown: Sequence[Quote]) -> float | None:
    """The share of the evidence's characters that the shown quotes cover; None without evidence."""
    total = sum(quote.end - quote.start for quote in evidence)
    if not total:
        return None
    covered = sum(len(_covered(quote, shown)) for quote in evidence)
    return covered / total


def evidence_found(evidence: Sequence[Quote], passages: Sequence[Quote], k: int) -> float | None:
    """R@k of evidence: the share of its quotes that stand, at least in part, in the first `k` of `passages`.

    None without evidence.
    """
    if not evidence:
        return None
    return sum(bool(_covered(quote, passages[:k])) for quote in evidence) / len(evidence)


def evidence_ranking(evidence: Sequence[Quote], passages: Sequence[Quote], k: int) -> tuple[list[str], dict[str, int]]:
    """The first `k` passages as a ranking of evidence, and its relevance, for the measures of rankings below.

    A passage stands for the quotes of the evidence that stand in it, at least in part, and in none before it; for
    itself, which is relevant to nothing, where there are none. So evidence counts once however passages are cut.
    """
    ranking: list[str] = []
    for place, passage in enumerate(passages[:k]):
        own = [f"evidence {number}" for number, quote in enumerate(evidence) if _covered(quote, [passage])]
        new = [name for name in own if name not in ranking]
        ranking += new or [f"passage {place}"]
    return ranking, {f"evidence {number}": 1 for number in range(len(evidence))}


def citation_precision(evidence: Sequence[Quote], shown: Sequence[Quote]) -> float | None:
    """The share of the shown quotes that carry evidence; None where nothing is shown or there is no evidence.

    A quote carries evidence where the two have at least half of the shorter one in common.
    """
    if not evidence or not shown:
        return None
    return sum(any(_carries(quote, gold) for gold in evidence) for quote in shown) / len(shown)


def citation_recall(evidence: Sequence[Quote], shown: Sequence[Quote]) -> float | None:
    """The share of the evidence's quotes that a shown quote carries, as above; None without evidence."""
    if not evidence:
        return None
    return sum(any(_carries(quote, gold) for quote in shown) for gold in evidence) / len(evidence)


def exact_match(text: str, forms: Sequence[str]) -> float:
    """EM as the script of CMRC 2018 counts it: 1 where `text` is one of `forms`, case and its marks apart."""
    return float(any(_without_marks(form) == _without_marks(text) for form in forms))


def f1(text: str, forms: Sequence[str]) -> float:
    """F1 as the script of CMRC 2018 counts it, the best over `forms`; 0 without any.

    Precision and recall are the shares of the longest stretch that both have in common, in Chinese characters and in
    words of other scripts. Words are runs of letters and digits where the script asks NLTK for them.
    """
    own = _cmrc_units(text)
    return max((_f1(own, _cmrc_units(form)) for form in forms), default=0.0)


def quote_validity(shown: Sequence[Quote], texts: dict[str, str]) -> float | None:
    """The share of quotes that stand, character for character, where they say; None without quotes."""
    if not shown:
        return None
    valid = [texts.get(quote.doc_id, "")[quote.start : quote.end] == quote.text for quote in shown]
    return sum(valid) / len(shown)


def recall(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """R@k: the share of the relevant documents that is among the first `k` of `ranking`; 0 without relevant ones.

    `ranking` holds each document once, best first; `relevance` is that of the judged ones, relevant above 0. This
    and the two below give what `trec_eval` gives for the same ranking.
    """
    relevant = {doc_id for doc_id, gain in relevance.items() if gain > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """RR@k: one by the rank of the first relevant document among the first `k`; 0 where there is none."""
    ranks = (rank for rank, doc_id in enumerate(ranking[:k], start=1) if relevance.get(doc_id, 0) > 0)
    return 1 / next(ranks, math.inf)


def ndcg(ranking: Sequence[str], relevance: Mapping[str, int], k: int) -> float:
    """nDCG@k: the gain of the first `k`, discounted by rank, as a share of the greatest possible; 0 without any.

    The gain of a document is its relevance (Järvelin and Kekäläinen 2002), not a power of two of it.
    """
    ideal = _discounted(sorted(relevance.values(), reverse=True)[:k])
    return _discounted([relevance.get(doc_id, 0) for doc_id in ranking[:k]]) / ideal if ideal else 0.0


RANKING_MEASURES: Final[Mapping[str, Callable[[Sequence[str], Mapping[str, int]], float]]] = {
    "R@1": partial(recall, k=1),
    "R@5": partial(recall, k=5),
    "R@10": partial(recall, k=10),
    "RR@10": partial(reciprocal_rank, k=10),
    "nDCG@10": partial(ndcg, k=10),
}
"""The measures of a ranking that are printed, by the names that the field gives them."""


def ranking_metrics(rankings: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Each of `RANKING_MEASURES` as the mean over the queries of `qrels`; a query without a ranking counts 0.

    All are 0 where there are no queries.
    """
    return {
        name: mean([measure(rankings.get(query_id, ()), judged) for query_id, judged in qrels.items()]) or 0.0
        for name, measure in RANKING_MEASURES.items()
    }


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of the values that are not None; None where none is left."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed (nearest rank); 0 for no values."""
    ordered = sorted(values)
    rank = math.ceil(round(share * len(ordered), 9))  # Rounding keeps 0.07 * 100 at 7.
    return ordered[max(rank, 1) - 1] if ordered else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1) if gain > 0)


def _key(text: str) -> str:
    """The matching key without white space; between two digits a mark keeps numbers apart."""
    return "".join(_between_digits.sub("|", matching_key(text)).split())


def _occurs(form: str, key: str) -> bool:
    before = "(?<![0-9])" if form[:1].isdigit() else ""
    after = "(?![0-9])" if form[-1:].isdigit() else ""
    return re.search(before + re.escape(form) + after, key) is not None


def _carries(quote: Quote, gold: Quote) -> bool:
    common = min(quote.end, gold.end) - max(quote.start, gold.start)
    shorter = min(quote.end - quote.start, gold.end - gold.start)
    return quote.doc_id == gold.doc_id and 0 < shorter <= 2 * common


def _without_marks(text: str) -> str:
    return "".join(char for char in text.lower().strip() if char not in _CMRC_MARKS)


def _cmrc_units(text: str) -> list[str]:
    return _cmrc_parts.findall(_without_marks(text))


def _f1(own: list[str], expected: list[str]) -> float:
    common = SequenceMatcher(None, own, expected, autojunk=False).find_longest_match().size
    return 2 * common / (len(own) + len(expected)) if common else 0.0


def _covered(quote: Quote, shown: Sequence[Quote]) -> set[int]:
    covered: set[int] = set()
    for other in shown:
        if other.doc_id == quote.doc_id:
            covered.update(range(max(quote.start, other.start), min(quote.end, other.end)))
    return covered
