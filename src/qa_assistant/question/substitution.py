"""An earlier question with a part of it changed: another name, year, ordinal, rank or question word."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.question.follow_ups import Fragment
from qa_assistant.question.operations import Operation
from qa_assistant.question.things import Heard, Thing
from qa_assistant.records import Span

SUPERLATIVES: Final[tuple[Operation, ...]] = ("most", "least", "earliest", "latest")
Change = tuple[Span, str]
"""A place in the earlier question and what is put there."""

_bodies: Final = frozenset({"organisation", "mechanism"})
_preposition = re.compile(r"(?:\b(with|to|in|from|than|for|of|by|at|between|and)|([和与跟同比在对由]))\s*(?:the )?$")
_size_zh = re.compile(r"(?:最|第.{1,3})(?P<what>[多大高少小低早晚])")
_numerals: Final = "零一二三四五六七八九十"
_native_ko: Final = ("", "첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_ordinals_en: Final = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
_edition_word = re.compile(r"(edition|session|meeting|no\.?|number) \d+")
_digits = re.compile(r"\d+|[一二三四五六七八九十百]+")


def changed(heard: Heard, changes: list[Change]) -> str:
    """The words of `heard` with `changes` made; of two that overlap the first holds."""
    text, limit = heard.text, len(heard.text)
    for (start, end), new in sorted(changes, key=lambda change: (-change[0][0], -change[0][1])):
        if end <= limit:
            text, limit = text[:start] + new + text[end:], start
    return text


def rankings(heard: Heard) -> list[tuple[Operation, Span]]:
    """The words for the most, the fewest, the first and the last, with their ordinals, the longest first."""
    found = [(name, span) for name in SUPERLATIVES for span in heard.asked.operations.get(name, [])]
    pinned = [(ordinal.start, ordinal.end) for ordinal in heard.asked.ordinals]
    kept = [(name, span) for name, span in found if name in ("most", "least") or span not in pinned]
    return sorted(kept, key=lambda one: (one[1][0] - one[1][1], one[1][0]))


def partners(new: Thing, fragment: Heard, earlier: Heard) -> list[Thing]:
    """The things of `earlier` that `new` can take the place of equally well, in order."""
    ranked: list[tuple[tuple[bool, bool, bool], Thing]] = []
    for old in earlier.things:
        shared = len(new.columns & old.columns)
        kinds = {new.kind, old.kind}
        alike = new.kind == old.kind or kinds <= _bodies or (new.place and old.place)
        if not (shared or alike):
            continue
        beside = _beside(fragment, new) is not None and _beside(fragment, new) == _beside(earlier, old)
        ranked.append(((beside, new.kind == old.kind, shared > 0), old))
    best = max((rank for rank, _ in ranked), default=None)
    return [old for rank, old in ranked if rank == best]


def _beside(heard: Heard, thing: Thing) -> str | None:
    match = _preposition.search(heard.asked.key, 0, thing.start)
    return match.group().strip().removesuffix(" the") if match else None


def part_changes(fragment: Fragment, earlier: Heard) -> tuple[list[Change], list[str]]:
    """What `fragment` changes in `earlier`, and its parts that have nothing there to take the place of."""
    changes: list[Change] = []
    added: list[str] = []
    taken: list[Thing] = []
    in_order = _paired(fragment.things, earlier)
    for thing in fragment.things:
        likely = in_order.get(thing, []) or partners(thing, fragment.heard, earlier)
        old = next((one for one in likely if one not in taken), None)
        if old is None:
            added.append(_with_preposition(fragment.heard, thing))
            continue
        taken.append(old)
        changes.append((old.span, in_the_form(thing, fragment.heard, old, earlier)))
    for value in fragment.values:
        others = [one for one in earlier.values if one.column == value.column]
        changes += [(one.span, fragment.heard.said(value.span)) for one in others[:1]]
        if not others:
            added.append(fragment.heard.said(value.span))
    for place, years in enumerate(fragment.years):
        said = fragment.heard.said((years.start, years.end))
        if place < len(earlier.asked.years):
            changes.append(_year_change(said, earlier, place))
        else:
            added.append(f"in {said}" if earlier.language == "en" and said[:1].isdigit() else said)
    _change_order(fragment, earlier, changes, added)
    return changes, added


def _paired(things: tuple[Thing, ...], earlier: Heard) -> dict[Thing, list[Thing]]:
    """Several things for as many others, each in the place of the one before it: "and Seoul and Beijing?"."""
    olds = [thing for thing in earlier.things if not thing.wide]
    if len(things) < 2 or len(things) != len(olds):
        return {}
    pairs = list(zip(things, olds, strict=True))
    alike = all(new.kind == old.kind or (new.place and old.place) for new, old in pairs)
    return {new: [old] for new, old in pairs} if alike else {}


def in_the_form(new: Thing, fragment: Heard, old: Thing, earlier: Heard) -> str:
    """The name of `new`, in the form of the one in `earlier` where it has that: "sports exchanges" for "sports"."""
    said, before = fragment.said(new.span), earlier.said(old.span)
    if new.entity is not None and fragment.language != earlier.language:
        return new.entity.name(earlier.language)
    names = {name.casefold() for name in new.entity.names} if new.entity else set()
    endings = (before[place:] for place in range(1, len(before) - 1))
    return next((said + ending for ending in endings if (said + ending).casefold() in names), said)


def _with_preposition(heard: Heard, thing: Thing) -> str:
    """A thing as it is said, with "in" or "for" before it."""
    match = _preposition.search(heard.asked.key, 0, thing.start)
    start = match.start() if match and match[1] not in (None, "and") else thing.start
    return heard.text[start : thing.end]


def _year_change(said: str, earlier: Heard, place: int) -> Change:
    old = earlier.asked.years[place]
    start, end, key = old.start, old.end, earlier.asked.key
    plain_old, plain_new = key[start].isdigit(), said[:1].isdigit()
    if earlier.language == "en" and plain_old and not plain_new and key[:start].endswith("in "):
        start -= 3
    if earlier.language == "en" and plain_new and not plain_old:
        said = f"in {said}"
    if said.isdigit() and key[end - 1] in "年년":
        said += key[end - 1]
    return (start, end), said


def _change_order(fragment: Fragment, earlier: Heard, changes: list[Change], added: list[str]) -> None:
    """Changes of ordinals and superlatives: the third, the next one, the fewest."""
    old_ranks, new_ranks = rankings(earlier), rankings(fragment.heard)
    if fragment.step:
        _step(fragment, earlier, old_ranks, changes)
        return
    editions = [one for one in earlier.asked.ordinals if not _inside(one.start, old_ranks)]
    of_new = [rank for rank in new_ranks if rank[0] in ("most", "least")]
    counted = [one for one in fragment.ordinals if not _inside(one.start, of_new)]
    ranked = [one for one in old_ranks if one[0] in ("most", "least")] or old_ranks
    if counted:
        number = counted[0]
        said = fragment.heard.said((number.start, number.end))
        measured = number.measure in ("届", "次", "回", "회", "차") and "번째" not in said
        if ranked and not measured:
            changes.append(_ranked(earlier, ranked[0], number.number))
        elif editions:
            changes.append(_ordinal(earlier, (editions[0].start, editions[0].end), number.number, said))
        elif ranked:
            changes.append(_ranked(earlier, ranked[0], number.number))
        else:
            added.append(said)
        return
    if new_ranks:
        _, span = new_ranks[0]
        said = fragment.heard.said(span)
        if old_ranks:
            changes.append((_with_ordinal(earlier, old_ranks[0][1]), said))
        else:
            added.append(said)


def _step(fragment: Fragment, earlier: Heard, ranks: list[tuple[Operation, Span]], changes: list[Change]) -> None:
    editions = [one for one in earlier.asked.ordinals if not _inside(one.start, ranks)]
    years = [one for one in earlier.asked.years if one.single]
    in_ranks = [one.number for one in earlier.asked.ordinals if _inside(one.start, ranks)]
    if editions and editions[0].number + fragment.step > 0:
        one = editions[0]
        changes.append(_ordinal(earlier, (one.start, one.end), one.number + fragment.step, ""))
    elif ranks:
        changes.append(_ranked(earlier, ranks[0], max(1, (in_ranks or [1])[0] + fragment.step)))
    elif years:
        changes.append(_year_change(str(years[0].low + fragment.step), earlier, earlier.asked.years.index(years[0])))


def _inside(place: int, ranks: list[tuple[Operation, Span]]) -> bool:
    return any(start - 4 <= place < end for _, (start, end) in ranks) and bool(ranks)


def _with_ordinal(heard: Heard, span: Span) -> Span:
    """`span` with the ordinal right before it."""
    for ordinal in heard.asked.ordinals:
        if ordinal.start < span[0] and not heard.text[ordinal.end : span[0]].strip(" 로"):
            return ordinal.start, span[1]
    return span


def _ordinal(heard: Heard, span: Span, number: int, said: str) -> Change:
    """The ordinal at `span` with another `number`, in its own form where that is told."""
    old = heard.said(span)
    word = _edition_word.fullmatch(old.casefold())
    if word:
        return span, f"{old[: len(word[1])]} {number}"
    if heard.language == "en" and old.isascii():
        return span, said if said.isascii() and said else english(number)
    digits = _digits.search(old)
    if digits is None:
        return span, said or (f"제{number}회" if heard.language == "ko" else f"第{chinese(number)}届")
    written = str(number) if digits.group().isdigit() else chinese(number)
    return span, old[: digits.start()] + written + old[digits.end() :]


def _ranked(heard: Heard, rank: tuple[Operation, Span], number: int) -> Change:
    """The words of a ranking for its `number`-th place."""
    name, span = rank
    word = heard.said(span)
    span = _with_ordinal(heard, span)
    if heard.language == "en":
        lowered = word.casefold()
        plain = "most" if lowered in ("lead", "leads", "leading", "top", "number one") else word
        return span, plain if number == 1 else f"{english(number)} {plain}"
    if heard.language == "ko":
        size = re.sub(r"^(?:가장|제일|번째로)\s*", "", word)
        size = "많은" if size == "최다" else size
        place = "가장" if number == 1 else f"{_native_ko[number] if number <= 10 else number} 번째로"
        return span, f"{place} {size}".rstrip()
    size_zh = _size_zh.match(word)
    if size_zh:
        return span, ("最" if number == 1 else f"第{chinese(number)}") + size_zh["what"]
    if word.startswith("最"):
        return span, word if number == 1 else f"第{chinese(number)}{word[1:]}"
    return span, f"排第{chinese(number)}位" if name == "most" else word


def chinese(number: int) -> str:
    """A number up to 99 in Chinese numerals, else in digits."""
    if number <= 10:
        return _numerals[number]
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (_numerals[tens] if tens > 1 else "") + "十" + (_numerals[ones] if ones else "")


def english(number: int) -> str:
    """An English ordinal: a word up to ten, else digits."""
    if number <= 10:
        return _ordinals_en[number]
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
