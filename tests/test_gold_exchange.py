"""Gold questions in the forms of other programs, there and back."""

import gzip
import json
from pathlib import Path

import pytest

from qa_assistant.assistant import read_sources
from qa_assistant.errors import InputError
from qa_assistant.evaluate import read_beir, read_gold, squad_set, write_beir
from qa_assistant.evaluate.beir_gold import beir_gold, gold_as_beir, gold_qrels
from qa_assistant.evaluate.check import check_gold
from qa_assistant.evaluate.gold_file import write_gold
from qa_assistant.evaluate.ragas import gold_as_ragas, ragas_gold, read_ragas, write_ragas
from qa_assistant.evaluate.squad_gold import squad_gold, write_squad
from qa_assistant.evaluate.trec import TrecRun, answers_as_run, read_qrels, read_run, write_qrels, write_trec_run
from qa_assistant.passages import cut_passages
from qa_assistant.sources import read_raw
from qa_assistant.wire import answer_body

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "eval" / "gold.jsonl"
DATA = Path(__file__).parents[2] / "shared" / "data" / "dev"
SQUADS = ["cmrc2018_dev", "cmrc2018_trial", "drcd_dev", "xquad_first12.zh", "xquad_first12.en"]


@pytest.fixture(scope="module")
def documents():
    return read_sources(ROOT / "seeds")[0]


@pytest.fixture(scope="module")
def gold():
    """Lines of the project's gold of every language and kind, follow-ups among them."""
    questions = read_gold(GOLD)[0]
    return questions[:4] + questions[50:56] + questions[95:100] + questions[300:335:3] + questions[-9:]


def raws(folder, documents):
    return {document.source: read_raw(folder / document.source)[0] for document in documents}


def by_id(questions):
    return {question.question_id: question for question in questions}


def rows_of(squad):
    """Each question of a file in the form of SQuAD, with its paragraph."""
    return [
        (paragraph["context"], row)
        for article in squad["data"]
        for paragraph in article["paragraphs"]
        for row in paragraph["qas"]
    ]


# there and back


def test_the_lines_are_of_every_kind(gold):
    assert {question.language for question in gold} == {"zh", "en", "ko"}
    assert {question.kind for question in gold} == {"fact", "passage", "no_answer"}
    assert any(question.history for question in gold)
    assert any(len(question.evidence) > 1 for question in gold)


def test_gold_as_squad_comes_back_as_it_was(gold, documents, tmp_path):
    write_squad(gold, documents, raws(ROOT / "seeds", documents), tmp_path / "squad.json")

    assert by_id(squad_gold(tmp_path / "squad.json", None)[0]) == by_id(gold)


def test_every_answer_of_the_gold_as_squad_stands_in_its_paragraph(gold, documents, tmp_path):
    write_squad(gold, documents, raws(ROOT / "seeds", documents), tmp_path / "squad.json")
    written = json.loads((tmp_path / "squad.json").read_text(encoding="utf-8"))
    rows = rows_of(written)

    assert len(rows) == len(gold)
    for context, row in rows:
        assert bool(row["answers"]) != row["is_impossible"]
        for answer in row["answers"]:
            assert context[answer["answer_start"] :].startswith(answer["text"])


def test_gold_as_beir_comes_back_as_it_was(gold, documents, tmp_path):
    write_beir(gold_as_beir(gold, documents, 300), tmp_path)

    assert beir_gold(tmp_path, None) == gold


def test_gold_as_beir_judges_the_passages_that_hold_evidence(gold, documents):
    made = gold_as_beir(gold, documents, 300)
    texts = {document.doc_id: document.text for document in made.documents}

    assert set(made.qrels) == {question.question_id for question in gold if question.evidence}
    for question in gold:
        joined = "".join("".join(texts[one].split()) for one in made.qrels.get(question.question_id, ()))
        assert all("".join(quote.text.split())[:5] in joined for quote in question.evidence), question.question_id


def test_gold_as_ragas_comes_back_as_it_was(gold, documents, tmp_path):
    write_ragas(gold_as_ragas(gold, documents, {}), tmp_path / "ragas.jsonl")

    assert ragas_gold(tmp_path / "ragas.jsonl", None) == gold


