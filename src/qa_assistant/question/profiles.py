"""What a statement says that no question changes: read when it is first looked at, and kept."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import Final

from qa_assistant.facts.relations import Statement
from qa_assistant.facts.values import find_amounts
from qa_assistant.language import matching_key
from qa_assistant.names import PLACE_KINDS, WIDE_KINDS, Entity, Names
from qa_assistant.question.operations import Operation, operations

LONGEST_LIST: Final = 120
"""Characters of a text that may be a list of names."""
_reason = re.compile(
    r"因|由于|缘|为了|旨在|目的|以便|促使|使得|得益|基于|鉴于|出于|理由|动机|意义"
    r"|\bbecause\b|\bdue to\b|\bin order to\b|\breason|\bwhy\b|\bcause|\bso that\b|\bthanks to\b|\bto (?=\w)|\bpurpose"
    r"|때문|위해|위하여|이유|목적|까닭"
)
SUPERLATIVES: Final[frozenset[Operation]] = frozenset({"earliest", "latest", "most", "least"})


class Profile:
    """A statement read by `names`; `of_document` where its subject is one of the sources, by its title."""

    def __init__(self, statement: Statement, names: Names, titles: frozenset[str] = frozenset()) -> None:
        self.statement = statement
        self._names = names
        self.of_document = statement.fact.subject in titles

    @cached_property
    def predicate(self) -> tuple[str, ...]:
        """All words of its predicate."""
        return self.statement.predicate.all

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All further words to ask for it."""
        return self.statement.words.all

    @cached_property
    def superlatives(self) -> frozenset[Operation]:
        """What its predicate says of a rank: `earliest` for 第一对."""
        labels = [self.statement.predicate.label("zh"), self.statement.predicate.label("en")]
        return SUPERLATIVES & set[Operation]().union(*(operations(matching_key(label)) for label in labels))

    @cached_property
    def subject_key(self) -> str:
        """The matching key of its subject."""
        return matching_key(self.statement.fact.subject)

    @cached_property
    def subjects(self) -> tuple[Entity, ...]:
        """What its subject may be, best first."""
        return tuple(self._names.lookup(self.statement.fact.subject))

    @cached_property
    def subject_ids(self) -> tuple[str, ...]:
        """The ids of what its subject may be, sorted."""
        return tuple(sorted({entity.entity_id for entity in self.subjects}))

    @cached_property
    def value_ids(self) -> frozenset[str]:
        """The ids of what its value may be."""
        return frozenset(entity.entity_id for entity in self._names.lookup(self.statement.fact.text))

    @cached_property
    def people_ids(self) -> frozenset[str]:
        """The ids of the people that its value names; none where it names something else, too."""
        found = [mention.entities[0] for mention in self._names.find(self.statement.fact.text)]
        return frozenset(one.entity_id for one in found if all(other.kind == "person" for other in found))

    @cached_property
    def word_ids(self) -> frozenset[str]:
        """The ids of the names among the words to ask for it, which are heard in every language."""
        found = (self._names.lookup(word)[:1] for word in self.statement.words.zh if len(word) > 1)
        return frozenset(entity.entity_id for entities in found for entity in entities)

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of its value: its own, and `place` or `person` for a text that lists names of them."""
        fact = self.statement.fact
        types: set[str] = {fact.type}
        if fact.type == "text" and len(fact.text) <= LONGEST_LIST:
            mentions = self._names.find(fact.text)
            named = sum(mention.end - mention.start for mention in mentions)
            if named >= 0.5 * len(fact.text):
                kinds = {mention.entities[0].kind for mention in mentions}
                types.add("place" if kinds & PLACE_KINDS else "person")
        return frozenset(types)

    @cached_property
    def context(self) -> str:
        """The matching key of its sentence, subject and qualifiers."""
        fact = self.statement.fact
        return matching_key("\n".join([self.statement.context, fact.subject, *fact.qualifiers.values()]))

    @cached_property
    def beside_names(self) -> str:
        """`context` with blanks in place of its names of single things."""
        characters = list(self.context)
        for mention in self._names.find(self.context):
            if mention.entities[0].kind not in WIDE_KINDS:
                characters[mention.start : mention.end] = " " * (mention.end - mention.start)
        return "".join(characters)

    @cached_property
    def gives_reason(self) -> bool:
        """Whether it says why: it is called a reason, or its sentence has words that introduce one."""
        return _reason.search("\n".join([*map(matching_key, self.predicate), self.context])) is not None

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The pairs of characters in `context`."""
        return frozenset(map("".join, pairwise(self.context)))

    @cached_property
    def names_a_country(self) -> bool:
        """Whether its sentence names a country."""
        return any(one.entities[0].kind == "country" for one in self._names.find(self.context))

    @cached_property
    def numbers(self) -> frozenset[float | int]:
        """The amounts in its sentence."""
        return frozenset(amount.value for amount in find_amounts(self.context))
