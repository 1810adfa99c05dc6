"""Word translation from sentence pairs: IBM Model 1 in both directions, trained to agree.

Brown, Della Pietra, Della Pietra and Mercer (1993) for the model; Liang, Taskar and Klein (2006) for the
product of both directions' posteriors as the expected count; Dyer, Chahuneau and Smith (2013) for the
preference for the diagonal, here with a fixed sharpness.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Sentences(NamedTuple):
    """One side of a parallel text: word ids end to end, and the number of words of each sentence."""

    words: Integers
    lengths: Integers


class WordLinks(NamedTuple):
    """Expected counts of source word beside target word; the three arrays run in parallel."""

    source: Integers
    target: Integers
    counts: Floats


class Alignment(NamedTuple):
    """How `align` works: rounds, sharpness of the diagonal, share of the empty word, posterior to keep."""

    rounds: int = 6
    diagonal: float = 2.0
    empty: float = 0.1
    least: float = 1e-3


DEFAULT: Final = Alignment()


class _Cells(NamedTuple):
    """All word pairs within sentence pairs: positions on both sides, parameter, weight times prior."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    parameter: NDArray[np.int32]
    prior: NDArray[np.float32]
    weight: NDArray[np.float32]


def align(source: Sentences, target: Sentences, weights: Floats, options: Alignment = DEFAULT) -> WordLinks:
    """The expected number of times each source word is linked to each target word, weighted by sentence."""
    cells, keys, width = _cells(source, target, weights, options)
    empty_source = _empty_word(source, options)
    empty_target = _empty_word(target, options)
    forward = np.ones(len(keys))
    backward = np.ones(len(keys))
    key_source, key_target = keys // width, keys % width
    counts: Floats = np.zeros(len(keys))
    for round_number in range(options.rounds):
        to_target = _posterior(forward, cells, cells.target, empty_target)
        to_source = _posterior(backward, cells, cells.source, empty_source)
        agreed = to_target * to_source
        counts = np.bincount(cells.parameter, agreed * cells.weight, len(keys)).astype(np.float64)
        forward = counts / np.maximum(np.bincount(key_source, counts), 1e-12)[key_source]
        backward = counts / np.maximum(np.bincount(key_target, counts), 1e-12)[key_target]
        if round_number >= 1:
            cells = _chosen(cells, np.flatnonzero(agreed > options.least * (1 if round_number > 1 else 0.1)))
    kept = np.flatnonzero(counts > 1e-6)
    return WordLinks(key_source[kept], key_target[kept], counts[kept])


def _chosen(cells: _Cells, kept: NDArray[np.intp]) -> _Cells:
    return _Cells(cells.source[kept], cells.target[kept], cells.parameter[kept], cells.prior[kept], cells.weight[kept])


def _empty_word(side: Sentences, options: Alignment) -> NDArray[np.float32]:
    """For each position the probability that its word comes from nothing: its share of the text."""
    frequency = np.bincount(side.words) / max(len(side.words), 1)
    return (options.empty * frequency[side.words]).astype(np.float32)


def _posterior(
    table: Floats, cells: _Cells, position: NDArray[np.int32], empty: NDArray[np.float32]
) -> NDArray[np.float32]:
    likelihood = table.astype(np.float32)[cells.parameter] * cells.prior
    total = np.bincount(position, likelihood, len(empty)) + empty
    posterior: NDArray[np.float32] = likelihood / total.astype(np.float32)[position]
    return posterior


def _cells(source: Sentences, target: Sentences, weights: Floats, options: Alignment) -> tuple[_Cells, Integers, int]:
    width = int(target.words.max()) + 1
    parts: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]] = []
    keys: list[Integers] = []
    source_start = np.concatenate([[0], np.cumsum(source.lengths)])
    target_start = np.concatenate([[0], np.cumsum(target.lengths)])
    for begin in range(0, len(weights), 20_000):
        chosen = slice(begin, begin + 20_000)
        rows, columns = source.lengths[chosen], target.lengths[chosen]
        area = rows * columns
        within = np.arange(int(area.sum())) - np.repeat(np.cumsum(area) - area, area)
        row, column = np.divmod(within, np.repeat(columns, area))
        prior = np.exp(
            -options.diagonal * np.abs((row + 0.5) / np.repeat(rows, area) - (column + 0.5) / np.repeat(columns, area))
        )
        # Both directions divide by a length; one over the geometric mean serves them alike.
        prior /= np.sqrt(np.repeat(area, area))
        row += np.repeat(source_start[:-1][chosen], area)
        column += np.repeat(target_start[:-1][chosen], area)
        keys.append(source.words[row] * width + target.words[column])
        parts.append(
            (
                row.astype(np.int32),
                column.astype(np.int32),
                prior.astype(np.float32),
                np.repeat(weights[chosen], area).astype(np.float32),
            )
        )
    unique, parameter = np.unique(np.concatenate(keys), return_inverse=True)
    rows_, columns_, priors, repeated = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    return _Cells(rows_, columns_, parameter.astype(np.int32), priors, repeated), unique, width


def numbered(sentences: Sequence[Sequence[str]]) -> tuple[Sentences, list[str]]:
    """`sentences` with words as numbers, and the words by number in sorted order."""
    vocabulary = sorted({word for sentence in sentences for word in sentence})
    number = {word: index for index, word in enumerate(vocabulary)}
    lengths = np.array([len(sentence) for sentence in sentences], dtype=np.int64)
    flat = np.array([number[word] for sentence in sentences for word in sentence], dtype=np.int64)
    return Sentences(flat, lengths), vocabulary
