"""The parallel texts, dictionary and gazetteers under `shared/data`, as word-aligned training material.

Only files marked **ship** in the README of the data are named here; `dev/` and `news/` are never opened.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from qa_assistant.language import HAN, HANGUL, matching_key
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import korean_stem
from qa_assistant.training.glossary import PROVINCES, TERMS


class Pair(NamedTuple):
    """Words of a text, words of its translation, and how much the pair counts (1: one good sentence)."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    weight: float


class Corpus(NamedTuple):
    """One file of parallel text: the columns to read, and the weight of a line."""

    name: str
    columns: tuple[int, int]
    weight: float


ENGLISH_CHINESE: Final = (
    Corpus("tw_law.en-zh", (0, 1), 0.2),
    Corpus("tw_law_titles.en-zh", (0, 1), 1.0),
    Corpus("manythings_tatoeba_cmn.en-zh", (0, 1), 1.0),
    Corpus("tatoeba-test-2021.en-zh", (0, 1), 1.0),
    Corpus("tico19.en-zh", (0, 1), 1.0),
    Corpus("un_sdg.en-zh", (0, 1), 1.0),
    Corpus("ntrex128.en-zh-ko", (0, 1), 1.0),
    Corpus("ud_pud.en-zhHant-ko", (0, 1), 1.0),
    Corpus("tensorflow_docs.en-zh", (0, 1), 0.2),
    Corpus("react_docs.en-zh", (0, 1), 0.2),
    Corpus("dify_docs.en-zh", (0, 1), 0.2),
    Corpus("opensource_guide.en-zh", (0, 1), 0.2),
    Corpus("tldr.en-zh", (0, 1), 0.2),
    Corpus("bible.en-zhHant", (0, 1), 0.5),
)
KOREAN_CHINESE: Final = (
    Corpus("tatoeba-test-2021.ko-zh", (0, 1), 1.0),
    Corpus("ntrex128.en-zh-ko", (2, 1), 1.0),
    Corpus("ud_pud.en-zhHant-ko", (2, 1), 1.0),
)
ENGLISH_KOREAN: Final = (
    Corpus("manythings_tatoeba_kor.en-ko", (0, 1), 1.0),
    Corpus("tatoeba-test-2021.en-ko", (0, 1), 1.0),
    Corpus("ntrex128.en-zh-ko", (0, 2), 1.0),
    Corpus("ud_pud.en-zhHant-ko", (0, 2), 1.0),
    Corpus("tensorflow_docs.en-ko", (0, 1), 0.2),
    Corpus("react_docs.en-ko", (0, 1), 0.2),
    Corpus("opensource_guide.en-ko", (0, 1), 0.2),
)

EAST_ASIA: Final = ("CN", "KR", "JP", "KP", "TW")
"""Countries whose places have names in all three languages."""

MOST_WORDS: Final = 60
"""Pairs with a longer side are left out: alignment grows with the square and says less."""

_word = re.compile(rf"[{HAN}{HANGUL}]|[0-9]|[^\W\d_]{{2,}}")
_between_scripts = re.compile(rf"(?<=[{HAN}])(?=[a-z])|(?<=[a-z])(?=[{HAN}])")
_contraction = re.compile(r"\b[a-z]+n['’]t\b|['’](?:s|re|ve|ll|d|m)\b")

# Characters of grammar: aligned to whatever is left over, they would stand in every passage.
_chinese_grammar = frozenset(
    "的了吗呢吧么着过之就是在和与及或也都而所其把被将从到对于以为有我你您他她它们这那等该此因则不"
)
_han_only = re.compile(f"[{HAN}]+")
_hangul_only = re.compile(f"[{HANGUL}]+(?: [{HANGUL}]+)*")
_cedict_line = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_aside = re.compile(r"\([^()]*\)|\[[^\]]*\]|[^\s|]+\|(?=\S)")
_no_gloss = re.compile(
    r"(?:old |archaic |erroneous )?variant of|see |see also|also written|abbr\. (?:for|of)|CL:|surname |Taiwan pr"
    r"|also pr|Japanese variant|used in|\(?(?:radical|bound form|component)"
)
_place_suffixes = re.compile(r"-(?:si|do|gun|gu|eup|myeon|shi|ken|fu|hsien)$")


def learnable(text: str) -> tuple[str, ...]:
    """The words of `text` that can be aligned, each once: no single Latin letters, no words of mere grammar.

    Numbers stay: they have no entry of their own, but hold other words to their places.
    """
    spaced = _between_scripts.sub(" ", _contraction.sub(" ", matching_key(text)))
    found = (korean_stem(word) if _hangul_only.fullmatch(word) else word for word in words(spaced))
    return tuple(dict.fromkeys(word for word in found if _word.match(word) and word not in _chinese_grammar))


def parallel(directory: Path, corpora: Iterable[Corpus], largest_law_share: float = 1.0) -> list[Pair]:
    """The sentence pairs of `corpora` in file order, repeated lines once."""
    pairs: list[Pair] = []
    for corpus in corpora:
        share = largest_law_share if corpus.name == "tw_law.en-zh" else 1.0
        for source, target in sorted(set(lines(directory, corpus))) if share < 1 else lines(directory, corpus):
            if share < 1 and crc32(source.encode("utf-8")) >= share * 2**32:
                continue
            pairs.extend(_pair(source, target, corpus.weight))
    return list(dict.fromkeys(pairs))


