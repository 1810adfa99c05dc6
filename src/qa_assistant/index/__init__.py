"""One directory on disk that holds all that was made of the sources, written atomically.

`manifest.json` names format, model, settings, counts, and every file with its digest (`manifest`); the files lie in
a folder of their own (`files`), written by `writing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qa_assistant.encoder import Encoder, SentenceTransformerEncoder, model_digest
from qa_assistant.errors import IndexMismatch, UnknownDocument
from qa_assistant.facts import FactStore
from qa_assistant.facts.check import Conflict
from qa_assistant.index.collection import Collection, languages_of
from qa_assistant.index.companions import Companions, companion_digests, read_companions
from qa_assistant.index.files import (
    Progress,
    load_names,
    read_conflicts,
    read_documents,
    read_passages,
    read_renderings,
    read_sentences,
)
from qa_assistant.index.manifest import FORMAT, VERSION, Manifest, check_file, read_manifest, remembered
from qa_assistant.index.writing import write_index
from qa_assistant.interaction import SentenceWords
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.names import Names
from qa_assistant.records import Document, Language, Passage, Quote
from qa_assistant.renderings import Renderings

__all__ = [
    "FORMAT",
    "VERSION",
    "Collection",
    "Companions",
    "Index",
    "Manifest",
    "Progress",
    "companion_digests",
    "open_documents",
    "read_companions",
    "read_manifest",
    "remembered",
    "write_index",
]


@dataclass(frozen=True)
class Index:
    """An open index: passages and their sentences, both numbered, and how they are searched.

    `collection` holds the passages themselves: the sentences of passage `p` are those from
    `collection.first_sentence[p]` up to that of `p + 1`. `rendered` holds what passages say in other languages, as far
    as `renderings` tell.
    """

    manifest: Manifest
    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    sentences: tuple[Quote, ...]
    collection: Collection
    rendered: dict[Language, Collection]
    renderings: dict[Language, Renderings]
    encoder: Encoder
    names: Names
    facts: FactStore
    statement_counts: TermCounts
    statement_words: SentenceWords
    conflicts: tuple[Conflict, ...]

    @property
    def index_id(self) -> str:
        """Names the index: the same sources, settings and model give the same id."""
        return self.manifest.index_id

    def document(self, doc_id: str) -> Document:
        """The document of that id. Raises `UnknownDocument`."""
        try:
            return self.documents[doc_id]
        except KeyError:
            known = ", ".join(sorted(self.documents)[:5])
            raise UnknownDocument(f"no document {doc_id!r} in the index; there are: {known}") from None

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read the index in `folder`. Raises `IndexMissing`, `IndexCorrupt` or `ModelUnavailable`."""
        manifest = read_manifest(folder)
        data = folder / manifest.folder
        for name in manifest.files:
            check_file(data, name, manifest, folder)
        passages = read_passages(data)
        documents = read_documents(data)
        sentences = read_sentences(data / "sentence_places.npz", passages, documents)
        if manifest.model_digest != model_digest(manifest.model):
            raise IndexMismatch(f"index was built with another model {manifest.model!r}; run: qa-assistant build")
        encoder = SentenceTransformerEncoder.load(manifest.model)
        collection = Collection.load(data, encoder, languages_of(passages, documents))
        renderings = read_renderings(data)
        dimension = collection.vectors.dimension
        if dimension != encoder.dimension:
            raise IndexMismatch(
                f"index was built with vectors of {dimension} numbers, model {manifest.model!r} gives"
                f" {encoder.dimension}; run: qa-assistant build"
            )
        return cls(
            manifest=manifest,
            documents=documents,
            passages=passages,
            sentences=sentences,
            collection=collection,
            rendered={language: Collection.load(data / language, encoder, language) for language in renderings},
            renderings=renderings,
            encoder=encoder,
            names=load_names(data),
            facts=FactStore(data / "facts.sqlite"),
            statement_counts=TermCounts.load(data / "statements.npz"),
            statement_words=SentenceWords.load(data / "statement_words.npz", encoder.words),
            conflicts=read_conflicts(data),
        )


def open_documents(folder: Path) -> dict[str, Document]:
    """The documents of the index in `folder` by id, without the rest. Raises `IndexMissing` or `IndexCorrupt`."""
    manifest = read_manifest(folder)
    data = folder / manifest.folder
    check_file(data, "documents.jsonl", manifest, folder)
    return read_documents(data)
