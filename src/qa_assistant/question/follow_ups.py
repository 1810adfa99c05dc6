"""Which questions lean on the one before them: what is left out of them, and what they put in its place.

A question that says what it is about and what it asks is none, whatever it begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from qa_assistant.question.things import Heard, Thing, Value
from qa_assistant.question.times import Ordinal, Years
from qa_assistant.records import Language, Span

Ask = Literal["parts", "word", "attribute"]

_leads: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"\s*(?:(?:那么|那(?![些个时年天次届一位座家场里儿边种所项篇本部份条件款])|然后|还有|另外(?!一)|至于|换成|要是|如果是)[，,\s]*)+"
    ),
    "en": re.compile(
        r"\s*(?:(?:and|but|or|so|then|well|also|ok(?:ay)?)\b[,\s]*)*(?:(?:(?:what|how) about|what of)\b\s*)?"
    ),
    "ko": re.compile(r"\s*(?:(?:그럼|그러면|그렇다면|그리고|또)[,\s]+)*"),
}
_tails: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[呢]\s*[?？。]*\s*$|[?？。]*\s*$"),
    "en": re.compile(r"(?:,? (?:then|though|instead))?\s*[?？.!]*\s*$"),
    "ko": re.compile(r"(?:은|는)요?\s*[?？]*\s*$|요?\s*[?？.]*\s*$"),
}
_finite = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
    r"|tell|name|list|give|show)\b"
)
_without_subject: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?:一共|总共|共|都)?(?:有|是|由|在|于|为|叫)?"
        r"(?:多少|几|第几|哪|何时|啥|谁|什么|为什么|为何|怎么|多[大长高久])"
    ),
    "en": re.compile(
        r"(?:in |on |at |by |for )?(?:how (?:many|much|large|big|long|high|often)|which|what|when|where|who|why)\b"
    ),
    "ko": re.compile(r"(?:모두 |총 )?(?:몇|언제|어디|누가|누구|무엇|얼마|왜|어느|어떤)"),
}
_plain: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(r"[^\W\d_]{2,5}?(?:(?:是|为|在|由|有)?(?:什么|谁|哪里|哪儿|哪|多少|多大|何时))?"),
    "en": re.compile(
        r"(?:(?:what|who|where|when) (?:is|was|are|were) the [a-z]+(?: [a-z]+)?|(?!\w+ing\b)[a-z]+(?: [a-z]+)?)"
    ),
    "ko": re.compile(r"[가-힣]{2,6}(?: 수)?(?:(?:은|는|이|가)? ?(?:무엇|언제|어디|누구|얼마|몇)\S*)?"),
}
"""A bare noun, or one that is asked for: "theme?", 主题是什么."""
_question_word = re.compile(
    r"哪|什么|啥|谁|多少|几|为何|何时|怎么|\b(?:which|what|who|when|where|how|why)\b"
    r"|무엇|무슨|어디|어느|어떤|누가|누구|언제|몇|얼마|왜"
)
_bare_question = re.compile(
    r"(?:是|在)?(?:哪里|哪儿|何处|什么时候|何时|啥时候|哪一?[年天]|谁|为什么|为何|为啥|第几|多大)的?"
    r"|(?:一共|总共)?有?(?:多少|几)[个家座人名位次场届对]?|有?哪些"
    r"|(?:(?:in|on|at|by|for|since|to) )?(?:when|where|why|whom?|how(?: many| much| often| long| exactly)?"
    r"|(?:which|what)(?: ones?| year)?)(?: not| exactly)?"
    r"|(?:언제|어디|누가|누구|왜|몇 ?[년개번회명]|얼마)\S{0,5}",
    re.IGNORECASE,
)
_step = re.compile(
    r"(?P<next>下一?|后一|\bnext\b|\bafter (?:that|it)\b|다음)"
    r"|(?P<before>[上前]一?(?=[届次年个位])|\bprevious\b|\bbefore (?:that|it)\b|이전)"
)
_expletive = re.compile(r"\b(?:is|are|was|were) there\b")
_clause = re.compile(r"[,，;；:：]")
_step_word = re.compile(r"(?:的|那|[届次个年位名]|\s|\b(?:the|one|ones|edition|year|that|it)\b|회|번|해)*")
_few: Final = 24
"""Characters of a question that may be a fragment without saying so."""


@dataclass(frozen=True)
class Fragment:
    """A question that leaves something out.

    `body` is its text without "and" or 呢; `marked` is set where it says so by these. `asks` tells of what it is made:
    of names, years and the like that take the place of others (`parts`), of a question word alone (`word`), or of
    something else to ask of the same thing (`attribute`). `step` is 1 for the next one and -1 for the one before.
    """

    heard: Heard
    body: Span
    marked: bool
    asks: Ask
    step: int = 0

    @property
    def text(self) -> str:
        """Its words."""
        return self.heard.said(self.body)

    @property
    def things(self) -> tuple[Thing, ...]:
        """The things in it."""
        return self.heard.things

    @property
    def values(self) -> tuple[Value, ...]:
        """The words for values in it."""
        return self.heard.values

    @property
    def years(self) -> tuple[Years, ...]:
        """The years in it."""
        return self.heard.asked.years

    @property
    def ordinals(self) -> tuple[Ordinal, ...]:
        """The ordinals in it."""
        return self.heard.asked.ordinals

    @property
    def words(self) -> str:
        """Its words without names, years and ordinals."""
        text, end = "", self.body[0]
        for first, last in self.heard.parts:
            text, end = text + self.heard.text[end : max(end, first)], max(end, last)
        return (text + self.heard.text[end : self.body[1]]).strip(" ,，的")

    @property
    def may_stand_alone(self) -> bool:
        """Whether it asks like a whole question: an English one has a verb, others leave out the subject."""
        return self.has_question_word and (
            self.heard.language != "en" or _finite.search(self.text.casefold()) is not None
        )

    @property
    def has_question_word(self) -> bool:
        """Whether it asks by a word of its own."""
        return has_question_word(self.text)


def has_question_word(text: str) -> bool:
    """Whether `text` asks by a question word."""
    return _question_word.search(text.casefold()) is not None


def lead_of(heard: Heard) -> int:
    """Where what follows "and" or 那 begins."""
    match = _leads[heard.language].match(heard.asked.key)
    return match.end() if match else 0


def may_lean(heard: Heard) -> bool:
    """Whether a question says that it leans on another, or is short enough to."""
    return _body(heard)[1] or len(heard.asked.key.strip()) <= _few + 1


def find_fragment(heard: Heard, earlier: Heard) -> Fragment | None:
    """What `heard` leaves out or puts in the place of something in `earlier`; None where it stands alone."""
    body, marked = _body(heard)
    text = heard.asked.key[slice(*body)]
    if not text:
        return None
    step = _step.search(text)
    if step and _step_word.fullmatch(text[: step.start()] + text[step.end() :]):
        return Fragment(heard, body, marked, "parts", 1 if step["next"] else -1)
    if not marked and len(text) > _few:
        return None
    if _says_new(heard, earlier, body):
        asks = _asks_new(heard, body, marked=marked)
    else:
        asks = _asks_again(heard, body, marked=marked)
    return Fragment(heard, body, marked, asks) if asks else None


def _body(heard: Heard) -> tuple[Span, bool]:
    """The place of a question without "and" or 呢, and whether it has these."""
    key = heard.asked.key
    start = lead_of(heard)
    tail = _tails[heard.language].search(key, start)
    end = tail.start() if tail else len(key)
    text = key[start:end]
    tailed = tail is not None and tail.group()[:1] in ("呢", "은", "는")
    first = start + len(text) - len(text.lstrip())
    return (first, max(first, start + len(text.rstrip()))), start > 0 or tailed


def _asks_new(heard: Heard, body: Span, *, marked: bool) -> Ask | None:
    """What is left out of a question that says something new: only what it is about, if anything."""
    text, language = heard.asked.key[slice(*body)], heard.language
    plain = _plain[language].fullmatch(text) is not None
    whole = language == "en" and _finite.search(text) and not _expletive.search(text) and not plain
    if heard.things or whole:
        return None
    if not marked and (heard.parts or _ranked(heard) or _clause.search(text)):
        return None
    if marked or plain:
        return "attribute"
    return "attribute" if has_question_word(text) and _without_subject[language].match(text) else None


def _ranked(heard: Heard) -> bool:
    """Whether it asks for the most, the fewest, the first or the last."""
    return bool(heard.asked.operations.keys() & {"most", "least", "earliest", "latest"})


def _asks_again(heard: Heard, body: Span, *, marked: bool) -> Ask | None:
    """What is put in the place of something by a question that says nothing new but names, times and ranks."""
    text = heard.asked.key[slice(*body)]
    old = bool(_content(heard, body))
    asks = has_question_word(text)
    if heard.parts or _ranked(heard):
        named = heard.things or heard.values
        return "parts" if marked or (not old and not (asks and named)) else None
    if asks and not old and _bare_question.fullmatch(text):
        return "word"
    if marked and not asks and old:
        return "attribute"
    if asks and _plain[heard.language].fullmatch(text):
        return "attribute"
    whole = heard.language == "en" and _finite.search(text)
    return "attribute" if _without_subject[heard.language].match(text) and not whole else None


def _content(heard: Heard, body: Span) -> list[Span]:
    spans = heard.asked.content(heard.parts)
    return [span for span in spans if body[0] <= span[0] and span[1] <= body[1]]


def _says_new(heard: Heard, earlier: Heard, body: Span) -> bool:
    """Whether it says something that `earlier` does not, names and times apart."""
    stems = {stem for stem, _, _ in earlier.asked.stems}
    own = {(start, end): stem for stem, start, end in heard.asked.stems}
    korean = {(start, end): stem for stem, start, end in heard.asked.korean_words}
    for span in said_by(heard, body):
        word = heard.asked.key[slice(*span)]
        if span in own:
            if own[span] not in stems:
                return True
        elif korean.get(span, word) not in earlier.asked.key and word not in earlier.asked.key:
            return True
    return False


def said_by(heard: Heard, body: Span) -> list[Span]:
    """The words of a question that say what is asked for, names and times apart: also 面积 and "percentage"."""
    measured = [
        span for spans in heard.asked.kinds.values() for span in spans
        if body[0] <= span[0] and not has_question_word(heard.asked.key[slice(*span)])
    ]  # fmt: skip
    return list(dict.fromkeys([*measured, *_content(heard, body)]))
