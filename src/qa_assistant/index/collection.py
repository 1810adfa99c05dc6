"""Texts that can be searched: the passages of the sources, or what they say in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np

from qa_assistant.encoder import Encoder
from qa_assistant.interaction import SentenceWords
from qa_assistant.language import detect_language, share_of
from qa_assistant.lexical.counts import SENTENCES, TermCounts
from qa_assistant.passages import indexed_text
from qa_assistant.records import Document, Passage, Quote
from qa_assistant.renderings import Renderings
from qa_assistant.vectors import VectorIndex

_BATCH = 256
OWN_SHARE: Final = 0.25
"""Share of its words in the language of its document from which a passage is in it."""


@dataclass(frozen=True)
class Texts:
    """What a collection is made of: a text for each of some passages, and the sentences of each.

    Text `t` is of passage `numbers[t]`; its sentences are `sentences[first_sentence[t]:first_sentence[t + 1]]`, as many
    as the passage has and in the same order.
    """

    numbers: tuple[int, ...]
    texts: tuple[str, ...]
    sentences: tuple[str, ...]
    first_sentence: tuple[int, ...]

    @classmethod
    def of_passages(
        cls, passages: Sequence[Passage], sentences: Sequence[Quote], first_sentence: Sequence[int]
    ) -> Self:
        """The passages themselves."""
        return cls(
            tuple(range(len(passages))),
            tuple(map(indexed_text, passages)),
            tuple(sentence.text for sentence in sentences),
            tuple(first_sentence),
        )

    @classmethod
    def rendered(
        cls,
        passages: Sequence[Passage],
        sentences: Sequence[Quote],
        first_sentence: Sequence[int],
        renderings: Renderings,
        documents: dict[str, Document],
    ) -> Self:
        """What the passages say in another language, those that have renderings; a sentence without one is empty."""
        numbers, texts, rendered, first = [], [], list[str](), [0]
        for number, passage in enumerate(passages):
            own = [
                renderings.of(sentence) or ""
                for sentence in sentences[first_sentence[number] : first_sentence[number + 1]]
            ]
            if not any(own):
                continue
            document = documents[passage.doc_id]
            above = [renderings.of_text(document, heading) for heading in (*passage.heading, *passage.lead.split("\n"))]
            numbers.append(number)
            texts.append("\n".join(filter(None, [*above, *own])))
            rendered += own
            first.append(len(rendered))
        return cls(tuple(numbers), tuple(texts), tuple(rendered), tuple(first))


@dataclass(frozen=True)
class Collection:
    """An open collection; see `Texts` for its numbers."""

    numbers: tuple[int, ...]
    languages: tuple[str, ...]
    first_sentence: tuple[int, ...]
    passage_counts: TermCounts
    sentence_counts: TermCounts
    vectors: VectorIndex
    sentence_words: SentenceWords

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, languages: tuple[str, ...] | str) -> Self:
        """Read what `write_collection` wrote; `languages` are those of its texts. Raises `IndexCorrupt`."""
        with np.load(folder / "texts.npz", allow_pickle=False) as arrays:
            numbers, first = (tuple(arrays[name].tolist()) for name in ("numbers", "first"))
        return cls(
            numbers=numbers,
            languages=(languages,) * len(numbers) if isinstance(languages, str) else languages,
            first_sentence=first,
            passage_counts=TermCounts.load(folder / "passages.npz"),
            sentence_counts=TermCounts.load(folder / "sentences.npz", SENTENCES),
            vectors=VectorIndex.load(folder / "vectors.faiss"),
            sentence_words=SentenceWords.load(folder / "sentence_words.npz", encoder.words),
        )


def write_collection(texts: Texts, folder: Path, encoder: Encoder, progress: Callable[[str, int, int], None]) -> None:
    """Write the files of a collection to `folder`."""
    np.savez(
        folder / "texts.npz",
        numbers=np.array(texts.numbers, dtype=np.int64),
        first=np.array(texts.first_sentence, dtype=np.int64),
    )
    progress("words", 0, 2)
    TermCounts.count(texts.texts).save(folder / "passages.npz")
    progress("words", 1, 2)
    TermCounts.count(texts.sentences).save(folder / "sentences.npz")
    progress("words", 2, 2)
    SentenceWords.read(texts.sentences, encoder.words).save(folder / "sentence_words.npz")
    vectors = np.zeros((len(texts.texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts.texts), _BATCH):
        progress("vectors", start, len(texts.texts))
        vectors[start : start + _BATCH] = encoder.encode(texts.texts[start : start + _BATCH])
    progress("vectors", len(texts.texts), len(texts.texts))
    VectorIndex.build(vectors).save(folder / "vectors.faiss")


def languages_of(passages: Sequence[Passage], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The language of each passage: that of its document where a good part of it is, sentences in others or not."""
    own = [documents[passage.doc_id].language for passage in passages]
    return tuple(
        language if share_of(passage.text, language) >= OWN_SHARE else detect_language(passage.text)
        for passage, language in zip(passages, own, strict=True)
    )
