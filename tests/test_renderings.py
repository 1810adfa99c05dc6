"""Translation memories: whole for the seeds, read and written without loss, and refused where they are damaged."""

import json
import string

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.assistant import Assistant, is_stale
from qa_assistant.config import Settings
from qa_assistant.errors import SourceError
from qa_assistant.index import read_companions
from qa_assistant.names import Names
from qa_assistant.passages import segments
from qa_assistant.records import Document, Rendering
from qa_assistant.renderings import (
    check_memories,
    memory_path,
    missing,
    read_memories,
    read_memory,
    rendering_files,
    write_memory,
)
from qa_assistant.renderings.agreement import differences
from qa_assistant.sources import find_sources, parse_document, read_document

REPORT = """# 港口发展报告

2019年，海星港吞吐量达到1750余万吨。渔民协会每周三晒网。

| 城市 | 货轮数 |
|---|---|
| 东岸 | 12 |
| 西岸 | 30 |
"""
ENGLISH = (
    "Port development report",
    "In 2019 the throughput of Haixing Port reached more than 17.5 million tonnes.",
    "The fishermen's guild hangs out its nets on Wednesdays.",
    "Shore town | Freighters",
    "East Bank | 12",
    "West Bank | 30",
)


def document_of(text, name="report.md"):
    return parse_document(text, "report", name)


def renderings_of(document, texts):
    spans = segments(document)
    assert len(spans) == len(texts)
    return [
        Rendering(doc_id=document.doc_id, start=start, end=end, text=text)
        for (start, end), text in zip(spans, texts, strict=True)
        if text
    ]


def tsv_of(texts=ENGLISH, text=REPORT):
    document = document_of(text)
    return "".join(f"{one.start}\t{one.end}\t{one.text}\n" for one in renderings_of(document, texts))


def tmx_of(units, header='srclang="zh-CN"'):
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<tmx version="1.4"><header creationtool="Other" segtype="sentence" adminlang="en-US" {header}/>\n'
        f"<body>{''.join(units)}</body></tmx>"
    )


def unit(source, rendering, source_code="zh-CN", code="en-GB"):
    return (
        f'<tu><note>checked</note><tuv xml:lang="{code}"><seg>{rendering}</seg></tuv>\n'
        f'<tuv xml:lang="{source_code}"><prop type="x">y</prop><seg>{source}</seg></tuv></tu>\n'
    )


@pytest.fixture
def read(tmp_path):
    """Reads a memory of REPORT that is given as text."""

    def read(text, suffix):
        path = tmp_path / f"report.en{suffix}"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return read_memory(path, document_of(REPORT), "en")

    return read


# the seeds


@pytest.fixture(scope="module", params=[path.name for path in find_sources(SEEDS)])
def seed(request):
    path = SEEDS / request.param
    return path, read_document(path, path.stem, path.name)


def test_every_segment_of_the_seeds_has_a_rendering(seed):
    path, document = seed
    memories, errors = read_memories(path, document)

    assert errors == []
    assert memories["en"]
    assert missing(document, "en", memories["en"]) == []


def test_numbers_and_names_of_the_seeds_agree_on_both_sides(seed):
    path, document = seed

    assert check_memories(path, document, Names.load([SEEDS / "names.tsv"])) == []


def test_another_number_in_a_rendering_of_the_seeds_is_seen(seed):
    path, document = seed
    names = Names.load([SEEDS / "names.tsv"])
    seen = []
    for one in read_memories(path, document)[0]["en"]:
        digits = [place for place, char in enumerate(one.text) if char in string.digits]
        if digits:
            place = digits[0]
            wrong = one.text[:place] + str((int(one.text[place]) + 5) % 10) + one.text[place + 1 :]
            seen.append(bool(differences(document, [one.model_copy(update={"text": wrong})], names)))

    assert len(seen) > 20
    assert sum(seen) >= 0.97 * len(seen)


# agreement


