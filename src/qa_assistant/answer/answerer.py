"""Questions to Answers: from facts where they are meant, else from the sentences of the best passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from qa_assistant.answer.conversation import Conversation
from qa_assistant.answer.fact_places import FactPlaces
from qa_assistant.answer.facts import FactAnswerer
from qa_assistant.answer.glossary import Term, glossary
from qa_assistant.answer.overview import Overview
from qa_assistant.answer.particles import with_particles
from qa_assistant.answer.passages import MOST_QUOTES, NOTHING, PassageAnswerer, Quoted
from qa_assistant.answer.quoting import passage_text, quote_lines
from qa_assistant.answer.refusals import Refusals
from qa_assistant.answer.said import Said, number_quotes
from qa_assistant.answer.spans import typed_span, value_spans
from qa_assistant.answer.wholes import Wholes, asks_for_all, overlapping, whole_quotes
from qa_assistant.confidence import default_confidence
from qa_assistant.index import Index
from qa_assistant.language import detect_language
from qa_assistant.lexical.translation import default_table
from qa_assistant.phrases import phrases
from qa_assistant.question import LONGEST
from qa_assistant.question.asked import take_apart
from qa_assistant.question.spelling import Corrector
from qa_assistant.records import Answer, Block, Citation, Hit, Language, Quote, Span
from qa_assistant.retrieve import Retriever

EVEN: Final = 0.5
"""Probability from which facts stand against passages."""
REMEMBERED: Final = 256
"""Answers of the facts that are kept: follow-up questions ask those before them again."""

SUGGESTED: Final = 2048
"""Questions beside refusals whose answers are kept."""


class Answerer:
    """Answers questions from an open index, by the passages that `retriever` finds in it."""

    def __init__(self, index: Index, retriever: Retriever) -> None:
        self._index = index
        self._retriever = retriever
        self._facts = FactAnswerer(index)
        self._facts_say = lru_cache(maxsize=REMEMBERED)(self._facts.answer)
        self._conversation = Conversation(self._facts_say, index.names, index.facts)
        self._passages = PassageAnswerer(index, retriever)
        self._overview = Overview(index)
        self._wholes = Wholes(index)
        self._places = FactPlaces(index.passages)
        self._corrector = Corrector(index.names, index.collection.passage_counts, index.facts, default_table())
        # Questions that may be suggested are few and made of the facts: what they are answered with does not change.
        suggested = lru_cache(maxsize=SUGGESTED)(self._facts.answer)
        self._refusals = Refusals(index, self._corrector.lexicon, suggested)

    def retrieve(self, query: str, k: int) -> list[Hit]:
        """The best `k` passages for `query`, of which the first `LONGEST` characters are read.

        Those with the facts that answer it come first.
        """
        read = self._corrector.read(query[:LONGEST]).text
        hits = self._retriever.retrieve(self._retriever.read(read), k)
        return self._places.first(self._facts_say(read, detect_language(read)), hits, k)

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        """The answer to `question`; `history` holds the questions asked before it, oldest first."""
        language = detect_language(question)
        say = phrases(language)
        if not question.strip():
            return self._answer(question, language, Said("no_answer", say.empty_question))
        if len(question) > LONGEST:
            return self._answer(question, language, Said("no_answer", say.long_question(len(question), LONGEST)))
        read = self._corrector.read(question)
        understood = self._conversation.understood(read.text, tuple(self._corrector.read(one).text for one in history))
        answer = self._answer_whole(read.text, understood or read.text, language)
        told = [say.read_as(one.written, one.name) for one in read.names]
        told += [say.understood(understood)] if understood is not None else []
        return answer.model_copy(
            update={"question": question, "understood": understood, "text": "\n".join([*told, answer.text])}
        )

    def _answer_whole(self, question: str, whole: str, language: Language) -> Answer:
        """The answer to `whole`, as which `question` is understood: itself, or that with others before it."""
        asked = question if whole.endswith(question.strip()) else whole
        query = self._retriever.read(whole)
        hits = self._retriever.retrieve(query, 10)
        overview = self._overview.quotes(whole, language, hits)
        if overview:
            return self._quoted(question, whole, language, Quoted(overview, 1.0), hits)
        said = self._facts_say(whole, language)
        hits = self._places.first(said, hits, len(hits))
        if said is not None and said.kind == "no_answer":
            return self._refused(question, whole, language, said, hits, said.confidence)
        if said is not None and not said.open and not _doubtful(said):
            return self._answer(question, language, said, hits, wants_all=self._wants_all(whole, language))
        if said is None and self._refusals.asks_of_unnamed(whole, language):
            return self._refused(question, whole, language, None, hits, 0.0)
        quoted = self._passages.answer(asked, query, hits)
        if said is not None and (not _doubtful(said) or _agree(said, quoted)):
            said = replace(said, quoted=True) if _doubtful(said) else said
            return self._answer(question, language, said, hits, quoted, self._wants_all(whole, language))
        if not quoted.quotes or not self._bears_out(whole, language, quoted, hits):
            return self._refused(question, whole, language, None, hits, quoted.confidence)
        if self._wants_all(whole, language):
            shown = whole_quotes(self._wholes, [quote for quote, _ in quoted.quotes])
            headed = zip(shown, quoted.quotes, strict=True)
            quoted = replace(quoted, quotes=tuple((one, heading) for found, (_, heading) in headed for one in found))
        return self._quoted(question, whole, language, quoted, hits)

    def _wants_all(self, question: str, language: Language) -> bool:
        return asks_for_all(take_apart(question, self._index.names, language))

    def _refused(
        self, question: str, whole: str, language: Language, said: Said | None, hits: Sequence[Hit], sure: float
    ) -> Answer:
        """The refusal of `whole`, with questions beside it that can be answered."""
        refusal = self._answer(question, language, self._refusals.said(whole, language, said, hits, sure), hits)
        return refusal.model_copy(update={"suggestions": self._refusals.suggestions(whole, language, said, hits)})

    def _bears_out(self, question: str, language: Language, quoted: Quoted, hits: Sequence[Hit]) -> bool:
        """Whether the quotes have what is asked for; see `support`."""
        renderings = self._index.renderings.get(language)
        sentences: list[tuple[str, str]] = []
        for quote, _ in quoted.quotes:
            passage = next((hit.passage for hit in hits if overlapping(quote, hit.passage)), None)
            around = [quote.text] if passage is None else [*passage.heading, passage.text]
            rendered = renderings.of(passage or quote) if renderings is not None else None
            # A row of a table says what it counts in the first one.
            header = passage.text.split("\n", 1)[0] if passage is not None and passage.kind == "table" else None
            sentence = "\n".join(filter(None, [header, quote.text]))
            sentences.append((sentence, "\n".join([*around, *filter(None, [rendered])])))
        return self._facts.bears_out(question, language, sentences)

    def _answer(
        self,
        question: str,
        language: Language,
        said: Said,
        hits: Sequence[Hit] = (),
        further: Quoted = NOTHING,
        wants_all: bool = False,
    ) -> Answer:
        if language == "ko":
            said = replace(said, text=with_particles(said.text))
        text, quotes = number_quotes(said, self._index.documents)
        if said.quoted:
            quotes += tuple(q for q, _ in further.quotes if not any(overlapping(q, other) for other in quotes))
            quotes = quotes[: max(MOST_QUOTES, len(quotes) - len(further.quotes))]
            quotes = self._whole(quotes) if wants_all else quotes
        citations = tuple(
            self._citation(language, number, quote, answers=value_spans(quote, said.facts))
            for number, quote in enumerate(quotes, start=1)
        )
        if said.quoted:
            text = "\n".join([text, *quote_lines(phrases(language), citations)])
        return Answer(
            question=question,
            text=text,
            language=language,
            kind=said.kind,
            confidence=_sure(said),
            citations=citations,
            facts=said.facts,
            hits=tuple(hits),
            index_id=self._index.index_id,
        )

    def _whole(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """Numbered `quotes` with what belongs to them; what does not fit in the place of a quote stands behind all."""
        kept: list[Quote] = []
        behind: list[Quote] = []
        for quote, shown in zip(quotes, whole_quotes(self._wholes, quotes), strict=True):
            place = next((one for one in shown if overlapping(one, quote)), quote)
            kept.append(place)
            behind += [one for one in shown if one != place]
        return (*kept, *behind)

    def _quoted(self, question: str, whole: str, language: Language, quoted: Quoted, hits: Sequence[Hit]) -> Answer:
        def terms(citation: Citation) -> tuple[Term, ...]:
            return glossary(whole, language, citation.quote.text, self._index.names, default_table())

        citations = tuple(
            self._citation(language, number, quote, heading, typed_span(quote, whole) if number == 1 else ())
            for number, (quote, heading) in enumerate(quoted.quotes, start=1)
        )
        return Answer(
            question=question,
            text=passage_text(phrases(language), citations, self._title(language), terms),
            language=language,
            kind="passage",
            confidence=round(default_confidence().right("passage", quoted.confidence), 4),
            citations=citations,
            hits=tuple(hits),
            index_id=self._index.index_id,
        )

    def _title(self, language: Language) -> Callable[[Citation], str]:
        """From a citation to the title of its source, in `language` where there is a rendering of it."""
        renderings = self._index.renderings.get(language)

        def title(citation: Citation) -> str:
            document = self._index.document(citation.quote.doc_id)
            return (renderings and renderings.of_text(document, document.title)) or document.title

        return title

    def _citation(
        self,
        language: Language,
        number: int,
        quote: Quote,
        heading: tuple[str, ...] | None = None,
        answers: tuple[Span, ...] = (),
    ) -> Citation:
        renderings = self._index.renderings.get(language)
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
            translation=renderings.of(quote) if renderings is not None else None,
            answers=answers,
        )


def _doubtful(said: Said) -> bool:
    """Whether facts are more likely wrong than right, so that passages may do better."""
    return said.kind == "fact" and _sure(said) < EVEN


def _agree(said: Said, quoted: Quoted) -> bool:
    """Whether a fact stands in one of the sentences that answer best."""
    return any(overlapping(one, quote) for fact in said.facts for one in fact.quotes for quote, _ in quoted.quotes)


def _sure(said: Said) -> float:
    """The probability that what is said is right; of a refusal, that the sources speak of it after all."""
    if said.kind != "fact":
        return round(said.confidence, 4)
    return round(default_confidence().right("statement" if said.quoted else "table", said.confidence), 4)


def _heading(block: Block) -> tuple[str, ...]:
    return (*block.path, block.label) if block.kind in ("table", "caption") and block.label else block.path
