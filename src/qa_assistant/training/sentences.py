"""Train the ranker of sentences that answer a question.

    python -m qa_assistant.training.sentences --data ../shared/data

Learned from CMRC 2018 trial (CC BY-SA 4.0) and DRCD dev (CC BY-SA 3.0). One seed, no other chance: the same data give
the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from qa_assistant.answer.features import Evidence, features, gather
from qa_assistant.answer.overlap import overlap
from qa_assistant.answer.passages import PASSAGES_READ
from qa_assistant.answer.ranker import FILE_NAME, MOST, Ranker
from qa_assistant.encoder import builtin_folder
from qa_assistant.evaluate.sentences import AnsweredIndex, AnsweredSet, read_answered
from qa_assistant.lexical.counts import Floats

FILES: Final = ("cmrc2018_trial", "drcd_dev")

ALL_FOREIGN: Final = 0.5
"""Share of the lists made foreign in which all passages are, as in a collection of one language."""
ANSWERING_FOREIGN: Final = 0.3
OTHERS_FOREIGN: Final = 0.5
"""Shares of the foreign passages, with an answer and without, in the other lists: whoever asks in a language that some
sources are in asks, as a rule, about those."""
TRANSLATED: Final = 0.55
"""Share of a question's units that a text in another language has in translation."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How the ranker is trained: `units` of the hidden layer, rounds over the data, and the usual constants."""

    units: int = 32
    rounds: int = 10
    batch: int = 64
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.2
    seed: int = 7


@dataclass(frozen=True)
class Candidates:
    """The candidates of a question: their features, and which of them answer it."""

    doc_id: str
    rows: Floats
    answers: Floats


def candidates(given: AnsweredSet, folder: Path, seed: int) -> Iterator[Candidates]:
    """Four lists for each question of a set; a list without answers, or of nothing else, is left out.

    The sentences of its own paragraph and those of the passages found for it; each as they are, and as they would look
    to a question in another language. `seed` draws what is lost there.
    """
    answered = AnsweredIndex(given.paragraphs, folder)
    numbers = {passage.passage_id: number for number, passage in enumerate(answered.index.passages)}
    chance = np.random.default_rng(seed)
    for question in given.questions:
        answers = np.array(sorted(answered.answering(question)))
        query = answered.retriever.read(question.text)
        for hits in answered.hits(question, query, PASSAGES_READ):
            passages = [numbers[hit.passage.passage_id] for hit in hits]
            found = answered.retriever.sentences(query, passages)
            evidence = gather(answered.index, query, hits, passages, found)
            if evidence is None:
                continue
            right = np.isin(evidence.layout.rows, answers)
            if right.any() and not right.all():
                sentences = [answered.index.sentences[row].text for row in evidence.layout.rows.tolist()]
                foreign = as_in_another_language(evidence, question.text, sentences, right, chance)
                for one in (evidence, foreign):
                    yield Candidates(question.doc_id, features(one), right.astype(np.float64))


def as_in_another_language(
    evidence: Evidence,
    question: str,
    sentences: Sequence[str],
    right: NDArray[np.bool_],
    chance: np.random.Generator,
) -> Evidence:
    """Evidence as it might be if all passages, or some, were in another language than the question.

    Some of its words have no translation there, or another; their vectors are less near; of the words themselves only
    the numbers are left. `right` tells which sentences answer.
    """
    found, passage = evidence.overlap, evidence.layout.passage
    answering = np.bincount(passage, right, minlength=len(evidence.scores)) > 0
    likely = np.where(answering, ANSWERING_FOREIGN, OTHERS_FOREIGN) if chance.random() >= ALL_FOREIGN else 1.0
    foreign = chance.random(len(evidence.scores)) < likely
    rows = foreign[passage]
    bare = overlap("".join(char if char.isdigit() else " " for char in question), sentences)
    units, near = evidence.units, evidence.near
    translated = (chance.random((len(units), 1)) < TRANSLATED) * chance.uniform(0.3, 1.0, (len(units), 1))
    nearness = np.maximum(near * chance.uniform(0.25, 0.9, (len(near), 1)), chance.uniform(0, 0.3, near.shape))
    kept = float(translated.mean()) if len(translated) else 0.0
    return replace(
        evidence,
        units=np.where(rows, units * translated, units),
        around=np.where(foreign, evidence.around * kept, evidence.around),
        near=np.where(rows, nearness, near),
        overlap=replace(
            found,
            cover=np.where(rows, found.cover * found.digits[:, None], found.cover),
            new=np.where(rows, bare.new, found.new),
            beside=np.where(rows, bare.beside, found.beside),
            unmatched=np.where(rows, bare.unmatched, found.unmatched),
        ),
        scores=np.where(foreign, evidence.scores * chance.uniform(0.5, 0.9), evidence.scores),
        same_language=np.where(foreign, 0.0, evidence.same_language),
    )


