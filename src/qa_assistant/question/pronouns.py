"""Pronouns that stand for a thing of an earlier question, and putting its name in their place.

A pronoun whose own sentence names what it may stand for ("Which region increased its exchanges") is none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from qa_assistant.language import HANGUL
from qa_assistant.names import PLACE_KINDS, Entity
from qa_assistant.question.things import Heard, Thing
from qa_assistant.records import Language, Span

Sort = Literal["thing", "person", "place", "part", "noun"]

_patterns: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?P<part>其中)|(?P<own>其)(?![他它她余实次间])"
        r"|(?P<place>那里|那儿|(?<!到)这里|这儿|当地)"
        r"|(?P<noun>(?:该|(?:这|那)[个座家所项位届次]|本[届次])(?=[^\W\d]))"
        r"|(?P<thing>[它牠]们?|(?<![其吉])(?P<person>[他她](?:们)?))(?P<of>的(?!话|时候))?"
    ),
    "en": re.compile(
        r"\b(?:(?P<part>of (?:those|these|them))"
        r"|(?P<own>its|their|his|her(?= [a-z]))"
        r"|(?P<person>he|she|him|her)"
        r"|(?P<place>(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )"
        r"there(?! (?:is|are|was|were|has|have|had|been|be|any|exist)\b))"
        r"|(?P<noun>(?:that|this|the same)(?= [a-z]))"
        r"|(?P<thing>it(?! (?:that|true)\b| (?!\w+ed\b)\w+ (?:for|to|that) \w| (?:takes?|took|costs?)\b.*\bto\b)"
        r"|they|them))\b"
    ),
    "ko": re.compile(
        r"(?:^|(?<=\s))(?:(?P<part>그 ?(?:중|가운데)(?:에서?)?)(?=\s|\d|$)"
        rf"|(?P<place>그곳|거기)|(?P<thing>그것)|(?P<noun>그|이|해당)(?=\s+[{HANGUL}])"
        r"|(?P<person>그녀|그)(?=(?:은|는|이|가|의|를|에게|와|도)(?:\s|$)))"
    ),
}
_clause: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"[，,；;：:。？?！、]|[使让令为](?=[它牠他她])|(?:宣布|认为|表示|说)(?=[它牠他她])|的时候|(?<=[^何有小])时(?=[，,它他她其])|[之以]后"
    ),
    "en": re.compile(
        r"[,;:.?!]| [-–—] |(?<=\w )(?:and|but|or|that|which|who|how|when|while|after|before|since|because|if|where"
        r"|although|despite|whether|than|as|says?|said|thinks?|announced?|believes?)\b"
    ),
    "ko": re.compile(r"[,.?]|(?:고|때|면서|지만|는데|후)\s"),
}
_auxiliary = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b")
_beside = re.compile(r"(?:\b(?:of|in|on|at|to|by|with|from|for|among|under|and)|[和与跟同对在向给]|[와과])\s*$")
_comma = re.compile(r"[,，]")
_asked_for = re.compile(r"(?:which|what) ")
_generic: Final[dict[str, frozenset[str]]] = {
    "机构": frozenset({"organisation", "pavilion", "mechanism"}),
    "组织": frozenset({"organisation", "mechanism"}),
    "单位": frozenset({"organisation"}),
    "城市": PLACE_KINDS,
    "地区": PLACE_KINDS,
    "地方": PLACE_KINDS,
    "人": frozenset({"person"}),
    "organization": frozenset({"organisation", "mechanism"}),
    "body": frozenset({"organisation", "mechanism"}),
    "institution": frozenset({"organisation", "pavilion"}),
    "place": PLACE_KINDS,
    "city": PLACE_KINDS,
    "region": PLACE_KINDS,
    "province": PLACE_KINDS,
    "man": frozenset({"person"}),
    "woman": frozenset({"person"}),
    "기관": frozenset({"organisation", "pavilion", "mechanism"}),
    "단체": frozenset({"organisation", "mechanism"}),
    "도시": PLACE_KINDS,
    "지역": PLACE_KINDS,
    "사람": frozenset({"person"}),
}
"""Nouns for things of some kinds that do not stand in their names."""
_word = re.compile(r"\s*([^\W\d_]+)")
_LONGEST_NOUN: Final = 5


@dataclass(frozen=True)
class Pronoun:
    """A pronoun, its place, and whether it says whose something is.

    Of the sort `noun` it is the "that" of "that park". `sure` is unset where its own sentence may name what it
    stands for.
    """

    sort: Sort
    start: int
    end: int
    owns: bool = False
    sure: bool = True


@dataclass(frozen=True)
class Referent:
    """What a pronoun may stand for: its name in the language of the question, and its entity where it has one."""

    name: str
    entity: Entity | None = None

    @property
    def kind(self) -> str:
        """The kind of its entity; nothing where that is not known."""
        return self.entity.kind if self.entity else ""


def find_pronoun(heard: Heard, start: int = 0) -> Pronoun | None:
    """The first pronoun behind `start` that does not stand for what its own sentence names."""
    language, key = heard.language, heard.asked.key
    for match in _patterns[language].finditer(key, start):
        groups = match.groupdict()
        named = [name for name in ("part", "place", "noun", "person", "thing") if groups.get(name)]
        sort: Sort = named[0] if named else "thing"  # type: ignore[assignment]
        if groups.get("own") in ("his", "her"):
            sort = "person"
        owns = bool(groups.get("own") or groups.get("of"))
        bound = _bound(heard, match.span(), owns=owns, sort=sort, start=start)
        if bound is None:
            continue
        return Pronoun(sort, *match.span(), owns=owns, sure=bound)
    return None


def _bound(heard: Heard, span: Span, *, owns: bool, sort: Sort, start: int) -> bool | None:
    """None where what stands in a pronoun's own question is what it stands for; else whether that is sure."""
    key = heard.asked.key
    before = key[start : span[0]]
    content = [one for one in [*heard.asked.content(), *heard.parts] if start <= one[0] and one[1] <= span[0]]
    ends = [match.start() for match in _clause[heard.language].finditer(key, start)]
    last = max((end for end in ends if end < span[0]), default=-1)
    if any(one[0] < last for one in content) or _named_here(heard, span, owns=owns, sort=sort):
        return None
    if sort in ("noun", "part"):
        return None if sort == "part" and content else not content
    if not owns or not content:
        return True
    return None if heard.language != "en" else _owned_by_another(before, [one[0] - start for one in content])


