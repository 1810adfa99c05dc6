"""Characters that are taken for each other: Chinese ones that sound or look alike, parts of Korean syllables."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from typing import Final

# Simplified characters that differ by a stroke or a radical, of those that names are written with.
_LOOK_ALIKE: Final = (
    "己已巳 未末 土士 干千于 日曰目 大太犬 天夫 人入八 力刀九 午牛 玉王主 木本 田由甲申 贝见 免兔 今令 鸟乌 戊戌戍"
    " 冶治 沽沾 洒酒 折拆析 晴睛 釜斧 仁任 烟姻 惠慧 宁宇 陕峡狭 舟丹 辽迂 尚向 岛鸟 扬杨 泽译 坡波 邱丘 沈沉 畿几"
    " 罗萝 庆床 蔚尉 盐监 徐除 郎朗 济挤 哈啥 义叉又 丰手 威戚 海悔梅 连莲 津律 苏办 浙渐 赣戆 徽微 州洲 拉垃 青清"
    " 戒械 昌唱 江汪 河何 湖糊 城诚 杭抗"
).split()

_SECOND_PART: Final = 0xD8
_CONFUSED: Final = frozenset(
    frozenset(pair)
    for pair in (
        "\u1162\u1166 \u1164\u1168 \u1165\u1167 \u1161\u1163 \u1169\u116d \u116e\u1172 \u1165\u1169 \u1173\u116e"
        " \u116b\u1170 \u1170\u116c \u116b\u116c \u1174\u1175 \u1100\u110f \u1100\u1101 \u1103\u1110 \u1103\u1104"
        " \u1107\u1111 \u1107\u1108 \u110c\u110e \u110c\u110d \u1109\u110a \u11ab\u11bc \u11a8\u11bf"
    ).split()
)
"""Vowels, first and last consonants that sound alike or nearly so: ㅐ and ㅔ, ㅓ and ㅕ, ㄱ and ㅋ."""


@cache
def _read_so() -> dict[str, str]:
    """The characters of each reading."""
    text = resources.files("qa_assistant.names").joinpath("readings.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t", 1) for line in text.splitlines())


@cache
def _syllables() -> dict[str, frozenset[str]]:
    """The readings of each character, without tones."""
    found: dict[str, set[str]] = {}
    for syllable, characters in _read_so().items():
        for char in characters:
            found.setdefault(char, set()).add(syllable)
    return {char: frozenset(syllables) for char, syllables in found.items()}


@cache
def _pairs() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((one, other)) for group in _LOOK_ALIKE for one in group for other in group)


def sounding_like(char: str) -> frozenset[str]:
    """The other simplified characters that are read like `char`."""
    syllables, nothing = _syllables(), frozenset[str]()
    return frozenset(other for syllable in syllables.get(char, nothing) for other in _read_so()[syllable]) - {char}


def alike(one: str, other: str) -> bool:
    """Whether two simplified characters are read the same, whatever their tones, or look nearly the same."""
    syllables, nothing = _syllables(), frozenset[str]()
    same = syllables.get(one, nothing) & syllables.get(other, nothing)
    return bool(same) or look_alike(one, other)


def is_usual(char: str) -> bool:
    """Whether a simplified character is one of everyday use, in the first part of GB 2312: who errs writes such."""
    try:
        return char.encode("gb2312")[0] < _SECOND_PART
    except UnicodeEncodeError:
        return False


def look_alike(one: str, other: str) -> bool:
    """Whether two simplified characters differ by a stroke or a radical."""
    return frozenset((one, other)) in _pairs()


def one_part_apart(one: str, other: str, *, confused: bool) -> bool:
    """Whether two Korean syllables differ in one vowel or consonant; where `confused`, in two that sound alike.

    A last consonant that one of them lacks counts as a difference, but as none that sounds alike.
    """
    parts, others = (unicodedata.normalize("NFD", syllable) for syllable in (one, other))
    if abs(len(parts) - len(others)) == 1:
        return not confused and (parts.startswith(others) or others.startswith(parts))
    different = [frozenset(pair) for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    return len(parts) == len(others) and len(different) == 1 and (not confused or different[0] in _CONFUSED)
