"""One directory on disk that holds all that was made of the sources, written atomically.

`manifest.json` names format, model, settings, counts, and every file with its digest. It is written last, by
rename; the files it names lie in a folder of their own, so that the index that was there stays whole until then.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Final, Self

import numpy as np
from pydantic import BaseModel, ValidationError

from qa_assistant.config import CORPUS_MODEL
from qa_assistant.encoder import CorpusEncoder, Encoder, SentenceTransformerEncoder, save_corpus_model
from qa_assistant.errors import IndexCorrupt, IndexMismatch, IndexMissing, UnknownDocument
from qa_assistant.language import clause_spans, detect_language, stripped
from qa_assistant.lexical.counts import SENTENCES, TermCounts
from qa_assistant.passages import cut_passages
from qa_assistant.records import Document, Passage, Quote, Record, Span
from qa_assistant.vectors import VectorIndex

FORMAT: Final = 3
VERSION: Final = metadata.version("qa-assistant")
"""Of the package: another one may cut and count in another way."""
MANIFEST: Final = "manifest.json"
SPEAKER: Final = 24
"""Most characters of a sentence that only says who spoke."""

_index_id = re.compile(r"[0-9a-f]{16}")

Progress = Callable[[str, int, int], None]
"""Told of each step: its name, how much is done, and of how much."""


class Manifest(Record):
    """What an index is: enough to tell whether it fits its sources and settings, and whether it is whole.

    `seeds` is the folder of the sources, seen from that of the index.
    """

    format: int
    version: str
    index_id: str
    folder: str
    model: str
    passage_length: int
    seeds: str
    sources: dict[str, str]
    documents: int
    passages: int
    sentences: int
    dimension: int
    files: dict[str, str]


class _Format(BaseModel):
    """What the manifests of all formats have; the rest may differ."""

    format: int
    index_id: str


@dataclass(frozen=True)
class Index:
    """An open index. Passages and sentences are numbered; `first_sentence` leads from the one to the other.

    Sentences `first_sentence[p]` up to `first_sentence[p + 1]` are those of passage `p`.
    """

    manifest: Manifest
    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    sentences: tuple[Quote, ...]
    first_sentence: tuple[int, ...]
    passage_counts: TermCounts
    sentence_counts: TermCounts
    vectors: VectorIndex
    encoder: Encoder

    @property
    def index_id(self) -> str:
        """Names the index: the same sources, settings and model give the same id."""
        return self.manifest.index_id

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The language of each passage."""
        return tuple(detect_language(passage.text) for passage in self.passages)

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
        for name, digest in manifest.files.items():
            if not (data / name).is_file() or _digest(data / name) != digest:
                raise IndexCorrupt(f"{data / name} is missing or was changed; run: qa-assistant build --index {folder}")
        passages = tuple(Passage.model_validate_json(line) for line in _lines(data / "passages.jsonl"))
        documents = _read_documents(data)
        sentences, first_sentence = _read_sentences(data / "sentence_places.npz", passages, documents)
        encoder = _load_encoder(manifest.model, data)
        vectors = VectorIndex.load(data / "vectors.faiss")
        if vectors.dimension != encoder.dimension:
            raise IndexMismatch(
                f"index was built with vectors of {vectors.dimension} numbers, model {manifest.model!r} gives"
                f" {encoder.dimension}; run: qa-assistant build"
            )
        return cls(
            manifest=manifest,
            documents=documents,
            passages=passages,
            sentences=sentences,
            first_sentence=first_sentence,
            passage_counts=TermCounts.load(data / "passages.npz"),
            sentence_counts=TermCounts.load(data / "sentences.npz", SENTENCES),
            vectors=vectors,
            encoder=encoder,
        )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in `folder`. Raises `IndexMissing`, `IndexCorrupt` or `IndexMismatch`."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IndexMissing(f"no index in {folder}; run: qa-assistant build --index {folder}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{path} cannot be read ({error}); name another folder with --index or delete it") from error
    try:
        written = _Format.model_validate_json(text).format
        if written != FORMAT:
            raise IndexMismatch(f"index has format {written}, not {FORMAT}; run: qa-assistant build")
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise IndexCorrupt(
            f"{path} is not the manifest of an index; name another folder with --index or delete it"
        ) from error


def open_documents(folder: Path) -> dict[str, Document]:
    """The documents of the index in `folder` by id, without the rest. Raises `IndexMissing` or `IndexCorrupt`."""
    manifest = read_manifest(folder)
    data = folder / manifest.folder
    name = "documents.jsonl"
    if not (data / name).is_file() or _digest(data / name) != manifest.files.get(name):
        raise IndexCorrupt(f"{data / name} is missing or was changed; run: qa-assistant build --index {folder}")
    return _read_documents(data)


def write_index(
    documents: Sequence[Document],
    folder: Path,
    model: str,
    passage_length: int,
    progress: Progress,
    seeds: Path = Path("seeds"),
) -> Manifest:
    """Make the index of `documents` in `folder`, in place of the one that is there.

    Raises `IndexCorrupt` where a manifest of something else stands, `ModelUnavailable` or `OSError`, and then
    leaves what is there as it was.
    """
    with suppress(IndexMissing, IndexMismatch):
        read_manifest(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder) as temporary:
        data = Path(temporary) / "data"
        data.mkdir()
        counts = _write_files(documents, data, model, passage_length, progress)
        files = {path.relative_to(data).as_posix(): _digest(path) for path in sorted(data.rglob("*")) if path.is_file()}
        sources = {document.source: document.sha256 for document in documents}
        described = {
            "format": FORMAT,
            "version": VERSION,
            "model": model,
            "passage_length": passage_length,
            "sources": sources,
        }
        index_id = _short_digest(json.dumps({**described, "files": files}, sort_keys=True))
        manifest = Manifest.model_validate(
            {
                **described,
                **counts,
                "index_id": index_id,
                "folder": index_id,
                "seeds": _seen_from(folder, seeds),
                "files": files,
            }
        )
        _put_in_place(data, folder, manifest)
    return manifest


