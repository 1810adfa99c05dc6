"""Tables: every cell is known by its place, in Markdown, CSV, TSV and HTML; and HTML files are read as their text."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_assistant.errors import SourceError
from qa_assistant.passages import cut_passages, cut_sentences
from qa_assistant.records import Block, Document
from qa_assistant.sources import SUFFIXES, find_sources, parse_document, read_document


def tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind == "table"]


def cells(document: Document, block: Block) -> list[list[str]]:
    return [[document.text[start:end] for start, end in row] for row in block.rows]


def read_table(raw: str, source: str) -> list[list[str]]:
    """The cells of the only table of a made text."""
    document = parse_document(raw, "d", source)
    check_document(document, raw)
    (table,) = tables(document)
    return cells(document, table)


def read(raw: str, source: str = "d.html") -> list[tuple[str, str]]:
    """The blocks of a made text: kind and text."""
    document = parse_document(raw, "d", source)
    check_document(document, raw)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def squeezed(text: str) -> str:
    return "".join(char for char in text if not char.isspace())


def check_document(document: Document, raw: str) -> None:
    """What must hold for every text: cells slice it, rows are in order, every character is known by its place."""
    text_end = 0
    taken: set[int] = set()
    for text_start, raw_start, length in document.raw_map:
        assert length > 0
        assert not document.text[text_end:text_start].strip()
        text_end = text_start + length
        assert document.text[text_start:text_end] == raw[raw_start : raw_start + length]
        places = set(range(raw_start, raw_start + length))
        assert len(places) == length
        assert not taken & places
        taken |= places
    assert not document.text[text_end:].strip()
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert not document.text[end : block.start].strip()
        end = block.end
        assert not block.rows or block.kind == "table"
        check_rows(document, block, raw)


def check_rows(document: Document, block: Block, raw: str) -> None:
    above: set[tuple[int, int]] = set()
    reached = block.start
    for row in block.rows:
        assert row
        for cell in row:
            start, end = cell
            assert block.start <= start <= end <= block.end
            text = document.text[start:end]
            assert text == text.strip()
            pieces = "".join(raw[left:right] for left, right in document.raw_spans(start, end))
            assert squeezed(pieces) == squeezed(text)
            # A cell from a row above stands where it stood; all others follow one another.
            if cell not in above:
                assert start >= reached
                reached = end
                above.add(cell)


# Markdown


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            "见下表。\n\n| 城市 | 年份 |\n| :--- | ---: |\n| 威海 | 1993 |\n| 仁川 |  |\n\n表后正文。\n",
            [["城市", "年份"], ["威海", "1993"], ["仁川", ""]],
            id="with pipes at both ends and an empty cell",
        ),
        pytest.param(
            "City | Year | Note\n---|:---:|---\nWeihai | 1993 | a port\nIncheon | 1995\nQingdao | 1996 | x | more\n",
            [
                ["City", "Year", "Note"],
                ["Weihai", "1993", "a port"],
                ["Incheon", "1995"],
                ["Qingdao", "1996", "x", "more"],
            ],
            id="without pipes at the ends, rows of different lengths",
        ),
        pytest.param(
            "The table follows:\n| Command | Meaning |\n|---|---|\n| `a \\| b` | either \\| or |\n|  | 空 |\n",
            [["Command", "Meaning"], ["a \\| b", "either \\| or"], ["", "空"]],
            id="escaped pipes, code, below a paragraph",
        ),
        pytest.param(
            "| **市道** | *年份* | [首尔](https://seoul.go.kr) |\n|---|---|---|\n| **1,445** | __5__次 | a [b](c) |\n",
            [["市道", "年份", "首尔"], ["1,445", "__5__次", "a [b](c)"]],
            id="emphasis and links that are the whole cell are left out",
        ),
        pytest.param(
            "> | 城市 | 年份 |\n> |---|---|\n> | 威海 | 1993 |\n",
            [["城市", "年份"], ["威海", "1993"]],
            id="in a quotation",
        ),
        pytest.param(
            "- | City | Year |\n  |---|---|\n  | Weihai | 1993 |\n",
            [["City", "Year"], ["Weihai", "1993"]],
            id="in a list",
        ),
        pytest.param(
            "\ufeff| 城市 | 年份 |\n|---|---|\n| - | - |\n",
            [["城市", "年份"], ["-", "-"]],
            id="a row of dashes is a row",
        ),
    ],
)
def test_the_cells_of_a_markdown_table_are_known(raw: str, expected: list[list[str]], line_end: str) -> None:
    assert read_table(raw.replace("\n", line_end), "d.md") == expected


def test_a_long_markdown_table_is_not_taken_for_the_pages_of_a_pdf() -> None:
    raw = "| 城市 | 年份 |\n|---|---|\n" + "".join(f"| 城市{number} | {1900 + number} |\n" for number in range(40))
    rows = read_table(raw, "d.txt")
    assert rows[0] == ["城市", "年份"]
    assert rows[40] == ["城市39", "1939"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Table 2: Sister cities by year.\n\n", "Table 2: Sister cities by year."),
        ("表2 友好城市概况\n", "表2 友好城市概况"),
        ("表一：友好城市概况\n\n", "表一：友好城市概况"),
        ("<表1> 友好城市概况\n\n", "<表1> 友好城市概况"),
        ("**友好城市概况**\n\n", "友好城市概况"),
        ("**Table 3** Trade by port\n\n", "**Table 3** Trade by port"),
        ("Table 2 shows the sister cities\n\n", None),
        ("表3显示了友好城市。\n\n", None),
        ("两地的友好城市见下表：\n\n", None),
        ("正文在此，很短。\n表2 友好城市\n", None),
        ("## 表2 友好城市\n\n", None),
        ("**" + "友好城市" * 30 + "**\n\n", None),
        ("[ ](表)\n\n", None),
    ],
)
def test_a_short_numbered_or_bold_line_before_a_table_is_its_label(line: str, label: str | None) -> None:
    raw = line + "| 城市 | 年份 |\n|---|---|\n| 威海 | 1993 |\n"
    document = parse_document(raw, "d", "d.md")
    (table,) = tables(document)
    assert table.label == label
    assert document.text[table.start :].startswith("| 城市")
    assert document.text.startswith(line.split("\n")[0].removeprefix("## "))


def test_a_table_in_a_fence_is_no_table() -> None:
    raw = "```\n| a | b |\n|---|---|\n<table><tr><td>x<td>y</table>\n```\n"
    assert [kind for kind, _ in read(raw, "d.md")] == ["paragraph"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_table_written_in_html_is_read_in_markdown(line_end: str) -> None:
    raw = (
        "# 港口\n\n表2 港口概况\n\n<div>\n<table>\n<tr><th>港口</th><th>年份</th></tr>\n\n"
        "    <tr><td>威海</td><td>1993</td></tr>\n</table>\n</div>\n\n- 后文\n<table><tr><td>a<td>b</table>\n"
    ).replace("\n", line_end)
    document = parse_document(raw, "d", "d.md")
    check_document(document, raw)
    first, second = tables(document)
    assert cells(document, first) == [["港口", "年份"], ["威海", "1993"]]
    assert cells(document, second) == [["a", "b"]]
    assert first.path == ("港口",)


def test_the_caption_of_an_html_table_in_markdown_is_the_line_before_it_or_its_own() -> None:
    table = "<table>{}<tr><td>威海</td><td>1993</td></tr></table>\n"
    labels = [
        tables(parse_document("**表2 港口**\n\n" + table.format(own), "d", "d.md"))[0].label
        for own in ("", "<caption>港口概况</caption>")
    ]
    assert labels == ["表2 港口", "港口概况"]


def test_an_html_table_that_nothing_closes_is_text_in_markdown() -> None:
    raw = "<table><tr><td>威海。</td>\n\n后文在此，很短。\n"
    assert read(raw, "d.md") == [("paragraph", "<table><tr><td>威海。</td>"), ("paragraph", "后文在此，很短。")]


# CSV and TSV


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("raw", "source", "expected"),
    [
        pytest.param(
            "城市,年份,备注\n威海,1993,有港口\n仁川,,\n\n青岛\n",
            "d.csv",
            [["城市", "年份", "备注"], ["威海", "1993", "有港口"], ["仁川", "", ""], ["青岛"]],
            id="empty cells, a blank line, a short row",
        ),
        pytest.param(
            '\ufeff"City","Note"\nWeihai,"a port, and ""a good one"""\n "Incheon" , "two\nlines" \n',
            "d.csv",
            [["City", "Note"], ["Weihai", 'a port, and ""a good one""'], ["Incheon", "two\nlines"]],
            id="quotation marks around commas, marks and line ends, a byte order mark",
        ),
        pytest.param("城市;人口\n威海;2,9\n", "d.csv", [["城市", "人口"], ["威海", "2,9"]], id="semicolons"),
        pytest.param(
            "City\tYear\nWeihai\t1993\n", "d.CSV", [["City", "Year"], ["Weihai", "1993"]], id="tabs in a .csv"
        ),
        pytest.param('"a;b",c\n1,2\n', "d.csv", [["a;b", "c"], ["1", "2"]], id="a semicolon in quotation marks"),
        pytest.param(
            "\t1993\t1995\n威海\t1, 2\t\n,\t;\n",
            "d.tsv",
            [["", "1993", "1995"], ["威海", "1, 2", ""], [",", ";"]],
            id="TSV",
        ),
        pytest.param(
            '城市,备注\n"威海,港口\n仁川,"港口"旧\n青岛,5" 管\n',
            "d.csv",
            [["城市", "备注"], ['"威海', "港口"], ["仁川", '"港口"旧'], ["青岛", '5" 管']],
            id="broken quotation marks are characters and swallow no row",
        ),
        pytest.param(
            "城市,年份\n,,\n威海,1993\n", "d.csv", [["城市", "年份"], ["威海", "1993"]], id="a row of nothing"
        ),
        pytest.param("威海\n仁川", "d.csv", [["威海"], ["仁川"]], id="a single column"),
    ],
)
def test_the_cells_of_a_delimited_file_are_known(
    raw: str, source: str, expected: list[list[str]], line_end: str
) -> None:
    def ended(text: str) -> str:
        return text.replace("\n", line_end)

    assert read_table(ended(raw), source) == [[ended(cell) for cell in row] for row in expected]


