"""Embedding models: the one made from the corpus, and any that sentence-transformers loads."""

import hashlib
import socket

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

from qa_assistant.assistant import Assistant, is_stale
from qa_assistant.config import Settings
from qa_assistant.encoder import CorpusEncoder, SentenceTransformerEncoder, save_corpus_model
from qa_assistant.errors import IndexMismatch, ModelUnavailable

TEXTS = [
    "仁川·威海馆于2015年在仁川建成。",
    "威海·仁川馆于2016年在威海开放。",
    "中国与韩国签署自由贸易协定。",
    "友好城市之间的交往逐年增加。",
    "The Weihai pavilion in Incheon opened in 2015.",
    "China and Korea signed a free trade agreement.",
    "인천과 웨이하이는 자매도시이다.",
]


@pytest.fixture(scope="module")
def corpus_model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "model"
    save_corpus_model(TEXTS, folder)
    return CorpusEncoder.load(str(folder))


def save_tiny_transformer(folder, hidden=32):
    """Make a BERT of one layer with random weights that knows the characters of `TEXTS`, and save it."""
    characters = sorted(set("".join(TEXTS).lower()) - {" "})
    bert = folder.with_name(folder.name + "-bert")
    bert.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (bert / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(0)
    shape = {"num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32, "max_position_embeddings": 64}
    BertModel(BertConfig(vocab_size=len(vocabulary), hidden_size=hidden, **shape)).save_pretrained(bert)
    BertTokenizerFast(vocab=str(bert / "vocab.txt")).save_pretrained(bert)
    transformer = Transformer(str(bert))
    model = SentenceTransformer(modules=[transformer, Pooling(hidden)], device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return save_tiny_transformer(tmp_path_factory.mktemp("tiny") / "model")


@pytest.fixture
def sources(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").write_text("\n\n".join(TEXTS), encoding="utf-8")
    return seeds


# the model made from the corpus


def test_the_same_texts_give_the_same_model_to_the_byte(corpus_model, tmp_path):
    digests = []
    for name in ("one", "two"):
        save_corpus_model(TEXTS, tmp_path / name)
        paths = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in paths])

    assert digests[0] == digests[1]
    again = CorpusEncoder.load(str(tmp_path / "one"))
    assert np.array_equal(again.encode(TEXTS), corpus_model.encode(TEXTS))


@pytest.mark.parametrize("query", [False, True])
def test_texts_with_known_words_give_unit_vectors(corpus_model, query):
    vectors = corpus_model.encode(TEXTS, query=query)

    assert vectors.shape == (len(TEXTS), corpus_model.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "。！", "鲸鱼跳舞", "zebra", "😀"])
def test_a_text_without_known_words_gives_zeros(corpus_model, text):
    vectors = corpus_model.encode([text, TEXTS[0]])

    assert not vectors[0].any()
    assert np.isclose(np.linalg.norm(vectors[1]), 1, atol=1e-5)


def test_the_vector_of_a_text_does_not_depend_on_its_neighbours(corpus_model):
    together = corpus_model.encode([*TEXTS, ""])
    alone = np.concatenate([corpus_model.encode([text]) for text in [*TEXTS, ""]])

    assert np.allclose(together, alone, atol=1e-6)


def test_no_texts_give_no_vectors(corpus_model):
    assert corpus_model.encode([]).shape == (0, corpus_model.dimension)


def test_texts_with_common_words_are_nearer(corpus_model):
    pavilion, agreement = corpus_model.encode(["威海馆哪年建成？", "自由贸易协定"], query=True)
    vectors = corpus_model.encode(TEXTS)

    assert int(np.argmax(vectors @ pavilion)) in (0, 1)
    assert int(np.argmax(vectors @ agreement)) == 2


def test_width_case_and_script_variants_count_as_the_same_words(corpus_model):
    plain, folded = corpus_model.encode(["Weihai 威海馆 2015", "ＷＥＩＨＡＩ　威海館　２０１５"])

    assert np.allclose(plain, folded, atol=1e-6)


@pytest.mark.parametrize("texts", [[], [""], ["好"], ["好", "好"], ["a b", "b c"]])
def test_a_model_can_be_made_of_almost_nothing(tmp_path, texts):
    save_corpus_model(texts, tmp_path / "model")

    model = CorpusEncoder.load(str(tmp_path / "model"))

    assert np.isfinite(model.encode(["好", "", "a"])).all()


# any model of sentence-transformers


def test_a_saved_transformer_gives_unit_vectors(tiny):
    model = SentenceTransformerEncoder.load(str(tiny))
    vectors = model.encode([*TEXTS, ""])

    assert model.dimension == 32
    assert vectors.shape == (len(TEXTS) + 1, 32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], model.encode([TEXTS[0]])[0], atol=1e-5)