def _named_here(heard: Heard, span: Span, *, owns: bool, sort: Sort) -> bool:
    """Whether the question names what a pronoun may stand for: before it, or behind "In its first year, ..."."""
    key = heard.asked.key
    things = [thing for thing in heard.things if not thing.wide]
    if sort == "person" and any(thing.kind == "person" for thing in things):
        return True
    follows = _comma.search(key, span[1]) if owns else None
    if follows and any(thing.start > follows.start() for thing in things):
        return True
    beside = _beside.search(key, 0, span[0]) and not owns
    return not beside and any(thing.end <= span[0] for thing in things)


def _owned_by_another(before: str, content: list[int]) -> bool | None:
    """None where "its" belongs to the subject of its own question, else False: that is not sure.

    "Which region increased its", "When did the association change its"; but "Who is the head of its".
    """
    auxiliary = _auxiliary.search(before)
    if auxiliary is None:
        return None
    asked_for = _asked_for.match(before) and auxiliary.group() in ("has", "have", "had")
    if asked_for and any(place < auxiliary.start() for place in content):
        return None
    behind = any(place >= auxiliary.end() for place in content)
    return None if behind and not _beside.search(before) else False


def agrees(pronoun: Pronoun, referent: Referent, heard: Heard) -> Span | None:
    """The place of the words that `referent` can stand for in `heard`; None where it cannot be meant."""
    kind = referent.kind
    if heard.asked.key[pronoun.start : pronoun.end].rstrip("的").endswith("们"):
        return None  # Several things; "they" may be one body.
    if pronoun.sort == "noun":
        length = _noun_of(referent, heard.asked.key[pronoun.end :])
        return (pronoun.start, pronoun.end + length) if length else None
    fits = {
        "thing": kind != "person",
        "person": kind in ("person", ""),
        "place": kind not in ("person", "country", "field"),
        "part": kind not in ("person", "country", "field", "mechanism"),
    }[pronoun.sort]
    return (pronoun.start, pronoun.end) if fits else None


