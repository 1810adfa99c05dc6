"""Samples of ragas: JSON lines with the fields of its `SingleTurnSample` (ragas 0.2 and later)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_assistant.errors import InputError
from qa_assistant.evaluate.articles import Article, write_articles
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.language import detect_language
from qa_assistant.records import Document, GoldQuestion, Quote
from qa_assistant.wire import AnswerBody


class RagasSample(BaseModel):
    """A question with its reference and, where it was answered, the response.

    `gold` is the gold question that the sample was written of, which ragas ignores; further fields (`rubrics`,
    `persona_name` and others) are kept.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    user_input: str | None = None
    retrieved_contexts: tuple[str, ...] | None = None
    reference_contexts: tuple[str, ...] | None = None
    retrieved_context_ids: tuple[str | int, ...] | None = None
    reference_context_ids: tuple[str | int, ...] | None = None
    response: str | None = None
    reference: str | None = None
    gold: GoldQuestion | None = None


def read_ragas(path: Path) -> list[RagasSample]:
    """The samples of a file. Raises `InputError`, which names file, line and field."""
    samples: list[RagasSample] = []
    for number, line in read_json_lines(path):
        try:
            samples.append(RagasSample.model_validate_json(line))
        except ValidationError as error:
            raise InputError(f"{path}, line {number}: {first_problem(error)}") from error
    return samples


def write_ragas(samples: Sequence[RagasSample], path: Path) -> None:
    """Write samples, a line each, without the fields that are not known, as ragas does."""
    lines = [sample.model_dump_json(exclude_none=True) + "\n" for sample in samples]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def gold_as_ragas(
    gold: Sequence[GoldQuestion], documents: Sequence[Document], answers: Mapping[str, AnswerBody]
) -> list[RagasSample]:
    """A sample for each gold question.

    The first accepted form of each group is its reference, the evidence are the reference contexts. With the
    question's answer, by its id in `answers`, come response and retrieved contexts.
    """
    texts = {document.doc_id: document.text for document in documents}
    return [_sample(one, answers.get(one.question_id), texts) for one in gold]


def ragas_gold(path: Path, sources: Path | None) -> list[GoldQuestion]:
    """The samples of a file as gold questions.

    Samples that carry a gold question are what they were. Of others the reference is the one accepted form, and the
    reference contexts become sources in the folder `sources` and evidence. A sample without a reference is one that
    the sources do not answer. Raises `InputError`.
    """
    samples = read_ragas(path)
    kept = [sample.gold for sample in samples if sample.gold is not None]
    if samples and len(kept) == len(samples):
        for sample in samples:
            if sample.gold is not None and sample.gold.question != sample.user_input:
                raise InputError(
                    f"{path}: {sample.gold.question_id}: field 'gold': not the question beside it; change both, or"
                    " remove it"
                )
        return kept
    contexts = list(dict.fromkeys(text for sample in samples for text in sample.reference_contexts or ()))
    if contexts and sources is None:
        raise InputError(f"{path} has contexts that have to become sources; name a new folder with --sources")
    quotes: dict[str, Quote] = {}
    if sources is not None:
        for text, (place,) in zip(
            contexts, write_articles([Article("", (one,)) for one in contexts], sources), strict=True
        ):
            quotes[text] = place.whole()
    return [_gold(sample, number, quotes, path) for number, sample in enumerate(samples, start=1)]


def _sample(question: GoldQuestion, answer: AnswerBody | None, texts: Mapping[str, str]) -> RagasSample:
    found: tuple[tuple[str, str], ...] = ()
    if answer is not None:
        found = tuple((hit.passage_id, _passage(hit.passage_id, texts)) for hit in answer.hits)
    return RagasSample(
        user_input=question.question,
        retrieved_contexts=tuple(text for _, text in found) if answer else None,
        retrieved_context_ids=tuple(passage_id for passage_id, _ in found) if answer else None,
        reference_contexts=tuple(quote.text for quote in question.evidence) or None,
        reference_context_ids=tuple(f"{one.doc_id}:{one.start}-{one.end}" for one in question.evidence) or None,
        response=answer.text if answer else None,
        reference="; ".join(group[0] for group in question.must_include if group) or None,
        gold=question,
    )


def _passage(passage_id: str, texts: Mapping[str, str]) -> str:
    """The text of a passage by its id, `doc_id:start-end`. Raises `InputError`."""
    doc_id, _, span = passage_id.rpartition(":")
    start, _, end = span.partition("-")
    if doc_id not in texts or not start.isdigit() or not end.isdigit() or int(end) > len(texts[doc_id]):
        raise InputError(f"passage {passage_id!r} is none of these sources; answer the questions from them again")
    return texts[doc_id][int(start) : int(end)]


def _gold(sample: RagasSample, number: int, quotes: Mapping[str, Quote], path: Path) -> GoldQuestion:
    if not sample.user_input:
        raise InputError(f"{path}, sample {number}: field 'user_input': none; a question is needed")
    return GoldQuestion(
        question_id=f"ragas-{number:04}",
        language=detect_language(sample.user_input),
        kind="fact" if sample.reference else "no_answer",
        question=sample.user_input,
        must_include=((sample.reference,),) if sample.reference else (),
        evidence=tuple(quotes[text] for text in sample.reference_contexts or ()) if sample.reference else (),
    )
