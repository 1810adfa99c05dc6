"""A question to the facts of running text that answer it, each with a score.

What counts is how much of the question a fact accounts for: by its subject, by the words of its predicate, by what
stands in the sentence around it; and whether its value is of the kind asked for. A year, an ordinal or a name in
the question that the fact does not bear out counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from qa_assistant.facts.relations import Statement
from qa_assistant.language import matching_key
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.lexical.query import query_units
from qa_assistant.lexical.translation import LIKELY, TranslationTable
from qa_assistant.names import WIDE_KINDS, Mention, Names
from qa_assistant.question.asked import Asked, named_in_short, stands_in
from qa_assistant.question.attribute import asked_attributes
from qa_assistant.question.editions import part_about
from qa_assistant.question.fitting import fits, has_year, ordinals_borne, years_borne
from qa_assistant.question.matches import LEAST, Match, part_and_whole, whole_and_part, with_further
from qa_assistant.question.profiles import SUPERLATIVES, Profile
from qa_assistant.question.units import PERCENT
from qa_assistant.records import Span

CANDIDATES: Final = 60
"""Statements that are looked at closely."""
CALLED: Final = 30  # Further ones that are only called by their predicate.
SUBJECT: Final = 0.2
"""What a statement gains whose subject the question names."""
FITS: Final = 0.15
"""What it gains whose value is of the kind asked for, and loses whose value is not."""
PREDICATE: Final = 0.15
"""What it gains whose predicate is called as the question calls it."""
UNMET: Final = 0.3
"""What it loses for each name, year or ordinal of the question that it does not bear out."""
CONTEXT: Final = 0.6
"""What the words of the sentence around a fact count, beside those that name it."""
NOT_CALLED: Final = 0.25
"""What it loses that the question names by nothing but its subject."""
NOT_ASKED: Final = 0.35
"""What it loses that does not speak of what is asked for."""
STATED: Final = 0.3
"""What it gains that says itself what is first, last, most or least, where the question asks for that."""
NOT_SUBJECT: Final = 0.15
"""What it loses where the question names things, and none of them is its subject."""
_size = re.compile(r"多[大长高远宽深重]|how (?:large|big|long|high|tall|far|wide|deep|heavy)")
_Sought = tuple[Span, tuple[str, ...]]
"""A place of the question, and the words that stand for what is said there."""


@dataclass(frozen=True)
class _BorneOut:
    """What of a question a statement speaks of: places of its words, by what accounts for them.

    `subject` names what the fact is about, `called` its predicate, `words` are further words of the recipe, `named`
    names that stand in its sentence, `times` years and editions, `loose` words, or their translations, that stand
    anywhere in the sentence.
    """

    subject: list[Span]
    part_of_subject: bool
    called: list[Span]
    words: list[Span]
    named: list[Span]
    times: list[Span]
    loose: list[Span]
    stated: bool
    unmet_times: int
    another_time: bool

    @property
    def own(self) -> list[Span]:
        """All but what stands anywhere in the sentence."""
        return [*self.subject, *self.called, *self.words, *self.named, *self.times]

    def share(self, asked: Asked) -> float:
        """The share of the question that is accounted for; what the sentence says besides counts less."""
        by_words = asked.covered(self.own)
        return by_words + CONTEXT * (asked.covered([*self.own, *self.loose]) - by_words)

    def gains(self) -> float:
        """What is gained by a subject and a predicate that are named, and by a superlative that is stated."""
        subject = SUBJECT if self.subject else SUBJECT / 2 if self.part_of_subject else 0.0
        return subject + PREDICATE * bool(self.called) + STATED * self.stated

    def telling(self, asked: Asked, attributes: Sequence[Span], statement: Statement) -> list[Span]:
        """The places that tell whether a fact speaks of `attributes`.

        For a date or a number where a text is asked for, words anywhere in its sentence tell nothing.
        """
        if not asked.kinds and statement.fact.type != "text" and not _speaks_of(attributes, self.own, statement, asked):
            return self.own
        return [*self.own, *self.loose]


class StatementFinder:
    """Finds the statements that answer a question."""

    def __init__(
        self,
        statements: Sequence[Statement],
        counts: TermCounts,
        names: Names,
        table: TranslationTable,
        countries: frozenset[str],
    ) -> None:
        self._profiles = [Profile(statement, names) for statement in statements]
        self._counts = counts
        self._table = table
        self._countries = countries

    def find(self, asked: Asked) -> list[Match]:
        """The statements that answer `asked`, best first; further ones only where they add to the first.

        Where none scores enough, the best one alone, with its score.
        """
        attributes = asked_attributes(asked)
        said = _words_to_find(asked, self._table)
        matches = [self._match(self._profiles[number], asked, attributes, said) for number in self._candidates(asked)]
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

    def _match(
        self, profile: Profile, asked: Asked, attributes: Sequence[Span], said: Sequence[_Sought]
    ) -> Match | None:
        """How well a statement fits; None where it is of something else than the question."""
        statement = profile.statement
        fitting = fits(statement, profile.types, asked)
        if fitting <= -2:
            return None
        found = _borne_out(profile, asked, said)
        if self._is_of_another(profile, found, asked):
            return None
        score = found.share(asked) + FITS * fitting - UNMET * self._unmet(found, asked) + found.gains()
        if not found.called and not found.words:
            score -= NOT_CALLED
        if attributes and not _speaks_of(attributes, found.telling(asked, attributes, statement), statement, asked):
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
            spans=(*found.own, *found.loose),
            own=(*found.called, *found.words, *found.named),
            subject=bool(found.subject),
            stated=found.stated,
            called=bool(found.called),
            types=profile.types,
            unmet=self._unmet(found, asked) > 0,
        )

    def _is_of_another(self, profile: Profile, found: _BorneOut, asked: Asked) -> bool:
        """Whether a fact is of another thing, country, year or edition than the question, or says what it says."""
        fact = profile.statement.fact
        return (
            found.another_time
            or _beyond_limits(profile, asked)
            or _about_another(profile, found, asked)
            or _of_another_country(profile, found, asked)
            or _names_what_is_named(profile, asked)
            # A number of the right thing that nothing else in the question speaks of.
            or (
                fact.type == "number"
                and not (found.called or found.words or found.loose)
                and bool(asked.content(named_in(asked)))
            )
        )

    def _unmet(self, found: _BorneOut, asked: Asked) -> int:
        """How many names, years and ordinals of the question a statement does not bear out; editions count twice."""
        names = sum(
            (m.start, m.end) not in found.subject + found.named
            and not _inside(m, found.words + found.called)
            and (m.entities[0].kind != "country" or not self._countries & {e.entity_id for e in m.entities})
            for m in asked.mentions
        )
        return names + found.unmet_times


def _borne_out(profile: Profile, asked: Asked, said: Sequence[_Sought]) -> _BorneOut:
    """What of the question a statement speaks of."""
    fact = profile.statement.fact
    subject = [span for entity_id in profile.subject_ids for span in named_in(asked, entity_id)]
    stated = [name for name in asked.operations if name in profile.superlatives]
    called = asked.find(profile.predicate) + [span for name in stated for span in asked.operations[name]]
    words = asked.find(profile.words) + [
        (one.start, one.end) for one in asked.mentions if profile.word_ids & {e.entity_id for e in one.entities}
    ]  # fmt: skip
    if fact.type != "text":  # "How many" names no number, and "when" no date.
        called = [span for span in called if asked.says_something(*span) or _says_size(asked, span)]
        words = [span for span in words if asked.says_something(*span)]
    context = profile.context
    years, unmet_years = years_borne(fact.qualifiers, context, asked)
    ordinals, unmet_ordinals = ordinals_borne(fact.qualifiers, context, asked)
    return _BorneOut(
        subject=subject or asked.find([fact.subject]),
        part_of_subject=any(
            one.entities[0].kind not in WIDE_KINDS and stands_in(one, profile.subject_key) for one in asked.mentions
        ),
        called=called,
        words=words,
        named=[(one.start, one.end) for one in asked.mentions if stands_in(one, context)],
        times=years + ordinals,
        loose=_in_context(asked, said, part_about(context, asked)),
        stated=bool(stated),
        unmet_times=unmet_years * (1 + (fact.type == "number")) + 2 * unmet_ordinals,
        another_time=bool(unmet_ordinals and "edition" in fact.qualifiers)
        or bool(unmet_years and not years and has_year(context)),
    )


def _of_another_country(profile: Profile, found: _BorneOut, asked: Asked) -> bool:
    """Whether a number is of another country than the question: Chinese visitors where Korean ones are asked of."""
    asked_of = [one for one in asked.mentions if one.entities[0].kind == "country"]
    if profile.statement.fact.type != "number" or not asked_of:
        return False
    if any((one.start, one.end) in found.named or named_in_short(one, profile.context) for one in asked_of):
        return False
    return profile.names_a_country


def _names_what_is_named(profile: Profile, asked: Asked) -> bool:
    """Whether the answer would be a name that the question itself says: "who came after Lee" is not Lee."""
    fact = profile.statement.fact
    if set(asked.kinds) == {"person"} and fact.type == "text" and asked.content(named_in(asked)):
        subject = profile.subjects
        if subject and subject[0].kind == "person" and named_in(asked, subject[0].entity_id):
            return True
    if set(asked.kinds) == {"body"} and fact.type == "text":
        return any(profile.people_ids & {e.entity_id for e in mention.entities} for mention in asked.mentions)
    if fact.type not in ("person", "place", "organisation") or not {"person", "place"} & asked.kinds.keys():
        return False
    return any(profile.value_ids & {entity.entity_id for entity in mention.entities} for mention in asked.mentions)


def _about_another(profile: Profile, found: _BorneOut, asked: Asked) -> bool:
    """Whether the question names another thing of the same kind as the subject: another park, another person."""
    if not profile.subjects or found.subject:
        return False
    return any(
        mention.entities[0].kind == profile.subjects[0].kind and (mention.start, mention.end) not in found.named
        for mention in asked.mentions
    )


def _words_to_find(asked: Asked, table: TranslationTable) -> list[_Sought]:
    """The Latin and Korean words of the question, each with the words that stand for it: itself, its translations."""
    return [
        (
            (start, end),
            (
                asked.key[start:end],
                *(word for word, weight in table.translate(stem) if weight >= LIKELY and len(word) > 1),
            ),
        )
        for stem, start, end in (*asked.stems, *asked.korean_words)
    ]


def _in_context(asked: Asked, said: Sequence[_Sought], context: str) -> list[Span]:
    """Places of the question whose words, or their translations, stand in `context`."""
    spans = [span for span, words in said if any(word in context for word in words)]
    key = asked.key
    start = 0
    while start < len(key) - 1:
        length = 0
        while start + length < len(key) and not key[start].isascii() and key[start : start + length + 1] in context:
            length += 1
        if length >= 2:
            spans.append((start, start + length))
        start += max(length - 1, 1)
    return spans


def _speaks_of(attributes: Sequence[Span], spans: Sequence[Span], statement: Statement, asked: Asked) -> bool:
    """Whether a fact speaks of any of what is asked for, in its words or in its value."""
    key = matching_key(statement.fact.text)
    return any(
        any(start < end_of and start_of < end for start, end in spans) or asked.key[start_of:end_of] in key
        for start_of, end_of in attributes
    )


def _beyond_limits(profile: Profile, asked: Asked) -> bool:
    """Whether the question sets a limit ("more than three") of which the sentence does not speak."""
    return any(limit.number not in profile.numbers for limit in asked.limits)


def _says_size(asked: Asked, span: Span) -> bool:
    """Whether the question asks there how large, long or high something is, which names the number itself."""
    return _size.fullmatch(asked.key[slice(*span)]) is not None


def _inside(mention: Mention, spans: Sequence[Span]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def named_in(asked: Asked, entity_id: str | None = None) -> list[Span]:
    """The places of the names in a question, or of those of one entity."""
    return [
        (mention.start, mention.end) for mention in asked.mentions
        if entity_id is None or entity_id in {entity.entity_id for entity in mention.entities}
    ]  # fmt: skip
