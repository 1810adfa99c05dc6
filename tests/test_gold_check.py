"""What is wrong with gold questions, found by the check and told with file, line and field."""

import json
from pathlib import Path

import pytest

from qa_assistant.assistant import read_sources
from qa_assistant.evaluate.balance import balance_of
from qa_assistant.evaluate.check import check_gold
from qa_assistant.records import GoldQuestion

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "eval" / "gold.jsonl"
TEXT = """# 威海馆年报

## 概况
威海馆于2015年在仁川建成，去年承办活动17场。

## Visitors
The hall received 4,000 visitors last year; 31 of them were mayors [2019.10.31].

| 城市 | 年份 |
|---|---|
| 青岛 | 1993 |
| 烟台 | 2007 |

## 附录
三年来没有变化，三个部门照旧。
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    (folder / "report.md").write_text(TEXT, encoding="utf-8")
    return read_sources(folder)[0]


@pytest.fixture
def check(documents, tmp_path):
    """Check lines, each made of a good one and what is changed in it."""
    text = documents[0].text

    def run(*changes):
        path = tmp_path / "gold.jsonl"
        lines = [{**good(text, number), **change} for number, change in enumerate(changes)]
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        return check_gold(path, documents)

    return run


def quote(text, said):
    start = text.index(said)
    return {"doc_id": "report", "start": start, "end": start + len(said), "text": said}


def good(text, number):
    return {
        "question_id": f"q{number}",
        "language": "zh",
        "kind": "fact",
        "question": "那座馆是什么时候落成的？" if not number else f"第{number}个问题，{'甲乙丙丁'[number] * 9}？",
        "must_include": [["2015"]],
        "evidence": [quote(text, "威海馆于2015年在仁川建成")] if not number else [quote(text, "青岛 | 1993")],
    }


def told(found):
    return [(finding.level, finding.kind, finding.field) for finding in found.findings]


def test_a_good_line_has_no_finding(check):
    assert told(check({})) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"language": "fr"}, ("error", "shape", "language")),
        ({"extra": 1}, ("error", "shape", "extra")),
        ({"question_id": "a b"}, ("error", "id", "question_id")),
        ({"question_id": ""}, ("error", "id", "question_id")),
        ({"question": " "}, ("error", "expectation", "question")),
        ({"history": [""]}, ("error", "expectation", "history.0")),
        ({"evidence": []}, ("error", "expectation", "evidence")),
        ({"must_include": []}, ("error", "expectation", "must_include")),
        ({"must_include": [["2015"], []]}, ("error", "unmatchable_form", "must_include.1")),
        ({"must_include": [["2015", "？"]]}, ("error", "unmatchable_form", "must_include.0.1")),
        ({"must_include": [["2015"], ["3"]]}, ("error", "wide_form", "must_include.1.0")),
        ({"must_include": [["2015"], ["17"]]}, ("error", "wide_form", "must_include.1.0")),
        ({"must_include": [["2015", "三"]]}, ("warning", "wide_form", "must_include.0.1")),
        ({"must_include": [["2015", "２０１５"]]}, ("warning", "repeated_form", "must_include.0.1")),
        ({"must_include": [["2016"]]}, ("warning", "unsupported_form", "must_include.0")),
        ({"question": "2015年落成的馆？"}, ("error", "given_away", "question")),
    ],
)
def test_what_is_wrong_is_told_with_its_field(check, change, expected):
    assert expected in told(check(change))


def test_a_number_with_what_is_counted_is_not_too_wide(check, documents):
    line = {"must_include": [["17场"]], "evidence": [quote(documents[0].text, "去年承办活动17场")]}

    assert told(check(line)) == []


def test_a_question_without_an_answer_has_no_evidence_and_no_forms(check):
    refused = {"kind": "no_answer", "must_include": [], "evidence": []}

    assert told(check(refused)) == []
    assert told(check({**refused, "must_include": [["2015"]]})) == [("error", "expectation", "must_include")]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"doc_id": "other"}, "evidence.0.doc_id", "no source 'other'"),
        ({"text": ""}, "evidence.0.text", "is empty"),
        ({"end": 9999}, "evidence.0.start", "is no range of the"),
        ({"start": -1}, "evidence.0.start", "is no range of the"),
        ({"text": "威海馆于2016年在仁川建成"}, "evidence.0.text", "the text stands nowhere"),
    ],
)
def test_evidence_that_does_not_stand_where_it_says_is_an_error(check, documents, change, field, said):
    (finding,) = [
        one
        for one in check({"evidence": [{**quote(documents[0].text, "威海馆于2015年在仁川建成"), **change}]}).findings
        if one.kind == "evidence"
    ]

    assert (finding.level, finding.field) == ("error", field)
    assert said in finding.text


def test_evidence_that_has_moved_is_told_where_it_stands(check, documents):
    real = quote(documents[0].text, "威海馆于2015年在仁川建成")
    moved = {**real, "start": real["start"] + 1, "end": real["end"] + 1}
    (finding,) = check({"evidence": [moved]}).findings

    assert f"the text stands at {real['start']}-{real['end']}" in finding.text


def test_characters_that_are_evidence_twice_are_told(check, documents):
    real = quote(documents[0].text, "威海馆于2015年在仁川建成")

    assert ("warning", "repeated_evidence", "evidence.1") in told(check({"evidence": [real, real]}))


def test_an_id_that_was_there_is_an_error_and_its_line_is_named(check):
    found = [one for one in check({}, {"question_id": "q0"}).findings if one.kind == "id"]

    assert [(one.line, "line 1" in one.text) for one in found] == [(2, True)]


def test_a_question_asked_twice_is_an_error_and_one_nearly_the_same_a_warning(check, documents):
    again = good(documents[0].text, 0)
    again["question_id"] = "again"

    assert ("error", "asked_twice", "question") in told(check({}, again))
    again["question"] = "那座馆是什么时候落成的呢？"
    assert ("warning", "near_duplicate", "question") in told(check({}, again))
    again["question"] = "Weihai在仁川那边的展厅几几年有的"
    (finding,) = [one for one in check({}, again).findings if one.kind == "near_duplicate"]
    assert "in other words" in finding.text


def test_questions_that_differ_in_what_is_asked_for_are_no_duplicates(check, documents):
    text = documents[0].text
    one = {"question": "青岛是哪一年结为友好城市的？", "must_include": [["1993"]], "evidence": [quote(text, "1993")]}
    other = {"question": "烟台是哪一年结为友好城市的？", "must_include": [["2007"]], "evidence": [quote(text, "2007")]}

    assert told(check(one, other)) == []


def test_follow_ups_are_compared_with_what_was_asked_before(check, documents):
    text = documents[0].text
    one = {"history": ["青岛是哪年？"], "question": "那么烟台呢？", "must_include": [["2007"]]}
    other = {"history": ["威海有几位客人来访？"], "question": "那么烟台呢？", "must_include": [["1993"]]}
    evidence = {"evidence": [quote(text, "2007")]}, {"evidence": [quote(text, "1993")]}

    assert told(check({**one, **evidence[0]}, {**other, **evidence[1]})) == []


def test_forms_that_many_other_sentences_say_are_told(tmp_path):
    (tmp_path / "sources").mkdir()
    sentences = "".join(f"第{number}处的材料于2019年整理。" for number in "一二三四五六七八九")
    (tmp_path / "sources" / "notes.md").write_text(f"# 札记\n\n馆于2019年开张。{sentences}\n", encoding="utf-8")
    documents = read_sources(tmp_path / "sources")[0]
    line = {
        "question_id": "q",
        "language": "zh",
        "kind": "fact",
        "question": "哪年开张？",
        "must_include": [["2019"]],
        "evidence": [{**quote(documents[0].text, "馆于2019年开张"), "doc_id": "notes"}],
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    (finding,) = check_gold(tmp_path / "gold.jsonl", documents).findings

    assert (finding.kind, finding.text[:11]) == ("answer_elsewhere", "9 sentences")


def test_lines_that_are_no_gold_do_not_keep_the_rest_from_being_checked(check, tmp_path):
    check({}, {"must_include": [["3"]]})
    path = tmp_path / "gold.jsonl"
    path.write_text("no json\n[]\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = check_gold(path, [])

    assert found.questions == 2
    assert [(one.line, one.kind) for one in found.findings if one.kind in ("shape", "wide_form")] == [
        (1, "shape"),
        (2, "shape"),
        (5, "wide_form"),
    ]


# balance


def test_every_part_of_a_document_is_counted(documents):
    text = documents[0].text
    gold = [GoldQuestion.model_validate({**good(text, 0)}), GoldQuestion.model_validate({**good(text, 1)})]
    found = balance_of(gold, documents)
    parts = {(part.kind, part.name.rpartition(" > ")[2]): part.total for part in found.parts}

    assert found.kinds["zh"] == {"fact": 2, "passage": 0, "no_answer": 0}
    assert found.documents == {"report": {"zh": 2, "en": 0, "ko": 0}}
    assert parts[("text", "概况")] == 1
    assert parts[("text", "Visitors")] == 0
    assert parts[("text", "附录")] == 0
    assert [total for (kind, _), total in parts.items() if kind == "table"] == [1]


# the project's gold


@pytest.fixture(scope="module")
def project():
    return check_gold(GOLD, read_sources(ROOT / "seeds")[0])


def test_the_projects_gold_has_no_error(project):
    assert [str(finding) for finding in project.findings if finding.level == "error"] == []


def test_the_projects_gold_asks_about_every_section_table_and_footnote_group(project):
    assert [(part.doc_id, part.kind, part.name) for part in project.balance.parts if not part.total] == []


def test_the_projects_gold_is_balanced(project):
    kinds = {language: sum(own.values()) for language, own in project.balance.kinds.items()}

    assert kinds["zh"] >= 120
    assert kinds["en"] >= 120
    assert kinds["ko"] >= 10


# the command


def test_the_command_prints_findings_and_balance_and_fails_on_errors(run_command, tmp_path):
    lines = GOLD.read_text(encoding="utf-8").splitlines()[:3]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join([*lines, lines[0]]), encoding="utf-8")
    code, out, _ = run_command("eval", "check", "--gold", path, "--seeds", ROOT / "seeds")

    assert code == 1
    assert f"error: {path}, line 4: zh-001: field 'question_id'" in out
    assert "NONE" in out
    assert out.splitlines()[-1].startswith("4 questions, 2 errors")


def test_the_command_gives_json(run_command, tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(GOLD.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    code, out, _ = run_command("eval", "check", "--gold", path, "--seeds", ROOT / "seeds", "--json")

    assert code == 0
    assert set(json.loads(out)) == {"questions", "findings", "balance"}
