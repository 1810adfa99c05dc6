"""Questions near to one that was refused, which can be answered: each is asked before it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from qa_assistant.answer.askable import filled, is_shared, question_of, questions_of
from qa_assistant.answer.said import Said
from qa_assistant.facts.reading import Reading
from qa_assistant.facts.relations import Relation, Row, Statement
from qa_assistant.index import Index
from qa_assistant.language import compact_key
from qa_assistant.names import WIDE_KINDS
from qa_assistant.question.asked import Asked
from qa_assistant.question.readings import keys_of
from qa_assistant.records import Fact, Hit, Language

MOST: Final = 2
"""Questions that are offered."""
TRIED: Final = 4
"""Questions that are asked to find them."""
NEAREST: Final = 3
"""Passages whose facts are near."""
SHORTEST: Final = 3
"""Characters of a cell's key from which a question names it, the sign before its text among them."""
ROWS: Final = 3
"""Rows of a relation that a question is made of."""

AskFacts = Callable[[str, Language], Said | None]


@dataclass(frozen=True)
class _Candidate:
    """A question, and whether a fact is what answers it: another answer would be to another question."""

    question: str
    about: str
    answers: Callable[[Fact], bool]


class Suggester:
    """Makes questions of the facts of an index; `ask` gives what the facts say to one."""

    def __init__(self, index: Index, ask: AskFacts) -> None:
        self._index = index
        self._ask = ask
        self._by_subject: dict[str, list[int]] = {}
        self._by_document: dict[str, list[tuple[int, int]]] = {}
        for number, statement in enumerate(index.facts.statements):
            if not statement.predicate.all:
                continue
            for entity in index.names.lookup(statement.fact.subject)[:1]:
                self._by_subject.setdefault(entity.entity_id, []).append(number)
            quote = statement.fact.quotes[0]
            self._by_document.setdefault(quote.doc_id, []).append((quote.start, number))

    def suggest(self, asked: Asked, reading: Reading | None, hits: Sequence[Hit]) -> tuple[str, ...]:
        """At most two questions, the nearest first, that the facts answer; fewer where no more are found.

        `reading` is the lookup that found nothing, `hits` the nearest passages.
        """
        found: list[str] = []
        told: set[str] = set()
        tried: set[str] = {compact_key(asked.text)}
        for one in self._candidates(asked, reading, hits):
            if len(found) == MOST or len(tried) > TRIED:
                break
            key = compact_key(one.question)
            if key in tried or one.about in told:
                continue
            tried.add(key)
            said = self._ask(one.question, asked.language)
            if said is not None and said.kind == "fact" and any(map(one.answers, said.facts)):
                found.append(one.question)
                told.add(one.about)
        return tuple(found)

    def _candidates(self, asked: Asked, reading: Reading | None, hits: Sequence[Hit]) -> Iterator[_Candidate]:
        ids = [one.entities[0].entity_id for one in asked.mentions if one.entities[0].kind not in WIDE_KINDS]
        texts = [
            key
            for key in keys_of(asked, self._index.facts.beginnings)
            if key.startswith("=") and len(key) > SHORTEST and not key[1:].isdigit()
        ]
        located = self._index.facts.columns_of_keys([*ids, *texts])
        cells = sorted(located)
        if reading is not None:
            yield from self._of_relation(reading.relation, asked, cells, open_too=True)
        near = self._near_statements(hits)
        named = dict.fromkeys(number for entity_id in ids for number in self._by_subject.get(entity_id, ()))
        yield from self._of_statements(self._nearest(named, near, asked), asked)
        having = {number for found in located.values() for number in found}
        for number in self._called(asked, hits):
            if number in having:
                yield from self._of_relation(number, asked, cells, open_too=False)
        for number in self._called(asked, hits):
            yield from self._of_relation(number, asked, (), open_too=True)
        yield from self._of_statements(self._nearest(near, near, asked), asked)

    def _called(self, asked: Asked, hits: Sequence[Hit]) -> list[int]:
        """The relations that the question names things of or that stand in its sources, best called first."""
        relations = self._index.facts.relations
        documents = {hit.passage.doc_id for hit in hits[:NEAREST]}
        share = {
            number: asked.covered(asked.find((*relation.title.all, *relation.words.all)))
            for number, relation in enumerate(relations)
            if relation.doc_id in documents
        }
        return sorted(share, key=lambda number: (-share[number], number))

    def _nearest(self, numbers: Iterable[int], near: Sequence[int], asked: Asked) -> list[int]:
        """Statements in order: of the edition asked for, those with most words of the question, the nearest ones."""
        statements = self._index.facts.statements
        places = {number: place for place, number in enumerate(near)}
        editions = {str(ordinal.number) for ordinal in asked.ordinals}
        types = _types_of(asked)

        def distance(number: int) -> tuple[float, ...]:
            statement = statements[number]
            called = [span for span in asked.find(statement.predicate.all) if asked.says_something(*span)]
            said = [span for span in asked.find(statement.words.all) if asked.says_something(*span)]
            edition = statement.fact.qualifiers.get("edition", "")
            return (
                bool(editions) and not edition,
                -asked.covered(called) - asked.covered([*called, *said]),
                statement.fact.type not in types,
                not is_shared(statement),
                places.get(number, len(places)),
                number,
            )

        return sorted(numbers, key=distance)

    def _near_statements(self, hits: Sequence[Hit]) -> list[int]:
        """The statements in the nearest passages, in order."""
        found: list[int] = []
        for hit in hits[:NEAREST]:
            passage = hit.passage
            own = self._by_document.get(passage.doc_id, ())
            found += [number for start, number in own if passage.start <= start < passage.end]
        return list(dict.fromkeys(found))

    def _of_statements(self, numbers: Sequence[int], asked: Asked) -> Iterator[_Candidate]:
        for number in numbers:
            statement: Statement = self._index.facts.statements[number]
            question = question_of(statement, self._index.names, asked.language)
            if question is not None:
                yield _Candidate(question, statement.fact.fact_id, partial(_says, statement.fact))

    def _of_relation(self, number: int, asked: Asked, ids: Sequence[str], *, open_too: bool) -> Iterator[_Candidate]:
        """Questions on the rows that have what the question names; with `open_too`, those on the whole relation."""
        relation = self._index.facts.relations[number]
        answers = partial(_is_cell_of, f"{relation.relation_id}:")
        whole: list[_Candidate] = []
        for form, columns in questions_of(relation, asked.language):
            if not columns:
                whole.append(_Candidate(form, form, answers))
                continue
            for row in islice(self._rows(number, relation, columns, asked, ids), ROWS):
                question = filled(form, row, relation, self._index.names, asked.language)
                if question is not None:
                    told = answers if relation.ask else partial(_is_any_of, self._asked_for(form, relation, row))
                    yield _Candidate(question, form, told)
                    break
        if open_too:
            yield from whole

    @staticmethod
    def _asked_for(form: str, relation: Relation, row: Row) -> frozenset[str]:
        """The ids of the cells of `row` in the columns that `form` calls by their headers."""
        return frozenset(
            cell.fact_id
            for name, cell in row.cells.items()
            if name != relation.key and any(f"“{word}”" in form for word in relation.column(name).words.all)
        )

    def _rows(
        self, number: int, relation: Relation, columns: Sequence[str], asked: Asked, ids: Sequence[str]
    ) -> Iterator[Row]:
        """The rows that say in `columns` what the question names, or the year or number next to one it names."""
        store = self._index.facts
        rows: set[int] | None = None
        for name in columns:
            column = relation.column(name)
            if column.type in ("date", "number"):
                wanted = [years.low for years in asked.years if years.single] if column.type == "date" else [
                    ordinal.number for ordinal in asked.ordinals if not ordinal.up_to
                ]  # fmt: skip
                cells = [cell for cell in store.named(number, name, sorted(store.all_rows(number))) if cell.amount]
                if not wanted or not cells:
                    return
                nearest = min(cells, key=lambda cell: (abs((cell.amount or 0) - wanted[0]), cell.row))
                found = {nearest.row}
            else:
                found = store.rows_with(number, name, ids) if ids else set()
            rows = found if rows is None else rows & found
        yield from (row for _, row in store.rows(number, sorted(rows or ())[:ROWS]))


def _says(wanted: Fact, fact: Fact) -> bool:
    """Whether a fact is the one that is wanted, or says the same of a thing of the same name."""
    same = wanted.value is not None and (fact.type, fact.value, fact.unit) == (wanted.type, wanted.value, wanted.unit)
    return fact.fact_id == wanted.fact_id or same


def _is_any_of(wanted: frozenset[str], fact: Fact) -> bool:
    return fact.fact_id in wanted


def _is_cell_of(relation: str, fact: Fact) -> bool:
    return relation in fact.fact_id


def _types_of(asked: Asked) -> set[str]:
    """The types of facts that have the kind of value asked for."""
    types = {"amount": "number", "money": "number", "body": "organisation"}
    return {types.get(kind, kind) for kind in asked.kinds}
