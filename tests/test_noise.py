"""Questions with misspelt names and words, other writings and talk around them: read as meant, or left alone."""

from __future__ import annotations

import importlib
import time
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qa_assistant.language import matching_key
from qa_assistant.lexical.translation import default_table
from qa_assistant.names.edits import Spellings, distance, is_slip, one_edit
from qa_assistant.names.likeness import alike, one_part_apart
from qa_assistant.names.near import SHORTEST
from qa_assistant.names.short_forms import PLACE_KINDS
from qa_assistant.question.colloquial import plain
from qa_assistant.question.spelling import Corrector

MISSPELT_NAMES = [
    ("仁川在中国有哪些姊妹城市？", "任川在中国有哪些姊妹城市？", "（“任川”按“仁川”理解。）"),
    ("京畿道和中国一共交流了多少次？", "京几道和中国一共交流了多少次？", "（“京几道”按“京畿道”理解。）"),
    ("烟台的产业园2018年引进了几个韩资项目？", "烟抬的产业园2018年引进了几个韩资项目？", "（“烟抬”按“烟台”理解。）"),
    ("威海馆是哪年成立的？", "维海馆是哪年成立的？", "（“维海馆”按“威海馆”理解。）"),
    ("釜山和哪个城市是姊妹城市？", "斧山和哪个城市是姊妹城市？", "（“斧山”按“釜山”理解。）"),
    ("忠清南道的交流次数是多少？", "中清南道的交流次数是多少？", "（“中清南道”按“忠清南道”理解。）"),
    ("庆尚北道跟河南省哪年结的对？", "庆上北道跟河南省哪年结的对？", "（“庆上北道”按“庆尚北道”理解。）"),
    ("张家界的NEAR全会有多少人参加？", "张家届的NEAR全会有多少人参加？", "（“张家届”按“张家界”理解。）"),
    ("江原道的行政交流有几次？", "江源道的行政交流有几次？", "（“江源道”按“江原道”理解。）"),
    ("王晓天什么时候获得仁川市长奖？", "王小天什么时候获得仁川市长奖？", "（“王小天”按“王晓天”理解。）"),
    (
        "How many exchanges has Gyeonggi had with China?",
        "How many exchanges has Gyeongi had with China?",
        "(Read “Gyeongi” as Gyeonggi.)",
    ),
    (
        "When did Busan become a sister city of Shanghai?",
        "When did Busann become a sister city of Shangai?",
        "(Read “Busann” as Busan.)\n(Read “Shangai” as Shanghai.)",
    ),
    (
        "What is the total area of Saemangeum?",
        "What is the total area of Saemanguem?",
        "(Read “Saemanguem” as Saemangeum.)",
    ),
    (
        "How many administrative exchanges has Gangwon had?",
        "How many administrative exchanges has Gangwno had?",
        "(Read “Gangwno” as Gangwon.)",
    ),
    ("When was the Weihai Pavilion set up?", "When was the Weihia Pavilion set up?", "(Read “Weihia” as Weihai.)"),
    (
        "인천의 중국 자매도시는 어디인가요?",
        "인쳔의 중국 자매도시는 어디인가요?",
        "(‘인쳔’: ‘인천’(으)로 이해했습니다.)",
    ),
    (
        "경기도와 중국의 교류는 몇 회인가요?",
        "경가도와 중국의 교류는 몇 회인가요?",
        "(‘경가도’: ‘경기도’(으)로 이해했습니다.)",
    ),
    (
        "새만금의 총면적은 얼마인가요?",
        "새만굼의 총면적은 얼마인가요?",
        "(‘새만굼’: ‘새만금’(으)로 이해했습니다.)",
    ),
    (
        "전라북도의 중국 우호 지역은 어디인가요?",
        "전라븍도의 중국 우호 지역은 어디인가요?",
        "(‘전라븍도’: ‘전라북도’(으)로 이해했습니다.)",
    ),
]

