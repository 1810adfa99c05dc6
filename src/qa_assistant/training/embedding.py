"""Train the embedding model: one vector a word, so that texts that mean the same have vectors that point the same way.

A text is the sum of its words' vectors. Both sides of a pair have to find each other among all pairs of a batch
(InfoNCE, van den Oord et al. 2018); a batch is of one kind, so that what it is told apart from is alike: statutes from
statutes, glosses from glosses. Vectors of Chinese words start where the translation table puts them, those of English
ones by chance; long vectors are those of rare words (SIF, Arora et al. 2017), and their lengths are learned as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from qa_assistant.lexical.translation import ALL, TranslationTable
from qa_assistant.training.composition import Composition
from qa_assistant.training.material import KINDS, TextPairs
from qa_assistant.training.vocabulary import Vocabulary, script

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How the model is trained."""

    steps: int = 1500
    batch: int = 2048
    dimension: int = 256
    rate: float = 3e-3
    warm_up: int = 50
    temperature: float = 0.05
    dropped: float = 0.15
    """Share of the words that are left out of one side."""
    most_sentences: int = 4
    """Of those that are put together to a passage."""
    longest: int = 48
    """Words of a text that are read."""
    threads: int = 2
    seed: int = 0


DEFAULT_PLAN: Final = Plan()

_FREQUENT: Final = 1e-3
"""Share of a word in all texts at which its vector is half as long."""

_TRANSLATED: Final = 0.8
_CHANCE: Final = 0.5
"""Of a Chinese word's first vector: the parts that its translations give, and that chance gives."""

_LEAST_RATE: Final = 0.03
_SHORTEST_DROPPED: Final = 4


@dataclass(frozen=True)
class Encoded:
    """Pairs of texts as rows of the embedding."""

    first: Sequence[Integers]
    second: Sequence[Integers]


def encode_pairs(pairs: TextPairs, tokenizer: Tokenizer, rows: Integers, longest: int) -> Encoded:
    """`pairs` as rows, those left out of which a side has no known word."""
    sides: list[list[Integers]] = [[], []]
    for start in range(0, len(pairs), 5000):
        some = pairs[start : start + 5000]
        first, second = (
            [_known(rows, encoding.ids)[:longest] for encoding in tokenizer.encode_batch([pair[side] for pair in some])]
            for side in (0, 1)
        )
        for one, other in zip(first, second, strict=True):
            if len(one) and len(other):
                sides[0].append(one)
                sides[1].append(other)
    return Encoded(*sides)


def _known(rows: Integers, tokens: Sequence[int]) -> Integers:
    found = rows[np.array(tokens, dtype=np.int64)]
    known: Integers = found[found > 0]
    return known


def train(
    groups: dict[str, Encoded], vocabulary: Vocabulary, table: TranslationTable, plan: Plan, report: Report
) -> Floats:
    """The vectors of the rows of `vocabulary`, shape `(rows, dimension)`; the same bytes for the same input."""
    os.environ["MKL_CBWR"] = "COMPATIBLE"
    torch.set_num_threads(plan.threads)
    chance = np.random.default_rng(plan.seed)
    composition = Composition.of(vocabulary.keys)
    own = first_vectors(vocabulary, table, frequencies(groups, len(vocabulary.keys)), plan.dimension, chance)
    parts = np.zeros((composition.size - len(own), plan.dimension), dtype=np.float32)
    vectors = torch.nn.Parameter(torch.from_numpy(np.concatenate([own, parts])))
    optimizer = torch.optim.SparseAdam([vectors], lr=plan.rate)
    batches = _Batches(groups, plan, chance)
    total = 0.0
    for step in range(plan.steps):
        optimizer.param_groups[0]["lr"] = _rate(step, plan)
        first, second = batches.next()
        loss = _loss(vectors, composition, first, second, plan.temperature)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()  # type: ignore[no-untyped-call]
        total += loss.item()
        if (step + 1) % 100 == 0:
            report(f"step {step + 1} of {plan.steps}: loss {total / 100:.3f}")
            total = 0.0
    return composition.summed(vectors.detach().numpy())


def _rate(step: int, plan: Plan) -> float:
    return plan.rate * min(1.0, (step + 1) / plan.warm_up) * max(_LEAST_RATE, 1 - step / plan.steps)


def frequencies(groups: dict[str, Encoded], rows: int) -> NDArray[np.float64]:
    """The share of each row in the texts, those of a kind weighted as `KINDS` says; every row is seen once."""
    counts = np.ones(rows)
    for kind, encoded in groups.items():
        weight = KINDS[kind].word_weight
        for side in (encoded.first, encoded.second):
            if weight and side:
                counts += weight * np.bincount(np.concatenate(side), minlength=rows)
    shares: NDArray[np.float64] = counts / counts.sum()
    return shares


