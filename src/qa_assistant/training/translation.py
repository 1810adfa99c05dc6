"""Train the translation table of `qa_assistant.lexical.translation`.

    python -m qa_assistant.training.translation --data ../shared/data --out src/qa_assistant/lexical

Sentences, dictionary glosses and place names become sentence pairs of different weight; one alignment
over all of them (`alignment`) gives the words, glosses and names of several words give the phrases. No random
number is drawn, so the same data give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from qa_assistant.language import HAN, HANGUL
from qa_assistant.lexical.frequency import chinese_frequency
from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import Translations, TranslationTable
from qa_assistant.training import corpora
from qa_assistant.training.alignment import Floats, WordLinks, align, numbered
from qa_assistant.training.corpora import Gloss, Pair, PlaceName, learnable
from qa_assistant.training.material import world_places

FILE_NAME: Final = "translation.npz"
LAW_SHARE: Final = 0.5
"""Share of the statutes used: the second half adds minutes and next to no words."""

GLOSS_WEIGHT: Final = 5.0
COMMON: Final = 50
"""jieba's frequency at which a Chinese word counts half: without it rare words crowd out the common ones."""

COMMON_IN_NAME: Final = 1000
RARE_GLOSS_WEIGHT: Final = 0.02
NAME_WEIGHT: Final = 1.0
LARGE_CITY: Final = 50_000
NAME_WORTH: Final = 4.0
"""A Korean name or term of the glossary against one way of alignment: the Korean sentences are few."""

LONGEST_GLOSS: Final = 6
LONGEST_PHRASE: Final = 4
MOST_TRANSLATIONS: Final = 16
BACKWARD_SHARE: Final = 0.4
"""How much of a score is the probability of the way back, against words that follow everything."""

LEAST_OF_BEST: Final = 0.03
"""Translations below this share of the best one are left out."""

_han = re.compile(f"[{HAN}]")
_hangul = re.compile(f"[{HANGUL}]")

Scores = dict[str, dict[str, float]]
"""Target words with scores, by source word."""


def train(data: Path) -> TranslationTable:
    """The table learned from the files below `data`."""
    glosses = list(corpora.glosses(data))
    names = [*corpora.place_names(data), *corpora.own_terms()]
    names = list(dict.fromkeys([*names, *_large_cities(data)]))
    english = corpora.parallel(data, corpora.ENGLISH_CHINESE, LAW_SHARE)
    korean = corpora.parallel(data, corpora.KOREAN_CHINESE) + corpora.through_english(data)
    pivot = corpora.parallel(data, corpora.ENGLISH_KOREAN)
    return table_from(english, korean, pivot, glosses, names)


def _large_cities(data: Path) -> Iterator[PlaceName]:
    """Cities outside East Asia; `place_names` has those inside."""
    for country, inhabitants, latin, chinese in world_places(data):
        if country not in corpora.EAST_ASIA and inhabitants > LARGE_CITY:
            yield from (PlaceName(latin, name) for name in chinese[:2])


def table_from(
    english: Sequence[Pair],
    korean: Sequence[Pair],
    pivot: Sequence[Pair],
    glosses: Sequence[Gloss],
    places: Sequence[PlaceName],
) -> TranslationTable:
    """The table learned from sentence pairs, glosses and names.

    `english` and `korean` stand beside Chinese, `pivot` is English beside Korean.
    """
    of_places = _place_pairs(places)
    english_places = [pair for pair in of_places if not _hangul.match(pair.source[0])]
    korean_places = [pair for pair in of_places if _hangul.match(pair.source[0])]
    to_chinese, to_english = _word_scores([*english, *gloss_pairs(glosses), *english_places])
    from_korean, _ = _word_scores([*korean, *korean_places])
    _, korean_to_english = _word_scores(pivot)
    from_korean = _joined(from_korean, _through(korean_to_english, to_chinese), _korean_names(places))
    english_phrases, chinese_phrases = _phrase_scores(glosses, places)
    entries: dict[str, Translations] = {}
    for scores in (to_chinese, to_english, from_korean, english_phrases, chinese_phrases):
        entries.update({key: _best(found) for key, found in scores.items()})
    return TranslationTable.from_entries({key: found for key, found in entries.items() if found})


