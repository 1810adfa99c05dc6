"""What a question wants done with facts: counted, listed, compared, ranked; told from its words."""

from __future__ import annotations

import re
from typing import Final, Literal

from qa_assistant.records import Span

Operation = Literal[
    "count", "list", "most", "least", "earliest", "latest", "sum", "average", "difference", "share", "rank", "common",
    "none", "each", "more",
]  # fmt: skip

_measure = "班趟个座对家场次届名人位项种件条份所国省市款支篇册本辆台套部户批头只棵幅张间层岁天月年"

_patterns: Final[dict[Operation, re.Pattern[str]]] = {
    "count": re.compile(
        rf"(?<!按)多少(?!排)[{_measure}]?|(?<![第哪])几[{_measure}]?|数量|总数|数目|一共有?|how many|number of|how often|count of|몇 ?[개곳번회차]|개수|건수|횟수|얼마나 많"
    ),
    "list": re.compile(
        r"哪些|哪几[个座家对省市国]?|都有谁|列出|列举|名单|分别是|各是|逐一|list\b|\bname (?:the|all|every|them)|give me (?:the|all|every)|what are the|which (?:\w+ ){0,4}?(?:are|were|have|has|did)\b|어떤|어느"
    ),
    "most": re.compile(
        r"第[二三四五六七八九十\d]+(?:多|大|高)|最多|最大|最高|最频繁|最活跃|最热络|最密切|最热[闹门]?|最勤|居首|排第一|排在第一|第一名|第一位|头一位|头名|头把交椅|榜首|夺冠|拔得头筹|之最|领先|冠军|首位"
        r"|\bmost\b|largest|biggest|highest|greatest|\btops?\b|number one|leads?\b|leading|(?:가장|번째로) (?:많|활발|큰|높)|최다"
    ),
    "least": re.compile(
        r"第[二三四五六七八九十\d]+(?:少|小|低)|最少|最小|最低|垫底|倒数第一|末位|least|fewest|smallest|lowest|bottom|(?:가장|번째로) (?:적|작|낮)|최소"
    ),
    "earliest": re.compile(
        r"最早|最先|首[个次届]|头一?[个次届回对]|第一[次个对]|打头|earliest|\bfirst\b|oldest|가장 (?:먼저|이른|오래)|최초|첫"
    ),
    "latest": re.compile(
        r"最晚|最近|最新|最后|末[次届]|latest|most recent(?:ly)?|\blast\b|newest|가장 (?:최근|늦)|마지막|최근"
    ),
    "sum": re.compile(
        r"合计|加起来|总和|加在一起|累加|合起来|一共|总共|共计|in total|altogether|combined|\bsum\b|together|added up|add up|모두 합|합계|총합"
    ),
    "average": re.compile(r"平均|均值|average|on average|\bmean\b|평균"),
    "difference": re.compile(
        r"差[多几]少?|相差|差距|差值|多多少|少多少|多几|少几|多出|高出|领先多少|比.{1,16}多|比.{1,16}少|how (?:many|much) more|how (?:many|much) fewer|difference|more .{0,40}than|fewer .{0,40}than|ahead of|gap|exceed|outnumber|by how (?:many|much)|(?:多|少|增加|减少|增长|增多)了?(?:多少|几)|净[增添]|增加了|차이|보다.{0,20}(?:몇|얼마나).{0,12}더|(?:몇|얼마나).{0,6} 더 많"
    ),
    "share": re.compile(
        r"占比|占了?(?:全|总|到?百分|多大)|占了?(?:多少|几)(?![次个家对名人场])|比例|百分之|百分比|几成|份额|比重|percentage|per ?cent|proportion|what share|\bshare of\b|what fraction|% of|비율|퍼센트|비중"
    ),
    "rank": re.compile(r"第几|排名|名次|排第|排在|位居|排行|前[三五十\d]+|\brank|in order|\btop \w+|순위|몇 위|상위"),
    "common": re.compile(
        r"共同|都有|都[跟和与同结]|同时|重合|交集|in common|\bboth\b(?! figures| numbers| values| counts)|shared by|\bshare\b(?! of)|모두|공통"
    ),
    "none": re.compile(
        r"(?<!有)没有(?!\s*[?？]?\s*$)|没[跟和与结]|无(?!锡)|一个也没|without|\bno (?=sister|friend|partner|tie)|\black|has none|have none|\bnone\b|없는|없다"
    ),
    "more": re.compile(
        r"谁多|谁更|哪[个座家边].{0,12}(?<!最)(?<!第[二三四五六七八九十])多(?!少)|哪个更?多|更多|更少|还是|多还是少|\bmore\b|\bfewer\b|compare|\bversus\b|\bvs\b|더 많|비교"
    ),
    "each": re.compile(r"各自|分别|每个|各个|各有|各[是在占几多]|each\b|respectively|per region|각각"),
}

