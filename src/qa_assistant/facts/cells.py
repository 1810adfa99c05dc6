"""A cell of a table, or a value in a sentence, to a typed Fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa_assistant.facts.relations import Column, Relation
from qa_assistant.facts.values import read_amount, read_date
from qa_assistant.records import Document, Fact, Quote


@dataclass(frozen=True)
class Cell:
    """What a cell says, without line ends, and where it stands.

    `printed` is what stands there where the cell says that there is nothing ("0", "-").
    """

    text: str
    quotes: tuple[Quote, ...]
    printed: str = ""


def make_fact(
    relation: Relation | None,
    column: Column,
    cell: Cell,
    row: Mapping[str, Cell],
    key: Cell | None,
    number: int,
    latest_year: int | None,
    document: Document,
) -> Fact:
    """The fact in a cell of a row, or in running text where there is no relation.

    The other cells of the row are its qualifiers, the cell that the row is about its subject. A number or date that
    cannot be read stays a text.
    """
    text = " ".join(cell.text.split())
    kind, unit = column.type, column.unit
    value: float | int | str | None = None
    hedge: str | None = None
    if text and kind == "number":
        amount = read_amount(text)
        if amount is None:
            kind, value = "text", text
        else:
            value, unit, hedge = amount.value, amount.unit or column.unit, amount.hedge
    elif text and kind == "date":
        date = read_date(text, latest_year)
        value = date.iso if date else text
        kind = kind if date else "text"
    elif text:
        value = text
    own = cell.quotes
    about = () if key is None or key is cell else tuple(quote for quote in key.quotes if quote not in own)
    place = f"{relation.relation_id}:{number}:{column.column_id}" if relation else f"{document.doc_id}:{number}"
    return Fact(
        fact_id=place,
        subject=key.text if key else "",
        predicate=column.words.label("zh") or column.column_id,
        type=kind,
        value=value,
        text=text or cell.printed,
        unit=unit,
        approximate=hedge,
        qualifiers={name: other.text or other.printed for name, other in row.items() if other is not cell},
        quotes=(*own, *about),
    )
