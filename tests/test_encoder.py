"""Embedding models: the one that ships, and any other that sentence-transformers loads."""

import hashlib

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

from qa_assistant.assistant import Assistant, is_stale
from qa_assistant.config import Settings
from qa_assistant.encoder import SentenceTransformerEncoder, builtin_folder, model_digest
from qa_assistant.errors import IndexMismatch, ModelUnavailable
from qa_assistant.interaction import SentenceWords
from qa_assistant.training import corpora

TEXTS = [
    "仁川·威海馆于2015年在仁川建成。",
    "威海·仁川馆于2016年在威海开放。",
    "中国与韩国签署自由贸易协定。",
    "友好城市之间的交往逐年增加。",
    "The Weihai pavilion in Incheon opened in 2015.",
    "China and Korea signed a free trade agreement.",
    "인천과 웨이하이는 자매도시이다.",
]


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


# the model that ships


@pytest.fixture(scope="module")
def builtin():
    return SentenceTransformerEncoder.load("builtin")


PAIRS = [
    ("The two countries signed a free trade agreement.", "两国签署了自由贸易协定。"),
    ("The university was founded in 1920.", "这所大学成立于1920年。"),
    ("The doctor treated the patients in the hospital.", "医生在医院里治疗病人。"),
    ("Tourists visit the old temple every spring.", "每年春天都有游客参观这座古庙。"),
    ("The river floods the rice fields.", "河水淹没了稻田。"),
    ("Incheon and Weihai are sister cities.", "仁川和威海是姐妹城市。"),
]


def test_the_model_that_ships_is_an_ordinary_folder_of_sentence_transformers_without_a_network(calls):
    model = SentenceTransformer(str(builtin_folder()), device="cpu", local_files_only=True)
    vectors = model.encode([english for english, _ in PAIRS])

    assert vectors.shape == (len(PAIRS), 256)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert calls == []


def test_the_model_that_ships_is_small_and_has_its_notice_and_card():
    files = [path for path in builtin_folder().rglob("*") if path.is_file()]
    card = (builtin_folder() / "README.md").read_text(encoding="utf-8")

    assert sum(path.stat().st_size for path in files) <= 30_000_000
    assert "CC BY-SA 4.0" in (builtin_folder() / "NOTICE.md").read_text(encoding="utf-8")
    for corpus in (*corpora.ENGLISH_CHINESE, *corpora.KOREAN_CHINESE, *corpora.ENGLISH_KOREAN):
        assert corpus.name in card


def test_the_digest_beside_the_model_is_that_of_its_files():
    embedding = builtin_folder() / "0_StaticEmbedding"
    content = (embedding / "model.safetensors").read_bytes() + (embedding / "tokenizer.json").read_bytes()

    assert model_digest("builtin") == hashlib.sha256(content).hexdigest()
    assert model_digest("nobody/no-such-model") == ""


def test_a_sentence_is_nearest_to_its_translation_both_ways(builtin):
    english = builtin.encode([one for one, _ in PAIRS], query=True)
    chinese = builtin.encode([other for _, other in PAIRS])
    similarities = english @ chinese.T

    assert np.argmax(similarities, axis=1).tolist() == list(range(len(PAIRS)))
    assert np.argmax(similarities, axis=0).tolist() == list(range(len(PAIRS)))


def test_a_korean_sentence_is_nearer_to_its_translation_than_to_another(builtin):
    korean = builtin.encode(["도시와 정부의 협력", "병원에서 일하는 의사"], query=True)
    chinese = builtin.encode(["城市与政府的合作", "在医院工作的医生"])

    assert np.argmax(korean @ chinese.T, axis=1).tolist() == [0, 1]


@pytest.mark.parametrize("text", ["", " \n", "。！", "😀"])
def test_a_text_without_words_gives_zeros(builtin, text):
    vectors = builtin.encode([text, PAIRS[0][1]])

    assert not vectors[0].any()
    assert np.isclose(np.linalg.norm(vectors[1]), 1, atol=1e-5)


def test_width_case_and_script_variants_are_the_same_text(builtin):
    plain, folded = builtin.encode(["Weihai 威海馆 2015 体育", "ＷＥＩＨＡＩ　威海館　２０１５ 體育"])

    assert np.allclose(plain, folded, atol=1e-6)


def test_the_vector_of_a_text_does_not_depend_on_its_neighbours(builtin):
    together = builtin.encode([*TEXTS, ""])
    alone = np.concatenate([builtin.encode([text]) for text in [*TEXTS, ""]])

    assert np.allclose(together, alone, atol=1e-6)


def test_a_query_has_the_vector_that_sentence_transformers_gives_it(builtin):
    model = SentenceTransformer(str(builtin_folder()), device="cpu", local_files_only=True)
    queries = [*TEXTS[:5], "", "2015", "仁川 2015 pavilion"]
    assert builtin.encode(queries, query=True) == pytest.approx(model.encode_query(queries), abs=1e-5)


def test_a_static_model_with_a_prompt_reads_it_before_a_query(builtin, tmp_path):
    model = SentenceTransformer(str(builtin_folder()), device="cpu", local_files_only=True)
    model.prompts = {"query": "China Korea trade: ", "document": ""}
    model.save(str(tmp_path / "prompted"), create_model_card=False)
    prompted = SentenceTransformerEncoder.load(str(tmp_path / "prompted"))
    expected = builtin.encode(["China Korea trade: sister cities"], query=True)
    assert prompted.encode(["sister cities"], query=True) == pytest.approx(expected, abs=1e-5)


def test_no_texts_give_no_vectors(builtin):
    assert builtin.encode([]).shape == (0, builtin.dimension)


def test_a_word_is_nearest_to_its_translation_in_the_sentence_that_has_it(builtin):
    words = SentenceWords.read([chinese for _, chinese in PAIRS], builtin.words)
    directions, lengths = words.query("university")
    nearest = words.nearest(directions, np.arange(len(PAIRS)))

    assert lengths.shape == (1,)
    assert nearest.shape == (1, len(PAIRS))
    assert int(np.argmax(nearest[0])) == 1
    assert 0.5 < nearest[0, 1] <= 1 + 1e-6


def test_sentences_without_words_are_near_to_nothing(builtin, tmp_path):
    words = SentenceWords.read(["", "大学", "。"], builtin.words)
    words.save(tmp_path / "words.npz")
    read = SentenceWords.load(tmp_path / "words.npz", builtin.words)
    directions, _ = read.query("university")

    assert (read.nearest(directions, np.arange(3)) == words.nearest(directions, np.arange(3))).all()
    assert (read.nearest(directions, np.array([0, 2])) == 0).all()
    assert read.nearest(read.query("")[0], np.arange(3)).shape == (0, 3)


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
    settings = Settings(seeds=sources, index=tmp_path / "index", model="builtin")
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


@pytest.mark.parametrize("name", ["sentence-transformers/all-MiniLM-L6-v2", "nobody/no-such-model", "no such model"])
def test_a_hub_model_that_is_not_here_is_an_error_in_one_line_and_opens_no_socket(calls, name):
    with pytest.raises(ModelUnavailable) as raised:
        SentenceTransformerEncoder.load(name)

    message = str(raised.value)
    assert repr(name) in message
    assert "QA_MODEL=builtin" in message
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
    with pytest.raises(ModelUnavailable, match=r"QA_MODEL=builtin"):
        SentenceTransformerEncoder.load(str(tmp_path))

    assert calls == []
