"""How gold questions are answered, and what tells how sure that is: what the fit of the confidence learns from."""

from __future__ import annotations

from dataclasses import dataclass

from qa_assistant.answer.facts import FactAnswerer
from qa_assistant.answer.passages import PassageAnswerer
from qa_assistant.assistant import Assistant
from qa_assistant.confidence import Route, Signals, default_confidence
from qa_assistant.language import detect_language
from qa_assistant.metrics import evidence_recall, includes_all
from qa_assistant.records import GoldQuestion
from qa_assistant.retrieve import Retriever


@dataclass(frozen=True)
class Judged:
    """A question's signals, the path and score of its answer and whether that is right.

    `evidence` is the share of the gold evidence that the best sentences of passages show, whatever the answer is.
    `path` is None for a refusal.
    """

    signals: Signals | None
    path: Route | None
    score: float
    right: bool
    evidence: float


class Judge:
    """Asks an assistant, and looks at what its answers are made of."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._retriever = Retriever(assistant.index)
        self._facts = FactAnswerer(assistant.index)
        self._passages = PassageAnswerer(assistant.index, self._retriever)

    def signals(self, question: str) -> Signals | None:
        """What tells whether the sources speak of `question`; None where nothing is found."""
        query = self._retriever.read(question)
        return self._passages.signals(query, self._retriever.retrieve(query, 10))

    def judge(self, question: GoldQuestion) -> Judged:
        """The question as it is answered."""
        answer = self._assistant.ask(question.question)
        query = self._retriever.read(question.question)
        hits = self._retriever.retrieve(query, 10)
        signals = self._passages.signals(query, hits)
        quotes = [quote for quote, _ in self._passages.best(query, hits)]
        path: Route | None = None
        score = 0.0
        said = self._facts.answer(question.question, detect_language(question.question))
        if answer.kind == "passage" and signals is not None:
            path, score = "passage", default_confidence().spoken_of(signals)
        elif answer.kind == "fact" and said is not None:
            path, score = "statement" if said.quoted else "table", said.confidence
        return Judged(
            signals=signals,
            path=path,
            score=score,
            right=question.kind != "no_answer" and includes_all(answer.text, question.must_include),
            evidence=evidence_recall(question.evidence, quotes) or 0.0,
        )
