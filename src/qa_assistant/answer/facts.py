"""A question to the facts that answer it: a lookup in a relation, or statements of running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from qa_assistant.answer.conflicts import with_conflicts
from qa_assistant.answer.said import MARK, Said
from qa_assistant.answer.support import is_supported
from qa_assistant.answer.tables import TableSpeaker
from qa_assistant.answer.values import name_text, number_text, value_text
from qa_assistant.answer.wording import wording
from qa_assistant.facts.lookup import look_up
from qa_assistant.facts.reading import Reading, Result
from qa_assistant.facts.relations import Relation, Statement
from qa_assistant.facts.relaxed import instead_of
from qa_assistant.index import Index
from qa_assistant.lexical.translation import default_table
from qa_assistant.names import WIDE_KINDS, Names
from qa_assistant.question.asked import Asked, take_apart
from qa_assistant.question.claims import Claim, claims
from qa_assistant.question.matches import LEAST, Match
from qa_assistant.question.readings import read_question
from qa_assistant.question.statements import StatementFinder
from qa_assistant.question.units import PERCENT, same_dimension
from qa_assistant.records import Language

READING: Final = 0.35
"""What a reading of a relation is ahead of a statement with the same score: rows are complete, sentences single."""
_question_end = re.compile(r"[？?](?=\s*[^\s？?])")
_each = re.compile(
    r"每一?(?P<zh>[家个人名座场次届对项种件])|\b(?:each|per|every|apiece) (?:[\w-]+ ){0,3}[\w-]+"
    r"|(?!담당)[가-힣]+당(?=\s|$)"
)
_ROWS: Final = frozenset({"list", "earliest", "latest"})
_gap = re.compile(r"{(\w+)}")

SURE: Final = 0.8
"""Score from which a statement confirms or denies what a question claims."""
GUESS: Final = 0.5
"""A reading below this is no better than a sentence with the same score."""
COMPARES: Final = 0.25
"""What a reading gains that sets two things side by side: a sentence has but one of them."""
CLOSE: Final = 0.02
"""A reading that finds nothing gives way to the next where that is as close as this."""


class FactAnswerer:
    """Answers questions from the facts of an open index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._table = default_table()
        self._countries = [_countries(relation, index.names) for relation in index.facts.relations]
        titles = [document.title for document in index.documents.values()]
        self._finder = StatementFinder(
            index.facts.statements,
            index.statement_counts,
            index.statement_words,
            index.encoder.words,
            index.names,
            self._table,
            frozenset().union(*self._countries, _named_countries(titles, index.names)),
            frozenset(titles),
        )

    def answer(self, question: str, language: Language) -> Said | None:
        """What the facts say to `question`; None where none of them is likely to be meant."""
        said: list[Said] = []
        one: Said | None = None
        names: list[str] = []
        start = 0
        for end in _ends(question):
            part = question[start:end]
            # A further sentence is understood with the names before it, or else with all that is before it.
            one = self._answer_part(" ".join([*names, part]), language) if start else None
            if one is None or one.kind != "fact":
                one = self._answer_part(question[:end], language)
            if one is not None and one.kind == "fact" and one.text not in [other.text for other in said]:
                said.append(one)
            taken = take_apart(part, self._index.names, language)
            places = [(mention.start, mention.end) for mention in taken.mentions]
            places += [(ordinal.start, ordinal.end) for ordinal in taken.ordinals]
            places += [(years.start, years.end) for years in taken.years]
            names += [taken.key[slice(*place)] for place in places]
            start = end
        if not said:
            return one
        return with_conflicts(said[0] if len(said) == 1 else _together(said), self._index.conflicts, language)

    def bears_out(self, question: str, language: Language, sentences: Sequence[tuple[str, str]]) -> bool:
        """Whether any of `sentences`, each with its passage, has what `question` asks for."""
        asked = take_apart(question, self._index.names, language)
        return is_supported(asked, sentences, self._index.names, self._table)

    def _answer_part(self, question: str, language: Language) -> Said | None:
        asked = take_apart(question, self._index.names, language)
        if asked.is_empty:
            return None
        by_table, table_score = self._by_table(asked)
        matches = self._finder.find(asked)
        best = matches[0].score if matches else 0.0
        # What a sentence says itself to be the first or the most is so beyond the rows of a table, too.
        stated = bool(matches) and matches[0].stated
        stated = stated and ("amount" not in asked.kinds or matches[0].statement.fact.type == "number")
        ahead = 0.0 if table_score < GUESS or stated else READING
        if by_table is not None and by_table.kind == "fact" and table_score + ahead >= best:
            return by_table
        verdict = self._verdict(asked) if by_table is None else None
        if verdict is not None:
            return verdict
        beaten = table_score >= best and not self._names_all(matches, asked)
        refused = by_table is not None and (beaten or (bool(matches) and matches[0].unmet))
        if best >= LEAST and not refused:
            return self._by_statements(matches, asked)
        return by_table

    def _verdict(self, asked: Asked) -> Said | None:
        """A yes or a no to what the question claims, with the statement that says so."""
        best: tuple[float, Claim, Match] | None = None
        for claim in claims(asked):
            for match in self._finder.find(claim.open)[:1]:
                typed = match.statement.fact.type in ("place", "person", "organisation", "date")
                meant = match.called or (match.subject and asked.ordinals)
                if typed and meant and match.score >= SURE and (best is None or match.score > best[0]):
                    best = (match.score, claim, match)
        if best is None:
            return None
        _, claim, match = best
        said, words = self._by_statements([match], asked), wording(asked.language)
        holds = claim.holds(match.statement.fact, self._index.names)
        return replace(said, text=(words.yes if holds else words.no) + said.text)

    def _names_all(self, matches: Sequence[Match], asked: Asked) -> bool:
        """Whether a statement names all that the question names: then a table which does not is another matter."""
        named = [(one.start, one.end) for one in asked.mentions if one.entities[0].kind not in WIDE_KINDS]
        best = matches[0] if matches else None
        whose = best is not None and (best.subject or len(named) > 1)
        return bool(best and named and whose and all(place in best.spans for place in named))

    def _by_table(self, asked: Asked) -> tuple[Said | None, float]:
        refusal: tuple[Said | None, float] = (None, 0.0)
        if asked.asks_why or asked.asks_how:
            return refusal
        readings = read_question(asked, self._index.facts, self._table, self._countries)[:3]
        for place, reading in enumerate(readings):
            if refusal[0] is not None and reading.score < refusal[1] - CLOSE:
                break
            said = self._say(reading, asked)
            if asked.wants_yes_or_no and said is not None and reading.called and reading.action in _ROWS:
                said = self._yes_or_no(said, reading, asked)
            if said is None or (said.kind == "no_answer" and not (reading.filters or reading.missing)):
                continue
            if said.kind == "no_answer" and not reading.called:
                continue
            if said.kind == "no_answer" and not reading.missing and any(one.ranged for one in reading.filters):
                continue  # A range that no row falls into may be one of another relation's.
            if said.kind == "fact":
                compares = COMPARES * (reading.action in ("difference", "more", "common"))
                return self._told_apart(said, reading, readings[place + 1 :], asked), reading.score + compares
            if refusal[0] is None:
                refusal = (replace(said, reading=reading), reading.score)
        return refusal

    def _yes_or_no(self, said: Said, reading: Reading, asked: Asked) -> Said:
        """`said` as a yes; or a no, with what there is instead, where the relation has no such row."""
        words = wording(asked.language)
        if said.kind == "fact":
            cells = [row.cells[reading.asked] for _, row in self._found(reading).rows if reading.asked in row.cells]
            nothing = bool(cells) and all(cell.value is None for cell in cells)
            return replace(said, text=(words.no if nothing else words.yes) + said.text)
        instead = instead_of(self._index.facts, reading)
        told = self._speaker(instead, asked).say() if instead is not None else None
        return said if told is None or told.kind != "fact" else replace(told, text=words.no + told.text)

    def _speaker(self, result: Result, asked: Asked) -> TableSpeaker:
        index = self._index
        return TableSpeaker(result, index.facts, index.names, index.documents, asked.language)

    def _say(self, reading: Reading, asked: Asked) -> Said | None:
        return self._speaker(self._found(reading), asked).say()

    def _found(self, reading: Reading) -> Result:
        return look_up(self._index.facts, reading)

    def _told_apart(self, said: Said, reading: Reading, others: Sequence[Reading], asked: Asked) -> Said:
        """`said`, and how the question was understood where it could as well be about another relation."""
        relations = self._index.facts.relations
        for other in others:
            if other.relation == reading.relation or other.score < reading.score - CLOSE:
                continue
            differently = self._say(other, asked)
            if differently is not None and differently.kind == "fact":
                title = relations[reading.relation].title.label(asked.language)
                note = wording(asked.language).read_as.format(title=title)
                return replace(said, text=said.text + note)
        return said

    def _by_statements(self, matches: Sequence[Match], asked: Asked) -> Said:
        told: dict[str, list[Match]] = {}
        for match in matches:
            told.setdefault(self._sentence(match.statement, asked.language), []).append(match)
        computed = self._computed([match.statement for match in matches], asked)
        return Said(
            kind="fact",
            text="\n".join([text + MARK for text in told] + computed),
            marks=tuple(
                tuple(quote for match in same for quote in match.statement.fact.quotes) for same in told.values()
            ),
            facts=tuple(match.statement.fact for match in matches),
            confidence=min(1.0, matches[0].score / 1.5),
            quoted=True,
            open=not asked.kinds,
        )

    def _computed(self, statements: Sequence[Statement], asked: Asked) -> list[str]:
        """The sum or the difference of numbers in one unit, where the question asks for it: one line, or none."""
        unit = statements[0].fact.unit
        numbers = [s.fact for s in statements if s.fact.type == "number" and same_dimension(s.fact.unit, unit)]
        values = [fact.value for fact in numbers if isinstance(fact.value, int | float)]
        words = wording(asked.language)
        if "average" in asked.operations and len(statements) == 2:
            return self._each(statements, asked)
        if len(values) < 2 or unit is None:
            return []
        if "share" in asked.operations and statements[0].fact.unit not in PERCENT:
            return [words.part_of.format(percent=number_text(100 * min(values) / max(values), asked.language, 1))]
        if "sum" in asked.operations:
            result, form = sum(values), words.added
        elif "rest" in asked.operations and "amount" in asked.kinds:
            result, form = max(values) - min(values), words.left
        elif "difference" in asked.operations:
            result, form = abs(values[0] - values[1]), words.apart
        else:
            return []
        rounded = numbers[0].model_copy(
            update={"value": round(result, 6), "text": number_text(result, "zh") + unit, "approximate": None}
        )
        return [form.format(amount=value_text(rounded, None, self._index.names, asked.language))]

    def _each(self, statements: Sequence[Statement], asked: Asked) -> list[str]:
        """How much of one number there is for each of another: products for each firm, where the question says so."""
        each = _each.search(asked.key)
        facts = [statement.fact for statement in statements]
        if each is None or any(not isinstance(fact.value, int | float) for fact in facts):
            return []
        divisors = [
            statement for statement in statements
            if (each["zh"] is not None and same_dimension(each["zh"], statement.fact.unit))
            or any(each.start() <= span[0] < each.end() for span in asked.find(statement.predicate.all))
        ]  # fmt: skip
        if len(divisors) != 1 or not divisors[0].fact.value:
            return []
        divided = next(fact for fact in facts if fact is not divisors[0].fact)
        amount = float(divided.value or 0) / float(divisors[0].fact.value or 1)
        fact = divided.model_copy(
            update={"value": round(amount, 2), "text": number_text(round(amount, 2), "zh"), "approximate": "约"}
        )
        text = value_text(fact, None, self._index.names, asked.language)
        return [wording(asked.language).each.format(amount=text)]

    def _sentence(self, statement: Statement, language: Language) -> str:
        fact, names = statement.fact, self._index.names
        subject = name_text(fact.subject, None, names, language)
        form = statement.say.get(language)
        value = value_text(fact, None, names, language, counters=form is None)
        if form is not None:
            gaps = {**fact.qualifiers, "subject": subject, "value": value}
            return _gap.sub(lambda match: gaps.get(match[1], match[0]), form)
        words = wording(language)
        label = statement.predicate.label(language)
        if not label:
            return value  # A number read by pattern: the quote below says of what.
        if language == "ko":
            return f"{subject}의 {label}은(는) {value}입니다."
        return f"{subject}{words.about_join}{label}{words.colon}{value}{'。' if language == 'zh' else '.'}"


def _countries(relation: Relation, names: Names) -> frozenset[str]:
    """The countries that a relation's title names."""
    return _named_countries(relation.title.all, names)


def _named_countries(titles: Iterable[str], names: Names) -> frozenset[str]:
    mentions = [mention for title in titles for mention in names.find(title)]
    return frozenset(e.entity_id for mention in mentions for e in mention.entities[:1] if e.kind == "country")


def _ends(question: str) -> list[int]:
    """Where the sentences of a question end, the last one at its end; what asks nothing belongs to the one before."""
    asked = question.rstrip()
    ends = [match.end() for match in _question_end.finditer(asked) if re.search("[?？]", asked[match.end() :])]
    return [*ends, len(question)]


def _together(said: Sequence[Said]) -> Said:
    """Several sentences as one answer."""
    return Said(
        kind="fact",
        text="\n".join(one.text for one in said),
        marks=tuple(mark for one in said for mark in one.marks),
        facts=tuple({fact.fact_id: fact for one in said for fact in one.facts}.values()),
        confidence=min(one.confidence for one in said),
        quoted=any(one.quoted for one in said),
    )
