"""Accepted forms that no answer can match, and those that match what is no answer.

A gold question counts an answer right that says one form of every group (`metrics.includes_all`). A form without a
letter or digit is never said; a bare "3" is said by every answer with three quotes, and a form that stands in many
sentences on other things tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from qa_assistant.evaluate.findings import Finding, GoldLine
from qa_assistant.language import compact_key
from qa_assistant.metrics import includes_all
from qa_assistant.records import Quote

CITATIONS: Final = 20
"""The marks [1] to [20] are taken to stand in any answer."""

ELSEWHERE: Final = 8
"""From so many sentences on other things that say all that is expected, the forms are taken to be too wide."""

_SHOWN: Final = 3

_marks = " ".join(f"[{number}]" for number in range(1, CITATIONS + 1))


def form_findings(line: GoldLine) -> Iterator[Finding]:
    """What is wrong with the forms of one question by themselves."""
    for group_number, group in enumerate(line.question.must_include):
        field = f"must_include.{group_number}"
        if not group:
            yield line.error("unmatchable_form", field, "an empty group is never said; give a form or remove it")
        known: dict[str, int] = {}
        for number, form in enumerate(group):
            place = f"{field}.{number}"
            key = compact_key(form)
            if not any(char.isalnum() for char in key):
                yield line.error("unmatchable_form", place, f"{form!r} has no letter or digit to be matched")
            elif key in known:
                yield line.warning("repeated_form", place, f"{form!r} is matched as form {known[key]} is")
            elif includes_all(_marks, [[form]]):
                yield line.error(
                    "wide_form", place, f"{form!r} is in the marks of citations, as [{form}]; say what is counted"
                )
            elif len(key) == 1:
                yield line.warning("wide_form", place, f"{form!r} is one character, which many words have")
            known.setdefault(key, number)


def support_findings(line: GoldLine) -> Iterator[Finding]:
    """Groups of which the evidence says no form. That is right for what is computed, or said in another language."""
    evidence = "\n".join(quote.text for quote in line.question.evidence)
    if not evidence:
        return
    for number, group in enumerate(line.question.must_include):
        if group and not includes_all(evidence, [group]):
            forms = ", ".join(map(repr, group[:3])) + (" ..." if len(group) > 3 else "")
            text = f"no form ({forms}) stands in the evidence; right where it is computed or translated"
            yield line.warning("unsupported_form", f"must_include.{number}", text)


def elsewhere_findings(line: GoldLine, sentences: Sequence[Quote]) -> Iterator[Finding]:
    """Whether many sentences that are no evidence say all that is expected.

    Then the forms are too wide, or the evidence is not all there is.
    """
    question = line.question
    if not question.must_include:
        return
    found = [
        sentence
        for sentence in sentences
        if includes_all(sentence.text, question.must_include)
        and not any(_overlap(sentence, quote) for quote in question.evidence)
    ]
    if len(found) >= ELSEWHERE:
        places = "; ".join(f"{one.doc_id} {one.start}-{one.end} {_short(one.text)!r}" for one in found[:_SHOWN])
        text = f"{len(found)} sentences that are no evidence say all that is expected, such as {places}"
        yield line.warning("answer_elsewhere", "must_include", text)


def _overlap(one: Quote, other: Quote) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= 30 else joined[:29] + "…"
