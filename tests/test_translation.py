"""The translation table: what it knows, how it is stored, and that training is repeatable."""

from __future__ import annotations

import hashlib
import importlib
import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.lexical.tokens import words
from qa_assistant.lexical.translation import TranslationTable, default_table, korean_stem

corpora = importlib.import_module("qa_assistant.training.corpora")
training = importlib.import_module("qa_assistant.training.translation")

DATA = Path(__file__).parents[2] / "shared" / "data"
LARGEST = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def table():
    return TranslationTable.load()


def translations(table, text):
    return [word for unit in table.units(words(text)) for word, _ in table.translate(unit)]


@pytest.mark.parametrize(
    ("query", "chinese"),
    [
        ("university", "大学"),
        ("cooperation", "合作"),
        ("Weihai", "威海"),
        ("Incheon", "仁川"),
        ("Yancheng", "盐城"),
        ("Gyeonggi Province", "京畿道"),
        ("Gangwon", "江原道"),
        ("sister city", "姊妹"),
        ("South Jeolla", "全罗"),
        ("prime minister", "总理"),
    ],
)
def test_an_english_word_or_name_stands_for_its_chinese_one(table, query, chinese):
    assert chinese in translations(table, query)


@pytest.mark.parametrize(
    ("query", "english"),
    [("大学", "university"), ("合作", "cooperation"), ("威海", "Weihai"), ("貿易", "trade"), ("全罗南道", "Jeolla")],
)
def test_a_chinese_word_or_name_stands_for_its_english_one(table, query, english):
    assert words(english)[0] in translations(table, query)


@pytest.mark.parametrize(
    ("query", "chinese"),
    [
        ("도시는", "城市"),
        ("경제", "经济"),
        ("인천광역시와", "仁川"),
        ("산둥성", "山东省"),
        ("지방정부의", "地方"),
        ("교류를", "交流"),
    ],
)
def test_a_korean_word_with_its_endings_stands_for_the_chinese_one(table, query, chinese):
    assert chinese in translations(table, query)


def test_the_dictionary_does_not_drown_the_sentences(table):
    """In the first probe `university` meant 宇宙 only."""
    assert table.translate(words("university")[0])[0][0] == "大学"


@pytest.mark.parametrize("word", ["", "qqqqzzzz", "2019", "뷁뷁", "\n", "大学\n", "威"])
def test_any_word_has_translations_that_sum_to_at_most_one_or_none(table, word):
    assert sum(weight for _, weight in table.translate(word)) <= 1 + 1e-9


@pytest.mark.parametrize("word", ["", "qqqqzzzz", "2019", "\n"])
def test_an_unknown_word_has_no_translation(table, word):
    assert table.translate(word) == ()


def test_every_entry_sums_to_at_most_one_best_first_and_ties_by_word(table):
    for key in table.keys():  # noqa: SIM118  (the table is no mapping)
        found = table.translate(key)
        assert found
        assert sum(weight for _, weight in found) <= 1 + 1e-9
        assert list(found) == sorted(found, key=lambda item: (-item[1], item[0]))


def test_numbers_are_not_translated(table):
    assert not [key for key in table.keys() if re.search(r"(?:^| )[0-9]", key)]  # noqa: SIM118


def test_known_terms_of_several_words_are_taken_together(table):
    assert table.units(words("the prime minister of South Jeolla")) == ["prime minist", "south jeolla"]
    assert table.units(["qqqq", "zzzz"]) == ["qqqq", "zzzz"]
    assert table.units([]) == []


def test_the_shipped_table_stays_small_and_has_its_notice():
    folder = resources.files("qa_assistant.lexical")
    assert len(folder.joinpath("translation.npz").read_bytes()) <= LARGEST
    notice = folder.joinpath("translation.NOTICE.md").read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in notice
    for corpus in (*corpora.ENGLISH_CHINESE, *corpora.KOREAN_CHINESE, *corpora.ENGLISH_KOREAN):
        assert corpus.name in notice


@given(st.text())
def test_looking_up_never_fails(word):
    assert sum(weight for _, weight in default_table().translate(word)) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("word", "stem"), [("도시는", "도시"), ("도시", "도시"), ("지방정부의", "지방정부"), ("나는", "나는"), ("", "")]
)
def test_a_korean_stem_keeps_two_syllables(word, stem):
    assert korean_stem(word) == stem


def test_saving_and_loading_changes_nothing(tmp_path):
    made = TranslationTable.from_entries({"citi": (("城市", 0.7), ("市", 0.3)), "城市": (("citi", 1.0),), "empty": ()})
    made.save(tmp_path / "table.npz")
    read = TranslationTable.load(tmp_path / "table.npz")
    assert list(read.keys()) == list(made.keys()) == ["citi", "城市"]
    assert read.translate("citi") == made.translate("citi")
    assert [word for word, _ in read.translate("citi")] == ["城市", "市"]


def tiny_table():
    english = [
        ("the city trades", "城市 贸易"),
        ("a big city", "大 城市"),
        ("trade and peace", "贸易 和平"),
        ("big peace", "大 和平"),
    ]
    pairs = [corpora.Pair(corpora.learnable(one), corpora.learnable(other), 1.0) for one, other in english]
    korean = [corpora.Pair(corpora.learnable("도시는 무역"), corpora.learnable("城市 贸易"), 1.0)]
    pivot = [corpora.Pair(corpora.learnable("city"), corpora.learnable("도시"), 1.0)]
    glosses = [corpora.Gloss("大学", "university", False, 1.0), corpora.Gloss("总理", "prime minister", False, 1.0)]
    places = [corpora.PlaceName("Weihai", "威海"), corpora.PlaceName("웨이하이", "威海")]
    return training.table_from(pairs, korean, pivot, glosses, places)


def test_training_on_a_few_lines_finds_the_words_that_go_together():
    table = tiny_table()
    assert table.translate("citi")[0][0] == "城市"
    assert table.translate("城市")[0][0] == "citi"
    assert table.translate("도시를")[0][0] == "城市"
    assert table.translate("prime minist")[0][0] == "总理"
    assert table.translate("weihai") == table.translate("웨이하이")


def test_training_twice_gives_the_same_bytes(tmp_path):
    digests = set()
    for name in ("one.npz", "two.npz"):
        tiny_table().save(tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_sources_of_training_are_those_marked_for_shipping():
    named = {corpus.name for corpus in (*corpora.ENGLISH_CHINESE, *corpora.KOREAN_CHINESE, *corpora.ENGLISH_KOREAN)}
    if not DATA.is_dir():
        pytest.skip(f"no training data at {DATA}")
    assert {f"{name}.tsv.gz" for name in named} <= {path.name for path in (DATA / "train").iterdir()}


def test_dictionary_entries_are_read_with_their_readings():
    if not DATA.is_dir():
        pytest.skip(f"no training data at {DATA}")
    found = {gloss.english for gloss in corpora.glosses(DATA) if gloss.chinese == "京畿道"}
    assert found == {"Gyeonggi Province", "Jingjidao"}