def test_a_saved_transformer_builds_an_index_and_answers_by_configuration(tiny, sources, tmp_path):
    settings = Settings(seeds=sources, index=tmp_path / "index", model=str(tiny))

    manifest = Assistant.build(settings).manifest
    assistant = Assistant.open(settings.index)
    answer = assistant.ask("仁川·威海馆是哪年建成的？")

    assert (manifest.model, manifest.dimension) == (str(tiny), 32)
    assert assistant.index.encoder.name == str(tiny)
    assert not (settings.index / manifest.folder / "model").exists()
    assert answer.citations[0].quote.text in (TEXTS[0], TEXTS[4])
    for citation in answer.citations:
        text = assistant.document(citation.quote.doc_id).text
        assert text[citation.quote.start : citation.quote.end] == citation.quote.text


def test_the_model_can_be_named_by_the_environment(tiny, sources, tmp_path, monkeypatch):
    monkeypatch.setenv("QA_MODEL", str(tiny))

    assistant = Assistant.ready(Settings(seeds=sources, index=tmp_path / "index"))

    assert assistant.index.manifest.model == str(tiny)


def test_another_model_makes_the_index_stale(tiny, sources, tmp_path):
    settings = Settings(seeds=sources, index=tmp_path / "index", model="corpus")
    other = settings.model_copy(update={"model": str(tiny)})
    first = Assistant.build(settings).manifest

    assert not is_stale(settings)
    assert is_stale(other)
    assert Assistant.ready(other).index.manifest.model == str(tiny)
    assert is_stale(settings)
    assert Assistant.ready(settings).index.index_id == first.index_id


def test_an_index_remembers_its_model_and_its_sources(tiny, sources, tmp_path):
    made = Assistant.build(Settings(seeds=sources, index=tmp_path / "index", model=str(tiny))).manifest
    opened = Assistant.ready(Settings(index=tmp_path / "index")).index.manifest

    assert opened == made


def test_a_model_that_was_replaced_by_one_of_another_size_is_a_mismatch(sources, tmp_path):
    model = save_tiny_transformer(tmp_path / "model")
    settings = Settings(seeds=sources, index=tmp_path / "index", model=str(model))
    Assistant.build(settings)
    model.rename(tmp_path / "moved")
    save_tiny_transformer(tmp_path / "larger", hidden=64).rename(model)

    with pytest.raises(IndexMismatch, match=r"32 numbers.* 64; run: qa-assistant build"):
        Assistant.open(settings.index)


# models that cannot be had


@pytest.fixture
def calls(monkeypatch):
    """The hosts that anything tried to look up or to connect to."""
    tried = []

    def refuse(*arguments, **options):
        tried.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


@pytest.mark.parametrize("name", ["sentence-transformers/all-MiniLM-L6-v2", "nobody/no-such-model", "no such model"])
def test_a_hub_model_that_is_not_here_is_an_error_in_one_line_and_opens_no_socket(calls, name):
    with pytest.raises(ModelUnavailable) as raised:
        SentenceTransformerEncoder.load(name)

    message = str(raised.value)
    assert repr(name) in message
    assert "QA_MODEL=corpus" in message
    assert len(message.splitlines()) == 1
    assert calls == []


def spoil_modules(folder):
    (folder / "modules.json").write_text("{", encoding="utf-8")


def spoil_weights(folder):
    next(folder.rglob("*.safetensors")).write_bytes(b"not weights")


def spoil_config(folder):
    (folder / "config.json").write_text('{"model_type": "no-such-type"}', encoding="utf-8")


def drop_weights(folder):
    next(folder.rglob("*.safetensors")).unlink()


def drop_tokenizer(folder):
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize("spoil", [spoil_modules, spoil_weights, spoil_config, drop_weights, drop_tokenizer])
def test_a_folder_with_a_broken_model_is_an_error_in_one_line(tmp_path, calls, spoil):
    folder = save_tiny_transformer(tmp_path / "model")
    spoil(folder)

    with pytest.raises(ModelUnavailable) as raised:
        SentenceTransformerEncoder.load(str(folder))

    assert str(folder) in str(raised.value)
    assert len(str(raised.value).splitlines()) == 1
    assert calls == []


def test_an_empty_folder_is_no_model(tmp_path, calls):
    with pytest.raises(ModelUnavailable, match=r"QA_MODEL=corpus"):
        SentenceTransformerEncoder.load(str(tmp_path))

    assert calls == []
