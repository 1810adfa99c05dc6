"""Reading: what extraction tore is joined, nothing is changed, and every character is known by its place."""

import re
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_assistant.errors import SourceError
from qa_assistant.records import Block, Document
from qa_assistant.sources import find_sources, parse_document, read_document, read_raw

SEEDS = Path(__file__).parents[1] / "seeds"
PAPER = SEEDS / "003_5d937874240037c9.txt"
NEWSPAPER = SEEDS / "000_4577295f12020777.txt"

# Sentences of the paper as they read through, by what stands in the middle of them in the file.
INTERRUPTED = {
    "page 244, footnotes 1 to 6": "从学术研究层面切入的成果少见；从韩国学界而言，研究立足于个别地方政府的案例居多，"
    "从全局角度审视的成果不足。",
    "page 247, footnote 10": "2015年3月，大韩民国市道知事协议会和中国人民对外友好协会共同协议运营“中韩省长知事会议”，"
    "其宗旨为促进中韩地方政府之间的经济文化交流、形成地方政府之间的共感带并探索今后的发展方向等；",
    "page 249, footnotes 14 to 16, table 2": "东北亚区域自治团体联合会是1996年9月由中国、日本、韩国、俄罗斯等位于"
    "东北亚地区的4个国家、29个省级地方政府的领导在韩国庆尚北道携手发起成立的国际组织。",
    "page 250, footnotes 17 and 18": "总体而言，该机构会议召开频度比较低，但是，就该机构的持续性和历史性而言，"
    "如果今后能获得政治层面的推动力，凭借其牢固的组织机构有望成为地方政府间经济合作的支柱。",
    "page 251, footnotes 19 and 20": "基础自治州团体有高阳、唐津、全州、群山、龟尾、安东、昌原等。此外，"
    "大韩民国市道知事协议会也加入了该组织。",
    "page 252, footnotes 21 to 24": "黄海经济自由厅、平泽大学、平泽港、长锦商船、中央日报社等韩国政府机构、"
    "商协组织、企业界的44位代表，市发改委、经信委、商务局、海洋渔业局、外宣办投促局等市直单位",
    "page 255, table 3": "庆尚北道的主要领域有行政（286/596）、人员交流、文化艺术等；"
    "庆尚南道的交流合作领域有行政（288/471）、文化艺术及其人员交流等、",
    "page 256, footnote 28": "第二，韩国各级地方政府前期对距韩国较远的中西部地区城市关心程度相对较低，"
    "随着中国的内陆发展战略（如西部大开发、中部崛起等）和“一带一路”倡议的实施，",
    "mark 1": "其文化影响力不断扩大所产生的费用和各种问题。也就是说在全球化与地方化的背景下，地方政府意识到有必要",
    "mark 2": "被称为“外交史上的奇迹”。伴随两国关系的发展，双方地方政府的交流与合作凭借地理、文化因素取得了成效，",
    "mark 3": "从1992年全罗南道木浦市和中国连云港市结成第一对姊妹城市到2019年上半年，"
    "两国姊妹友好城市数达到了646对；各地方政府的专门机构及其派驻对方的办公室、专门团体，",
    "mark 4": "目前，中韩地方政府不仅通过跨国合作促进地方经济发展，成为了中韩经济和贸易往来的重要组成部分，"
    "也为中韩关系的良性发展提供了重要的人文平台。",
    "mark 5": "因此，促使地方政府在激励因素和阻碍因素下作出跨国合作的理性选择，"
    "对于推动国家关系发展、解读跨国公共事务和提升地方竞争力具有重要意义。",
    "mark 6": "从学术研究层面切入的成果少见；从韩国学界而言，",
    "mark 7": "从全局角度审视的成果不足。在此背景下，本文借鉴并参考了中韩两国学者的研究成果，",
    "mark 8": "此时，青岛政府官员的访韩目的是招商引资，但因隐含了“次国家政府”国际交往的政治行为，因此，"
    "可以说推动了中韩关系的改善。",
    "mark 9": "截至2019年上半年，中韩友好姊妹城市超过了韩国地方政府全球结对总数的40%。"
    "迅速发展的姊妹（友好）城市成为了中韩地方政府交流合作的主要模式。",
    "mark 11": "协议举行“中韩知事省长会议”，并在中韩两国巡回举行。2016年6月8日，"
    "在韩国仁川召开了第一届“中韩省长知事会议”，",
    "mark 12": "共有来自两国的13个地方政府的负责人与会。本次会议以“迎接中韩ＦＴＡ时代，有效发挥地方政府作用”为主题，",
    "mark 14": "进一步推动多领域国际合作搭建平台。"
    "本次会议中日韩三国机构代表签署了意在继续加强三方合作交流的合作备忘录，",
    "mark 15": "共同推动了三国地方政府合作的深入发展。目前，中韩日地方政府交流会议成为了三方地方政府信息共享的平台",
    "mark 17": "为建立中日韩区域性自贸区进行了有益的探索。2018年11月7日-9日，东亚经济交流推进机构第五届国际商务分会"
    "在烟台举办，",
    "mark 18": "针对建立中日韩自贸区进行了有益的探索和研讨。总体而言，该机构会议召开频度比较低，",
    "mark 19": "凭借其牢固的组织机构有望成为地方政府间经济合作的支柱。（<图2>为东亚经济交流促进机构体系）",
    "mark 20": "中国有会员城市26个，包括全国友协，共有27个地方政府组织会员。韩国共有23个地方政府参与其中，",
    "mark 22": "随后韩国方面将新万金单独指定为韩中产业园，2016年5月17日及19日，新万金开发厅分别在中国四川省成都市及"
    "山东省青岛市召开“新万金中韩经济合作园区投资说明会”，",
    "mark 23": "山东省烟台市、广东省惠州市分别设立中韩产业园。中国盐城产业园举办了盐城（首尔）经贸合作交流会"
    "暨中韩（盐城）产业园投资说明会，",
    "mark 28": "也有“跨地域平行外交（transregional paradiplomacy）”的特点。第二，韩国各级地方政府前期",
    "mark 29": "近10年来韩国各级地方政府逐步开始与中国中西部城市结为友好城市；第三，中韩地方政府合作的双边、多边合作"
    "体系机制逐渐走向成熟，",
    "mark 30": "进而有利于地方发展、促进多边关系。目前，这些机制促进了两国的友好合作、提供了分享信息的平台。",
    "mark 31": "中韩地方政府的行政交流有流于代表团访问形式居多之嫌；中韩地方政府合作的双边或多边会议"
    "受到政治环境的影响时有中断，",
    "mark 33": "个别地方甚至存在着外事人员减少、机构兼并与预算受限的情况以及办事效率低下的问题，"
    "这些问题均会制约地方政府国际交流与合作的有序开展。",
}