def test_a_ragas_sample_has_the_answer_and_its_passages(assistant, gold, documents, tmp_path):
    question = gold[0]
    answer = answer_body(assistant.ask(question.question), question.question_id)
    write_ragas(gold_as_ragas([question], documents, {question.question_id: answer}), tmp_path / "ragas.jsonl")
    line = json.loads((tmp_path / "ragas.jsonl").read_text(encoding="utf-8"))

    assert line["user_input"] == question.question
    assert line["response"] == answer.text
    assert line["retrieved_context_ids"] == [hit.passage_id for hit in answer.hits]
    assert line["retrieved_contexts"] == [hit.passage.text for hit in assistant.ask(question.question).hits]
    assert line["reference_contexts"] == [quote.text for quote in question.evidence]
    assert line["reference"]


def test_ragas_samples_of_others_are_written_again_with_all_their_fields(tmp_path):
    lines = [
        {
            "user_input": "哪年建成？",
            "retrieved_contexts": ["威海馆于2015年建成。"],
            "reference_contexts": ["威海馆于2015年建成。"],
            "response": "2015年。",
            "reference": "2015年",
            "rubrics": {"score1_description": "wrong"},
            "synthesizer_name": "single_hop",
        },
        {"user_input": "When?", "reference": "2015"},
    ]
    path = tmp_path / "given.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    write_ragas(read_ragas(path), tmp_path / "again.jsonl")

    assert [json.loads(line) for line in (tmp_path / "again.jsonl").read_text(encoding="utf-8").splitlines()] == lines


def test_ragas_samples_of_others_become_gold_that_stands_in_its_sources(tmp_path):
    path = tmp_path / "given.jsonl"
    sample = {"user_input": "哪年建成？", "reference_contexts": ["威海馆于2015年建成。"], "reference": "2015年"}
    path.write_text(json.dumps(sample, ensure_ascii=False) + "\n", encoding="utf-8")
    (made,) = ragas_gold(path, tmp_path / "sources")
    write_gold([made], tmp_path / "gold.jsonl")

    assert made.must_include == (("2015年",),)
    assert errors_of(tmp_path / "gold.jsonl", tmp_path / "sources") == []


def test_judgments_as_trec_come_back_as_they_were(gold, documents, tmp_path):
    passages = [passage for document in documents for passage in cut_passages(document, 300)]
    qrels = gold_qrels(gold, passages)
    write_qrels(qrels, tmp_path / "qrels")

    assert read_qrels(tmp_path / "qrels") == qrels
    assert len((tmp_path / "qrels").read_text(encoding="utf-8").splitlines()[0].split()) == 4


def test_a_run_of_answers_comes_back_in_the_order_of_its_passages(assistant, gold, tmp_path):
    answers = [answer_body(assistant.ask(one.question, one.history), one.question_id) for one in gold[:8]]
    write_trec_run(answers_as_run(answers), tmp_path / "run")
    again = read_run(tmp_path / "run")

    assert again == answers_as_run(answers)
    assert again.rankings == {one.id: [hit.passage_id for hit in one.hits] for one in answers if one.hits}


def test_a_run_is_ordered_as_trec_eval_orders_it(tmp_path):
    (tmp_path / "run").write_text("q Q0 a 1 0.5 x\nq Q0 c 2 0.5 x\nq Q0 b 3 0.9 x\n", encoding="utf-8")

    assert read_run(tmp_path / "run") == TrecRun("x", {"q": (("b", 0.9), ("c", 0.5), ("a", 0.5))})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("q Q0 a 1 0.5\n", "line 1: 5 fields, not 6"),
        ("q Q0 a 1 much x\n", "line 1: field 'score'"),
        ("q Q0 a first 1 x\n", "line 1: field 'rank'"),
        ("q Q0 a 1 2 x\n\nq Q0 a 2 1 x\n", "line 3: 'a' was found for 'q' before"),
        ("q Q0 a 1 2 x\nq Q0 b 2 1 y\n", "line 2: field 'tag'"),
        ("", "holds no line"),
    ],
)
def test_a_damaged_run_is_named_with_line_and_field(tmp_path, text, problem):
    (tmp_path / "run").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="run") as caught:
        read_run(tmp_path / "run")
    assert problem in str(caught.value)


def test_damaged_judgments_are_named_with_line_and_field(tmp_path):
    (tmp_path / "qrels").write_text("q 0 a 1\nq 0 b yes\n", encoding="utf-8")

    with pytest.raises(InputError, match="line 2: field 'relevance': 'yes'"):
        read_qrels(tmp_path / "qrels")