SAME = [
    # English words
    ("How many administrative exchanges has Gyeonggi had?", "How meny administrative exhanges has Gyeonggi had?"),
    ("When was the Weihai Pavilion set up?", "when was the weihai pavillion set up"),
    ("Which friendship cities does Busan have in China?", "Which freindship cities does Busan have in China?"),
    (
        "What was the theme of the second governors' conference?",
        "What was the theme of the second govenors' conference?",
    ),
    ("How many member governments does NEAR have?", "How many memeber goverments does NEAR have?"),
    (
        "What percentage of Weihai's foreign-funded companies are Korean?",
        "What percentge of Weihai's foreign-funded compnaies are Korean?",
    ),
    ("Which province has the most exchanges with China?", "Which provnice has the most exchnages with China?"),
    ("When was UCLG founded?", "Whne was UCLG fuonded?"),
    (
        "How many times did Japan host the trilateral local government conference?",
        "How many tiems did Japan host the trilatral local goverment confrence?",
    ),
    ("柳道机械的总经理是谁？", "柳道机戒的总经理是谁？"),
    # Width, traditional and Japanese characters, numerals
    ("京畿道和中国一共交流了多少次？", "京畿道和中國一共交流了多少次？"),
    ("2018年的省长知事会议在哪里开的？", "２０１８年的省長知事會議在哪裏開的？"),
    ("2018年的省长知事会议在哪里开的？", "二〇一八年的省长知事会议在哪里开的？"),
    ("2018年的省长知事会议在哪里开的？", "二○一八年的省长知事会议在哪里开的？"),
    ("NEAR第12次全体会议是在哪个城市举行的？", "ＮＥＡＲ第１２次全體會議是在哪個城市舉行的？"),
    ("NEAR第12次全体会议有多少人参加？", "near第十二次全體會議有多少人參加"),
    ("哪些市道的交流超过1000次？", "哪些市道的交流超过一千次？"),
    ("2003年结为友好城市的有哪些？", "两千零三年结为友好城市的有哪些？"),
    ("第三届中日韩地方政府会议在哪里召开？", "第叁届中日韩地方政府会议在哪里召开？"),
    ("济州道和黑龙江省哪年结成友好关系？", "済州道と黒竜江省哪年结成友好关系？"),
    ("釜山的行政交流有多少次？", "釜山広域市的行政交流有多少次？"),
    # Two languages, other romanisations
    ("釜山有哪些友好城市？", "Busan市有哪些友好城市？"),
    ("NEAR有多少会员？", "NEAR有多少member？"),
    ("仁川和威海的地方经济合作工作会议开了几次？", "Incheon和Weihai的地方经济合作工作会议开了几次？"),
    ("京畿道和中国一共交流了多少次？", "경기도和中国一共交流了多少次？"),
    ("京畿道和中国一共交流了多少次？", "Kyonggi-do和中国一共交流了多少次？"),
    ("京畿道和中国一共交流了多少次？", "Gyeongi-do和中国一共exhange了多少次？"),
    # Marks, blanks, talk around the question
    ("京畿道和中国一共交流了多少次？", "京 畿 道 和 中 国 一 共 交 流 了 多 少 次"),
    ("京畿道和中国一共交流了多少次？", "京畿道和中国一共交流了多少次？？？"),
    ("京畿道和中国一共交流了多少次？", "麻烦帮我查一下，京畿道和中国一共交流了多少次呀😊？多谢啦"),
    ("威海馆是哪年成立的？", "您好！打扰了，能不能告诉我威海馆是哪年成立的？万分感谢🙏"),
    ("威海馆是哪年成立的？", "威海馆 是 哪 年 成立 的 ？"),
    (
        "How many exchanges has Gyeonggi had with China?",
        "hi there, quick question: how many exchanges has gyeonggi had with china? thx",
    ),
    ("How many exchanges has Gyeonggi had with China?", "HOW MANY EXHANGES HAS GYEONGGI HAD WITH CHINA??"),
    ("When was UCLG founded?", "Hello! Could you please tell me when UCLG was founded? Thanks a lot!! 😀"),
    ("釜山有哪些友好城市？", "釜山有那些友好城市？"),
    # Korean as it is spoken
    ("경기도와 중국의 교류는 몇 회인가요?", "혹시 경기도와 중국의 교류가 몇 회인지 알려주실 수 있나요?"),
    ("경기도와 중국의 교류는 몇 회인가요?", "안녕하세요, 경기도랑 중국 교류 몇 번이에요? 감사합니다"),
    ("인천의 중국 자매도시는 어디인가요?", "인천광역시는 중국의 어느 도시들과 자매결연을 맺고 있습니까"),
    ("새만금의 총면적은 얼마인가요?", "새만금총면적얼마?"),
    ("NEAR의 회원은 몇 개인가요?", "NEAR 회원 몇 개임?"),
    ("행정 교류가 가장 많은 시도는 어디인가요?", "행정교류가 젤 많은 시도가 어딘가요?"),
    ("2018년 지사성장회의는 어디에서 열렸나요?", "2018년 지사성장회의 어디서 열렸어요?"),
]

