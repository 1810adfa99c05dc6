"""Facts as the questions that they answer, in the language of the one who asks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, Final

from qa_assistant.answer.particles import with_particles
from qa_assistant.answer.values import name_text, value_text
from qa_assistant.facts.predicates import shared_predicates
from qa_assistant.facts.relations import Relation, Row, Statement, Words
from qa_assistant.language import HAN, HANGUL
from qa_assistant.names import Names
from qa_assistant.records import Fact, FactType, Language

_gap = re.compile(r"{(\w+)}")
_by_type: Final[dict[Language, dict[FactType, str]]] = {
    "zh": {
        "number": "{subject}的{predicate}是多少？", "date": "{subject}的{predicate}是什么时候？",
        "place": "{subject}的{predicate}是哪里？", "person": "{subject}的{predicate}是谁？",
        "text": "{subject}的{predicate}是什么？", "organisation": "{subject}的{predicate}是什么？",
    },
    "en": {
        "number": "What is the {predicate} of {subject}?", "date": "What is the {predicate} of {subject}?",
        "place": "What is the {predicate} of {subject}?", "person": "Who is the {predicate} of {subject}?",
        "text": "What is the {predicate} of {subject}?", "organisation": "What is the {predicate} of {subject}?",
    },
    "ko": {
        "number": "{subject}의 {predicate}은(는) 얼마인가요?", "date": "{subject}의 {predicate}은(는) 언제인가요?",
        "place": "{subject}의 {predicate}은(는) 어디인가요?", "person": "{subject}의 {predicate}은(는) 누구인가요?",
        "text": "{subject}의 {predicate}은(는) 무엇인가요?",
        "organisation": "{subject}의 {predicate}은(는) 무엇인가요?",
    },
}  # fmt: skip
_by_header: Final[dict[Language, dict[FactType, str]]] = {
    "zh": {"number": "{subject}的“{predicate}”是多少？", "text": "{subject}的“{predicate}”是什么？"},
    "en": {"text": "What is given as “{predicate}” for {subject}?"},
    "ko": {
        "number": "{subject}의 “{predicate}”은(는) 얼마인가요?",
        "text": "{subject}의 “{predicate}”은(는) 무엇인가요?",
    },
}
_foreign: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(rf"[{HANGUL}]"), "en": re.compile(rf"[{HAN}{HANGUL}]"), "ko": re.compile(rf"[{HAN}]")
}  # fmt: skip
"""Characters of names that a question in the language is not asked with."""
_asked_for: Final[dict[Language, dict[FactType, re.Pattern[str]]]] = {
    "zh": {
        "number": re.compile(r"[^的]+(?:[数额率量]|面积|人次|年龄)|[^的]{2,}(?:占比|比例)"),
        "date": re.compile(r"[^的]*(?:时间|日期|年份)"),
        "person": re.compile(r"[^的]*(?:市长|代表|会长|主任|主席|秘书长|专家)"),
        "text": re.compile(r"[^的在]*(?:领域|目的|目标|背景|频率|标题|前身|职责|国籍|伙伴|产业|流程)"),
    },
    "en": {
        "number": re.compile(r"number of \w.*|(?:share|area|rate|volume|value|amount) of \w.*|total \w+"),
        "person": re.compile(r"(?:\w+ )?(?:mayor|representative|chair|director|president|secretary-general)"),
        "text": re.compile(
            r"(?:ultimate |main |key |product )?(?:aim|purpose|fields|frequency|nationality|industries|partners"
            r"|markets|services|programme|topics)(?: (?:of|for) (?!its)[\w -]+)?|partner cities"
        ),
    },
    "ko": {
        "number": re.compile(r".*(?: 수|액| 비율|면적|횟수|건수)"),
        "date": re.compile(r".*(?:시기|일자|연도)"),
        "person": re.compile(r".*(?:시장|대표|회장|의장)"),
        "text": re.compile(r".*(?:분야|목적|목표|배경|빈도|국적|임무)"),
    },
}  # fmt: skip
"""Names of predicates that people ask for by themselves, by the type of the value. Other names of a recipe may be any
words, and a question with them may be no sentence."""
_many = re.compile(r"\w+(?<![suio])s|people|media|data")
_article: Final = frozenset({"mechanism", "pavilion"})
"""Kinds of entity whose English names have an article in a sentence."""
LONGEST: Final[dict[Language, int]] = {"zh": 24, "en": 70, "ko": 40}
"""Characters of a subject: what is longer is a sentence or the title of a work."""


@cache
def asked_by() -> dict[str, dict[str, Any]]:
    """How shared predicates are asked for, by the first Chinese word of these, which facts are told under.

    The question by language, and under `kinds` the kinds of entity that it can be asked of, where not of any.
    """
    text = resources.files("qa_assistant.answer").joinpath("questions.toml").read_text(encoding="utf-8")
    named = shared_predicates()
    return {named[name].zh[0]: forms for name, forms in tomllib.loads(text).items()}


def is_shared(statement: Statement) -> bool:
    """Whether a statement's predicate is one that any source may state, and has a question of its own."""
    return bool(statement.predicate.zh) and statement.predicate.zh[0] in asked_by()


