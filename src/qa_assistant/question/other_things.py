"""Whether a statement is of something else than a question, however many words they share."""

from __future__ import annotations

from qa_assistant.question.asked import Asked, named_in_short
from qa_assistant.question.borne_out import BorneOut, named_in
from qa_assistant.question.profiles import Profile


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
