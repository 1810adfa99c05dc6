"""A question taken apart: names, years, ordinals, operations; and which of its characters something accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from qa_assistant.language import HAN, HANGUL, detect_language, matching_key
from qa_assistant.lexical.tokens import ENGLISH_STOP_WORDS, words
from qa_assistant.lexical.translation import korean_stem
from qa_assistant.names import Mention, Names
from qa_assistant.question.korean import as_word, light_spans
from qa_assistant.question.limits import Limit, find_limits
from qa_assistant.question.operations import Operation, asked_kinds, counted_words, operations
from qa_assistant.question.times import Ordinal, Years, find_ordinals, find_years
from qa_assistant.records import Language, Span

_latin_word = re.compile(rf"(?:(?![{HAN}{HANGUL}])[^\W_])+")
_why = re.compile(r"为什么|为何|为啥|凭什么|原因|缘故|\bwhy\b|how come|\breasons?\b|(?:^|\s)왜(?=\s)|까닭|이유")
_how = re.compile(
    r"怎么看|如何看|怎样看|看法|怎么评价|如何评价|怎么说|说了什么|怎么想"
    r"|\bwhat (?:do|does|did) .{1,60} (?:think|say|believe)\b|\bhow (?:do|does|did) .{1,60} (?:see|view|regard|judge)\b"
    r"|어떻게 (?:보|평가|생각)"
)
_definition = re.compile(
    r"^(?:and |so )?what(?:['’]s| is| are| was| were) (?:the |an? )?"
    r"(?:(?!of\b|in\b|for\b|at\b|on\b|between\b)[^?,]){2,70}\?*$"
    r"|^什么是|是(?:一?个)?(?:什么|啥)(?:样的)?(?:组织|机构|平台|会议|项目|东西|地方|关系|概念|意思)?[?？。]*$"
    r"|(?:은|는|이란|란) (?:무엇|뭐|뭔|어떤 (?:곳|기관|단체|조직|회의))[가-힣]*[?？]?$"
)
_yes_or_no = re.compile(
    r"是不是|是否|有没有|对不对|(?:吗|吧|没有)\s*[?？]?\s*$"
    r"|^(?:(?:and|so|but|well)[, ]+)?(?:is|are|was|were|did|does|do|has|have|had)\b"
    r"|(?<!줄 수 있)(?<!주실 수 있)(?<!알 수 있)(?:나요|습니까|니까|가요|까요|죠|지요)\s*[?？]?\s*$"
    r"|[어아해예에]요\s*[?？]\s*$"
)
_question_word = re.compile(
    r"哪|什么|谁|多少|几|\b(?:which|what|who|when|where|how|why)\b|무엇|무슨|어디|어느|어떤|누가|언제|몇|왜"
)
_measured: Final = frozenset("面积 规模 金额 资金 投资额 贸易额 预算 经费 cost budget 면적 금액 예산".split())
"""Words that tell the kind of value that is asked for, and also of what it is."""
_korean_word = re.compile(f"[{HANGUL}]{{2,}}")
_not_said = re.compile(r"[^\w]|[_]", re.UNICODE)

LONG_WORD: Final = 4
"""From so many syllables on, a Korean word is known when blanks stand inside it."""

# Words that hold a question together and say nothing of what it is about.
_light_zh = re.compile(
    r"啥时候?|啥|干些|干什么|做些|对华|在华|对中国?|事儿?|认[了过的]|这一?类|那一?类|点几个名|论|排队|做东|总量|依次|先后|承办|主办|做东|办过|划[在成归]|归[为入在]|算作|(?:这|那)?[一二三四五六七八九十]+年间?(?=[，,里中])|谈(?!判)|儿(?![童子女])|请问|请告诉我|所谓|举例(?:来说)?|举几?个例子?|例如|比如说?|来说|告诉我|想知道|想问一?下|麻烦|帮[我忙]|查一?下|看一?下|说说|介绍|关于|根据|按照?|文中|资料|报道|论文|作者|原文|数据|统计|据说|前前后后|陆陆续续|来来回回|其中|以及|还有|哪些?|哪[个座家位年月天次届国]|什么|怎么样?|怎样|如何|多少|几[个座家对场次届名人位项种件]?"
    r"|多[大高长久]|究竟|到底|一共|总共|大概|大约|目前|现在|眼下|当时|当年|曾经?|已经?|是否|有没有|是不是|具体|主要|分别|各自|一下|进行|举行|召开|举办|开展|发生|属于|作为|成为|称为|叫做|叫|名字|名称|情况|方面|上面|里面|之间|之中|期间|以来|这个|那个|这些|那些|这次|那次|那[届场回年]|这[届场回]"
    r"|[的了吗呢吧么嘛啊呀谁何是在和与及跟同被把将从到于由对向给为以之认其这那此有没无不都也还又再很最就才只能会可要来去过着地得个中里内外上下间时等所您你我他她它们请问办开共各每据]"
)
_light_en: Final = frozenset(
    (
        "mani much tell pleas know give name say said mention accord paper articl sourc text document author hold held"
        " took take place happen occur exact actual total number list show did does what which who when where whi how"
        " there ani some one ones current now present date time get got go went come came make made call particular"
        " look onli ignor via per among between within across over under out up off onli just even ever yet respect"
    ).split()
)


@dataclass(frozen=True)
class Asked:
    """A question as its parts. All places are in `key`, its matching key."""

    text: str
    key: str
    language: Language
    mentions: tuple[Mention, ...]
    years: tuple[Years, ...]
    ordinals: tuple[Ordinal, ...]
    limits: tuple[Limit, ...]
    operations: dict[Operation, list[Span]]
    kinds: dict[str, list[Span]]

    @cached_property
    def stems(self) -> tuple[tuple[str, int, int], ...]:
        """The stems of its Latin words, with their places."""
        return tuple((_stem(match.group()), *match.span()) for match in _latin_word.finditer(self.key))

    @cached_property
    def korean_words(self) -> tuple[tuple[str, int, int], ...]:
        """Its Korean words without their endings, with their places."""
        return tuple((korean_stem(match.group()), *match.span()) for match in _korean_word.finditer(self.key))

    @cached_property
    def light(self) -> tuple[bool, ...]:
        """Of each character: whether it says nothing of what the question is about."""
        marks = [bool(_not_said.match(char)) for char in self.key]
        for match in _light_zh.finditer(self.key):
            marks[slice(*match.span())] = [True] * (match.end() - match.start())
        named = {place for mention in self.mentions for place in range(mention.start, mention.end)}
        for place in (place for start, end in light_spans(self.key) for place in range(start, end)):
            marks[place] = marks[place] or place not in named
        for stem, start, end in self.stems:
            word = self.key[start:end]
            if word in ENGLISH_STOP_WORDS or stem in _light_en or len(word) == 1:
                marks[start:end] = [True] * (end - start)
        for spans in (*self.operations.values(), *self.kinds.values()):
            for start, end in spans:
                if self.key[start:end] not in _measured:
                    marks[start:end] = [True] * (end - start)
        return tuple(marks)

    def find(self, phrases: Iterable[str]) -> list[Span]:
        """Where any of `phrases` stands: Latin ones as whole words whatever their endings, others as they are."""
        phrases = tuple(phrases)
        if phrases not in self._found:
            self._found[phrases] = self._find(phrases)
        return list(self._found[phrases])

    def _find(self, phrases: tuple[str, ...]) -> list[Span]:
        spans: list[Span] = []
        beginnings, ready = _ready(phrases)
        if beginnings.isdisjoint(self._beginnings):
            return spans
        for folded, stems in ready:
            if stems:
                if self._places.keys().isdisjoint(stems[0]):
                    continue
                for place in sorted({place for stem in stems[0] for place in self._places.get(stem, ())}):
                    own = self.stems[place : place + len(stems)]
                    if len(own) == len(stems) and all(one[0] in wanted for one, wanted in zip(own, stems, strict=True)):
                        spans.append((own[0][1], own[-1][2]))
            elif folded[:1] in self._beginnings:
                spans += [match.span() for match in _pattern(folded).finditer(self.key)]
        return spans

    @cached_property
    def _found(self) -> dict[tuple[str, ...], list[Span]]:
        """What was found: many facts share a predicate."""
        return {}

    @cached_property
    def pairs(self) -> tuple[tuple[int, str], ...]:
        """Its pairs of characters that do not begin with a Latin one, each with its place."""
        return tuple(
            (place, self.key[place : place + 2]) for place in range(len(self.key) - 1) if not self.key[place].isascii()
        )

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, (stem, _, _) in enumerate(self.stems):
            places.setdefault(stem, []).append(place)
        return places

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What a phrase that stands in it can begin with: its characters and stems."""
        return frozenset(self.key) | self._places.keys()

    @cached_property
    def _weight_before(self) -> tuple[float, ...]:
        """What all characters before each place count, and at last what all do.

        One counts nothing where it is light; a Chinese one as much as three Latin ones.
        """
        weights = (
            0.0 if light else 1.0 if not char.isascii() else 0.35
            for char, light in zip(self.key, self.light, strict=True)
        )
        return tuple(accumulate(weights, initial=0.0))

    @property
    def is_empty(self) -> bool:
        """Whether it names nothing and says nothing."""
        return not (self.mentions or self.years or self.ordinals) and all(self.light)

    @property
    def counts_by_unit(self) -> bool:
        """Whether it counts by a measure word, behind 多少 or 几."""
        return bool(counted_words(self.key)[0])

    def content(self, without: Iterable[Span] = ()) -> list[Span]:
        """The words that say what the question is about: Latin words, and stretches of other characters."""
        marks = list(self.light)
        for first, last in without:
            marks[first:last] = [True] * (last - first)
        spans = [(first, last) for _, first, last in self.stems if not marks[first]]
        start: int | None = None
        for place, (char, light) in enumerate(zip(self.key + " ", [*marks, True], strict=True)):
            if light or char.isascii():
                if start is not None:
                    spans.append((start, place))
                start = None
            elif start is None:
                start = place
        return sorted(spans)

    @property
    def asks_why(self) -> bool:
        """Whether it asks for a reason, which no row of a table gives."""
        return _why.search(self.key) is not None

    @property
    def asks_how(self) -> bool:
        """Whether it asks what somebody thinks of something or says, which no row of a table gives."""
        return _how.search(self.key) is not None

    @property
    def defines(self) -> bool:
        """Whether it asks what something is, and nothing of it."""
        return _definition.search(self.key) is not None

    @property
    def wants_yes_or_no(self) -> bool:
        """Whether it asks if something is so, and not for a value."""
        return bool(_yes_or_no.search(self.key)) and not self.kinds and not _question_word.search(self.key)

    def says_something(self, start: int, end: int) -> bool:
        """Whether any character from `start` to `end` says what the question is about."""
        return not all(self.light[start:end])

    def covered(self, spans: Iterable[Span]) -> float:
        """The share of what the question says that lies in `spans`; 1 where it says nothing."""
        before = self._weight_before
        covered, reached = 0.0, 0
        for start, end in sorted(spans):
            if end > reached:
                covered += before[end] - before[max(start, reached)]
                reached = end
        return covered / before[-1] if before[-1] else 1.0