LEFT_ALONE = [
    "全罗西道和中国的交流有多少次？",
    "中美韩地方政府会议在哪里召开？",
    "第四次中韩产业园合作协调机制会议在哪里开的？",
    "扩大联系的城市有哪些？",
    "吉州和哪些城市结了友好关系？",
    "王沈是什么时候来威海的？",
    "长鳍金枪鱼产在哪里？",
    "他们在城市之间的合作是什么时候开始的？",
    "昆川市有多少姊妹城市？",
    "What did Damian and Carnot say about the conference?",
    "How many sister cities does Bursa have?",
    "Is the American scholar Duchacek mentioned?",
    "What are the complaints of residents in later years?",
    "Who complains across the border?",
    "What does Yong-ho think about it?",
    "Are the figures compliant with the adapted rules?",
    "The Los Angeles Angels are from which sport?",
    "Is NEAR near?",
    "How many exchanges has Gyeongsangnuk-do had?",
    "When did Hanan become a partner?",
    "How many exchanges has Idcheon had?",
    "한 남성이 어디에 갔나요?",
    "부상을 당한 선수는 몇 명인가요?",
    "경기 또는 대회는 어디에서 열렸나요?",
    "C♯和Gtk♯是什么？",
    "《停止！！ 云雀》是谁的作品？",
    "https://example.org/exhanges 里写了什么？",
]


@pytest.fixture(scope="module")
def corrector(assistant):
    index = assistant.index
    return Corrector(index.names, index.collection.passage_counts, index.facts, default_table())


def told(answer):
    """What an answer tells: its kind and facts, and where it has none, the first place that it quotes."""
    facts = sorted((fact.subject, fact.predicate, str(fact.value)) for fact in answer.facts)
    quotes = [(one.quote.doc_id, one.quote.start) for one in answer.citations[:1]]
    return answer.kind, facts or quotes


@pytest.mark.parametrize(("clean", "noisy", "line"), MISSPELT_NAMES)
def test_a_misspelt_name_is_read_as_it_is_meant_and_the_answer_says_so(assistant, clean, noisy, line):
    meant, answer = assistant.ask(clean), assistant.ask(noisy)

    assert meant.kind == "fact"
    assert told(answer) == told(meant)
    assert answer.text.startswith(line + "\n")
    assert answer.question == noisy
    assert not meant.text.startswith(("（“", "(Read", "(‘"))


@pytest.mark.parametrize(("clean", "noisy"), SAME)
def test_noise_does_not_change_the_answer(assistant, clean, noisy):
    meant, answer = assistant.ask(clean), assistant.ask(noisy)

    assert meant.kind == "fact"
    assert told(answer) == told(meant)


@pytest.mark.parametrize("question", LEFT_ALONE)
def test_what_may_be_right_is_left_alone(corrector, question):
    assert corrector.read(question).text == question


@pytest.mark.parametrize(
    "question",
    [
        "昆川市在中国有哪些姊妹城市？",
        "How many exchanges has Bursa had with China?",
        "부천시와 중국의 교류는 몇 회인가요?",
    ],
)
def test_a_question_about_another_name_does_not_get_the_facts_of_a_like_one(assistant, question):
    answer = assistant.ask(question)

    assert "按“" not in answer.text
    assert "(Read" not in answer.text
    assert "이해했습니다" not in answer.text


def test_names_that_do_not_occur_in_the_sources_are_no_candidates(assistant_once):
    """Kaohsiung is in the package's names, but not in these sources."""
    texts = {"a.txt": "Incheon has had 479 exchanges with Weihai since 1992."}
    index = assistant_once(texts).index
    corrector = Corrector(index.names, index.collection.passage_counts, index.facts, default_table())

    assert corrector.read("How many exchanges has Inchoen had?").text == "How many exchanges has Incheon had?"
    assert corrector.read("How many exchanges has Kaohsiugn had?").text == "How many exchanges has Kaohsiugn had?"