@pytest.mark.parametrize(
    ("source", "rendering"),
    [
        ("吞吐量为1750余万吨。", "Throughput was over 17.5 million tonnes."),
        ("人口6亿6600万。", "A population of 666 million."),
        ("2019年11月7日开幕。", "It opened on 7 November 2019."),
        ("11月开幕。", "It opened in November."),
        ("第二十一届大会", "The twenty-first congress"),
        ("第十二次会议", "The 12th meeting"),
        ("三个城市和一个港口", "A port and its cities"),
        ("占百分之四十五", "It makes up 45 per cent"),
        ("三分之二的企业", "Two-thirds of the companies"),
        ("十五个主题", "Fifteen topics"),
        ("接待几十名客商", "It received dozens of merchants"),
        ("20世纪90年代", "in the 1990s of the 20th century"),
        ("[2019.11.15.]", "[2019.11.15.]"),
        ("威海与仁川签约。", "Weihai signed an agreement with Incheon."),
        ("美国学者", "an American scholar"),
        ("威海代表团访问首尔。", "A Weihai delegation visited Seoul."),
    ],
)
def test_what_says_the_same_agrees(source, rendering):
    assert told(source, rendering) == []


@pytest.mark.parametrize(
    ("source", "rendering", "expected"),
    [
        ("吞吐量为1750余万吨。", "Throughput was over 1750 tonnes.", [("source", "1750余万吨"), ("rendering", "1750")]),
        ("2019年11月开幕。", "It opened in December 2019.", [("source", "2019年11月")]),
        ("第十二次会议", "The 13th meeting", [("source", "第十二"), ("rendering", "13")]),
        ("十五个主题", "Fifty topics", [("source", "十五")]),
        ("有30人参加。", "Some took part.", [("source", "30")]),
        ("有人参加。", "30 took part.", [("rendering", "30")]),
        ("威海与仁川签约。", "Weihai signed an agreement with Busan.", [("source", "仁川")]),
    ],
)
def test_what_says_something_else_is_named_with_its_side(source, rendering, expected):
    assert [(side, text) for side, text in told(source, rendering)] == expected


def told(source, rendering):
    document = Document(doc_id="report", title="", text=source, language="zh", source="report.md", sha256="")
    one = Rendering(doc_id="report", start=0, end=len(document.text), text=rendering)
    return [(found.side, found.text) for found in differences(document, [one], Names.load())]


# reading and writing


@pytest.mark.parametrize("suffix", [".tsv", ".tmx"])
def test_what_is_written_is_read_again(suffix, tmp_path):
    document = document_of(REPORT)
    renderings = renderings_of(document, ENGLISH)
    write_memory(tmp_path / f"m{suffix}", document, "en", renderings)

    assert read_memory(tmp_path / f"m{suffix}", document, "en") == (renderings, [])


printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=30).map(lambda text: text.strip())


@pytest.mark.parametrize("suffix", [".tsv", ".tmx"])
@given(texts=st.lists(printable, min_size=6, max_size=6))
def test_any_text_is_read_as_it_was_written(suffix, texts, tmp_path_factory):
    texts = [" ".join(text.split()) for text in texts]
    document = document_of(REPORT)
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    renderings = renderings_of(document, texts)
    write_memory(path, document, "en", renderings)

    assert read_memory(path, document, "en") == (renderings, [])


def test_a_memory_of_another_tool_is_read(read):
    """It has codes of countries, another order, markup inside segments, other white space and notes."""
    found, problems = read(
        tmx_of(
            [
                unit(
                    "渔民协会 每周三<bpt i='1'>&lt;b></bpt>晒网<ept i='1'>&lt;/b></ept>。",
                    "The guild\n hangs out its nets.",
                ),
                unit("港口发展报告", "Port development <ph>x</ph>report", "zh_cn", "EN"),
                unit("东岸", "", "zh", "en"),
            ]
        ).replace("<ph>x</ph>", "<ph/>"),
        ".tmx",
    )

    assert [one.text for one in found] == ["Port development report", "The guild hangs out its nets."]
    assert problems == []


