"""The checks of a recipe as rules over the facts of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qa_assistant.facts.agreement import is_number
from qa_assistant.facts.cells import Cell, make_fact
from qa_assistant.facts.layouts import RecipeMismatch, clause_around, scope_spans
from qa_assistant.facts.recipe import RecipeCheck, RecipeTerm
from qa_assistant.facts.relations import Column, Rule, Statement, Table, Term, Words
from qa_assistant.records import Document, Fact


def read_rule(
    check: RecipeCheck,
    document: Document,
    tables: Sequence[Table],
    statements: Sequence[Statement],
    predicates: Mapping[str, Words],
) -> Rule:
    """The rule that `check` declares; `tables` and `statements` are those of `document`. Raises `RecipeMismatch`."""
    label = next(iter(check.about.values()), "")

    def read(term: RecipeTerm) -> Term:
        if term.relation:
            facts = _cells(term, tables)
        elif term.subject:
            facts = _statement(term, statements, predicates)
        else:
            facts = _matches(term, document)
        found = tuple(fact for fact in facts if term.count or is_number(fact) or fact.type == "date")
        found = found[:1] if term.subject else found
        if not found:
            wanted = term.model_dump(exclude_defaults=True)
            raise RecipeMismatch(f"check {label!r}: {wanted} finds nothing in {document.source}")
        return Term(facts=found, counted=term.count)

    first = check.total or check.share or check.same[0]
    return Rule(
        kind="sum" if check.total else "share" if check.share else "same",
        about=check.about,
        total=read(first),
        parts=tuple(read(term) for term in check.parts or check.same[1:]),
        whole=tuple(read(term) for term in check.whole),
        open=check.open,
        certain=check.certain,
        note=check.note,
    )


def _cells(term: RecipeTerm, tables: Sequence[Table]) -> Iterator[Fact]:
    for table in tables:
        if table.relation.relation_id != f"{table.relation.doc_id}:{term.relation}":
            continue
        for row in table.rows:
            if term.column in row.cells and all(
                name in row.cells and row.cells[name].text == text for name, text in term.rows.items()
            ):
                yield row.cells[term.column]


def _statement(term: RecipeTerm, statements: Sequence[Statement], predicates: Mapping[str, Words]) -> Iterator[Fact]:
    shared = predicates.get(term.predicate)
    label = shared.label("zh") if shared else term.predicate
    for statement in statements:
        fact = statement.fact
        if (fact.subject, fact.predicate, fact.qualifiers) == (term.subject, label, term.qualifiers):
            yield fact


def _matches(term: RecipeTerm, document: Document) -> Iterator[Fact]:
    pattern = re.compile(term.pattern, re.MULTILINE)
    column = Column(column_id="value", type="text" if term.count else "number")
    for span in scope_spans(term.scope, document):
        for match in pattern.finditer(document.text, *span):
            place = match.span("value") if "value" in pattern.groupindex else match.span()
            cell = Cell(document.text[slice(*place)], (document.quote(*clause_around(document, place)),))
            yield make_fact(None, column, cell, {}, None, place[0], None, document)
