"""Where the sources disagree with themselves: two values for one thing, and parts that do not make their total.

Which parts make which total is never guessed: recipes declare it (`[[check]]`), and so do the rows of totals in tables.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from pydantic import Field

from qa_assistant.facts.agreement import Interval, agree, decimals, interval, is_number, measure, overlap
from qa_assistant.facts.relations import Relation, Rule, Statement, Term
from qa_assistant.facts.store import FactStore
from qa_assistant.language import compact_key
from qa_assistant.records import Fact, Language, Quote, Record

ConflictKind = Literal["values", "sum", "count", "share"]

_SHOWN: Final = 12
"""Parts of a sum that are written out."""
_period = re.compile(r"(?:19|20)\d\d|Q[1-4]|\d{1,2}月|第?[一二三四]季度?|[上下]半年", re.IGNORECASE)


class Side(Record):
    """What one side of a conflict says: as it is printed or reckoned, as a value, and where it stands."""

    text: str
    value: float | int | str | None
    unit: str | None = None
    approximate: str | None = None
    quotes: tuple[Quote, ...]


class Conflict(Record):
    """Two values that cannot both hold: of one thing (`values`), or a total and what its parts make.

    `certain` is unset where the source can be read so that both hold, or a hedged part can make up for the
    difference; `note` says what a reader should know.
    """

    kind: ConflictKind
    about: dict[Language, str]
    sides: tuple[Side, Side]
    certain: bool = True
    note: dict[Language, str] = Field(default={})


def check(store: FactStore) -> list[Conflict]:
    """All conflicts among the facts of an index: of statements, of tables, of rules, each in order."""
    rules = (found for rule in store.rules() for found in _in_rule(rule, store))
    return [*_in_statements(store.statements), *_in_tables(store), *rules]


def _in_statements(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Statements of recipes with one subject, predicate and qualifiers, and different values."""
    seen: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in statements:
        fact = statement.fact
        if fact.fact_id.rpartition(":")[2].isdigit() or not (is_number(fact) or fact.type == "date"):
            continue  # Where no recipe reads a number, its predicate is a clause, and another number another thing.
        kind = "date" if fact.type == "date" else measure(fact.unit)[0]
        key = (compact_key(fact.subject), fact.predicate, tuple(sorted(fact.qualifiers.items())), kind)
        other = next((one for one in seen[key] if not agree(one.fact, fact)), None)
        seen[key].append(statement)
        if other is not None:
            of = ", ".join(fact.qualifiers.values())
            yield Conflict(
                kind="values",
                about={
                    "zh": f"{fact.subject}：{statement.predicate.label('zh')}" + (f"（{of}）" if of else ""),
                    "en": f"{fact.subject}: {statement.predicate.label('en')}" + (f" ({of})" if of else ""),
                },
                sides=(_side(other.fact), _side(fact)),
            )


def _in_tables(store: FactStore) -> Iterator[Conflict]:
    """Cells of one row and column that differ between tables with the same header."""
    alike: dict[tuple[object, ...], list[Relation]] = defaultdict(list)
    for relation in store.relations:
        alike[(relation.key, *(column.words for column in relation.columns))].append(relation)
    for relations in alike.values():
        if len(relations) < 2:
            continue
        cells = [_cells(relation, store) for relation in relations]
        for one, other in combinations(range(len(relations)), 2):
            yield from _between(relations[one], cells[one], relations[other], cells[other])


Cells = dict[tuple[str, str], Fact]


def _cells(relation: Relation, store: FactStore) -> Cells:
    """The numbers and dates of a relation by the text of their row's key and their column; none of keys that recur."""
    keys = {row: compact_key(fact.text) for row, fact in store.column(relation.relation_id, relation.key)}
    times = Counter(keys.values())
    single = {row: key for row, key in keys.items() if times[key] == 1}
    return {
        (single[row], column.column_id): fact
        for column in relation.columns
        if column.column_id != relation.key
        for row, fact in store.column(relation.relation_id, column.column_id)
        if row in single and fact.value is not None and fact.type in ("number", "date")
    }


def _between(one: Relation, cells: Cells, other: Relation, other_cells: Cells) -> Iterator[Conflict]:
    """The cells in which two tables differ, where they are about the same.

    That is where they have one title, or where most of their common cells agree; never where they name different
    periods.
    """
    shared = [key for key in cells if key in other_cells]
    differing = [key for key in shared if not agree(cells[key], other_cells[key])]
    titles = [one.title.label("zh"), other.title.label("zh")]
    same_title = compact_key(titles[0]) == compact_key(titles[1])
    if _periods(one) != _periods(other) or not (same_title or 2 * len(differing) <= len(shared)):
        return
    for key in differing:
        column, fact = one.column(key[1]), cells[key]
        row = fact.subject or key[0]
        yield Conflict(
            kind="values",
            about={
                "zh": f"{row}：{column.words.label('zh')}（{one.title.label('zh')}）",
                "en": f"{row}: {column.words.label('en')} ({one.title.label('en')})",
            },
            sides=(_side(fact), _side(other_cells[key])),
            certain=same_title,
            note={}
            if same_title
            else {
                "zh": f"两表标题不同：{titles[0]}；{titles[1]}",
                "en": f"the tables have different titles: {one.title.label('en')}; {other.title.label('en')}",
            },
        )


def _periods(relation: Relation) -> set[str]:
    return {match.casefold() for match in _period.findall(" ".join((*relation.title.all, *relation.words.all)))}


@dataclass(frozen=True)
class _Amount:
    """What a term comes to: a number, what hedges leave open of it, and how it is written."""

    value: float
    range: Interval
    text: str
    unit: str | None
    approximate: str | None
    quotes: tuple[Quote, ...]

    def side(self) -> Side:
        return Side(
            text=self.text,
            value=int(self.value) if self.value == int(self.value) else self.value,
            unit=self.unit,
            approximate=self.approximate,
            quotes=self.quotes,
        )