def take_apart(text: str, names: Names, language: Language | None = None) -> Asked:
    """The parts of the question `text`."""
    key = matching_key(text)
    ordinals, years = tuple(find_ordinals(key)), tuple(find_years(key))
    return Asked(
        text=text,
        key=key,
        language=language or detect_language(text),
        mentions=tuple(names.find(text)) if len(key) == len(text) else tuple(names.find(key)),
        years=years,
        ordinals=ordinals,
        limits=tuple(one for one in find_limits(key) if not any(_overlap(one.span, (y.start, y.end)) for y in years)),
        operations=_without_counts(operations(key), ordinals),
        kinds=asked_kinds(key),
    )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _without_counts(found: dict[Operation, list[Span]], ordinals: Sequence[Ordinal]) -> dict[Operation, list[Span]]:
    """The operations without an `earliest` that is the "first" of "the first ten"."""
    several = [(ordinal.start, ordinal.end) for ordinal in ordinals if ordinal.up_to]
    kept = {
        name: [span for span in spans if name != "earliest" or not any(a <= span[0] < b for a, b in several)]
        for name, spans in found.items()
    }
    return {name: spans for name, spans in kept.items() if spans}


def named_in_short(country: Mention, context: str) -> bool:
    """Whether a country is named by its first Chinese character: 韩 in 对韩投资."""
    return any(name[0] in context for entity in country.entities[:1] for name in entity.zh[:1])


