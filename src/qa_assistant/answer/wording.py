"""The sentences that say what a lookup found, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from qa_assistant.records import Language


@dataclass(frozen=True)
class Wording:
    """Sentences with their gaps in braces, and how things are listed.

    `about` is what the rows were filtered by, `asked` the name of the column that answers, `items` the list.
    """

    listed: str
    row: str
    one: str
    counted: str
    zero: str
    most: str
    least: str
    lead: str
    compared: str
    yes: str
    no: str
    more: str
    same: str
    difference: str
    total: str
    average: str
    share: str
    rest: str
    nth: str
    nth_least: str
    rank: str
    order: str
    common: str
    nothing_common: str
    none: str
    first_of: str
    compared_with: str
    added: str
    apart: str
    part_of: str
    left: str
    share_of: str
    each: str
    missing: str
    no_row: str
    no_value: str
    shared: str
    other_value: str
    also_given: str
    read_as: str
    separator: str
    colon: str
    brackets: str
    about_join: str


_zh: Final = Wording(
    row="{name}的{parts}。",
    listed="{about}的{asked}共{count}{counter}：{items}。",
    one="{about}的{asked}是{items}。",
    counted="{about}的{asked}共{count}{counter}：{items}。",
    zero="{about}的{asked}为0。",
    most="{asked}最多的是{name}，{amount}{counter}。",
    least="{asked}最少的是{name}，{amount}{counter}。",
    lead="最多的是{name}（{amount}{counter}），第二是{second}（{second_amount}{counter}），相差{difference}{counter}。",
    compared="{items}，合计{total}{counter}。",
    yes="是的。",
    no="不是。",
    more="{name}更多，多{difference}{counter}（{items}）。",
    same="一样多（{items}）。",
    difference="{items}，相差{difference}{counter}。",
    total="{about}合计{total}{counter}（{items}）。",
    average="{about}平均{total}{counter}（{items}）。",
    share="{about}：{part}，占{whole}的{percent}%。",
    rest="{about}：共{whole}，除去{left_out}（{part}）还有{rest}。",
    nth_least="倒数第{place}位是{name}，{amount}{counter}。",
    nth="第{place}位是{name}，{amount}{counter}。",
    rank="{name}排第{place}位（共{of}个），{amount}{counter}。",
    order="从多到少依次为：{items}。",
    common="共同的{asked}有{count}{counter}：{items}。",
    nothing_common="{about}没有共同的{asked}。",
    none="没有{about}{asked}的是：{items}。",
    first_of="{items}等（这里列出前{shown}个，共{count}个）",
    compared_with="（共比较了{count}个）",
    added="合计{amount}。",
    apart="相差{amount}。",
    each="平均{amount}。",
    share_of="{asked}占比",
    left="余下{amount}。",
    part_of="由此算出占{percent}%。",
    missing="资料里的“{title}”{where}没有列出{label}，所以无法回答。",
    no_row="资料里的“{title}”{where}没有符合“{about}”的记录。",
    no_value="资料提到了{about}，但没有给出{asked}。",
    shared="（{name}合在一起计，资料没有分开。）",
    other_value="资料另一处的说法不同：{value}。",
    also_given="资料中另有相关数字：{value}。",
    read_as="（按“{title}”理解。）",
    separator="、",
    colon="：",
    brackets="（{}）",
    about_join="·",
)
_en: Final = Wording(
    row="{name} – {parts}.",
    listed="{about} – {asked} ({count}): {items}.",
    one="{about} – {asked}: {items}.",
    counted="{about}: {count} {asked} – {items}.",
    zero="{about} – {asked}: 0.",
    most="{name} has the most ({asked}): {amount}{counter}.",
    least="{name} has the fewest ({asked}): {amount}{counter}.",
    lead="{name} comes first with {amount}, {second} second with {second_amount}: {difference} more.",
    compared="{items}; {total} in total.",
    yes="Yes. ",
    no="No. ",
    more="{name} has more, by {difference} ({items}).",
    same="They have the same number ({items}).",
    difference="{items}; the difference is {difference}.",
    total="{about}: {total} in total ({items}).",
    average="{about}: {total} on average ({items}).",
    share="{about}: {part} of {whole}, that is {percent}%.",
    rest="{about}: {rest} of {whole} without {left_out} ({part}).",
    nth_least="Number {place} from the bottom is {name} with {amount}.",
    nth="Number {place} is {name} with {amount}.",
    rank="{name} ranks number {place} of {of}, with {amount}.",
    order="From most to fewest: {items}.",
    common="In common ({asked}): {count} – {items}.",
    nothing_common="{about} have no {asked} in common.",
    none="Without any ({about}, {asked}): {items}.",
    first_of="{items} … (the first {shown} of {count})",
    compared_with=" ({count} compared)",
    added="Together: {amount}.",
    apart="The difference is {amount}.",
    each="On average {amount} for each.",
    share_of="share of {asked}",
    left="That leaves {amount}.",
    part_of="That is {percent}%.",
    missing="“{title}”{where} in the sources does not list {label}, so this cannot be answered.",
    no_row="“{title}”{where} in the sources has no entry for: {about}.",
    no_value="The sources mention {about}, but give no {asked}.",
    shared=" ({name} are counted together; the source does not split them.)",
    other_value="Elsewhere the sources say otherwise: {value}.",
    also_given="The sources also give: {value}.",
    read_as=" (Read as a question about “{title}”.)",
    separator=", ",
    colon=": ",
    brackets=" ({})",
    about_join=", ",
)
_ko: Final = Wording(
    row="{name} – {parts}.",
    listed="{about}의 {asked}은(는) 모두 {count}{counter}입니다: {items}.",
    one="{about}의 {asked}은(는) {items}입니다.",
    counted="{about}의 {asked}은(는) 모두 {count}{counter}입니다: {items}.",
    zero="{about}의 {asked}은(는) 없습니다(0).",
    most="{asked}이(가) 가장 많은 것은 {name}으로(로) {amount}{counter}입니다.",
    least="{asked}이(가) 가장 적은 것은 {name}으로(로) {amount}{counter}입니다.",
    lead="1위는 {name}({amount}{counter}), 2위는 {second}({second_amount}{counter})이고, 차이는 {difference}{counter}입니다.",
    compared="{items}, 합치면 {total}{counter}입니다.",
    yes="네. ",
    no="아니요. ",
    more="{name}이(가) {difference}{counter} 더 많습니다 ({items}).",
    same="같습니다 ({items}).",
    difference="{items}, 차이는 {difference}{counter}입니다.",
    total="{about}: 합치면 {total}{counter}입니다 ({items}).",
    average="{about}: 평균 {total}{counter}입니다 ({items}).",
    share="{about}: {whole} 가운데 {part}, 곧 {percent}%입니다.",
    rest="{about}: 전체 {whole}에서 {left_out}({part})을(를) 빼면 {rest}입니다.",
    nth_least="끝에서 {place}위는 {name}({amount}{counter})입니다.",
    nth="{place}위는 {name}({amount}{counter})입니다.",
    rank="{name}은(는) {of}개 중 {place}위이며 {amount}{counter}입니다.",
    order="많은 순서대로 {items}입니다.",
    common="공통된 {asked}은(는) {count}{counter}입니다: {items}.",
    nothing_common="{about}의 공통된 {asked}은(는) 없습니다.",
    none="{about} {asked}이(가) 없는 곳은 {items}입니다.",
    first_of="{items} 등 (전체 {count}개 중 {shown}개)",
    compared_with=" ({count}개 비교)",
    added="합치면 {amount}입니다.",
    apart="차이는 {amount}입니다.",
    each="평균 {amount}입니다.",
    share_of="{asked} 비율",
    left="나머지는 {amount}입니다.",
    part_of="비율은 {percent}%입니다.",
    missing="자료의 “{title}”{where}에는 {label}이(가) 없어 답할 수 없습니다.",
    no_row="자료의 “{title}”{where}에는 다음에 해당하는 항목이 없습니다: {about}.",
    no_value="자료는 {about}을(를) 언급하지만 {asked}은(는) 밝히지 않습니다.",
    shared=" ({name}을(를) 합한 수이며 자료는 나누지 않았습니다.)",
    other_value="자료의 다른 곳에서는 다르게 말합니다: {value}.",
    also_given="자료에는 다음 수치도 있습니다: {value}.",
    read_as=" (“{title}”에 관한 질문으로 이해했습니다.)",
    separator=", ",
    colon=": ",
    brackets=" ({})",
    about_join=", ",
)


def wording(language: Language) -> Wording:
    """The sentences of `language`."""
    return {"zh": _zh, "en": _en, "ko": _ko}[language]
