"""What an earlier question is about as words to use again, and whole questions made with them."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.lexical.tokens import nouns
from qa_assistant.question.follow_ups import Fragment, has_question_word, lead_of
from qa_assistant.question.pronouns import with_particle
from qa_assistant.question.things import Heard
from qa_assistant.records import Language, Span

_auxiliary: Final = "(?:is|are|was|were|do|does|did|has|have|had|can)"
_adverb = re.compile(
    r"^(?:(?:in|on) )?(?:when|where|why|(?:what|which) year)(?= (?:is|are|was|were|do|does|did|has|have)\b)"
)
_bare_adverb = re.compile(r"(?:when|where|why|in (?:what|which) year)")
_how_many_of = re.compile(r"^(?:what|which)(?= (?:[\w-]+ ){0,3}?[\w-]+s\b)")
_counted_en = re.compile(
    rf"(?:how many|what|which) (?P<what>(?:(?!{_auxiliary}\b)[\w-]+ ?){{1,3}}?)(?=$| (?:{_auxiliary}|took|\w+ed)\b)"
)
_counted_zh = re.compile(r"(?P<what>(?:多少|几)[个家座人名位次场届对][^\W\d]{0,6}?)(?=$|[?？，,参出来是])")
_list_zh = re.compile(r"哪些|哪几[个座家对]")
_count_zh = re.compile(r"多少[个座家对]?|几[个座家对]")
_behind_place = re.compile(r"[里儿]|에서|에(?=\s)|서(?=\s)")
_bare_word = re.compile(r"在?(?:哪里|哪儿|何处)|什么时候|何时|哪一?年|谁|多少次?|언제|어디(?:서|에서)?|누가|몇 ?년")
_of_it = re.compile(r"(?:what|who|where|when) (?:is|was|are|were) the ")
_verb_first_zh = re.compile(r"有|是|由|在|于|共|为|叫|多|几|哪|谁|什么|何|怎|一共|总共|第几|啥")
_verbal: Final = (
    r"(?:\w+ed|is|are|was|were|do|does|did|has|have|had|can|could|will|would|built|held|set|made|found|begin|began"
    r"|take|took|become|became|stand|stands|open|cover|covers|cost|run|runs)"
)
_phrase_en = re.compile(rf"\b[Tt]he (?:(?!{_verbal}\b)[\w'’-]+ ?)+")
_of_the = re.compile(r"^.*\b(?:of|about) (?=the )", re.IGNORECASE)
_adverbs_en = re.compile(r"\s+(?:first|now|currently|in|on|at|by|for|to|with|from)$")
_head_en = re.compile(r"\b(?:most|many|fewest|more|number of|largest) ((?:[a-z-]+ )?[a-z-]+s)\b", re.IGNORECASE)
_question_first_ko = re.compile(r"(?:모두 |총 )?(?:몇|언제|어디|누가|누구|무엇|얼마|왜|어느|어떤)")
_word_ko = re.compile(r"^([가-힣 ]{2,12}?)(?:은|는|이|가|의|에는|에서)\s")
_trailing_zh = re.compile(r"[的是有在于由为共一总，,]+$")
_and: Final[dict[Language, str]] = {"zh": "和", "en": " and ", "ko": ", "}


def head_noun(earlier: Heard) -> str:
    """What is counted in an English question: "exchanges" in "had the most exchanges"."""
    match = _head_en.search(earlier.text) if earlier.language == "en" else None
    return match[1] if match else ""


def noun_phrase(earlier: Heard) -> str:
    """The words for what a question without names is about; nothing where that is not clear."""
    if earlier.language == "en":
        found = [_of_the.sub("", match.group()).strip() for match in _phrase_en.finditer(earlier.text)]
        found = [_adverbs_en.sub("", phrase) for phrase in found]
        return found[0][:1].lower() + found[0][1:] if found else ""
    if earlier.language == "ko":
        match = _word_ko.match(earlier.text)
        return match[1] if match and not has_question_word(match[1]) else ""
    places = nouns(earlier.asked.key)
    if not places or has_question_word(earlier.text[: places[0][0]]) or places[0][0] > 0:
        return ""
    start, end = places[0]
    for following in places[1:]:
        if following[0] == end:
            end = following[1]
    return "" if has_question_word(earlier.text[start:end]) else earlier.text[start:end]


def topic_of(earlier: Heard) -> str:
    """The names and ordinals that a question is about, in its own words; nothing where it has none."""
    things = [thing.span for thing in earlier.topics if not thing.wide or len(earlier.things) == 1]
    parts = sorted([*things, *((one.start, one.end) for one in earlier.asked.ordinals)])
    if not parts or not things:
        return ""
    start, end = parts[0][0], parts[-1][1]
    asked = [*earlier.asked.kinds.values(), *earlier.asked.operations.values()]
    spans = [span for found in asked for span in found if span not in parts]
    apart = earlier.language == "en" and any(start <= one[0] < end for one in earlier.asked.content(parts))
    if apart or any(start <= span[0] < end for span in spans) or has_question_word(earlier.text[start:end]):
        return _and[earlier.language].join(earlier.said(span) for span in parts)
    return _trailing_zh.sub("", earlier.text[start:end])


def asked_of(base: str, fragment: Fragment) -> str:
    """What `fragment` asks, asked of `base`."""
    text, language = fragment.text, fragment.heard.language
    asks = has_question_word(text)
    if language == "zh":
        return f"{base}{text}？" if asks and _verb_first_zh.match(text) else f"{base}的{text}？"
    if language == "ko":
        first = _question_first_ko.match(text) is not None
        return f"{base}{with_particle(base, '는')} {text}?" if asks and first else f"{base}의 {text}?"
    if asks:
        return f"{text} of {base}?" if _of_it.match(text.casefold()) else f"{base}: {text[:1].lower()}{text[1:]}?"
    noun = re.sub(r"^(?:the|an?) ", "", text, flags=re.IGNORECASE)
    return f"What {'are' if noun.endswith('s') else 'is'} the {noun} of {base}?"


def tidied(heard: Heard, whole: str) -> str:
    """`whole`, made of `heard`, without the "and" or 那 before it and the 呢 behind."""
    start: int = lead_of(heard)
    lead = heard.asked.key[:start]
    if heard.language == "en":
        about = re.search(r"(?:what|how) about|what of", lead)
        start = about.start() if about else start
    rest = whole[start:]
    if heard.language == "zh":
        rest = re.sub(r"呢\s*([?？]?)\s*$", r"\1", rest)
    return rest[:1].upper() + rest[1:] if lead else rest


def counted_changed(earlier: Heard, counted: str) -> str | None:
    """`earlier` with another thing counted: "how many members" for "how many people"; None where it counts nothing."""
    for pattern in (_counted_en, _counted_zh):
        new, old = pattern.fullmatch(counted.casefold()), pattern.search(earlier.asked.key)
        if new and old:
            start, end = old.span("what")
            return earlier.text[:start] + counted[slice(*new.span("what"))] + earlier.text[end:]
    return None


def word_changed(earlier: Heard, word: str) -> str:
    """`earlier` asked by another question word: "when?" or 有多少个."""
    place = _in_english(earlier, word) if earlier.language == "en" else _in_place(earlier, word)
    if place is None:
        return joined(earlier, word)
    (start, end), new = place
    return earlier.text[:start] + new + earlier.text[end:]


def _in_english(earlier: Heard, word: str) -> tuple[Span, str] | None:
    adverb = _adverb.match(earlier.asked.key)
    if adverb and _bare_adverb.fullmatch(word.casefold()):
        return adverb.span(), word[:1].upper() + word[1:]
    which = _how_many_of.match(earlier.asked.key)
    return (which.span(), "How many") if which and word.casefold() == "how many" else None


def _in_place(earlier: Heard, word: str) -> tuple[Span, str] | None:
    """Where a Chinese or Korean question word stands in `earlier`, and the new one."""
    key = earlier.asked.key
    for old, new in ((_list_zh, _count_zh), (_count_zh, _list_zh)):
        match, wanted = old.search(key), new.search(word)
        if match and wanted:
            return match.span(), wanted.group()
    spans = [span for found in earlier.asked.kinds.values() for span in found]
    if len(spans) != 1 or not _bare_word.fullmatch(word):
        return None
    start, end = spans[0]
    if key[start - 1 : start] == "在" and not word.startswith("哪"):
        start -= 1
    behind = _behind_place.match(key, end)
    end = behind.end() if behind else end
    return (start, end), word


def joined(earlier: Heard, further: str) -> str:
    """`earlier` with something further asked in one sentence."""
    text = earlier.text.strip().rstrip("?？。. ")
    end = "?" if earlier.language != "zh" else "？"
    comma = {"zh": "，", "en": ", ", "ko": ", "}[earlier.language]
    also = "and " if earlier.language == "en" else ""
    if also and has_question_word(further.split(" ")[0]):
        further = further[:1].lower() + further[1:]
    return f"{text}{comma}{also}{further.strip().rstrip('?？')}{end}"


def with_added(text: str, added: list[str], language: str) -> str:
    """A question with further things to go by: in Chinese and Korean before it, in English behind."""
    if not added:
        return text
    if language == "en":
        return f"{text.rstrip('?？. ')}, {' and '.join(added)}?"
    comma = "，" if language == "zh" else ", "
    return ("、" if language == "zh" else ", ").join(added) + comma + text