@lru_cache(maxsize=100_000)
def _folded(phrase: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A phrase's matching key, and its stems where it is written in Latin letters."""
    key = matching_key(phrase)
    if key.isascii() and any(char.isalpha() for char in key):
        # What is a stem already stays one.
        return key, tuple((match.group(), _stem(match.group())) for match in _latin_word.finditer(key))
    return key, ()


@lru_cache(maxsize=20_000)
def _ready(phrases: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """What any of `phrases` begins with: a character, or one of the forms of its first word; and each as `_folded`."""
    ready = tuple(map(_folded, phrases))
    beginnings = {form for folded, stems in ready for form in (stems[0] if stems else (folded[:1],))}
    return frozenset(beginnings), ready


@lru_cache(maxsize=100_000)
def _pattern(folded: str) -> re.Pattern[str]:
    """Finds a phrase; a verb of two characters also with its particle in between: 牵手 in 牵了手.

    A Korean one of one syllable is a word of its own: 성 is no part of 성장.
    """
    if len(folded) == 1 and re.match(f"[{HANGUL}]", folded):
        return as_word(folded)
    if re.match(f"[{HANGUL}]", folded):
        # Compounds are written apart and together: 민간 자본, 민간자본.
        bare = "".join(folded.split())
        spaced = bare if len(bare) >= LONG_WORD else folded.split()
        return re.compile(" ?".join(map(re.escape, spaced)))
    if len(folded) == 2 and not folded.isascii():
        return re.compile(f"{re.escape(folded[0])}(?:了|过|的|着|上)?{re.escape(folded[1])}")
    return re.compile(re.escape(folded) or r"(?!)")


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    found = words(word)
    return found[0] if len(found) == 1 else word
