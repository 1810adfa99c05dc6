"""Which of a place's alternate names in GeoNames are its names in Chinese, English and Korean."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from qa_assistant.language import HAN, HANGUL, matching_key
from qa_assistant.names.keys import name_key

HAN_NAME: Final = re.compile(f"[{HAN}]{{2,}}")
HANGUL_NAME: Final = re.compile(f"[{HANGUL}]{{2,}}(?: [{HANGUL}]+)?")

ALIKE: Final = 0.6
"""Likeness from which two spellings may be of one Korean name."""

_transcription = re.compile("[a-z]+(?: [a-z]+)*")
_latin_name = re.compile(r"[^\W\d_]+(?:['’ -][^\W\d_]+)*")
_latin_suffix = re.compile(r"(?: (?:City|County|gun|Shi)|[- ](?:si|gun|eup|ŭp|up|shi))$", re.IGNORECASE)
_village = re.compile(
    r"(?:-(?:dong|ri|ni|li|myeon|gu|chō|chō-.*)| (?:Neighborhood|Jiēdào|Chengguanzhen|Zhen)|chengguan|ch[oóō]"
    r"|Honmachi)$|\d"
)

# Characters of Japan that Chinese writes otherwise: after them, the Chinese ones.
_japanese = str.maketrans(
    "豊沢浜広塩瀬亀恵黒徳関荘巣児稲辺糸済総渋蔵巻渓県竜営満鶏滝桜縄焼発覇軽帯歳対壌亜掲楽懐仏鉄摂斎両観気労増読壱穂曽戸郷脇騨呉舎嶋諌氷渕駄楡",
    "丰泽滨广盐濑龟惠黑德关庄巢儿稻边丝济总涩藏卷溪县龙营满鸡泷樱绳烧发霸轻带岁对壤亚揭乐怀佛铁摄斋两观气劳增读壹穗曾户乡胁驒吴舍岛谏冰渊驮榆",
)


_KNOWN_READINGS: Final = {
    "长": "chang", "成": "cheng", "都": "du", "重": "chong", "厦": "xia", "敦": "dun", "六": "lu", "沈": "shen",
    "许": "xu", "莆": "pu", "珲": "hun", "泊": "bo", "圳": "zhen", "拉": "la", "勒": "le", "什": "shi", "陂": "pi",
}  # fmt: skip
"""Readings in names of cities that are outvoted by others."""


def simplified(name: str) -> str:
    """A Han name (its matching key) with the characters that Japan alone writes as Chinese ones."""
    return name.translate(_japanese)


@dataclass(frozen=True)
class Readings:
    """Syllables that Chinese characters are read as, learned from GeoNames' own transcriptions."""

    syllables: Mapping[str, frozenset[str]]

    @classmethod
    def learned(cls, places: Iterable[Sequence[str]]) -> Readings:
        """Readings from the alternate names of places: 威海市 beside "wei hai shi"."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for alternates in places:
            names = sorted({matching_key(name) for name in alternates if HAN_NAME.fullmatch(name)})
            transcriptions = [name.split(" ") for name in alternates if _transcription.fullmatch(name)]
            for name in names:
                for syllables in transcriptions:
                    if len(syllables) == len(name):
                        for char, syllable in zip(name, syllables, strict=True):
                            votes[char][syllable] += 1
        # A place has several names: what stands beside a character now and then is another one's reading.
        read = {
            char: frozenset(syllable for syllable, count in counts.items() if count * 4 >= max(counts.values()))
            for char, counts in votes.items()
        }
        return cls(
            read | {char: read.get(char, frozenset()) | {syllable} for char, syllable in _KNOWN_READINGS.items()}
        )

    def spell(self, name: str, latin: str) -> bool:
        """Whether the Chinese `name` is read as `latin`."""
        rest = {name_key(bare_latin(latin) or latin)}
        for char in name:
            read = self.syllables.get(char, frozenset())
            rest = {text[len(syllable) :] for text in rest for syllable in read if text.startswith(syllable)}
        return rest & {"", "shi"} != set()


def korean_stem(names: Iterable[str]) -> str | None:
    """The first Korean name without 시 or 군; None if there is none."""
    for name in names:
        if HANGUL_NAME.fullmatch(name):
            return re.sub("(..) ?[시군]$", r"\1", name)
    return None


def bare_latin(name: str) -> str | None:
    """A Latin name without "City", "-si" and the like; None for what is none, or of a mere village."""
    bare = _latin_suffix.sub("", unicodedata.normalize("NFC", name))
    return bare if _latin_name.fullmatch(bare) and not _village.search(bare) else None


def korean_romanisations(name: str, hangul: str | None, alternates: Sequence[str], *, northern: bool) -> list[str]:
    """Spellings of a Korean name: by Revised Romanization, as the state writes it (the south so, the `northern` not).

    `name` is GeoNames' own; where it is nothing like the `hangul`, it is a Japanese reading and left out. Among the
    rest are McCune-Reischauer's spellings, if GeoNames has them.
    """
    own = unicodedata.normalize("NFC", name).replace("’", "'")
    if hangul is None:
        return [] if re.search("[ŏŭ']", own) else [name]
    revised = romanised(hangul)
    known = {name_key(alternate) for alternate in alternates} | {name_key(name)}
    alike = SequenceMatcher(None, name_key(own), name_key(revised), autojunk=False).ratio() >= ALIKE
    older = _mccune(revised)
    found = [revised, *([name] if alike else []), *([older] if name_key(older) in known else [])]
    plain = [unaccented(text) for text in (found[1:] + found[:1] if northern else found)]
    return list({name_key(text): text for text in reversed(plain)}.values())[::-1]


def unaccented(name: str) -> str:
    """A Latin name without accents and apostrophes."""
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(char for char in decomposed if not unicodedata.combining(char) and char not in "'’")


def romanised(hangul: str) -> str:
    """A Korean name by the rules of Revised Romanization, sounds between syllables assimilated."""
    syllables = [divmod(ord(char) - 0xAC00, 28) for char in hangul]
    text = ""
    for place, (rest, final) in enumerate(syllables):
        initial, vowel = divmod(rest, 21)
        following = syllables[place + 1][0] // 21 if place + 1 < len(syllables) else None
        before = syllables[place - 1][1] if place else 0
        text += _initial(initial, before) + _vowels[vowel] + _final(final, following)
    return text.capitalize()


_initials = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_vowels = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_finals = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_before_vowel = " g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p ".split(" ")
_NASAL: Final = {"k": "ng", "t": "n", "p": "m"}
_N, _R, _M, _SILENT = 2, 5, 6, 11


def _initial(initial: int, before: int) -> str:
    if initial == _R and before:
        return "l" if _finals[before] in ("l", "n") else "n"
    return "l" if initial == _N and _finals[before] == "l" else _initials[initial]


def _final(final: int, following: int | None) -> str:
    if following == _SILENT:
        return _before_vowel[final]
    sound = _finals[final]
    if following in (_N, _M, _R):
        sound = _NASAL.get(sound, sound)
    return "l" if following == _R and sound == "n" and final == 4 else sound


def _mccune(name: str) -> str:
    """Revised Romanization turned into McCune-Reischauer as it is printed without its marks (Kunsan, Chonju)."""
    text = name.lower().replace("eo", "o").replace("eu", "u")
    first = {"g": "k", "d": "t", "b": "p", "j": "ch"}
    return (first.get(text[0], text[0]) + text[1:]).capitalize()
