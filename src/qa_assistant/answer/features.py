"""What a ranker is told of each sentence that may answer a question: numbers of the same scale for all collections.

What tells sentences of one text apart is rare among them, not in the collection, and is not what the whole text is
about: a sentence with the rest of the question answers, though it has a pronoun for the subject, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from qa_assistant.answer.overlap import Overlap, overlap
from qa_assistant.encoder import Vectors
from qa_assistant.index import Index
from qa_assistant.lexical.counts import Floats
from qa_assistant.question.answer_types import ASKED_TYPES, TYPES, asking_place
from qa_assistant.records import Hit, Language
from qa_assistant.retrieve import Query, SentenceScores

Integers = NDArray[np.int64]

FOUND: Final = 0.05
"""Least saturation of a unit that a sentence has."""
NEAR_TOPIC: Final = 0.7
"""What counts of a word's nearness to the first sentence against its nearness to another."""
AROUND_ASKING: Final = {"zh": (10, 10), "en": (5, 30), "ko": (12, 12)}
"""Characters before and behind what is asked that say most of it."""
_LEAST: Final = 1e-9

RELATIVE: Final = (
    "words", "with_topic", "off_topic", "known", "near", "near_off_topic", "near_focus", "cover", "cover_with_topic",
    "cover_off_topic", "cover_focus", "passage", "weighted", "carried", "beside", "rarest", "around",
)  # fmt: skip
"""Features that are also told beside those of the other candidates: below the best one, and in standard deviations."""


@dataclass(frozen=True)
class Layout:
    """Where the candidates stand: `rows` are numbers of sentences, ascending; passages that touch make a run.

    `passage` and `run` have the passage and run of each candidate; `starts` and `sizes` are those of the runs.
    """

    rows: Integers
    passage: Integers
    run: Integers
    starts: Integers
    sizes: Integers

    def by_run(self, values: Floats) -> Floats:
        """The sums of `values`, shape `(any, candidates)`, over each run, shape `(any, runs)`."""
        sums: Floats = np.add.reduceat(values, self.starts, axis=1)
        return sums

    def at_head(self, values: Floats) -> Floats:
        """For each candidate, the `values` of the first one of its run."""
        return values[:, self.starts][:, self.run]

    def neighbours(self, values: Floats, step: int) -> Floats:
        """For each candidate, the `values` of the one `step` (1 or -1) before it in its run; 0 where there is none."""
        moved = np.zeros_like(values)
        together = self.run[1:] == self.run[:-1]
        if step > 0:
            moved[:, 1:] = values[:, :-1] * together
        else:
            moved[:, :-1] = values[:, 1:] * together
        return moved


@dataclass(frozen=True)
class Evidence:
    """What stands where, before it is summed up.

    `units` is how far each candidate has each unit of the question, 0 to 1, and `shares` what the unit counts, 0 for
    a unit of another language, both of shape `(units, candidates)`; `around` is the share that the passage and its
    headings carry. `near` is how near each word is, shape `(words, candidates)`; `lengths` and `focus` say what a word
    counts and whether it stands beside what is asked. `scores` and `same_language` are those of the passages, shape
    `(passages,)`.
    """

    layout: Layout
    units: Floats
    shares: Floats
    around: Floats
    near: Floats
    lengths: Floats
    focus: Floats
    overlap: Overlap
    scores: Floats
    same_language: Floats


def gather(
    index: Index, query: Query, hits: Sequence[Hit], numbers: Sequence[int], found: Mapping[int, SentenceScores]
) -> Evidence | None:
    """The evidence of all sentences of `hits`, passages `numbers`, with their scores; None without sentences."""
    first = index.collection.first_sentence
    order = sorted((number, hit.score) for number, hit in zip(numbers, hits, strict=True))
    order = [(number, score) for number, score in order if first[number + 1] > first[number]]
    if not order:
        return None
    passages = [number for number, _ in order]
    layout = _layout(index, passages)
    scored = [found[number] for number in passages]
    languages = [one.language for one in scored]
    units, shares, around = _stacked(layout, languages, scored)
    place = asking_place(query.text)
    before, behind = AROUND_ASKING[query.language]
    asked = query.text[max(place - before, 0) : place + behind]
    directions, lengths, focus = index.collection.sentence_words.focused(query.text, asked)
    return Evidence(
        layout=layout,
        units=units,
        shares=shares,
        around=around,
        near=_near(index, directions, layout, scored),
        lengths=lengths.astype(np.float64),
        focus=focus.astype(np.float64),
        overlap=overlap(query.text, _texts(index, layout, scored)),
        scores=np.array([score for _, score in order]),
        same_language=np.array([float(language == query.language) for language in languages]),
    )


