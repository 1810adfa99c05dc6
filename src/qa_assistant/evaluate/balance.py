"""How a gold set is balanced: by language, kind and document, and over the parts of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal, get_args

from qa_assistant.records import AnswerKind, Block, BlockKind, Document, GoldQuestion, Language, Record

PartKind = Literal["text", "table", "caption", "footnotes", "matter"]
_PART_KINDS: Final[dict[BlockKind, PartKind]] = {
    "heading": "text",
    "paragraph": "text",
    "list": "text",
    "table": "table",
    "caption": "caption",
    "footnote": "footnotes",
    "matter": "matter",
    "contents": "matter",
}


class Part(Record):
    """A part of a document, and how many questions have evidence in it, by language.

    The running text of a section, its footnotes together, each table, each caption of a figure, and the matter of
    title pages are parts of their own. `name` is the path of headings, or the label of a table or caption.
    """

    doc_id: str
    kind: PartKind
    name: str
    start: int
    questions: dict[Language, int]

    @property
    def total(self) -> int:
        """How many questions have evidence in it."""
        return sum(self.questions.values())


class Balance(Record):
    """Questions by language and kind, by document, and by part of a document."""

    kinds: dict[Language, dict[AnswerKind, int]]
    documents: dict[str, dict[Language, int]]
    parts: tuple[Part, ...]


def balance_of(gold: Sequence[GoldQuestion], documents: Iterable[Document]) -> Balance:
    """The balance of `gold` over `documents`; parts in the order of their places."""
    kinds = Counter((question.language, question.kind) for question in gold)
    ordered = sorted(documents, key=lambda document: document.doc_id)
    return Balance(
        kinds={
            language: {kind: kinds[language, kind] for kind in get_args(AnswerKind)} for language in get_args(Language)
        },
        documents={
            document.doc_id: _by_language(
                question for question in gold if any(quote.doc_id == document.doc_id for quote in question.evidence)
            )
            for document in ordered
        },
        parts=tuple(part for document in ordered for part in _parts(document, gold)),
    )


def _parts(document: Document, gold: Sequence[GoldQuestion]) -> list[Part]:
    blocks: dict[tuple[PartKind, str], list[Block]] = {}
    for block in document.blocks:
        # A heading is told by the section that it opens, which may have no text but that of the sections in it.
        if block.kind != "heading":
            blocks.setdefault(_part(block), []).append(block)
    return [
        Part(
            doc_id=document.doc_id,
            kind=kind,
            name=name,
            start=own[0].start,
            questions=_by_language(question for question in gold if _has_evidence(question, document.doc_id, own)),
        )
        for (kind, name), own in blocks.items()
    ]


def _part(block: Block) -> tuple[PartKind, str]:
    kind = _PART_KINDS[block.kind]
    path = " > ".join(block.path)
    return kind, (block.label or path) if kind in ("table", "caption") else path


def _has_evidence(question: GoldQuestion, doc_id: str, blocks: Sequence[Block]) -> bool:
    return any(
        quote.doc_id == doc_id and quote.start < block.end and block.start < quote.end
        for quote in question.evidence
        for block in blocks
    )


def _by_language(questions: Iterable[GoldQuestion]) -> dict[Language, int]:
    counted = Counter(question.language for question in questions)
    return {language: counted[language] for language in get_args(Language)}