def fitted(lists: Sequence[Candidates], plan: Plan, report: Report = lambda text: None) -> Ranker:
    """The ranker that gives the sentences that answer the greatest likelihood among the candidates of their lists."""
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    rows = np.concatenate([one.rows for one in lists])
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    # Lists of like length side by side, so that little is filled up.
    order = sorted(range(len(lists)), key=lambda number: (len(lists[number].answers), number))
    batches = [
        _padded([lists[number] for number in order[start : start + plan.batch]], means, scales)
        for start in range(0, len(order), plan.batch)
    ]
    linear = torch.nn.Linear(len(means), 1, bias=False)
    hidden, out = torch.nn.Linear(len(means), plan.units), torch.nn.Linear(plan.units, 1, bias=False)
    weights = [*linear.parameters(), *hidden.parameters(), *out.parameters()]
    optimiser = torch.optim.AdamW(weights, lr=plan.rate, weight_decay=plan.decay)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, plan.rounds * len(batches))
    for number in range(plan.rounds):
        total = 0.0
        for batch in torch.randperm(len(batches)).tolist():
            given, right, there = batches[batch]
            inner = torch.nn.functional.dropout(torch.relu(hidden(given)), plan.dropout)
            scores = (linear(given) + out(inner)).squeeze(-1).masked_fill(~there, -torch.inf)
            likelihoods = torch.log_softmax(scores, dim=1).masked_fill(~right, -torch.inf)
            loss = -torch.logsumexp(likelihoods, dim=1).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        report(f"round {number + 1}: loss {total / len(batches):.4f}")
    return Ranker(
        means=means,
        scales=scales,
        linear=_array(linear.weight)[0],
        hidden=_array(hidden.weight).T,
        bias=_array(hidden.bias),
        out=_array(out.weight)[0],
    )


def _array(weight: torch.Tensor) -> Floats:
    return np.asarray(weight.detach().numpy(), dtype=np.float64)


def _padded(lists: Sequence[Candidates], means: Floats, scales: Floats) -> tuple[torch.Tensor, ...]:
    """Features, which candidates answer, and which are there, of lists filled up to the longest one."""
    most = max(len(one.answers) for one in lists)
    given = torch.zeros(len(lists), most, len(means))
    right = torch.zeros(len(lists), most, dtype=torch.bool)
    there = torch.zeros(len(lists), most, dtype=torch.bool)
    for number, one in enumerate(lists):
        length = len(one.answers)
        standard = np.clip((one.rows - means) / scales, -MOST, MOST)
        given[number, :length] = torch.from_numpy(standard.astype(np.float32))
        right[number, :length] = torch.from_numpy(one.answers > 0)
        there[number, :length] = True
    return given, right, there


def learn(data: Path, plan: Plan = Plan(), report: Report = lambda text: None) -> Ranker:
    """The ranker learned from the files in the folder `dev` of `data`."""
    lists: list[Candidates] = []
    for name in FILES:
        with tempfile.TemporaryDirectory() as folder:
            given = read_answered(data / "dev" / f"{name}.json.gz")
            lists += candidates(given, Path(folder), plan.seed)
        report(f"{name} read, {len(lists):,} lists")
    return fitted(lists, plan, report)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from `--data` and write into the package, or to `--out`."""
    parser = argparse.ArgumentParser(description="Train the ranker of sentences that answer a question.")
    parser.add_argument("--data", type=Path, required=True, help="directory with dev/")
    package = builtin_folder().parents[1]
    parser.add_argument(
        "--out", type=Path, default=package / "answer" / FILE_NAME, help="file (default: the package's)"
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()

    def report(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - started:6.0f} s  {text}\n")
        sys.stdout.flush()

    learn(options.data, report=report).save(options.out)
    report(f"ranker written to {options.out}")


if __name__ == "__main__":
    main()
