"""Retrieval sets: read, written and run."""

import json
from itertools import pairwise

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.config import Settings
from qa_assistant.evaluate import read_beir, run_retrieval, write_beir, write_run
from qa_assistant.evaluate.beir import CorpusDocument, RetrievalSet, SetQuery
from qa_assistant.evaluate.retrieval import Run, as_document, index_corpus, passages_for, rank_documents
from qa_assistant.retrieve import Retriever

CORPUS = [
    {
        "_id": "威海馆",
        "title": "仁川·威海馆",
        "text": "2015年，仁川·威海馆在仁川松岛建成，展出威海的海产品和旅游路线。",
    },
    {"_id": "pavilion", "title": "Incheon pavilion", "text": "The pavilion in Weihai shows goods of 55 companies."},
    {"_id": "ferry", "title": "", "text": "威海与仁川之间的客货班轮每周往返三次，全程约十四小时。"},
    {"_id": "treaty.csv", "title": "Free trade", "text": "China and Korea signed a free trade agreement, in June."},
    {"_id": "7", "title": "姊妹城市", "text": ""},
]
QUERIES = [
    {"_id": "q-zh", "text": "仁川的威海馆哪年建成？"},
    {"_id": "q-en", "text": "When did China and Korea sign the trade agreement?"},
    {"_id": "q-unjudged", "text": "没有人评过的问题"},
    {"_id": "q-across", "text": "How often does the ferry between Weihai and Incheon go?"},
    {"_id": "q-title", "text": "姊妹城市"},
]
QRELS = [
    "query-id\tcorpus-id\tscore",
    "q-zh\t威海馆\t2",
    "q-zh\tferry\t0",
    "q-en\ttreaty.csv\t1",
    "q-across\tferry\t1",
    "q-title\t7\t1",
]