TABLES = {
    "<表1> 韩国市道与中国地方政府的结对概况": (246, 12),
    "<表2> 历届中韩日地方政府会议概况": (249, 22),
    "<表3> 中韩地方政府之间交流内容": (255, 12),
    "<表4> 韩国地方政府分领域别与中国交流合作概况": (256, 1),
}


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_document(PAPER, PAPER.stem, PAPER.name)


@pytest.fixture(scope="module")
def paper_raw() -> str:
    return read_raw(PAPER)[0]


@pytest.fixture(scope="module")
def newspaper() -> Document:
    return read_document(NEWSPAPER, NEWSPAPER.stem, NEWSPAPER.name)


def text_of(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def texts(document: Document, *kinds: str) -> list[str]:
    """The texts of the blocks of these kinds, of all blocks when none is named."""
    return [text_of(document, block) for block in document.blocks if not kinds or block.kind in kinds]


def blocks_of(document: Document, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


def read(raw: str) -> list[tuple[str, str]]:
    """The blocks of a made text: kind and text."""
    document = parse_document(raw, "d", "d.txt")
    check_document(document, raw)
    return [(block.kind, text_of(document, block)) for block in document.blocks]


def squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def inside_a_listed_sentence(paper: Document, place: int) -> bool:
    starts = [(paper.text.index(sentence), len(sentence)) for sentence in INTERRUPTED.values()]
    return any(start < place < start + length for start, length in starts)


def check_document(document: Document, raw: str) -> None:
    """What must hold for every text: nothing changed, nothing twice, every character known by its place."""
    text_end = 0
    taken: set[int] = set()
    mapped: set[int] = set()
    for text_start, raw_start, length in document.raw_map:
        assert length > 0
        assert text_start >= text_end
        text_end = text_start + length
        assert document.text[text_start:text_end] == raw[raw_start : raw_start + length]
        places = set(range(raw_start, raw_start + length))
        assert len(places) == length
        assert not taken & places
        taken |= places
        mapped |= set(range(text_start, text_end))
    assert text_end <= len(document.text)
    unmapped = [char for place, char in enumerate(document.text) if place not in mapped]
    assert all(char.isspace() for char in unmapped)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert not document.text[end : block.start].strip()
        assert block.anchor is None or 0 <= block.anchor <= len(document.text)
        end = block.end
    assert not document.text[end:].strip()


# The paper: sentences


@pytest.mark.parametrize("sentence", INTERRUPTED.values(), ids=INTERRUPTED)
def test_an_interrupted_sentence_reads_through(paper: Document, paper_raw: str, sentence: str) -> None:
    assert sentence in paper.text
    assert squeezed(sentence) not in squeezed(paper_raw), "taking out the line ends alone would have repaired it"


def test_every_page_end_within_a_paragraph_is_among_the_sentences_that_read_through(paper: Document) -> None:
    crossings = [
        following
        for block in blocks_of(paper, "paragraph")
        for place, following in pairwise(
            place for place in range(block.start, block.end) if not paper.text[place].isspace()
        )
        if paper.page_at(place) != paper.page_at(following)
    ]
    assert len(crossings) == 8
    assert [place for place in crossings if not inside_a_listed_sentence(paper, place)] == []


def test_every_footnote_mark_within_a_paragraph_is_among_the_sentences_that_read_through(paper: Document) -> None:
    inside = {
        note.label: note.anchor
        for note in blocks_of(paper, "footnote")
        for block in blocks_of(paper, "paragraph")
        if note.anchor is not None and block.start < note.anchor < block.end
    }
    assert len(inside) == 24
    assert [label for label, anchor in inside.items() if not inside_a_listed_sentence(paper, anchor)] == []


@pytest.mark.parametrize("table", TABLES)
def test_no_paragraph_is_split_around_a_table(paper: Document, table: str) -> None:
    """A paragraph ends before the table where its sentence ends: none is left open."""
    block = next(block for block in blocks_of(paper, "table") if block.label == table)
    assert block.anchor is not None
    assert paper.text[block.anchor - 1] in "）。"


def test_no_paragraph_of_the_paper_stops_in_the_middle_of_a_sentence(paper: Document) -> None:
    chinese = [text for text in texts(paper, "paragraph") if re.search("[一-鿿]", text)]
    assert len(chinese) > 25
    assert [text[-20:] for text in chinese if text[-1] not in "。）；"] == []
    assert [text[:20] for text in chinese if text[0] in "，。、；）"] == []


@pytest.mark.parametrize(
    ("joined", "torn"),
    [
        ("从1992年全罗南道木浦市", "19\n\n92年"),
        ("2000年代为291对", "2\n\n91对"),
        ("首尔特别市为917次", "91\n\n7次"),
        ("行政（605/1445）", "144\n\n5）"),
        ("2002、2006、2010、2014", "20\n\n10、"),
        ("transborder regional paradiplomacy", "p\n\naradiplomacy"),
        ("AER、R20、ICLEI", "ICL\n\nEI"),
        ("Paradigms and Human Experience.", "Human E\n\nxperience"),
        ("http://www.sohu.com/a/260277272_123753", "ww\n\nw.sohu"),
        ("오양호、이정석，〈지방정부 국제교류의", "지\n방정부"),
        ("현황，특징 그리고 국제정치적", "그리\n고"),
        ("中韩地方政府", "中韩地\n\n方政府"),
    ],
)
def test_words_and_numbers_cut_at_a_line_end_are_joined(
    paper: Document, paper_raw: str, joined: str, torn: str
) -> None:
    assert joined in paper.text
    assert torn in paper_raw


@pytest.mark.parametrize(
    "words",
    [
        "Exchanges and Cooperation between the Local Governments of Korea and China",
        "Cooperation Mechanism, Exchange Area, Exchange Frequency",
        "cooperation between local governments after the establishment of diplomatic relations between China and South",
    ],
)
def test_english_lines_of_the_paper_are_joined_with_a_space(paper: Document, words: str) -> None:
    assert words in paper.text


def test_full_width_letters_and_traditional_characters_stay_as_they_are(paper: Document) -> None:
    assert "迎接中韩ＦＴＡ时代" in paper.text
    assert "中韩FTA时代" not in paper.text
    assert "中國學 第69輯" in paper.text


# The paper: footnotes, tables, captions


def test_footnotes_1_to_33_are_blocks_of_their_own(paper: Document) -> None:
    notes = blocks_of(paper, "footnote")
    assert [note.label for note in notes] == [str(number) for number in range(1, 34)]
    for note in notes:
        assert text_of(paper, note).startswith(f"{note.label})")
    assert not any(text.startswith(f"{note.label})") for note in notes for text in texts(paper, "paragraph"))


@pytest.mark.parametrize(
    ("label", "before", "after"),
    [
        ("1", "所产生的费用和各种问题。", "也就是说"),
        ("2", "“外交史上的奇迹”。", "伴随两国关系"),
        ("3", "两国姊妹友好城市数达到了646对；", "各地方政府"),
        ("5", "作出跨国合作的理性选择，", "对于推动"),
        ("8", "国际交往的政治行为，", "因此，"),
        ("9", "总数的40%。", "迅速发展"),
        ("10", "交流的常设对话机制。", ""),
        ("13", "将于2020年在韩国举行。", ""),
        ("16", "（4）东北亚区域自治团体联合会（NEAR）", ""),
        ("19", "政府间经济合作的支柱。", "（<图2>"),
        ("22", "新万金单独指定为韩中产业园，", "2016年5月17日"),
        ("24", "企业信贷融资45亿元。", ""),
        ("28", "paradiplomacy）”的特点。", "第二，"),
        ("31", "访问形式居多之嫌；", "中韩地方政府合作"),
        ("32", "需要业绩证明的缘故。", ""),
        ("33", "办事效率低下的问题，", "这些问题"),
    ],
)
def test_a_footnote_is_anchored_behind_the_word_that_bore_its_mark(
    paper: Document, label: str, before: str, after: str
) -> None:
    anchor = next(note.anchor for note in blocks_of(paper, "footnote") if note.label == label)
    assert anchor is not None
    assert paper.text[:anchor].endswith(before)
    assert paper.text[anchor:].startswith(after or "\n\n")


def test_every_footnote_is_anchored_where_its_mark_stands_in_the_file(paper: Document, paper_raw: str) -> None:
    for note in blocks_of(paper, "footnote"):
        assert note.anchor is not None
        ((_, raw_end),) = paper.raw_spans(note.anchor - 1, note.anchor)
        assert paper_raw[raw_end:].startswith(f"{note.label})")


def test_a_footnote_stands_in_the_section_of_its_mark(paper: Document) -> None:
    paths = {note.label: note.path[-1] for note in blocks_of(paper, "footnote")}
    assert paths["7"] == "1. 序言"  # page 245, where section 2 has begun
    assert paths["9"] == "1）姊妹友好城市成为主要模式"
    assert paths["10"] == "（1）中韩地方政府交流研讨会"
    assert paths["16"] == "（4）东北亚区域自治团体联合会（NEAR）"
    assert paths["33"] == "4. 结语"


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("1", "1) Alger，C. F，The World Relations", "2010.12. p.395。"),
        ("10", "10)2019年8月29日-31日", "201909/t20190904_2018891.html [2019.10.31.]"),
        ("23", "23)中韩（盐城）产业园总体规划面积50平方公里", "（百度百科）"),
        ("28", "28)美国学者杜恰切克提出", "2012年1月，p.96。"),
        ("33", "33)陈翔、韦红，", "2016年第6期，pp.38-39。"),
    ],
)
def test_a_footnote_of_several_lines_is_whole(paper: Document, label: str, first: str, last: str) -> None:
    note = next(text_of(paper, note) for note in blocks_of(paper, "footnote") if note.label == label)
    assert note.startswith(first)
    assert note.endswith(last)


