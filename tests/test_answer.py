"""Answers: quotes that fit the question, in the question's language, or a refusal."""

import pytest

from qa_assistant.assistant import Assistant
from qa_assistant.config import Settings

CHINESE = """# 渔港年鉴

石岛渔港位于荣成市南端。渔港于1978年动工，1983年投入使用。港内共有渔船1260艘。现任港长是孙立群。

钟楼高27米，由王秀兰设计。由于风暴频繁，防波堤在2004年加高。

# 茶园

龙井茶园占地90亩，每年四月采摘。茶农李春生说，去年产茶3吨。
"""
ENGLISH = """# The Shelter Bay Lighthouse

The lighthouse on Shelter Bay was built in 1894. The lighthouse stands 41 metres tall. Margaret Doyle designed the lamp.

The keeper's house burned down because of a lightning strike in 1931. The island has 212 inhabitants.

# The Bakery

The bakery sells rye bread on Fridays.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The assistant of a small corpus about things that no table of ours has ever seen."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "渔港.md").write_text(CHINESE, encoding="utf-8")
    (folder / "seeds" / "lighthouse.md").write_text(ENGLISH, encoding="utf-8")
    settings = Settings(seeds=folder / "seeds", index=folder / "index")
    Assistant.build(settings)
    return Assistant.open(settings.index)


QUESTIONS = [
    ("石岛渔港是哪一年动工的？", "渔港于1978年动工，1983年投入使用。"),
    ("石岛渔港什么时候投入使用？", "渔港于1978年动工，1983年投入使用。"),
    ("港内有多少艘渔船？", "港内共有渔船1260艘。"),
    ("现任港长是谁？", "现任港长是孙立群。"),
    ("钟楼有多高？", "钟楼高27米，由王秀兰设计。"),
    ("钟楼是谁设计的？", "钟楼高27米，由王秀兰设计。"),
    ("为什么加高防波堤？", "由于风暴频繁，防波堤在2004年加高。"),
    ("龙井茶园占地几亩？", "龙井茶园占地90亩，每年四月采摘。"),
    ("When was the lighthouse on Shelter Bay built?", "The lighthouse on Shelter Bay was built in 1894."),
    ("How tall is the lighthouse?", "The lighthouse stands 41 metres tall."),
    ("Who designed the lamp?", "Margaret Doyle designed the lamp."),
    ("How many inhabitants does the island have?", "The island has 212 inhabitants."),
    (
        "Why did the keeper's house burn down?",
        "The keeper's house burned down because of a lightning strike in 1931.",
    ),
    ("On which day does the bakery sell rye bread?", "The bakery sells rye bread on Fridays."),
]
ASKED_OF_SEEDS = [
    "仁川·威海馆是哪年建成的？",
    "威海和仁川各自在对方设立了什么馆？",
    "When was the Weihai pavilion in Incheon built?",
    "How many sister cities does Incheon have in China?",
]
OFF_TOPIC = [
    ("怎么做红烧肉？", "zh"),
    ("明天北京会下雨吗？", "zh"),
    ("光合作用的化学方程式是什么？", "zh"),
    ("How do I bake sourdough bread?", "en"),
    ("What is the boiling point of mercury?", "en"),
    ("Who painted the ceiling of the Sistine Chapel?", "en"),
]
REFUSALS = {"zh": "资料中没有找到", "en": "The sources do not answer", "ko": "자료에서"}


# the right sentence


@pytest.mark.parametrize(("question", "sentence"), QUESTIONS)
def test_the_sentence_that_answers_is_the_first_quote(small, question, sentence):
    answer = small.ask(question)

    assert answer.kind in ("fact", "passage")
    assert answer.citations[0].quote.text == sentence


@pytest.mark.parametrize(("question", "sentence"), QUESTIONS)
def test_quotes_stand_in_their_document_and_in_the_raw_file(small, question, sentence):
    raws = {"渔港.md": CHINESE, "lighthouse.md": ENGLISH}

    for citation in small.ask(question).citations:
        quote = citation.quote
        assert small.document(quote.doc_id).text[quote.start : quote.end] == quote.text
        pieces = "".join(raws[citation.source][start:end] for start, end in citation.raw_spans)
        assert "".join(pieces.split()) == "".join(quote.text.split())


def test_a_citation_names_title_file_and_headings(small):
    citation = small.ask("龙井茶园占地几亩？").citations[0]

    assert (citation.title, citation.source) == ("渔港年鉴", "渔港.md")
    assert citation.heading[-1] == "茶园"


@pytest.mark.parametrize(
    ("follow_up", "history", "said"),
    [
        ("它由谁设计？", ("钟楼高多少米？",), "由王秀兰设计"),
        ("那它占地多大？", ("龙井茶园在几月采摘？",), "占地90亩"),
        ("And who designed it?", ("Tell me about the lamp.",), "Margaret Doyle"),
        ("How about its height?", ("When was the lighthouse on Shelter Bay built?",), "Shelter Bay"),
    ],
)
def test_a_follow_up_finds_what_it_leans_on(small, follow_up, history, said):
    answer = small.ask(follow_up, history)

    assert answer.question == follow_up
    assert said in answer.citations[0].quote.text


def test_the_last_question_before_counts_most(small):
    answer = small.ask("它是哪年投入使用的？", ("龙井茶园占地几亩？", "石岛渔港位于哪里？"))

    assert "1983年投入使用" in answer.citations[0].quote.text


def test_a_question_that_stands_alone_is_answered_alike_with_history(small):
    question = "港内有多少艘渔船？"

    assert small.ask(question, ("钟楼有多高？",)) == small.ask(question)


# the form of an answer


@pytest.mark.parametrize("question", ASKED_OF_SEEDS)
def test_the_text_refers_to_every_quote_by_its_number_from_one_on(assistant, question):
    answer = assistant.ask(question)

    assert answer.kind != "no_answer"
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert f"[{citation.number}]" in answer.text
        assert answer.kind == "fact" or citation.quote.text in answer.text
        assert answer.kind == "fact" or citation.title in answer.text


@pytest.mark.parametrize("question", ASKED_OF_SEEDS)
def test_no_quote_is_shown_twice(assistant, question):
    places = [(one.quote.doc_id, one.quote.start) for one in assistant.ask(question).citations]

    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("question", "language", "opening"),
    [
        ("仁川·威海馆是哪年建成的？", "zh", "仁川·威海馆"),
        ("When was the Weihai pavilion in Incheon built?", "en", "Weihai Pavilion in Incheon"),
        ("地方政府的国际交流受到哪些因素影响？", "zh", ""),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(assistant, question, language, opening):
    answer = assistant.ask(question)

    assert answer.language == language
    assert answer.text.startswith(opening)


def test_a_korean_question_is_answered_in_korean(assistant):
    answer = assistant.ask("인천 웨이하이관은 언제 설립되었습니까?")

    assert answer.language == "ko"
    assert any("\uac00" <= char <= "\ud7a3" for char in answer.text)


def test_an_english_answer_says_that_its_quote_is_chinese(assistant):
    answer = assistant.ask(
        "What organisational set-up did Weihai create to run local economic cooperation under the China-Korea FTA?"
    )

    assert answer.kind == "passage"
    assert "(translated from Chinese):" in answer.text.splitlines()[0]


@pytest.mark.parametrize("question", [*ASKED_OF_SEEDS, *(question for question, _ in OFF_TOPIC), "", "长" * 10_000])
def test_every_answer_names_its_index_and_repeats_its_question(assistant, question):
    answer = assistant.ask(question)

    assert answer.index_id == assistant.index.index_id
    assert answer.question == question
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize("question", ASKED_OF_SEEDS)
def test_hits_are_ranked_from_one_and_hold_what_is_quoted(assistant, question):
    answer = assistant.ask(question)

    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    for citation in answer.citations:
        assert any(
            hit.passage.doc_id == citation.quote.doc_id
            and hit.passage.start <= citation.quote.start < citation.quote.end <= hit.passage.end
            for hit in answer.hits
        )


@pytest.mark.parametrize("question", [ASKED_OF_SEEDS[0], OFF_TOPIC[0][0]])
def test_the_same_question_gets_the_same_answer(assistant, seeds_index, question):
    assert Assistant.open(seeds_index).ask(question) == assistant.ask(question) == assistant.ask(question)


# refusals


@pytest.mark.parametrize(("question", "language"), OFF_TOPIC)
def test_no_answer_when_nothing_is_relevant(assistant, question, language):
    answer = assistant.ask(question)

    assert (answer.kind, answer.language) == ("no_answer", language)
    assert answer.text.startswith(REFUSALS[language])
    assert answer.citations == answer.facts == ()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("谁是月球上第一个宇航员？", "zh"),
        ("What is the capital of Brazil?", "en"),
        ("프랑스의 수도는 어디입니까?", "ko"),
    ],
)
def test_a_small_corpus_refuses_what_it_does_not_speak_of(small, question, language):
    answer = small.ask(question)

    assert (answer.kind, answer.language) == ("no_answer", language)
    assert answer.text.startswith(REFUSALS[language])


@pytest.mark.parametrize("question", ["", " ", "\n\t　"])
def test_an_empty_question_gets_an_answer_that_says_so(assistant, question):
    answer = assistant.ask(question)

    assert answer.kind == "no_answer"
    assert "空" in answer.text
    assert answer.confidence == 0
    assert answer.hits == ()


@pytest.mark.parametrize(
    ("question", "says"),
    [("仁川" * 5000, "太长"), ("Incheon? " * 1112, "too long"), ("인천은 " * 2500, "너무 깁니다")],
)
def test_a_question_of_ten_thousand_characters_gets_an_answer_that_says_so(assistant, question, says):
    answer = assistant.ask(question)

    assert len(question) >= 10_000
    assert answer.kind == "no_answer"
    assert says in answer.text
    assert str(len(question)) in answer.text.replace(",", "")
    assert len(answer.text) < 200


@pytest.mark.parametrize("question", ["？", "...", "的", "the", "12345", "😀", "\x00", "a" * 2000])
def test_questions_that_say_nothing_are_refused(assistant, question):
    assert assistant.ask(question).kind == "no_answer"
