"""Runs of the gold set on disk: written as they go, gone on with, compared; the gate; the page."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from qa_assistant.config import Settings
from qa_assistant.errors import InputError
from qa_assistant.evaluate import evaluate, read_gold, read_run, report_of
from qa_assistant.evaluate.report import excerpt, report_page, verdict
from qa_assistant.evaluate.runs import RunFile, RunHead, configuration_of, program_digest
from qa_assistant.records import GoldQuestion

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "eval" / "gold.jsonl"


@pytest.fixture(scope="module")
def gold():
    """Twelve questions in three languages, refusals among them."""
    questions = read_gold(GOLD)[0]
    refusals = [one for one in questions if one.kind == "no_answer"][:3]
    return (
        [one for language in ("zh", "en", "ko") for one in questions if one.language == language][:8]
        + refusals
        + [next(one for one in questions if one.language == "ko")]
    )


class Counting:
    """An assistant that counts the questions it is asked, and can stop in the middle."""

    def __init__(self, assistant, stop_after=None):
        self.index = assistant.index
        self._assistant = assistant
        self._stop_after = stop_after
        self.asked = 0

    def ask(self, question, history=()):
        if self.asked == self._stop_after:
            raise KeyboardInterrupt
        self.asked += 1
        return self._assistant.ask(question, history)


CONFIGURATION = {"model": "builtin"}


def broken_off(assistant, gold, run, after=6):
    with pytest.raises(KeyboardInterrupt):
        evaluate(Counting(assistant, after), gold, configuration=CONFIGURATION, run=run)


def test_a_run_that_was_cut_off_goes_on_where_it_was(assistant, gold, tmp_path):
    run = tmp_path / "report" / "run.jsonl"
    broken_off(assistant, gold, run)
    held = len(read_run(run)[1])
    again = Counting(assistant)
    report = evaluate(again, gold, configuration=CONFIGURATION, run=run)
    whole = evaluate(assistant, gold, configuration=CONFIGURATION)

    assert held == 5  # The first question is asked once before, to load what all share.
    assert again.asked == 1 + len(gold) - held
    assert report.run_id == whole.run_id
    assert [one.text for one in report.per_question] == [one.text for one in whole.per_question]
    assert set(read_run(run)[1]) == {question.question_id for question in gold}


@pytest.mark.parametrize("torn", ['{"question_id":"zh-', '{"question_id":"中'.encode()[:-1]])
def test_a_line_that_was_cut_off_is_asked_again(assistant, gold, tmp_path, torn):
    run = tmp_path / "run.jsonl"
    broken_off(assistant, gold, run)
    with run.open("ab") as file:
        file.write(torn if isinstance(torn, bytes) else torn.encode())

    evaluate(Counting(assistant), gold, configuration=CONFIGURATION, run=run)

    assert set(read_run(run)[1]) == {question.question_id for question in gold}


@pytest.mark.parametrize("changed", ["configuration", "gold", "index"])
def test_a_run_of_something_else_is_begun_anew(assistant, gold, tmp_path, changed):
    run = tmp_path / "run.jsonl"
    broken_off(assistant, gold, run)
    if changed == "index":
        head, *lines = run.read_text(encoding="utf-8").splitlines()
        head = json.dumps({**json.loads(head), "index_id": "other"})
        run.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    again = Counting(assistant)
    asked = gold[:-1] if changed == "gold" else gold
    evaluate(again, asked, configuration={"model": "other"} if changed == "configuration" else CONFIGURATION, run=run)

    assert again.asked == 1 + len(asked)
    assert len(read_run(run)[1]) == len(asked)


def test_a_finished_run_is_asked_anew(assistant, gold, tmp_path):
    run = tmp_path / "run.jsonl"
    evaluate(assistant, gold, run=run)
    again = Counting(assistant)
    evaluate(again, gold, run=run)

    assert again.asked == 1 + len(gold)


def test_a_stored_run_is_measured_as_a_fresh_one(assistant, gold, tmp_path):
    report = evaluate(assistant, gold, configuration=CONFIGURATION, run=tmp_path / "run.jsonl")

    assert report_of(*read_run(tmp_path), gold, assistant.index.documents) == report


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (None, "cannot be read"),
        ("", "is empty"),
        ("not JSON\n", "line 1: not JSON"),
        ('{"index_id": "i", "gold_sha256": "g", "configuration": {}}\n{"question_id": "q"}\n', "line 2: field 'mill"),
    ],
)
def test_a_run_that_cannot_be_read_is_named_with_line_and_field(tmp_path, content, named):
    path = tmp_path / "old.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=r"old\.jsonl") as error:
        read_run(path)
    assert named in str(error.value)


def test_another_program_is_another_configuration(tmp_path, monkeypatch):
    configuration = configuration_of(Settings(rerank_model="m", rerank_first=7))
    copied = tmp_path / "qa_assistant"
    shutil.copytree(ROOT / "src" / "qa_assistant" / "evaluate", copied)
    monkeypatch.setattr("qa_assistant.evaluate.runs.resources.files", lambda name: copied)
    before = program_digest()
    (copied / "gold.py").write_text("", encoding="utf-8")

    assert (configuration["rerank_model"], configuration["rerank_first"]) == ("m", "7")
    assert configuration["program"] != before != program_digest()


def test_answers_are_on_disk_one_by_one(tmp_path, assistant, gold):
    file = RunFile.open(tmp_path / "run.jsonl", RunHead(index_id="i", gold_sha256="g", configuration={}), 3)
    evaluate(assistant, gold[:2], run=tmp_path / "other.jsonl")
    line = next(iter(read_run(tmp_path / "other.jsonl")[1].values()))
    file.add(line)

    assert read_run(tmp_path / "run.jsonl")[1] == {line.question_id: line}


# commands


@pytest.fixture
def run_eval(run_command, seeds_index, gold, tmp_path):
    """Runs `eval` on the twelve questions."""
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(one.model_dump_json() + "\n" for one in gold), encoding="utf-8")

    def run(*arguments):
        return run_command("eval", "--gold", path, "--index", seeds_index, *arguments)

    return run


def test_a_run_against_a_baseline_names_what_was_won_and_lost(run_eval, gold, tmp_path):
    run_eval("--report", tmp_path / "old")
    old = tmp_path / "old" / "run.jsonl"
    results = [json.loads(line) for line in (tmp_path / "old" / "answers.jsonl").read_text("utf-8").splitlines()]
    right = next(one["question_id"] for one in results if one["correct"] and one["expected_kind"] != "no_answer")
    lines = old.read_text(encoding="utf-8").splitlines()
    spoiled = [json.loads(line) for line in lines]
    for line in spoiled[1:]:
        if line["question_id"] == right:
            line["answer"]["text"] = "?"
    old.write_text("".join(json.dumps(line) + "\n" for line in spoiled), encoding="utf-8")

    code, out, err = run_eval("--baseline", old, "--report", tmp_path / "new")

    assert (code, err) == (0, "")
    assert f"won    1 {right}\nlost   0\nMcNemar's exact test: p = 1.0000\n" in out
    comparison = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))["comparison"]
    assert comparison["won"] == [right]
    assert comparison["differences"]["answer_accuracy"]["change"] == pytest.approx(1 / len(gold), abs=1e-3)
    assert right in (tmp_path / "new" / "report.html").read_text(encoding="utf-8")


def test_the_gate_passes_what_was_measured_and_stops_what_is_worse(run_eval, tmp_path):
    expected = tmp_path / "expected.json"
    assert run_eval("--write-expected", expected)[0] == 0
    assert run_eval("--expect", expected)[0] == 0

    written = json.loads(expected.read_text(encoding="utf-8"))
    written["figures"]["answer_accuracy"] |= {"value": 1.5, "low": 1.2, "high": 2.0}
    lost, written["wrong"] = written["wrong"], []
    expected.write_text(json.dumps(written), encoding="utf-8")
    code, _, err = run_eval("--expect", expected)

    assert code == 1
    assert "answer_accuracy is " in err
    assert "below 1.2000 (expected 1.5000)" in err
    assert err.rstrip().endswith(f"questions lost ({len(lost)}): {' '.join(lost) or 'none'}")


def test_a_gate_or_baseline_that_is_not_there_is_named_before_the_work(run_eval, tmp_path):
    for option in ("--expect", "--baseline"):
        code, out, err = run_eval(option, tmp_path / "none")
        assert (code, out) == (1, "")
        assert str(tmp_path / "none") in err


def test_the_expected_figures_of_the_project_are_told_in_the_changelog():
    """They move only with a line for people to read."""
    expected = json.loads((ROOT / "eval" / "expected.json").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"answer_accuracy {expected['figures']['answer_accuracy']['value']:.4f}" in changelog
    assert f"gold {expected['gold_sha256'][:12]}" in changelog


def test_the_gate_is_part_of_what_has_to_pass():
    assert "eval --expect eval/expected.json" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


# the page


@pytest.fixture(scope="module")
def page(assistant, gold, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    strange = GoldQuestion(
        question_id="strange", language="zh", kind="no_answer", question="</script><script>window.stolen=1</script>？"
    )
    asked = [*gold, strange]
    report = evaluate(assistant, asked, run=folder / "run.jsonl")
    text = report_page(report, asked, read_run(folder)[1], assistant.index.documents)
    (folder / "report.html").write_text(text, encoding="utf-8")
    return folder / "report.html", report, text


def test_the_page_is_the_same_each_time(assistant, gold, page, tmp_path):
    first = report_page(page[1], gold, {}, assistant.index.documents)

    assert first == report_page(page[1], gold, {}, assistant.index.documents)


def test_the_page_needs_nothing_from_elsewhere(page):
    found = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.extend(value for name, value in attributes if name in ("src", "href", "xlink:href"))

    Links().feed(page[2])

    assert all(link.startswith("#") for link in found)  # Plots use their own parts.
    assert not re.search(r"@import|url\((?!#)", page[2])


def test_each_verdict_has_its_word(page):
    assert {verdict(one) for one in page[1].per_question} <= {
        "right",
        "wrong",
        "rightly_refused",
        "wrongly_refused",
        "not_refused",
    }


def test_an_excerpt_is_the_source_cut_where_evidence_begins_and_ends(assistant):
    document = next(iter(assistant.index.documents.values()))
    quote, evidence = document.quote(100, 140), document.quote(120, 160)

    pieces = excerpt(quote, [evidence], document, 10)

    assert "".join(text for text, _, _ in pieces) == document.text[90:150]
    assert "".join(text for text, own, _ in pieces if own) == quote.text
    assert "".join(text for text, own, common in pieces if own and common) == document.text[120:140]


def test_a_quote_that_is_not_in_its_source_is_shown_as_it_is(assistant):
    document = next(iter(assistant.index.documents.values()))
    wrong = document.quote(100, 140).model_copy(update={"text": "不是"})

    assert excerpt(wrong, [], document, 10) == [("不是", True, False)]
    assert excerpt(wrong, [], None, 10) == [("不是", True, False)]


@pytest.mark.browser
def test_a_reader_changes_language_sorts_filters_and_opens_a_question(page):
    path, report, _ = page
    refusals = [one for one in report.per_question if one.expected_kind == "no_answer"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(locale="zh-CN")
        problems = []
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("request", lambda request: problems.append(request.url) if request.url != path.as_uri() else None)
        tab.goto(path.as_uri())
        expect(tab.locator("h1")).to_have_text(re.compile("评测报告"))
        expect(tab.locator("h1 .en")).to_be_hidden()
        tab.get_by_role("button", name="English").click()
        expect(tab.locator("h1 .en")).to_be_visible()
        expect(tab.locator("h1 .zh")).to_be_hidden()

        tab.select_option("[data-filter=kind]", "no_answer")
        expect(tab.locator("#questions tbody:visible")).to_have_count(len(refusals))
        tab.select_option("[data-filter=kind]", "")
        tab.fill("#find", "stolen=1")
        expect(tab.locator("#questions tbody:visible")).to_have_count(1)
        tab.fill("#find", "")

        tab.get_by_role("button", name="ms").click()
        times = [float(text) for text in tab.locator("#questions tr.row td:last-child").all_inner_texts()]
        assert times == sorted(times)

        with_evidence = next(one for one in report.per_question if one.evidence_recall)
        row = tab.locator("#questions tbody", has_text=with_evidence.question_id).first
        row.get_by_role("button").press("Enter")
        expect(row.locator(".detail")).to_be_visible()
        expect(row.locator("mark").first).to_be_visible()
        expect(tab.locator("h1 .en")).to_be_visible()  # Opening a row leaves the language as it is.
        assert tab.evaluate("window.stolen") is None
        browser.close()
    assert problems == []