def test_footnote_text_is_in_no_other_block(paper: Document) -> None:
    others = "\n".join(text_of(paper, block) for block in paper.blocks if block.kind != "footnote")
    notes = "\n".join(texts(paper, "footnote"))
    for words in ("杨龙、张彦华", "祁怀高", "世界上最长的海堤", "杜恰切克", "百度百科", "吴世坤", "卢时旭", "천자현"):
        assert words in notes
        assert words not in others
    assert "http" not in "".join(texts(paper, "paragraph"))


def test_no_footnote_mark_is_left_in_the_text(paper: Document) -> None:
    paragraphs = "".join(texts(paper, "paragraph"))
    assert re.findall(r"[，。；：]\d{1,2}\)", paragraphs) == []


@pytest.mark.parametrize("label", TABLES)
def test_a_table_is_one_block_however_the_pages_break_it(paper: Document, label: str) -> None:
    tables = [block for block in blocks_of(paper, "table") if block.label == label]
    assert len(tables) == 1
    text = text_of(paper, tables[0])
    assert text.splitlines()[0] == label
    assert "大韩民国市道知事协会" in text.splitlines()[-1] + text.splitlines()[-2] + text.splitlines()[-3]


def test_the_paper_has_four_tables_and_four_figures(paper: Document) -> None:
    assert [block.label for block in blocks_of(paper, "table")] == list(TABLES)
    assert [(block.label or "")[:4] for block in blocks_of(paper, "caption")] == ["<图1>", "<图2>", "<图3>", "<图4>"]
    assert all("https://" in text or "http://" in text for text in texts(paper, "caption"))


