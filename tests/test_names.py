"""Names of entities in three languages: what is found in a text, what is not, and what files of names may say."""

from __future__ import annotations

import gzip
import importlib
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_assistant.errors import InputError
from qa_assistant.names import Names
from qa_assistant.names.keys import TextKey, name_key
from qa_assistant.names.short_forms import short_chinese, short_english, short_korean

places = importlib.import_module("qa_assistant.training.places")
countries = importlib.import_module("qa_assistant.training.countries")
spellings = importlib.import_module("qa_assistant.training.spellings")

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
PACKAGE = ROOT / "src" / "qa_assistant" / "names"
DATA = ROOT.parent / "shared" / "data"
GOLD = ROOT / "eval" / "gold.jsonl"
HEADER = "kind\tzh\ten\tko\n"


@pytest.fixture(scope="module")
def package_names():
    return Names.load()


@pytest.fixture(scope="module")
def seed_names():
    return Names.load([SEEDS / "names.tsv"])


@pytest.fixture
def names_of(tmp_path):
    """Makes Names of the package and of files whose lines are given."""

    def make(*files):
        paths = []
        for number, lines in enumerate(files):
            path = tmp_path / f"names{number}.tsv"
            path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
            paths.append(path)
        return Names.load(paths)

    return make


def found(names, text):
    """What is found in `text`: the characters, and the id of the best candidate."""
    return [(text[mention.start : mention.end], mention.entities[0].entity_id) for mention in names.find(text)]


# Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("山东省和山东有什么不同？", [("山东省", "province:山东省"), ("山东", "province:山东省")]),
        ("臺灣與首爾", [("臺灣", "province:台湾省"), ("首爾", "region:首尔市")]),
        ("內蒙古的盟", [("內蒙古", "province:内蒙古自治区")]),
        ("中\n\n国 的内 蒙 古", [("中\n\n国", "country:中国"), ("内 蒙 古", "province:内蒙古自治区")]),
        ("What is Jeollabuk-do?", [("Jeollabuk-do", "region:全罗北道")]),
        ("jeollabukdo, Jeolla Bukdo", [("jeollabukdo", "region:全罗北道"), ("Jeolla Bukdo", "region:全罗北道")]),
        ("North Jeolla’s ties", [("North Jeolla", "region:全罗北道")]),
        ("Incheon's mayor", [("Incheon", "region:仁川市")]),
        ("China-Korea talks", [("China", "country:中国"), ("Korea", "country:韩国")]),
        ("Weihai–Incheon", [("Weihai", "city:威海市"), ("Incheon", "region:仁川市")]),
        ("ＳＨＡＮＤＯＮＧ", [("ＳＨＡＮＤＯＮＧ", "province:山东省")]),
        ("Urumqi, Ürümqi", [("Urumqi", "city:乌鲁木齐市"), ("Ürümqi", "city:乌鲁木齐市")]),
        ("인천의 자매도시", [("인천", "region:仁川市")]),
        ("산둥성에서 전라북도까지", [("산둥성", "province:山东省"), ("전라북도", "region:全罗北道")]),
        ("한국과 중국은", [("한국", "country:韩国"), ("중국", "country:中国")]),
        ("Nagasaki Prefecture", [("Nagasaki Prefecture", "prefecture:长崎县")]),
        ("USA and us", [("USA", "country:美国")]),
    ],
)
def test_a_name_is_found_in_any_language_and_spelling(package_names, text, expected):
    assert found(package_names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Chinatown",
        "a Koreanist",
        "发展中国家",
        "其中国际会议最多",
        "7月27日 本版导读",
        "完全北方的",
        "对인천한",
        "북인천",
        "협력을 위해 노력",
        "데이터가 저장되는 위치",
        "React이란",
        "she tried to ride to dalian".replace("dalian", "town"),
        "What is near us?",
        "and some more words of the same date",
        "沿海城市",
    ],
)
def test_what_only_looks_like_a_name_is_not_found(seed_names, text):
    assert found(seed_names, text) == []


def test_the_longest_name_wins(seed_names):
    text = "威海和仁川·威海馆、中韩地方政府交流研讨会、延边朝鲜族自治州"

    assert found(seed_names, text) == [
        ("威海", "city:威海市"),
        ("仁川·威海馆", "pavilion:仁川·威海馆"),
        ("中韩地方政府交流研讨会", "mechanism:中韩地方政府交流研讨会"),
        ("延边朝鲜族自治州", "territory:延边朝鲜族自治州"),
    ]


def test_an_abbreviation_is_found_in_capitals_only_unless_it_is_written_otherwise(seed_names):
    assert found(seed_names, "Is NEAR near Uclg?") == [
        ("NEAR", "organisation:东北亚区域自治团体联合会"),
        ("Uclg", "organisation:世界城市和地方政府联盟"),
    ]


