"""Answers as HTML. All that comes from sources and questions is escaped: it shows as text and does nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from qa_assistant.language import detect_language
from qa_assistant.phrases import phrases
from qa_assistant.records import Answer, Citation
from qa_assistant.ui.labels import PAGE, Labels, labels_for, language_code

_mark = re.compile(r"\[(\d+)\]")


def in_page_languages(name: str, tag: str = "span") -> str:
    """The label `name` in every language of the page, one element for each."""
    return "".join(
        f'<{tag} class="label" lang="{labels.code}">{escape(getattr(labels, name))}</{tag}>' for labels in PAGE
    )


def render_header() -> str:
    """The title of the page, and where developers go on."""
    return (
        f'<header class="page-title"><h1>{in_page_languages("title")}</h1>'
        f'<div class="subtitle">{in_page_languages("subtitle", "p")}</div>'
        f'<a class="developers" href="docs">{in_page_languages("developers")}</a></header>'
    )


def render_conversation(answers: Sequence[Answer]) -> str:
    """All questions with their answers, oldest first; only the marks of the last one lead to quotes."""
    turns = "".join(_turn(answer, linked=answer is answers[-1]) for answer in answers)
    return f'<div class="conversation" role="log" aria-live="polite">{turns}</div>'


def render_quotes(answer: Answer | None) -> str:
    """The quotes of `answer` as numbered cards; a line instead where there are none."""
    head = f"<h2>{in_page_languages('quotes')}</h2>"
    if answer is None:
        body = f'<div class="no-quotes">{in_page_languages("quotes_come_here", "p")}</div>'
    elif not answer.citations:
        labels = labels_for(answer.language)
        body = f'<div class="no-quotes"><p lang="{labels.code}">{escape(labels.no_quotes)}</p></div>'
    else:
        labels = labels_for(answer.language)
        body = f'<ol class="cards">{"".join(_card(citation, labels) for citation in answer.citations)}</ol>'
    return f'<section class="quotes">{head}{body}</section>'


def _turn(answer: Answer, *, linked: bool) -> str:
    labels = labels_for(answer.language)
    numbers = {citation.number for citation in answer.citations}
    paragraphs = "".join(
        f'<p lang="{language_code(detect_language(line))}">{_with_marks(line, numbers, labels, linked=linked)}</p>'
        for line in answer.text.splitlines()
        if line.strip()
    )
    return (
        f'<article class="turn {answer.kind}">'
        f'<p class="question" lang="{language_code(answer.language)}">{escape(answer.question)}</p>'
        f'<div class="answer" aria-label="{escape(labels.answer)}">{paragraphs}</div>{_suggestions(answer)}</article>'
    )


def _suggestions(answer: Answer) -> str:
    """The questions that can be answered in place of one that was refused; nothing without any."""
    if not answer.suggestions:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in answer.suggestions)
    language = language_code(answer.language)
    title = escape(phrases(answer.language).suggested)
    return f'<div class="suggestions" lang="{language}"><p>{title}</p><ul>{items}</ul></div>'


def _with_marks(line: str, numbers: set[int], labels: Labels, *, linked: bool) -> str:
    """`line` escaped, `[1]` made a mark where there is a quote of that number."""

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in numbers:
            return match[0]
        if not linked:
            return f'<span class="mark">{number}</span>'
        name = escape(f"{labels.quote} {number}")
        return f'<a class="mark" href="#quote-{number}" aria-label="{name}" title="{name}">{number}</a>'

    return _mark.sub(mark, escape(line))


def _card(citation: Citation, labels: Labels) -> str:
    number = citation.number
    text = citation.quote.text
    translation = f'<p class="translation">{escape(citation.translation)}</p>' if citation.translation else ""
    return (
        f'<li class="card" id="quote-{number}" tabindex="-1">'
        f'<span class="number" aria-label="{escape(labels.quote)} {number}">{number}</span>'
        f'<blockquote lang="{language_code(detect_language(text))}">{_marked(citation)}</blockquote>'
        f'{translation}<dl lang="{labels.code}">{_place(citation, labels)}</dl></li>'
    )


def _marked(citation: Citation) -> str:
    """The quote, escaped, with what answers marked."""
    quote = citation.quote
    parts: list[str] = []
    done = 0
    for start, end in ((start - quote.start, end - quote.start) for start, end in citation.answers):
        parts += [escape(quote.text[done:start]), f"<mark>{escape(quote.text[start:end])}</mark>"]
        done = end
    return "".join([*parts, escape(quote.text[done:])])


def _place(citation: Citation, labels: Labels) -> str:
    """Where a quote stands; lines that would be empty are left out, and so is a title among the sections."""
    sections = [heading for heading in citation.heading if heading != citation.title]
    lines = (
        ("source", labels.source, citation.title),
        ("section", labels.section, " › ".join(sections)),
        ("page", labels.page, "" if citation.page is None else str(citation.page)),
        ("file", labels.file, citation.source),
    )
    return "".join(
        f'<div class="{name}"><dt>{escape(label)}</dt>'
        f'<dd lang="{language_code(detect_language(value))}">{escape(value)}</dd></div>'
        for name, label, value in lines
        if value
    )
