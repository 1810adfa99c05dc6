"""Training of the embedding model: on a few lines, twice to the same bytes, into a folder that loads."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import normalizers

from qa_assistant.language import matching_key
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.lexical.transliteration import Transliteration, default_transliteration, write_counts
from qa_assistant.training import material
from qa_assistant.training.charsmap import folded_characters, precompiled
from qa_assistant.training.embedding import Plan
from qa_assistant.training.model import trained, write_model
from qa_assistant.training.transliteration import counts_of
from qa_assistant.training.vocabulary import WordCounter, choose

DATA = Path(__file__).parents[2] / "shared" / "data"
GROUPS = {
    "everyday": [
        ("The city is old.", "这座城市很古老。"),
        ("The teacher reads a book.", "老师在读书。"),
        ("The doctor drinks tea.", "医生在喝茶。"),
        ("Peace and trade.", "和平与贸易。"),
    ],
    "glosses": [("city", "城市"), ("teacher", "老师"), ("doctor", "医生"), ("trade", "贸易")],
}
PLAN = Plan(steps=30, batch=4, dimension=16, threads=1)


def make(folder, groups=GROUPS, plan=PLAN):
    counter = WordCounter()
    for pairs in groups.values():
        for first, second in pairs:
            counter.add(first, 1)
            counter.add(second, 1)
    table = TranslationTable.from_entries({"城市": (("citi", 1.0),)})
    write_model(*trained(groups, choose(counter.counts), table, plan, lambda text: None), folder)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_training_twice_gives_the_same_bytes_and_a_model_that_loads(tmp_path):
    assert make(tmp_path / "one") == make(tmp_path / "two")

    model = SentenceTransformer(str(tmp_path / "one"), device="cpu", local_files_only=True)
    english, chinese = model.encode(["city", "doctor"]), model.encode(["城市", "醫生"])
    assert np.argmax(english @ chinese.T, axis=1).tolist() == [0, 1]


def test_forms_of_a_word_share_a_vector(tmp_path):
    make(tmp_path / "one", {"everyday": [*GROUPS["everyday"], ("The cities trade.", "城市在贸易。")]})

    model = SentenceTransformer(str(tmp_path / "one"), device="cpu", local_files_only=True)
    one, several = model.encode(["city", "cities"])
    assert np.allclose(one, several)


def test_a_slice_of_the_data_can_be_trained_on(tmp_path):
    if not DATA.is_dir():
        pytest.skip(f"no training data at {DATA}")
    groups = {kind: pairs[:100] for kind, pairs in material.sentence_pairs(DATA).items()}

    assert make(tmp_path / "model", groups, Plan(steps=10, batch=32, dimension=16, threads=1))


@pytest.mark.parametrize("text", ["ＷＥＩＨＡＩ　２０１５", "體育與貿易", "Ünïversität ﬁne", "인천광역시", ""])
def test_the_normaliser_of_the_model_is_the_matching_key(text):
    normaliser = normalizers.Sequence([normalizers.NFC(), normalizers.Precompiled(precompiled(folded_characters()))])

    assert normaliser.normalize_str(text).split() == matching_key(text).split()


@pytest.mark.parametrize(("name", "pair"), [("Manning", "曼宁"), ("guru", "古鲁"), ("Matlin", "特林")])
def test_a_name_is_written_by_its_sound(name, pair):
    assert pair in dict(default_transliteration().pairs(name, 40))


@pytest.mark.parametrize("name", ["", "7", "威海", "x", "qqqqq"])
def test_what_is_no_name_is_written_in_few_ways_or_none(name):
    assert len(default_transliteration().pairs(name, 40)) <= 40


def test_letters_and_characters_that_go_together_are_learned(tmp_path):
    spellings = [("manning", "曼宁"), ("manny", "曼尼"), ("ning", "宁"), ("many", "曼尼")]
    write_counts(counts_of(spellings), tmp_path / "counts.npz")

    assert Transliteration.load(tmp_path / "counts.npz").pairs("manning", 1)[0][0] == "曼宁"
