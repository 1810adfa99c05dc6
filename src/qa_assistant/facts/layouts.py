"""Read a source by its recipe: patterns over its reading text to relations and statements.

Every cell keeps the place it was read from. A text that wraps over lines is read as one, and quoted in as many pieces
as it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from qa_assistant.facts.cells import Cell, make_fact
from qa_assistant.facts.recipe import RecipeFact, RecipeRelation, Scope
from qa_assistant.facts.relations import Column, Relation, Row, Statement, Table, Words
from qa_assistant.facts.values import read_relative_date
from qa_assistant.language import clause_spans, stripped
from qa_assistant.records import Document, Quote, Span

LONGEST_SENTENCE: Final = 400
"""Characters that rows may stand in for their sentence to be told whole."""
_open_end: Final = "、，,;；"
"""A cell text that ends with one of these goes on below."""


class RecipeMismatch(ValueError):
    """An entry of a recipe that finds nothing in its source."""


def scope_spans(scope: Scope, document: Document) -> list[Span]:
    """The stretches of `document.text` that `scope` names, in order."""
    if scope.table is not None:
        blocks = [b for b in document.blocks if b.kind == "table" and re.search(scope.table, b.label or "")]
    elif scope.heading is not None:
        blocks = [b for b in document.blocks if b.kind != "heading" and re.search(scope.heading, " > ".join(b.path))]
    else:
        blocks = list(document.blocks)
    spans: list[Span] = []
    for block in blocks:
        start, end = block.start, block.end
        if scope.start is not None:
            match = re.compile(scope.start).search(document.text, start, end)
            if match is None:
                continue
            start = match.start()
        if scope.end is not None:
            match = re.compile(scope.end).search(document.text, start, end)
            end = match.start() if match else end
        spans.append((start, end))
    return spans


def clause_around(document: Document, span: Span) -> Span:
    """The whole clauses, up to semicolons and sentence ends, that hold `span`; within its block."""
    block = next((block for block in document.blocks if block.start <= span[0] < block.end), None)
    start, end = (block.start, block.end) if block else (0, len(document.text))
    spans = [(start + a, start + b) for a, b in clause_spans(document.text[start:end], longest=0)]
    first = next((a for a, b in spans if b > span[0]), start)
    last = next((b for a, b in spans if b >= span[1]), end)
    return stripped(document.text, (first, last))


def read_table(recipe: RecipeRelation, document: Document) -> Table:
    """The relation that `recipe` finds in `document`. Raises `RecipeMismatch`."""
    columns = tuple(
        Column(
            column_id=column.id,
            type=column.type,
            words=column.words,
            unit=column.unit,
            kinds=column.kinds,
            shared=column.shared,
            order=column.id == recipe.position,
            values=column.values,
            renderings=column.renderings,
        )
        for column in recipe.column
    )
    relation = Relation(
        relation_id=f"{document.doc_id}:{recipe.id}",
        doc_id=document.doc_id,
        title=recipe.title,
        subject=recipe.subject,
        words=recipe.words,
        counted=recipe.counted,
        columns=columns,
        key=recipe.key,
        where=recipe.where,
        whole=recipe.whole,
        total=recipe.total,
        say=recipe.say,
        ask=recipe.ask,
        joined=recipe.layout == "pattern" and recipe.item is None,
    )
    found = _wrapped(recipe, document) if recipe.layout == "wrapped" else _matches(recipe, document)
    latest = {column.id: column.latest_year for column in recipe.column}
    if recipe.position is not None:
        found = _numbered(found, recipe)
    rows = [_row(relation, cells, latest, number, document) for number, cells in enumerate(found)]
    if not rows:
        raise RecipeMismatch(f"relation {recipe.id!r} finds no row in {document.source}")
    return Table(relation=relation.model_copy(update={"context": _context(rows, document)}), rows=tuple(rows))


def _context(rows: Sequence[Row], document: Document) -> str:
    """The headings over the rows, and the sentence that they all stand in if there is one."""
    quotes = [quote for row in rows for fact in row.cells.values() for quote in fact.quotes]
    start, end = min(quote.start for quote in quotes), max(quote.end for quote in quotes)
    block = next(block for block in document.blocks if block.start <= start < block.end)
    headings = [*block.path, block.label or ""]
    if end - start <= LONGEST_SENTENCE:
        headings.append(document.text[slice(*clause_around(document, (start, end)))])
    return "\n".join(headings)


def _row(relation: Relation, cells: dict[str, Cell], latest: dict[str, int | None], number: int, doc: Document) -> Row:
    key = cells.get(relation.key)
    facts = {
        column.column_id: make_fact(
            relation, column, cells[column.column_id], cells, key, number, latest.get(column.column_id), doc
        )
        for column in relation.columns
        if column.column_id in cells
    }
    return Row(cells=facts)


def _matches(recipe: RecipeRelation, document: Document) -> Iterator[dict[str, Cell]]:
    """The cells of each row in layout `pattern`."""
    each = re.compile(recipe.each, re.MULTILINE)
    for start, end in (span for scope in recipe.scope for span in scope_spans(scope, document)):
        for match in each.finditer(document.text, start, end):
            outer = _groups(match, document)
            if recipe.item is None:
                yield outer
                continue
            for item in re.compile(recipe.item).finditer(document.text, *match.span("items")):
                if item.group().strip():
                    yield outer | _groups(item, document)


def _numbered(found: Iterator[dict[str, Cell]], recipe: RecipeRelation) -> Iterator[dict[str, Cell]]:
    """The rows with their places; the name of a row is what proves its place."""
    for number, cells in enumerate(found, start=1):
        yield {**cells, recipe.position or "": Cell(str(number), cells[recipe.key].quotes)}


def _groups(match: re.Match[str], document: Document) -> dict[str, Cell]:
    return {
        name: Cell(text, (document.quote(*match.span(name)),))
        for name, text in match.groupdict().items()
        if text and name != "items"
    }


@dataclass
class _Group:
    """What stands in one printed column of a row: its characters and their places."""

    offsets: list[int] = field(default_factory=list)

    def text(self, document: Document) -> str:
        return "".join(document.text[offset] for offset in self.offsets)

    def is_open(self, document: Document) -> bool:
        return bool(self.offsets) and document.text[self.offsets[-1]] in _open_end


def _wrapped(recipe: RecipeRelation, document: Document) -> Iterator[dict[str, Cell]]:
    """The cells of each row in layout `wrapped`."""
    for span in (span for scope in recipe.scope for span in scope_spans(scope, document)):
        headers = [_header(group.header, document, span) for group in recipe.groups]
        for key, groups in _wrapped_rows(recipe, document, span):
            for number, group in enumerate(groups):
                constants = {
                    name: Cell(text, (document.quote(*headers[number]),))
                    for name, text in recipe.groups[number].set.items()
                }
                for cells in _items(recipe, group, document):
                    yield {recipe.key: key, **constants, **cells}


def _header(pattern: str, document: Document, span: Span) -> Span:
    match = re.compile(pattern).search(document.text, *span)
    if match is None:
        raise RecipeMismatch(f"header {pattern!r} stands not in the table it is for")
    return match.span()


def _wrapped_rows(recipe: RecipeRelation, document: Document, span: Span) -> Iterator[tuple[Cell, list[_Group]]]:
    opens = re.compile(recipe.row)
    row: tuple[Cell, list[_Group]] | None = None
    for line_start, line_end in _lines(document.text, span):
        line = document.text[line_start:line_end]
        if recipe.skip and re.search(recipe.skip, line):
            continue
        start = line_start
        match = opens.match(document.text, line_start, line_end)
        if match:
            if row is not None:
                yield row
            row = (Cell(match.group(), (document.quote(*match.span()),)), [_Group() for _ in recipe.groups])
            start = match.end()
        if row is not None:
            _add_line(row[1], document, (start, line_end))
    if row is not None:
        yield row


def _add_line(groups: list[_Group], document: Document, span: Span) -> None:
    """Give each part of a line to the printed column it belongs to."""
    if len(groups) == 1:
        parts = [stripped(document.text, span)]
    else:
        parts = [match.span() for match in re.compile(r"\S+").finditer(document.text, *span)]
    opened = [number for number, group in enumerate(groups) if group.is_open(document)]
    empty = [number for number, group in enumerate(groups) if not group.offsets]
    if len(parts) > 1:
        first = min(opened + empty, default=0)
    else:
        # A column that is open goes on; a line by itself after a closed one is the next column.
        first = opened[-1] if opened else empty[0] if empty else len(groups) - 1
    for number, (start, end) in enumerate(parts, start=first):
        groups[min(number, len(groups) - 1)].offsets += range(start, end)


def _items(recipe: RecipeRelation, group: _Group, document: Document) -> Iterator[dict[str, Cell]]:
    text = group.text(document)
    if recipe.empty is not None and text == recipe.empty:
        value = next(iter(re.compile(recipe.item or "").groupindex))
        yield {value: Cell("", tuple(pieces(document, group.offsets)), printed=text)}
        return
    for match in re.compile(recipe.item or r"(?P<value>.+)").finditer(text):
        quotes = tuple(pieces(document, group.offsets[match.start() : match.end()]))
        yield {name: Cell(value, quotes) for name, value in match.groupdict().items() if value}


def pieces(document: Document, offsets: Sequence[int]) -> Iterator[Quote]:
    """The stretches of the document that characters at `offsets` stand in; white space between them is no gap."""
    start = before = None
    for offset in offsets:
        if before is not None and document.text[before + 1 : offset].strip():
            yield document.quote(start if start is not None else before, before + 1)
            start = None
        start = offset if start is None else start
        before = offset
    if start is not None and before is not None:
        yield document.quote(start, before + 1)


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span[0]
    while start < span[1]:
        end = text.find("\n", start, span[1])
        end = span[1] if end < 0 else end
        yield start, end
        start = end + 1


def read_statement(recipe: RecipeFact, document: Document, predicates: dict[str, Words]) -> Statement:
    """The fact of running text that `recipe` finds in `document`; `predicates` are those that it may name.

    Raises `RecipeMismatch`.
    """
    pattern = re.compile(recipe.pattern)
    match = next(
        (found for span in scope_spans(recipe.scope, document) if (found := pattern.search(document.text, *span))), None
    )
    if match is None:
        raise RecipeMismatch(f"fact {recipe.subject!r}: {recipe.pattern!r} finds nothing in {document.source}")
    spans = [clause_around(document, match.span())]
    if recipe.also is not None:
        also = re.compile(recipe.also).search(document.text)
        if also is None:
            raise RecipeMismatch(f"fact {recipe.subject!r}: {recipe.also!r} finds nothing in {document.source}")
        spans.append(clause_around(document, also.span()))
    predicate = recipe.predicate
    if isinstance(predicate, str):
        if predicate not in predicates:
            raise RecipeMismatch(f"fact {recipe.subject!r}: no predicate is called {predicate!r}")
        predicate = predicates[predicate]
    named = {name: text for name, text in match.groupdict().items() if text and name not in ("value", "unit")}
    place = match.span("value") if "value" in pattern.groupindex else match.span()
    value = Cell(document.text[slice(*place)], tuple(document.quote(*span) for span in dict.fromkeys(spans)))
    unit = match.groupdict().get("unit") or recipe.unit
    column = Column(column_id=predicate.label("zh"), type=recipe.type, words=predicate, unit=unit)
    fact = make_fact(None, column, value, {}, None, place[0], None, document)
    relative = read_relative_date(value.text, named.get("base", "")) if recipe.type == "date" else None
    if relative is not None:
        fact = fact.model_copy(update={"type": "date", "value": relative.iso})
    fact = fact.model_copy(
        update={
            # Several facts may stand at one place: who handed over a prize, and what office he held.
            "fact_id": f"{fact.fact_id}:{recipe.subject}:{column.column_id}",
            "subject": recipe.subject,
            "qualifiers": {**recipe.qualifiers, **named},
        }
    )
    return Statement(
        fact=fact, predicate=predicate, words=recipe.words, say=recipe.say, context=document.text[slice(*spans[0])]
    )
