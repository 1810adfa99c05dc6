"""Which part of a sentence speaks of one edition, where the sentence speaks of several.

"The second meeting was held under the theme …, and it was decided to hold the third in 2020": the theme is the
second's.
"""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.question.asked import Asked
from qa_assistant.question.times import find_ordinals

_clause_end = re.compile(r"[，,；;。\n]")
MEASURES: Final = frozenset({"", "届", "次", "回", "회", "차"})


def part_about(key: str, asked: Asked) -> str:
    """The clauses of `key`, a matching key, from the edition that is asked of up to the next one.

    All of it where the question names no edition or several, or `key` speaks of this one alone or not of it at all.
    What stands before the first edition belongs to that.
    """
    wanted = {ordinal.number for ordinal in asked.ordinals if ordinal.measure in MEASURES and not ordinal.up_to}
    if len(wanted) != 1:
        return key
    named = [ordinal for ordinal in find_ordinals(key) if ordinal.measure in MEASURES - {""}]
    numbers = {ordinal.number for ordinal in named}
    if len(numbers) < 2 or not wanted & numbers:
        return key
    starts = [0, *(_clause_start(key, ordinal.start) for ordinal in named[1:]), len(key)]
    parts = zip(named, starts[:-1], starts[1:], strict=True)
    return "\n".join(key[start:end] for ordinal, start, end in parts if ordinal.number in wanted)


def _clause_start(key: str, place: int) -> int:
    ends = [match.end() for match in _clause_end.finditer(key, 0, place)]
    return ends[-1] if ends else 0
