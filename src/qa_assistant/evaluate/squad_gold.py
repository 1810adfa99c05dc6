"""Gold questions as files in the form of SQuAD, and such files as gold questions with their sources."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa_assistant.errors import InputError
from qa_assistant.evaluate.articles import Article, Paragraph, articles_of, write_articles
from qa_assistant.evaluate.squad import SquadQuestion, read_squad
from qa_assistant.language import detect_language
from qa_assistant.records import Document, GoldQuestion, Quote


def squad_gold(path: Path, sources: Path | None) -> tuple[list[GoldQuestion], list[InputError]]:
    """The questions of a file in the form of SQuAD as gold questions, and the answers that cannot be used, with why.

    Where each question was written by `write_squad`, it is what it was, and nothing else is needed. Otherwise the
    paragraphs become sources in the folder `sources`, and every answer both an accepted form and evidence, where it
    stands. An answer that is given several times is one. Raises `InputError`.
    """
    squad = read_squad(path)
    questions = [question for article in squad.data for paragraph in article.paragraphs for question in paragraph.qas]
    if questions and all(question.gold is not None for question in questions):
        return _carried(path, questions)
    if sources is None:
        raise InputError(f"{path} has paragraphs that have to become sources; name a new folder with --sources")
    articles = [Article(one.title, tuple(paragraph.context for paragraph in one.paragraphs)) for one in squad.data]
    gold: list[GoldQuestion] = []
    errors: list[InputError] = []
    for article, written in zip(squad.data, write_articles(articles, sources), strict=True):
        for paragraph, place in zip(article.paragraphs, written, strict=True):
            for question in paragraph.qas:
                made, wrong = _gold(question, place)
                gold += made
                errors += [InputError(f"{path}: {question.id}: field 'answers': {text}") for text in wrong]
    return gold, errors


def _carried(path: Path, questions: Sequence[SquadQuestion]) -> tuple[list[GoldQuestion], list[InputError]]:
    """The gold questions that questions carry; those whose wording was changed beside it are errors."""
    gold: list[GoldQuestion] = []
    errors: list[InputError] = []
    for one in questions:
        if one.gold is None or (one.gold.question, one.gold.question_id) != (one.question, one.id):
            text = "field 'gold': not the question beside it; change both, or remove it"
            errors.append(InputError(f"{path}: {one.id}: {text}"))
        else:
            gold.append(one.gold)
    return gold, errors


def _gold(question: SquadQuestion, place: Paragraph) -> tuple[list[GoldQuestion], list[str]]:
    """The gold question of a question, none where no answer stands in the paragraph; and the answers that do not."""
    language = detect_language(question.question)
    if question.is_impossible:
        refused = GoldQuestion(question_id=question.id, language=language, kind="no_answer", question=question.question)
        return [refused], []
    evidence: dict[Quote, str] = {}
    wrong: list[str] = []
    for answer in question.answers:
        end = answer.answer_start + len(answer.text)
        stands = answer.answer_start >= 0 and place.context[answer.answer_start : end] == answer.text != ""
        quote = place.quote(answer.answer_start, end) if stands else None
        if quote is None:
            wrong.append(f"{answer.text!r} does not stand at {answer.answer_start} of its paragraph; it is left out")
        else:
            evidence[quote] = answer.text
    if not evidence:
        return [], [*wrong, "none that stands there; the question is left out"]
    gold = GoldQuestion(
        question_id=question.id,
        language=language,
        kind="fact",
        question=question.question,
        must_include=(tuple(dict.fromkeys(evidence.values())),),
        evidence=tuple(evidence),
    )
    return [gold], wrong


def write_squad(
    gold: Sequence[GoldQuestion], documents: Sequence[Document], raws: Mapping[str, str], path: Path
) -> None:
    """Write gold questions in the form of SQuAD 2.0: each below the paragraph where its first evidence stands.

    A document is an article and its blocks are the paragraphs, unless it was imported as a paragraph (`raws` are
    their raw files). An answer is a quote of the evidence where that is an accepted form, else the accepted forms
    that stand in the evidence, else the evidence. Questions without an answer stand below the first paragraph, as
    impossible. Each question carries the whole gold question as `gold`, which other programs ignore.
    """
    articles: list[dict[str, Any]] = []
    waiting = list(gold)
    for title, paragraphs in articles_of(documents, raws):
        rows: list[dict[str, Any]] = []
        for paragraph in paragraphs:
            own = [one for one in waiting if _stands_in(one, paragraph) or (not one.evidence and not articles + rows)]
            waiting = [one for one in waiting if one not in own]
            rows.append({"context": paragraph.context, "qas": [_row(one, paragraph) for one in own]})
        articles.append({"title": title, "paragraphs": rows})
    if waiting:
        names = ", ".join(one.question_id for one in waiting[:3])
        raise InputError(f"{names}: the evidence stands in no paragraph; run: qa-assistant eval check")
    text = json.dumps({"version": "v2.0", "data": articles}, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _stands_in(question: GoldQuestion, paragraph: Paragraph) -> bool:
    return bool(question.evidence) and paragraph.place(question.evidence[0]) is not None


def _row(question: GoldQuestion, paragraph: Paragraph) -> dict[str, Any]:
    answers = [answer for quote in question.evidence for answer in _answers(quote, question, paragraph)]
    return {
        "id": question.question_id,
        "question": question.question,
        "answers": answers,
        "is_impossible": question.kind == "no_answer",
        "gold": question.model_dump(),
    }


def _answers(quote: Quote, question: GoldQuestion, paragraph: Paragraph) -> Iterator[dict[str, Any]]:
    place = paragraph.place(quote)
    if place is None:
        return  # Evidence of other paragraphs is kept in `gold`; the form of SQuAD has no room for it.
    whole = paragraph.context[slice(*place)]
    forms = [form for group in question.must_include for form in group]
    said = [] if whole in forms else [form for form in forms if form in whole]
    for text in said or [whole]:
        yield {"text": text, "answer_start": place[0] + whole.index(text)}