def write_set(folder, corpus=CORPUS, queries=QUERIES, qrels=QRELS):
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    for name, lines in (("corpus", corpus), ("queries", queries)):
        text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        (folder / f"{name}.jsonl").write_text(text + "\n", encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def beir(tmp_path):
    return write_set(tmp_path / "set")


def silent(name, done, total):
    """No progress is shown."""


def corpus_of(texts):
    return [CorpusDocument.model_validate({"_id": doc_id, "text": text}) for doc_id, text in texts.items()]


def ranked(index, documents, text, k):
    """The best documents for one query."""
    query = SetQuery.model_validate({"_id": "q", "text": text})
    asked = RetrievalSet(tuple(documents), (query,), {"q": {documents[0].doc_id: 1}})
    retriever = Retriever(index)
    return rank_documents(asked, index, lambda one, n: retriever.retrieve(retriever.read(one), n), k, silent)["q"]


# reading and writing


def test_a_set_is_read_as_it_stands(beir):
    found = read_beir(beir)

    assert [document.doc_id for document in found.documents] == [line["_id"] for line in CORPUS]
    assert [query.query_id for query in found.judged_queries] == ["q-zh", "q-en", "q-across", "q-title"]
    assert found.qrels["q-zh"] == {"威海馆": 2, "ferry": 0}
    assert found.judgments == 5


def test_what_windows_and_others_add_to_a_file_does_no_harm(beir):
    path = beir / "qrels" / "test.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    extended = [{**line, "metadata": {"url": "x"}} for line in CORPUS[:-1]] + [{"_id": 7, "title": None, "text": "七"}]
    expected = read_beir(beir).qrels

    assert read_beir(write_set(beir, corpus=extended, qrels=path.read_text("utf-8").split("\n"))).qrels == expected


def test_a_set_that_was_written_is_the_one_that_was_read(beir, tmp_path):
    found = read_beir(beir)
    write_beir(found, tmp_path / "one")
    write_beir(read_beir(tmp_path / "one"), tmp_path / "two")

    assert read_beir(tmp_path / "one") == found
    for name in ("corpus.jsonl", "queries.jsonl", "qrels/test.tsv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"corpus": ["nonsense"]}, ["corpus.jsonl, line 1: not JSON"]),
        ({"corpus": ["[1]"]}, ["corpus.jsonl, line 1: not a JSON object"]),
        ({"corpus": [CORPUS[0], {"_id": "x"}]}, ["corpus.jsonl, line 2: field 'text'"]),
        ({"corpus": [{"text": "x"}]}, ["corpus.jsonl, line 1: field '_id'"]),
        ({"corpus": [{"_id": "a b", "text": "x"}]}, ["corpus.jsonl, line 1: field '_id'", "white space", "'a b'"]),
        ({"corpus": [{"_id": "a\u3000b", "text": "x"}]}, ["corpus.jsonl, line 1: field '_id'", "white space"]),
        ({"corpus": [{"_id": "", "text": "x"}]}, ["corpus.jsonl, line 1: field '_id'"]),
        ({"corpus": ['{"_id": "x", "text": "\\ud800"}']}, ["corpus.jsonl, line 1: not JSON", "hex escape"]),
        ({"corpus": [*CORPUS, CORPUS[1]]}, ["corpus.jsonl, line 6: field '_id'", "'pavilion'", "before"]),
        ({"corpus": []}, ["corpus.jsonl holds no line"]),
        ({"queries": [{"_id": "q", "text": ""}]}, ["queries.jsonl, line 1: field 'text'"]),
        ({"queries": [{"_id": "q 1", "text": "x"}]}, ["queries.jsonl, line 1: field '_id'", "white space"]),
        ({"queries": [*QUERIES, QUERIES[0]]}, ["queries.jsonl, line 6: field '_id'", "'q-zh'", "before"]),
        ({"qrels": QRELS[1:]}, ["test.tsv, line 1: no header", "query-id corpus-id score"]),
        ({"qrels": QRELS[:1]}, ["test.tsv holds no judgment"]),
        ({"qrels": []}, ["test.tsv, line 1: no header"]),
        ({"qrels": [QRELS[0], "q-zh 威海馆 1"]}, ["test.tsv, line 2: 1 fields, not 3"]),
        ({"qrels": [QRELS[0], "q-zh\t0\t威海馆\t1"]}, ["test.tsv, line 2: 4 fields, not 3"]),
        ({"qrels": [*QRELS, "nobody\tferry\t1"]}, ["test.tsv, line 7: field 'query-id': 'nobody'", "queries.jsonl"]),
        ({"qrels": [*QRELS, "q-zh\tnothing\t1"]}, ["test.tsv, line 7: field 'corpus-id': 'nothing'", "corpus.jsonl"]),
        ({"qrels": [*QRELS, "q-zh\tpavilion\tyes"]}, ["test.tsv, line 7: field 'score': 'yes'"]),
        ({"qrels": [*QRELS, "q-zh\tferry\t1"]}, ["test.tsv, line 7: 'q-zh' and 'ferry' were judged before"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_damaged_set_is_refused_with_file_line_and_field(beir, run_command, changes, parts):
    write_set(beir, **changes)

    code, out, err = run_command("eval", "retrieval", "--beir", beir, "--run", beir / "run.trec")

    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert err.startswith("error: ")
    for part in parts:
        assert part in err
    assert not (beir / "run.trec").exists()


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_file_of_a_set_that_is_missing_or_is_not_utf_8_is_named(beir, run_command, name):
    (beir / name).write_bytes("仁川".encode("gbk"))
    spoiled = run_command("eval", "retrieval", "--beir", beir, "--run", beir / "run.trec")
    (beir / name).unlink()
    missing = run_command("eval", "retrieval", "--beir", beir, "--run", beir / "run.trec")

    assert (spoiled[0], missing[0]) == (1, 1)
    assert f"{beir / name}: byte 0 is not UTF-8" in spoiled[2]
    assert f"{beir / name} cannot be read" in missing[2]


# runs


def test_documents_are_found_in_and_across_languages_and_by_title(beir):
    given_set = read_beir(beir)
    found = run_retrieval(given_set, Settings(), 10, silent)

    assert list(found.found) == ["q-zh", "q-en", "q-across", "q-title"]
    assert found.metrics(given_set.qrels) == {"R@1": 1, "R@5": 1, "R@10": 1, "RR@10": 1, "nDCG@10": 1}


def test_the_command_writes_a_run_whose_figures_are_those_that_it_prints(beir, run_command, tmp_path):
    path = tmp_path / "out.trec"
    code, out, err = run_command("eval", "retrieval", "--beir", beir, "--run", path, "-k", "3")

    assert (code, err) == (0, "")
    head, *figures = out.splitlines()
    assert head.startswith("4 queries, 5 documents, index ")
    assert [line.split()[0] for line in figures] == ["R@1", "R@5", "R@10", "RR@10", "nDCG@10"]
    qrels = [
        ir_measures.Qrel(query_id, doc_id, relevance)
        for query_id, judged in read_beir(beir).qrels.items()
        for doc_id, relevance in judged.items()
    ]
    measures = [ir_measures.parse_measure(line.split()[0]) for line in figures]
    read_back = ir_measures.calc_aggregate(measures, qrels, ir_measures.read_trec_run(str(path)))
    for line in figures:
        name, value = line.split()
        assert float(value) == pytest.approx(read_back[ir_measures.parse_measure(name)], abs=1e-4)


def test_a_run_has_six_fields_a_line_ranks_from_one_and_falling_scores(beir, run_command, tmp_path):
    paths = [tmp_path / "one.trec", tmp_path / "two.trec"]
    for path in paths:
        assert run_command("eval", "retrieval", "--beir", beir, "--run", path, "-k", "2")[0] == 0

    assert paths[0].read_bytes() == paths[1].read_bytes()
    by_query = {}
    for line in paths[0].read_text(encoding="utf-8").splitlines():
        query_id, q0, doc_id, rank, score, tag = line.split()
        assert q0 == "Q0"
        assert tag.startswith("qa-assistant-")
        by_query.setdefault(query_id, []).append((int(rank), float(score), doc_id))
    for lines in by_query.values():
        assert len(lines) <= 2
        assert [rank for rank, *_ in lines] == list(range(1, len(lines) + 1))
        assert all(before > after for (_, before, _), (_, after, _) in pairwise(lines))


@given(st.dictionaries(st.text("ab丙丁-:", min_size=1), st.sampled_from([0.0, 1e-6, 0.5, 0.500001, 1.0])))
def test_equal_scores_are_told_apart_in_the_order_of_the_ids(tmp_path_factory, scores):
    found = tuple(sorted(scores.items(), key=lambda one: (-one[1], one[0])))
    path = tmp_path_factory.mktemp("run") / "run.trec"
    write_run(Run("index", {"q": found}), path)
    lines = [line.split() for line in path.read_text(encoding="utf-8").split("\n")[:-1]]

    assert [line[2] for line in lines] == [doc_id for doc_id, _ in found]
    assert all(float(before[4]) > float(after[4]) for before, after in pairwise(lines))


def test_documents_with_the_same_text_are_in_the_order_of_their_ids(tmp_path):
    same = dict.fromkeys(("b", "a", "a-1", "a1"), "威海与仁川之间的客货班轮每周往返三次。")
    documents = corpus_of({**same, "c": "市场里卖海鲜。", "d": "A treaty on trade."})
    index = index_corpus(documents, tmp_path / "index", Settings(), silent)
    found = ranked(index, documents, "客货班轮", 4)

    assert [doc_id for doc_id, _ in found] == ["a", "a-1", "a1", "b"]
    assert len({score for _, score in found}) == 1


def test_a_document_of_many_passages_counts_once_and_does_not_crowd_out_the_others(tmp_path):
    long = "\n\n".join(f"第{number}航次：客货班轮从威海开往仁川，客货班轮准点。" * 12 for number in range(40))
    texts = {
        "long": long,
        "short": "另有客货班轮一艘。",
        "other": "市场里卖海鲜。",
        "last": "客货班轮停航的通知和安排。",
    }
    documents = corpus_of(texts)
    index = index_corpus(documents, tmp_path / "index", Settings(), silent)

    assert passages_for(index, 1) == 1
    assert passages_for(index, 2) > 30
    assert passages_for(index, 9) == len(index.passages)
    assert {doc_id for doc_id, _ in ranked(index, documents, "客货班轮", 3)} == {"long", "short", "last"}


def test_the_title_of_a_text_is_that_of_its_document_and_stands_over_its_passages():
    document = as_document(
        CorpusDocument.model_validate({"_id": "a.csv", "title": "展馆\n概况", "text": "# 一\n\n甲，乙"})
    )

    assert (document.doc_id, document.title) == ("a.csv", "展馆 概况")
    assert [(block.kind, block.path) for block in document.blocks][-1] == ("paragraph", ("展馆 概况", "一"))


def test_a_corpus_without_words_is_an_error(beir, run_command, tmp_path):
    write_set(beir, [{"_id": "a", "text": "。"}], QUERIES[:1], [QRELS[0], "q-zh\ta\t1"])
    code, _, err = run_command("eval", "retrieval", "--beir", beir, "--run", tmp_path / "run.trec")

    assert code == 1
    assert "no words" in err


@pytest.mark.parametrize("place", ["nowhere/run.trec", "."])
def test_a_run_that_cannot_be_written_is_told_before_the_work(beir, run_command, tmp_path, place, monkeypatch):
    monkeypatch.setattr("qa_assistant.cli.evaluate.run_retrieval", None)
    code, _, err = run_command("eval", "retrieval", "--beir", beir, "--run", tmp_path / place)

    assert (code, len(err.splitlines())) == (1, 1)
    assert "--run" in err


def test_a_model_that_is_not_here_is_a_clear_error(beir, run_command, tmp_path, monkeypatch):
    monkeypatch.setenv("QA_MODEL", "nobody/no-such-model")
    code, _, err = run_command("eval", "retrieval", "--beir", beir, "--run", tmp_path / "run.trec")

    assert (code, len(err.splitlines())) == (1, 1)
    assert "QA_MODEL=builtin" in err


@pytest.mark.parametrize("name", ["gold", "report", "index"])
def test_options_of_the_gold_set_do_not_go_with_the_other_commands(run_command, name):
    code, out, err = run_command("eval", f"--{name}", "x", "retrieval", "--beir", "a", "--run", "b")

    assert (code, out) == (2, "")
    assert f"--{name}" in err
