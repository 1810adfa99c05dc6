"""Pairs of texts that mean the same or stand together: what the embedding model is trained on, by kind."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qa_assistant.language import HAN, matching_key
from qa_assistant.lexical.translation import ALL, TranslationTable
from qa_assistant.training import corpora
from qa_assistant.training.corpora import Gloss

TextPairs = list[tuple[str, str]]

_GROUPS: Final = {
    "tw_law.en-zh": "law",
    "tw_law_titles.en-zh": "titles",
    "bible.en-zhHant": "bible",
    "tensorflow_docs.en-zh": "technical",
    "react_docs.en-zh": "technical",
    "dify_docs.en-zh": "technical",
    "opensource_guide.en-zh": "technical",
    "tldr.en-zh": "technical",
    "manythings_tatoeba_cmn.en-zh": "everyday",
    "tatoeba-test-2021.en-zh": "everyday",
}
_OTHERS: Final = "news"
_KOREAN_TECHNICAL: Final = ("docs", "guide")
_LEAST_IN_TABLE: Final = 0.12
_PAIRS_OF_SYNSET: Final = 3
_LONGEST_GLOSS: Final = 60
_GLOSSED: Final = 6
_NEIGHBOUR_STEP: Final = {"law": 6, "news": 2, "bible": 2, "technical": 2}
"""Every how many lines a line and the next are taken as neighbours."""

_han_word = re.compile(f"[{HAN}]+")
_han_name = re.compile(f"[{HAN}]{{2,9}}")
_chinese = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Kind:
    """How pairs of one kind are used: their share of the batches, and how much a word of theirs counts."""

    share: float
    word_weight: float = 0.0
    passages: bool = False
    """Whether sentences are also put together to passages."""
    dropped: bool = False
    """Whether words are left out by chance, as a question leaves out words of the sentence that answers it."""


KINDS: Final = {
    "law": Kind(0.14, 0.1, dropped=True),
    "titles": Kind(0.02, 1.0),
    "everyday": Kind(0.16, 1.0, passages=True, dropped=True),
    "news": Kind(0.12, 3.0, passages=True, dropped=True),
    "technical": Kind(0.05, 0.3, dropped=True),
    "bible": Kind(0.04, 0.3, dropped=True),
    "korean": Kind(0.03, 1.0),
    "korean technical": Kind(0.02, 0.3),
    "korean chinese": Kind(0.015, 1.0),
    "glosses": Kind(0.14),
    "names": Kind(0.10),
    "entries": Kind(0.07),
    "translations into chinese": Kind(0.06),
    "translations into english": Kind(0.05),
    "synonyms": Kind(0.03),
    "neighbours": Kind(0.03, dropped=True),
}


def sentence_pairs(data: Path) -> dict[str, TextPairs]:
    """The parallel texts below `data`, each pair once, by kind."""
    groups: dict[str, TextPairs] = defaultdict(list)
    for corpus in corpora.ENGLISH_CHINESE:
        groups[_GROUPS.get(corpus.name, _OTHERS)] += corpora.lines(data, corpus)
    for corpus in corpora.ENGLISH_KOREAN:
        technical = any(word in corpus.name for word in _KOREAN_TECHNICAL)
        groups["korean technical" if technical else "korean"] += corpora.lines(data, corpus)
    for corpus in corpora.KOREAN_CHINESE:
        groups["korean chinese"] += corpora.lines(data, corpus)
    return {
        kind: list(dict.fromkeys(pair for pair in pairs if pair[0].strip() and pair[1].strip()))
        for kind, pairs in groups.items()
    }


def word_pairs(data: Path, table: TranslationTable, glosses: Sequence[Gloss]) -> dict[str, TextPairs]:
    """Dictionary, names, synonyms and the translation table as pairs, by kind."""
    entries: dict[str, list[str]] = defaultdict(list)
    for gloss in glosses:
        entries[gloss.chinese].append(gloss.english)
    into_chinese, into_english = _table_pairs(table)
    return {
        "glosses": [
            (gloss.english, gloss.chinese)
            for gloss in glosses
            if not gloss.is_name and len(gloss.chinese) <= _GLOSSED and len(gloss.english) < _LONGEST_GLOSS
        ],
        "entries": [
            ("; ".join(told), chinese)
            for chinese, told in entries.items()
            if len(told) > 1 and len(chinese) <= _GLOSSED
        ],
        "names": _name_pairs(data, glosses),
        "translations into chinese": into_chinese,
        "translations into english": into_english,
        "synonyms": _synonyms(data),
    }


def neighbours(groups: dict[str, TextPairs]) -> TextPairs:
    """Lines that follow one another in a text, in English and in Chinese."""
    found: TextPairs = []
    for kind, step in _NEIGHBOUR_STEP.items():
        pairs = groups.get(kind, [])
        for place in range(0, len(pairs) - 1, step):
            found += zip(pairs[place], pairs[place + 1], strict=True)
    return found


def world_places(data: Path) -> Iterable[tuple[str, int, str, list[str]]]:
    """Country, inhabitants, plain Latin name and Chinese names of each city that GeoNames has Chinese names of."""
    with zipfile.ZipFile(data / "places" / "cities15000.zip") as archive, archive.open("cities15000.txt") as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            keys = dict.fromkeys(map(matching_key, fields[3].split(",")))
            chinese = [name for name in keys if _han_name.fullmatch(name)]
            if chinese:
                yield fields[8], int(fields[14] or 0), fields[2], chinese


def _name_pairs(data: Path, glosses: Sequence[Gloss]) -> TextPairs:
    named = [(gloss.english, gloss.chinese) for gloss in glosses if gloss.is_name and len(gloss.chinese) > 1]
    for *_, latin, chinese in world_places(data):
        named += [(latin, name) for name in chinese[:3]]
    terms = [(term.name, term.chinese) for term in corpora.own_terms()]
    return named + [(place.name, place.chinese) for place in corpora.place_names(data)] + terms * 20


def _table_pairs(table: TranslationTable) -> tuple[TextPairs, TextPairs]:
    into_chinese: TextPairs = []
    into_english: TextPairs = []
    for key in table.keys():  # noqa: SIM118  (the table is no mapping)
        said = " ".join(word for word, weight in table.translate(key, ALL) if weight > _LEAST_IN_TABLE)
        if said and key[0].isascii():
            into_chinese.append((key, said))
        elif said and _chinese.match(key):
            into_english.append((said, key))
    return into_chinese, into_english


def _synonyms(data: Path) -> TextPairs:
    """Words of the same synset of the Chinese Open WordNet."""
    synsets: dict[str, list[str]] = defaultdict(list)
    with gzip.open(data / "train" / "cow_wordnet_cmn.tab.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 3 and fields[1] == "cmn:lemma":
                word = fields[2].replace("+", "").replace("_", "")
                if _han_word.fullmatch(word):
                    synsets[fields[0]].append(word)
    chance = random.Random(0)  # noqa: S311
    pairs: TextPairs = []
    for _, lemmas in sorted(synsets.items()):
        for _ in range(min(_PAIRS_OF_SYNSET, len(lemmas) - 1)):
            first, second = chance.sample(lemmas, 2)
            pairs.append((first, second))
    return pairs
