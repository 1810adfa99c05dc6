"""What a question asks for, told from its question words, and what sentences that answer it look like."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 2000
"""Characters of a question that are read; a longer one is refused."""

_number: Final = r"[\d０-９]|[一二三四五六七八九十百千万亿两]+(?=[个家次场届对名人位项种年月天倍只])"
_date: Final = r"\d{2,4}\s*年|\d{1,2}\s*月|[12]\d{3}|\d+年代|January|February|March|April|May|June|July|August|September|October|November|December"
_person: Final = r"[\u4e00-\u9fff]{2,4}(?:说|表示|指出|认为|介绍)|(?:市长|书记|代表|主任|会长|经理|教授|秘书长|学者|公使|主席|总统|负责人)|\b(?:Mr|Ms|Dr)\.|said"
_reason: Final = r"因为|由于|因此|所以|原因|为了|旨在|目的|because|due to|in order to"

# Each kind of question: how it is asked, and what stands in a sentence that answers it.
_kinds: Final = (
    (
        re.compile(
            r"多少|几[个家次场届对名人位项种年月天倍成只回所座条处国]|第几|数量|数目|总数|人数|比例|占比|百分之|多大|多高|多长|多远|규모|몇|얼마|how (?:many|much|large|big|long|often|far)|number of|percentage|what (?:share|percent|proportion|amount|sum)|total",
            re.I,
        ),
        re.compile(_number),
    ),
    (
        re.compile(
            r"何时|什么时候|啥时候|哪[一]?年|哪[一]?天|哪个月|几月|几号|年份|日期|时间|多久|언제|몇 ?년|\bwhen\b|what (?:year|date|time|month)|which year|since when",
            re.I,
        ),
        re.compile(_date),
    ),
    (re.compile(r"谁|哪位|何人|哪个人|누구|누가|\bwho(?:m|se)?\b", re.I), re.compile(_person)),
    (
        re.compile(r"为什么|为何|为啥|缘何|何故|原因|怎么会|왜|이유|\bwhy\b|reason|what (?:caused|led)", re.I),
        re.compile(_reason),
    ),
)

# A question that leans on the one before it: a pronoun, or nothing but a new name.
_leaning = re.compile(
    r"^(?:那么?|那|它|他|她|其|这个|那个|该|此|还有|另外|其中)|呢[？?]?$|^(?:and|what about|how about|it|they|its|their|that|those|then)\b"
    r"|^(?:그럼|그러면|그것|그)\s",
    re.IGNORECASE,
)


def answering_patterns(question: str) -> list[re.Pattern[str]]:
    """Patterns that a sentence which answers `question` is likely to match; none for an open question."""
    return [answered for asked, answered in _kinds if asked.search(question)]


def with_history(question: str, history: tuple[str, ...]) -> str:
    """`question`, the question before it in front where it cannot be understood alone."""
    if history and _leaning.search(question.strip()):
        return f"{history[-1].strip()} {question.strip()}"
    return question
