"""Whether what the facts say speaks of the words of a question, or only of the thing that it names."""

from __future__ import annotations

from collections.abc import Iterable

from qa_assistant.answer.said import Said
from qa_assistant.facts.relations import Relation
from qa_assistant.facts.store import FactStore
from qa_assistant.language import matching_key
from qa_assistant.lexical.tokens import words
from qa_assistant.question.asked import Asked
from qa_assistant.records import Fact, Span


class Spoken:
    """The words by which the facts of a store are asked for."""

    def __init__(self, store: FactStore) -> None:
        self._relations = store.relations
        self._statements = {statement.fact.fact_id: statement for statement in store.statements}

    def covers(self, said: Said, asked: Asked, spans: Iterable[Span]) -> bool:
        """Whether the first fact told is asked for by the words at each of `spans` of `asked`."""
        return bool(said.facts) and all(self._covers(said.facts[0], asked, span) for span in spans)

    def _covers(self, fact: Fact, asked: Asked, span: Span) -> bool:
        statement = self._statements.get(fact.fact_id)
        if statement is None:
            called = [name for relation in self._relations_of(fact) for name in _names(relation)]
            context = ""
        else:
            called, context = [*statement.predicate.all, *statement.words.all], matching_key(statement.context)
        if any(start < span[1] and span[0] < end for start, end in asked.find(called)):
            return True
        word = asked.key[slice(*span)]
        return bool(set(words(word)) & set(words(context))) if word.isascii() else word in context

    def _relations_of(self, fact: Fact) -> list[Relation]:
        """The relations that may have `fact` in a cell."""
        doc_ids = {quote.doc_id for quote in fact.quotes}
        return [
            relation for relation in self._relations
            if relation.doc_id in doc_ids and any(fact.predicate in one.words.all for one in relation.columns)
        ]  # fmt: skip


def _names(relation: Relation) -> list[str]:
    """What a relation, its columns and their values are called."""
    called = [*relation.title.all, *relation.words.all, *relation.counted.all]
    for column in relation.columns:
        called += column.words.all
        called += [name for value in column.values.values() for name in value.all]
    return called
