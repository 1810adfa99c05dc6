"""What a question asks for, told from its question words, and what sentences that answer it look like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 2000
"""Characters of a question that are read; a longer one is refused."""

_months = "January|February|March|April|May|June|July|August|September|October|November|December"
_roles = "市长|书记|代表|主任|会长|经理|教授|秘书长|学者|公使|主席|总统|负责人"


def _any_of(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


@dataclass(frozen=True)
class _Kind:
    """A kind of question: how it is asked, and what stands in a sentence that answers it."""

    asked: re.Pattern[str]
    answered: re.Pattern[str]


_amount = r"(?:\d[\d.,]*|[一二三四五六七八九十百千万亿两]+)\s*[余多]?[百千万亿兆]*[余多]?\s*"
_measures = "个家场次届对名人位项种件条座所只处国年月天倍成句篇章页"

# "多少家", "几届": what is counted says which number answers.
_asked_measure = re.compile(rf"(?:多少|几)([{_measures}])")

_kinds: Final = (
    _Kind(
        asked=_any_of(
            r"多少(?:钱|资金|美元|韩元|人民币|亿|万元)|金额|资金|经费|投资额|贸易额|预算|产值",
            r"how much (?:money|did|was|has|have)|amount|budget|invest(?:ed|ment)|trade (?:volume|value)|worth|cost",
        ),
        answered=_any_of(_amount + "(?:[美韩日欧]?元|人民币)", r"\$|million|billion|\b(?:USD|yuan|won)\b"),
    ),
    _Kind(
        asked=_any_of(r"比例|占比|百分之|占几成|份额|percentage|per cent|proportion|what share"),
        answered=_any_of(r"\d\s*[%％]|百分之|分之|per cent"),
    ),
    _Kind(
        asked=_any_of(r"面积|多大|占地|how large|how big|\barea\b"),
        answered=_any_of(_amount + "(?:平方|公顷|亩)", r"square|hectare|km"),
    ),
    _Kind(
        asked=_any_of(
            r"多少|几[个家次场届对名人位项种年月天倍成只回所座条处国]|第几|数量|数目|总数|人数|多[高长远]|规模|몇|얼마",
            r"how (?:many|often|long|far)|number of|total",
        ),
        answered=_any_of(r"\d", rf"[一二三四五六七八九十百千万亿两]+[余多]?[{_measures}]"),
    ),
    _Kind(
        asked=_any_of(
            r"何时|什么时候|啥时候|哪一?[年天]|哪个月|几[月号]|年份|日期|时间|多久|언제|몇 ?년",
            r"\bwhen\b|what (?:year|date|time|month)|which year|since when",
        ),
        answered=_any_of(r"\d{2,4}\s*年|\d{1,2}\s*月|[12]\d{3}", _months),
    ),
    _Kind(
        asked=_any_of(r"谁|哪位|何人|哪个人|누구|누가|\bwho(?:m|se)?\b"),
        answered=_any_of(rf"[\u4e00-\u9fff]{{2,4}}(?:说|表示|指出|认为|介绍)|{_roles}", r"\b(?:Mr|Ms|Dr)\.|said"),
    ),
    _Kind(
        asked=_any_of(r"为什么|为何|为啥|缘何|何故|原因|怎么会|왜|이유|\bwhy\b|reason|what (?:caused|led)"),
        answered=_any_of(r"因为|由于|因此|所以|原因|为了|旨在|目的|because|due to|in order to"),
    ),
)

# A question that leans on the one before it begins with a pronoun, or is short and names but one new thing.
_leaning = _any_of(
    r"^(?:那么?[^些个时]|[它他她]|其(?!他)|这个|那个|该(?=会|机|组|馆|园|市|项|国|地|县|省))",
    r"^.{0,12}呢[？?]?$",
    r"^(?:and|what about|how about|it|they|its|their|those|then)\b",
    r"^(?:그럼|그러면|그것|그)\s",
)


def answering_patterns(question: str) -> list[re.Pattern[str]]:
    """Patterns that a sentence which answers `question` is likely to match; none for an open question."""
    measures = [_any_of(_amount + measure) for measure in dict.fromkeys(_asked_measure.findall(question))]
    return measures or [kind.answered for kind in _kinds if kind.asked.search(question)]


def with_history(question: str, history: tuple[str, ...]) -> str:
    """`question`, those it leans on in front: back to the last one that can be understood alone.

    Together they are at most `LONGEST` characters; the older ones are left out first.
    """
    asked = [question.strip()]
    for earlier in reversed(history):
        if not _leaning.search(asked[0]) or sum(map(len, asked)) + len(earlier) > LONGEST:
            break
        asked.insert(0, earlier.strip())
    return " ".join(asked)
