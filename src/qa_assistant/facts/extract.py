"""All facts of a set of documents: by their recipes, by the headers of their tables, by the numbers in their text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa_assistant.errors import SourceError
from qa_assistant.facts.keys import cell_keys
from qa_assistant.facts.layouts import RecipeMismatch, read_statement, read_table
from qa_assistant.facts.predicates import shared_predicates
from qa_assistant.facts.recipe import Recipe
from qa_assistant.facts.relations import Row, Rule, Statement, Table
from qa_assistant.facts.rules import read_rule
from qa_assistant.facts.statements import read_amounts
from qa_assistant.facts.tables import read_block_tables
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.names import Names
from qa_assistant.records import Document


@dataclass
class Facts:
    """The relations, statements and rules of some documents, and the entries of recipes that found nothing."""

    tables: list[Table] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    errors: list[SourceError] = field(default_factory=list)


def extract_facts(
    documents: Sequence[Document], recipes: Mapping[str, Recipe], names: Names, translations: TranslationTable
) -> Facts:
    """The facts of `documents`; `recipes` by the document's source."""
    facts = Facts()
    for document in documents:
        own = _of_document(document, recipes.get(document.source, Recipe()), names, translations)
        facts.tables += own.tables
        facts.statements += own.statements
        facts.rules += own.rules
        facts.errors += own.errors
    return facts


def _of_document(document: Document, recipe: Recipe, names: Names, translations: TranslationTable) -> Facts:
    """The facts of one document: of its recipe and its tables, then the amounts in places that those have left."""
    facts = Facts()
    block_tables = read_block_tables(document, names, translations)
    facts.tables += block_tables
    facts.rules += [rule for table in block_tables for rule in table.rules]
    _read_by_recipe(recipe, document, names, facts)
    taken = {_place(statement) for statement in facts.statements}
    cells = (fact for table in facts.tables for row in table.rows for fact in row.cells.values())
    taken |= {quote.start for fact in cells for quote in fact.quotes}
    facts.statements += read_amounts(document, names, taken)
    return facts


def _read_by_recipe(recipe: Recipe, document: Document, names: Names, facts: Facts) -> None:
    """One entry that finds nothing is told, and does not keep the others from being read."""
    shared = {**shared_predicates(), **recipe.predicates}
    for relation in recipe.relation:
        try:
            facts.tables.append(_merged(read_table(relation, document), names))
        except RecipeMismatch as error:
            facts.errors.append(SourceError(document.source, str(error)))
    for fact in recipe.fact:
        try:
            facts.statements.append(read_statement(fact, document, shared))
        except RecipeMismatch as error:
            facts.errors.append(SourceError(document.source, str(error)))
    for check in recipe.check:
        try:
            facts.rules.append(read_rule(check, document, facts.tables, facts.statements, shared))
        except RecipeMismatch as error:
            facts.errors.append(SourceError(document.source, str(error)))


def _merged(table: Table, names: Names) -> Table:
    """Rows that say the same under other names of the same things are one row, quoted where it stands first."""
    columns = {column.column_id: column for column in table.relation.columns}
    rows: dict[tuple[tuple[str, str], ...], Row] = {}
    for row in table.rows:
        key = tuple(
            (name, (cell_keys(fact, columns[name], names) or ("",))[0]) for name, fact in sorted(row.cells.items())
        )
        rows.setdefault(key, row)
    return table.model_copy(update={"rows": tuple(rows.values())})


def _place(statement: Statement) -> int:
    return int(statement.fact.fact_id[len(_doc_id(statement)) + 1 :].split(":")[0])


def _doc_id(statement: Statement) -> str:
    return statement.fact.quotes[0].doc_id
