"""The gold set, and the evaluation of answers to it."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

import qa_assistant
from qa_assistant.errors import InputError, SourceError
from qa_assistant.evaluate import evaluate, raw_sources, read_gold, verify_answer, write_report
from qa_assistant.language import compact_key
from qa_assistant.metrics import includes_all
from qa_assistant.records import GoldQuestion, Quote
from qa_assistant.wire import AnswerBody, answer_body

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "eval" / "gold.jsonl"


@pytest.fixture(scope="module")
def gold():
    questions, errors = read_gold(GOLD)
    assert errors == []
    return questions


@pytest.fixture(scope="module")
def answers(assistant, gold):
    """The answers to the gold questions as a caller gets them."""
    return [answer_body(assistant.ask(question.question, question.history), question.question_id) for question in gold]


@pytest.fixture(scope="module")
def timed(assistant, gold):
    """The report on the gold set, and the seconds of one processor that it took."""
    started = time.process_time()
    report = evaluate(assistant, gold)
    return report, time.process_time() - started


@pytest.fixture(scope="module")
def report(timed):
    return timed[0]


def gold_line(**changes: object) -> str:
    good = {"question_id": "q", "language": "zh", "kind": "fact", "question": "哪年建成？", "must_include": [["2015"]]}
    return json.dumps({**good, **changes}, ensure_ascii=False)


# the gold set of the project


def test_the_gold_set_is_large_enough(gold):
    languages = Counter(question.language for question in gold)
    refusals = [question for question in gold if question.kind == "no_answer"]

    assert len(gold) >= 60
    assert languages["zh"] >= 30
    assert languages["en"] >= 30
    assert len(refusals) >= 10
    assert {question.language for question in refusals} >= {"zh", "en"}


def test_every_evidence_of_the_gold_set_stands_verbatim_in_its_document(assistant, gold):
    for question in gold:
        for quote in question.evidence:
            assert assistant.document(quote.doc_id).text[quote.start : quote.end] == quote.text, question.question_id


def test_the_gold_set_asks_about_every_document(assistant, gold):
    assert {quote.doc_id for question in gold for quote in question.evidence} == set(assistant.index.documents)


def test_gold_questions_expect_something_unless_they_expect_a_refusal(gold):
    for question in gold:
        expected = question.kind != "no_answer"
        assert bool(question.must_include) == bool(question.evidence) == expected, question.question_id
        assert all(compact_key(form) for group in question.must_include for form in group), question.question_id
        assert all(question.must_include), question.question_id


def test_no_gold_question_is_asked_twice_or_gives_its_answer_away(gold):
    assert len({compact_key("|".join([*one.history, one.question])) for one in gold}) == len(gold)
    for question in gold:
        if question.must_include:
            assert not includes_all(question.question, question.must_include), question.question_id


def test_no_gold_question_is_known_to_the_program(gold):
    package = Path(qa_assistant.__file__).parent
    compiled = {".pyc", ".npz", ".gz", ".safetensors"}
    paths = [path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix not in compiled]
    code = compact_key("\n".join(path.read_text(encoding="utf-8") for path in paths))

    for question in gold:
        assert question.question_id not in code
        assert compact_key(question.question) not in code


# the answers to it


def test_every_answer_to_the_gold_set_is_verified(assistant, answers):
    raws = raw_sources(assistant.index.documents.values(), SEEDS)

    for answer in answers:
        assert verify_answer(answer, assistant.index.documents, raws) is None, answer.id


def test_every_answer_to_the_gold_set_that_is_no_refusal_shows_a_quote(answers):
    assert all(bool(answer.citations) == (answer.kind != "no_answer") for answer in answers)
    assert sum(answer.kind != "no_answer" for answer in answers) > len(answers) / 2


def test_every_answer_to_the_gold_set_is_in_the_language_of_its_question(gold, answers):
    wrong = [
        question.question_id
        for question, answer in zip(gold, answers, strict=True)
        if question.language != answer.language
    ]

    assert wrong == []


def test_asking_again_gives_the_same_json(assistant, gold, answers):
    for question, before in zip(gold, answers, strict=True):
        again = answer_body(assistant.ask(question.question, question.history), question.question_id)
        assert again.model_dump_json() == before.model_dump_json()


def test_the_figures_of_the_gold_set(report, gold):
    names = ("answer_accuracy", "evidence_recall", "quote_validity", "abstention_accuracy", "false_refusals")

    assert report.metrics["quote_validity"] == 1.0
    assert all(0 <= report.metrics[name] <= 1 for name in names)
    assert len(report.per_question) == len(gold)


def test_300_questions_are_evaluated_in_half_a_minute(timed, gold):
    assert timed[1] / len(gold) * 300 < 30


def test_the_same_run_has_the_same_id(assistant, gold, report):
    again = evaluate(assistant, gold[:5])

    assert again.run_id == evaluate(assistant, gold[:5]).run_id
    assert again.run_id != report.run_id
    assert again.index_id == report.index_id == assistant.index.index_id
    assert again.gold_sha256 != report.gold_sha256


# what is counted


@pytest.fixture(scope="module")
def counted(assistant):
    """A run over questions whose verdicts are plain."""
    asked = "仁川·威海馆是哪年建成的？"
    best = assistant.ask(asked).citations[0].quote
    elsewhere = Quote(doc_id=best.doc_id, start=0, end=4, text=assistant.document(best.doc_id).text[:4])

    def question(question_id, kind, text, must_include=(), evidence=()):
        return GoldQuestion(
            question_id=question_id,
            language="zh",
            kind=kind,
            question=text,
            must_include=must_include,
            evidence=evidence,
        )

    return evaluate(
        assistant,
        [
            question("right", "fact", asked, [["2015"]], [best]),
            question("wrong", "fact", asked, [["1999"]], [elsewhere]),
            question("refused", "no_answer", "怎么做红烧肉？"),
            question("not refused", "no_answer", asked),
            question("refused wrongly", "fact", "怎么做红烧肉？", [["资料"]], [elsewhere]),
        ],
    )


def test_a_question_is_right_when_all_is_said_or_refused_as_expected(counted):
    verdicts = {result.question_id: result.correct for result in counted.per_question}

    assert verdicts == {
        "right": True,
        "wrong": False,
        "refused": True,
        "not refused": False,
        "refused wrongly": False,
    }


def test_each_figure_counts_the_questions_it_is_about(counted):
    assert counted.metrics["answer_accuracy"] == 0.4
    assert counted.metrics["answer_accuracy_zh"] == 0.4
    assert counted.metrics["abstention_accuracy"] == 0.5
    assert counted.metrics["evidence_recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert counted.metrics["false_refusals"] == pytest.approx(1 / 3, abs=1e-4)
    assert counted.metrics["quote_validity"] == 1
    assert "answer_accuracy_en" not in counted.metrics


def test_a_report_holds_the_figures_and_a_line_for_each_question(counted, tmp_path):
    write_report(counted, tmp_path / "new" / "report")
    write_report(counted, tmp_path / "new" / "report")

    written = json.loads((tmp_path / "new" / "report" / "report.json").read_text(encoding="utf-8"))
    lines = (tmp_path / "new" / "report" / "answers.jsonl").read_text(encoding="utf-8").splitlines()

    assert written["metrics"] == counted.metrics
    assert (written["run_id"], written["index_id"]) == (counted.run_id, counted.index_id)
    assert [json.loads(line)["question_id"] for line in lines] == [one.question_id for one in counted.per_question]


# gold files


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("not JSON", "not JSON"),
        ("[1]", "not a JSON object"),
        ("{}", "'question_id'"),
        (gold_line(language="fr"), "'language'"),
        (gold_line(kind="guess"), "'kind'"),
        (gold_line(question=None), "'question'"),
        (gold_line(must_include=["2015"]), "'must_include.0'"),
        (gold_line(evidence=[{"doc_id": "a", "start": "x", "end": 1, "text": "甲"}]), "'evidence.0.start'"),
        (gold_line(surprise=1), "'surprise'"),
    ],
)
def test_a_bad_gold_line_is_named_with_its_field_and_the_rest_is_read(tmp_path, line, field):
    path = tmp_path / "gold.jsonl"
    path.write_text("\ufeff" + gold_line(question_id="a") + f"\n\n{line}\n" + gold_line(question_id="b"), "utf-8")

    questions, errors = read_gold(path)

    assert [question.question_id for question in questions] == ["a", "b"]
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{path}, line 3: ")
    assert field in str(errors[0])


def test_a_question_id_that_comes_twice_is_an_error_and_the_first_counts(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(gold_line(question="甲？") + "\n" + gold_line(question="乙？") + "\n", encoding="utf-8")

    questions, errors = read_gold(path)

    assert [question.question for question in questions] == ["甲？"]
    assert [str(error) for error in errors] == [f"{path}, line 2: question_id 'q' was there before"]


@pytest.mark.parametrize("content", [None, "仁川".encode("gbk")])
def test_a_gold_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "gold.jsonl"
    if content:
        path.write_bytes(content)

    with pytest.raises(InputError, match=r"gold\.jsonl"):
        read_gold(path)


def test_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_bytes((gold_line(question_id="a") + "\r\n" + gold_line(question_id="b") + "\r\n").encode())

    assert [question.question_id for question in read_gold(path)[0]] == ["a", "b"]


# verify


@pytest.fixture(scope="module")
def checked(assistant):
    """An answer with two quotes or more, and what it is checked against."""
    answer = answer_body(assistant.ask("威海馆一共办过多少场经贸活动？"))
    assert len(answer.citations) >= 2
    return answer, assistant.index.documents, raw_sources(assistant.index.documents.values(), SEEDS)


def test_an_answer_that_lost_one_of_its_citations_is_found_out(checked):
    answer, documents, raws = checked

    for lost in answer.citations:
        rest = [citation for citation in answer.citations if citation is not lost]
        found = verify_answer(answer.model_copy(update={"citations": rest}), documents, raws)
        assert found == f"citation {lost.number}: the answer refers to it and does not have it"


def test_a_number_in_brackets_inside_a_quote_is_no_reference(assistant_of):
    text = "仁川·威海馆于2015年建成[12]。"
    assistant = assistant_of({"a.txt": text})
    answer: AnswerBody = answer_body(assistant.ask("仁川·威海馆是哪年建成的？"))

    assert answer.citations[0].quote == text
    assert verify_answer(answer, assistant.index.documents, {"a.txt": text}) is None


def test_a_citation_that_the_answer_does_not_refer_to_is_found_out(checked):
    answer, documents, raws = checked
    silent = answer.model_copy(update={"text": answer.text.replace("[2]", "")})

    assert verify_answer(silent, documents, raws) == "citation 2 is not referred to in the answer"


def test_a_source_that_is_not_there_is_found_out(checked):
    answer, documents, _ = checked

    assert "not among the source files" in verify_answer(answer, documents, {})


def test_sources_that_were_changed_are_refused(assistant, tmp_path):
    for path in SEEDS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() + b"\n")

    with pytest.raises(SourceError, match=r"changed after the index was built; run: qa-assistant build"):
        raw_sources(assistant.index.documents.values(), tmp_path)


def test_a_citation_that_names_a_twin_of_its_source_is_found_out(assistant_of):
    text = "仁川·威海馆于2015年建成。"
    assistant = assistant_of({"a.txt": text, "b.txt": text})
    raws = {"a.txt": text, "b.txt": text}
    answer = answer_body(assistant.ask("仁川·威海馆是哪年建成的？"))
    first = answer.citations[0]
    twin = first.model_copy(update={"source": "b.txt" if first.source == "a.txt" else "a.txt"})
    spoiled = answer.model_copy(update={"citations": [twin, *answer.citations[1:]]})

    assert verify_answer(answer, assistant.index.documents, raws) is None
    assert "was read from" in verify_answer(spoiled, assistant.index.documents, raws)