def test_a_delimited_file_reads_as_its_lines_and_is_called_by_its_name() -> None:
    raw = "城市,年份,\r\n\r\n威海,1993,\r\n"
    document = parse_document(raw, "data/sister_cities", "data/sister_cities.csv")
    assert document.text == "城市,年份,\n威海,1993,"
    assert document.title == "sister cities"
    assert [block.label for block in document.blocks] == [None]


def test_a_delimited_file_without_a_word_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",,\n;\n", encoding="utf-8")
    with pytest.raises(SourceError, match="holds no words"):
        read_document(path, "a", "a.csv")


# HTML


def test_an_html_page_is_read_as_its_headings_paragraphs_and_lists() -> None:
    raw = """<!DOCTYPE html><html><head><title>友好城市 &amp; 港口</title><style>p { color: red }</style>
    <script>if (a < b) document.write("<p>不是正文</p>");</script></head><body>
    <nav><a href="/">首页</a><a href="/about">关于</a></nav>
    <h1>友好城市</h1>
    <p>威海位于黄海，
       与<b>仁川</b>隔海相望。<!-- 注释 --></p>
    <h2>Ferries</h2>
    <p>Ferries leave
       every <em>day</em>.<br>They take a night.
    <p>A second paragraph.
    <ul><li>有渡轮，<li>有<i>火车</i>。</ul>
    <figure><img src="a.png"><figcaption>图1 港口</figcaption></figure>
    <pre>one
  two</pre></body></html>"""
    document = parse_document(raw, "d", "pages/ports.html")
    assert document.title == "友好城市 & 港口"
    assert read(raw) == [
        ("heading", "友好城市"),
        ("paragraph", "威海位于黄海，与仁川隔海相望。"),
        ("heading", "Ferries"),
        ("paragraph", "Ferries leave every day.\nThey take a night."),
        ("paragraph", "A second paragraph."),
        ("list", "有渡轮，"),
        ("list", "有火车。"),
        ("caption", "图1 港口"),
        ("paragraph", "one\ntwo"),
    ]
    assert document.blocks[-1].path == ("友好城市", "Ferries")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("<title> 港口\n概况 </title><h1>威海</h1>", "港口 概况"),
        ("<p>首页</p><h1>威海<br>港口</h1>", "威海 港口"),
        ("<svg><title>icon</title></svg><title></title><p>The port.</p>", "old ports"),
    ],
    ids=["title", "first heading", "file name"],
)
def test_an_html_page_is_called_by_its_title_its_first_heading_or_its_name(raw: str, title: str) -> None:
    assert parse_document(raw, "sub/old_ports", "sub/old_ports.htm").title == title


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>R&amp;D &lt; 5 &#x4e2d;&#25991;</p>", "R&amp;D &lt; 5 &#x4e2d;&#25991;"),
        ("<p>威海&nbsp;港口 &ensp;&#12288; 仁川</p>", "威海 港口 仁川"),
        ("<p>Do&shy;nau&#8203;dampf</p>", "Donaudampf"),
        ("<p>AT&T & co</p>", "AT&T & co"),
        ("<p>威海&", "威海&"),
        ("\ufeff<p>威海</p>", "威海"),
        ("<p>威海<![if !IE]>港口<![endif]><![x[]]></p>", "威海港口"),
        ("<p>a < b</p>", "a < b"),
    ],
)
def test_a_character_reference_reads_as_it_is_written_unless_it_is_white_space(raw: str, text: str) -> None:
    assert read(raw) == [("paragraph", text)]