def test_of_several_languages_the_one_asked_for_is_read(read):
    units = [
        '<tu><tuv xml:lang="ko"><seg>보고서</seg></tuv><tuv xml:lang="zh"><seg>港口发展报告</seg></tuv>'
        '<tuv xml:lang="en-US"><seg>Report</seg></tuv></tu>'
    ]

    assert [one.text for one in read(tmx_of(units, 'srclang="*all*"'), ".tmx")[0]] == ["Report"]


def test_a_segment_that_stands_twice_takes_its_renderings_in_order(tmp_path):
    document = document_of("完。\n\n中间的话。\n\n完。\n")
    (tmp_path / "m.tmx").write_text(tmx_of([unit("完。", "One."), unit("完。", "Two.")]), encoding="utf-8")

    assert [one.text for one in read_memory(tmp_path / "m.tmx", document, "en")[0]] == ["One.", "Two."]


def test_a_memory_in_utf_16_is_read(read):
    text = tmx_of([unit("港口发展报告", "Report")]).replace("UTF-8", "UTF-16")

    assert [one.text for one in read(text.encode("utf-16"), ".tmx")[0]] == ["Report"]


@pytest.mark.parametrize(
    "damage",
    [
        "no tabs",
        "0\t6",
        "0\t6\t ",
        "a\tb\tc",
        "0\t7\tNo segment",
        "٠\t6\tOther digits",
        f"0\t{'9' * 5000}\tHuge",
        "0\t6\tA\tB",
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_kept(damage, read):
    lines = tsv_of().splitlines()
    found, problems = read("\n".join(["# a comment", *lines[1:], damage]), ".tsv")

    assert [one.text for one in found] == [text for text in ENGLISH[1:] if text]
    assert next(str(one) for one in problems).split(": ")[1] == f"line {len(lines) + 1}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<tmx>", "line 1"),
        ("<html/>", "is not TMX"),
        (b"\xff\xfe\x00", "not XML"),
        ('<!DOCTYPE tmx [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><tmx>&c;</tmx>', "entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]><tmx><header/>&a;</tmx>', "entities"),
    ],
)
def test_a_file_that_is_no_tmx_is_refused(text, said, read):
    with pytest.raises(SourceError, match=said):
        read(text, ".tmx")


def test_a_memory_that_is_not_utf_8_is_named_with_its_line(read):
    with pytest.raises(SourceError, match="line 2: not UTF-8"):
        read(b"0\t6\tReport\n\xff", ".tsv")


def test_a_damaged_memory_leaves_the_other_sources_theirs(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "a.en.tmx").write_text("<tmx>", encoding="utf-8")
    (tmp_path / "b.en.tsv").write_text(tsv_of() + "9\t9\tx\n" * 3, encoding="utf-8")
    documents = [read_document(path, path.stem, path.name) for path in find_sources(tmp_path)]
    companions = read_companions(tmp_path, documents)

    assert {one.doc_id for one in companions.renderings["en"]} == {"b"}
    assert ["a.en.tmx" in str(companions.unread[0]), "and 2 more" in str(companions.unread[1])] == [True, True]


# beside a source


def test_a_memory_is_a_source_only_where_it_is_of_none(tmp_path):
    (tmp_path / "report.en.tsv").write_text("a\tb\n", encoding="utf-8")
    alone = find_sources(tmp_path)
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")

    assert [path.name for path in alone] == ["report.en.tsv"]
    assert [path.name for path in find_sources(tmp_path)] == ["report.md"]
    assert [(language, path.name) for language, path in rendering_files(tmp_path / "report.md")] == [
        ("en", "report.en.tsv")
    ]


@pytest.fixture(scope="module")
def with_memory(assistant_once):
    return assistant_once({"report.md": REPORT, "report.en.tsv": tsv_of()})


def test_an_english_question_is_answered_with_the_rendering(with_memory):
    answer = with_memory.ask("On which day does the fishermen's guild hang out its nets?")

    assert answer.kind == "passage"
    assert answer.text.startswith("According to “Port development report” (translated from Chinese):\n")
    assert ENGLISH[2] in answer.text
    assert "Key terms" not in answer.text
    assert answer.citations[0].translation == ENGLISH[2]
    assert answer.citations[0].quote.text == "渔民协会每周三晒网。"


