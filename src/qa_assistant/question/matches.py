"""Statements that fit a question, and which of them answer it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qa_assistant.facts.relations import Statement
from qa_assistant.question.asked import Asked
from qa_assistant.question.units import same_dimension
from qa_assistant.records import Fact, Span

EARLIER: Final = 0.2
"""What the same fact of another time may fall short, where the question asks for the difference."""
ADDS: Final = 0.08
"""Share of the question that a further statement has to add."""
MOST: Final = 4
LEAST: Final = 0.66
"""Score from which a statement answers."""
NEAR: Final = 4
FAR: Final = 20
"""Characters between a word and the one that leaves it out, in Chinese and Korean, and in English."""
_BEHIND: Final = frozenset({"除外", "不计"})
"""Chinese words that stand behind what they leave out."""
_TYPES: Final = {
    "date": "date",
    "place": "place",
    "person": "person",
    "body": "person",
    "amount": "number",
    "money": "number",
}


@dataclass(frozen=True)
class Match:
    """A statement and how well it fits a question: its score, the places it accounts for, those its own words do.

    `subject` is set where the question names its subject, `called` where it calls its predicate, `stated` where the
    statement says itself what is first or most. `types` are those of its value.
    `unmet` is set where the question names something or a time that the statement does not bear out.
    """

    statement: Statement
    score: float
    spans: tuple[Span, ...]
    own: tuple[Span, ...] = ()
    subject: bool = False
    stated: bool = False
    called: bool = False
    types: frozenset[str] = frozenset()
    unmet: bool = False


def part_and_whole(ranked: Sequence[Match], asked: Asked) -> list[Match]:
    """The best number and another one in its unit that make a share; nothing without such two."""
    numbers = [match for match in ranked if match.statement.fact.type == "number" and match.score >= LEAST]
    for place, first in enumerate(numbers):
        one = first.statement
        for other in numbers[place + 1 :]:
            fact = other.statement.fact
            together = one.context == other.statement.context or one.fact.subject == fact.subject
            adds = asked.covered([*first.own, *other.own]) - asked.covered(first.own)
            adds = max(adds, 0.01 * (one.context == other.statement.context))
            apart = _told_apart(one.fact, fact)
            if (
                together
                and adds > 0
                and not apart
                and same_dimension(one.fact.unit, fact.unit)
                and one.fact.value != fact.value
            ):
                return [first, other]
    return []


def whole_and_part(ranked: Sequence[Match], asked: Asked) -> list[Match]:
    """The number that the question asks for, and the part of it that is to be left out; nothing without both.

    The part is the number of the same subject and unit that is called where something is left out, and less.
    """
    numbers = [match for match in ranked if isinstance(match.statement.fact.value, int | float)]
    parts = [match for match in numbers if _left_out(match, asked)]
    for part in parts:
        fact = part.statement.fact
        for whole in numbers:
            other = whole.statement.fact
            greater = float(other.value or 0) > float(fact.value or 0)
            alike = other.subject == fact.subject and same_dimension(other.unit, fact.unit)
            if greater and alike and whole.called and whole.score >= LEAST and not _left_out(whole, asked):
                return [whole, part]
    return []


def _left_out(match: Match, asked: Asked) -> bool:
    """Whether a fact is called right at a word that leaves something out: behind it, in Korean before it."""
    korean = asked.language == "ko"
    return any(
        0 <= start_left - end_of <= NEAR
        if korean or asked.key[start_left:end_left] in _BEHIND
        else 0 <= start_of - end_left <= (FAR if asked.language == "en" else NEAR)
        for start_left, end_left in asked.operations.get("rest", ())
        for start_of, end_of in match.own
    )


def with_further(ranked: Sequence[Match], asked: Asked) -> list[Match]:
    """The best of `ranked`, and further ones that add to it or answer what else the question asks."""
    chosen = [ranked[0]]
    first = ranked[0].statement.fact
    for match in ranked[1:]:
        fact = match.statement.fact
        then = "difference" in asked.operations and fact.predicate == first.predicate
        if len(chosen) == MOST or match.score < LEAST - EARLIER * then:
            continue
        together = [span for one in chosen for span in one.own]
        adds = asked.covered([*together, *match.own]) - asked.covered(together)
        types = match.types
        told = sum(bool(types & one.types) for one in chosen)
        needed = told < _wanted(asked, types) and not _said_already(match, chosen)
        if "sum" in asked.operations:
            needed = needed and adds > 0  # A total is no part of a sum.
        elif "difference" in asked.operations:
            needed = told < 2 and "number" in types
        same = fact.subject == first.subject and fact.qualifiers.get("edition") == first.qualifiers.get("edition")
        conflicting = any(_same_thing(one.statement, match.statement) for one in chosen)
        if conflicting or (same and (adds >= ADDS or needed)):
            chosen.append(match)
    return chosen


def _wanted(asked: Asked, types: frozenset[str]) -> int:
    """How many facts of some types the question asks for: as often as it asks, and more where it asks of each."""
    times = sum(len(asked.kinds[kind]) for kind in asked.kinds if _TYPES[kind] in types)
    if set(asked.operations) & {"sum", "difference"} and times:
        return 4
    return min(3, times) if "each" not in asked.operations or not times else 3


def _said_already(match: Match, chosen: Sequence[Match]) -> bool:
    """Whether another value of the same predicate is told."""
    return any(one.statement.fact.predicate == match.statement.fact.predicate for one in chosen)


def _same_thing(one: Statement, other: Statement) -> bool:
    """Whether two statements give different values for the same thing."""
    a, b = one.fact, other.fact
    same = a.subject == b.subject and a.predicate == b.predicate and a.type == b.type == "number"
    units = (a.unit, b.unit)
    return same and not _told_apart(a, b) and same_dimension(*units) and a.value != b.value


def _told_apart(one: Fact, other: Fact) -> bool:
    """Whether two facts are of different years, editions or the like."""
    known = one.qualifiers.keys() & other.qualifiers.keys()
    return any(one.qualifiers[name] != other.qualifiers[name] for name in known)
