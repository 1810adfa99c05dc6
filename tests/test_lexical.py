"""Index terms, their counts, and BM25 over words and translations."""

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_assistant.errors import IndexCorrupt
from qa_assistant.lexical.counts import PASSAGES, TermCounts
from qa_assistant.lexical.query import query_units
from qa_assistant.lexical.tokens import terms, words
from qa_assistant.lexical.translation import default_table

TEXTS = [
    "从1992年全罗南道木浦市和中国连云港市结成第一对姊妹城市",
    "京畿道为1445次、首尔特别市为917次，行政交流最为活跃，行政交流占一半。",
    "Sister cities of the two countries have developed rapidly.",
    "仁川·威海馆累计举办320余场经贸交流活动",
    "Exchanges between local governments, local governments and cities.",
]
POOL = "威海仁川交流合作城市政府 abc local city 1992 ，。"


def own(text):
    return [((term, 1.0),) for term in dict.fromkeys(terms(text))]


def test_chinese_is_cut_into_words_and_bigrams():
    assert words("姊妹城市") == ["姊妹", "城市"]
    assert terms("姊妹城市") == ["姊妹", "城市", "_姊妹", "_妹城", "_城市"]


def test_english_is_stemmed_and_its_grammar_left_out():
    assert words("the cities’ exchanges and the city's exchange") == ["citi", "exchang", "citi", "exchang"]


def test_latin_and_chinese_side_by_side_are_cut_apart():
    assert words("NFL的球队") == ["nfl", "的", "球队"]


def test_numbers_stay_whole_and_lose_their_thousands_commas():
    assert words("共1,445次，占22.15%") == ["共", "1445", "次", "占", "22.15"]


def test_traditional_characters_and_full_width_letters_meet_their_plain_forms():
    assert terms("姊妹關係 ＦＴＡ") == terms("姊妹关系 FTA")


def test_korean_words_are_found_inside_longer_ones():
    assert set(terms("경기도는")) & set(terms("경기도")) == {"_경기", "_기도"}


def test_scores_for_single_terms_equal_those_of_bm25s():
    counts = TermCounts.count(TEXTS)
    peer = bm25s.BM25(method="lucene", k1=PASSAGES.k1, b=PASSAGES.b)
    peer.index([terms(text) for text in TEXTS], show_progress=False)
    for query in ("姊妹城市", "行政交流", "local governments and cities", "威海馆活动1992"):
        units = own(query)
        theirs = peer.get_scores([term for ((term, _),) in units])

        assert counts.scores(units, counts.rarities(units)) == pytest.approx(theirs, abs=1e-5)


def test_a_unit_of_several_terms_counts_them_together_once():
    counts = TermCounts.count(["甲乙 戊己", "丙丁 戊己", "甲乙 丙丁"])
    both = ((("_甲乙", 1.0), ("_丙丁", 0.5)),)
    scores = counts.scores(both, np.ones(1))

    assert scores[2] > scores[0] > scores[1] > 0
    assert counts.rarities(both)[0] < counts.rarities(((("_甲乙", 1.0),),))[0]


def test_unknown_terms_score_nothing_and_are_the_rarest():
    counts = TermCounts.count(TEXTS)
    units = own("zzz")

    assert not counts.scores(units, counts.rarities(units)).any()
    assert counts.rarities(units)[0] > counts.rarities(own("交流"))[0]
    assert not counts.known(units).any()


@given(st.lists(st.text(alphabet=POOL, max_size=30), max_size=8), st.text(alphabet=POOL, max_size=12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_counts_can_be_saved_and_read_again(tmp_path_factory, texts, query):
    path = tmp_path_factory.mktemp("counts") / "counts.npz"
    counts = TermCounts.count(texts)
    counts.save(path)
    again = TermCounts.load(path)
    units = own(query)

    assert len(again) == len(texts)
    assert np.array_equal(again.scores(units, again.rarities(units)), counts.scores(units, counts.rarities(units)))


def test_a_damaged_file_of_counts_names_itself_and_the_remedy(tmp_path):
    path = tmp_path / "counts.npz"
    path.write_bytes(b"no counts")

    with pytest.raises(IndexCorrupt, match=r"counts\.npz.*qa-assistant build"):
        TermCounts.load(path)


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("Which cities are sister cities of Incheon?", "_仁川"),
        ("Weihai pavilion", "_威海"),
        ("경기도와 중국의 교류", "_中国"),
        ("姊妹城市", "citi"),
    ],
)
def test_a_question_knows_how_it_is_said_in_another_language(question, term):
    units = query_units(question, default_table()).translated

    assert any(term == other for unit in units for other, _ in unit)


def test_names_in_capitals_are_not_translated():
    units = query_units("When was NEAR founded?", default_table()).translated

    assert (("near", 1.0),) in units


def test_the_words_that_only_ask_are_not_looked_for():
    units = query_units("请问威海馆是什么时候成立的？", default_table()).own

    assert not {"什么", "时候", "请问"} & {term for unit in units for term, _ in unit}


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is the Victorian capital?", "维多利亚"),
        ("Where are the Canarian islands?", "加那利"),
    ],
)
def test_a_word_that_no_translation_is_known_of_is_looked_for_by_the_word_it_is_derived_from(question, term):
    units = query_units(question, default_table(), wide=True).translated

    assert any(term in other for unit in units for other, _ in unit)


def test_a_word_with_translations_of_its_own_is_not_taken_apart():
    (unit,) = query_units("partnership", default_table(), wide=True).translated

    assert dict(unit).keys() <= dict(default_table().translate("partnership", 16)).keys() | {"partnership"} | {
        mark + word for word, _ in default_table().translate("partnership", 16) for mark in ("_", ".")
    }


@pytest.mark.parametrize("question", ["Which U.S. court said so?", "Which US court said so?"])
def test_initials_with_points_and_without_are_one_name_in_chinese(question):
    units = query_units(question, default_table(), wide=True).translated

    assert (("_美国", 1.0),) in units
    assert not {"u", "s"} & {term for unit in units for term, _ in unit}


def test_the_plural_of_a_number_is_the_number():
    units = query_units("Who fled in the 1700s?", default_table(), wide=True).translated

    assert (("1700", 1.0),) in units
    assert "s" not in {term for unit in units for term, _ in unit}


def test_a_pronoun_is_no_country():
    units = query_units("WHO TOLD US ABOUT THE CITY?", default_table(), wide=True).translated

    assert "_美国" not in {term for unit in units for term, _ in unit}
