"""The keys under which the cells of a relation are found: entities, years, numbers, and the text itself."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from qa_assistant.facts.relations import Column, Words
from qa_assistant.language import compact_key
from qa_assistant.lexical.tokens import terms
from qa_assistant.names import Entity, Names
from qa_assistant.records import Fact

NO_WORDS: Final = Words()
LONGEST: Final = 24
"""Characters of a cell that can be found by its whole text."""


def text_key(text: str) -> str:
    """The key of a text as it stands, script and width apart."""
    return "=" + compact_key(text)


def word_key(term: str) -> str:
    """The key of one index term in a cell of plain text."""
    return "~" + term


def year_key(year: int) -> str:
    """The key of a year."""
    return f"@{year:04d}"


def number_key(number: float) -> str:
    """The key of a number."""
    return f"#{number:g}"


def linked(text: str, column: Column, names: Names) -> tuple[Entity, ...]:
    """The entities that a cell names, of the kinds of its column where it has any, in order."""
    mentions = names.find(text)
    of_kind = [
        [entity for entity in one.entities if not column.kinds or entity.kind in column.kinds] for one in mentions
    ]
    # A cell may name a thing of another kind than its neighbours do: an autonomous prefecture among the provinces.
    chosen = [found for found in of_kind if found] or [list(one.entities) for one in mentions]
    return tuple(dict.fromkeys(found[0] for found in chosen))


def cell_keys(fact: Fact, column: Column, names: Names) -> tuple[str, ...]:
    """All keys of the cell that `fact` is, the one that stands for it first; none for an empty cell."""
    if fact.value is None:
        return ()
    if isinstance(fact.value, int | float):
        return (number_key(fact.value),)
    keys: list[str] = []
    if fact.type == "date":
        keys = [year_key(int(fact.value[:4]))] + (["@" + fact.value] if len(fact.value) > 4 else [])
    elif column.kinds or column.type in ("place", "organisation", "person"):
        keys = [entity.entity_id for entity in linked(fact.text, column, names)]
    keys += [value for value in column.values if value == fact.text]
    if len(fact.text) <= LONGEST:
        keys.append(text_key(fact.text))
    if column.type == "text" and not column.kinds and not column.values:
        rendered = column.renderings.get(fact.text, NO_WORDS)
        keys += [word_key(term) for text in (fact.text, *rendered.all) for term in terms(text)]
    return tuple(dict.fromkeys(keys))


def substrings(key: str, beginnings: Container[str], longest: int = LONGEST) -> Iterable[str]:
    """Every stretch of two or more characters of `key` whose first two are among `beginnings`, as the key of a text."""
    for start in range(len(key) - 1):
        if key[start : start + 2] not in beginnings:
            continue
        for end in range(start + 2, min(len(key), start + longest) + 1):
            yield "=" + key[start:end]
