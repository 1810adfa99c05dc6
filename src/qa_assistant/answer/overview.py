"""Questions of what a source is about, or concludes, to the sentences in which it says so itself.

No sentence shares words with "what is the paper about". A source answers by its abstract, or else by how it begins;
and by its conclusion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from qa_assistant.index import Index
from qa_assistant.language import matching_key, says_something
from qa_assistant.question.asked import Asked, take_apart
from qa_assistant.question.borne_out import DOCUMENT
from qa_assistant.records import Document, Hit, Language, Quote

MOST: Final = 3
"""Sentences that are quoted."""
SHORTEST: Final = 15
"""Characters from which the first sentence of a source is more than a byline."""
_about = re.compile(
    r"(?:讲|写|说|谈|研究|讨论|探讨|报道|介绍)(?:述|到)?(?:了|的是|的)?(?:些)?(?:什么|啥)(?:内容|问题|事情?)?|主要内容|关于什么|大意|概括|概述|摘要|总结"
    r"|\bwhat\b.{0,40}\b(?:about|discuss|deal with|cover|say)\b|\bsummar(?:y|i[sz]e)\b"
    r"|\bmain (?:content|points?|ideas?|topics?)\b|\boverview\b"
    r"|무엇에 (?:관한|대한|대해)|무슨 내용|요약|개요|주요 내용"
)
_concludes = re.compile(
    r"(?:得出|有|是)?了?(?:什么|哪些|怎样的)?(?:结论|结语)|\bconclu(?:de|des|ded|sions?)\b|결론|맺음말"
)
_abstract_heading = re.compile(r"摘要|提要|概要|abstract|summary|요약|초록")
_conclusion_heading = re.compile(r"结语|结论|结束语|conclusion|결론|맺음말")
_filling = re.compile(
    r"[那这该此]一?[篇份]|主要|最终|最后|到底|一共|内容"
    r"|\b(?:main|final|overall|give|brief|short|news|newspaper|academic|research)\b"
    r"|주요|주된|최종|글(?:인가요|입니까|이에요)?"
)


class Overview:
    """Finds what the sources of an index say of themselves."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def quotes(
        self, question: str, language: Language, hits: Sequence[Hit]
    ) -> tuple[tuple[Quote, tuple[str, ...]], ...]:
        """The sentences that say what the source meant by `question` is about, each with its headings.

        None where the question asks for anything else, or the source has no such part.
        """
        asked = take_apart(question, self._index.names, language)
        named = asked.find(DOCUMENT)
        concludes = _concludes.search(asked.key)
        told = concludes or _about.search(asked.key)
        document = self._meant(asked, hits) if named and told else None
        if told is None or document is None or self._asks_more(asked, document, [told.span(), *named]):
            return ()
        passages = [(n, one) for n, one in enumerate(self._index.passages) if one.doc_id == document.doc_id]
        heading = _conclusion_heading if concludes else _abstract_heading
        section = [(n, one) for n, one in passages if one.heading and heading.search(matching_key(one.heading[-1]))]
        if not section and not concludes:
            section = passages
        return tuple(islice(((quote, one.heading) for n, one in section for quote in self._said(n)), MOST))

    def _meant(self, asked: Asked, hits: Sequence[Hit]) -> Document | None:
        """The source that is called as the question calls it; else that of the best passage."""
        titles = {document.title: document for document in self._index.documents.values()}
        called = Counter(
            statement.fact.subject
            for statement in self._index.facts.statements
            if statement.fact.subject in titles
            for _ in asked.find(statement.words.all)
        ).most_common(2)
        if len(called) == 1 or (called and called[0][1] > called[1][1]):
            return titles[called[0][0]]
        return self._index.document(hits[0].passage.doc_id) if hits else None

    def _asks_more(self, asked: Asked, document: Document, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether the question says anything that neither the title nor the words for a source and its parts say."""
        titles = [document.title]
        if (renderings := self._index.renderings.get(asked.language)) is not None:
            titles.append(renderings.of_text(document, document.title) or "")
        title = matching_key("\n".join(titles))
        spans = [*spans, *(match.span() for match in _filling.finditer(asked.key))]
        return any(asked.key[slice(*word)] not in title for word in asked.content(spans))

    def _said(self, number: int) -> list[Quote]:
        """The sentences of passage `number` that say something at some length."""
        first = self._index.collection.first_sentence
        sentences = self._index.sentences[first[number] : first[number + 1]]
        return [one for one in sentences if len(one.text) >= SHORTEST and says_something(one.text)]
