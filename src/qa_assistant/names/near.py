"""Names that are misspelt: what stands where no name is, and is but an edit or a like character from one.

Only names of what occurs in the sources or in given files of names are candidates. What is an ordinary word, or may
be meant for two entities, also for one that the sources do not have, is left as it stands.

* A Latin word of five letters and more with one letter wrong, missing, extra or two that changed places; with two
  such edits from nine letters on. In names of fewer than seven the first letter has to be right, and a wrong one is a
  vowel for a vowel, or near the right one on the keyboard or in sound: Damian is not Dalian.
* A Chinese name with one character that sounds or looks like the right one; with any other character inside it from
  four on, an ending such as 市 apart, unless that stands in a shorter name or tells names apart (南, 三, 日).
  A person's name of two characters is left alone, and before 州 and the like only looks count: 吉州 is not 济州.
* A Korean name with a vowel or consonant that sounds like the right one; any one from three syllables on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from qa_assistant.language import HAN, HANGUL
from qa_assistant.names.edits import Spellings, distance, is_slip, one_edit
from qa_assistant.names.entities import Entity, Mention
from qa_assistant.names.finder import Names
from qa_assistant.names.keys import TextKey, in_capitals, name_key, script_of
from qa_assistant.names.likeness import alike, is_usual, look_alike, one_part_apart, sounding_like

SHORTEST: Final = 5
"""Letters of a Latin name that may be misspelt."""
LONG: Final = 9
"""Letters from which a Latin name may have two edits."""
LIKE_LETTERS: Final = 7
"""Letters from which any one may be wrong, also the first."""
ANY_CHARACTER: Final = 4
"""Characters of a Chinese name, its ending apart, from which any one may be wrong."""

_SHORT: Final = 2
"""Characters of the shortest Chinese names."""
_SHARED_ENDINGS: Final = frozenset("州城山海")
"""Ends of many names of two characters: what stands before them tells them apart."""
_GAP: Final = "\0"
_TERMS: Final = "field"
"""The kind of what is no name but a term: its words are ordinary ones."""
_TELLING: Final = frozenset(
    "零〇一二三四五六七八九十百千万两东西南北中上下前后左右大小新老内外首初中美日韩朝俄蒙英法德印欧亚非"
)
"""Characters that tell one name from the next: 全罗南道 from 全罗北道, 中日韩 from 中美韩."""
_FUNCTION: Final = frozenset(
    "的了是在和与及被把将从有没其这那些为以之也就都而于对向到由等因所各每一不我你他她它们吗呢吧何哪多少个还最更很再又只才已会能可要想"
)
"""Characters that hold a sentence together: beside another one they are no name."""
_NEIGHBOURS: Final = frozenset("市省道县区州馆园港去来访驻赴请查问跟同给让比离使说")
"""Single characters that may stand beside a name of two."""
_ending = re.compile("(?:自治[区州]|广域市|特别市|[省市道县区州馆园港])$")
_latin_word = re.compile(rf"(?:(?![{HAN}{HANGUL}])[^\W\d_])+(?:[-'’](?:(?![{HAN}{HANGUL}])[^\W\d_])+)*")
_latin_part = re.compile(r"[^\W\d_]+")
_behind_korean = re.compile(
    "(?:특별자치|광역|특별)?[시도성현]?(?:은|는|이|가|을|를|의|에|에서|에게|와|과|랑|이랑|하고|도|만|로|으로|까지|부터|보다|에는|에서는|에서의"
    "|와의|과의|로는|이나|나|이란|란|이며|며|입니다|인가요|인가|이에요|예요)?"
)


class Ordinary(Protocol):
    """What is known of words that are no names."""

    def is_word(self, word: str) -> bool:
        """Whether `word`, a matching key, is a word of any language."""

    def meant(self, word: str) -> frozenset[str]:
        """The ids of entities that a Latin word is a known spelling of, though names do not have it."""

    def bounds(self, key: str) -> frozenset[int]:
        """Where the words of a matching key may begin and end."""


@dataclass(frozen=True)
class NearName:
    """`written`, at `start` to `end` of a text, is meant for `name`."""

    start: int
    end: int
    written: str
    name: str


class NearNames:
    """Finds misspelt names of what occurs in the sources."""

    def __init__(self, names: Names, occurs: Callable[[str], bool], ordinary: Ordinary) -> None:
        """`occurs` tells whether a name stands in the sources."""
        self._names = names
        self._ordinary = ordinary
        self._gaps: dict[str, list[str]] = defaultdict(list)
        self._latin: dict[str, tuple[str, str]] = {}
        plain: set[str] = set()
        for entity in names.entities:
            if entity.kind != _TERMS and (entity.entity_id in names.given or any(map(occurs, entity.names))):
                for name in dict.fromkeys((*entity.zh, *entity.ko)):
                    self._add_characters(name_key(name))
                plain.update(*(self._add_letters(name, entity) for name in entity.en))
        starts: dict[str, set[int]] = defaultdict(set)
        for pattern in self._gaps:
            starts[pattern[:2]].add(len(pattern))
        self._lengths = {start: sorted(lengths) for start, lengths in starts.items()}
        self._spellings = Spellings(self._latin, LONG)
        self.words = frozenset(plain)
        """The ordinary words that names of several words are made of."""

    def find(self, text: str, mentions: Iterable[Mention]) -> list[NearName]:
        """The misspelt names in `text`, in order, where none of `mentions` stands."""
        taken = bytearray(len(text))
        for mention in mentions:
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        found = [
            one for one in self._in_letters(text, taken)
            if self._names.borne(name_key(one.name)) or self._completes(text, one)
        ]  # fmt: skip
        return sorted([*found, *self._in_characters(text, taken)], key=lambda one: one.start)

    def _completes(self, text: str, one: NearName) -> bool:
        """Whether a name of several words stands there with `one` put right, which is but a part of it."""
        mentions = self._names.find(replaced(text, [one]))
        return any(mention.start <= one.start < one.start + len(one.name) <= mention.end for mention in mentions)

    def _add_characters(self, key: str) -> None:
        """A Chinese or Korean name under each pattern that leaves one of its characters open."""
        scripts = {script_of(char) for char in key}
        if len(key) < 2 or not scripts & {"han", "hangul"} or not self._names.borne(key):
            return
        for place, char in enumerate(key):
            if script_of(char) in ("han", "hangul"):
                known = self._gaps[key[:place] + _GAP + key[place + 1 :]]
                if key not in known:
                    known.append(key)

    def _add_letters(self, name: str, entity: Entity) -> Iterator[str]:
        """A Latin name, or the words of it that are names; gives those that are ordinary words."""
        if in_capitals(name):
            return
        parts = _latin_word.findall(name)
        for part in parts:
            key = name_key(part)
            if len(key) < SHORTEST or not (key.isascii() and key.isalpha()):
                continue
            borne = self._names.borne(key)
            if borne and borne[0].kind != _TERMS:
                self._latin.setdefault(key, (part, borne[0].entity_id))
            elif len(parts) > 1 and not self._ordinary.is_word(key) and part[0].isupper():
                self._latin.setdefault(key, (part, entity.entity_id))
            elif len(parts) > 1:
                yield key

    def _in_letters(self, text: str, taken: bytearray) -> Iterator[NearName]:
        for match in _latin_word.finditer(text):
            whole = [match.span()]
            parts = [(match.start() + one.start(), match.start() + one.end()) for one in _latin_part.finditer(match[0])]
            for start, end in whole + (parts if len(parts) > 1 else []):
                name = None if any(taken[start:end]) else self._spelled(name_key(text[start:end]))
                if name is not None:
                    yield NearName(start, end, text[start:end], name)
                    break

    def _spelled(self, key: str) -> str | None:
        """The Latin name that the key of a word is meant for."""
        if len(key) < SHORTEST - 1 or not (key.isascii() and key.isalpha()) or key in self._names:
            return None
        allowed: frozenset[str] | None = None
        if self._ordinary.is_word(key):
            allowed = self._ordinary.meant(key)
            if not allowed:
                return None
        near = self._spellings.near(key)
        entities = {self._latin[other][1] for other in near}
        if len(entities) != 1 or (allowed is not None and not entities & allowed):
            return None
        if allowed is not None and any(key.startswith(other) for other in near):
            return None  # American is no misspelt America.
        # A name that the sources do not have may be meant as well.
        rivals = {other for other in one_edit(key) if other in self._names and self._names.borne(other)}
        if not all(any(one.entity_id in entities for one in self._names.borne(other)) for other in rivals):
            return None
        best = min(near, key=lambda other: (distance(key, other), other))
        likely = len(best) >= LIKE_LETTERS or is_slip(key, best)
        return self._latin[best][0] if likely else None

    def _in_characters(self, text: str, taken: bytearray) -> Iterator[NearName]:
        key = TextKey.of(text)
        covered = [bool(taken[start]) for start in key.starts]
        candidates = [
            (start, end, gap, name)
            for start, end, gap in self._windows(key.key)
            if not any(covered[start:end]) and (name := self._meant(key, start, end, gap)) is not None
        ]
        used = bytearray(len(key.key))
        for start, end, gap, name in sorted(candidates, key=lambda one: (one[0] - one[1], one[0], one[2])):
            rivals = [one for one in candidates if one[0] < end and start < one[1] and one[1] - one[0] == end - start]
            if any(used[start:end]) or len({one[3] for one in rivals}) > 1:
                continue
            used[start:end] = b"\x01" * (end - start)
            left, right = key.span(start, end)
            first, last = key.span(gap, gap + 1)
            meant = text[left:first] + name[gap - start] + text[last:right]
            yield NearName(left, right, text[left:right], meant)

    def _windows(self, key: str) -> Iterator[tuple[int, int, int]]:
        """Ranges of a key that are a name but for one character, and the place of that."""
        for start in range(len(key) - 1):
            first, second = key[start], key[start + 1]
            for beginning, gaps in ((first + second, None), (_GAP + second, 0), (first + _GAP, 1)):
                for length in self._lengths.get(beginning, ()):
                    end = start + length
                    if end > len(key):
                        break
                    window = key[start:end]
                    for gap in (gaps,) if gaps is not None else range(2, length):
                        if window[:gap] + _GAP + window[gap + 1 :] in self._gaps:
                            yield start, end, start + gap

    def _meant(self, key: TextKey, start: int, end: int, gap: int) -> str | None:
        """The name that a range of the key is meant for; None where it is none, or more than one."""
        window, place = key.key[start:end], gap - start
        script = script_of(window[place])
        if window in self._names or self._ordinary.is_word(window):
            return None
        fits = self._fits_korean if script == "hangul" else self._fits_chinese
        names = [
            name
            for name in self._gaps[window[:place] + _GAP + window[place + 1 :]]
            if script_of(name[place]) == script in ("han", "hangul") and fits(key, start, end, place, name)
        ]
        # 斧山 sounds like 富山 as well as like 釜山, but looks like one of them only.
        names = [name for name in names if look_alike(window[place], name[place])] or names
        entities = {self._names.borne(name)[0].entity_id for name in names}
        rivals = () if script == "hangul" or not names or look_alike(window[place], names[0][place]) else (
            self._names.borne(window[:place] + char + window[place + 1 :]) for char in sounding_like(window[place])
        )  # fmt: skip
        entities |= {rival[0].entity_id for rival in rivals if rival}
        return names[0] if len(entities) == 1 else None

    def _fits_chinese(self, key: TextKey, start: int, end: int, place: int, name: str) -> bool:
        wrong, right, gap = key.key[start + place], name[place], start + place
        bounds = self._ordinary.bounds(key.key)
        telling = (wrong in _TELLING) + (right in _TELLING)
        if telling == 2 or wrong in _FUNCTION or not is_usual(wrong) or not {start, end} <= bounds:
            return False
        person = self._names.borne(name)[0].kind == "person"
        if len(name) == _SHORT:
            shared = place == 0 and name[1] in _SHARED_ENDINGS and not look_alike(wrong, right)
            return not (telling or person or shared) and alike(wrong, right) and _stands_apart(key.key, start, bounds)
        if alike(wrong, right):
            return True
        core = _ending.sub("", name)
        inside = 0 < place < len(core) - 1 and {gap, gap + 1} <= bounds
        return len(core) >= ANY_CHARACTER and inside and not (telling or person or self._in_shorter(name, place))

    def _in_shorter(self, name: str, place: int) -> bool:
        """Whether a character of a name lies in a shorter name inside it: then a wrong one is another thing."""
        return any(
            first <= place < last and (first, last) != (0, len(name)) and name[first:last] in self._names
            for first in range(len(name) - 1)
            for last in range(first + 2, len(name) + 1)
        )

    def _fits_korean(self, key: TextKey, start: int, end: int, place: int, name: str) -> bool:
        if not key.may_start(start) or not all(key.joined[start + 1 : end]):
            return False
        if not one_part_apart(key.key[start + place], name[place], confused=len(name) < 3):
            return False
        last = next(
            (i for i in range(end, len(key.key)) if not key.joined[i] or script_of(key.key[i]) != "hangul"),
            len(key.key),
        )
        whole = key.key[start:last]
        return _behind_korean.fullmatch(key.key[end:last]) is not None and not self._ordinary.is_word(whole)


def _stands_apart(key: str, start: int, bounds: frozenset[int]) -> bool:
    """Whether two characters are no word, and neither they nor their neighbours belong to something longer."""
    if start + 1 not in bounds or _FUNCTION.intersection(key[start : start + 2]):
        return False
    before = key[start - 1 : start] if start and start - 1 in bounds else ""
    behind = key[start + 2 : start + 3] if start + 3 in bounds else ""
    return all(char in _FUNCTION | _NEIGHBOURS or script_of(char) != "han" for char in before + behind)


def replaced(text: str, found: Sequence[NearName]) -> str:
    """`text` with each name in place of what was written for it."""
    parts: list[str] = []
    place = 0
    for one in found:
        parts += [text[place : one.start], one.name]
        place = one.end
    return "".join([*parts, text[place:]])
