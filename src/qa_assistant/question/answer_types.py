"""The kinds of thing that a question can ask for, and where a sentence has words of each kind.

Wider than `kinds`: a kind here may be likely without being sure, for it is one number among many of a learned ranker.
"""

from __future__ import annotations

import re
from typing import Final

from qa_assistant.language import HAN

_number = r"(?:\d[\d.,]*|[〇零一二三四五六七八九十百千万亿两半]{1,16})"
_measure = (
    r"(?:%|％|个|家|场|次|届|对|名|人|位|项|种|件|条|座|所|只|国|天|倍|成|句|篇|章|页|部|集|岁|世|楼|层|级|公里|千米|米|厘米|毫米"
    r"|公斤|千克|克|吨|平方|公顷|亩|万|亿|元|美元|日元|英镑|欧元|小时|分钟|秒|分|户|支|辆|艘|架|台|张|首|颗|枚|周|期|度|票|股|度)"
)
_months = "January|February|March|April|May|June|July|August|September|October|November|December"
_surname = "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]"

# How each kind is asked for, in the three languages of questions.
_asked: Final[dict[str, str]] = {
    "number": r"多少|几[^乎何]|第几|数量|数目|总数|人数|多[高长远大重深久快]|몇|얼마|\bhow (?:many|much|often|long|far|large|big|high|"
    r"old|tall|fast|deep)\b|\bnumber of\b|\bpercentage\b|\bamount\b",
    "date": r"何时|什么时[候间期]|啥时|时候|哪[一些]?[年天日月]|哪个(?:月|年|世纪|朝代|时期)|几[月号日年]|何年|年份|日期|时间|언제|몇 ?년"
    r"|\bwhen\b|\b(?:what|which|whose) (?:year|date|day|time|month|decade|century|period)\b",
    "person": r"谁|哪[一几]?位|何人|哪个人|哪些人|什么人|作者|누구|누가|\bwho(?:m|se)?\b",
    "place": r"哪里|哪儿|何处|何地|在哪|位于|什么地方|哪[个座一些]*(?:国|省|市|县|区|地|州|岛|城|洲)|어디|\bwhere\b"
    r"|\b(?:what|which) (?:city|country|state|place|region|area|county|town|continent|island|river)",
    "organisation": r"(?:哪|什么)[^，。？]{0,4}(?:公司|学校|大学|学院|机构|组织|部门|队|集团|企业|政府|党|单位|电视台|银行|俱乐部|协会)"
    r"|\b(?:what|which) (?:company|university|school|organi[sz]ation|team|agency|group|party|network)",
    "work": r"(?:哪|什么)[^，。？]{0,4}(?:书|电影|片|歌|专辑|小说|作品|节目|剧|杂志|报|奖|游戏|漫画|曲)|\b(?:what|which) (?:book|film|movie|song|album|show|game|award)",
    "reason": r"为什么|为何|为啥|缘何|何故|原因|怎么会|因为什么|因何|왜|이유|\bwhy\b|\breason|\bwhat (?:caused|led)",
    "manner": r"如何|怎么|怎样|方式|方法|어떻게|\bhow (?!many|much|often|long|far|large|big|high|old|tall|fast|deep)",
    "definition": r"什么是|是什么[？?]?$|指的?是?什么|什么意思|是指|是谁|무엇|\bwhat (?:is|are|was|were) (?:an? |the )?\w+\??$|\bmean",
    "name": r"叫做?什么|称[为作]?什么|什么名|名字|别名|又名|又称|原名|全名|英文名|简称|\bcalled\b|\bname|\bknown as\b|이름",
    "list": r"哪些|哪几|有哪|几个方面|分别|什么特点|什么特征|\bwhat (?:are|were) (?:the )?\w+s\b|\bwhich \w+s\b|\blist\b|어떤 것",
    "comparison": r"[更最]|相比|比较|不同|区别|差别|\bthan\b|\bmost\b|\bleast\b|\bcompared\b|\bdiffer|est\b",
    "open": r"什么|哪|何|무슨|어느|어떤|\bwhat\b|\bwhich\b",
}
TYPES: Final[tuple[str, ...]] = tuple(_asked)
ASKED_TYPES: Final = TYPES[:9]
"""Those whose words, as a rule, make up the answer."""
_asked_patterns: Final = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _asked.values())

