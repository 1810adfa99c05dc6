"""Words that a text is more likely to mean than the small place of the same name."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from qa_assistant.language import HANGUL
from qa_assistant.names.keys import name_key

ENGLISH: Final = ("manythings_tatoeba_cmn.en-zh", "tatoeba-test-2021.en-zh", "ntrex128.en-zh-ko", "tico19.en-zh")
KOREAN: Final = ("react_docs.en-ko", "tensorflow_docs.en-ko", "opensource_guide.en-ko", "tatoeba-test-2021.en-ko")
"""Texts about other things than East Asia: what begins a word there is no rare place."""

_small_word = re.compile(r"\b[a-z]+\b")
_korean_word = re.compile(f"[{HANGUL}]{{2,}}")

# jieba's tags are wrong for some cities, and right but misleading for others: both are corrected by hand.
_never_words: Final = frozenset(
    "合肥 大连 烟台 保定 南通 包头 遵义 清远 桂林 义乌 慈溪 常德 曲靖 茂名 自贡 信阳 嘉兴 岳阳 本溪 孝感 普宁 昭通 海口"
    " 黄石 营口 怀化 承德 奈良 千叶 拉萨 恩施 铁岭 平壤 即墨 荣成 文登 蓬莱 新余 哈密 镰仓".split()
)
_always_words: Final = frozenset(
    "江南 高山 山南 东海 都城 上山 新城 朝阳 恒山 山口 湖西 安宁 泰来 南国 津南 松江 松山 大洲 朝霞 宁海 南城 北斗"
    " 小山 小林 凤山 港区 来宾 天理 桥本 富士 白河 海城 川西 西海 四平 养父 高梁 三明 三木 小野 大仙 大竹 下田 青梅"
    " 大村 元山 惠山 文山 玉树 花卷 中卫 明石 天草 八街 本宫 三浦 瑞穗 菊池 三丰 野田 曲水 同仁 台山 龙江 板桥 阿苏"
    " 大田 大分 山形 海南 湖南 云南 河北 通州 赫山 中央 黄山 海东 安东"
    " 台中 马公 西和 兰西 瑞安 西都 高州 乌苏 白山 达州 中村 昌吉 大和".split()
)
_always_korean: Final = frozenset("선전 고조 우시 한중 다가와 다하라 다마".split())
_always_english: Final = frozenset(
    "sakura fuji bade chuo tama dali jian obama kani asahi canton handa hino noda wanju shiki masuda tanabe ikeda nagai"
    " miura tamura hamada ueda omura nakano nakama asaka honjo iwata sakata sakai katori moriya kasuga shima shiroi"
    " midori yamato hikari mito seto sinan yanggu zama koga kazo hashimoto kobayashi ogawa".split()
)


@dataclass(frozen=True)
class OrdinaryWords:
    """What is known of the words of three languages."""

    tags: dict[str, tuple[int, str]]
    english: frozenset[str]
    korean: frozenset[str]

    @classmethod
    def read(cls, data: Path) -> OrdinaryWords:
        """The words of jieba's dictionary, and of the parallel texts under `data`."""
        tags: dict[str, tuple[int, str]] = {}
        # The file, not the library: only it has the parts of speech.
        for line in resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
            word, count, tag = line.split(" ")
            tags[word] = int(count), tag
        english: Counter[str] = Counter()
        for line in _sides(data, ENGLISH, 0):
            english.update(_small_word.findall(line))
        korean = frozenset(
            match.group()[:length]
            for line in _sides(data, KOREAN, 1)
            for match in _korean_word.finditer(line)
            for length in (2, 3)
        )
        return cls(tags, frozenset(word for word, count in english.items() if count > 1), korean)

    def is_chinese_word(self, name: str, *, sure: bool) -> bool:
        """Whether two characters are no place by jieba's dictionary; `sure` is for places of importance."""
        if len(name) < 2 or name in _always_words or (len(name) == 2 and name[-1] in "市县区"):
            return True
        if len(name) > 2 or name in _never_words:
            return False
        count, tag = self.tags.get(name, (0, ""))
        return not (tag == "ns" or (sure and count < 300 and tag[:2] in ("", "n", "nr", "nz", "nt")))

    def is_english_word(self, name: str) -> bool:
        """Whether a Latin name is written in small letters, as a word, in the English texts."""
        return name_key(name) in self.english or name_key(name) in _always_english

    def is_korean_word(self, name: str) -> bool:
        """Whether words start like a Korean name of two or three syllables where no places are spoken of."""
        return len(name) < 2 or name in self.korean or name in _always_korean


def _sides(data: Path, names: tuple[str, ...], column: int) -> Iterator[str]:
    for name in names:
        with gzip.open(data / "train" / f"{name}.tsv.gz", "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                fields = line.rstrip("\r\n").split("\t")
                if len(fields) > column:
                    yield fields[column]