def test_table_1_has_a_row_for_each_of_the_17_provinces_and_cities(paper: Document) -> None:
    lines = texts(paper, "table")[0].splitlines()
    provinces = (
        "首尔市 釜山市 大邱市 仁川市 光州市 蔚山市 世宗市 京畿道 江原道 忠清北道 忠清南道 全罗北道 全罗南道"
        " 庆尚北道 庆尚南道 济州"
    ).split()
    found = [line.split()[0] for line in lines if line.split()[0] in provinces]
    assert found == provinces
    assert lines[1] == "韩国市道 中国姊妹城市(省)，年度 中国友好城市(省)、地区，年度"
    assert lines[-1] == "[2019.10.31.]"
    # The row that the page end divides.
    daegu = lines.index("大邱市 青岛市(1993)、宁波市(13)、 沈阳市(01)、扬州市(03)、盐城市(03)、武汉市(16)、")
    assert lines[daegu + 1] == "成都市(15) 长沙市(18)"


def test_table_2_has_a_row_for_each_of_the_20_meetings_in_order(paper: Document) -> None:
    lines = texts(paper, "table")[1].splitlines()
    rows = [match.groups() for line in lines if (match := re.match(r"(\d{4})\((\d+)\) \S+ \S+ ", line))]
    assert rows == [(str(1998 + number), str(number)) for number in range(1, 21)]
    assert lines[21] == "2018(20) 中国 开封 构建合作共赢的东北亚地区命运共同体"


def test_table_3_has_a_row_for_each_of_the_11_fields(paper: Document) -> None:
    lines = texts(paper, "table")[2].splitlines()
    fields = "行政 人员 文化艺术 旅游 青少年 体育 技术、学术 经济 民间团体 象征性事业 其他".split()
    assert [line.split()[0] for line in lines if line.split()[0] in fields] == fields
    # From the foot of the next page, behind the text there.
    assert "象征性事业 建设公园，街道命名仪式，友好城市展览馆开馆，颁发荣誉市民证等。" in lines


@pytest.mark.parametrize(
    ("kind", "number", "before"),
    [
        ("table", 0, "建立的姊妹、友好城市概况）"),
        ("table", 1, "具体概况参见<表2>。"),
        ("table", 2, "之间交流的主要内容）"),
        ("table", 3, "为分领域的交流合作概况）"),
        ("caption", 0, "姊妹或友好城市变迁概况）"),
        ("caption", 1, "东亚经济交流促进机构体系）"),
        ("caption", 2, "地方政府领域别交流概况）"),
    ],
    ids=["table 1", "table 2", "table 3", "table 4", "figure 1", "figure 2", "figure 3"],
)
def test_a_table_or_figure_is_anchored_where_it_interrupted_the_text(
    paper: Document, kind: str, number: int, before: str
) -> None:
    anchor = blocks_of(paper, kind)[number].anchor
    assert anchor is not None
    assert paper.text[:anchor].endswith(before)


def test_rows_of_tables_are_in_no_paragraph(paper: Document) -> None:
    paragraphs = "\n".join(texts(paper, "paragraph", "footnote"))
    rows = [line for text in texts(paper, "table") for line in text.splitlines()]
    assert len(rows) > 70
    # One line of table 3 is also how the text above it puts it.
    told = "参加庆典，舞蹈、艺术、合唱团演出，围棋及其书法交流，摄影、美术及民俗展览会，"
    assert [row for row in rows if row in paragraphs and len(row) > 15 and "https" not in row] == [told]
    for words in ("成都市(15)", "构建合作共赢的东北亚地区命运共同体", "足球友谊赛", "颁发荣誉市民证"):
        assert words not in paragraphs


# The paper: headings, pages, title


def test_the_running_head_is_dropped(paper: Document) -> None:
    assert "赵立新·李丹 ․ 243" not in paper.text
    assert paper.text.count("中韩地方政府交流与合作的机制与现状分析") == 1
    assert paper.title == "中韩地方政府交流与合作的机制与现状分析"


def test_headings_of_the_paper_have_their_paths(paper: Document) -> None:
    two = "2. 中韩地方政府国际交流与合作的体系与机制"
    talks = "2）对话机制走向成熟"
    three = "3. 中韩地方政府交流与合作领域"
    assert [(block.path, text_of(paper, block)) for block in blocks_of(paper, "heading")] == [
        ((), "【目 录】"),
        ((), "【摘要】"),
        ((), "1. 序言"),
        ((), two),
        ((two,), "1）姊妹友好城市成为主要模式"),
        ((two,), talks),
        ((two, talks), "（1）中韩地方政府交流研讨会"),
        ((two, talks), "（2）中韩省长知事会议"),
        ((two, talks), "（3）中日韩地方政府交流会议（中日韩城市大会）"),
        ((two, talks), "（4）东北亚区域自治团体联合会（NEAR）"),
        ((two, talks), "（5）东亚经济交流促进机构（OEAED）"),
        ((two, talks), "（6）世界地方政府联合（UCLG）"),
        ((two,), "3）中韩产业园区将成为重要平台"),
        ((), three),
        ((three,), "1）主要领域与内容"),
        ((three,), "2）交流频度与领域"),
        ((), "4. 结语"),
    ]


