"""Renderings by their place: what a quote says in another language."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from qa_assistant.language import is_foreign
from qa_assistant.passages import segments
from qa_assistant.records import Document, Language, Quote, Rendering, Span


class Renderings:
    """The renderings of documents in one language."""

    def __init__(self, language: Language, renderings: Iterable[Rendering]) -> None:
        self.language: Language = language
        found: dict[str, list[Rendering]] = defaultdict(list)
        for one in renderings:
            found[one.doc_id].append(one)
        self._by_document = {doc_id: sorted(own, key=_start) for doc_id, own in found.items()}

    def __bool__(self) -> bool:
        return bool(self._by_document)

    def of(self, quote: Quote) -> str | None:
        """What `quote` says in the language: the renderings of all segments that it has a part of.

        None where it has a part of a segment without a rendering, unless a reader of the language needs none.
        """
        own = self._by_document.get(quote.doc_id, [])
        first = max(bisect_right(own, quote.start, key=_start) - 1, 0)
        parts: list[str] = []
        reached = quote.start
        for one in own[first:]:
            if one.start >= quote.end:
                break
            if one.end <= quote.start:
                continue
            if self._is_left_out(quote, reached, one.start):
                return None
            parts += [quote.text[reached - quote.start : one.start - quote.start].strip(), one.text]
            reached = one.end
        if not parts or self._is_left_out(quote, reached, quote.end):
            return None
        parts.append(quote.text[reached - quote.start :].strip() if reached < quote.end else "")
        return " ".join(filter(None, parts))

    def _is_left_out(self, quote: Quote, start: int, end: int) -> bool:
        """Whether what stands there, between two renderings, is a segment that lacks one."""
        inside = quote.text[max(start - quote.start, 0) : max(end - quote.start, 0)]
        return is_foreign(inside, self.language)

    def of_text(self, document: Document, text: str) -> str | None:
        """What a heading or caption of `document` says in the language: that of the segment with this text."""
        return next(
            (
                one.text
                for one in self._by_document.get(document.doc_id, [])
                if document.text[one.start : one.end] == text
            ),
            None,
        )


def missing(document: Document, language: Language, renderings: Iterable[Rendering]) -> list[Span]:
    """The segments of `document` that a reader of `language` needs a rendering of, and that have none."""
    known = {(one.start, one.end) for one in renderings}
    text = document.text
    return [
        (start, end)
        for start, end in segments(document)
        if (start, end) not in known and is_foreign(text[start:end], language)
    ]


def _start(rendering: Rendering) -> int:
    return rendering.start
