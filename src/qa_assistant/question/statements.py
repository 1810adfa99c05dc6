"""A question to the facts of running text that answer it, each with a score.

What counts is how much of the question a fact accounts for: by its subject, by the words of its predicate, by what
stands in the sentence around it; and whether its value is of the kind asked for. A year, an ordinal or a name in
the question that the fact does not bear out counts against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np

from qa_assistant.encoder import WordVectors
from qa_assistant.facts.relations import Statement
from qa_assistant.interaction import SentenceWords
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.lexical.query import query_units
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.names import WIDE_KINDS, Mention, Names
from qa_assistant.question.asked import Asked
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.borne_out import DOCUMENT, BorneOut, Sought, borne_out, named_in, speaks_of, words_to_find
from qa_assistant.question.fitting import fits
from qa_assistant.question.matches import LEAST, Match, part_and_whole, whole_and_part, with_further
from qa_assistant.question.other_things import (
    about_another,
    beyond_limits,
    is_no_answer,
    names_what_is_named,
    of_another_country,
    of_another_owner,
)
from qa_assistant.question.profiles import SUPERLATIVES, Profile
from qa_assistant.question.units import PERCENT
from qa_assistant.records import Span

CANDIDATES: Final = 30
"""Statements that are looked at closely."""
CALLED: Final = 30
"""Further ones that are only called by their predicate."""
FITS: Final = 0.15
"""What it gains whose value is of the kind asked for, and loses whose value is not."""
UNMET: Final = 0.3
"""What it loses for each name, year or ordinal of the question that it does not bear out."""
NOT_CALLED: Final = 0.25
"""What it loses that the question names by nothing but its subject."""
NOT_ASKED: Final = 0.35
"""What it loses that does not speak of what is asked for."""
NOT_SUBJECT: Final = 0.15
"""What it loses where the question names things, and none of them is its subject."""
NEAR: Final = 0.4
"""Nearness from which a word of the sentence means what a word of the question does: 企业 for 公司."""


class StatementFinder:
    """Finds the statements that answer a question."""

    def __init__(
        self,
        statements: Sequence[Statement],
        counts: TermCounts,
        words: SentenceWords,
        vectors: WordVectors | None,
        names: Names,
        table: TranslationTable,
        countries: frozenset[str],
        titles: frozenset[str] = frozenset(),
    ) -> None:
        self._profiles = [Profile(statement, names, titles) for statement in statements]
        self._counts = counts
        self._words = words
        self._vectors = vectors
        self._table = table
        self._countries = countries

    def find(self, asked: Asked) -> list[Match]:
        """The statements that answer `asked`, best first; further ones only where they add to the first.

        Where none scores enough, the best one alone, with its score.
        """
        attributes = asked_attributes(asked)
        said = words_to_find(asked, self._table)
        candidates = self._candidates(asked)
        matches = [
            self._match(self._profiles[number], asked, attributes, said, near)
            for number, near in zip(candidates, self._near(asked, candidates), strict=True)
        ]
        ranked = sorted(
            (match for match in matches if match is not None),
            key=lambda match: (-match.score, match.statement.fact.fact_id),
        )
        if not ranked or ranked[0].score < LEAST:
            return ranked[:1]
        if "share" in asked.operations and ranked[0].statement.fact.unit not in PERCENT:
            stated = [match for match in ranked if match.statement.fact.unit in PERCENT and match.score >= LEAST]
            return part_and_whole(ranked, asked) or stated[:1]
        if "rest" in asked.operations and asked.kinds.keys() & {"amount", "money"}:
            return whole_and_part(ranked, asked)
        return with_further(ranked, asked)

    def _candidates(self, asked: Asked) -> list[int]:
        if not self._profiles:
            return []
        units = query_units(asked.text, self._table)
        scores = self._counts.scores(units.own, self._counts.rarities(units.own))
        scores = np.maximum(scores, self._counts.scores(units.translated, self._counts.rarities(units.translated)))
        best = np.argsort(-scores, kind="stable")[:CANDIDATES]
        found = [int(number) for number in best if scores[number] > 0]
        ranked = SUPERLATIVES & asked.operations.keys()
        stated = [n for n, one in enumerate(self._profiles) if ranked & one.superlatives] if ranked else []
        if asked.find(DOCUMENT):
            stated += [n for n, one in enumerate(self._profiles) if one.of_document]
        called: list[int] = []
        if asked.language == "ko":
            called = [n for words, numbers in self._called_in_korean.items() if asked.find(words) for n in numbers]
        called.sort(key=lambda number: (-scores[number], number))
        return list(dict.fromkeys(found + stated + called[:CALLED]))

    @cached_property
    def _called_in_korean(self) -> dict[tuple[str, ...], list[int]]:
        """The statements of each predicate that has Korean words: few of these stand in a source as they are asked."""
        numbers: dict[tuple[str, ...], list[int]] = {}
        for number, profile in enumerate(self._profiles):
            words = profile.statement.predicate.ko
            if words:
                numbers.setdefault(words, []).append(number)
        return numbers

    def _near(self, asked: Asked, candidates: Sequence[int]) -> list[list[Span]]:
        """For each of `candidates` the places of the question whose words are near to one of the statement's."""
        words = self._vectors.places(asked.key) if self._vectors is not None else []
        words = [(number, span) for number, span in words if span[1] - span[0] > 1 and asked.says_something(*span)]
        if self._vectors is None or not words or not candidates:
            return [[] for _ in candidates]
        directions, _ = self._vectors.directions(np.array([number for number, _ in words]))
        found = self._words.nearest(directions, np.array(candidates)) >= NEAR
        return [[words[place][1] for place in np.flatnonzero(column)] for column in found.T]

    def _match(
        self, profile: Profile, asked: Asked, attributes: Sequence[Span], said: Sequence[Sought], near: Sequence[Span]
    ) -> Match | None:
        """How well a statement fits; None where it is of something else than the question."""
        statement = profile.statement
        fitting = fits(statement, profile.types, asked)
        if fitting <= -2 or (asked.asks_why and statement.fact.type != "text"):
            return None
        if attributes and not asked.kinds and statement.fact.type == "date":
            return None  # "In which journal" is no date.
        if asked.asks_why and not profile.gives_reason:
            return None
        found = borne_out(profile, asked, said, near)
        if self._is_of_another(profile, found, asked) or is_no_answer(profile, found, asked):
            return None
        score = found.share(asked) + FITS * fitting - UNMET * self._unmet(found, asked) + found.gains()
        if not found.called and not found.words:
            score -= NOT_CALLED
        if asked.defines and not (found.subject or found.called):
            score -= NOT_ASKED
        if attributes and not speaks_of(attributes, found.telling(asked, attributes, profile), statement, asked):
            score -= NOT_ASKED if statement.fact.type != "number" else 2 * NOT_ASKED
        if (
            not found.subject
            and not found.part_of_subject
            and any(m.entities[0].kind not in WIDE_KINDS for m in asked.mentions)
        ):
            score -= NOT_SUBJECT
        return Match(
            statement,
            round(score, 4),
            spans=(*found.own, *found.loose, *found.near),
            own=(*found.called, *found.words, *found.named),
            subject=bool(found.subject),
            stated=found.stated,
            called=bool(found.called),
            types=profile.types,
            unmet=self._unmet(found, asked) > 0,
        )

    def _is_of_another(self, profile: Profile, found: BorneOut, asked: Asked) -> bool:
        """Whether a fact is of another thing, country, year or edition than the question, or says what it says."""
        fact = profile.statement.fact
        return (
            found.another_time
            or beyond_limits(profile, asked)
            or about_another(profile, found, asked)
            or of_another_owner(found, asked)
            or of_another_country(profile, found, asked)
            or names_what_is_named(profile, asked)
            # A number of the right thing that nothing else in the question speaks of.
            or (
                fact.type == "number"
                and not (found.called or found.words or found.loose)
                and bool(asked.content(named_in(asked)))
            )
        )

    def _unmet(self, found: BorneOut, asked: Asked) -> int:
        """How many names, years and ordinals of the question a statement does not bear out; editions count twice."""
        names = sum(
            (m.start, m.end) not in found.subject + found.named
            and not _inside(m, found.words + found.called)
            and (m.entities[0].kind != "country" or not self._countries & {e.entity_id for e in m.entities})
            for m in asked.mentions
        )
        return names + found.unmet_times


def _inside(mention: Mention, spans: Sequence[Span]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)