def test_the_table_of_contents_is_no_heading(paper: Document) -> None:
    (contents,) = texts(paper, "contents")
    assert contents.splitlines()[0] == "1. 序言"
    assert contents.splitlines()[-1] == "4. 结语"
    assert len(contents.splitlines()) == 9


def test_the_paper_has_pages_243_to_258(paper: Document, paper_raw: str) -> None:
    assert [page.number for page in paper.pages] == list(range(243, 259))
    assert paper.pages[0].start == 0
    assert paper.pages[-1].end == len(paper_raw)
    assert all(page.end == following.start for page, following in pairwise(paper.pages))


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("本文立足中韩建交之后", 243),
        ("全球地方化和地方国际化导致", 244),
        ("从韩国学界而言，研究立足", 244),
        ("国学界而言，研究立足于个别", 245),
        ("祁怀高，〈中国地方政府对中韩建交的影响〉", 245),
        ("<表1>显示", 246),
        ("中韩地方政府交流研讨会自2002年", 247),
        ("2016年6月8日，在韩国仁川召开", 248),
        ("2018年10月18日，在中国开封召开", 249),
        ("1991年，由大连市", 250),
        ("世界城市和地方政府联盟（UCLG）又称", 251),
        ("2017年12月，习近平主席", 252),
        ("厅、平泽大学、平泽港", 253),
        ("行政互访在中韩地方政府交流", 254),
        ("京畿道为1445次", 255),
        ("象征性事业 建设公园", 255),
        ("transregional paradiplomacy", 256),
        ("陈翔、韦红", 257),
        ("Based on the system and field", 258),
    ],
)
def test_a_place_knows_its_page(paper: Document, words: str, page: int) -> None:
    assert paper.page_at(paper.text.index(words)) == page


# The newspaper page


def test_a_markdown_page_has_its_title_and_headings(newspaper: Document) -> None:
    title = "十年“双城双馆”筑就黄海合作标杆 威海仁川上演中韩自贸“双城记”"
    assert newspaper.title == title
    assert [(block.path, text_of(newspaper, block)) for block in blocks_of(newspaper, "heading")] == [
        ((), title),
        ((title,), "载体创新 双馆联动 构建双向赋能平台"),
        ((title,), "制度创新 多维机制 破解跨境合作壁垒"),
        ((title,), "平台搭建 精准对接 激活合作动能"),
        ((title,), "十年成效 从机制创新 到产业共赢的跨越发展"),
        ((title,), "未来展望 升级合作样板 共绘东北亚发展新篇"),
    ]
    assert newspaper.pages == ()
    assert "#" not in newspaper.text


@pytest.mark.parametrize(
    ("sentence", "torn"),
    [
        ("在仁川韩服协会会长的支持下，得到了最新传统韩服的赞助。", "得\n\n到了最新传统韩服"),
        ("生物制药等领域。”威海馆相关负责人说。", "威海\n\n馆相关负责人说"),
    ],
)
def test_a_paragraph_torn_in_the_middle_of_a_sentence_is_joined(newspaper: Document, sentence: str, torn: str) -> None:
    assert any(sentence in text for text in texts(newspaper, "paragraph"))
    assert torn in read_raw(NEWSPAPER)[0]


def test_paragraphs_that_end_are_not_joined(newspaper: Document) -> None:
    paragraphs = texts(newspaper, "paragraph")
    assert [text[-10:] for text in paragraphs if text[-1] not in "。”"] == []
    assert "仁川馆每年都组织企业参加中国主要城市国际博览会。" in paragraphs


def test_a_byline_is_matter(newspaper: Document) -> None:
    assert texts(newspaper, "matter") == ["果然财经", "李孟霏 王震 潘佳蓬\n威海报道"]


@pytest.mark.parametrize("path", [PAPER, NEWSPAPER], ids=["paper", "newspaper"])
def test_every_character_of_a_seed_maps_to_the_raw_file(path: Path) -> None:
    raw, digest = read_raw(path)
    document = read_document(path, path.stem, path.name)
    check_document(document, raw)
    assert digest == document.sha256 == sha256(path.read_bytes()).hexdigest()
    assert document.language == "zh"
    assert document.source == path.name


def test_no_words_of_the_paper_are_lost_but_running_head_and_marks(paper: Document, paper_raw: str) -> None:
    kept = {place for start, end in paper.raw_spans(0, len(paper.text)) for place in range(start, end)}
    left_out = "".join(char if place not in kept else "\n" for place, char in enumerate(paper_raw))
    pieces = [piece for piece in left_out.split() if piece]
    head = "中韩地方政府交流与合作的机制与现状分析 / 赵立新·李丹 ․ 243".split()
    assert pieces[: len(head)] == head
    assert pieces[len(head) :] == [f"{number})" for number in range(1, 34)]


def test_no_words_of_the_newspaper_are_lost_but_the_marks_of_markdown(newspaper: Document) -> None:
    raw, _ = read_raw(NEWSPAPER)
    kept = {place for start, end in newspaper.raw_spans(0, len(newspaper.text)) for place in range(start, end)}
    left_out = {char for place, char in enumerate(raw) if place not in kept and not char.isspace()}
    assert left_out == {"#"}