def test_navigation_that_is_never_closed_does_not_swallow_the_page() -> None:
    assert read("<nav><a>首页</a><p>正文</p>") == [("paragraph", "首页"), ("paragraph", "正文")]


@pytest.mark.parametrize(
    ("raw", "label", "expected"),
    [
        pytest.param(
            "<table><caption>表1 友好&nbsp;城市</caption><thead><tr><th>城市</th><th>年份</th></tr></thead>"
            "<tbody><tr><td>威海</td><td></td></tr><tr><td></td><td><b>19</b>95 年</td></tr></tbody></table>",
            "表1 友好 城市",
            [["城市", "年份"], ["威海", ""], ["", "1995 年"]],
            id="caption, head and body, empty cells",
        ),
        pytest.param(
            "<table>\n<tr><th>City<th>Year\n<tr><td>Wei<wbr>hai<td>1993\n</table>",
            None,
            [["City", "Year"], ["Weihai", "1993"]],
            id="tags that may be left out are",
        ),
        pytest.param(
            "<table><tr><th rowspan=2>市道<th colspan='2'>对数</tr><tr><th>姊妹<th>友好</tr>"
            "<tr><td>首尔<td>1<td>12</tr><tr><td colspan=2>釜山<td>3</tr></table>",
            None,
            [["市道", "对数", "对数"], ["市道", "姊妹", "友好"], ["首尔", "1", "12"], ["釜山", "釜山", "3"]],
            id="cells that span rows and columns",
        ),
        pytest.param(
            "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d<tbody><tr><td>e<td>f</table>",
            None,
            [["a", "b"], ["a", "c"], ["a", "d"], ["e", "f"]],
            id="a cell that spans the rest of its group",
        ),
        pytest.param(
            "<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>",
            None,
            [["a", "b", "c"], ["d", "", "c"]],
            id="a cell that reaches down behind the end of a row",
        ),
        pytest.param(
            "<table><tr><td>威海<br>烟台</td><td><ul><li>渡轮<li>火车</ul>\n</td></tr></table>",
            None,
            [["威海 烟台", "渡轮 火车"]],
            id="lines within a cell",
        ),
        pytest.param(
            "<table><tr><td>a<td>b<tr></tr><tr><td><td></tr><tr><td><td>c<td></table>",
            None,
            [["a", "b"], ["", "c", ""]],
            id="rows of nothing",
        ),
        pytest.param("<table><tr><td>a<td colspan=x>b", None, [["a", "b"]], id="never closed"),
    ],
)
def test_the_cells_of_an_html_table_are_known(raw: str, label: str | None, expected: list[list[str]]) -> None:
    assert read_table(raw, "d.html") == expected
    (table,) = tables(parse_document(raw, "d", "d.html"))
    assert table.label == label