def _joined(direct: Scores, through_english: Scores, names: Scores) -> Scores:
    """Scores from Korean to Chinese: direct ones and those through English alike, names above both.

    Few Korean sentences have a Chinese translation, so that what two ways agree upon is worth most.
    """
    joined: Scores = defaultdict(lambda: defaultdict(float))
    for part, worth in ((direct, 1.0), (through_english, 1.0), (names, NAME_WORTH)):
        for word, found in part.items():
            if _hangul.match(word):
                for chinese, weight in _best(found):
                    joined[word][chinese] += worth * weight
    return joined


def _through(first: Scores, second: Scores) -> Scores:
    """Scores of translations by way of a third language."""
    through: Scores = defaultdict(lambda: defaultdict(float))
    for word, found in first.items():
        for between, weight in _best(found):
            for target, other in _best(second.get(between, {})):
                through[word][target] += weight * other
    return through


def _korean_names(places: Iterable[PlaceName]) -> Scores:
    """Scores for Korean names and terms of one word, shared by the Chinese words as for phrases."""
    scores: Scores = defaultdict(lambda: defaultdict(float))
    for place in places:
        korean, chinese = learnable(place.name), words(place.chinese)
        if len(korean) == 1 and _hangul.match(korean[0]) and 0 < len(chinese) <= LONGEST_PHRASE:
            _share(scores[korean[0]], 1.0, {word: chinese_frequency(word) + 1 for word in chinese})
    return scores


def gloss_pairs(glosses: Iterable[Gloss]) -> list[Pair]:
    """Dictionary entries as sentence pairs, common Chinese words and short glosses weighing more."""
    pairs: list[Pair] = []
    for gloss in glosses:
        chinese = _name_words(gloss.chinese) if gloss.is_name else learnable(gloss.chinese)
        english = learnable(gloss.english)
        if chinese and 0 < len(english) <= LONGEST_GLOSS:
            pairs.append(Pair(english, chinese, GLOSS_WEIGHT * gloss.share * _familiarity(gloss)))
    return pairs


def _familiarity(gloss: Gloss) -> float:
    """How far a dictionary entry counts, by the frequency of its Chinese word, from 0 to 1."""
    frequency = chinese_frequency(gloss.chinese)
    if gloss.is_name:
        # A reading such as Chengshi is a name only where the word is not an everyday one.
        return COMMON_IN_NAME / (COMMON_IN_NAME + frequency)
    return max(frequency / (frequency + COMMON), RARE_GLOSS_WEIGHT)


def _place_pairs(places: Iterable[PlaceName]) -> list[Pair]:
    pairs: list[Pair] = []
    for place in places:
        source, target = learnable(place.name), _name_words(place.chinese)
        if target and 0 < len(source) <= LONGEST_PHRASE:
            pairs.append(Pair(source, target, NAME_WEIGHT))
    return pairs


def _name_words(chinese: str) -> tuple[str, ...]:
    """The words of a name, without the common ones of several: 新 and 城市 say nothing of Shinshiro."""
    found = learnable(chinese)
    return found if len(found) == 1 else tuple(word for word in found if chinese_frequency(word) < COMMON_IN_NAME)


