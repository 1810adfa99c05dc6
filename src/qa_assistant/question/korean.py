"""Which characters of a Korean question say nothing of what it is about: particles, endings, words that only ask.

A word is a stretch of Hangul. A word that only asks, counts or points is left out whatever its ending (어디어디이고,
열렸습니까, 알려); of any other word, only the particles and endings behind its stem.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qa_assistant.language import HANGUL
from qa_assistant.records import Span

_word = re.compile(f"[{HANGUL}]+")

_particles: Final = (
    r"(?:으로부터|에게서|으로서|으로써|에서는|에서도|에서의|에서|에게|에는|에도|까지|부터|보다|처럼|마다|조차|밖에|께서|이랑|하고|으로|이나|이라는"
    r"|이란|라는|이고|이며|이자|들이|들은|들을|들의|들과|와의|과의|간의|별로|쯤|씩|째|께|은|는|이|가|을|를|의|에|와|과|랑|로|도|만|나|며|고|요|인|간|들)"
)
_closed: Final = (
    r"(?:입니까|인가요?|이었나요?|였나요?|이었습니까|였습니까|이에요|예요|이죠|죠|지요|인지요?|일까요?|이었는지요?|였는지요?|이었죠|였죠"
    r"|입니다|이다|다)"
)
_ending = re.compile(
    rf"(?:{_particles}{{0,2}}{_closed}|{_particles}{{1,3}}"
    r"|(?:었|았|였|했|됐|겠|셨)?(?:습니까|습니다|나요|는지요?|은지요?|던가요?|는가요?|은가요?|을까요?|었죠|죠|지요|네요|군요|어요|아요|여요)"
    r"|(?:었|았|였|했|됐)(?:던|고|으며|으나|는데)|(?:하|되)(?:는|여|고|며|면|던|기)|(?:한|할|해|된|될|돼|함|됨)"
    r"|으며|으면|는데|아서|어서|려면|하려고)$"
)
"""What stands behind the stem of a word, its longest form first where it is looked for from the front."""
_particles_behind = re.compile(rf"(?:{_particles}|{_closed}){{1,3}}$")
_only_endings = re.compile(rf"(?:{_particles}|{_closed}){{1,3}}")

_asking: Final = (
    "무엇|무어|무슨|뭐|뭔|뭘|뭣|언제|어디|어느|어떤|어떠|어떻|어땠|누구|누가|누굴|왜|얼마|몇|알려|알리|알고|알수|알아|말해|말씀|답해|가르쳐"
    "|가르쳐|꼽|궁금|싶|주세|주십|주시|주실|줘|줄래|달라|부탁|바랍|물어|묻|찾아|보여|소개|설명|정리|나열|열거"
)
_doing: Final = (
    "하|한|할|해|했|합|되|된|될|돼|됐|됩|있|계시|이루|열|개최|치르|치러|치른|치렀|진행|마련|나오|나온|나왔|나와|남|불리|불렸|부르|부른|속하|속한"
    "|해당|관련|관한|관해|관하|대하|대한|대해|따르|따라|통하|통해|통한|위하|위한|위해|의하|의한|의해|걸쳐|맞나|맞습|맞죠|맞는|아니|그렇|이런|그런"
    "|많|적|크|큰|커|높|낮|활발|잦"
)
_pointing: Final = (
    "그|이|저|그것|이것|그중|이중|그곳|거기|여기|것|건|게|거|점|바|데|때|쪽|측|편|경우|당시|가운데|중|중에|사이|동안|모두|전부|다|다들|각각|각기|각자|서로"
    "|지금|지금껏|여태|여태껏|이제껏|이제|현재|그동안|그간|전체|총|약|대략|대개|정도|가량|남짓|주로|특히|또|또한|및|그리고|그럼|그러면|함께|같이|더|덜"
    "|등|수|당|씨|님|혹시|실제|실제로|바로|이미|다시|역시|우리|저희|자료|문서|기사|본문|논문"
)
_counting: Final = (
    "곳|군데|개|번|번째|차례|차|회|회째|쌍|건|명|분|사람|가지|종|종류|개국|해|년|년도|월|일|시|위|등|째|퍼센트|프로|두|세|네|다섯|여섯|일곱|여덟|아홉|열"
    "|하나|둘|셋|넷|첫|이름|명칭"
)
_NOUNS: Final = ("시도", "수도", "분과", "회의", "개인", "명의", "종이", "차이")
"""Nouns that look like a counter and its particle."""
_function = re.compile(
    rf"(?:{_asking})[{HANGUL}]*|(?:{_doing})(?!국|구|회|동|성|시|도|급|쪽)[{HANGUL}]{{0,5}}"
    rf"|(?:{_pointing}|{_counting})(?:{_particles}|{_closed}){{0,3}}"
)


def as_word(syllable: str) -> re.Pattern[str]:
    """Finds `syllable` where it is a whole word, particles and endings apart."""
    return re.compile(rf"(?<![{HANGUL}]){syllable}(?=(?:{_particles}|{_closed}){{0,3}}(?![{HANGUL}]))")


def light_spans(key: str) -> list[Span]:
    """The places of `key`, the matching key of a question, that only hold it together."""
    spans: list[Span] = []
    for match in _word.finditer(key):
        start, end = match.span()
        if start and key[start - 1].isdigit():  # What is counted says something: 2016년, 500회.
            found = _particles_behind.search(match.group(), 1)
            light = found.start() if found else end - start
        else:
            light = _light_from(match.group())
        if light < end - start:
            spans.append((start + light, end))
    return spans


@lru_cache(maxsize=50_000)
def _light_from(word: str) -> int:
    """From which character on a word says nothing; its length where all of it does say something."""
    if not word.startswith(_NOUNS) and (_function.fullmatch(word) or _only_endings.fullmatch(word)):
        return 0
    # A stem has two syllables at least, or one before a particle that no noun ends with: 뜻을, 회의.
    found = _ending.search(word, 1)
    while found is not None and found.start() < 2 and found.group()[0] in "의이가도만로과나인간한할해된고":
        found = _ending.search(word, found.start() + 1)
    return found.start() if found is not None else len(word)
