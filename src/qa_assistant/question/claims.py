"""What a yes-or-no question takes for granted or wants confirmed: a place, somebody or a year that it names.

"Was the second meeting in Seoul?" is asked as "where was the second meeting?"; whether the answer is Seoul is the
verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa_assistant.names import PLACE_KINDS, Names
from qa_assistant.question.asked import Asked
from qa_assistant.records import Fact

_SOMEBODY = frozenset({"person", "organisation"})


@dataclass(frozen=True)
class Claim:
    """The question that a claim answers, the type of the answer, and the entities or the year that it claims."""

    open: Asked
    type: str
    entity_ids: frozenset[str] = frozenset()
    year: int | None = None

    def holds(self, fact: Fact, names: Names) -> bool:
        """Whether `fact`, which answers the open question, says what is claimed."""
        if self.year is not None:
            return isinstance(fact.value, str) and fact.value[:4] == f"{self.year:04}"
        said = {entity.entity_id for mention in names.find(fact.text) for entity in mention.entities}
        return bool(said & self.entity_ids)


def claims(asked: Asked) -> Iterator[Claim]:
    """The claims of a question that wants a yes or a no, in its order."""
    if not asked.wants_yes_or_no:
        return
    for mention in asked.mentions:
        kind = mention.entities[0].kind
        name = "place" if kind in PLACE_KINDS else "person" if kind in _SOMEBODY else None
        if name is not None:
            others = tuple(one for one in asked.mentions if one is not mention)
            span = (mention.start, mention.end)
            entity_ids = frozenset(entity.entity_id for entity in mention.entities)
            yield Claim(replace(asked, mentions=others, kinds={name: [span]}), kind, entity_ids)
    for years in asked.years:
        if years.single:
            left = tuple(one for one in asked.years if one is not years)
            open_question = replace(asked, years=left, kinds={"date": [(years.start, years.end)]})
            yield Claim(open_question, "date", year=years.low)
