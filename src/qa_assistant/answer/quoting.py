"""Quotes as the text of an answer: what they say in the language of the question first, where that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from qa_assistant.answer.glossary import Term
from qa_assistant.language import detect_language
from qa_assistant.phrases import Phrases
from qa_assistant.records import Citation, Language

MOST_WORDS: Final = 150
"""English words of renderings that stand before the quotes."""


def passage_text(
    say: Phrases,
    citations: Sequence[Citation],
    title: Callable[[Citation], str],
    terms: Callable[[Citation], Sequence[Term]],
) -> str:
    """What the quotes say, then the quotes, each with its number; a line before those of one source names it.

    Quotes that have no rendering stand alone, with their key terms below them. `title` gives the name of a citation's
    source, `terms` those that the quote was found by, none where its reader needs none.
    """
    leading = _leading(citations)
    lines: list[str] = []
    for group in _by_origin(citations):
        language = detect_language(group[0].quote.text)
        rendered = [one for one in group if one in leading]
        introduce = say.rendered if rendered else say.introduction
        lines.append(introduce(title(group[0]), language))
        lines += [f"{one.translation} [{one.number}]" for one in rendered]
        lines += quote_lines(say, group, already=rendered, terms=terms)
    return "\n".join(lines)


def quote_lines(
    say: Phrases,
    citations: Sequence[Citation],
    already: Sequence[Citation] = (),
    terms: Callable[[Citation], Sequence[Term]] = lambda citation: (),
) -> Iterator[str]:
    """A line for each quote, and one below it with what it says, for those that are not said `already`.

    Where nothing tells what it says, its key terms stand there.
    """
    for one in citations:
        yield f"{one.quote.text} [{one.number}]"
        if one.translation and one not in already:
            yield say.translation(one.translation)
        elif one.translation is None and (found := terms(one)):
            yield say.key_terms(found)


def _leading(citations: Sequence[Citation]) -> list[Citation]:
    """The first citation with a rendering, and the next ones as long as all are short enough."""
    leading: list[Citation] = []
    words = 0
    for one in citations:
        words += len((one.translation or "").split())
        if one.translation is None or (leading and words > MOST_WORDS):
            break
        leading.append(one)
    return leading


def _by_origin(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Citations that follow one another in one source and language."""
    groups: list[list[Citation]] = []
    origin: tuple[str, Language] | None = None
    for citation in citations:
        own = (citation.quote.doc_id, detect_language(citation.quote.text))
        if own != origin:
            groups.append([])
            origin = own
        groups[-1].append(citation)
    return groups