def test_offsets_hold_behind_composed_and_folded_characters(package_names):
    text = "Ｓe\u0301 ㈱ 首\u3000尔市 \u1112\u1161\u11ab\u1100\u116e\u11a8"

    assert [text[mention.start : mention.end] for mention in package_names.find(text)] == [
        "首\u3000尔市",
        "\u1112\u1161\u11ab\u1100\u116e\u11a8",
    ]


def test_finding_and_loading_take_no_time(seed_names):
    started = time.perf_counter()
    for _ in range(50):
        seed_names.find("仁川在中国有哪几个姊妹城市（不算一般友好城市）？Which sister cities does Busan have in China?")
    assert (time.perf_counter() - started) / 50 < 0.005

    started = time.perf_counter()
    Names.load()
    assert time.perf_counter() - started < 1


FRAGMENTS = st.sampled_from(
    "山东 山东省 中国 中 国 仁川 ·威海 馆 海 Jeju Jeju-do Jeolla buk do 's Xi'an xi an Korea South 인천 의 경기도 도"
    " NEAR near ( ) ， _ |".replace("_", "\n").split(" ")
).map(lambda fragment: " " if fragment == "|" else fragment)


@given(st.lists(FRAGMENTS | st.text(max_size=3), max_size=12).map("".join))
def test_mentions_lie_in_the_text_in_order_apart_and_spell_a_name_of_each_of_their_entities(text):
    names = all_names()
    end = 0
    for mention in names.find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        key = name_key(text[mention.start : mention.end])
        assert mention.entities
        for entity in mention.entities:
            assert key in {name_key(name) for name in entity.names}
            assert entity in names.lookup(text[mention.start : mention.end])


@given(st.text())
def test_the_key_of_a_text_is_the_key_of_its_names(text):
    key = TextKey.of(text)

    assert key.key == name_key(text)
    assert len(key.starts) == len(key.joined) == len(key.key)
    assert key.starts == sorted(key.starts)


_loaded: list[Names] = []


def all_names():
    if not _loaded:
        _loaded.append(Names.load([SEEDS / "names.tsv"]))
    return _loaded[0]


# Looking up


def test_lookup_takes_the_whole_string_or_nothing(package_names):
    assert [entity.entity_id for entity in package_names.lookup("jeollabukdo")] == ["region:全罗北道"]
    assert package_names.lookup("Jeollabuk-do province of Korea") == ()
    assert package_names.lookup("") == ()


def test_a_label_that_is_for_lookup_only_is_not_found_in_a_text(seed_names):
    assert [entity.entity_id for entity in seed_names.lookup("其他")] == ["field:其他"]
    assert found(seed_names, "其他城市") == []


def test_a_province_comes_before_the_city_of_the_same_name(package_names):
    for name in ("吉林", "Jilin", "지린"):
        assert [entity.entity_id for entity in package_names.lookup(name)] == ["province:吉林省", "city:吉林市"]


def test_shared_names_have_all_their_bearers(package_names):
    assert {entity.entity_id for entity in package_names.lookup("산시성")} == {"province:山西省", "province:陕西省"}
    assert [entity.entity_id for entity in package_names.lookup("济州市")] == ["region:济州道", "city:济州市"]


def test_an_entity_shows_its_first_name_in_a_language_or_else_the_first_there_is(names_of):
    names = names_of(["person\t王晓天|王曉天\tWang Xiaotian\t", "team\t\tReds\t"])

    person, team = names.entity("person:王晓天"), names.entity("team:Reds")
    assert [person.name(language) for language in ("zh", "en", "ko")] == ["王晓天", "Wang Xiaotian", "王晓天"]
    assert [team.name(language) for language in ("zh", "en", "ko")] == ["Reds"] * 3
    assert person.names == ("王晓天", "王曉天", "Wang Xiaotian")


def test_an_unknown_entity_is_an_error_that_names_it(package_names):
    with pytest.raises(InputError, match="city:亚特兰蒂斯"):
        package_names.entity("city:亚特兰蒂斯")