def test_an_earlier_question_is_read_as_it_is_meant_too(assistant):
    meant = assistant.ask("那釜山呢？", history=["仁川在中国有哪些姊妹城市？"])

    assert told(assistant.ask("那釜山呢？", history=["你好！任川在中国有哪些姊妹城市？？"])) == told(meant)


def test_a_question_of_nothing_but_greetings_keeps_them(corrector):
    assert corrector.read("谢谢").text == "谢谢"
    assert plain("Thanks!") == "Thanks!"


def test_characters_of_japan_and_rare_variants_have_simplified_keys():
    assert matching_key("済州 広東 黒竜江 長崎県 総会 囯 臺灣 裏 裡") == "济州 广东 黑龙江 长崎县 总会 国 台湾 里 里"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("任", "仁", True), ("崇", "重", True), ("斧", "釜", True), ("大", "海", False), ("鳍", "川", False)],
)
def test_characters_are_alike_in_sound_or_looks(one, other, expected):
    assert alike(one, other) is expected


def test_korean_syllables_one_part_apart():
    assert one_part_apart("쳔", "천", confused=True)
    assert not one_part_apart("찬", "천", confused=True)
    assert one_part_apart("찬", "천", confused=False)
    assert one_part_apart("처", "천", confused=False)
    assert not one_part_apart("산", "천", confused=False)


def test_readings_are_made_again_to_the_same_bytes(tmp_path):
    readings = importlib.import_module("qa_assistant.training.readings")
    shipped = importlib.import_module("qa_assistant.names").__path__[0]
    readings.main(["--out", str(tmp_path / "readings.tsv")])

    assert (tmp_path / "readings.tsv").read_bytes() == (Path(shipped) / "readings.tsv").read_bytes()


PIECES = st.sampled_from("你好 京 几 道 Gyeongi exhanges 😀 ?? 谢谢 壹 第 叁 届 인쳔 의 ' - .".split())
LETTERS = st.text(ascii_lowercase, min_size=1, max_size=14)


@given(LETTERS, LETTERS)
def test_one_edit_is_a_distance_of_one(one, other):
    assert (other in set(one_edit(one)) and other != one) == (distance(one, other) == 1)
    assert distance(one, other) == distance(other, one)


@given(LETTERS.filter(lambda word: len(word) > 8), st.data())
def test_spellings_are_found_from_one_edit_away(word, data):
    written = data.draw(st.sampled_from(sorted(set(one_edit(word)) - {word})))

    assert word in Spellings([word], long=9).near(written)
    assert is_slip(word, word)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_an_edit_of_a_name_gives_the_same_thing_or_none_never_another(assistant, corrector, data):
    names = assistant.index.names
    entities = [one for one in names.entities if one.entity_id in names.given or one.kind in PLACE_KINDS]
    entity = data.draw(st.sampled_from(entities))
    single = [name for name in entity.en if name.isascii() and name.isalpha() and len(name) > 5 and not name.isupper()]
    assume(single)
    name = data.draw(st.sampled_from(single))
    meant = names.borne(name.lower())
    assume(meant and meant[0].entity_id == entity.entity_id)
    written = data.draw(st.sampled_from(sorted(set(one_edit(name.lower())) - {name.lower()}))).capitalize()
    assume(written not in names)

    read = corrector.read(f"How many exchanges has {written} had with China?")

    for one in read.names:
        assert names.lookup(one.name)[0].entity_id == entity.entity_id, (name, written, one)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=60) | st.lists(PIECES).map(" ".join))
def test_any_string_gets_an_answer(assistant, question):
    answer = assistant.ask(question)

    assert answer.question == question
    assert answer.text


def test_reading_takes_no_time(assistant, corrector):
    questions = [noisy for _, noisy, _ in MISSPELT_NAMES] + [pair[side] for pair in SAME for side in (0, 1)]
    for question in questions:
        corrector._read(question)
    times = []
    for question in questions:
        started = time.thread_time()
        corrector._read(question)
        times.append(time.thread_time() - started)

    assert sorted(times)[len(times) // 2] < 0.002


def test_shortest_names_have_five_letters():
    assert SHORTEST == 5
