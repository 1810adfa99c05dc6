"""The files of an index: written by a build, read when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, get_args

import numpy as np

from qa_assistant.encoder import SentenceTransformerEncoder, WordVectors
from qa_assistant.facts import FactStore, extract_facts, write_facts
from qa_assistant.facts.check import Conflict, check
from qa_assistant.facts.statements import statement_text
from qa_assistant.index.collection import Texts, write_collection
from qa_assistant.index.companions import Companions
from qa_assistant.interaction import SentenceWords
from qa_assistant.lexical.counts import TermCounts
from qa_assistant.lexical.translation import default_table
from qa_assistant.names import Names
from qa_assistant.passages import cut_passages, cut_sentences
from qa_assistant.records import Document, Language, Passage, Quote, Record, Rendering
from qa_assistant.renderings import Renderings
from qa_assistant.sources import NAMES

RENDERINGS: Final = "renderings.jsonl"
"""In a folder with the name of the language, beside the collection of what the passages say in it."""

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, and of how much."""


def write_files(
    documents: Sequence[Document],
    data: Path,
    model: str,
    passage_length: int,
    progress: Progress,
    companions: Companions,
) -> dict[str, int]:
    """Write all files of the index of `documents` to the folder `data`; the counts of what is in them."""
    passages: list[Passage] = []
    for number, document in enumerate(documents):
        progress("passages", number, len(documents))
        passages += cut_passages(document, passage_length)
    sentences, first_sentence = cut_sentences(passages, documents)
    np.savez(
        data / "sentence_places.npz",
        first=np.array(first_sentence, dtype=np.int64),
        starts=np.array([sentence.start for sentence in sentences], dtype=np.int64),
        ends=np.array([sentence.end for sentence in sentences], dtype=np.int64),
    )
    _write_lines(data / "documents.jsonl", documents)
    _write_lines(data / "passages.jsonl", passages)
    encoder = SentenceTransformerEncoder.load(model)
    write_collection(Texts.of_passages(passages, sentences, first_sentence), data, encoder, progress)
    by_id = {document.doc_id: document for document in documents}
    for language, renderings in companions.renderings.items():
        folder = data / language
        folder.mkdir()
        _write_lines(folder / RENDERINGS, renderings)
        known = Renderings(language, renderings)
        texts = Texts.rendered(passages, sentences, first_sentence, known, by_id)
        write_collection(texts, folder, encoder, progress)
    facts = _write_facts(documents, data, companions, encoder.words, progress)
    return {
        "documents": len(documents),
        "passages": len(passages),
        "sentences": len(sentences),
        "facts": facts,
        "dimension": encoder.dimension,
    }


def _write_facts(
    documents: Sequence[Document], data: Path, companions: Companions, vectors: WordVectors | None, progress: Progress
) -> int:
    progress("facts", 0, 1)
    if companions.names is not None:
        (data / NAMES).write_bytes(companions.names.read_bytes())
    names = load_names(data)
    facts = extract_facts(documents, companions.recipes, names, default_table())
    companions.unread.extend(facts.errors)
    TermCounts.count([statement_text(statement, names) for statement in facts.statements]).save(data / "statements.npz")
    sentences = [f"{one.predicate.label('zh')}\n{one.context}" for one in facts.statements]
    SentenceWords.read(sentences, vectors).save(data / "statement_words.npz")
    count = write_facts(data / "facts.sqlite", facts.tables, facts.statements, names, facts.rules)
    _write_lines(data / "conflicts.jsonl", check(FactStore(data / "facts.sqlite")))
    progress("facts", 1, 1)
    return count


def read_renderings(data: Path) -> dict[Language, Renderings]:
    """What the sources say in other languages, by language."""
    return {
        language: Renderings(language, map(Rendering.model_validate_json, _lines(data / language / RENDERINGS)))
        for language in get_args(Language)
        if (data / language / RENDERINGS).is_file()
    }


def read_conflicts(data: Path) -> tuple[Conflict, ...]:
    """Where the sources contradict themselves."""
    return tuple(Conflict.model_validate_json(line) for line in _lines(data / "conflicts.jsonl"))


def load_names(data: Path) -> Names:
    """The names of an index whose files are in `data`."""
    return Names.load([data / NAMES] if (data / NAMES).is_file() else [])


def read_documents(data: Path) -> dict[str, Document]:
    """The documents by id."""
    documents = [Document.model_validate_json(line) for line in _lines(data / "documents.jsonl")]
    return {document.doc_id: document for document in documents}


def read_passages(data: Path) -> tuple[Passage, ...]:
    """The passages, in order."""
    return tuple(Passage.model_validate_json(line) for line in _lines(data / "passages.jsonl"))


def read_sentences(path: Path, passages: Sequence[Passage], documents: dict[str, Document]) -> tuple[Quote, ...]:
    """The sentences of all passages."""
    with np.load(path, allow_pickle=False) as arrays:
        first, starts, ends = (arrays[name].tolist() for name in ("first", "starts", "ends"))
    owners = [documents[passages[i].doc_id] for i in range(len(passages)) for _ in range(first[i], first[i + 1])]
    return tuple(map(Document.quote, owners, starts, ends))


def _write_lines(path: Path, records: Sequence[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(record.model_dump_json() + "\n")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]