def test_there_are_34_provinces_17_regions_and_47_prefectures_with_names_in_three_languages():
    tables = importlib.import_module("qa_assistant.names.tables")
    rows = tables.read(PACKAGE / "regions.tsv")
    kinds = [row.kind for row in rows]

    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"province": 34, "region": 17, "prefecture": 47}
    assert all(all(row.written) for row in rows)


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Cholla-bukdo", "region:全罗北道"),
        ("Ch'ungch'ong-namdo", "region:忠清南道"),
        ("Pusan", "region:釜山市"),
        ("Cheju", "region:济州道"),
        ("Kangwon", "region:江原道"),
        ("Gyeonggi Province", "region:京畿道"),
        ("全北特别自治道", "region:全罗北道"),
        ("首尔特别市", "region:首尔市"),
        ("汉城", "region:首尔市"),
        ("Xizang", "province:西藏自治区"),
        ("Shaanxi", "province:陕西省"),
        ("南韩", "country:韩国"),
        ("ROK", "country:韩国"),
        ("俄国", "country:俄罗斯"),
        ("Yosu", "city:丽水市"),
        ("平泽", "city:平泽市"),
        ("Hohhot", "city:呼和浩特市"),
        ("하얼빈", "city:哈尔滨市"),
        ("北九州", "city:北九州市"),
    ],
)
def test_the_package_knows(package_names, name, entity_id):
    assert package_names.lookup(name)[0].entity_id == entity_id


# Short forms


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("山东省", "山东"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("延边朝鲜族自治州", "延边"),
        ("仁川广域市", "仁川"),
        ("江原特别自治道", "江原"),
        ("贵安新区", "贵安"),
        ("南区", None),
        ("北海道", None),
        ("山东", None),
    ],
)
def test_short_chinese_names_keep_two_characters(name, short):
    assert short_chinese(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Shandong Province", "Shandong"),
        ("Incheon Metropolitan City", "Incheon"),
        ("Jeollabuk-do", "Jeollabuk"),
        ("Goyang-si", "Goyang"),
        ("Nagasaki Prefecture", "Nagasaki"),
        ("North Jeolla", None),
        ("Central District", None),
        ("Nam-gu", None),
    ],
)
def test_short_english_names_are_no_mere_direction_and_not_too_short(name, short):
    assert short_english(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("산둥성", "산둥"),
        ("인천광역시", "인천"),
        ("전라북도", "전라북"),
        ("웨이하이 시", "웨이하이"),
        ("홋카이도", None),
        ("중도", None),
    ],
)
def test_short_korean_names_keep_two_syllables(name, short):
    assert short_korean(name) == short


def test_only_places_have_short_forms(names_of):
    names = names_of(["field\t自贸区\tFree City\t", "city\t威北市\tWeibei City\t웨이베이시"])

    assert names.lookup("自贸") == ()
    assert names.entity("city:威北市").names == ("威北市", "威北", "Weibei City", "Weibei", "웨이베이시", "웨이베이")


# Files of names


def test_lines_of_one_entity_in_several_files_merge_and_the_later_file_comes_first(names_of):
    names = names_of(
        ["city\t新城市|旧名市\tOldtown\t"], ["city\t新城市\tNewtown\t신도시", "province\t吉林省\tKirin Land\t"]
    )

    assert names.entity("city:新城市").en[:2] == ("Newtown", "Oldtown")
    assert names.entity("city:新城市").zh[:2] == ("新城市", "旧名市")
    assert names.entity("province:吉林省").name("en") == "Kirin Land"
    assert names.entity("province:吉林省").name("ko") == "지린성"


def test_a_given_file_comes_before_the_package_and_a_later_one_before_an_earlier(names_of):
    names = names_of(["team\t威海\t\t"], ["club\t威海\t\t"])

    assert [entity.entity_id for entity in names.lookup("威海")] == ["club:威海", "team:威海", "city:威海市"]


def test_a_given_file_can_keep_a_name_from_being_found(names_of):
    names = names_of(["word\t大连\tDalian\t"])

    assert found(names, "大连和Dalian、大连市") == [("大连市", "city:大连市")]


def test_ordinary_words_outrank_short_forms_but_not_written_names(names_of):
    assert found(names_of(["word\t\tSpring\t", "city\t\tSpring City\t"]), "Spring in Spring City") == [
        ("Spring City", "city:Spring City")
    ]
    assert found(names_of(["word\t\tSpring\t"], ["city\t\tSpring\t"]), "Spring") == [("Spring", "city:Spring")]


def test_comments_and_empty_lines_and_a_mark_at_the_start_of_the_file_are_skipped(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_text(f"\ufeff# Names\n\n{HEADER}# more\nteam\t红队|赤队\t\t\n\n", encoding="utf-8")

    assert Names.load([path]).lookup("赤队")[0].entity_id == "team:红队"


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("", 1, "header"),
        ("city\t威海\t\t\n", 1, "header"),
        (f"{HEADER}city\t威海\n", 2, "2 fields, not 4"),
        (f"{HEADER}# x\n\t威海\t\t\n", 3, "field 'kind'"),
        (f"{HEADER}a:b\t威海\t\t\n", 2, "field 'kind'"),
        (f"{HEADER}city\t\t\t\n", 2, "no name in any of the fields"),
        (f"{HEADER}city\t威海|\t\t\n", 2, "field 'zh'"),
        (f"{HEADER}city\t威海\tA||B\t\n", 2, "field 'en'"),
        (f"{HEADER}city\t威海\t\t=\n", 2, "field 'ko'"),
        (f"{HEADER}city\t威海\t-\t\n", 2, "field 'en'"),
        (f"{HEADER}city\t威海\t\t\ncity\t威海\tWeihai\t\n", 3, "stands in line 2 already"),
    ],
)
def test_a_wrong_line_is_an_error_that_names_file_line_and_field(tmp_path, content, line, problem):
    path = tmp_path / "wrong.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=re.escape(f"wrong.tsv, line {line}")) as error:
        Names.load([path])
    assert problem in str(error.value)


