"""What of a question a statement speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qa_assistant.facts.relations import Statement
from qa_assistant.language import matching_key
from qa_assistant.lexical.translation import LIKELY, TranslationTable
from qa_assistant.names import WIDE_KINDS, Mention
from qa_assistant.question.asked import Asked, named_in_short
from qa_assistant.question.editions import part_about
from qa_assistant.question.fitting import has_year, ordinals_borne, years_borne
from qa_assistant.question.profiles import Profile
from qa_assistant.records import Span

SUBJECT: Final = 0.2
"""What a statement gains whose subject the question names."""
PREDICATE: Final = 0.15
"""What it gains whose predicate is called as the question calls it."""
CONTEXT: Final = 0.6
"""What the words of the sentence around a fact count, beside those that name it."""
STATED: Final = 0.3
"""What it gains that says itself what is first, last, most or least, where the question asks for that."""
DOCUMENT: Final = tuple(
    "论文 文章 报道 报告 新闻 这篇 该文 本文 此文 paper article report study essay story"
    " 논문 기사 보고서 보도 글".split()
)
"""Words for a source itself."""
_SETS_SIDE_BY_SIDE: Final = frozenset({"difference", "more", "sum"})
_size = re.compile(r"多[大长高远宽深重]|how (?:large|big|long|high|tall|far|wide|deep|heavy)")
Sought = tuple[Span, tuple[str, ...]]
"""A place of the question, and the words that stand for what is said there."""


@dataclass(frozen=True)
class BorneOut:
    """What of a question a statement speaks of: places of its words, by what accounts for them.

    `subject` names what the fact is about, `called` its predicate, `words` are further words of the recipe, `named`
    names that stand in its sentence, `times` years and editions, `loose` words, or their translations, that stand
    anywhere in the sentence, `near` words that are near to one of them.
    """

    subject: list[Span]
    part_of_subject: bool
    called: list[Span]
    words: list[Span]
    named: list[Span]
    times: list[Span]
    loose: list[Span]
    near: list[Span]
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
        return by_words + CONTEXT * (asked.covered([*self.own, *self.loose, *self.near]) - by_words)

    def gains(self) -> float:
        """What is gained by a subject and a predicate that are named, and by a superlative that is stated."""
        subject = SUBJECT if self.subject else SUBJECT / 2 if self.part_of_subject else 0.0
        return subject + PREDICATE * bool(self.called) + STATED * self.stated

    def telling(self, asked: Asked, attributes: Sequence[Span], profile: Profile) -> list[Span]:
        """The places that tell whether a fact speaks of `attributes`.

        For a date or a number where a text is asked for, words anywhere in its sentence tell nothing; a word inside a
        name never does: 产业 in 产业园.
        """
        fact = profile.statement.fact
        if not asked.kinds and fact.type != "text" and not speaks_of(attributes, self.own, profile.statement, asked):
            return self.own
        said = [
            (a, b)
            for a, b in self.loose
            if asked.key[a].isascii()
            or any(
                max(a, start) < min(b, end) and asked.key[max(a, start) : min(b, end)] in profile.beside_names
                for start, end in attributes
            )
        ]
        return [*self.own, *said]


def borne_out(profile: Profile, asked: Asked, said: Sequence[Sought], near: Sequence[Span]) -> BorneOut:
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
    if years and asked.operations.keys() & _SETS_SIDE_BY_SIDE:
        unmet_years = 0  # Another statement has the other year.
    ordinals, unmet_ordinals = ordinals_borne(fact.qualifiers, context, asked)
    return BorneOut(
        subject=subject or asked.find([fact.subject, *(DOCUMENT if profile.of_document else ())]),
        part_of_subject=any(
            one.entities[0].kind not in WIDE_KINDS and one.stands_in(profile.subject_key) for one in asked.mentions
        ),
        called=called,
        words=words,
        named=[(one.start, one.end) for one in asked.mentions if _is_named(one, profile)],
        times=years + ordinals,
        loose=_in_context(asked, said, profile, part_about(context, asked)),
        near=list(near),
        stated=bool(stated),
        unmet_times=unmet_years * (1 + (fact.type == "number")) + 2 * unmet_ordinals,
        another_time=bool(unmet_ordinals and "edition" in fact.qualifiers)
        or bool(unmet_years and not years and has_year(context)),
    )


def _is_named(mention: Mention, profile: Profile) -> bool:
    """Whether the sentence of a statement names what is mentioned; the title of a source may do so in short: 中韩."""
    return mention.stands_in(profile.context) or (profile.of_document and named_in_short(mention, profile.subject_key))


def words_to_find(asked: Asked, table: TranslationTable) -> list[Sought]:
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


def _in_context(asked: Asked, said: Sequence[Sought], profile: Profile, context: str) -> list[Span]:
    """Places of the question whose words, or their translations, stand in `context`, a part of that of `profile`."""
    spans = [span for span, words in said if any(word in context for word in words)]
    key, reached = asked.key, 0
    for start, pair in asked.pairs:
        if start < reached or pair not in profile.pairs or pair not in context:
            continue
        end = start + 2
        while end < len(key) and key[start : end + 1] in context:
            end += 1
        spans.append((start, end))
        reached = end - 1
    return spans


def speaks_of(attributes: Sequence[Span], spans: Sequence[Span], statement: Statement, asked: Asked) -> bool:
    """Whether a fact speaks of any of what is asked for, in its words or in its value."""
    key = matching_key(statement.fact.text)
    return any(
        any(start < end_of and start_of < end for start, end in spans) or asked.key[start_of:end_of] in key
        for start_of, end_of in attributes
    )


def _says_size(asked: Asked, span: Span) -> bool:
    """Whether the question asks there how large, long or high something is, which names the number itself."""
    return _size.fullmatch(asked.key[slice(*span)]) is not None


def named_in(asked: Asked, entity_id: str | None = None) -> list[Span]:
    """The places of the names in a question, or of those of one entity."""
    return [
        (mention.start, mention.end) for mention in asked.mentions
        if entity_id is None or entity_id in {entity.entity_id for entity in mention.entities}
    ]  # fmt: skip