# Made texts

ENGLISH_PAGES = (
    "The two cities signed a treaty in 1993,1) and trade grew\n"
    "quickly after that.2) Officials visited each other in the years that\n"
    "\n"
    "1) See the annals of the city of\n"
    "Weihai, p. 12.\n"
    "2) Figures of the port.\n"
    "\f"
    "followed, and the port was opened.\n"
)
CHINESE_PAGES = (
    "中韩建交于一九九二年，1)此后两国关系快速发展，地方政府之间的交流也越来越\n"
    "多。\n"
    "威海与仁川缔结友好城市关系，两地的往来十分频繁，其中最重要的是港口之间的\n"
    "\n"
    "1) 参见外交部网站，二〇一九年。\n"
    "\f"
    "合作，它带动了贸易。\n"
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            "The harbour of Weihai lies on the Yellow Sea and\nfaces Incheon, which can be reached by\nferry overnight."
            "\n\nA second paragraph follows.\n",
            [
                (
                    "paragraph",
                    "The harbour of Weihai lies on the Yellow Sea and faces Incheon, which can be reached by ferry"
                    " overnight.",
                ),
                ("paragraph", "A second paragraph follows."),
            ],
            id="English lines are joined with a space",
        ),
        pytest.param(
            "威海位于黄海之滨，与仁川\n隔海相望。\n\n两地有渡轮往来。\n",
            [("paragraph", "威海位于黄海之滨，与仁川隔海相望。"), ("paragraph", "两地有渡轮往来。")],
            id="Chinese lines are joined without one",
        ),
        pytest.param(
            "# Ports\n\nThe port is old.\n\n## Weihai\n\n- It has ferries.\n- It has trains.\n\n"
            "1. First, sail.\n2. Then, rest.\n",
            [
                ("heading", "Ports"),
                ("paragraph", "The port is old."),
                ("heading", "Weihai"),
                ("list", "It has ferries."),
                ("list", "It has trains."),
                ("list", "First, sail."),
                ("list", "Then, rest."),
            ],
            id="Markdown in English",
        ),
        pytest.param(
            "# 港口\n\n港口历史悠久。\n\n## 威海\n\n* 有渡轮，每天一班。\n* 有火车。\n",
            [
                ("heading", "港口"),
                ("paragraph", "港口历史悠久。"),
                ("heading", "威海"),
                ("list", "有渡轮，每天一班。"),
                ("list", "有火车。"),
            ],
            id="Markdown in Chinese",
        ),
        pytest.param(
            "城市如下。\n\n| 城市 | 年份 |\n| --- | --- |\n| 威海 | 1993 |\n| 仁川 | 1995 |\n\n表后正文。\n",
            [
                ("paragraph", "城市如下。"),
                ("table", "| 城市 | 年份 |\n| 威海 | 1993 |\n| 仁川 | 1995 |"),
                ("paragraph", "表后正文。"),
            ],
            id="a Markdown table without its rule",
        ),
        pytest.param(
            "Weihai, a port  \nIncheon, a port\n",
            [("paragraph", "Weihai, a port\nIncheon, a port")],
            id="a hard break stays",
        ),
        pytest.param(
            "> The port was opened,\n> and trade grew.\n",
            [("paragraph", "The port was opened, and trade grew.")],
            id="a quotation without its marks",
        ),
        pytest.param(
            "# Ports\r\n\r\nThe harbour lies on\r\nthe sea.\r\n\r\n威海位于\r\n黄海。\r\n",
            [("heading", "Ports"), ("paragraph", "The harbour lies on the sea."), ("paragraph", "威海位于黄海。")],
            id="CRLF",
        ),
        pytest.param(
            "# Ports\r\rThe harbour lies on\rthe sea.\r",
            [("heading", "Ports"), ("paragraph", "The harbour lies on the sea.")],
            id="CR alone",
        ),
        pytest.param(
            "\ufeff# 港口\n\n港口历史悠久。\n",
            [("heading", "港口"), ("paragraph", "港口历史悠久。")],
            id="a byte order mark at the start",
        ),
        pytest.param(
            "港口历史悠久。\n\n\ufeff# 威海\n\n威海\ufeff有渡轮，每天一班。\n",
            [("paragraph", "港口历史悠久。"), ("heading", "威海"), ("paragraph", "威海\ufeff有渡轮，每天一班。")],
            id="a byte order mark within, where files were put together",
        ),
        pytest.param(
            "\u3000\n威海有渡轮，\n每天一班。\n\u00a0\n",
            [("paragraph", "威海有渡轮，每天一班。")],
            id="lines of ideographic and no-break spaces",
        ),
        pytest.param(
            ENGLISH_PAGES,
            [
                (
                    "paragraph",
                    "The two cities signed a treaty in 1993, and trade grew quickly after that. Officials visited each"
                    " other in the years that followed, and the port was opened.",
                ),
                ("footnote", "1) See the annals of the city of Weihai, p. 12."),
                ("footnote", "2) Figures of the port."),
            ],
            id="pages and footnotes in English",
        ),
        pytest.param(
            CHINESE_PAGES,
            [
                (
                    "paragraph",
                    "中韩建交于一九九二年，此后两国关系快速发展，地方政府之间的交流也越来越多。",
                ),
                (
                    "paragraph",
                    "威海与仁川缔结友好城市关系，两地的往来十分频繁，其中最重要的是港口之间的合作，它带动了贸易。",
                ),
                ("footnote", "1) 参见外交部网站，二〇一九年。"),
            ],
            id="pages and footnotes in Chinese",
        ),
        pytest.param(
            "张三在一九九二年访问了首尔，1)随后两国建交，双边关系快速发展。\n\n"
            "1) 金大中 著 某书\n第二行注释的内容在此。\n\f第二页的正文在此，继续写下去。\n",
            [
                ("paragraph", "张三在一九九二年访问了首尔，随后两国建交，双边关系快速发展。"),
                ("paragraph", "第二页的正文在此，继续写下去。"),
                ("footnote", "1) 金大中 著 某书第二行注释的内容在此。"),
            ],
            id="spaces in a footnote do not make it a table",
        ),
        pytest.param(
            "首尔与威海的往来年份见下表，1)两地的关系从那时起快速发展，贸易也增长了。\n\n"
            "<表1> 往来概况\n\n1) 金大中 著 某书。\n\f第二页的正文在此，继续写下去。\n",
            [
                ("paragraph", "首尔与威海的往来年份见下表，两地的关系从那时起快速发展，贸易也增长了。"),
                ("paragraph", "第二页的正文在此，继续写下去。"),
                ("table", "<表1> 往来概况"),
                ("footnote", "1) 金大中 著 某书。"),
            ],
            id="a footnote below a caption is not a row of it",
        ),
        pytest.param(
            "两地的合作有两类，即(1)贸易和(2)文化，1)其中贸易的比重最大，文化次之。\n\n"
            "1) 参见外交部网站，二〇一九年。\n\f第二页的正文在此，继续写下去。\n",
            [
                ("paragraph", "两地的合作有两类，即(1)贸易和(2)文化，其中贸易的比重最大，文化次之。"),
                ("paragraph", "第二页的正文在此，继续写下去。"),
                ("footnote", "1) 参见外交部网站，二〇一九年。"),
            ],
            id="a number in brackets is not a mark",
        ),
    ],
)
def test_a_made_text_reads_as_it_should(raw: str, expected: list[tuple[str, str]]) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize("raw", [ENGLISH_PAGES, CHINESE_PAGES], ids=["en", "zh"])
def test_pages_divided_by_form_feeds_are_numbered_from_1(raw: str) -> None:
    document = parse_document(raw, "d", "d.txt")
    assert [page.number for page in document.pages] == [1, 2]
    note = blocks_of(document, "footnote")[0]
    assert note.anchor is not None
    assert document.text[: note.anchor].endswith(("in 1993,", "一九九二年，"))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_line_ends_do_not_change_the_reading_text(paper: Document, paper_raw: str, line_end: str) -> None:
    raw = re.sub(r"\r?\n", line_end, paper_raw)
    document = parse_document(raw, paper.doc_id, paper.source)
    check_document(document, raw)
    assert document.text == paper.text
    assert document.blocks == paper.blocks