# sets of others


def slice_of(name, tmp_path):
    """The first articles of a real file, as a file of its own."""
    path = DATA / f"{name}.json.gz"
    if not path.exists():
        pytest.skip(f"no {path}")
    given = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8-sig"))
    given["data"] = given["data"][:12]
    small = tmp_path / "small.json"
    small.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return given, small


def stands(answer, context):
    """CMRC 2018 has answers with a start of -1, in other words than the paragraph."""
    start = answer["answer_start"]
    return start >= 0 and context[start : start + len(answer["text"])] == answer["text"]


def said(given):
    """What a file in the form of SQuAD says; answers given several times count once, those that stand nowhere not."""
    return [
        (
            article.get("title", ""),
            [
                (
                    paragraph["context"],
                    [
                        (
                            row["id"],
                            row["question"],
                            list(
                                dict.fromkeys(
                                    (one["text"], one["answer_start"])
                                    for one in row["answers"]
                                    if stands(one, paragraph["context"])
                                )
                            ),
                        )
                        for row in paragraph["qas"]
                    ],
                )
                for paragraph in article["paragraphs"]
            ],
        )
        for article in given["data"]
    ]


def errors_of(path, sources):
    found = check_gold(path, read_sources(sources)[0])
    return [str(finding) for finding in found.findings if finding.level == "error" and finding.kind != "given_away"]


@pytest.mark.parametrize("name", SQUADS)
def test_real_files_of_squad_go_to_gold_and_back_and_lose_nothing(tmp_path, name):
    given, small = slice_of(name, tmp_path)
    made, errors = squad_gold(small, tmp_path / "sources")
    read = read_sources(tmp_path / "sources")[0]
    write_squad(made, read, raws(tmp_path / "sources", read), tmp_path / "again.json")

    assert len(errors) == len([one for text, row in rows_of(given) for one in row["answers"] if not stands(one, text)])
    assert said(json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))) == said(given)


@pytest.mark.parametrize("name", ["cmrc2018_trial", "xquad_first12.en"])
def test_gold_of_real_files_has_its_evidence_in_its_sources(tmp_path, name):
    _, small = slice_of(name, tmp_path)
    write_gold(squad_gold(small, tmp_path / "sources")[0], tmp_path / "gold.jsonl")

    assert not [text for text in errors_of(tmp_path / "gold.jsonl", tmp_path / "sources") if "evidence" in text]


@pytest.mark.parametrize("name", ["drcd_dev", "xquad_first12.zh"])
def test_sets_of_real_files_go_to_gold_and_to_trec_and_back(tmp_path, name):
    _, small = slice_of(name, tmp_path)
    given = squad_set([small])
    write_beir(given, tmp_path / "set")
    made = beir_gold(tmp_path / "set", tmp_path / "sources")
    write_qrels(given.qrels, tmp_path / "qrels")

    assert [question.question_id for question in made] == [query.query_id for query in given.judged_queries]
    texts = {document.doc_id: " ".join(document.text.split()) for document in given.documents}
    for question in made:
        (doc_id,) = given.qrels[question.question_id]
        (quote,) = question.evidence
        assert "".join(quote.text.split()) == "".join(texts[doc_id].replace("\ufeff", "").split())
    assert read_qrels(tmp_path / "qrels") == given.qrels


@pytest.mark.parametrize(
    "context", ["威海馆于2015年在仁川建成。\n2016年，仁川设馆。", " It opened in 2015.\n\nThe other in 2016. "]
)
def test_squad_goes_to_gold_and_back_to_the_character(tmp_path, context):
    answer = {"text": "2016", "answer_start": context.index("2016")}
    rows = [
        {
            "id": "q",
            "question": "When? 哪年？",
            "answers": [answer, {"text": "2015", "answer_start": context.index("2015")}],
        }
    ]
    given = {
        "data": [{"title": "馆", "paragraphs": [{"context": context, "qas": rows}, {"context": "x。", "qas": []}]}]
    }
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    made, _ = squad_gold(path, tmp_path / "sources")
    read = read_sources(tmp_path / "sources")[0]
    write_squad(made, read, raws(tmp_path / "sources", read), tmp_path / "again.json")

    assert said(json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))) == said(given)
    assert [quote.text for quote in made[0].evidence] == ["2016", "2015"]