def first_vectors(
    vocabulary: Vocabulary,
    table: TranslationTable,
    shares: NDArray[np.float64],
    dimension: int,
    chance: np.random.Generator,
) -> Floats:
    """Where the vectors start, shape `(rows, dimension)`; that of the unknown word is zero and stays so."""
    numbers = {key: number for number, key in enumerate(vocabulary.keys)}
    vectors = chance.standard_normal((len(vocabulary.keys), dimension)).astype(np.float32) / np.float32(dimension**0.5)
    for key, number in numbers.items():
        if script(key) != "han":
            continue
        found = [(numbers[word], weight) for word, weight in table.translate(key, ALL) if word in numbers]
        if found:
            translated = np.sum([np.float32(weight**0.5) * vectors[place] for place, weight in found], axis=0)
            vectors[number] = _TRANSLATED * translated / np.linalg.norm(translated) + _CHANCE * vectors[number]
    vectors *= (_FREQUENT / (_FREQUENT + shares)).astype(np.float32)[:, None]
    vectors[0] = 0
    return vectors


class _Batches:
    """Batches of pairs, each of one kind, chosen by the shares of the kinds."""

    def __init__(self, groups: dict[str, Encoded], plan: Plan, chance: np.random.Generator) -> None:
        self._groups = {kind: groups[kind] for kind in KINDS if kind in groups and groups[kind].first}
        shares = np.array([KINDS[kind].share for kind in self._groups])
        self._shares = shares / shares.sum()
        self._plan = plan
        self._chance = chance
        self._order = {kind: np.zeros(0, dtype=np.int64) for kind in self._groups}

    def next(self) -> tuple[list[Integers], list[Integers]]:
        """Both sides of the next batch."""
        kinds = list(self._groups)
        kind = kinds[int(self._chance.choice(len(kinds), p=self._shares))]
        encoded = self._groups[kind]
        size = min(self._plan.batch, len(encoded.first))
        if len(self._order[kind]) < size:
            self._order[kind] = self._chance.permutation(len(encoded.first))
        chosen, self._order[kind] = self._order[kind][:size], self._order[kind][size:]
        sides = [encoded.first[number] for number in chosen], [encoded.second[number] for number in chosen]
        if KINDS[kind].passages and self._chance.random() < 0.5:
            sides = self._as_passages(sides)
        if KINDS[kind].dropped:
            side = int(self._chance.random() < 0.5)
            sides = (self._fewer(sides[0]), sides[1]) if side else (sides[0], self._fewer(sides[1]))
        return sides

    def _as_passages(self, sides: tuple[list[Integers], list[Integers]]) -> tuple[list[Integers], list[Integers]]:
        """Several sentences of one side as a passage, beside one of them in the other language."""
        together = int(self._chance.integers(2, self._plan.most_sentences + 1))
        long = int(self._chance.random() < 0.5)
        starts = range(0, len(sides[0]) // together * together, together)
        passages = [np.concatenate(sides[long][start : start + together]) for start in starts]
        sentences = [sides[1 - long][start + int(self._chance.integers(together))] for start in starts]
        return (sentences, passages) if long else (passages, sentences)

    def _fewer(self, texts: list[Integers]) -> list[Integers]:
        found: list[Integers] = []
        for text in texts:
            kept = text[self._chance.random(len(text)) > self._plan.dropped]
            found.append(kept if len(text) > _SHORTEST_DROPPED and len(kept) else text)
        return found


def _loss(
    vectors: torch.nn.Parameter,
    composition: Composition,
    first: list[Integers],
    second: list[Integers],
    temperature: float,
) -> torch.Tensor:
    """InfoNCE in both directions; what equals the text or its partner is not told apart from it."""
    one, other = _encoded(vectors, composition, first, second)
    scores = one @ other.T / temperature
    same = _equal(first) | _equal(second)
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    right = torch.arange(len(first))
    return (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2


def _encoded(
    vectors: torch.nn.Parameter, composition: Composition, first: list[Integers], second: list[Integers]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Unit vectors of two lists of texts. Each word of the batch is put together of its parts once."""
    flat = [np.concatenate(first), np.concatenate(second)]
    rows, places = np.unique(np.concatenate(flat), return_inverse=True)
    starts, parts, weights = composition.rows(rows)
    words = functional.embedding_bag(
        torch.from_numpy(parts),
        vectors,
        torch.from_numpy(starts[:-1]),
        mode="sum",
        sparse=True,
        per_sample_weights=torch.from_numpy(weights),
    )
    sums: list[torch.Tensor] = []
    for texts, own in zip((first, second), np.split(places, [len(flat[0])]), strict=True):
        ends = np.cumsum([len(text) for text in texts])
        offsets = torch.from_numpy(np.concatenate([[0], ends[:-1]]))
        sums.append(functional.embedding_bag(torch.from_numpy(own), words, offsets, mode="sum"))
    return functional.normalize(sums[0], dim=1), functional.normalize(sums[1], dim=1)


def _equal(texts: list[Integers]) -> torch.Tensor:
    """Which of `texts` are equal, shape `(texts, texts)`."""
    numbers: dict[bytes, int] = {}
    own = torch.tensor([numbers.setdefault(text.tobytes(), len(numbers)) for text in texts])
    return own[:, None] == own[None]
