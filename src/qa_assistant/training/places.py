"""Make `names/places.tsv.gz`: cities of China, Korea and Japan with their Chinese, English and Korean names.

    python -m qa_assistant.training.places --data ../shared/data --out src/qa_assistant/names/places.tsv.gz

The names are alternate names of GeoNames, told apart by their characters and checked (`spellings`). What is also an
ordinary word is left out: a wrong link does more harm than a missing village. The same data give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from qa_assistant.language import matching_key
from qa_assistant.names.keys import name_key
from qa_assistant.names.short_forms import short_chinese
from qa_assistant.names.tables import FIELDS
from qa_assistant.training.ordinary_words import OrdinaryWords
from qa_assistant.training.spellings import (
    HAN_NAME,
    HANGUL_NAME,
    Readings,
    bare_latin,
    korean_romanisations,
    korean_stem,
    simplified,
    unaccented,
)

COUNTRIES: Final = ("CN", "JP", "KR", "KP", "TW")
SEATS: Final = ("PPLC", "PPLA", "PPLA2")
"""Feature codes of capitals, and of seats of provinces and of what is below them."""

COUNTY_SEAT: Final = "PPLA3"
LARGE: Final = 200_000
"""Inhabitants from which a place counts that is the seat of nothing."""

KNOWN: Final = 1_000_000
"""Inhabitants from which an English reader is likely to mean the city by its bare name."""

# Beijing, Tianjin, Shanghai, Chongqing, Seoul, Busan, Daegu, Incheon, Gwangju, Daejeon, Ulsan, Sejong, Taiwan's none.
_REGIONS: Final = frozenset(
    "1816670 1792947 1796236 1814906 1835848 1838524 1835329 1843564 1841811 1835235 1833747 11523293".split()
)
"""GeoNames ids of cities that are regions themselves: `names/regions.tsv` has them."""

OLD_NAMES: Final = {
    "Qingdao": "Tsingtao",
    "Nanjing": "Nanking",
    "Yantai": "Chefoo",
    "Shenyang": "Mukden",
    "Xiamen": "Amoy",
    "Hangzhou": "Hangchow",
    "Suzhou": "Soochow",
    "Dalian": "Dairen",
    "Ürümqi": "Urumchi",
    "Shantou": "Swatow",
    "Fuzhou": "Foochow",
}
"""English names of Chinese cities in older books."""

_NOW_CITIES: Final = {"义乌县": "义乌市"}
"""Counties that have become cities since GeoNames noted their names."""

_SUFFIXES: Final = {"市": "City", "县": "County", "区": "District"}


class Place(NamedTuple):
    """A row of GeoNames, as far as it is used."""

    geoname_id: str
    name: str
    alternates: tuple[str, ...]
    feature: str
    country: str
    population: int


class Line(NamedTuple):
    """A line of the file of names, its names by language."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    ko: tuple[str, ...]

    def first(self) -> str:
        """The name that makes the id."""
        return (self.zh + self.en + self.ko)[0]


