"""Make `names/countries.tsv`: countries with their Chinese, English and Korean names, from Unicode CLDR.

    python -m qa_assistant.training.countries --data ../shared/data --out src/qa_assistant/names/countries.tsv

What CLDR leaves out, other names of the countries that the sources speak of, is added by hand.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qa_assistant.names.tables import FIELDS

LANGUAGES: Final = ("zh", "en", "ko")

_NO_COUNTRIES: Final = frozenset("AC AQ BV CP DG EA EU EZ HK HM IC IO MF MO QO TA TF TW UM UN XA XB ZZ".split())
"""Codes of unions, of lands without people, and of what `names/regions.tsv` has."""

_BY_HAND: Final = {
    "CN": (
        "中国|中华人民共和国|中方",
        "China|People's Republic of China|PRC|P.R. China|Chinese",
        "중국|중화인민공화국",
    ),
    "KR": (
        "韩国|大韩民国|南韩|韩方",
        "South Korea|Korea|Republic of Korea|ROK|R.O.K.|Korean|South Korean",
        "한국|대한민국|남한",
    ),
    "KP": (
        "朝鲜|朝鲜民主主义人民共和国|北朝鲜|北韩",
        "North Korea|Democratic People's Republic of Korea|DPRK|North Korean",
        "북한|조선민주주의인민공화국",
    ),
    "JP": ("日本|日本国|日方", "Japan|Japanese", "일본"),
    "RU": ("俄罗斯|俄罗斯联邦|俄国|俄方", "Russia|Russian Federation|Russian", "러시아"),
    "MN": ("蒙古|蒙古国|外蒙古|蒙方", "Mongolia|Mongolian", "몽골|몽고"),
    "US": ("美国|美利坚合众国", "United States|United States of America|USA|US|America", "미국"),
    "GB": ("英国|大不列颠", "United Kingdom|UK|Great Britain|Britain", "영국"),
    "TR": ("土耳其", "Türkiye|=Turkey", "튀르키예|터키"),
    "ML": ("=马里|马里共和国", "Mali", "말리"),
    "HT": ("=海地|海地共和国", "Haiti", "아이티"),
    "ME": ("=黑山|黑山共和国", "Montenegro", "몬테네그로"),
    "RE": ("留尼汪", "=Réunion", "레위니옹"),
    "JE": ("泽西岛", "=Jersey", "=저지"),
    "SD": ("苏丹", "Sudan", "=수단|수단공화국"),
    "GG": ("根西岛", "Guernsey", "=건지"),
    "GA": ("加蓬", "Gabon", "=가봉"),
    "OM": ("阿曼", "Oman", "=오만"),
    "ZA": ("南非", "South Africa", "남아프리카공화국|남아공|남아프리카"),
    "VN": ("越南", "Vietnam|Viet Nam", "베트남"),
    "MM": ("缅甸", "Myanmar|Burma", "미얀마"),
}
"""Names that stand before CLDR's; `=` keeps ordinary words out of texts."""


def lines(data: Path) -> list[str]:
    """The lines of the file under its header, in the order of the countries' codes."""
    names = [_territories(data, language) for language in LANGUAGES]
    found: list[str] = []
    for code in sorted(names[0]):
        if len(code) != 2 or code in _NO_COUNTRIES:
            continue
        by_hand = _BY_HAND.get(code, ("", "", ""))
        columns = [_column(code, territories, own) for territories, own in zip(names, by_hand, strict=True)]
        found.append("\t".join(("country", *columns)))
    return found


def _column(code: str, names: dict[str, str], by_hand: str) -> str:
    kept = [name for name in by_hand.split("|") if name]
    known = {name.removeprefix("=") for name in kept}
    for key in (code, f"{code}-alt-variant", f"{code}-alt-short"):
        name = names.get(key, "")
        # "Myanmar (Burma)" is a caption, not a name.
        if name and name not in known and not set("(（") & set(name):
            kept.extend(dict.fromkeys((name.replace(" & ", " and "), name)))
    return "|".join(kept)


def _territories(data: Path, language: str) -> dict[str, str]:
    content = json.loads((data / "places" / f"cldr_{language}.territories.json").read_text(encoding="utf-8"))
    territories: dict[str, str] = content["main"][language]["localeDisplayNames"]["territories"]
    return territories


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with places/")
    parser.add_argument("--out", type=Path, required=True, help="the file to write, ending in .tsv")
    options = parser.parse_args(arguments)
    head = "# Unicode CLDR (Unicode License v3), with additions by hand; made by qa_assistant.training.countries."
    options.out.write_text("\n".join((head, "\t".join(FIELDS), *lines(options.data))) + "\n", encoding="utf-8")
    print(f"{options.out}: {options.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