def test_a_file_that_is_missing_or_no_utf_8_is_an_error_that_names_it(tmp_path):
    with pytest.raises(InputError, match=r"missing\.tsv"):
        Names.load([tmp_path / "missing.tsv"])
    path = tmp_path / "gbk.tsv"
    path.write_bytes(HEADER.encode() + "city\t威海\t\t\n".encode("gbk"))
    with pytest.raises(InputError, match=r"gbk\.tsv, line 2"):
        Names.load([path])


# The two sources and the questions about them


def test_every_line_of_the_seeds_names_finds_itself(seed_names):
    tables = importlib.import_module("qa_assistant.names.tables")
    for row in tables.read(SEEDS / "names.tsv"):
        if row.kind == tables.WORD:
            continue
        for name in (name for column in row.written for name in column if name not in row.lookup_only):
            mentions = seed_names.find(name)
            assert [(mention.start, mention.end) for mention in mentions] == [(0, len(name))], name
            assert row.entity_id in {entity.entity_id for entity in mentions[0].entities}, name


def test_the_cities_of_the_sources_have_one_meaning(seed_names):
    cities = "威海 烟台 青岛 盐城 惠州 大连 丹东 哈尔滨 广州 长治 武汉 沈阳 温州 洛阳 泉州 长春 无锡 成都 开封 义乌"
    for name in cities.split():
        assert [entity.entity_id for entity in seed_names.lookup(name)] == [f"city:{name}市"]
        assert [entity.entity_id for entity in seed_names.lookup(f"{name}市")] == [f"city:{name}市"]


def test_the_questions_of_the_gold_set_name_what_they_ask_about(seed_names):
    questions = {
        line["question_id"]: line["question"] for line in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    }

    assert found(seed_names, questions["zh-001"]) == [
        ("双城双馆", "mechanism:双城双馆"),
        ("威海", "city:威海市"),
        ("仁川", "region:仁川市"),
    ]
    assert found(seed_names, questions["en-038"]) == [
        ("NEAR", "organisation:东北亚区域自治团体联合会"),
        ("Irkutsk", "territory:伊尔库茨克州"),
    ]
    assert found(seed_names, questions["zh-023"]) == []


def test_names_in_questions_are_linked_to_what_is_meant(seed_names, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "eval"))
    linking = importlib.import_module("linking")

    score = linking.measure(linking.read_annotations(ROOT / "eval" / "linking.jsonl"), seed_names)["all"]

    assert score.questions == 455
    assert score.precision >= 0.965, score.wrong
    assert score.recall >= 0.965, score.wrong


# How the package's lists are made


def test_chinese_names_are_told_by_their_readings():
    others = [("宁海", "ning hai"), ("城海", "cheng hai")] * 5
    names = ("万宁市", "万宁", "万城", "wan ning shi", "wan ning", "wan cheng")
    readings = spellings.Readings.learned([names, *others])

    assert readings.spell("万宁", "Wanning")
    assert readings.spell("万宁", "Wanning Shi")
    assert not readings.spell("万城", "Wanning")


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [
        ("전주", "Jeonju"),
        ("강릉", "Gangneung"),
        ("목포", "Mokpo"),
        ("신리", "Silli"),
        ("속리", "Songni"),
        ("석우", "Seogu"),
    ],
)
def test_korean_names_are_romanised_by_their_sound(hangul, latin):
    assert spellings.romanised(hangul) == latin


@pytest.mark.skipif(not DATA.exists(), reason="the data for training are not here")
def test_the_lists_are_made_again_to_the_same_bytes(tmp_path):
    places.main(["--data", str(DATA), "--out", str(tmp_path / "places.tsv.gz")])
    countries.main(["--data", str(DATA), "--out", str(tmp_path / "countries.tsv")])

    assert (tmp_path / "countries.tsv").read_bytes() == (PACKAGE / "countries.tsv").read_bytes()
    made, shipped = (path / "places.tsv.gz" for path in (tmp_path, PACKAGE))
    # The packing may differ with the version of zlib, the names may not.
    assert gzip.decompress(made.read_bytes()) == gzip.decompress(shipped.read_bytes())
    assert shipped.stat().st_size < 300_000