def question_of(statement: Statement, names: Names, language: Language) -> str | None:
    """The question that a statement answers; None where its names or words do not make one in `language`."""
    fact, predicate = statement.fact, statement.predicate
    kind = next((entity.kind for entity in names.lookup(fact.subject)), "")
    subject = _subject(fact, kind, names, language)
    form = _form(predicate, fact.type, kind, language)
    if subject is None or form is None:
        return None
    question = form.format(subject=subject, predicate=predicate.label(language))
    year = fact.qualifiers.get("year", "")
    if fact.type == "number" and "edition" not in fact.qualifiers and year.isdigit() and year not in subject:
        question = {"zh": f"{year}年{question}", "ko": f"{year}년 {question}"}.get(
            language, f"{question.removesuffix('?')} in {year}?"
        )
    return with_particles(question) if language == "ko" else question[0].upper() + question[1:]


def questions_of(relation: Relation, language: Language) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions that a relation answers, each with the columns in its gaps.

    Those of its recipe; else for each thing what its other columns say of it, and what has most of a number.
    """
    if relation.ask:
        forms = [form[language] for form in relation.ask if language in form]
    else:
        forms = list(_forms_by_header(relation, language))
    for form in forms:
        yield form, tuple(_gap.findall(form))


def filled(form: str, row: Row, relation: Relation, names: Names, language: Language) -> str | None:
    """`form` with what `row` says in its gaps; None where the row has nothing there, or not in `language`.

    So it is where the row has none of the numbers that the relation is about.
    """
    numbers = [
        column.column_id for column in relation.columns
        if column.type == "number" and column.column_id not in (relation.key, relation.total)
    ]  # fmt: skip
    if numbers and not any(name in row.cells and row.cells[name].value is not None for name in numbers):
        return None
    said: dict[str, str] = {}
    for name in _gap.findall(form):
        cell = row.cells.get(name)
        if cell is None or cell.value is None:
            return None
        said[name] = value_text(cell, relation.column(name), names, language)
        if _foreign[language].search(said[name]):
            return None
    question = _gap.sub(lambda match: said[match[1]], form)
    return with_particles(question) if language == "ko" else question


def _subject(fact: Fact, kind: str, names: Names, language: Language) -> str | None:
    """The subject as it is asked of, with its edition; None where it has no name in `language`."""
    name = name_text(fact.subject, None, names, language)
    edition = fact.qualifiers.get("edition", "") if kind != "person" else ""
    if _foreign[language].search(name) or len(name) > LONGEST[language] or "，" in name:
        return None
    if edition and (kind != "mechanism" or not edition.isdigit()):
        return None  # What was said at some meeting of an organisation is not its own for ever.
    if language == "en":
        article = "" if not edition and (name.startswith("the ") or not _takes_article(name, kind)) else "the "
        return article + (f"{_ordinal(int(edition))} " if edition else "") + name
    if language == "ko":
        return (f"제{edition}회 " if edition else "") + name
    return (f"第{edition}届" if edition else "") + name


def _takes_article(name: str, kind: str) -> bool:
    return " " in name and (kind in _article or " of " in name or " for " in name or name.endswith(" Park"))


def _form(predicate: Words, value: FactType, kind: str, language: Language) -> str | None:
    """The question for a predicate, by itself where it is shared, else by the type of its value; None without one."""
    shared = asked_by().get(predicate.zh[0]) if predicate.zh else None
    if shared is not None:
        return shared.get(language) if kind in shared.get("kinds", (kind,)) else None
    words = predicate.of(language)
    wanted = _asked_for[language].get(value)
    if not words or wanted is None or not wanted.fullmatch(words[0]) or (kind == "person" and value == "text"):
        return None  # What a person says of a field is not the field of that person.
    form = _by_type[language][value]
    if language != "en":
        return form
    label = words[0]
    head = re.split(r" (?:of|for) ", label)[0].split()[-1]
    if head != label.split()[-1]:  # "The number of firms of Weihai" has one "of" too many.
        form = form.replace(" of {subject}", " for {subject}")
    return form.replace(" is ", " are ", 1) if _many.fullmatch(head) else form


def _forms_by_header(relation: Relation, language: Language) -> Iterator[str]:
    """For each thing what each other column says of it; a header may be any words, so it stands in quotes."""
    key = relation.column(relation.key)
    for column in relation.columns:
        label = next(iter(column.words.of(language)), "")
        form = _by_header[language].get(column.type, _by_header[language]["text"])
        if column is not key and label and not re.search(r"[{}“”]", label) and len(label) <= LONGEST[language]:
            yield form.replace("{subject}", f"{{{key.column_id}}}").replace("{predicate}", label)


def _ordinal(number: int) -> str:
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
