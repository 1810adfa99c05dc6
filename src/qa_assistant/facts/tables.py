"""Tables whose cells are known (Markdown, CSV, TSV, HTML) as relations, by their headers alone.

A column's type is that of nearly all its cells. What a question may call a column is its header and the translations
of the header's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qa_assistant.facts.cells import Cell, make_fact
from qa_assistant.facts.predicates import shared_predicates
from qa_assistant.facts.relations import Column, Relation, Row, Table, Words
from qa_assistant.facts.totals import TotalRow, total_rules
from qa_assistant.facts.values import find_amounts, read_date
from qa_assistant.language import detect_language, matching_key
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.names import Names
from qa_assistant.records import Block, Document, FactType, Language, Span

MOST: Final = 0.8
"""Share of a column's cells that have to be of a type for the column to be of it."""

_number = re.compile(r"[^\d]{0,12}[\d][\d,.]*\s*[%％]?[^\d]{0,12}")
_unit_in_header = re.compile(r"[（(\[]\s*(?P<unit>[^（()）\]]{1,20})\s*[)）\]]\s*$")
_person = re.compile(
    r"姓名|负责人|联系人|主任|馆长|作者|经理|\b(?:director|manager|head|contact|author|chair|person|leader|responsible)\b",
    re.IGNORECASE,
)
_total = re.compile(r"(?:总计|合计|总和|小计|共计|(?:sub-?|grand )?total|sum|합계|총계)\s*[:：]?", re.IGNORECASE)
_nothing = re.compile(r"(?:-|–|—|/|n/?a|无|none|nil|\.\.\.|…|null)?", re.IGNORECASE)


def read_block_tables(document: Document, names: Names, translations: TranslationTable) -> list[Table]:
    """The relations of all tables in `document` whose cells are known: a header row, then at least one more."""
    blocks = [block for block in document.blocks if len(block.rows) > 1]
    return [_table(document, block, number, names, translations) for number, block in enumerate(blocks, start=1)]


def _table(document: Document, block: Block, number: int, names: Names, translations: TranslationTable) -> Table:
    header, *body = block.rows
    texts = [[_text(document, span) for span in row] for row in body]
    width = len(header)
    columns = tuple(
        _column(document, place, span, [row[place] for row in texts if place < len(row)], names, translations)
        for place, span in enumerate(header)
    )
    key = _key_column(columns, texts)
    title = block.label or (block.path[-1] if block.path else document.title)
    relation = Relation(
        relation_id=f"{document.doc_id}:table-{number}",
        doc_id=document.doc_id,
        title=_words(title, translations),
        words=_words(" ".join([*block.path, block.label or "", document.title]), translations),
        counted=_counted_by(title, translations),
        columns=columns,
        key=key.column_id,
        where=block.label or "",
        context="\n".join([*block.path, block.label or "", document.title]),
    )
    rows: list[Row] = []
    totals: list[TotalRow] = []
    for spans, cells in zip(body, texts, strict=True):
        named = {
            column.column_id: _cell(document, span, text)
            for column, span, text in zip(columns, spans, cells, strict=False)
            if text
        }
        if not named:
            continue
        first = next(iter(named.values())).text
        is_total = _total.fullmatch(first) is not None
        about = named.get(key.column_id)
        facts = {
            column.column_id: make_fact(
                relation, column, named[column.column_id], named, about, len(rows), None, document
            )
            for column in columns[:width]
            if column.column_id in named
        }
        if is_total:  # It is no row of its own: sums would count everything twice.
            totals.append(TotalRow(first, len(rows), facts))
        else:
            rows.append(Row(cells=facts))
    headers = {column.column_id: _text(document, span) for column, span in zip(columns, header, strict=True)}
    return Table(relation=relation, rows=tuple(rows), rules=total_rules(relation, title, headers, rows, totals))


def _text(document: Document, span: Span) -> str:
    return " ".join(document.text[slice(*span)].replace("\\|", "|").split()).strip("*_`")


def _cell(document: Document, span: Span, text: str) -> Cell:
    quotes = (document.quote(*span),)
    return Cell("", quotes, printed=text) if _nothing.fullmatch(text) else Cell(text, quotes)