def _near(index: Index, directions: Vectors, layout: Layout, scored: Sequence[SentenceScores]) -> Floats:
    """How near each word of the question is to those of each candidate, in the language in which that was read."""
    near = index.collection.sentence_words.nearest(directions, layout.rows)
    for number, one in enumerate(scored):
        if one.rendered is not None:
            own = np.flatnonzero(layout.passage == number)
            words = index.rendered[_language(one)].sentence_words
            near[:, own] = words.nearest(directions, one.rendered + np.arange(len(own)))
    return near


def _texts(index: Index, layout: Layout, scored: Sequence[SentenceScores]) -> list[str]:
    """What the candidates say, in the language in which they were read."""
    texts: list[str] = []
    for row, number in zip(layout.rows.tolist(), layout.passage.tolist(), strict=True):
        one, sentence = scored[number], index.sentences[row]
        rendering = None if one.rendered is None else index.renderings[_language(one)].of(sentence)
        texts.append(rendering or sentence.text)
    return texts


def _language(scores: SentenceScores) -> Language:
    return cast(Language, scores.language)


def _layout(index: Index, passages: Sequence[int]) -> Layout:
    first = np.array([index.collection.first_sentence[number] for number in passages])
    sizes = np.array([index.collection.first_sentence[number + 1] for number in passages]) - first
    documents = [index.passages[number].doc_id for number in passages]
    apart = [
        place == 0 or number != passages[place - 1] + 1 or documents[place] != documents[place - 1]
        for place, number in enumerate(passages)
    ]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    passage = np.repeat(np.arange(len(passages)), sizes)
    run_starts = starts[np.array(apart)]
    return Layout(
        rows=np.repeat(first - starts, sizes) + np.arange(int(sizes.sum())),
        passage=passage,
        run=(np.cumsum(apart) - 1)[passage],
        starts=run_starts,
        sizes=np.diff(np.append(run_starts, int(sizes.sum()))),
    )


def _stacked(
    layout: Layout, languages: Sequence[str], found: Sequence[SentenceScores]
) -> tuple[Floats, Floats, Floats]:
    """Units, shares and what is carried around; the units for each language stand below those for the one before."""
    place: dict[str, int] = {}
    total = 0
    for language, scores in zip(languages, found, strict=True):
        if language not in place:
            place[language] = total
            total += len(scores.shares)
    units, shares = np.zeros((total, len(layout.rows))), np.zeros((total, len(layout.rows)))
    around = np.zeros(len(languages))
    start = 0
    for number, (language, scores) in enumerate(zip(languages, found, strict=True)):
        own = slice(place[language], place[language] + len(scores.shares))
        end = start + scores.carried.shape[1]
        units[own, start:end] = scores.carried / np.maximum(scores.shares, _LEAST)[:, None]
        shares[own, start:end] = scores.shares[:, None]
        around[number] = scores.around.sum()
        start = end
    return units, shares, around


def features(evidence: Evidence) -> Floats:
    """The numbers that `Ranker` weighs, shape `(candidates, features)`."""
    measured = {
        **_of_units(evidence), **_of_near_words(evidence), **_of_overlap(evidence), **_of_places(evidence)
    }  # fmt: skip
    plain = np.stack(list(measured.values()), axis=1)
    beside = np.stack([measured[name] for name in RELATIVE], axis=1)
    below = beside - beside.max(axis=0)
    return np.concatenate([plain, below, (beside - beside.mean(axis=0)) / (beside.std(axis=0) + 0.02)], axis=1)


def _rarity(layout: Layout, found: Floats) -> Floats:
    """The inverse document frequency of things in the sentences of each run, shape `(things, runs)`."""
    containing = layout.by_run(found)
    rarity: Floats = np.log(1 + (layout.sizes - containing + 0.5) / (containing + 0.5))
    return rarity


def _share(weights: Floats, values: Floats, whole: Floats | None = None) -> Floats:
    """The weighted mean of `values` over things, shape `(candidates,)`."""
    total = (weights if whole is None else whole).sum(axis=0)
    mean: Floats = (weights * values).sum(axis=0) / np.maximum(total, _LEAST)
    return mean


