"""The order that a cross-encoder puts the best hits in."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

from qa_assistant.assistant import Assistant, reranker_of
from qa_assistant.config import Settings
from qa_assistant.errors import ModelUnavailable
from qa_assistant.evaluate import read_beir, run_retrieval, write_beir
from qa_assistant.evaluate.beir import CorpusDocument, RetrievalSet, SetQuery
from qa_assistant.records import Hit, Passage
from qa_assistant.reranker import RERANKED, CrossEncoderModel, Reranker

TEXTS = {
    "one.txt": "仁川·威海馆于2015年在仁川建成。\n\n威海·仁川馆于2016年在威海开放。",
    "two.txt": "The Weihai pavilion in Incheon opened in 2015.\n\nChina and Korea signed a trade agreement.",
}
QUESTION = "仁川·威海馆是哪年建成的？"


def save_tiny_cross_encoder(folder, kind=BertForSequenceClassification, labels=1):
    """Make a BERT of one layer with random weights that knows the characters of `TEXTS`, and save it."""
    characters = sorted(set("".join(TEXTS.values()).lower()) - set(" \n"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    config = BertConfig(vocab_size=len(vocabulary), max_position_embeddings=64, num_labels=labels, **shape)
    kind(config).save_pretrained(folder)
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return save_tiny_cross_encoder(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch):
    for name in ("QA_RERANK_MODEL", "QA_RERANK_FIRST", "QA_MODEL"):
        monkeypatch.delenv(name, raising=False)


class Lengths:
    """The longer a text, the better."""

    name = "lengths"

    def scores(self, query, texts):
        return np.array([len(text) for text in texts], dtype=np.float64)


def hits_of(texts):
    """Hits for texts in their order, with falling scores."""
    passages = [
        Passage(doc_id=f"d{n}", start=0, end=len(text), text=text, passage_id=f"d{n}:0-{len(text)}", kind="paragraph")
        for n, text in enumerate(texts)
    ]
    return [
        Hit(passage=passage, score=1 / rank, rank=rank, retriever="hybrid") for rank, passage in enumerate(passages, 1)
    ]


# the order


def test_the_first_hits_change_places_and_the_rest_stays():
    hits = hits_of(["一", "一二三", "一二", "一二三四五"])
    found = Reranker(Lengths(), 3).rerank("q", hits)

    assert [hit.passage.text for hit in found] == ["一二三", "一二", "一", "一二三四五"]
    assert [hit.retriever for hit in found] == [RERANKED, RERANKED, RERANKED, "hybrid"]


@given(st.lists(st.text("威海ab", max_size=3), max_size=8), st.integers(1, 10))
def test_ranks_and_scores_stay_and_no_passage_is_lost(texts, first):
    hits = hits_of(texts)
    found = Reranker(Lengths(), first).rerank("q", hits)

    assert [(hit.rank, hit.score) for hit in found] == [(hit.rank, hit.score) for hit in hits]
    assert sorted(hit.passage.passage_id for hit in found) == sorted(hit.passage.passage_id for hit in hits)
    keys = [(-len(hit.passage.text), hit.passage.passage_id) for hit in found[:first]]
    assert keys == sorted(keys)


def test_headings_are_read_with_the_passage():
    class Seen(Lengths):
        def scores(self, query, texts):
            assert (query, texts) == ("q", ["展馆\n正文"])
            return super().scores(query, texts)

    (hit,) = hits_of(["正文"])
    headed = hit.model_copy(update={"passage": hit.passage.model_copy(update={"heading": ("展馆",)})})

    assert Reranker(Seen(), 5).rerank("q", [headed])[0].passage == headed.passage


# cross-encoders


def test_a_cross_encoder_gives_a_number_for_each_text_and_the_same_again(tiny):
    model = CrossEncoderModel.load(str(tiny))
    texts = [*TEXTS.values(), ""]
    scores = model.scores(QUESTION, texts)

    assert scores.shape == (3,)
    assert np.array_equal(scores, CrossEncoderModel.load(str(tiny)).scores(QUESTION, texts))
    assert len(set(scores.tolist())) == 3
    assert model.scores(QUESTION, []).shape == (0,)


def test_the_environment_names_the_cross_encoder_and_retrieval_follows_it(tiny, tmp_path, monkeypatch, assistant_of):
    plain = assistant_of(TEXTS)
    monkeypatch.setenv("QA_RERANK_MODEL", str(tiny))
    monkeypatch.setenv("QA_RERANK_FIRST", "3")
    assistant = Assistant.ready(Settings(seeds=tmp_path / "seeds", index=tmp_path / "index"))
    before, after = plain.retrieve(QUESTION, 10), assistant.retrieve(QUESTION, 10)
    model = CrossEncoderModel.load(str(tiny))
    scores = model.scores(QUESTION, [hit.passage.text for hit in before[:3]])

    assert assistant.index.index_id == plain.index.index_id
    assert [hit.passage for hit in after[:3]] == [before[number].passage for number in np.argsort(-scores)]
    assert [hit.retriever for hit in after[:3]] == [RERANKED] * len(after[:3])
    assert assistant.retrieve(QUESTION, 1) == after[:1]


def test_an_answer_is_made_of_the_reranked_hits_with_the_same_confidence(tiny, assistant_of):
    plain = assistant_of(TEXTS)
    reranked = Assistant(plain.index, Reranker(CrossEncoderModel.load(str(tiny)), 30))
    answer = reranked.ask(QUESTION)

    assert answer.kind == plain.ask(QUESTION).kind
    assert {hit.retriever for hit in answer.hits} == {RERANKED}
    for citation in answer.citations:
        text = reranked.document(citation.quote.doc_id).text
        assert text[citation.quote.start : citation.quote.end] == citation.quote.text


def test_a_retrieval_set_is_run_with_the_reranker_of_the_settings(tiny, tmp_path):
    documents = [
        CorpusDocument.model_validate(
            {"_id": f"d{number}", "text": f"威海馆的{number}号展台于2015年建成。" + "好" * number}
        )
        for number in range(6)
    ]
    query = SetQuery.model_validate({"_id": "q", "text": QUESTION})
    write_beir(RetrievalSet(tuple(documents), (query,), {"q": {"d0": 1}}), tmp_path / "set")
    runs = [
        run_retrieval(read_beir(tmp_path / "set"), settings, 6, lambda name, done, total: None)
        for settings in (Settings(), Settings(rerank_model=str(tiny)))
    ]
    scores = CrossEncoderModel.load(str(tiny)).scores(QUESTION, [document.text for document in documents])

    assert runs[0].index_id == runs[1].index_id
    assert runs[1].tag == f"{runs[0].tag}-reranked"
    assert [doc_id for doc_id, _ in runs[1].found["q"]] == [f"d{number}" for number in np.argsort(-scores)]
    assert [score for _, score in runs[1].found["q"]] == [score for _, score in runs[0].found["q"]]


def test_without_a_setting_nothing_is_loaded():
    assert reranker_of(Settings()) is None


# cross-encoders that cannot be had


def assert_unavailable(name, calls, part=""):
    with pytest.raises(ModelUnavailable) as raised:
        CrossEncoderModel.load(name)

    message = str(raised.value)
    assert repr(name) in message
    assert part in message
    assert "unset QA_RERANK_MODEL" in message
    assert "HF_HUB_OFFLINE=0" in message
    assert len(message.splitlines()) == 1
    assert calls == []


@pytest.mark.parametrize("name", ["cross-encoder/ms-marco-MiniLM-L6-v2", "nobody/no-such-model", "no such model"])
def test_a_hub_model_that_is_not_here_is_an_error_in_one_line_and_opens_no_socket(calls, name):
    assert_unavailable(name, calls)


def test_a_model_of_another_kind_is_refused_instead_of_scoring_at_random(tmp_path, calls):
    assert_unavailable(str(save_tiny_cross_encoder(tmp_path / "model", BertModel)), calls, "it is a BertModel")


def test_a_cross_encoder_that_gives_several_numbers_is_refused(tmp_path, calls):
    assert_unavailable(str(save_tiny_cross_encoder(tmp_path / "model", labels=3)), calls, "3 scores for a pair")


def drop_weights(folder):
    next(folder.rglob("*.safetensors")).unlink()


def spoil_weights(folder):
    next(folder.rglob("*.safetensors")).write_bytes(b"not weights")


def spoil_config(folder):
    (folder / "config.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("spoil", [drop_weights, spoil_weights, spoil_config])
def test_a_folder_with_a_broken_model_is_an_error_in_one_line(tmp_path, calls, spoil):
    folder = save_tiny_cross_encoder(tmp_path / "model")
    spoil(folder)

    assert_unavailable(str(folder), calls)


def test_an_empty_folder_is_no_model(tmp_path, calls):
    assert_unavailable(str(tmp_path), calls)


def test_the_error_comes_before_an_index_is_made(tmp_path, calls):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text("威海馆", encoding="utf-8")
    settings = Settings(seeds=tmp_path / "seeds", index=tmp_path / "index", rerank_model="nobody/no-such-model")

    with pytest.raises(ModelUnavailable):
        Assistant.ready(settings)
    assert not (tmp_path / "index").exists()
