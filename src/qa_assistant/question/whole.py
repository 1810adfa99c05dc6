"""What an earlier question is about as words to use again, and whole questions made with them."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.lexical.tokens import nouns
from qa_assistant.question.follow_ups import Fragment, has_question_word, lead_of
from qa_assistant.question.pronouns import with_particle
from qa_assistant.question.things import Heard
from qa_assistant.records import Language

_verb_first_zh = re.compile(r"有|是|由|在|于|共|为|叫|多|几|哪|谁|什么|何|怎|一共|总共|第几|啥")
_verbal: Final = (
    r"(?:\w+ed|is|are|was|were|do|does|did|has|have|had|can|could|will|would|built|held|set|made|found|begin|began"
    r"|take|took|become|became|stand|stands|open|cover|covers|cost|run|runs)"
)
_phrase_en = re.compile(rf"\b[Tt]he (?:(?!{_verbal}\b)[\w'’-]+ ?)+")
_of_the = re.compile(r"^.*\b(?:of|about) (?=the )", re.IGNORECASE)
_adverbs_en = re.compile(r"\s+(?:first|now|currently|in|on|at|by|for|to|with|from)$")
_head_en = re.compile(r"\b(?:most|many|fewest|more|number of|largest) ((?:[a-z-]+ )?[a-z-]+s)\b", re.IGNORECASE)
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
        return f"{base}{with_particle(base, '는')} {text}?" if asks else f"{base}의 {text}?"
    if asks:
        return f"{base}: {text}?"
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
    return rest[:1].upper() + rest[1:] if start else rest