def test_a_row_of_a_table_is_quoted_with_its_rendering(with_memory):
    answer = with_memory.ask("西岸的货轮数是多少？")
    english = with_memory.ask("How many freighters does West Bank have?")

    assert "30" in answer.text
    assert "30" in english.text
    assert "30" in english.citations[0].translation


def test_a_passage_is_found_by_its_rendering_alone(assistant_once):
    """No word of the question has a translation that stands in the source."""
    text = "# 记录\n\n甲乙丙丁戊己庚辛。\n"
    memory = tsv_of(("Record", "Zorblat quibbles flurm vexingly."), text)
    query = "zorblat flurm"

    (without,) = assistant_once({"r.md": text}).retrieve(query)
    (with_one,) = assistant_once({"r.md": text, "r.en.tsv": memory}).retrieve(query)

    assert with_one.passage.text == "甲乙丙丁戊己庚辛。"
    assert without.score < 0.01 < 0.4 < with_one.score


def test_a_rendering_of_two_editions_tells_nothing_of_the_later_one(assistant_once):
    text = "# 茶会\n\n第二届半山茶会2018年举行，以“茶与山”为主题，并决定第三届半山茶会于2020年在临溪镇举行。\n"
    rendering = (
        'The second hillside tea meeting was held in 2018 under the theme "tea and mountains", and it was decided to'
        " hold the third hillside tea meeting at Linxi in 2020."
    )
    assistant = assistant_once({"tea.md": text, "tea.en.tsv": tsv_of(("Tea meeting", rendering), text)})

    assert "tea and mountains" in assistant.ask("What theme did the second hillside tea meeting have?").text
    assert assistant.ask("What theme did the third hillside tea meeting have?").kind == "no_answer"


def test_without_a_memory_key_terms_stand_below_the_quote(assistant_once):
    answer = assistant_once({"report.md": "威海市计划扩建港口，并鼓励外国企业在渔业领域投资，改善当地就业。\n"}).ask(
        "Where does Weihai encourage foreign companies to invest besides the port?"
    )
    quote, terms = answer.text.splitlines()[-2:]

    assert quote == f"{answer.citations[0].quote.text} [1]"
    assert terms.startswith("(Key terms: 威海市 = Weihai, ")
    assert "港口 = port" in terms
    pairs = [pair.split(" = ") for pair in terms.removeprefix("(Key terms: ").rstrip(")").split(", ")]
    assert len(pairs) <= 6
    assert all(term in quote for term, _ in pairs)


def test_a_korean_question_has_its_key_terms_in_korean(assistant_once):
    assistant = assistant_once({"report.md": "友好城市之间的青少年足球比赛每两年举行，目的是增进了解。\n"})

    assert "(핵심어: 友好城市 = 우호도시" in assistant.ask("우호도시 청소년 축구 대회의 목적은 무엇인가?").text
    assert "= " not in assistant.ask("友好城市青少年足球比赛的目的是什么？").text


# the index


def test_the_same_memory_gives_the_same_index_and_another_one_another(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "report.md").write_text(REPORT, encoding="utf-8")
    (seeds / "report.en.tsv").write_text(tsv_of(), encoding="utf-8")
    settings = Settings(seeds=seeds, index=tmp_path / "index")
    first = Assistant.build(settings).manifest.index_id
    second = Assistant.build(Settings(seeds=seeds, index=tmp_path / "other")).manifest.index_id
    fresh = is_stale(settings)
    (seeds / "report.en.tsv").write_text(tsv_of().replace("guild", "club"), encoding="utf-8")

    assert (first == second, fresh, is_stale(settings)) == (True, False, True)
    assert Assistant.build(settings).manifest.index_id != first


# the commands


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "report.en.tsv").write_text(tsv_of(), encoding="utf-8")
    return tmp_path


