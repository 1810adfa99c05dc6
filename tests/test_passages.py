"""Passages slice their document exactly, hold whole sentences, and never mix kinds of text."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_assistant.language import clause_spans
from qa_assistant.passages import cut_passages
from qa_assistant.records import Block, Document, Passage
from qa_assistant.sources import parse_document, read_document

SEEDS = Path(__file__).parents[1] / "seeds"
PAPER = SEEDS / "003_5d937874240037c9.txt"
NEWSPAPER = SEEDS / "000_4577295f12020777.txt"
LENGTHS = (40, 150, 300)


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_document(PAPER, PAPER.stem, PAPER.name)


@pytest.fixture(scope="module", params=[PAPER, NEWSPAPER], ids=["paper", "newspaper"])
def seed(request: pytest.FixtureRequest) -> Document:
    return read_document(request.param, request.param.stem, request.param.name)


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def blocks_in(document: Document, passage: Passage) -> list[Block]:
    return [block for block in document.blocks if block.start < passage.end and passage.start < block.end]


def units(document: Document, block: Block) -> list[tuple[int, int]]:
    """The places of a block's rows or sentences, the white space at their ends left out."""
    text = document.text[block.start : block.end]
    if block.kind in ("table", "caption"):
        lines = text.splitlines(keepends=True)
        starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
        spans = [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    else:
        spans = clause_spans(text)
    found = []
    for start, end in spans:
        part = text[start:end]
        if part.strip():
            start += len(part) - len(part.lstrip())
            found.append((block.start + start, block.start + start + len(part.strip())))
    return found


def check_passages(document: Document, passages: list[Passage], length: int) -> None:
    end = 0
    for passage in passages:
        assert document.text[passage.start : passage.end] == passage.text
        assert passage.text
        assert passage.text == passage.text.strip()
        assert passage.doc_id == document.doc_id
        assert passage.passage_id == f"{document.doc_id}:{passage.start}-{passage.end}"
        assert passage.start >= end
        end = passage.end
        assert passage.page == document.page_at(passage.start)
        check_kind_and_section(document, passage)
        check_units_and_size(document, passage, length)
    check_all_text_is_covered(document, passages)


def check_kind_and_section(document: Document, passage: Passage) -> None:
    blocks = blocks_in(document, passage)
    kinds = {"paragraph" if block.kind == "list" else block.kind for block in blocks}
    assert len(kinds) == 1
    assert kinds & {"paragraph", "matter", "table", "caption", "footnote"}
    assert len({block.path for block in blocks}) == 1
    if kinds & {"table", "caption", "footnote"}:
        assert len(blocks) == 1
    assert passage.kind == blocks[0].kind
    path = blocks[0].path
    labelled = passage.kind in ("table", "caption") and blocks[0].label
    assert passage.heading == ((*path, blocks[0].label) if labelled else path)


def check_units_and_size(document: Document, passage: Passage, length: int) -> None:
    whole = [unit for block in blocks_in(document, passage) for unit in units(document, block)]
    inside = [unit for unit in whole if passage.start <= unit[0] and unit[1] <= passage.end]
    assert inside
    assert inside[0][0] == passage.start
    assert inside[-1][1] == passage.end
    assert not [unit for unit in whole if unit not in inside and unit[0] < passage.end and passage.start < unit[1]]
    if len(inside) > 1:
        assert sum(width(document.text[start:end]) for start, end in inside) <= 2 * length


def check_all_text_is_covered(document: Document, passages: list[Passage]) -> None:
    covered = {place for passage in passages for place in range(passage.start, passage.end)}
    for block in document.blocks:
        places = {place for place in range(block.start, block.end) if not document.text[place].isspace()}
        if block.kind in ("heading", "contents"):
            assert not places & covered
        else:
            assert places <= covered


@pytest.mark.parametrize("length", LENGTHS)
def test_every_passage_of_a_seed_is_a_slice_of_whole_sentences_of_one_kind(seed: Document, length: int) -> None:
    check_passages(seed, cut_passages(seed, length), length)


def test_a_footnote_is_found_as_a_passage_of_its_own(paper: Document) -> None:
    notes = [passage for passage in cut_passages(paper, 300) if passage.kind == "footnote"]
    assert [note.text.split(")")[0] for note in notes if note.text[0].isdigit()][:3] == ["1", "2", "3"]
    labels = {block.label for note in notes for block in blocks_in(paper, note)}
    assert labels == {str(number) for number in range(1, 34)}
    assert any(note.text.startswith("8) 祁怀高") and note.text.endswith("pp.73-75。") for note in notes)


def test_rows_of_a_table_are_found_under_its_caption(paper: Document) -> None:
    rows = [passage for passage in cut_passages(paper, 150) if passage.kind == "table" and "2018(20)" in passage.text]
    (passage,) = rows
    assert passage.heading[-1] == "<表2> 历届中韩日地方政府会议概况"
    assert passage.heading[-2] == "（3）中日韩地方政府交流会议（中日韩城市大会）"


@pytest.mark.parametrize(
    ("words", "page", "heading"),
    [
        ("双边合作的主要成就主要表现为", 243, ("【摘要】",)),
        ("被称为“外交史上的奇迹”。", 244, ("1. 序言",)),
        (
            "1988年4月，时任青岛市外经委主任",
            245,
            ("2. 中韩地方政府国际交流与合作的体系与机制", "1）姊妹友好城市成为主要模式"),
        ),
        (
            "2016年6月8日，在韩国仁川召开了第一届",
            248,
            ("2. 中韩地方政府国际交流与合作的体系与机制", "2）对话机制走向成熟", "（2）中韩省长知事会议"),
        ),
        ("京畿道为1445次", 255, ("3. 中韩地方政府交流与合作领域", "2）交流频度与领域")),
        ("第三，中国国内政策影响", 257, ("4. 结语",)),
    ],
)
def test_a_passage_knows_its_page_and_headings(
    paper: Document, words: str, page: int, heading: tuple[str, ...]
) -> None:
    (passage,) = [passage for passage in cut_passages(paper, 40) if words in passage.text]
    assert passage.page == page
    assert passage.heading == heading


def test_a_sentence_that_a_page_end_and_footnotes_interrupt_is_in_one_passage(paper: Document) -> None:
    passages = [passage.text for passage in cut_passages(paper, 150)]
    sentence = "从韩国学界而言，研究立足于个别地方政府的案例居多，从全局角度审视的成果不足。"
    assert sum(sentence in text for text in passages) == 1


def test_a_shorter_length_gives_more_passages_of_the_same_text(paper: Document) -> None:
    counts = [len(cut_passages(paper, length)) for length in LENGTHS]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 2 * counts[-1]


def test_neighbouring_list_items_and_paragraphs_of_a_section_share_a_passage() -> None:
    raw = "# 港口\n\n威海有港口。\n\n- 有渡轮，每天一班。\n- 有火车。\n\n# 机场\n\n威海有机场。\n"
    passages = cut_passages(parse_document(raw, "d", "d.md"), 150)
    assert [(passage.heading, passage.text) for passage in passages] == [
        (("港口",), "威海有港口。\n\n有渡轮，每天一班。\n\n有火车。"),
        (("机场",), "威海有机场。"),
    ]


def test_a_passage_is_of_the_kind_of_the_block_it_begins_in() -> None:
    raw = "威海有港口，历史悠久，船只众多。\n\n- 有渡轮，每天一班，往返仁川。\n"
    passages = cut_passages(parse_document(raw, "d", "d.md"), 20)
    assert [passage.kind for passage in passages] == ["paragraph", "list"]


def test_two_sections_of_the_same_name_do_not_share_a_passage() -> None:
    raw = "# 港口\n\n威海有港口。\n\n# 港口\n\n仁川有港口。\n"
    passages = cut_passages(parse_document(raw, "d", "d.md"), 150)
    assert [passage.text for passage in passages] == ["威海有港口。", "仁川有港口。"]


def test_parts_of_a_long_paragraph_are_of_about_the_same_size() -> None:
    raw = "Ferries leave from the port of Weihai every day. " * 12
    passages = cut_passages(parse_document(raw, "d", "d.txt"), 150)
    assert [passage.text.count(".") for passage in passages] == [6, 6]


def test_a_sentence_longer_than_the_length_stays_whole() -> None:
    raw = "威海与仁川隔海相望，" * 20 + "往来频繁。此外有渡轮。"
    passages = cut_passages(parse_document(raw, "d", "d.txt"), 40)
    assert [passage.text[-6:] for passage in passages] == ["，往来频繁。", "此外有渡轮。"]


def test_a_document_without_text_has_no_passages() -> None:
    assert cut_passages(parse_document("", "d", "d.txt"), 150) == []
    assert cut_passages(parse_document("# 只有标题\n", "d", "d.md"), 150) == []


SENTENCES = st.lists(
    st.sampled_from(
        [
            *("威海位于黄海之滨。", "两地往来频繁；", "贸易增长，", "“为什么？”他问。", "占54.1%。", "\U00020000字。"),
            *(
                "The port is old. ",
                "Mr. Kim came, ",
                "in 3.5 hours. ",
                "“Why?” he asked. ",
                "See p. 12. ",
                "  ",
                "a\u0301 ",
            ),
        ]
    ),
    min_size=1,
    max_size=12,
).map("".join)
LINES = st.one_of(
    SENTENCES,
    SENTENCES,
    st.sampled_from(["", "# 港口", "## Trade", "一、序言", "1) 港口", "李孟霏 王震", "---", "<表1> 概况", "\ufeff"]),
    st.sampled_from(["- ", "1. ", "> ", "1) ", "   "]).flatmap(lambda start: SENTENCES.map(lambda text: start + text)),
    st.just("| 城市 | 年份 |\n|---|---|\n| 威海 | 1993 |"),
    st.sampled_from(["首尔市 北京市(1993)", "釜山市 上海市(1993) 深圳市(07)", "往来频繁，1)此后两国关系快速发展"]),
)
RAWS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\n\n", "\r\n", "\f", "\n\n "])), max_size=20)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(lines=RAWS, length=st.integers(1, 400))
def test_every_passage_of_any_document_is_a_slice_of_whole_sentences_of_one_kind(
    lines: list[tuple[str, str]], length: int
) -> None:
    document = parse_document("".join(line + end for line, end in lines), "d", "d.txt")
    passages = cut_passages(document, length)
    check_passages(document, passages, length)
    assert passages == cut_passages(document, length)
    assert all(before.passage_id != after.passage_id for before, after in pairwise(passages))