def test_what_a_set_holds_besides_is_kept(tmp_path):
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    corpus = {"_id": "d", "title": "", "text": "威海馆于2015年建成。", "metadata": {"url": "https://example.org"}}
    query = {"_id": "q", "text": "哪年？", "metadata": {}}
    (folder / "corpus.jsonl").write_text(json.dumps(corpus, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "queries.jsonl").write_text(json.dumps(query, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\td\t1\n", encoding="utf-8")
    write_beir(read_beir(folder), tmp_path / "again")

    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_an_answer_that_does_not_stand_in_its_paragraph_is_named_and_the_rest_goes_through(tmp_path):
    answers = [[{"text": "2015", "answer_start": 4}], [{"text": "2015", "answer_start": 5}], []]
    rows = [{"id": f"q{n}", "question": "哪年？", "answers": own} for n, own in enumerate(answers)]
    given = {"data": [{"title": "馆", "paragraphs": [{"context": "威海馆于2015年建成。", "qas": rows}]}]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    made, errors = squad_gold(path, tmp_path / "sources")

    assert [question.question_id for question in made] == ["q0"]
    assert "q1: field 'answers': '2015' does not stand at 5" in str(errors[0])
    assert [str(error).split(": ")[1] for error in errors] == ["q1", "q1", "q2"]


def test_a_question_that_was_changed_beside_its_gold_is_named(gold, documents, tmp_path):
    path = tmp_path / "squad.json"
    write_squad(gold[:2], documents, raws(ROOT / "seeds", documents), path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"question": "{gold[0].question}", "answers"', '"question": "?", "answers"'), "utf-8")
    made, errors = squad_gold(path, None)

    assert made == [gold[1]]
    assert "field 'gold'" in str(errors[0])


def test_sources_are_not_written_over_what_is_there(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "mine.txt").write_text("x", encoding="utf-8")
    path = tmp_path / "given.jsonl"
    path.write_text(json.dumps({"user_input": "?", "reference_contexts": ["a"], "reference": "a"}), encoding="utf-8")

    with pytest.raises(InputError, match="holds something"):
        ragas_gold(path, tmp_path / "sources")


# the commands


def test_the_commands_take_gold_to_every_form_and_back(run_command, gold, tmp_path):
    write_gold(gold, tmp_path / "gold.jsonl")
    forms = {"--squad": tmp_path / "squad.json", "--beir": tmp_path / "beir", "--ragas": tmp_path / "ragas.jsonl"}
    words = [word for pair in forms.items() for word in pair]
    seeds = ("--seeds", ROOT / "seeds")
    qrels = tmp_path / "qrels"
    code, out, err = run_command("eval", "export", "--gold", tmp_path / "gold.jsonl", *seeds, *words, "--qrels", qrels)
    assert (code, err) == (0, "")
    assert out.startswith(f"{len(gold)} questions ->")
    for option, path in forms.items():
        code, out, err = run_command("eval", "import", option, path, "--gold", tmp_path / "again.jsonl")
        assert (code, err) == (0, "")
        assert by_id(read_gold(tmp_path / "again.jsonl")[0]) == by_id(gold)
    before = (tmp_path / "beir" / "qrels" / "test.tsv").read_bytes()
    assert run_command("eval", "import", "--qrels", qrels, "--beir", tmp_path / "beir")[0] == 0
    assert (tmp_path / "beir" / "qrels" / "test.tsv").read_bytes() == before


def test_a_run_of_another_program_is_measured(run_command, gold, documents, tmp_path):
    made = gold_as_beir(gold, documents, 300)
    write_beir(made, tmp_path / "set")
    found = {query_id: tuple((doc_id, 1.0) for doc_id in judged) for query_id, judged in made.qrels.items()}
    write_trec_run(TrecRun("best", found), tmp_path / "run")
    code, out, _ = run_command("eval", "import", "--run", tmp_path / "run", "--beir", tmp_path / "set")

    assert code == 0
    assert "RR@10                    1.0000" in out


@pytest.mark.parametrize(
    "words",
    [
        ("import",),
        ("import", "--gold", "gold.jsonl"),
        ("import", "--squad", "a.json"),
        ("import", "--beir", "set", "--ragas", "a.jsonl"),
        ("export",),
        ("export", "--run", "a.trec"),
    ],
)
def test_ways_that_do_not_go_together_are_refused(run_command, words):
    assert run_command("eval", *words)[0] == 2
