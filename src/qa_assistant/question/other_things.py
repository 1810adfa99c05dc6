"""Whether a statement is of something else than a question, however many words they share."""

from __future__ import annotations

import re

from qa_assistant.question.asked import Asked, named_in_short
from qa_assistant.question.borne_out import BorneOut, named_in
from qa_assistant.question.owners import owners, speaks_of_owner
from qa_assistant.question.profiles import Profile
from qa_assistant.records import Span

_name = re.compile(r"叫(?:什么|啥|做?何)|姓名|名字|\bnames? of\b|\bnamed what|이름|성함")
_day = re.compile(r"\d\s*[日号]$")


def is_no_answer(profile: Profile, found: BorneOut, asked: Asked) -> bool:
    """Whether a value cannot be what is asked for: a number is no name, a day no amount."""
    fact = profile.statement.fact
    amount = asked.kinds.keys() & {"amount", "money"}
    if fact.type == "number" and amount and _day.search(fact.text):
        return True
    if _name.search(asked.key) and not amount and "date" not in asked.kinds:
        nameless = "person" in asked.kinds and "person" not in profile.types
        if nameless or fact.type in ("number", "date"):
            return True
    named = named_in(asked)
    told = found.called or found.stated or [span for span in found.words if not _inside(span, named)]
    if told:
        return False
    # A sum of money that is called otherwise is no cost, and a city is nobody who spoke.
    money = "money" in asked.kinds and asked.kinds.keys() <= {"money", "amount"}
    return money or (set(asked.kinds) == {"person"} and fact.type == "place")


def _inside(span: Span, spans: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def of_another_owner(found: BorneOut, asked: Asked) -> bool:
    """Whether the question asks something of a thing that a statement does not speak of, nor is it about it."""
    if found.subject or found.part_of_subject:
        return False
    return not speaks_of_owner(owners(asked), [*found.own, *found.loose, *found.near])


def beyond_limits(profile: Profile, asked: Asked) -> bool:
    """Whether the question sets a limit ("more than three") of which the sentence does not speak."""
    return any(limit.number not in profile.numbers for limit in asked.limits)


def of_another_country(profile: Profile, found: BorneOut, asked: Asked) -> bool:
    """Whether a number is of another country than the question: Chinese visitors where Korean ones are asked of."""
    asked_of = [one for one in asked.mentions if one.entities[0].kind == "country"]
    if profile.statement.fact.type != "number" or not asked_of:
        return False
    if any((one.start, one.end) in found.named or named_in_short(one, profile.context) for one in asked_of):
        return False
    return profile.names_a_country


def names_what_is_named(profile: Profile, asked: Asked) -> bool:
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


def about_another(profile: Profile, found: BorneOut, asked: Asked) -> bool:
    """Whether the question names another thing of the same kind as the subject: another park, another person."""
    if not profile.subjects or found.subject:
        return False
    return any(
        mention.entities[0].kind == profile.subjects[0].kind and (mention.start, mention.end) not in found.named
        for mention in asked.mentions
    )