def test_check_finds_nothing_wrong_with_the_seeds(run_command):
    assert run_command("translations", "check", "--seeds", SEEDS) == (0, "2 translation memories, 0 faults\n", "")


def test_check_names_each_fault(run_command, folder):
    lines = tsv_of().replace("17.5 million", "17.5 thousand").splitlines()
    (folder / "report.en.tsv").write_text("\n".join([*lines[1:], "no tabs"]), encoding="utf-8")
    code, out, _ = run_command("translations", "check", "--seeds", folder)
    as_json = [
        json.loads(line) for line in run_command("translations", "check", "--seeds", folder, "--json")[1].splitlines()
    ]

    assert code == 1
    assert "line 6: not start, end and rendering" in out
    assert "report.md, 0-6: no rendering in en: 港口发展报告" in out
    assert "the number 1750余万吨 stands in the source only" in out
    assert out.endswith("1 translation memories, 4 faults\n")
    assert [fault["kind"] for fault in as_json] == ["unread", "missing", "number", "number"]


@pytest.mark.parametrize("suffix", [".tmx", ".tsv"])
def test_export_and_import_give_the_memory_back(suffix, run_command, folder):
    out, source = folder / f"out{suffix}", folder / "report.md"
    before = memory_path(source, "en").read_text(encoding="utf-8")
    exported = run_command("translations", "export", source, "--to", "en", "--out", out)
    refused = run_command("translations", "import", out, source)
    memory_path(source, "en").write_text("", encoding="utf-8")
    imported = run_command("translations", "import", out, source, "--force")

    assert (exported[0], refused[0], imported[0]) == (0, 1, 0)
    assert "take --force" in refused[2]
    assert memory_path(source, "en").read_text(encoding="utf-8") == before


def test_export_holds_the_segments_that_are_still_to_be_translated(run_command, folder):
    (folder / "report.en.tsv").unlink()
    code, out, _ = run_command("translations", "export", folder / "report.md", "--out", folder / "out.tmx")

    assert (code, "0 renderings, 6 missing" in out) == (0, True)
    assert (folder / "out.tmx").read_text(encoding="utf-8").count("<tu ") == 6


def test_import_names_units_of_no_segment_and_writes_the_others(run_command, folder):
    (folder / "in.tmx").write_text(tmx_of([unit("港口发展报告", "Report"), unit("别的话", "x")]), encoding="utf-8")
    code, out, err = run_command("translations", "import", folder / "in.tmx", folder / "report.md", "--force")

    assert (code, "1 renderings, 5 missing" in out) == (1, True)
    assert "unit 2: '别的话' is no segment" in err
    assert memory_path(folder / "report.md", "en").read_text(encoding="utf-8") == "0\t6\tReport\n"


def test_import_writes_nothing_where_nothing_is_in_the_language(run_command, folder):
    (folder / "in.tmx").write_text(tmx_of([unit("港口发展报告", "Report")]), encoding="utf-8")
    code, _, err = run_command("translations", "import", folder / "in.tmx", folder / "report.md", "--to", "ko")

    assert (code, "no rendering in 'ko'" in err) == (1, True)
    assert not memory_path(folder / "report.md", "ko").exists()


@pytest.mark.parametrize(
    "words", [["export", "report.md", "--out", "x.csv"], ["import", "none.tmx", "report.md", "--force"]]
)
def test_a_file_that_cannot_be_used_is_an_error(words, run_command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    code, _, err = run_command("translations", *words)

    assert (code, err.startswith("error: ")) == (1, True)


def test_a_language_that_there_is_not_is_wrong_usage(run_command, folder):
    assert run_command("translations", "export", folder / "report.md", "--to", "fr", "--out", "x.tmx")[0] == 2


@pytest.mark.parametrize("command", ["check", "export", "import"])
def test_every_command_on_translations_has_help_with_an_example(command, run_command):
    code, out, _ = run_command("translations", command, "--help")

    assert code == 0
    assert f"Example: qa-assistant translations {command}" in out