_kinds: Final[dict[str, re.Pattern[str]]] = {
    "date": re.compile(
        r"何时|什么时候|啥时候?|哪一?年|几几年|几年(?=[成设建开办有])|哪天|哪一天|哪个月|几月|几号|年份|日期|时间|什么时间|多会儿|\bwhen\b|what (?:year|date|day|time|month)|(?:which|what) (?:\w+ )?(?:year|date|day|month)|in what year|since when|how long ago|언제|몇 ?년|연도|날짜"
    ),
    "place": re.compile(
        r"哪里|哪儿|何处|何地|在哪(?!些)|哪座城|哪[一两三几]?个?(?:城市|地方(?!政府))|什么地方|地点|\bwhere\b|what (?:city|place|country|venue)|which (?:city|place|country|venue|town|prefecture|province)|(?:which|what) (?:[\w-]+ ){1,2}(?:city|town)\b|(?:which|what) (?:[\w-]+ ){0,3}(?:cities|provinces|countries|places|towns|prefectures|regions)\b|어디|어느 (?:도시|나라|곳)|장소"
    ),
    "person": re.compile(
        r"谁|in charge of|responsible for|哪[一两三几]?位|何人|什么人|哪个人|(?<=[人长员者授任理席表家生士])(?:的名字)?叫(?:什么|啥)|\bwho(?:m|se)?\b|\bnames? of the (?=(?:[\w-]+ ){0,3}?(?:head|president|mayor|director|manager|chair\w*|secretary|governor|person|official|leader|professor|author|founder|minister|ambassador|representative)s?\b)|누구|누가"
    ),
    "body": re.compile(
        r"哪[些几两]?家?(?:个|家)?(?:单位|机构|组织|部门)|by whom"
        r"|(?:which|what) (?:bodies|body|organi[sz]ations?|institutions?|agencies|agency)"
    ),
    "money": re.compile(
        r"多少钱|金额|总额|资金(?!问题|困难|支持|链)|投资额|贸易额|预算|经费|多少(?:亿|万)?(?:美元|韩元|元|人民币)|how much money|how much (?:was|is|did|has|have|had|do|does)\b(?=.{0,50}\b(?:spent|spend|paid|pay|cost|raised?|invested|donated)\b)|\bvalue of|\bworth\b|budget|\bcost\b|amount of (?:money|investment)|금액|예산"
    ),
    "amount": re.compile(
        r"比例|占比|百分之|百分比|几成|比重|份额|(?<!按)多少(?!排)|多大|多长|多高|(?<![第哪])几[班趟个座家对场次届名人位项种件成倍]|规模|金额|面积|数量|how (?:many|much|large|big|long|often|high|far|wide)|number of|percentage|per ?cent|proportion|what share|amount|total|size of|\bvalue\b|what(?:['’]s| is| was| are| were) (?=(?:the |its |their )?(?:[\w-]+ ){0,3}?(?:area|population|length|height|depth|width|size|capacity|distance|cost|price|fee|budget|revenue|turnover|income|salary|weight|speed|temperature|age)\b)|비율|비중|퍼센트|몇|얼마|면적|금액|건수|횟수"
    ),
}


def operations(key: str) -> dict[Operation, list[Span]]:
    """The operations that a question names, with the places of their words; `key` is its matching key."""
    found = {name: [match.span() for match in pattern.finditer(key)] for name, pattern in _patterns.items()}
    return {name: spans for name, spans in found.items() if spans}


_counted_zh = re.compile(rf"(?:多少|(?<![第哪])几)([{_measure}])")
_counted_en = re.compile(r"(?:how many|number of)\s+(?:of\s+)?(?:the\s+|its\s+|all\s+)?((?:[\w'’]+[\s-]+){0,4}[\w'’]+)")


def counted_words(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a question counts: the Chinese measure words behind 多少 and 几, the English words behind "how many"."""
    return tuple(_counted_zh.findall(key)), tuple(_counted_en.findall(key))


def asked_kinds(key: str) -> dict[str, list[Span]]:
    """The kinds of value that a question asks for: `date`, `place`, `person`, `body`, `money`, `amount`, with the places of the words."""
    found = {name: [match.span() for match in pattern.finditer(key)] for name, pattern in _kinds.items()}
    return {name: spans for name, spans in found.items() if spans}