def _column(
    document: Document, place: int, span: Span, cells: Sequence[str], names: Names, translations: TranslationTable
) -> Column:
    header = _text(document, span)
    unit = _unit_in_header.search(header)
    name = header[: unit.start()].strip() if unit else header
    filled = [cell for cell in cells if not _nothing.fullmatch(cell)]
    kind, kinds = _type(name or header, filled, names)
    return Column(
        column_id=f"c{place}",
        type=kind,
        words=_known_words(_words(name or header or f"#{place + 1}", translations)),
        unit=unit["unit"] if unit and kind == "number" else None,
        kinds=kinds,
    )


def _type(header: str, cells: Sequence[str], names: Names) -> tuple[FactType, tuple[str, ...]]:
    """The type of a column, and the kinds of entity that its cells name."""
    if not cells:
        return "text", ()
    dates = sum(_is_date(cell) for cell in cells)
    if dates >= MOST * len(cells):
        return "date", ()
    numbers = sum(_number.fullmatch(cell) is not None for cell in cells)
    if numbers >= MOST * len(cells):
        return "number", ()
    kinds: list[str] = []
    for cell in cells:
        found = names.lookup(cell)
        kinds += [found[0].kind] if found else []
    if _person.search(header):
        return "person", ()
    if len(kinds) >= MOST * len(cells):
        places = {"country", "province", "region", "prefecture", "city", "district"}
        ordered = tuple(dict.fromkeys(kinds))
        if set(kinds) <= places:
            return "place", ordered
        return ("person" if set(kinds) == {"person"} else "organisation"), ordered
    return "text", ()


def _is_date(cell: str) -> bool:
    date = read_date(cell)
    return date is not None and len(date.text) >= 0.6 * len(cell) and not list(find_amounts(cell))


def _key_column(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> Column:
    """The column that the rows are about: their numbers, else the first of names whose cells differ, else any such."""
    for place, column in enumerate(columns):
        if column.type == "number" and [row[place] for row in texts if place < len(row)] == _counted(len(texts)):
            return column
    differing = [
        column
        for place, column in enumerate(columns)
        if len({row[place] for row in texts if place < len(row)}) >= 0.9 * len(texts)
    ]
    # A person in charge is not what a row is about, though each row may name another one.
    named = [column for column in differing if column.type not in ("number", "date", "person")]
    plain = [column for column in columns if column.type not in ("number", "date", "person")]
    return next(iter([*named, *plain, *differing, *columns]))


def _known_words(header: Words) -> Words:
    """The words of a header, and those that people ask with for what it names, where it names a known predicate."""
    own = {matching_key(word) for word in header.all}
    for predicate in shared_predicates().values():
        if own & {matching_key(word) for word in predicate.all}:
            header = header.and_those_of(predicate)
    return header


def _counted_by(title: str, translations: TranslationTable) -> Words:
    """What a row may be called: the words of the title, "library" in "Libraries of the programme"."""
    named = _words(title, translations)
    language = detect_language(title)
    own = tuple(word for word in words(title) if len(word) > 1 and not word.isdigit())
    return Words(zh=own or named.zh, en=named.en) if language == "zh" else Words(zh=named.zh, en=own or named.en)


def _counted(rows: int) -> list[str]:
    return [str(number) for number in range(1, rows + 1)]


def _words(text: str, translations: TranslationTable) -> Words:
    """A text as a label in its language, and the words that translate its words in the others."""
    language: Language = detect_language(text)
    own = [text.strip()]
    other: list[str] = []
    found = words(text)
    if language == "en":
        own += [word for word in found if len(word) > 2]
    for word in dict.fromkeys(found):
        best = translations.translate(word)[:8]
        other += [translated for translated, weight in best if weight >= 0.05]
    translated = tuple(dict.fromkeys(word for word in other if len(word) > 1))
    # The header itself is shown in every language: a word-for-word translation would be no name.
    known: dict[str, tuple[str, ...]] = {language: tuple(dict.fromkeys(own))}
    known["en" if language == "zh" else "zh"] = (text.strip(), *translated)
    return Words(**known)
