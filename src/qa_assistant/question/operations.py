"""What a question wants done with facts: counted, listed, compared, ranked; told from its words."""

from __future__ import annotations

import re
from typing import Final, Literal

from qa_assistant.records import Span

Operation = Literal[
    "count", "list", "most", "least", "earliest", "latest", "sum", "average", "difference", "share", "rank", "common",
    "none", "each", "more", "rest",
]  # fmt: skip

_measure = "班趟个座对家场次届回名人位项种件条份所国省市款支篇册本辆台套部户批头只棵幅张间层岁天月年"

_patterns: Final[dict[Operation, re.Pattern[str]]] = {
    "count": re.compile(
        rf"(?<!按)多少(?!排)[{_measure}]?|(?<![第哪])几[{_measure}]?|数量|总数|数目|一共有?|how many|number of|how often|count of|몇 ?(?:[개곳회](?![차째])|번(?!째)|군데|차례|가지|나라|쌍)|개수|건수|횟수|얼마나 많"
    ),
    "list": re.compile(
        r"哪些|哪几[个座家对省市国]?|都有谁|列出|列举|名单|分别是|各是|逐一|list\b|\bname (?:the|all|every|them)|give me (?:the|all|every)|what are the|which (?:\w+ ){0,4}?(?:are|were|have|has|did)\b|어떤|어느|어디어디|무엇무엇|누구누구|나열|열거|목록|명단|모두(?= (?:알려|말해|꼽|나열|적어|들어|밝혀))"
    ),
    "most": re.compile(
        r"第[二三四五六七八九十\d]+(?:多|大|高)|最多|最大|最高|最频繁|最活跃|最热络|最密切|最热[闹门]?|最勤|居首|排第一|排在第一|第一名|第一位|头一位|头名|头把交椅|榜首|夺冠|拔得头筹|之最|领先|冠军|首位"
        r"|\bmost\b|largest|biggest|highest|greatest|\btops?\b|number one|leads?\b|leading|(?:가장|제일|번째로)(?= (?:\S+ ){0,3}?(?:많|활발|큰|크|커|높|잦))|최다|최고|선두"
    ),
    "least": re.compile(
        r"第[二三四五六七八九十\d]+(?:少|小|低)|最少|最小|最低|垫底|倒数第一|末位|least|fewest|smallest|lowest|bottom|(?:가장|제일|번째로)(?= (?:\S+ ){0,3}?(?:적|작|낮|드문|드물))|최소|최저|꼴찌|최하위"
    ),
    "earliest": re.compile(
        r"最早|最先|(?<!从)首[个次届](?!.{0,6}[到至])|(?<!从)头一?[个次届回对](?!.{0,6}[到至])|(?<!从)第一[次个对](?!.{0,6}[到至])|打头|earliest|(?<!from the )\bfirst\b|oldest|(?:가장|제일|맨) (?:먼저|이른|일찍|오래|처음)|처음으로|최초|첫"
    ),
    "latest": re.compile(
        r"最晚|最近|最新|最后|末[次届]|latest|most recent(?:ly)?|\blast\b|newest|(?:가장|제일|맨) (?:최근|늦|나중)|마지막|최근"
    ),
    "sum": re.compile(
        r"合计|加起来|总和|加在一起|累加|合起来|一共|总共|共计|in total|altogether|combined|\bsum\b|together|added up|add up|모두 합|합계|총합|합치|합쳐|합하|합한|더하|더해|통틀어"
    ),
    "average": re.compile(r"平均|均值|average|on average|\bmean\b|평균"),
    "difference": re.compile(
        r"差[多几]少?|相差|差距|差值|多多少|少多少|多几|少几|多出|高出|领先多少|比.{1,16}多|比.{1,16}少|how (?:many|much) more|how (?:many|much) fewer|difference|more .{0,40}than|fewer .{0,40}than|ahead of|gap|exceed|outnumber|by how (?:many|much)|(?:多|少|增加|减少|增长|增多)了?(?:多少|几)|净[增添]|增加了|차이|보다.{0,20}(?:몇|얼마나).{0,12}(?:더|많|적|늘|줄)|(?:몇|얼마나).{0,6} 더 |(?:몇|얼마나?) ?(?:개|곳|군데|명|번|회|건|쌍|차례)?(?:나|이나|가|이)? ?(?:늘었|늘어|줄었|줄어)"
    ),
    "share": re.compile(
        r"占比|占了?(?:全|总|到?百分|多大)|占了?(?:多少|几)(?![次个家对名人场])|比例|百分之|百分比|几成|份额|比重|percentage|per ?cent|proportion|what share|\bshare of\b|what fraction|% of|비율|퍼센트|비중|몇 ?%|몇 ?프로|몇 ?할|점유율"
    ),
    "rank": re.compile(
        r"第几|排名|名次|排第|排在|位居|排行|前[三五十\d]+|\brank|in order|\btop \w+|순위|몇 ?(?:위|등|번째|회째|째|차(?!례))|상위(?: ?\d+| [두세네]|다섯|열)?"
    ),
    "common": re.compile(
        r"共同|都有|都[跟和与同结]|同时|重合|交集|in common|\bboth\b(?! figures| numbers| values| counts)|shared by|\bshare\b(?! of)|공통|공유하|둘 ?다|양쪽 ?(?:모두|다)|모두(?=[와과에] )|(?<=[이가]) 모두(?= (?!몇|합|얼마|총))"
    ),
    "none": re.compile(
        r"(?<!有)没有(?!\s*[?？]?\s*$)|[一半][个座家对处].{0,14}(?:都|也)还?(?:没|没有|无)(?=\W*$|结|建|有)|没[跟和与结]|无(?!锡)|一个也没|without|\bno (?=sister|friend|partner|tie)|\black|has none|have none|\bnone\b|없는|없다"
    ),
    "more": re.compile(
        r"谁多|谁更|哪[个座家边].{0,12}(?<!最)(?<!第[二三四五六七八九十])多(?!少)|哪个更?多|更多|更少|还是|多还是少|\bmore\b|\bfewer\b|compare|\bversus\b|\bvs\b|더 (?:많|적|크|큰|활발|높|낮|잦)|보다 (?:많|적|활발)|비교|어느 쪽"
    ),
    "each": re.compile(r"各自|分别|每个|各个|各有|各[是在占几多]|each\b|respectively|per region|각각|각기|각자|저마다"),
    "rest": re.compile(
        r"除了|除去|除开|除外|除(?=[^夕].{0,12}外)|扣掉|扣除|减去|去掉|刨去|刨除|撇开|抛开|不算|不计"
        r"|\b(?:other than|(?:apart|aside) from|except(?: for)?|excluding|leaving (?:out|aside)|not counting|minus|besides)\b"
        r"|빼|뺀|뺄|제외|제하|말고|이외|(?<![해국대])외[에의]"
    ),
}