@pytest.mark.parametrize(
    "raw",
    [
        "The plan has three parts:\n\n1) build a port, and open it\n2) train staff, and pay them\n3) open an office.\n",
        "计划分为三部分：\n\n1) 建设港口，开通航线；\n2) 训练人员，发放工资；\n3) 开办事处。\n",
        "The plan has two parts:\n\n1) build a port, and open it\n2) train staff, pay them\n\fThe next page follows.\n",
        "计划分为三部分：\n\n1) 建设港口，开通航线；\n2) 训练人员，发放工资；\n\f第二页的正文，继续写下去。\n",
    ],
    ids=["en", "zh", "en on pages", "zh on pages"],
)
def test_a_numbered_list_is_no_footnote(raw: str) -> None:
    kinds = {kind for kind, _ in read(raw)}
    assert kinds <= {"paragraph", "list"}
    text = parse_document(raw, "d", "d.txt").text
    for words in re.findall(r"\d\) (.+)", raw):
        assert words in text


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("# 港口\n\n正文在此，很短。\n", "港口"),
        ("Ports of Asia\n\nThe port is old, and large.\n", "Ports of Asia"),
        ("The port is old, and large.\n", "d"),
    ],
    ids=["heading", "first line", "neither"],
)
def test_the_title_is_the_first_heading_or_line_of_a_text(raw: str, title: str) -> None:
    assert parse_document(raw, "d", "d.txt").title == title


def test_the_text_of_a_list_item_is_not_taken_for_its_number() -> None:
    raw = "1. 1, that is one\n2. 2\n"
    document = parse_document(raw, "d", "d.txt")
    check_document(document, raw)
    assert document.text == "1, that is one\n\n2"
    assert document.raw_spans(0, len(document.text)) == ((3, 17), (21, 22))


# Bad input


def test_a_missing_folder_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no such folder; .*--seeds") as raised:
        find_sources(tmp_path / "nowhere")
    assert raised.value.path == str(tmp_path / "nowhere")
    assert "\n" not in str(raised.value)


