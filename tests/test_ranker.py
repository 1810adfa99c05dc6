"""The learned order of sentences: what it is told, which sentence it sets first, and its training."""

from pathlib import Path

import numpy as np
import pytest

from qa_assistant.answer.features import features, gather
from qa_assistant.answer.overlap import overlap
from qa_assistant.answer.ranker import Ranker, default_ranker
from qa_assistant.evaluate.sentences import AnsweredIndex, AnsweredQuestion, AnsweredSet, read_answered, recall_at
from qa_assistant.question.answer_types import TYPES, asked_types, typed_spans
from qa_assistant.training.sentences import Plan, as_in_another_language, candidates, fitted

DATA = Path(__file__).parents[2] / "shared" / "data"
CHINESE = (
    "刘公岛位于山东省威海市，面积三点一五平方公里。岛上有中国甲午战争博物馆，1985年建成。它由陈列馆和旧址组成。"
    "由于周围海水温暖，冬天很少结冰。每年约有两百万人前来参观。"
)
ENGLISH = (
    "Liugong Island lies in the bay of Weihai and covers 3.15 square kilometres. A museum of the war was opened there"
    " in 1985. Its halls were designed by Peng Yigang. Because the sea is warm, the harbour rarely freezes. About two"
    " million visitors come each year."
)


@pytest.fixture(scope="module")
def island(tmp_path_factory):
    return AnsweredIndex({"zh": CHINESE, "en": ENGLISH}, tmp_path_factory.mktemp("island") / "index")


def evidence_of(island, question, doc_id):
    query = island.retriever.read(question)
    own, _ = island.hits(AnsweredQuestion("q", question, doc_id, ()), query, 8)
    numbers = [number for number, passage in enumerate(island.index.passages) if passage.doc_id == doc_id]
    own.sort(key=lambda hit: hit.passage.start)
    return gather(island.index, query, own, numbers, island.retriever.sentences(query, numbers))


def best(island, question, doc_id):
    evidence = evidence_of(island, question, doc_id)
    return island.index.sentences[evidence.layout.rows[np.argmax(default_ranker().scores(evidence))]].text


@pytest.mark.parametrize(
    ("question", "doc_id", "part"),
    [
        ("刘公岛的面积是多少？", "zh", "三点一五"),
        ("博物馆是哪一年建成的？", "zh", "1985"),
        ("为什么那里冬天很少结冰？", "zh", "由于"),
        ("How large is Liugong Island?", "en", "3.15"),
        ("When was the museum opened?", "en", "1985"),
        ("Who designed the halls?", "en", "Peng Yigang"),
        ("How many visitors come to the island each year?", "zh", "两百万"),
        ("每年有多少人参观？", "en", "million"),
    ],
)
def test_the_sentence_that_answers_comes_first(island, question, doc_id, part):
    assert part in best(island, question, doc_id)


@pytest.mark.parametrize("doc_id", ["zh", "en"])
@pytest.mark.parametrize("question", ["？", "吗", "why", "0", "섬은 어디에 있습니까?", "刘公岛 " * 50])
def test_every_question_gets_finite_features_of_one_number(island, question, doc_id):
    evidence = evidence_of(island, question, doc_id)
    rows = features(evidence)

    assert rows.shape == (len(evidence.layout.rows), len(default_ranker().means))
    assert np.isfinite(rows).all()
    sentences = [island.index.sentences[row].text for row in evidence.layout.rows.tolist()]
    right = np.arange(len(sentences)) == 0
    foreign = as_in_another_language(evidence, question, sentences, right, np.random.default_rng(1))
    assert np.isfinite(features(foreign)).all()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("谁建了它？", "person"),
        ("Who built it?", "person"),
        ("누가 지었습니까?", "person"),
        ("它在哪里？", "place"),
        ("Where is it?", "place"),
        ("有多少人？", "number"),
        ("How many people?", "number"),
        ("什么时候建成？", "date"),
        ("When was it built?", "date"),
        ("为什么？", "reason"),
        ("Why?", "reason"),
        ("有哪些？", "list"),
        ("如何到达？", "manner"),
        ("How do ships enter it?", "manner"),
    ],
)
def test_a_question_says_what_it_asks_for(question, kind):
    assert asked_types(question)[TYPES.index(kind)] == 1


def test_a_question_word_that_counts_is_no_question_of_manner():
    assert asked_types("How many people?")[TYPES.index("manner")] == 0


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("它于1985年5月建成。", "date", "1985年5月"),
        ("It was opened in May 1985.", "date", "May 1985"),
        ("约有300人参观。", "number", "300人"),
        ("他写了《家》。", "work", "《家》"),
        ("He met Peng Yigang there.", "person", "Peng Yigang"),
        ("因为海水温暖。", "reason", "因为"),
    ],
)
def test_stretches_of_a_type_are_found(text, kind, part):
    found = [text[start:end] for number, start, end in typed_spans(text) if TYPES[number] == kind]

    assert part in found


def test_what_a_question_names_is_not_new(island):
    found = overlap("1985年建成的是什么？哪一年？", ["它1985年建成。", "它1990年建成。"])

    date = found.new[TYPES.index("date")]
    assert date[0] < date[1]


def test_numbers_agree_however_they_are_written():
    found = overlap("二十三岁时他做了什么？", ["他23岁参军。", "他24岁参军。"])

    assert found.cover[found.digits.argmax()].tolist() == [1.0, 0.0] or found.cover[0].tolist() == [1.0, 0.0]


def lists_of(given, folder):
    return list(candidates(given, folder / "index", 1))


def test_training_twice_gives_the_same_bytes(tmp_path):
    if not DATA.is_dir():
        pytest.skip(f"no training data at {DATA}")
    whole = read_answered(DATA / "dev" / "cmrc2018_trial.json.gz")
    some = tuple(question for question in whole.questions if question.doc_id < "00004")
    given = AnsweredSet({name: whole.paragraphs[name] for name in sorted({one.doc_id for one in some})}, some)
    written = []
    for name in ("one", "two"):
        ranker = fitted(lists_of(given, tmp_path / name), Plan(units=4, rounds=2))
        ranker.save(tmp_path / f"{name}.npz")
        written.append((tmp_path / f"{name}.npz").read_bytes())

    assert written[0] == written[1]
    assert Ranker.load(tmp_path / "one.npz").hidden.shape == (*default_ranker().hidden.shape[:1], 4)


def test_answers_are_found_where_they_stand_though_the_file_says_elsewhere(tmp_path):
    file = tmp_path / "set.json"
    file.write_text(
        '{"data":[{"paragraphs":[{"context":"甲建于1985年。乙建于1990年。","qas":[{"id":"a","question":"乙何时建成？",'
        '"answers":[{"text":"1990年","answer_start":2}]},{"id":"b","question":"丙？","answers":[{"text":"丙","answer_start":0}]}]}]}]}',
        encoding="utf-8",
    )
    given = read_answered(file)

    (question,) = given.questions
    assert given.paragraphs[question.doc_id][slice(*question.answers[0])] == "1990年"
    index = AnsweredIndex(given.paragraphs, tmp_path / "index")
    assert [index.index.sentences[number].text for number in index.answering(question)] == ["乙建于1990年。"]


def test_recall_counts_questions_without_a_rank():
    assert recall_at([1, 3, None, 2], 2) == 0.5
