"""Make `names/readings.tsv`: which Chinese characters sound alike, from the readings of pypinyin.

    python -m qa_assistant.training.readings --out src/qa_assistant/names/readings.tsv

A line has a syllable without its tone, a tab, and the characters that are read so. Characters are the simplified ones
of GB 2312, each with its commonest reading, and with a second one where names are read by it, too.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pypinyin import Style, pinyin

TWO_READINGS: Final = frozenset("重长行大都乐朝曾降强省宿尉蔚厦解六单盖覃仇泊柏阿会浦丽任石参传调")
"""Characters of names with two common readings: 重 in 重庆 and in 重要."""

_ROWS: Final = range(0xB0, 0xF8)
_CELLS: Final = range(0xA1, 0xFF)
"""The bytes that GB 2312 writes its Chinese characters with."""


def characters() -> Iterator[str]:
    """The Chinese characters of GB 2312, in order."""
    for row in _ROWS:
        for cell in _CELLS:
            char = bytes((row, cell)).decode("gb2312", "ignore")
            if char:
                yield char


def readings() -> dict[str, str]:
    """By syllable: the characters that are read so."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in characters():
        for syllable in pinyin(char, style=Style.NORMAL, heteronym=True)[0][: 1 + (char in TWO_READINGS)]:
            found[syllable].append(char)
    return {syllable: "".join(found[syllable]) for syllable in sorted(found)}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file that `--out` names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    options = parser.parse_args(arguments)
    lines = [f"{syllable}\t{found}\n" for syllable, found in readings().items()]
    options.out.write_text("".join(lines), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(lines)} syllables -> {options.out}\n")


if __name__ == "__main__":
    main()