_kinds: Final[dict[str, re.Pattern[str]]] = {
    "date": re.compile(
        r"何时|什么时候|啥时候?|哪一?年|几几年|几年(?=[成设建开办有])|哪天|哪一天|哪个月|几月|几号|年份|日期|(?<!多长)时间|什么时间|多会儿|\bwhen\b|what (?:year|date|day|time|month)|(?:which|what) (?:\w+ )?(?:year|date|day|month)|in what year|since when|how long ago|언제|몇 ?년도?(?! ?(?:간|동안|째|만에|이나))|몇 ?월|며칠|연도|날짜|시기|시점|(?<=[은는린된한]) 해(?=[는가를?？]|인|\s*$)"
    ),
    "place": re.compile(
        r"哪里|哪儿|何处|何地|在哪(?!些)|哪座城|哪[一两三几]?个?(?:城市|地方(?!政府))|什么地方|地点|\bwhere\b|what (?:city|place|country|venue)|which (?:(?:korean|chinese|japanese) )?(?:city|place|country|venue|town|prefecture|province|region)\b|(?:which|what) (?:[\w-]+ ){1,2}(?:city|town)\b|(?:which|what) (?:[\w-]+ ){0,3}(?:cities|provinces|countries|places|towns|prefectures|regions)\b|어디|(?:어느|어떤|무슨) (?:도시|나라|곳|지역|시도)|장소|개최지"
    ),
    "person": re.compile(
        r"谁|in charge of|responsible for|哪[一两三几]?位|何人|什么人|哪个人|(?<=[人长员者授任理席表家生士])(?:的名字)?叫(?:什么|啥)|\bwho(?:m|se)?\b|\bnames? of the (?=(?:[\w-]+ ){0,3}?(?:head|president|mayor|director|manager|chair\w*|secretary|governor|person|official|leader|professor|author|founder|minister|ambassador|representative)s?\b)|누구|누가|누굴|(?:어느|어떤) 분"
    ),
    "body": re.compile(
        r"哪[些几两]?家?(?:个|家)?(?:单位|机构|组织|部门)|by whom"
        r"|(?:which|what) (?:bodies|body|organi[sz]ations?|institutions?|agencies|agency)"
        r"|(?:어느|어떤|무슨) (?:대학|기관|단체|회사|기업|부처|부서|조직|기구|협회|학교|연구소)"
    ),
    "money": re.compile(
        r"多少钱|金额|总额|资金(?!问题|困难|支持|链)|投资额|贸易额|预算|经费|多少(?:亿|万)?(?:美元|韩元|元|人民币)|how much money|how much (?:was|is|did|has|have|had|do|does)\b(?=.{0,50}\b(?:spent|spend|paid|pay|cost|raised?|invested|donated)\b)|\bvalue of|\bworth\b|budget|\bcost\b|amount of (?:money|investment)|금액|예산"
    ),
    "amount": re.compile(
        r"比例|占比|百分之|百分比|几成|比重|份额|(?<!按)多少(?!排)|多大|多长|多高|(?<![第哪])几[班趟个座家对场次届回名人位项种件成倍]|规模|金额|面积|数量|how (?:many|much|large|big|long|often|high|far|wide)|number of|percentage|per ?cent|proportion|what share|amount|total|size of|\bvalue\b|what(?:['’]s| is| was| are| were) (?=(?:the |its |their )?(?:[\w-]+ ){0,3}?(?:area|population|length|height|depth|width|size|capacity|distance|cost|price|fee|budget|revenue|turnover|income|salary|weight|speed|temperature|age)\b)|비율|비중|퍼센트|몇(?! ?(?:년(?! ?(?:간|동안|째|만에|이나))|월|위|등|번째|회째|째|차(?!례)))|얼마|면적|금액|건수|횟수"
    ),
}


