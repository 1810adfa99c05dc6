"""The commands: what they print, where, and with which exit code."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from qa_assistant import cli
from qa_assistant.wire import AnswerBody, ConflictBody, ListedFactBody, RetrieveBody

SEEDS = Path(__file__).parent.parent / "seeds"
CHINESE = "仁川·威海馆是哪年建成的？"
ENGLISH = "When was the Weihai pavilion in Incheon built?"
OFF_TOPIC = "怎么做红烧肉？"
ANSWER_FIELDS = {
    *("id", "question", "language", "kind", "text", "confidence", "citations", "facts", "hits", "index_id"),
    "understood",
    "suggestions",
}
FIGURES = ("answer_accuracy", "evidence_recall", "quote_validity", "abstention_accuracy")


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch):
    for name in [name for name in os.environ if name.upper().startswith("QA_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process."""

    def run_command(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["qa-assistant", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    return run_command


def run_process(*arguments: object) -> Ran:
    """Run the real command."""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "qa_assistant", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=120, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def in_seeds(monkeypatch, seeds_index):
    """The settings of a caller who has the seeds and their index."""
    monkeypatch.setenv("QA_SEEDS", str(SEEDS))
    monkeypatch.setenv("QA_INDEX", str(seeds_index))
    return seeds_index


@pytest.fixture
def index_copy(in_seeds, tmp_path, monkeypatch):
    """A copy of the index that may be damaged."""
    copy = tmp_path / "copy"
    shutil.copytree(in_seeds, copy)
    monkeypatch.setenv("QA_INDEX", str(copy))
    return copy


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder of one small source, and the place of its index."""
    seeds = tmp_path / "sources"
    seeds.mkdir()
    (seeds / "馆.md").write_text("# 展馆\n\n仁川·威海馆于2015年建成。\n", encoding="utf-8")
    monkeypatch.setenv("QA_SEEDS", str(seeds))
    monkeypatch.setenv("QA_INDEX", str(tmp_path / "index"))
    return seeds


def data_of(index: Path) -> Path:
    return index / json.loads((index / "manifest.json").read_text(encoding="utf-8"))["folder"]


def assert_one_line_error(ran: Ran, *parts: str) -> None:
    assert ran.code == 1
    assert len(ran.complaints) == 1, ran.err
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.out + ran.err
    for part in parts:
        assert part in ran.err


# build


def test_build_leaves_unreadable_files_out_and_names_each_in_a_line(small, run, tmp_path):
    (small / "empty.txt").write_text("", encoding="utf-8")
    (small / "gbk.txt").write_bytes("第一行\n仁川".encode("gbk"))
    (small / "picture.txt").write_bytes(b"\x89PNG\0\0")

    ran = run("build")

    assert ran.code == 1
    assert ran.out.startswith("documents 1, passages 1")
    assert len(ran.complaints) == 3
    for name, line in zip(("empty.txt", "gbk.txt", "picture.txt"), ran.complaints, strict=True):
        assert line.startswith("error: ")
        assert name in line
    assert "2015" in run("ask", CHINESE).out


def test_build_says_what_it_made_and_where(small, run, tmp_path):
    ran = run("build")

    assert (ran.code, ran.err) == (0, "")
    assert "documents 1, passages 1, sentences 1" in ran.out
    assert str(tmp_path / "index") in ran.out
    assert data_of(tmp_path / "index").name in ran.out


def test_flags_count_more_than_the_environment(small, run, tmp_path):
    ran = run("build", "--index", tmp_path / "elsewhere")

    assert ran.code == 0
    assert (tmp_path / "elsewhere" / "manifest.json").is_file()
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("content", [None, "empty", "unreadable"])
def test_build_without_sources_is_a_clear_error(run, tmp_path, content):
    seeds = tmp_path / "none"
    if content:
        seeds.mkdir()
    if content == "unreadable":
        (seeds / "a.txt").write_bytes(b"\xff\xfe")

    assert_one_line_error(run("build", "--seeds", seeds, "--index", tmp_path / "index"), str(seeds))
    assert not (tmp_path / "index").exists()


# ask


@pytest.mark.parametrize(("question", "language"), [(CHINESE, "zh"), (ENGLISH, "en")])
def test_ask_prints_the_answer_and_where_each_quote_stands(in_seeds, run, question, language):
    plain = run("ask", question)
    answer = AnswerBody.model_validate_json(run("ask", question, "--json").out)

    assert (plain.code, plain.err) == (0, "")
    assert answer.language == language
    assert plain.out.startswith(answer.text)
    for citation in answer.citations:
        assert f"[{citation.number}] {citation.source}" in plain.out
        assert f"{citation.start}-{citation.end}" in plain.out


def test_ask_json_has_exactly_the_fields_that_callers_were_promised(in_seeds, run):
    found = json.loads(run("ask", CHINESE, "--json").out)

    assert set(found) == ANSWER_FIELDS
    assert AnswerBody.model_validate(found).citations


def test_the_real_command_builds_on_the_way_and_answers_in_utf_8_on_standard_output(small):
    ran = run_process("ask", CHINESE, "--json")

    assert (ran.code, ran.err) == (0, "")
    assert "2015年" in AnswerBody.model_validate_json(ran.out).text


def test_the_real_command_prints_one_line_for_a_foreign_index(small, tmp_path):
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "manifest.json").write_text("{}", encoding="utf-8")

    assert_one_line_error(run_process("retrieve", CHINESE), "manifest.json")


def test_ask_refuses_what_the_sources_do_not_answer(in_seeds, run):
    ran = run("ask", OFF_TOPIC)

    assert (ran.code, ran.out.strip().splitlines()[0][:6]) == (0, "资料中没有找")


def test_an_empty_question_gets_an_answer_that_says_so(in_seeds, run):
    ran = run("ask", "")

    assert (ran.code, ran.out.strip()) == (0, "问题是空的，请输入一个问题。")


def test_history_is_given_with_the_question(in_seeds, run):
    alone = run("ask", "它是哪年建成的？", "--json").out
    followed = run(
        "ask", "它是哪年建成的？", "--history", "威海馆在哪座城市？", "--history", "仁川·威海馆是什么？", "--json"
    ).out

    assert "仁川·威海馆" in json.loads(followed)["text"]
    assert json.loads(followed)["text"] != json.loads(alone)["text"]


def test_a_question_that_is_not_utf_8_is_a_clear_error(in_seeds, run):
    assert_one_line_error(run("ask", "\udcff\udcfe"), "UTF-8")
    assert_one_line_error(run("ask", CHINESE, "--history", "\udcff"), "UTF-8")
    assert_one_line_error(run("retrieve", "\udcff"), "UTF-8")


def test_a_batch_answers_the_good_lines_and_names_the_bad_ones(in_seeds, run, tmp_path):
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps({"id": "a", "question": CHINESE}, ensure_ascii=False),
        "not JSON",
        "",
        '{"id": "b", "history": []}',
        "   ",
        json.dumps({"id": 7, "question": ENGLISH, "history": ["What is the Weihai pavilion?"], "note": "kept out"}),
        '{"question": "x", "id": ' + "1" * 5000 + "}",
        "[" * 5000,
        '"just a string"',
        '{"question": "\\ud800"}',
        json.dumps({"question": OFF_TOPIC}),
    ]
    batch.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")

    ran = run("ask", "--batch", batch, "--out", out)
    answers = [AnswerBody.model_validate_json(line) for line in out.read_text(encoding="utf-8").splitlines()]

    assert ran.code == 1
    assert [answer.id for answer in answers] == ["a", 7, None]
    assert [answer.kind for answer in answers] == ["fact", "fact", "no_answer"]
    assert f"3 answers -> {out}" in ran.out
    assert [line.partition(": ")[2].partition(":")[0] for line in ran.complaints] == [
        f"{batch}, line {number}" for number in (2, 4, 7, 8, 9, 10)
    ]
    assert "'question'" in ran.complaints[1]


def test_a_batch_of_good_lines_is_no_error(in_seeds, run, tmp_path):
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text(json.dumps({"id": "a", "question": CHINESE}) + "\n", encoding="utf-8")

    ran = run("ask", "--batch", batch, "--out", out)

    assert (ran.code, ran.err) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "a"


def test_files_that_cannot_be_read_or_written_are_named(in_seeds, run, tmp_path):
    batch = tmp_path / "in.jsonl"

    assert_one_line_error(run("ask", "--batch", batch, "--out", tmp_path / "out.jsonl"), str(batch))
    batch.write_bytes("{}\n仁川".encode("gbk"))
    assert_one_line_error(run("ask", "--batch", batch, "--out", tmp_path / "out.jsonl"), str(batch), "UTF-8")
    batch.write_text("{}", encoding="utf-8")
    nowhere = tmp_path / "nowhere" / "out.jsonl"
    assert_one_line_error(run("ask", "--batch", batch, "--out", nowhere), str(nowhere))


# retrieve


@pytest.mark.parametrize("query", ["友好城市", "sister cities of Incheon"])
def test_retrieve_prints_as_many_passages_as_were_asked_for(in_seeds, run, query):
    found = RetrieveBody.model_validate_json(run("retrieve", query, "-k", "3", "--json").out)
    plain = run("retrieve", query, "-k", "3")

    assert [hit.rank for hit in found.hits] == [1, 2, 3]
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)
    assert plain.code == 0
    for hit in found.hits:
        assert f"{hit.rank}. {hit.score:.3f}  {hit.source}, {hit.start}-{hit.end}" in plain.out
        assert hit.text in plain.out


def test_retrieve_finds_ten_passages_unless_told_otherwise(in_seeds, run):
    assert len(RetrieveBody.model_validate_json(run("retrieve", "仁川", "--json").out).hits) == 10


# verify


@pytest.fixture
def answers(in_seeds, run, tmp_path):
    """A file of real answers, one of them a refusal, and their bodies."""
    batch, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    questions = [CHINESE, ENGLISH, OFF_TOPIC]
    batch.write_text("".join(json.dumps({"question": one}) + "\n" for one in questions), encoding="utf-8")
    assert run("ask", "--batch", batch, "--out", out).code == 0
    return out


def change_second_line(path: Path, change) -> dict:
    """Change the second answer of a file, which is an English one."""
    bodies = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    change(bodies[1])
    path.write_text("".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies), encoding="utf-8")
    return bodies[1]


def with_one_character_changed(citation):
    quote = citation["quote"]
    citation["quote"] = quote[:5] + ("甲" if quote[5] != "甲" else "乙") + quote[6:]


def with_offsets_shifted(citation):
    citation["start"] += 1
    citation["end"] += 1


def with_negative_offsets(citation):
    citation["start"] = -1


def with_raw_span_shifted(citation):
    start, end = citation["raw_spans"][0]
    citation["raw_spans"][0] = [start + 1, end + 1]


def with_raw_spans_left_out(citation):
    citation["raw_spans"] = []


def of_no_document(citation):
    citation["doc_id"] = "nobody"


def of_another_file(citation):
    citation["source"] = next(path.name for path in SEEDS.iterdir() if path.name != citation["source"])


def without_a_quote(citation):
    citation.update(quote="", end=citation["start"], raw_spans=[])


def with_an_answer_outside(citation):
    citation["answers"] = [[citation["start"], citation["end"] + 1]]


def with_an_empty_answer(citation):
    citation["answers"] = [[citation["start"], citation["start"]]]


def with_another_number(citation):
    citation["number"] += 50


def test_verify_passes_on_real_answers(answers, run):
    ran = run("verify", answers)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 answers, ")


@pytest.mark.parametrize(
    "spoil",
    [
        with_one_character_changed,
        with_offsets_shifted,
        with_negative_offsets,
        with_raw_span_shifted,
        with_raw_spans_left_out,
        of_no_document,
        of_another_file,
        without_a_quote,
        with_another_number,
        with_an_answer_outside,
        with_an_empty_answer,
    ],
)
def test_verify_names_line_and_citation_of_a_quote(answers, run, spoil):
    change_second_line(answers, lambda body: spoil(body["citations"][-1]))
    number = json.loads(answers.read_text(encoding="utf-8").splitlines()[1])["citations"][-1]["number"]

    assert_one_line_error(run("verify", answers), f"{answers}, line 2: citation {number}")


def test_verify_misses_a_citation_that_was_dropped(answers, run):
    def drop_first(body):
        # A second reference that stays, so that the answer is not merely one without a quote.
        body["citations"].append({**body["citations"][0], "number": 90})
        body["text"] += " [90]"
        del body["citations"][0]

    change_second_line(answers, drop_first)

    assert_one_line_error(run("verify", answers), f"{answers}, line 2: citation 1")


def test_verify_refuses_an_answer_without_quotes(answers, run):
    change_second_line(answers, lambda body: body.update(citations=[]))

    assert_one_line_error(run("verify", answers), f"{answers}, line 2", "without a quote")


def test_verify_refuses_lines_that_are_no_answers(answers, run):
    change_second_line(answers, lambda body: body.update(surprise=1))
    assert_one_line_error(run("verify", answers), f"{answers}, line 2", "surprise")

    answers.write_text("nonsense\n", encoding="utf-8")
    assert_one_line_error(run("verify", answers), f"{answers}, line 1", "not JSON")


def test_verify_needs_the_sources_that_the_index_was_made_of(small, run, tmp_path):
    run("build")
    (tmp_path / "answers.jsonl").write_text(run("ask", CHINESE, "--json").out, encoding="utf-8")
    assert run("verify", tmp_path / "answers.jsonl").code == 0
    source = small / "馆.md"
    source.write_text(source.read_text(encoding="utf-8") + "又一句。\n", encoding="utf-8")

    assert_one_line_error(run("verify", tmp_path / "answers.jsonl"), str(source), "changed", "qa-assistant build")


# eval


def test_eval_prints_the_four_figures_and_writes_a_report(in_seeds, run, tmp_path):
    gold, report = tmp_path / "gold.jsonl", tmp_path / "report"
    lines = (SEEDS.parent / "eval" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    refusal = next(line for line in lines if json.loads(line)["kind"] == "no_answer")
    gold.write_text("\n".join([*lines[:3], refusal]), encoding="utf-8")

    ran = run("eval", "--gold", gold, "--report", report)
    written = json.loads((report / "report.json").read_text(encoding="utf-8"))

    assert (ran.code, ran.err) == (0, "")
    figures = dict(line.split() for line in ran.out.splitlines()[1:-1])
    for name in FIGURES:
        assert float(figures[name]) == pytest.approx(written["metrics"][name], abs=1e-4)
    results = [json.loads(line) for line in (report / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["question_id"] for result in results] == [json.loads(line)["question_id"] for line in lines[:3]] + [
        json.loads(refusal)["question_id"]
    ]
    assert (report / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len((report / "run.jsonl").read_text(encoding="utf-8").splitlines()) == 1 + len(results)


def test_eval_asks_the_good_questions_of_a_file_with_bad_lines(in_seeds, run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    good = {"question_id": "q", "language": "zh", "kind": "no_answer", "question": OFF_TOPIC}
    gold.write_text(json.dumps(good) + "\n{}\n", encoding="utf-8")

    ran = run("eval", "--gold", gold)

    assert ran.code == 1
    assert ran.out.startswith("1 questions, ")
    assert ran.complaints == [f"error: {gold}, line 2: field 'question_id': Field required"]


def test_eval_without_a_usable_question_is_an_error(in_seeds, run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    assert_one_line_error(run("eval", "--gold", gold), str(gold))
    gold.write_text("\n", encoding="utf-8")
    assert_one_line_error(run("eval", "--gold", gold), str(gold), "no question")


# usage and settings


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("ask",),
        ("ask", "a", "--batch", "b", "--out", "c"),
        ("ask", "--batch", "b"),
        ("ask", "a", "--out", "c"),
        ("ask", "a", "--surprise"),
        ("retrieve",),
        ("retrieve", "a", "-k", "0"),
        ("retrieve", "a", "-k", "many"),
        ("verify",),
        ("serve", "--port", "abc"),
        ("eval", "nothing"),
        ("eval", "retrieval"),
        ("eval", "retrieval", "--beir", "a"),
        ("eval", "retrieval", "--beir", "a", "--run", "b", "-k", "0"),
        ("eval", "import", "--beir", "a"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(run, arguments):
    ran = run(*arguments)

    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["build", "ask", "retrieve", "verify", "facts", "eval", "serve"])
def test_each_command_has_help_with_an_example(run, command):
    ran = run(command, "--help")

    assert ran.code == 0
    assert f"Example: qa-assistant {command}" in ran.out


@pytest.mark.parametrize("command", ["list", "tables", "check"])
def test_each_command_on_facts_has_help_with_an_example(run, command):
    ran = run("facts", command, "--help")

    assert ran.code == 0
    assert f"Example: qa-assistant facts {command}" in ran.out


@pytest.mark.parametrize("command", ["retrieval", "import"])
def test_each_command_on_sets_has_help_with_an_example(run, command):
    ran = run("eval", command, "--help")

    assert ran.code == 0
    assert f"Example: qa-assistant eval {command}" in ran.out


def test_facts_are_listed_a_line_each_with_their_quotes(in_seeds, run, assistant):
    ran = run("facts", "list")

    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert len(lines) == len(list(assistant.facts()))
    line = next(line for line in lines if line.startswith("仁川·威海馆: 活动数 = 320余场"))
    assert '000_4577295f12020777.txt, 1069-1141 "十年来，' in line


def test_facts_as_json_are_an_object_a_line(in_seeds, run, assistant):
    facts = [ListedFactBody.model_validate_json(line) for line in run("facts", "list", "--json").out.splitlines()]

    assert [body.fact_id for body in facts] == [fact.fact_id for _, fact in assistant.facts()]


def test_tables_are_listed_with_place_columns_and_size(in_seeds, run, assistant):
    ran = run("facts", "tables")

    lines = ran.out.splitlines()
    assert len(lines) == len(assistant.index.facts.relations)
    conferences = next(line for line in lines if ":conferences" in line)
    assert "表2" in conferences
    assert "届次, 年份, 国家" in conferences
    assert conferences.endswith("20 rows")


def test_contradictions_of_the_sources_are_told_with_both_quotes(in_seeds, run):
    ran = run("facts", "check")

    assert (ran.code, ran.err) == (0, "")
    assert "320余场" in ran.out
    assert '1310-1369 "“截至目前，威海馆共承办各类团组经贸活动380场次' in ran.out
    assert "note: the eleventh is “other”" in ran.out
    assert ran.out.splitlines()[-1] == "7 conflicts, 2 of them certain"


def test_contradictions_as_json_are_an_object_a_line(in_seeds, run):
    conflicts = [ConflictBody.model_validate_json(line) for line in run("facts", "check", "--json").out.splitlines()]

    assert sum(conflict.certain for conflict in conflicts) == 2
    assert all(side.quotes for conflict in conflicts for side in conflict.sides)


def test_sources_without_facts_have_nothing_to_list(run, tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("海很宽。岸边有一座灯塔。\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert [run("facts", name).out for name in ("list", "tables", "check")] == [
        "",
        "",
        "0 conflicts, 0 of them certain\n",
    ]


@pytest.mark.parametrize(
    ("name", "value"), [("QA_PORT", "abc"), ("QA_PORT", "70000"), ("QA_PASSAGE_LENGTH", "1"), ("QA_PORT", "-1")]
)
def test_a_bad_setting_is_named_with_its_value(in_seeds, run, monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    assert_one_line_error(run("ask", CHINESE), name, repr(value))


def test_a_setting_that_is_empty_counts_as_not_given(in_seeds, run, monkeypatch):
    monkeypatch.setenv("QA_PORT", "")
    monkeypatch.setenv("QA_MODEL", "")

    assert run("ask", CHINESE).code == 0


def test_a_model_that_is_not_there_is_a_clear_error_and_the_index_stays(index_copy, run, monkeypatch):
    monkeypatch.setenv("QA_MODEL", "nobody/no-such-model")
    assert_one_line_error(run("ask", CHINESE), "nobody/no-such-model", "QA_MODEL=builtin")

    monkeypatch.delenv("QA_MODEL")
    assert run("ask", CHINESE).code == 0


# an index that is missing, stale, damaged or foreign


def test_no_index_and_no_sources_is_a_clear_error(run, monkeypatch, tmp_path):
    monkeypatch.setenv("QA_SEEDS", str(tmp_path / "seeds"))
    monkeypatch.setenv("QA_INDEX", str(tmp_path / "index"))

    for command in (("ask", CHINESE), ("retrieve", CHINESE), ("verify", tmp_path / "answers.jsonl")):
        assert_one_line_error(run(*command), str(tmp_path / "index"), "qa-assistant build")


def test_an_index_without_its_sources_is_used_as_it_is(in_seeds, run, monkeypatch, tmp_path):
    monkeypatch.setenv("QA_SEEDS", str(tmp_path / "gone"))

    assert "2015" in run("ask", CHINESE).out


@pytest.mark.parametrize("command", ["ask", "retrieve"])
def test_a_missing_index_is_built_and_a_stale_one_rebuilt(small, run, tmp_path, command):
    assert "2015年" in run(command, CHINESE).out
    first = data_of(tmp_path / "index")
    assert run(command, CHINESE).code == 0
    assert data_of(tmp_path / "index") == first

    (small / "新.txt").write_text("青岛馆于2021年建成。", encoding="utf-8")

    assert "青岛馆于2021年建成。" in run(command, "青岛馆是哪年建成的？").out
    assert data_of(tmp_path / "index") != first
    assert not first.exists()


def test_files_left_out_of_an_index_built_on_the_way_are_named(small, run):
    (small / "empty.txt").write_text("", encoding="utf-8")
    (small / "stars.txt").write_text("***", encoding="utf-8")

    first, second = run("ask", CHINESE), run("ask", CHINESE)

    assert (first.code, len(first.complaints)) == (0, 2)
    assert "empty.txt" in first.complaints[0]
    assert "stars.txt" in first.complaints[1]
    assert (second.code, second.err) == (0, "")
    assert first.out == second.out


@pytest.mark.parametrize("manifest", ['{"name": "my web app", "version": 3}', "[]", "not JSON", "", '{"format": 1}'])
def test_the_manifest_of_something_else_is_never_replaced(small, run, tmp_path, manifest):
    index = tmp_path / "index"
    index.mkdir()
    (index / "manifest.json").write_text(manifest, encoding="utf-8")

    for command in (("build",), ("ask", CHINESE), ("retrieve", CHINESE)):
        assert_one_line_error(run(*command), str(index / "manifest.json"), "--index")
    assert (index / "manifest.json").read_text(encoding="utf-8") == manifest
    assert [path.name for path in index.iterdir()] == ["manifest.json"]


def test_a_file_in_place_of_the_index_folder_is_a_clear_error(small, run, tmp_path):
    (tmp_path / "index").write_text("mine", encoding="utf-8")

    assert_one_line_error(run("build"), str(tmp_path / "index"))
    assert_one_line_error(run("ask", CHINESE), str(tmp_path / "index"))
    assert (tmp_path / "index").read_text(encoding="utf-8") == "mine"


def truncate_vectors(data):
    path = data / "vectors.faiss"
    path.write_bytes(path.read_bytes()[:100])
    return path


def edit_documents(data):
    path = data / "documents.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("2015年", "2016年"), encoding="utf-8")
    return path


def delete_counts(data):
    path = data / "sentences.npz"
    path.unlink()
    return path


def empty_words(data):
    path = data / "sentence_words.npz"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("damage", [truncate_vectors, edit_documents, delete_counts, empty_words])
def test_a_damaged_index_is_named_with_the_remedy_and_the_remedy_works(index_copy, run, damage):
    path = damage(data_of(index_copy))

    for command in (("ask", CHINESE), ("retrieve", CHINESE)):
        assert_one_line_error(run(*command), str(path), f"qa-assistant build --index {index_copy}")
    assert run("build", "--index", index_copy).code == 0
    assert "2015年" in run("ask", CHINESE).out


def test_verify_does_not_trust_documents_that_were_edited(index_copy, answers, run, monkeypatch):
    monkeypatch.setenv("QA_INDEX", str(index_copy))
    path = edit_documents(data_of(index_copy))

    assert_one_line_error(run("verify", answers), str(path), "qa-assistant build")


def test_an_index_of_another_format_is_built_anew(small, run, tmp_path):
    run("build")
    manifest = tmp_path / "index" / "manifest.json"
    body = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({"format": 0, "index_id": body["index_id"], "older": True}), encoding="utf-8")

    assert run("ask", CHINESE).code == 0
    assert json.loads(manifest.read_text(encoding="utf-8")) == body
