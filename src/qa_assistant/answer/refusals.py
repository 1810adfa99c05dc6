"""What a refused answer says: what was looked for, what is wrong with the question, what the nearest text is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qa_assistant.answer.premises import Premises
from qa_assistant.answer.said import Said
from qa_assistant.answer.suggestions import AskFacts, Suggester
from qa_assistant.index import Index
from qa_assistant.language import HANGUL
from qa_assistant.lexical.tokens import nouns
from qa_assistant.lexical.translation import korean_stem
from qa_assistant.names import WIDE_KINDS
from qa_assistant.phrases import phrases
from qa_assistant.question.asked import Asked, take_apart
from qa_assistant.question.lexicon import Lexicon
from qa_assistant.question.owners import owners
from qa_assistant.records import Hit, Language, Span

MOST_PARTS: Final = 6
"""Names, years and nouns of a question that are told."""
MOST_HEADINGS: Final = 2
_number = re.compile(r"^\s*(?:[（(]?\d+[）)]|\d+\.)\s*|^<[^<>]*>\s*")
"""The number before a heading or a caption."""
_korean_word = re.compile(f"[{HANGUL}]{{2,}}")
_asking_sentence = re.compile(r"[^.!。！？?\n]+[?？]")
_joins = re.compile(r"[\s'’-]+")


class Refusals:
    """Writes refusals over one index; `ask` gives what the facts say to a question."""

    def __init__(self, index: Index, lexicon: Lexicon, ask: AskFacts) -> None:
        self._index = index
        self._premises = Premises(index, lexicon)
        self._suggester = Suggester(index, ask)

    def asks_of_unnamed(self, question: str, language: Language) -> bool:
        """Whether `question` names things, and the sources none of them: no passage is about them."""
        asked = take_apart(question, self._index.names, language)
        things = [one for one in asked.mentions if one.entities[0].kind not in WIDE_KINDS]
        unnamed = self._premises.unnamed(asked)
        return bool(unnamed) and len(unnamed) >= len(things)

    def said(self, question: str, language: Language, said: Said | None, hits: Sequence[Hit], sure: float) -> Said:
        """The refusal of `question`, in the light of what the facts `said` and of the nearest passages.

        `sure` is the probability that the sources speak of it after all. A refusal of the facts names its table.
        """
        asked = take_apart(question, self._index.names, language)
        say = phrases(language)
        reading = said.reading if said is not None else None
        parts = looked_for(asked)
        lines = [said.text if said is not None else say.nothing_found]
        lines += self._premises.told(asked, reading, hits)
        lines += [say.looked_for(parts)] if parts else []
        if hits and reading is None:
            lines.append(say.nearest(*self._nearest(hits, language)))
        refusal = said or Said("no_answer", "", confidence=sure)
        return replace(refusal, text="\n".join(lines))

    def suggestions(self, question: str, language: Language, said: Said | None, hits: Sequence[Hit]) -> tuple[str, ...]:
        """Questions near to `question` that can be answered."""
        asked = take_apart(question, self._index.names, language)
        return self._suggester.suggest(asked, said.reading if said is not None else None, hits)

    def _nearest(self, hits: Sequence[Hit], language: Language) -> tuple[str, list[str]]:
        """The title of the nearest source, and the last headings of its nearest passages, in `language` if known."""
        renderings = self._index.renderings.get(language)
        document = self._index.document(hits[0].passage.doc_id)

        def read(text: str) -> str:
            return (renderings and renderings.of_text(document, text)) or text

        own = [hit.passage for hit in hits if hit.passage.doc_id == document.doc_id]
        headings = [passage.heading[-1] for passage in own if passage.heading]
        about = dict.fromkeys(heading for heading in headings if heading != document.title)
        return read(document.title), [_number.sub("", read(one)) for one in list(about)[:MOST_HEADINGS]]


def looked_for(asked: Asked) -> list[str]:
    """The names, years, editions and nouns of a question, in its words and order.

    Of several sentences only those are read that end in a question mark: the others ask for nothing.
    """
    text = asked.text if len(asked.text) == len(asked.key) else asked.key
    asking = [match.span() for match in _asking_sentence.finditer(text)] or [(0, len(text))]
    spans: list[Span] = [(one.start, one.end) for one in asked.mentions]
    spans += [span for span in _times(asked) if not _taken(span, spans)]
    spans += [span for span in owners(asked) if not _taken(span, spans)]
    spans += _nouns(asked, spans)
    named = {(one.start, one.end) for one in asked.mentions}
    said = [
        korean_stem(text[start:end]) if (start, end) not in named and _korean_word.fullmatch(text, start, end)
        else text[start:end].strip()
        for start, end in sorted(spans) if any(first <= start < last for first, last in asking)
    ]  # fmt: skip
    return list(dict.fromkeys(said))[:MOST_PARTS]


def _times(asked: Asked) -> list[Span]:
    years = [(one.start, one.end) for one in asked.years]
    return years + [(one.start, one.end) for one in asked.ordinals]


def _nouns(asked: Asked, taken: Sequence[Span]) -> list[Span]:
    """The words that say what a question is about, beside those that are `taken`; neighbours are one.

    Chinese nouns; of others all words that are not light.
    """
    found = nouns(asked.key) if asked.language == "zh" else asked.content(taken)
    found = [
        span for span in found if asked.says_something(*span) and span[1] - span[0] > 1 and not _taken(span, taken)
    ]
    joined: list[Span] = []
    for start, end in found:
        between = asked.key[joined[-1][1] : start] if joined else None
        beside = between is not None and (not between or (asked.language == "en" and _joins.fullmatch(between)))
        if beside:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _taken(span: Span, spans: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