def _in_rule(rule: Rule, store: FactStore) -> Iterator[Conflict]:
    return {"same": _in_same, "sum": _in_sum, "share": _in_share}[rule.kind](rule, store)


def _in_same(rule: Rule, store: FactStore) -> Iterator[Conflict]:
    first, one = _facts(rule.total, store)[0], _amount([rule.total], None, store)
    for term in rule.parts:
        fact = _facts(term, store)[0]
        if fact.type == "date":
            if not agree(first, fact):
                yield _conflict("values", rule, (_side(first), _side(fact)))
            continue
        other = _amount([term], one.unit, store)
        if not overlap(one.range, other.range):
            kind: ConflictKind = "count" if rule.total.counted or term.counted else "values"
            yield _conflict(kind, rule, (one.side(), other.side()))


def _in_sum(rule: Rule, store: FactStore) -> Iterator[Conflict]:
    """Parts as they are printed have to make what the total leaves open; hedged parts may make it all the same."""
    total = _amount([rule.total], None, store)
    parts = _amount(rule.parts, total.unit, store)
    whole = (-math.inf, total.range[1]) if rule.open else total.range
    if not overlap(whole, (parts.value, parts.value), rule.tolerance):
        certain = not overlap(whole, parts.range, rule.tolerance)
        counted = any(term.counted for term in (rule.total, *rule.parts))
        yield _conflict("count" if counted else "sum", rule, (total.side(), parts.side()), certain=certain)


def _in_share(rule: Rule, store: FactStore) -> Iterator[Conflict]:
    """A share has to be that of its parts, but for rounding to the places that are printed."""
    share = _amount([rule.total], None, store)
    part, whole = _amount(rule.parts, None, store), _amount(rule.whole, None, store)
    digits = decimals(share.text)
    if min(whole.range) <= 0:
        return
    scale = 100 if measure(share.unit)[0] == "percent" else 1
    least, greatest = scale * part.range[0] / whole.range[1], scale * part.range[1] / whole.range[0]
    if not overlap(share.range, (least, greatest), 0.5 * 10.0**-digits):
        value = round(scale * part.value / whole.value, digits + 1)
        side = Side(
            text=f"{part.text} / {_shown(whole.value)} = {value}{share.unit or ''}",
            value=value,
            unit=share.unit,
            approximate=part.approximate or whole.approximate,
            quotes=tuple(dict.fromkeys(part.quotes + whole.quotes)),
        )
        yield _conflict("share", rule, (share.side(), side))


def _conflict(kind: ConflictKind, rule: Rule, sides: tuple[Side, Side], *, certain: bool = True) -> Conflict:
    return Conflict(kind=kind, about=rule.about, sides=sides, certain=certain and rule.certain, note=rule.note)


def _amount(terms: Sequence[Term], unit: str | None, store: FactStore) -> _Amount:
    """The sum of `terms`, in `unit` where they measure the same."""
    value, low, high = 0.0, 0.0, 0.0
    texts: list[str] = []
    facts: list[Fact] = []
    for term in terms:
        found = _facts(term, store)
        facts += found
        if term.counted:
            names: dict[str, str] = {}
            for fact in found:
                names.setdefault(compact_key(fact.text), fact.text)
            value, low, high = value + len(names), low + len(names), high + len(names)
            texts.append(f"{len(names)} ({_listed([*names.values()], '；')})")
            continue
        for fact in found:
            factor = _factor(fact.unit, unit)
            least, greatest = interval(fact)
            value, low, high = value + float(fact.value or 0) * factor, low + least * factor, high + greatest * factor
            texts.append(fact.text)
    value = float(f"{value:.12g}")
    if not any(term.counted for term in terms):
        units = [fact.unit for fact in facts if fact.unit]
        alike = [one for one in units if measure(one)[0] == measure(unit)[0]]
        unit = unit if alike or not units else units[0]
    return _Amount(
        value=value,
        range=(low, high),
        text=f"{_listed(texts, ' + ')} = {_shown(value)}{unit or ''}" if len(texts) > 1 else texts[0],
        unit=unit,
        approximate="、".join(dict.fromkeys(fact.approximate for fact in facts if fact.approximate)) or None,
        quotes=tuple(dict.fromkeys(quote for fact in facts for quote in fact.quotes)),
    )


def _facts(term: Term, store: FactStore) -> list[Fact]:
    """The facts of a term: all that are counted, or those that are numbers or dates."""
    if term.relation_id:
        found = [fact for _, fact in store.column(term.relation_id, term.column_id, term.rows)]
    else:
        found = list(term.facts)
    return found if term.counted else [fact for fact in found if is_number(fact) or fact.type == "date"]


def _factor(unit: str | None, wanted: str | None) -> float:
    """How many of the unit `wanted` one `unit` is; 1 where they measure different things."""
    (name, size), (wanted_name, wanted_size) = measure(unit), measure(wanted)
    return size / wanted_size if name == wanted_name else 1


def _listed(texts: Sequence[str], between: str) -> str:
    if len(texts) <= _SHOWN:
        return between.join(texts)
    return between.join((*texts[: _SHOWN - 2], "…", texts[-1]))


def _shown(number: float) -> str:
    for size, word in ((10**12, "兆"), (10**8, "亿")):
        if abs(number) >= size:
            return f"{number / size:.12g}{word}"
    return f"{int(number):,}" if number == int(number) else f"{number:,.12g}"


def _side(fact: Fact) -> Side:
    return Side(
        text=fact.text, value=fact.value, unit=fact.unit, approximate=fact.approximate, quotes=tuple(fact.quotes)
    )