def _noun_of(referent: Referent, behind: str) -> int:
    """How far the noun behind "that" goes which says what sort of thing `referent` is; 0 where none does."""
    entity = referent.entity
    if entity is None:
        return 0
    match = _word.match(behind)
    if match is None:
        return 0
    names = [name.casefold() for name in entity.names]
    latin = match[1].isascii()
    for length in [len(match[1])] if latin else range(min(len(match[1]), _LONGEST_NOUN), 0, -1):
        noun = match[1][:length]
        same = noun == entity.kind or entity.kind in _generic.get(noun, ())
        if latin:
            same = same or (len(noun) > 2 and any(noun in re.findall(r"\w+", name) for name in names))
        else:
            same = same or any(name.endswith(noun) and len(name) > length for name in names)
        if same:
            return match.start(1) + length
    return 0


def put_in_place(heard: Heard, pronoun: Pronoun, span: Span, name: str, head: str = "") -> str:
    """The question with `name` in the place of its pronoun; `head` is what "those" of a thing are."""
    before, after = heard.text[: span[0]], heard.text[span[1] :]
    if heard.language == "en":
        name = name if span[0] or not name.startswith("the ") else name[:1].upper() + name[1:]
        owner = name + ("'" if name.endswith("s") else "'s")
        if pronoun.sort == "part":
            new = f"of {owner} {head}".rstrip()
        elif pronoun.sort == "place":
            new = name if _beside.search(before.casefold()) else f"in {name}"
        else:
            new = owner if pronoun.owns else name
        return before + new + after
    if heard.language == "ko":
        if pronoun.sort == "part":
            return f"{before}{name}의 {head}".rstrip() + (" " + after.lstrip() if after.strip() else after)
        return before + name + with_particle(name, after)
    if pronoun.sort == "part" or pronoun.owns:
        return f"{before}{name}的{after}"
    return before + name + after


_particles: Final = (("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"))
"""Korean particles behind a consonant and behind a vowel."""


def with_particle(name: str, behind: str) -> str:
    """`behind` with the form of its particle that stands after `name`."""
    last = name[-1:]
    closed = "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 > 0
    for after_consonant, after_vowel in _particles:
        for form in (after_consonant, after_vowel):
            ends = behind[len(form) : len(form) + 1]
            if behind.startswith(form) and not ("가" <= ends <= "힣"):
                return (after_consonant if closed else after_vowel) + behind[len(form) :]
    return behind


def referent_of(thing: Thing, heard: Heard, language: Language) -> Referent:
    """The thing under the name that an earlier question `heard` gives it, or the one in another `language`.

    An ordinal right before it belongs to it: "the sixth conference".
    """
    if thing.entity is not None and heard.language != language:
        return Referent(thing.entity.name(language), thing.entity)
    if thing.entity is not None and thing.kind == "country":
        return Referent(thing.entity.name(language), thing.entity)
    start = thing.start
    for ordinal in heard.asked.ordinals:
        if ordinal.end <= start and not heard.text[ordinal.end : start].strip():
            start = ordinal.start
    article = _article.search(heard.text, 0, start)
    return Referent(heard.text[article.start() if article else start : thing.end], thing.entity)


_article = re.compile(r"\bthe $", re.IGNORECASE)
