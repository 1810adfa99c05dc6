"""A question in plain form: without greetings, thanks, pictures, doubled marks and blanks inside Chinese."""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.language import HAN

_pictures = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2614\u2615\u2618\u261d\u2620\u2639-\u263b\u2665\u2728\u2757\u2753\u2763\u2764\u270a-\u270d\ufe0f\u200d\u2b50\u2b55]+|[\u314b\u314e\u3160\u315c]{2,}|\\^{1,2}[_-]?\\^+"
)
_doubled = re.compile(r"(?=[!！]*[?？])[?？!！]{2,}")
_spaced = re.compile(rf"[{HAN}]+(?:[ \u3000]+[{HAN}]+)+")
_asks = (
    r"(?=(?:(?:in|on|at|by|from|to|for) )?(?:what|when|where|which|who|whom|whose|how|why)\b)"  # A question follows.
)
_opening = re.compile(
    r"^\s*(?:"
    r"(?:你好|您好|大家好|各位好|哈[喽啰]|嗨|早上好|下午好|晚上好|打扰(?:一下|了|您了)?|不好意思|劳驾)(?:呀|啊|哈)?(?:[，,！!。.~～、\s]+|(?=我?想?请问))"
    r"|(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings)(?: (?:there|all|everyone|team|folks))?\s*[,!.:;–-]+\s*"
    r"|(?:hi|hello|hey) (?:there|all|everyone)\s+|dear (?:all|sir|madam|sir or madam|team|everyone)\s*[,!.:]+\s*"
    r"|(?:just )?(?:a )?quick question\s*[,:.–-]+\s*|sorry (?:to bother|to disturb|for bothering|for disturbing)(?: you)?\s*[,.:!]+\s*(?:but )?"
    rf"|(?:i (?:was|am)|i['’]m) (?:just )?(?:wondering|curious)(?: to know)?,? {_asks}"
    rf"|i (?:would|want|need|wish)(?: like)? to (?:know|ask|find out),? {_asks}|i['’]d like to (?:know|ask),? {_asks}"
    rf"|(?:can|could|would|will) (?:you|someone|anyone) (?:please |kindly |possibly )?(?:tell me|let me know|explain),? {_asks}"
    rf"|(?:please|pls|plz),? (?:tell me|let me know),? {_asks}|do you (?:happen to |by any chance )?know,? {_asks}"
    r"|(?:안녕하세요|안녕하십니까|안녕|저기요|실례합니다|실례지만|수고하십니다)(?:[,，.!~\s]+|$)"
    r"|질문(?:이| 하나)? ?(?:있습니다|있어요|있는데요|드립니다|드려요)[,.!\s]+|궁금한 (?:게|것이|점이) 있(?:는데요?|습니다|어요)[,.!\s]+|혹시\s+"
    r")",
    re.IGNORECASE,
)
_closing = re.compile(
    r"(?P<mark>[?？]?)[\s,，.。!！;；~～、]*(?:"
    r"(?:非常|十分|万分|多多|先|真是)?(?:谢谢|感谢|多谢|谢啦|谢了|感激)(?:你|您|大家|各位|啦|了|哈|不尽|您了|你了)*"
    r"|(?:(?:many|lots of) thanks|thanks|thank you|thx|tks|cheers|much appreciated|appreciate it)"
    r"(?: (?:a lot|a bunch|so much|very much|in advance|again|for your help|for any help|everyone|all|mate|you))*"
    r"|(?:정말 |대단히 |미리 )?(?:감사합니다|감사해요|감사드립니다|고맙습니다|고마워요|부탁드립니다|부탁드려요|부탁합니다)"
    r")[\s,，.。!！~～]*$",
    re.IGNORECASE,
)
_ask_politely = re.compile(
    r"(?P<form>인지|은지|는지|을지)(?:를|가|도)?(?: 좀)? ?(?:(?:알려|가르쳐|말씀해|말해) ?주(?:실 ?수 ?(?:있나요|있을까요|있으신가요|있으세요|있습니까)|시겠어요|시겠습니까|실래요|시면 감사하겠습니다)"
    r"|알고 ?싶(?:습니다|어요|은데요)|알 ?수 ?(?:있을까요|있나요)|궁금(?:합니다|해요|한데요|하네요|하군요))"
)
_asked_plainly: Final = {"인지": "인가요", "은지": "은가요", "는지": "나요", "을지": "을까요"}
_in_full: Final = tuple(
    (re.compile(short), whole)
    for short, whole in (
        (r"(?<![가-힣])(?:젤|제일)(?= ?[가-힣])", "가장"),
        (r"(?<![가-힣])몇(?=[번회건명개쌍])", "몇 "),
        (r"어딘(?=가요|가\b|지)", "어디인"),
        (r"언젠(?=가요|가\b)", "언제인"),
        (r"누군(?=가요|가\b|지)", "누구인"),
        (r"(?:뭔|뭐인)(?=가요|가\b|지)", "무엇인"),
        (r"(?<![가-힣])(?:뭐예요|뭐에요|뭐죠|뭐야|뭡니까)", "무엇인가요"),
        (r"(?<![가-힣])어디(?:에요|예요|죠|임|야)(?![가-힣])", "어디인가요"),
        (r"甚[么麼]|神马|什摸|什莫", "什么"),
        (r"(?<=[有是])那些(?=.*[?？]?\s*$)", "哪些"),
        (r"多小(?=[个次家人名对种项场届钱])", "多少"),
    )
)
_formal: Final = str.maketrans("壹贰貳叁參弐弍贰肆伍陆陸柒捌玖拾佰仟", "一二二三三二二二四五六六七八九十百千")
_formal_number = re.compile(
    "(?<=第)[壹贰貳叁參弐肆伍陆陸柒捌玖拾佰]+|(?=[^拾佰仟]{1,2}[拾佰仟])[壹贰貳叁肆伍陆陸柒捌玖拾佰仟]{2,}"
)


def plain(text: str) -> str:
    """`text` without what people set around a question; `text` itself where nothing of a question would be left."""
    found = _doubled.sub(lambda match: next(mark for mark in match[0] if mark in "?？"), text)
    found = _pictures.sub(" ", found) if _pictures.search(found) else found
    found = _without(found)
    found = _spaced.sub(_joined, found)
    found = _formal_number.sub(lambda match: match[0].translate(_formal), found)
    found = _ask_politely.sub(lambda match: _asked_plainly[match["form"]], found)
    for short, whole in _in_full:
        found = short.sub(whole, found)
    return found if any(map(str.isalnum, found)) else text


def _without(text: str) -> str:
    """`text` without greetings in front and thanks behind."""
    while (match := _opening.match(text)) and match.end():
        text = text[match.end() :]
    closing = _closing.search(text)
    return text[: closing.start()].rstrip() + closing["mark"] if closing and closing.start() else text


def _joined(match: re.Match[str]) -> str:
    """Chinese without the blanks in it, where they tear words apart: two single characters and more say so."""
    parts = match[0].split()
    return "".join(parts) if sum(len(part) == 1 for part in parts) > 1 else match[0]