def operations(key: str) -> dict[Operation, list[Span]]:
    """The operations that a question names, with the places of their words; `key` is its matching key."""
    found = {name: [match.span() for match in pattern.finditer(key)] for name, pattern in _patterns.items()}
    return {name: spans for name, spans in found.items() if spans}


_on_condition = re.compile(
    r"^(?:how|what|which|who|whose|why|where)\b.*(?<!\band )(?<!\bor )(?<!\bsince )\b(?P<when>when)\b"
)
"""A "when" that asks for no time: "how do they work together when somebody complains"."""
_counted_zh = re.compile(rf"(?:多少|(?<![第哪])几)([{_measure}])(?!(?<=人)[口均])")
_counted_en = re.compile(r"(?:how many|number of)\s+(?:of\s+)?(?:the\s+|its\s+|all\s+)?((?:[\w'’]+[\s-]+){0,4}[\w'’]+)")


def counted_words(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a question counts: the Chinese measure words behind 多少 and 几, the English words behind "how many"."""
    return tuple(_counted_zh.findall(key)), tuple(_counted_en.findall(key))


def asked_kinds(key: str) -> dict[str, list[Span]]:
    """The kinds of value that a question asks for: `date`, `place`, `person`, `body`, `money`, `amount`, with the places of the words."""
    found = {name: [match.span() for match in pattern.finditer(key)] for name, pattern in _kinds.items()}
    condition = _on_condition.search(key)
    if condition is not None:
        found["date"] = [span for span in found["date"] if span != condition.span("when")]
    return {name: spans for name, spans in found.items() if spans}