def _word_scores(pairs: Sequence[Pair]) -> tuple[Scores, Scores]:
    """Scores of translations by word, from the first side of `pairs` to the second and back."""
    if not pairs:
        return {}, {}
    source, source_words = numbered([pair.source for pair in pairs])
    target, target_words = numbered([pair.target for pair in pairs])
    links = align(source, target, np.array([pair.weight for pair in pairs]))
    forward, backward = _both_ways(links)
    to_target: Scores = defaultdict(lambda: defaultdict(float))
    to_source: Scores = defaultdict(lambda: defaultdict(float))
    rows = zip(links.source.tolist(), links.target.tolist(), forward.tolist(), backward.tolist(), strict=True)
    for source_number, target_number, score, score_back in rows:
        first, second = source_words[source_number], target_words[target_number]
        # Latin words stand in Chinese and Korean sentences too; they must not pass for keys of those.
        if _script(first) != _script(second) and "number" not in (_script(first), _script(second)):
            to_target[first][second] = score
            to_source[second][first] = score_back
    return to_target, to_source


def _script(word: str) -> str:
    if _han.match(word):
        return "han"
    return "hangul" if _hangul.match(word) else "number" if word[0].isdigit() else "latin"


def _both_ways(links: WordLinks) -> tuple[Floats, Floats]:
    of_source = links.counts / np.bincount(links.source, links.counts)[links.source]
    of_target = links.counts / np.bincount(links.target, links.counts)[links.target]
    forward = of_source ** (1 - BACKWARD_SHARE) * of_target**BACKWARD_SHARE
    backward = of_target ** (1 - BACKWARD_SHARE) * of_source**BACKWARD_SHARE
    return forward, backward


def _phrase_scores(glosses: Iterable[Gloss], places: Iterable[PlaceName]) -> tuple[Scores, Scores]:
    """Scores for English terms of several words, and for Chinese names that jieba cuts into several.

    The words of a translation share its score by rarity: in 全罗 / 南 / 道 the first says nearly all.
    """
    named = [*glosses, *(Gloss(place.chinese, place.name, True, 1.0) for place in places)]
    rows = [(gloss, words(gloss.chinese), learnable(gloss.english)) for gloss in named]
    english_count = Counter(word for _, _, english in rows for word in english)
    to_chinese: Scores = defaultdict(lambda: defaultdict(float))
    to_english: Scores = defaultdict(lambda: defaultdict(float))
    for gloss, chinese, english in rows:
        if not chinese or not 0 < len(english) <= LONGEST_PHRASE or _hangul.match(english[0]):
            continue
        # A term with a number in it would hide the number, which finds more than the term does.
        if any(_script(word) == "number" for word in (*chinese, *english)):
            continue
        familiar = gloss.share * (chinese_frequency(gloss.chinese) + 3) ** 0.5
        if len(english) > 1 and len(chinese) <= 3:
            _share(to_chinese[" ".join(english)], familiar, {word: chinese_frequency(word) + 1 for word in chinese})
        if 1 < len(chinese) <= LONGEST_PHRASE and gloss.is_name:
            _share(to_english[" ".join(chinese)], gloss.share, {word: english_count[word] for word in english})
    return to_chinese, to_english


def _share(scores: dict[str, float], score: float, frequencies: Mapping[str, int]) -> None:
    rarity = {word: frequency**-0.5 for word, frequency in frequencies.items()}
    for word, value in rarity.items():
        scores[word] += score * value / sum(rarity.values())


def _best(scores: Mapping[str, float]) -> Translations:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:MOST_TRANSLATIONS]
    ranked = [(word, score) for word, score in ranked if score > LEAST_OF_BEST * ranked[0][1]]
    total = sum(score for _, score in ranked)
    return tuple((word, score / total) for word, score in ranked) if total > 0 else ()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from `--data` and write the table below `--out`."""
    parser = argparse.ArgumentParser(description="Train the translation table for search across languages.")
    parser.add_argument("--data", type=Path, required=True, help="directory with train/ and places/")
    parser.add_argument("--out", type=Path, required=True, help="directory for translation.npz")
    options = parser.parse_args(arguments)
    table = train(options.data)
    path = options.out / FILE_NAME
    table.save(path)
    sys.stdout.write(f"{path}: {len(table):,} entries, {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
