"""What else the sources say of a fact that is told, where they contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from qa_assistant.answer.said import MARK, Said
from qa_assistant.answer.wording import Wording, wording
from qa_assistant.facts.check import Conflict, Side
from qa_assistant.language import compact_key
from qa_assistant.records import Fact, Language

MOST: Final = 2
"""Contradictions that one answer tells."""
FEW: Final = 3
"""Facts of an answer up to which each of them is what was asked for; of more, only what is reckoned of them."""
MOST_QUOTES: Final = 40
"""Quotes of the other side; a sum of more parts is told without all of them."""


def with_conflicts(said: Said, conflicts: Sequence[Conflict], language: Language) -> Said:
    """`said`, and the other values that the sources give for its facts, with their quotes."""
    told = list(_other_sides(said, conflicts))[:MOST]
    if not told:
        return said
    words = wording(language)
    lines = [_line(conflict, side, words, language) for conflict, side in told]
    return replace(
        said,
        text="\n".join([said.text, *lines]),
        marks=(*said.marks, *(side.quotes[:MOST_QUOTES] for _, side in told)),
    )


def _line(conflict: Conflict, side: Side, words: Wording, language: Language) -> str:
    form = words.other_value if conflict.certain else words.also_given
    about = conflict.about.get(language) or conflict.about.get("en", "")
    note = conflict.note.get(language)
    return form.format(value=about + words.colon + side.text) + MARK + (words.brackets.format(note) if note else "")


def _other_sides(said: Said, conflicts: Sequence[Conflict]) -> Iterator[tuple[Conflict, Side]]:
    cited = {quote for mark in said.marks for quote in mark}
    for conflict in conflicts:
        for one, other in (conflict.sides, conflict.sides[::-1]):
            counted = len(one.quotes) > 1 and cited.issuperset(one.quotes) and str(one.value) in said.text
            told = len(said.facts) <= FEW and any(_is(fact, one) for fact in said.facts)
            if (counted or told) and compact_key(other.text) not in compact_key(said.text):
                yield conflict, other
                break


def _is(fact: Fact, side: Side) -> bool:
    """Whether a fact is one side of a conflict, and not only a part that it is reckoned of."""
    return (
        fact.value is not None and str(fact.value) == str(side.value) and not set(fact.quotes).isdisjoint(side.quotes)
    )