def places(data: Path) -> list[Place]:
    """The places of `COUNTRIES`, the largest first."""
    found: list[Place] = []
    with zipfile.ZipFile(data / "places" / "cities15000.zip") as archive, archive.open("cities15000.txt") as raw:
        for line in io.TextIOWrapper(raw, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            if fields[8] in COUNTRIES and fields[0] not in _REGIONS:
                alternates = tuple(filter(None, fields[3].split(",")))
                found.append(Place(fields[0], fields[1], alternates, fields[7], fields[8], int(fields[14] or 0)))
    return sorted(found, key=lambda place: (-place.population, int(place.geoname_id)))


def lines(data: Path) -> list[Line]:
    """The lines of the file of names, the largest places first; of two with one id the larger keeps it.

    The cities of South Korea are missing: `names/cities.tsv` has them by hand, with the Chinese names GeoNames lacks.
    """
    found = places(data)
    readings = Readings.learned(place.alternates for place in found if place.country == "CN")
    words = OrdinaryWords.read(data)
    kept: dict[str, Line] = {}
    for place in found:
        line = _line(place, readings, words)
        if line and not (place.country == "KR" and any(name.endswith("시") for name in line.ko)):
            kept.setdefault(line.first(), line)
    return list(kept.values())


def write(found: Iterable[Line], out: Path) -> None:
    """Write the file, without the time in the head of the archive."""
    text = "".join("\t".join(("city", *("|".join(names) for names in line))) + "\n" for line in found)
    text = "\t".join(FIELDS) + "\n" + text
    out.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


def _line(place: Place, readings: Readings, words: OrdinaryWords) -> Line | None:
    if place.feature not in (*SEATS, COUNTY_SEAT, "PPL"):
        return None
    base: str | None = None
    latin: list[str] = []
    if place.country in ("CN", "TW"):
        named = _chinese_place(place, readings)
        if named is None or (place.feature == "PPL" and place.population < LARGE):
            return None
        base, spelled = named
        latin = [spelled] if spelled else []
    elif han := Counter(short_chinese(name) or name for name in _han_names(place)):
        base = han.most_common(1)[0][0]
    bare = bare_latin(place.name)
    chinese = list(_chinese(place, base, words)) if base else []
    korean = list(_korean(place, words))
    if place.country == "JP":
        # Wards, quarters and villages are no cities: only a seat, or what is called 市.
        if place.feature not in SEATS and not any(name.endswith("市") for name in chinese):
            return None
        latin = [unaccented(bare)] if bare else []
    elif place.country in ("KR", "KP"):
        if bare is None or not any(name[-1] in "시군市" for name in (*korean, *chinese)):
            return None
        hangul = korean_stem(place.alternates)
        latin = korean_romanisations(bare, hangul, place.alternates, northern=place.country == "KP")
    english = list(_english(place, latin, _SUFFIXES.get(chinese[0][-1]) if chinese else None, words))
    # A name in one language only links nothing.
    if sum(map(bool, (chinese, korean, english))) < 2:
        return None
    return Line(tuple(dict.fromkeys(chinese)), tuple(dict.fromkeys(english)), tuple(dict.fromkeys(korean)))


def _chinese_place(place: Place, readings: Readings) -> tuple[str, str | None] | None:
    """The Chinese name, without its suffix, that most of the alternate names have, and the Latin name it is read as.

    A county seat often stands under the name of its town (Choucheng for 义乌); what the other names say counts.
    """
    bases = Counter(short_chinese(name) or name for name in _han_names(place))
    latin = [name for name in (place.name, *place.alternates) if name[:1].isupper() and bare_latin(name)]
    spelled = {base: next((name for name in latin if readings.spell(base, name)), None) for base in bases}
    ranked = sorted(bases, key=lambda base: (-bases[base], spelled[base] != place.name, base))
    chosen = next((base for base in ranked if spelled[base] or place.feature in SEATS), None)
    if chosen is None:
        return None
    # GeoNames' own name is the usual one (Lhasa, Taichung), unless it is that of another of the Chinese names.
    is_other = any(readings.spell(base, place.name) for base in bases if base != chosen)
    usual = spelled[chosen] if is_other or place.feature not in SEATS else place.name
    return chosen, bare_latin(usual or "")


def _han_names(place: Place) -> list[str]:
    return [simplified(matching_key(name)) for name in place.alternates if HAN_NAME.fullmatch(name)]


def _chinese(place: Place, base: str, words: OrdinaryWords) -> Iterator[str]:
    names = (_NOW_CITIES.get(name, name) for name in _han_names(place))
    full = {name for name in names if len(name) > 2 and short_chinese(name) == base}
    yield from sorted(full, key=lambda name: (name[-1] != "市", len(name), name))
    if place.country == "CN" and place.feature in SEATS and base[-1] not in "县旗" and not full:
        yield f"{base}市"
    sure = place.population >= LARGE if place.country == "JP" else place.feature in SEATS
    if not words.is_chinese_word(base, sure=sure):
        yield base


def _korean(place: Place, words: OrdinaryWords) -> Iterator[str]:
    names = dict.fromkeys(name.replace(" ", "") for name in place.alternates if HANGUL_NAME.fullmatch(name))
    full = [name for name in names if len(name) > 2 and name[-1] in "시군"]
    yield from full
    # Without 시, Korean readings of Chinese characters (위해 for Weihai) are words as often as places.
    yield from (name[:-1] for name in full if name[-1] == "시" and not words.is_korean_word(name[:-1]))


def _english(place: Place, latin: Sequence[str], suffix: str | None, words: OrdinaryWords) -> Iterator[str]:
    is_county = place.country == "CN" and place.feature == COUNTY_SEAT and place.population < KNOWN
    for name in latin:
        length = len(name_key(name))
        if is_county or words.is_english_word(name) or length < 4 or (length < 5 and place.population < LARGE // 2):
            if suffix:
                yield f"{name} {suffix}"
        else:
            yield name
    if place.name in OLD_NAMES and place.feature in SEATS:
        yield OLD_NAMES[place.name]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file; its size and digest go to the terminal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with places/ and train/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, ending in .tsv.gz")
    options = parser.parse_args(arguments)
    found = lines(options.data)
    write(found, options.out)
    print(f"{len(found)} places, {options.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
