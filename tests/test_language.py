"""Language, sentences and matching keys, in Chinese, English and Korean."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_assistant.language import (
    clause_spans,
    compact_key,
    detect_language,
    key_with_offsets,
    matching_key,
    sentence_spans,
    stripped,
)

QUESTIONS = {
    "中韩建交是哪一年？": "zh",
    "韩国仁川市在威海设立了什么？": "zh",
    "請問仁川館在哪裡？": "zh",
    "UCLG是什么？": "zh",
    "NEAR有多少会员？": "zh",
    "OEAED (东亚经济交流促进机构) 有几个会员城市？": "zh",
    "“transborder regional paradiplomacy”是什么意思？": "zh",
    "FTA 签署时间": "zh",
    "《오양호》是谁的文章？": "zh",
    "2019": "zh",
    "": "zh",
    "What is the FTA?": "en",
    "How many cities does 威海 work with?": "en",
    "Which of 山东省, 辽宁省, 吉林省 has the most friendly cities?": "en",
    "Who is 王晓天?": "en",
    "When was 仁川·威海馆 established?": "en",
    "Tell me about 仁川": "en",
    "Is 인천 a friendly city of Weihai, and since when?": "en",
    "UCLG members": "en",
    "중한 자매도시는 몇 개인가?": "ko",
    "威海馆은 언제 설립되었나요?": "ko",
    "인천 IFEZ 대표는 누구입니까?": "ko",
    "한국과 중국의 FTA는 언제 체결되었습니까?": "ko",
    "“中韩交流的平台”은 무엇을 뜻합니까?": "ko",
}


@pytest.mark.parametrize(("question", "language"), QUESTIONS.items(), ids=[f"{v}: {k}" for k, v in QUESTIONS.items()])
def test_the_language_of_a_question_is_that_of_its_words(question: str, language: str) -> None:
    assert detect_language(question) == language


# Keys


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＦＴＡ", "fta"),
        ("UCLG", "uclg"),
        ("中國學 第69輯", "中国学 第69辑"),
        ("中韓自貿協定", "中韩自贸协定"),
        ("１９９２年", "1992年"),
        ("（仁川）", "(仁川)"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("①", "1"),
        ("e\u0301", "é"),
        ("한국", unicodedata.normalize("NFC", "한국")),
        ("", ""),
    ],
)
def test_texts_that_differ_in_width_case_or_script_have_one_key(text: str, key: str) -> None:
    assert matching_key(text) == key
    assert compact_key(text) == "".join(key.split())
    assert matching_key(key) == key


@pytest.mark.parametrize(
    ("text", "key", "offsets"),
    [
        ("威海 馆", "威海馆", [0, 1, 3]),
        ("Ｗｅｉ　海", "wei海", [0, 1, 2, 4]),
        ("ﬁn", "fin", [0, 0, 1]),
        ("½ 年", "1⁄2年", [0, 0, 0, 2]),
        ("cafe\u0301s", "cafés", [0, 1, 2, 3, 5]),
        ("\u1112\u1161\u11ab국", "한국", [0, 3]),
        (" \n\t", "", []),
    ],
)
def test_a_key_leads_back_to_its_places_in_the_text(text: str, key: str, offsets: list[int]) -> None:
    assert key_with_offsets(text) == (key, offsets)


def test_a_quote_is_found_through_its_key() -> None:
    text = "首届会议以“迎接中韩ＦＴＡ时代”为\n主题。"
    key, offsets = key_with_offsets(text)
    start = key.index(compact_key("中韓fta時代”為主題"))
    end = start + len(compact_key("中韓fta時代”為主題"))
    assert text[offsets[start] : offsets[end - 1] + 1] == "中韩ＦＴＡ时代”为\n主题"


TEXTS = st.text(
    st.sampled_from("中韩國韓學 地方ＦＡ１aBz ß\n\t\u3000。！？；;.!?”\"）)…'“")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)
LETTERS = st.text(st.sampled_from("中韩國韓ＦＡaBzéÅß한국각ガ１ \n"), max_size=20)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS)
def test_every_character_of_a_key_has_a_place_in_order(text: str) -> None:
    key, offsets = key_with_offsets(text)
    assert len(key) == len(offsets)
    assert all(before <= after for before, after in pairwise(offsets))
    assert all(0 <= offset < len(text) for offset in offsets)
    assert not any(char.isspace() for char in key)
    if unicodedata.is_normalized("NFC", text):
        folded = "".join(matching_key(text[offset]) for offset in dict.fromkeys(offsets))
        assert "".join(folded.split()) == key


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=LETTERS, form=st.sampled_from(["NFC", "NFD"]))
def test_the_key_of_a_text_does_not_depend_on_how_its_characters_are_composed(text: str, form: str) -> None:
    other = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert matching_key(other) == matching_key(text)
    assert compact_key(other) == compact_key(text) == "".join(matching_key(text).split())


# Sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["威海位于黄海之滨。", "仁川在对岸。"],
        ["占54.1%。", "投资4.3亿美元，每届2.29亿。"],
        ["为什么？！", "因为近。"],
        ["他说：“很好。”", "然后走了。"],
        ["（见第二章。）", "此后不再赘述。"],
        ["“‘双城双馆’是窗口。”", "“也是枢纽！”", "他说。"],
        ["双边合作……", "多边合作。"],
        ["参见p.24，网址为www.gaok.or.kr，很有用。", "第二句。"],
        ["第一段。\n\n", "第二段\n", "第三段"],
        ["第一句。\u3000", "第二句。"],
        ["分为双边；多边两种。", "没有句号"],
        ["A is 3.5 km away. ", "B is far."],
        ["Dr. Kim came. ", "He left."],
        ["He came. ", "Dr. Kim left."],
        ["Mr. Lee of Hyundai Ltd. signed on p. 12. ", "It held."],
        ["See e.g. the U.S. port. ", "It is big."],
        ["They traded, i.e. sold. ", "Kim et al. wrote it."],
        ['He said "Go." ', "Then he left."],
        ["It grew (by half.) ", "Then it fell."],
        ["Why? ", "Because!  ", "Yes."],
        ["See www.example.org for more. ", "Then go."],
        ["Wait... ", "what?"],
        ["在1992年。", "It was 1992. ", "又一年。"],
        [],
    ],
    ids=lambda parts: parts[0].strip() if parts else "nothing",
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


def test_a_long_sentence_is_cut_again_after_its_semicolons() -> None:
    text = "釜山市为行政（307/452）、经济；大邱侧重于行政；光州市为人员交流。短句；不切。"
    cut = [text[start:end] for start, end in clause_spans(text, longest=20)]
    assert cut == ["釜山市为行政（307/452）、经济；", "大邱侧重于行政；", "光州市为人员交流。", "短句；不切。"]
    assert [text[start:end] for start, end in clause_spans(text)] == sentences(text)
    english = "Busan trades most; Daegu less. It grew."
    assert [english[a:b] for a, b in clause_spans(english, 15)] == ["Busan trades most; ", "Daegu less. ", "It grew."]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=TEXTS, longest=st.integers(0, 40))
def test_sentences_and_clauses_touch_and_are_the_text_when_joined(text: str, longest: int) -> None:
    whole = sentence_spans(text)
    clauses = clause_spans(text, longest)
    for spans in (whole, clauses):
        assert all(start < end for start, end in spans)
        assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
        assert "".join(text[start:end] for start, end in spans) == text
    assert {end for _, end in whole} <= {end for _, end in clauses}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=TEXTS, data=st.data())
def test_a_stripped_span_is_its_text_without_white_space_at_the_ends(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = stripped(text, (start, end))
    assert start <= left <= right <= end
    assert text[left:right] == text[start:end].strip()
