"""Numbers with units in running text as facts, by pattern, in any document.

The subject is the last name before the number in its sentence, else the heading; the predicate is the clause it
stands in. A recipe says it better: where one has read a number, it is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from qa_assistant.facts.relations import Statement, Words
from qa_assistant.facts.values import Amount, find_amounts
from qa_assistant.language import clause_spans, detect_language, stripped
from qa_assistant.lexical.tokens import words
from qa_assistant.names import Names
from qa_assistant.records import Block, Document, Fact

_clause = re.compile(r"(?:[^，,；;：:。！？（）()]|(?<=\d),(?=\d{3}))+")
_kinds = ("paragraph", "list", "footnote")


def statement_text(statement: Statement, names: Names) -> str:
    """What is indexed for a statement: its subject in all languages, its words, its sentence."""
    subject = [name for entity in names.lookup(statement.fact.subject)[:1] for name in entity.names]
    called = [*statement.predicate.all, *statement.words.all]
    qualifiers = list(statement.fact.qualifiers.values())
    return "\n".join([statement.fact.subject, *subject, *called, *qualifiers, statement.context])


def read_amounts(document: Document, names: Names, taken: Collection[int]) -> Iterator[Statement]:
    """The facts in `document` that no recipe has read; `taken` are the places of the values that one has."""
    for block in document.blocks:
        if block.kind not in _kinds:
            continue
        inside = document.text[block.start : block.end]
        for start, end in clause_spans(inside, longest=0):
            start, end = stripped(inside, (start, end))
            for amount in find_amounts(inside[start:end]):
                place = block.start + start + amount.start
                if (
                    amount.unit is None
                    or not any(char.isdigit() for char in amount.text)
                    or any(place <= other < place + len(amount.text) for other in taken)
                ):
                    continue
                yield _statement(document, block, (block.start + start, block.start + end), amount, names)


def _statement(document: Document, block: Block, sentence: tuple[int, int], amount: Amount, names: Names) -> Statement:
    text = document.text[slice(*sentence)]
    before = [mention for mention in names.find(text) if mention.end <= amount.start]
    heading = block.path[-1] if block.path else document.title
    subject = text[before[-1].start : before[-1].end] if before else heading
    clause = next((m.group() for m in _clause.finditer(text) if m.start() <= amount.start < m.end()), text)
    language = detect_language(clause)
    predicate = clause.replace(amount.text, " ").strip()
    own = tuple(dict.fromkeys(word for word in words(predicate) if len(word) > (1 if language == "zh" else 2)))
    asked_by = Words(zh=own) if language == "zh" else Words(en=own)
    place = sentence[0] + amount.start
    fact = Fact(
        fact_id=f"{document.doc_id}:{place}",
        subject=subject,
        predicate=predicate,
        type="number",
        value=amount.value,
        text=amount.text,
        unit=amount.unit,
        approximate=amount.hedge,
        quotes=(document.quote(*sentence),),
    )
    return Statement(fact=fact, words=asked_by, context=text)
