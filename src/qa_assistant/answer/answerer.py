"""Questions to Answers: from facts where they are meant, else from the sentences of the best passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from qa_assistant.answer.conversation import Conversation
from qa_assistant.answer.facts import FactAnswerer
from qa_assistant.answer.passages import MOST_QUOTES, NOTHING, PassageAnswerer, Quoted
from qa_assistant.answer.said import Said, number_quotes
from qa_assistant.index import Index
from qa_assistant.language import detect_language
from qa_assistant.phrases import Phrases, phrases
from qa_assistant.question import LONGEST
from qa_assistant.records import Answer, Block, Citation, Hit, Language, Quote
from qa_assistant.retrieve import Retriever

REMEMBERED: Final = 256
"""Answers of the facts that are kept: follow-up questions ask those before them again."""


class Answerer:
    """Answers questions from an open index, by the passages that `retriever` finds in it."""

    def __init__(self, index: Index, retriever: Retriever) -> None:
        self._index = index
        self._retriever = retriever
        self._facts = FactAnswerer(index)
        self._facts_say = lru_cache(maxsize=REMEMBERED)(self._facts.answer)
        self._conversation = Conversation(self._facts_say, index.names, index.facts)
        self._passages = PassageAnswerer(index, retriever)

    def retrieve(self, query: str, k: int) -> list[Hit]:
        """The best `k` passages for `query`, of which the first `LONGEST` characters are read."""
        return self._retriever.retrieve(self._retriever.read(query[:LONGEST]), k)

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        """The answer to `question`; `history` holds the questions asked before it, oldest first."""
        language = detect_language(question)
        say = phrases(language)
        if not question.strip():
            return self._answer(question, language, Said("no_answer", say.empty_question))
        if len(question) > LONGEST:
            return self._answer(question, language, Said("no_answer", say.long_question(len(question), LONGEST)))
        understood = self._conversation.understood(question, history)
        answer = self._answer_whole(question, understood or question, language)
        if understood is None:
            return answer
        return answer.model_copy(
            update={"understood": understood, "text": f"{say.understood(understood)}\n{answer.text}"}
        )

    def _answer_whole(self, question: str, whole: str, language: Language) -> Answer:
        """The answer to `whole`, as which `question` is understood: itself, or that with others before it."""
        asked = question if whole.endswith(question.strip()) else whole
        say = phrases(language)
        query = self._retriever.read(whole)
        hits = self._retriever.retrieve(query, 10)
        said = self._facts_say(whole, language)
        if said is not None and not said.open:
            return self._answer(question, language, said, hits)
        quoted = self._passages.answer(asked, query, hits)
        if said is not None:
            return self._answer(question, language, said, hits, quoted)
        if not quoted.quotes or not self._bears_out(whole, language, quoted, hits):
            nearest = [self._index.document(hit.passage.doc_id).title for hit in hits[:1]]
            refusal = Said("no_answer", say.nothing_found(nearest), confidence=quoted.confidence)
            return self._answer(question, language, refusal, hits)
        return self._quoted(question, language, say, quoted, hits)

    def _bears_out(self, question: str, language: Language, quoted: Quoted, hits: Sequence[Hit]) -> bool:
        """Whether the quotes have what is asked for; see `support`."""
        passages = [hit.passage for hit in hits]
        sentences = [
            (
                quote.text,
                next(
                    ("\n".join([*one.heading, one.text]) for one in passages if _overlap(quote, one)),
                    quote.text,
                ),
            )
            for quote, _ in quoted.quotes
        ]
        return self._facts.bears_out(question, language, sentences)

    def _answer(
        self, question: str, language: Language, said: Said, hits: Sequence[Hit] = (), further: Quoted = NOTHING
    ) -> Answer:
        text, quotes = number_quotes(said, self._index.documents)
        if said.quoted:
            quotes += tuple(q for q, _ in further.quotes if not any(_overlap(q, other) for other in quotes))
            quotes = quotes[: max(MOST_QUOTES, len(quotes) - len(further.quotes))]
            text = "\n".join([text, *(f"{quote.text} [{number}]" for number, quote in enumerate(quotes, start=1))])
        return Answer(
            question=question,
            text=text,
            language=language,
            kind=said.kind,
            confidence=round(said.confidence, 4),
            citations=tuple(self._citation(number, quote) for number, quote in enumerate(quotes, start=1)),
            facts=said.facts,
            hits=tuple(hits),
            index_id=self._index.index_id,
        )

    def _quoted(self, question: str, language: Language, say: Phrases, quoted: Quoted, hits: Sequence[Hit]) -> Answer:
        citations = tuple(
            self._citation(number, quote, heading) for number, (quote, heading) in enumerate(quoted.quotes, start=1)
        )
        return Answer(
            question=question,
            text=_text(say, citations),
            language=language,
            kind="passage",
            confidence=round(quoted.confidence, 4),
            citations=citations,
            hits=tuple(hits),
            index_id=self._index.index_id,
        )

    def _citation(self, number: int, quote: Quote, heading: tuple[str, ...] | None = None) -> Citation:
        document = self._index.document(quote.doc_id)
        if heading is None:
            block = next((block for block in document.blocks if block.start <= quote.start < block.end), None)
            heading = _heading(block) if block else ()
        return Citation(
            number=number,
            quote=quote,
            title=document.title,
            source=document.source,
            raw_spans=document.raw_spans(quote.start, quote.end),
            heading=heading,
            page=document.page_at(quote.start),
        )


def _overlap(one: Quote, other: Quote) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _heading(block: Block) -> tuple[str, ...]:
    return (*block.path, block.label) if block.kind in ("table", "caption") and block.label else block.path


def _text(say: Phrases, citations: Sequence[Citation]) -> str:
    """The quotes, each with its number; a line before those of one source and language names it."""
    parts: list[str] = []
    before: tuple[str, Language] | None = None
    for citation in citations:
        origin = (citation.quote.doc_id, detect_language(citation.quote.text))
        if origin != before:
            parts.append(say.introduction(citation.title, origin[1]))
        parts.append(f"{citation.quote.text} [{citation.number}]")
        before = origin
    return "\n".join(parts)