def test_a_row_of_an_html_table_is_a_line_with_its_caption_above() -> None:
    raw = "<p>前文。<table><caption>Table 1</caption><tr><td>a<td>b c<tr><td><td>d</table>"
    assert read(raw) == [("paragraph", "前文。"), ("table", "Table 1\na\tb c\n\td")]


def test_a_table_that_arranges_the_page_is_read_as_its_paragraphs() -> None:
    raw = (
        "<table><tr><td>菜单<td><p>正文一。<table><tr><th>城市<td>威海</table>正文二。</table>"
        "<table><tr><td>只有一列</table><table role='presentation'><tr><td>左<td>右</table>"
        "<table><tr><td><h2>港口</h2><td>旁注</table>"
    )
    assert read(raw) == [
        ("paragraph", "菜单"),
        ("paragraph", "正文一。"),
        ("table", "城市\t威海"),
        ("paragraph", "正文二。"),
        ("paragraph", "只有一列"),
        ("paragraph", "左"),
        ("paragraph", "右"),
        ("heading", "港口"),
        ("paragraph", "旁注"),
    ]


def test_words_of_a_table_that_stand_in_no_cell_are_shown_above_it() -> None:
    assert read("<table>注<tr><td>a<td>b</tr>释</table>") == [("paragraph", "注释"), ("table", "a\tb")]