def cut_sentences(passages: Sequence[Passage]) -> tuple[tuple[Quote, ...], tuple[int, ...]]:
    """The sentences of all passages, and for each passage the number of its first one, the total at the end."""
    sentences: list[Quote] = []
    first = [0]
    for passage in passages:
        spans = _line_spans(passage.text) if passage.kind == "table" else clause_spans(passage.text)
        spans = [stripped(passage.text, span) for span in spans]
        for start, end in _with_speakers(passage.text, [span for span in spans if span[0] < span[1]]):
            sentences.append(
                Quote(
                    doc_id=passage.doc_id,
                    start=passage.start + start,
                    end=passage.start + end,
                    text=passage.text[start:end],
                )
            )
        first.append(len(sentences))
    return tuple(sentences), tuple(first)


def _with_speakers(text: str, spans: list[Span]) -> list[Span]:
    """The few words after a speech that say whose it was belong to its last sentence."""
    joined: list[Span] = []
    for start, end in spans:
        if (
            joined
            and end - start <= SPEAKER
            and text[joined[-1][1] - 1] in '”’」』"'
            and "\n" not in text[joined[-1][1] : start]
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _line_spans(text: str) -> list[Span]:
    spans: list[Span] = []
    for line in text.splitlines(keepends=True):
        start = spans[-1][1] if spans else 0
        spans.append((start, start + len(line)))
    return spans


def _load_encoder(model: str, data: Path) -> Encoder:
    if model == CORPUS_MODEL:
        return CorpusEncoder.load(str(data / "model"))
    return SentenceTransformerEncoder.load(model)


def _write_files(
    documents: Sequence[Document], data: Path, model: str, passage_length: int, progress: Progress
) -> dict[str, int]:
    passages: list[Passage] = []
    for number, document in enumerate(documents):
        progress("passages", number, len(documents))
        passages += cut_passages(document, passage_length)
    sentences, first_sentence = cut_sentences(passages)
    np.savez(
        data / "sentence_places.npz",
        first=np.array(first_sentence, dtype=np.int64),
        starts=np.array([sentence.start for sentence in sentences], dtype=np.int64),
        ends=np.array([sentence.end for sentence in sentences], dtype=np.int64),
    )
    _write_lines(data / "documents.jsonl", documents)
    _write_lines(data / "passages.jsonl", passages)
    progress("words", 0, 2)
    texts = [indexed_text(passage) for passage in passages]
    TermCounts.count(texts).save(data / "passages.npz")
    progress("words", 1, 2)
    TermCounts.count([sentence.text for sentence in sentences]).save(data / "sentences.npz")
    progress("words", 2, 2)
    if model == CORPUS_MODEL:
        save_corpus_model(texts, data / "model")
    encoder = _load_encoder(model, data)
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts), 256):
        progress("vectors", start, len(texts))
        vectors[start : start + 256] = encoder.encode(texts[start : start + 256])
    progress("vectors", len(texts), len(texts))
    VectorIndex.build(vectors).save(data / "vectors.faiss")
    return {
        "documents": len(documents),
        "passages": len(passages),
        "sentences": len(sentences),
        "dimension": encoder.dimension,
    }


def indexed_text(passage: Passage) -> str:
    """What is indexed for a passage: the headings it stands under, then its own text."""
    return "\n".join([*passage.heading, passage.text])


def _put_in_place(data: Path, folder: Path, manifest: Manifest) -> None:
    target = folder / manifest.folder
    if target.exists():
        target.rename(data.with_name("replaced"))
    data.rename(target)
    draft = folder / f".{MANIFEST}"
    draft.write_text(json.dumps(manifest.model_dump(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / MANIFEST)
    for other in folder.iterdir():
        # Only folders that are surely ours: they bear an index_id and have vectors in them.
        if other != target and _index_id.fullmatch(other.name) and (other / "vectors.faiss").is_file():
            shutil.rmtree(other)


def _seen_from(folder: Path, seeds: Path) -> str:
    try:
        return Path(os.path.relpath(seeds, folder)).as_posix()
    except ValueError:  # On another drive.
        return seeds.resolve().as_posix()


def _read_documents(data: Path) -> dict[str, Document]:
    documents = [Document.model_validate_json(line) for line in _lines(data / "documents.jsonl")]
    return {document.doc_id: document for document in documents}


def _read_sentences(
    path: Path, passages: Sequence[Passage], documents: dict[str, Document]
) -> tuple[tuple[Quote, ...], tuple[int, ...]]:
    with np.load(path, allow_pickle=False) as arrays:
        first, starts, ends = (arrays[name].tolist() for name in ("first", "starts", "ends"))
    owners = [documents[passages[i].doc_id] for i in range(len(passages)) for _ in range(first[i], first[i + 1])]
    return tuple(map(Document.quote, owners, starts, ends)), tuple(first)


def _write_lines(path: Path, records: Sequence[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(record.model_dump_json() + "\n")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _short_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