def _of_units(evidence: Evidence) -> dict[str, Floats]:
    """What the sentences carry of the question's units, by themselves, with their neighbours and with the topic."""
    layout, units, shares = evidence.layout, evidence.units, evidence.shares
    there = units > FOUND
    weights = _rarity(layout, there.astype(np.float64))[:, layout.run] * (shares > 0)
    known = weights * (layout.by_run(there.astype(np.float64)) > 0)[:, layout.run]
    topic = np.minimum(layout.at_head(units), 1)
    before, behind = layout.neighbours(units, 1), layout.neighbours(units, -1)
    most = np.maximum(weights.max(axis=0, initial=0.0), _LEAST)
    carried = (shares * units).sum(axis=0)
    around = evidence.around[layout.passage]
    return {
        "carried": carried,
        "carried_most": (shares * units).max(axis=0, initial=0.0),
        "words": _share(weights, units),
        "known": _share(known, units),
        "weighted": _share(weights * shares, units),
        "before": _share(weights, before),
        "behind": _share(weights, behind),
        "before_adds": _share(weights, np.maximum(before - units, 0)),
        "behind_adds": _share(weights, np.maximum(behind - units, 0)),
        "off_topic": _share(weights * (1 - topic), units, weights),
        "with_topic": _share(weights, np.maximum(units, topic)),
        "topic_adds": _share(weights, np.maximum(topic - units, 0)),
        "rarest": (weights * units).max(axis=0, initial=0.0) / most,
        "missing": (known * ~there).max(axis=0, initial=0.0) / most,
        "around": around,
        "around_adds": np.maximum(around - carried, 0),
    }


def _of_near_words(evidence: Evidence) -> dict[str, Floats]:
    """How near the words of the sentences are to those of the question."""
    layout, near = evidence.layout, evidence.near
    containing = layout.by_run(near)
    weights = (evidence.lengths[:, None] * np.log(1 + layout.sizes / (containing + 0.5)))[:, layout.run]
    overall = evidence.lengths[:, None] * np.log(1 + near.shape[1] / (near.sum(axis=1, keepdims=True) + 0.5))
    before, behind = layout.neighbours(near, 1), layout.neighbours(near, -1)
    return {
        "near": _share(weights, near),
        "near_overall": _share(np.broadcast_to(overall, near.shape), near),
        "near_focus": _share(weights * evidence.focus[:, None], near),
        "near_off_topic": _share(weights, np.maximum(near - NEAR_TOPIC * layout.at_head(near), 0)),
        "near_farthest": (weights * (1 - near)).max(axis=0, initial=0.0)
        / np.maximum(weights.sum(axis=0), _LEAST),
        "near_before_adds": _share(weights, np.maximum(before - near, 0)),
        "near_behind_adds": _share(weights, np.maximum(behind - near, 0)),
    }  # fmt: skip


def _of_overlap(evidence: Evidence) -> dict[str, Floats]:
    """The question's words themselves, and new things of the kind that is asked for."""
    layout, found = evidence.layout, evidence.overlap
    cover, asked = found.cover, found.asked
    weights = (_rarity(layout, cover) * found.weights[:, None])[:, layout.run]
    topic, before = layout.at_head(cover), layout.neighbours(cover, 1)
    flat = np.broadcast_to(found.weights[:, None], cover.shape)
    numbers = np.broadcast_to(found.digits[:, None].astype(np.float64), cover.shape)
    sure = asked[: len(ASKED_TYPES), None]
    return {
        "cover": _share(weights, cover),
        "cover_flat": _share(flat, cover),
        "cover_focus": _share(weights * found.focus[:, None], cover),
        "cover_off_topic": _share(weights * (1 - topic), cover, weights),
        "cover_with_topic": _share(weights, np.maximum(cover, topic)),
        "cover_before_adds": _share(weights, np.maximum(before - cover, 0)),
        "numbers_missing": _share(numbers, 1 - np.maximum(cover, before)),
        "beside": (sure * found.beside[: len(ASKED_TYPES)]).max(axis=0, initial=0.0),
        "new_asked": (sure * found.new[: len(ASKED_TYPES)]).max(axis=0, initial=0.0),
        "unmatched": np.log1p(found.unmatched),
        "length": np.log1p(found.lengths),
        "leans": found.leans,
        **{f"new_{name}": asked[number] * found.new[number] for number, name in enumerate(TYPES[:-1])},
        **{f"asks_{name}": np.full(cover.shape[1], asked[number]) for number, name in enumerate(TYPES)},
    }


def _of_places(evidence: Evidence) -> dict[str, Floats]:
    """Where the sentences stand, and how good their passages are."""
    layout, scores = evidence.layout, evidence.scores
    place = np.arange(len(layout.rows)) - layout.starts[layout.run]
    return {
        "passage": scores[layout.passage],
        "first": (place == 0).astype(np.float64),
        "second": (place == 1).astype(np.float64),
        "place": place / np.maximum(layout.sizes[layout.run] - 1, 1),
        "same_language": evidence.same_language[layout.passage],
    }