# Passages and sentences


def test_a_row_on_several_lines_stays_whole_in_passages_and_sentences() -> None:
    row = '威海,"有港口。\n每天一班；\n往返仁川"'
    raw = f"城市,备注\n{row}\n仁川,有机场\n"
    document = parse_document(raw, "d", "d.csv")
    passages = cut_passages(document, 10)
    assert [passage.text for passage in passages] == ["城市,备注", row, "仁川,有机场"]
    sentences, first = cut_sentences(passages, [document])
    assert [sentence.text for sentence in sentences] == ["城市,备注", row, "仁川,有机场"]
    assert first == (0, 1, 2, 3)
    (whole,) = cut_passages(document, 500)
    assert [sentence.text for sentence in cut_sentences([whole], [document])[0]] == ["城市,备注", row, "仁川,有机场"]


def test_a_cell_that_spans_rows_does_not_join_them() -> None:
    raw = "<table><caption>表1</caption><tr><td rowspan=2>威海<td>渡轮<tr><td>火车</table>"
    document = parse_document(raw, "d", "d.html")
    passages = cut_passages(document, 300)
    assert [passage.heading for passage in passages] == [("表1",)]
    assert [one.text for one in cut_sentences(passages, [document])[0]] == ["表1", "威海\t渡轮", "火车"]


# Files


