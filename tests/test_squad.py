"""Files in the form of SQuAD as retrieval sets."""

import gzip
import json
from pathlib import Path

import pytest

from qa_assistant.errors import InputError
from qa_assistant.evaluate import read_beir, squad_set

DATA = Path(__file__).parents[2] / "shared" / "data" / "dev"
SQUAD = {
    "version": "1.1",
    "data": [
        {
            "title": "Weihai_Pavilion",
            "paragraphs": [
                {"context": "威海馆于2015年建成。", "qas": [{"id": "a", "question": "哪年建成？", "answers": []}]},
                {"context": "班轮每周往返三次。", "qas": [{"id": "b", "question": "每周往返几次？"}]},
                {"context": "威海馆于2015年建成。", "qas": [{"id": "c", "question": "2015年建成了什么？"}]},
            ],
        }
    ],
}


def squad_file(path, body):
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return path


def questions_of(words, ids):
    return {"data": [{"paragraphs": [{"context": "x", "qas": [{"id": i, "question": words} for i in ids]}]}]}


def test_paragraphs_become_documents_once_each_and_answer_their_questions(run_command, tmp_path):
    path = squad_file(tmp_path / "dev.json", SQUAD)
    code, out, err = run_command("eval", "import", "--squad", path, "--beir", tmp_path / "set")
    found = read_beir(tmp_path / "set")

    assert (code, err) == (0, "")
    assert out == f"documents 2, queries 3, judgments 3 -> {tmp_path / 'set'}\n"
    assert [(document.title, document.text) for document in found.documents] == [
        ("Weihai Pavilion", "威海馆于2015年建成。"),
        ("Weihai Pavilion", "班轮每周往返三次。"),
    ]
    pavilion, ferry = (document.doc_id for document in found.documents)
    assert found.qrels == {"a": {pavilion: 1}, "b": {ferry: 1}, "c": {pavilion: 1}}


def test_a_compressed_file_is_the_same_set_and_titles_can_be_left_out(tmp_path):
    plain = squad_file(tmp_path / "dev.json", SQUAD)
    packed = tmp_path / "dev.json.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    assert squad_set([packed]) == squad_set([plain])
    assert {document.title for document in squad_set([plain], titles=False).documents} == {""}


def test_paragraphs_of_another_file_are_searched_too_and_its_questions_are_not_asked(tmp_path):
    squad = squad_file(tmp_path / "dev.json", SQUAD)
    other = {"data": [{"paragraphs": [{"context": one} for one in ("海鲜市场。", "威海馆于2015年建成。")]}]}
    found = squad_set([squad], [squad_file(tmp_path / "other.json", other)])

    assert [document.text for document in found.documents][2:] == ["海鲜市场。"]
    assert found.queries == squad_set([squad]).queries


def test_questions_of_another_language_ask_for_the_same_paragraphs(tmp_path):
    squad = squad_file(tmp_path / "zh.json", SQUAD)
    english = squad_file(tmp_path / "en.json", questions_of("Which year?", ["c", "b"]))
    plain, found = squad_set([squad]), squad_set([squad], questions=[english])

    assert [(query.query_id, query.text) for query in found.queries] == [("c", "Which year?"), ("b", "Which year?")]
    assert found.qrels == {name: plain.qrels[name] for name in ("c", "b")}
    assert found.documents == plain.documents


def test_questions_that_no_paragraph_answers_are_left_out(tmp_path):
    body = json.loads(json.dumps(SQUAD))
    body["data"][0]["paragraphs"][1]["qas"][0]["is_impossible"] = True

    assert [query.query_id for query in squad_set([squad_file(tmp_path / "dev.json", body)]).queries] == ["a", "c"]


def test_several_files_are_joined_and_the_same_id_twice_is_an_error(tmp_path):
    squad = squad_file(tmp_path / "one.json", SQUAD)
    other = squad_file(tmp_path / "two.json", questions_of("海鲜在哪里卖？", ["d"]))

    assert [query.query_id for query in squad_set([squad, other]).queries] == ["a", "b", "c", "d"]
    with pytest.raises(InputError, match=r"one\.json: field 'id': 'a' was there before"):
        squad_set([squad, other, squad])


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"nonsense", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"{}", "field 'data'"),
        (b'{"data": [{"paragraphs": [{"qas": []}]}]}', "field 'data.0.paragraphs.0.context'"),
        (b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"id": "a"}]}]}]}', "qas.0.question"),
        (b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"id": "a b", "question": "x"}]}]}]}', "white space"),
        (b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"id": "a", "question": ""}]}]}]}', "qas.0.question"),
        (b'{"data": []}', "no question"),
        (gzip.compress(b"{}")[:-4], "not whole"),
        (b"\x1f\x8bnonsense", "not whole"),
        (b"\xff\xfe", "not JSON"),
    ],
)
def test_a_damaged_file_is_refused_with_its_name_and_field(run_command, tmp_path, content, part):
    path = tmp_path / "dev.json"
    path.write_bytes(content)
    code, out, err = run_command("eval", "import", "--squad", path, "--beir", tmp_path / "set")

    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert str(path) in err
    assert part in err
    assert not (tmp_path / "set").exists()


def test_a_missing_file_and_ids_that_are_not_shared_are_named(run_command, tmp_path):
    squad = squad_file(tmp_path / "zh.json", SQUAD)
    english = squad_file(tmp_path / "en.json", questions_of("Which year?", ["c", "z"]))

    missing = run_command("eval", "import", "--squad", tmp_path / "none.json", "--beir", tmp_path / "set")
    foreign = run_command("eval", "import", "--squad", squad, "--questions", english, "--beir", tmp_path / "set")

    assert (missing[0], foreign[0]) == (1, 1)
    assert "none.json cannot be read" in missing[2]
    assert f"{english}: field 'id': 'z'" in foreign[2]


@pytest.mark.parametrize(("asked", "searched", "least"), [("zh", "zh", 0.85), ("en", "en", 0.85), ("en", "zh", 0.6)])
def test_real_sets_go_round_and_are_found(run_command, tmp_path, asked, searched, least):
    if not DATA.is_dir():
        pytest.skip(f"no reading-comprehension sets at {DATA}")
    files = {language: DATA / f"xquad_first12.{language}.json.gz" for language in ("zh", "en")}
    words = [] if asked == searched else ["--questions", _slice(files[asked], tmp_path / "asked.json")]
    squad = _slice(files[searched], tmp_path / "searched.json")

    made = run_command("eval", "import", "--squad", squad, *words, "--no-titles", "--beir", tmp_path / "set")
    code, out, _ = run_command(
        "eval", "retrieval", "--beir", tmp_path / "set", "--run", tmp_path / "run.trec", "-k", "10"
    )

    assert (made[0], code) == (0, 0)
    assert float(dict(line.split() for line in out.splitlines()[1:])["RR@10"]) > least
    texts = {
        paragraph["context"] for one in json.loads(squad.read_text("utf-8"))["data"] for paragraph in one["paragraphs"]
    }
    assert {document.text for document in read_beir(tmp_path / "set").documents} == texts


def _slice(source, target):
    """The first four articles of a file."""
    with gzip.open(source, "rt", encoding="utf-8") as file:
        return squad_file(target, {"data": json.load(file)["data"][:4]})