def through_english(directory: Path) -> list[Pair]:
    """Korean and Chinese sentences that are both translations of the same English sentence."""
    korean: dict[str, str] = {}
    for corpus in ENGLISH_KOREAN:
        for english, text in lines(directory, corpus):
            korean.setdefault(matching_key(english).strip(), text)
    pairs: list[Pair] = []
    for corpus in ENGLISH_CHINESE:
        # The statutes have no Korean side; where all three languages stand in one file, `parallel` reads them.
        if corpus.name.startswith("tw_law") or corpus.name.endswith("-ko"):
            continue
        for english, chinese in lines(directory, corpus):
            found = korean.get(matching_key(english).strip())
            if found:
                pairs.extend(_pair(found, chinese, corpus.weight))
    return list(dict.fromkeys(pairs))


class Gloss(NamedTuple):
    """One Chinese dictionary entry under one English gloss."""

    chinese: str
    english: str
    is_name: bool
    share: float


def glosses(directory: Path) -> Iterator[Gloss]:
    """CC-CEDICT's entries, one gloss at a time; `share` is one over the number of the entry's glosses.

    A capitalised reading marks a name; its reading without tones is then a gloss as well (Yancheng).
    """
    with gzip.open(directory / "train" / "cedict.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            match = _cedict_line.match(line)
            if not match or not _han_only.fullmatch(match[2]):
                continue
            chinese, reading = match[2], match[3]
            is_name = reading[:1].isupper()
            told = [gloss for gloss in match[4].split("/") if not _no_gloss.match(gloss)]
            kept = [text for gloss in told for text in _gloss_texts(gloss, is_name)]
            if is_name and len(chinese) > 1:
                kept.append(_romanised(reading))
            kept = list(dict.fromkeys(filter(None, kept)))
            for text in kept:
                yield Gloss(chinese, text, is_name, 1 / len(kept))


def _gloss_texts(gloss: str, is_name: bool) -> Iterator[str]:
    text = _aside.sub(" ", gloss)
    for part in text.split(";"):
        # Behind the comma of a name stands where it lies: "Gyeonggi Province, South Korea, ...".
        part = part.partition(",")[0] if is_name else part
        yield " ".join(run for run in part.split() if not re.search(f"[{HAN}]", run))


def _romanised(reading: str) -> str:
    syllables = re.sub("[0-9]", "", reading).replace("u:", "v").split()
    names: list[str] = []
    for syllable in syllables:
        if syllable[:1].isupper() or not names:
            names.append(syllable)
        else:
            names[-1] += syllable
    return " ".join(names)


class PlaceName(NamedTuple):
    """One name of a place in one language beside one of its Chinese names."""

    name: str
    chinese: str


def place_names(directory: Path) -> Iterator[PlaceName]:
    """English and Korean names of places beside Chinese ones: GeoNames in East Asia, CLDR's countries."""
    with zipfile.ZipFile(directory / "places" / "cities15000.zip") as archive, archive.open("cities15000.txt") as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            if fields[8] in EAST_ASIA:
                yield from _gazetteer_entry(fields)
    for line in PROVINCES.strip().splitlines():
        chinese, *others = line.split("|")
        yield from (PlaceName(name, chinese) for name in others)
    names = {language: _territories(directory, language) for language in ("zh", "en", "ko")}
    for code in sorted(names["zh"]):
        for language in ("en", "ko"):
            if code in names[language]:
                yield PlaceName(names[language][code], names["zh"][code])


def own_terms() -> Iterator[PlaceName]:
    """English and Korean terms of this project's own glossary beside the Chinese ones."""
    for line in TERMS.strip().splitlines():
        chinese, *others = line.split("|")
        yield from (PlaceName(name, chinese) for name in others)


def _gazetteer_entry(fields: list[str]) -> Iterator[PlaceName]:
    alternates = fields[3].split(",")
    chinese = [name for name in alternates if _han_only.fullmatch(name)]
    korean = [name for name in alternates if _hangul_only.fullmatch(name)]
    # Likeness to the romanised name keeps out what only Vietnamese or Esperanto calls the place.
    latin = [name for name in alternates if name.isascii() and name.istitle() and _alike(name, fields[2])]
    english = [fields[1], fields[2], *latin]
    for name in dict.fromkeys([*english, *(_place_suffixes.sub("", name) for name in english), *korean]):
        for other in dict.fromkeys(map(matching_key, chinese)):
            yield PlaceName(name, other)


def _alike(name: str, romanised: str) -> bool:
    return SequenceMatcher(None, name.lower(), romanised.lower(), autojunk=False).ratio() >= 0.75


def _territories(directory: Path, language: str) -> dict[str, str]:
    path = directory / "places" / f"cldr_{language}.territories.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    territories = content["main"][language]["localeDisplayNames"]["territories"]
    return {code.partition("-")[0] + code.partition("-")[2]: name for code, name in territories.items()}


def lines(directory: Path, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The pairs of a file, in its order: the two columns that `corpus` names."""
    first, second = corpus.columns
    with gzip.open(directory / "train" / f"{corpus.name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            fields = line.rstrip("\r\n").split("\t")
            if len(fields) > max(first, second):
                yield fields[first], fields[second]


def _pair(source: str, target: str, weight: float, read: Callable[[str], tuple[str, ...]] = learnable) -> list[Pair]:
    if max(len(source), len(target)) > 12 * MOST_WORDS:
        return []
    pair = Pair(read(source), read(target), weight)
    lengths = len(pair.source), len(pair.target)
    return [pair] if min(lengths) > 0 and max(lengths) <= MOST_WORDS else []