def test_tables_and_pages_are_sources_and_files_of_one_name_do_not_clash(assistant_of, tmp_path: Path) -> None:
    assistant = assistant_of(
        {
            "ports.csv": "港口,年份\n威海,1993\n",
            "ports.md": "# 港口\n\n威海有港口。\n",
            "ports.html": "<h1>Ports</h1><p>The port of Weihai is old.</p>",
            "years.tsv": "年份\t港口\n1993\t威海\n",
            "page.htm": "<p>仁川有机场。</p>",
        }
    )
    assert SUFFIXES == (".txt", ".md", ".markdown", ".csv", ".tsv", ".html", ".htm")
    assert len(find_sources(tmp_path / "seeds")) == 5
    documents = assistant.index.documents
    assert sorted(documents) == ["page", "ports.csv", "ports.html", "ports.md", "years"]
    assert {document.source for document in documents.values()} == {
        "page.htm", "ports.csv", "ports.html", "ports.md", "years.tsv",
    }  # fmt: skip
    assert tables(documents["years"])[0].rows == (((0, 2), (3, 5)), ((6, 10), (11, 13)))


def test_the_file_of_names_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("names.tsv", "sub/names.tsv"):
        (tmp_path / name).write_text("zh\ten\n威海\tWeihai\n", encoding="utf-8")
    assert find_sources(tmp_path) == [tmp_path / "sub" / "names.tsv"]


# What holds for every text

PARTS = st.one_of(
    st.sampled_from(
        ["威海", "1,445", "The port. ", "中\u3000文", "\ufeff", '"', '""', "\\", "|", "\\|", "`", "**", "<", "&"]
    ),
    st.sampled_from([",", ";", "\t", "\n", "\r\n", "\r", " ", "\u2028", "\x0b", "- ", "> ", "| a | b |\n|---|---|\n"]),
    st.sampled_from(
        ["&amp;", "&nbsp;", "&#x4e2d;", "&shy;", "&#", "&nbsp", "</>", "<![x[", "<!--", "-->", "<a ", "<?"]
    ),
    st.sampled_from(["<table>", "</table>", "<tr>", "<td>", "<th rowspan=2>", "<td colspan=3>", "</td>", "</tr>"]),
    st.sampled_from(["<caption>", "</caption>", "<tbody>", "<br>", "<p>", "<h1>", "</h1>", "<pre>", "<li>", "<ul>"]),
    st.sampled_from(
        ["<nav>", "</nav>", "<title>", "</title>", "<script>", "</script>", "<figcaption>", "<td rowspan=0>"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
)
RAWS = st.lists(PARTS, max_size=40).map("".join)
SOURCES = st.sampled_from(["d.csv", "d.tsv", "d.html", "d.md"])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(raw=RAWS, source=SOURCES)
def test_the_cells_of_any_text_slice_it_and_every_character_maps_to_the_raw_text(raw: str, source: str) -> None:
    document = parse_document(raw, "d", source)
    check_document(document, raw)
    assert document == parse_document(raw, "d", source)
    assert document == Document.model_validate_json(document.model_dump_json())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(raw=RAWS, source=SOURCES, length=st.integers(1, 60))
def test_the_rows_of_any_table_stay_whole(raw: str, source: str, length: int) -> None:
    document = parse_document(raw, "d", source)
    passages = cut_passages(document, length)
    sentences, first = cut_sentences(passages, [document])
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    for number, passage in enumerate(passages):
        own = sentences[first[number] : first[number + 1]]
        assert document.text[passage.start : passage.end] == passage.text
        assert (own[0].start, own[-1].end) == (passage.start, passage.end)
    for block in tables(document):
        reached = block.start
        for row in block.rows:
            inside = [cell for cell in row if cell[0] >= reached and cell[0] < cell[1]]
            for start, end in inside:
                assert any(one.start <= inside[0][0] and inside[-1][1] <= one.end for one in sentences), (start, end)
                reached = end


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    rows=st.lists(
        st.lists(st.text("威海ab,;\t\"'\n\r 1", max_size=6), min_size=2, max_size=4).filter(
            lambda row: "".join(row).strip()
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_the_csv_module_writes_is_read_cell_by_cell(rows: list[list[str]]) -> None:

    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    found = read_table(file.getvalue(), "d.csv")
    assert [[cell.replace('""', '"') for cell in row] for row in found] == [
        [cell.strip() for cell in row] for row in rows
    ]