def test_a_file_given_as_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("正文", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.txt: no such folder"):
        find_sources(file)


BAD_FILES = {
    "empty": (b"", "is empty; put text in it or remove it"),
    "blank": (b" \n\r\n\t", "is empty; put text in it or remove it"),
    "GB18030": ("第一行\n中韩地方政府\n".encode("gb18030"), r"line 1: byte 0 \(0xb5\) is not UTF-8; save the file as"),
    "GB18030 below UTF-8": ("第一行。\n".encode() + "中韩".encode("gb18030"), "line 2: byte 13 .*is not UTF-8; save"),
    "UTF-16": ("中韩ab".encode("utf-16"), "is NUL|is not UTF-8"),
    "cut in a character": ("中韩".encode()[:-1], "line 1: byte 3 .*is not UTF-8; save"),
    "binary": (b"PK\x03\x04\x00\x00\x08\x00", "byte 4 is NUL, .*not UTF-8 text; save it as UTF-8 or remove it"),
    "only punctuation": ("。。。！？ —— ***\n".encode(), "holds no words; put text in it or remove it"),
    "only a byte order mark": ("\ufeff".encode(), "holds no words; put text in it or remove it"),
}


@pytest.mark.parametrize(("data", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_gets_one_line_with_file_place_and_remedy(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    (tmp_path / "good.md").write_text("# 港口\n\n港口历史悠久。\n", encoding="utf-8")
    with pytest.raises(SourceError, match=message) as raised:
        read_document(path, "bad", "bad.txt")
    assert str(raised.value).startswith(f"{path}: ")
    assert len(str(raised.value).splitlines()) == 1
    assert raised.value.path == str(path)
    assert find_sources(tmp_path) == [path, tmp_path / "good.md"]
    assert read_document(tmp_path / "good.md", "good", "good.md").text == "港口\n\n港口历史悠久。"


def test_a_file_that_cannot_be_opened_is_named_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("正文", encoding="utf-8")
    path.chmod(0)
    try:
        path.read_bytes()
    except OSError:
        pass
    else:  # root reads everything; a folder cannot be read as a file by anybody
        path.unlink()
        path.mkdir()
    with pytest.raises(SourceError, match=r"locked\.txt: cannot be read \(.+\); check its permissions") as raised:
        read_raw(path)
    assert len(str(raised.value).splitlines()) == 1


def test_sources_are_text_and_markdown_files_below_the_folder_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.TXT", "sub/d.markdown", "e.pdf", ".hidden.txt", ".git/f.txt", "g"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("正文", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in find_sources(tmp_path)]
    assert found == ["a.md", "b.txt", "sub/c.TXT", "sub/d.markdown"]


def test_a_folder_without_sources_has_none(tmp_path: Path) -> None:
    assert find_sources(tmp_path) == []


# What holds for every text

COMMON = "中韩地方政府交流，。；：、（）“”《》ＦＡ１國 abcTZ.,;:'\"()[]<>0123456789#-*|>`\\_&!\t\u3000\u00a0"
RARE = "\U00020000\U0001f600\u0301\u200b\ufeff\u0085\u2028\x0b\x1c가나"
WORDS = st.text(
    st.sampled_from(COMMON) | st.sampled_from(RARE) | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    max_size=25,
)
OPENINGS = ["# ", "## ", "- ", "1. ", "> ", "    ", " ", "  ", "\ufeff", "｜", "```", "---", "==="]
SHAPED = [
    *("首尔市 北京市(1993) 山东省(08)", "| a | b |", "|---|---|", "<表1> 概况", "<图2> 概况 ", "*资料来源：某协会"),
    *("一、序言", "1. 序言", "（2）会议", "1.2 Trade", "【摘要】", "第一章 总论", "pp.243-259", "243", "- 2 -"),
    *(" 中韩地方政府交流与合作的机制与现状分析", " local government of the city of Weihai and its port"),
]
NUMBERED = [
    "{}) 参见某书，第一期。",
    "{})",
    " {}) 注",
    "{}) 金大中 著",
    "交流与合作取得了成效，{})因此关系快速发展",
    "trade.{}) It",
]
LINES = st.one_of(
    WORDS,
    WORDS,
    st.just(""),
    st.builds(str.__add__, st.sampled_from(OPENINGS), WORDS),
    st.sampled_from(SHAPED),
    st.builds(str.format, st.sampled_from(NUMBERED), st.integers(1, 4)),
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\r\n", "\r", "\f", "\n\f", " \n", "  \n", "\n\n "])


@st.composite
def raw_texts(draw: st.DrawFn) -> str:
    """Texts as extraction and editors leave them: one habit of line ends, or all of them mixed."""
    lines = draw(st.lists(LINES, max_size=30))
    habit = draw(st.sampled_from([None, "\n", "\n\n", "\r\n", "\r\n\r\n"]))
    return "".join(line + (habit or draw(ENDS)) for line in lines)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(raw=raw_texts() | st.text(max_size=60))
def test_any_text_is_read_and_every_character_maps_to_the_raw_text(raw: str) -> None:
    document = parse_document(raw, "d", "d.txt")
    check_document(document, raw)
    assert parse_document(raw, "d", "d.txt") == document


@settings(max_examples=150, deadline=None, derandomize=True)
@given(raw=raw_texts(), data=st.data())
def test_the_raw_pieces_of_any_quote_are_the_quote(raw: str, data: st.DataObject) -> None:
    document = parse_document(raw, "d", "d.txt")
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    pieces = "".join(raw[left:right] for left, right in document.raw_spans(start, end))
    assert squeezed(pieces) == squeezed(document.quote(start, end).text)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(raw=raw_texts())
def test_pages_cover_the_raw_text_in_order(raw: str) -> None:
    pages = parse_document(raw, "d", "d.txt").pages
    if pages:
        starts = [page.start for page in pages]
        assert starts[0] == 0
        assert pages[-1].end == len(raw)
        assert all(start < following for start, following in pairwise(starts))
        assert [page.end for page in pages[:-1]] == starts[1:]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(raw=raw_texts())
def test_no_word_of_a_text_is_lost_but_running_heads(raw: str) -> None:
    """Han characters stand for words: those left out stand in the first or last line of a page."""
    document = parse_document(raw, "d", "d.txt")
    kept = {place for start, end in document.raw_spans(0, len(document.text)) for place in range(start, end)}
    edges: set[int] = set()
    for page in document.pages:
        lines = [
            line
            for line in re.finditer(r"[^\n\r\f]+", raw[page.start : page.end])
            if line.group().replace("\ufeff", "").strip()
        ]
        for line in lines[:1] + lines[-1:]:
            edges |= set(range(page.start + line.start(), page.start + line.end()))
    lost = [place for place, char in enumerate(raw) if "一" <= char <= "鿿" and place not in kept | edges]
    assert lost == []