# Three scans over a sentence; within one, the first of the kinds that fits a place has it.
_spans: Final = (
    re.compile(
        rf"(?P<date>{_number}\s*(?:年代?|世纪)(?:\s*{_number}\s*月)?(?:\s*{_number}\s*[日号])?|{_number}\s*月(?:\s*{_number}\s*[日号])?"
        rf"|(?<!\d)(?:1\d|20)\d\d(?!\d)|\b(?:{_months})\b(?: \d+)?|\b\w+ century\b"
        rf"|(?:周|星期|礼拜)[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|[월화수목금토일]요일)"
        rf"|(?P<number>{_number}\s*[多余]?{_measure}+|第{_number}|\d[\d.,]*"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|billion|dozens?|half|twice)\b)"
    ),
    re.compile(
        r"(?P<work>[《〈][^》〉]{1,30}[》〉])"
        r"|(?P<name>[“「『\"][^”」』\"]{1,20}[”」』\"]|[（(][A-Za-z][^（）()]{1,40}[）)])"
        rf"|(?P<organisation>[{HAN}A-Za-z]{{2,8}}?(?:公司|大学|学院|集团|委员会|俱乐部|协会|银行|政府|电视台|中学|小学|医院|研究所|党|队|[部局]))"
        rf"|(?P<place>[{HAN}]{{1,6}}(?:[省市县区州岛镇乡村港洲山]|半岛|王国|共和国)|[中美英法德日韩俄泰]国|日本|香港|台湾|欧洲|亚洲|非洲)"
        rf"|(?P<person>[{HAN}]{{1,6}}[·•][{HAN}·•]{{1,12}}|(?<![{HAN}]){_surname}[{HAN}]{{1,2}}(?![{HAN}])"
        rf"|(?<=[由是和与、被者长帝王员授]){_surname}[{HAN}]{{1,2}}|{_surname}[{HAN}]{{1,2}}(?=[、，是为在于和与的（(])"
        r"|(?:Mr|Ms|Mrs|Dr|Sir|President|King|Queen)\.? [A-Z]\w+|[A-Z][\w.'-]{1,30}(?: (?:of |the |de |van |von )?[A-Z][\w.'-]{1,30})+)"
        r"|(?P<capital>(?<=[a-z,;] )[A-Z][\w'-]+|\b[A-Z]{2,}\b)"
    ),
    re.compile(
        r"(?P<reason>因为?|由于|所以|原因|为了|旨在|目的|导致|使得?|故|because|due to|in order to|\bsince\b|result|caus|reason|so that|\bto (?=[a-z]))"
        r"|(?P<manner>通过|利用|使用|采用|借助|方式|方法|根据|依[照靠]|透过|将|把|\bby\b|\busing\b|through|\bvia\b|method)"
        r"|(?P<alias>又称|亦称|也称|又名|简称|称[为作之]|叫做?|名为|命名|取名|原名|本名|俗称|known as|called|named|nam|term)"
        r"|(?P<definition>是指|指的?是|是一[种个座部款位名家所]|(?<![不但还就也只])是|为|即|属于?|\bis an?\b|\bare\b|refers?|mean|defin)"
        r"|(?P<list>、|包括|分别|以及|等|including|such as|;|；|, and )"
        r"|(?P<comparison>[更最]|首[个次位座]|第一|唯一|相比|比|大于|小于|超过|\bmost\b|\bmore\b|\bless\b|\bthan\b|\b[A-Za-z]+est\b|first|only)"
    ),
)
_meant: Final[dict[str, tuple[str, ...]]] = {
    "date": ("date", "number"),
    "work": ("work", "name"),
    "person": ("person",),
    "capital": ("person", "place", "organisation", "name"),
    "alias": ("name",),
}


def asked_types(question: str) -> tuple[float, ...]:
    """Which of `TYPES` `question` asks for, 1 or 0 each."""
    return tuple(float(pattern.search(question) is not None) for pattern in _asked_patterns)


def asking_place(question: str) -> int:
    """The character at which `question` asks: where the first of its asking words ends; its length without any."""
    ends = [found.end() for pattern in _asked_patterns[: len(ASKED_TYPES)] if (found := pattern.search(question))]
    last = _asked_patterns[-1].search(question)
    return min(ends) if ends else last.end() if last else len(question)


def typed_spans(text: str) -> list[tuple[int, int, int]]:
    """Number of the type, start and end of each stretch of `text` that has one of `TYPES`."""
    found: list[tuple[int, int, int]] = []
    for pattern in _spans:
        for match in pattern.finditer(text):
            kind = match.lastgroup or ""
            found += [(TYPES.index(one), match.start(), match.end()) for one in _meant.get(kind, (kind,))]
    return found
