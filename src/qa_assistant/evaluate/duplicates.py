"""Questions of a gold set that ask for the same: in the same words, in nearly the same, or by the same evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Final

from qa_assistant.evaluate.findings import Finding, GoldLine
from qa_assistant.language import compact_key
from qa_assistant.metrics import includes_all
from qa_assistant.records import GoldQuestion

LIKE: Final = 0.7
"""From this share of common pairs of characters on (Dice), two questions are nearly the same in words."""

_SAME_EVIDENCE: Final = 0.8
"""From this share of common characters on (Jaccard), two questions have the same evidence."""


def duplicate_findings(lines: Sequence[GoldLine]) -> Iterator[Finding]:
    """Questions asked twice (errors), and those that a person has to tell apart (warnings); each at the later one.

    Only questions of one language are compared, each with the questions before it in its conversation.
    """
    keys = [_asked(line.question) for line in lines]
    pairs = [frozenset(pairwise(key)) for key in keys]
    evidence = [_places(line.question) for line in lines]
    for first, second in combinations(range(len(lines)), 2):
        one, other = lines[first], lines[second]
        if one.question.language != other.question.language:
            continue
        name = f"{one.question.question_id} (line {one.number})"
        if keys[first] == keys[second]:
            yield other.error("asked_twice", "question", f"the same as {name}; keep one of them")
            continue
        likeness = _dice(pairs[first], pairs[second])
        # Questions that differ in one name are alike, and deliberately so: only where one answer does for both, or
        # both are refused, do they ask for the same.
        if likeness >= LIKE and (_both_refused(one, other) or _one_answer(one.question, other.question)):
            yield other.warning("near_duplicate", "question", f"nearly the same as {name}, likeness {likeness:.2f}")
        elif _jaccard(evidence[first], evidence[second]) >= _SAME_EVIDENCE and _one_answer(
            one.question, other.question
        ):
            text = (
                f"may ask in other words for what {name} asks: the evidence is the same, and one answer does for both"
            )
            yield other.warning("near_duplicate", "question", text)


def _asked(question: GoldQuestion) -> str:
    return compact_key("|".join([*question.history, question.question]))


def _places(question: GoldQuestion) -> frozenset[tuple[str, int]]:
    return frozenset((quote.doc_id, place) for quote in question.evidence for place in range(quote.start, quote.end))


def _one_answer(one: GoldQuestion, other: GoldQuestion) -> bool:
    """Whether what is accepted of one of them is a right answer to the other too."""
    if not one.must_include or not other.must_include:
        return False
    return includes_all(_forms(one), other.must_include) or includes_all(_forms(other), one.must_include)


def _both_refused(one: GoldLine, other: GoldLine) -> bool:
    return one.question.kind == other.question.kind == "no_answer"


def _forms(question: GoldQuestion) -> str:
    return "\n".join(" / ".join(group) for group in question.must_include)


def _dice(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _jaccard(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    return len(one & other) / (len(one | other) or 1)
