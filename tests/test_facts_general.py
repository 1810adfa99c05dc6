"""Facts of documents that no recipe and no name table was made for: questions of every kind, in Chinese and English."""

from pathlib import Path
from typing import NamedTuple

import pytest

from qa_assistant.assistant import Assistant
from qa_assistant.config import Settings

DOCUMENTS = Path(__file__).parent / "documents"
REPORT, BUDGET = "report.md", "budget.csv"


class Case(NamedTuple):
    """A question, what its answer has to say (`|` between ways to write the same) and must not, and the lines that
    have to be cited, each told by some of its text."""

    question: str
    says: tuple[str, ...]
    lines: tuple[str, ...] = ()
    says_not: tuple[str, ...] = ()


CITIES = ("Chengdu", "Hangzhou", "Kunming", "Xiamen", "Lanzhou", "Harbin", "Guilin", "Yantai")
LIBRARIES = tuple(f"| {city} | 20" for city in CITIES)
WORKSHOPS = tuple(f"| {number} | 20" for number in range(1, 9))

REPORT_EN = [
    # one cell
    Case("How many books does the library in Kunming have?", ("410",), ("| Kunming | 2016",)),
    Case("When did the Harbin library open?", ("2019",), ("| Harbin | 2019",)),
    Case("Who is the director of the library in Xiamen?", ("Chen Xia",), ("| Xiamen | 2017",)),
    Case("How much did the library in Lanzhou cost?", ("31.2",), ("| Lanzhou | 2018",)),
    Case("How many people visited the Guilin library in 2023?", ("275",), ("| Guilin | 2021",)),
    Case("What was the theme of the workshop in 2016?", ("Digital catalogues",), ("| 2 | 2016",)),
    Case("In which city was the fifth workshop held?", ("Harbin",), ("| 5 | 2019",)),
    Case("Where did the workshop on the care of old books take place?", ("Xiamen",), ("| 4 | 2018",)),
    # lists and years
    Case("Which cities have a library in the programme?", CITIES, LIBRARIES),
    Case(
        "Which libraries opened between 2016 and 2018?",
        ("Kunming", "Xiamen", "Lanzhou"),
        LIBRARIES[2:5],
        ("Harbin", "Hangzhou"),
    ),
    Case("Which libraries opened after 2018?", ("Harbin", "Guilin", "Yantai"), LIBRARIES[5:], ("Lanzhou",)),
    Case(
        "Which cities hosted workshops in 2021 and 2022?",
        ("Chengdu", "Hangzhou"),
        ("| 6 | 2021", "| 7 | 2022"),
        ("Yantai", "Harbin"),
    ),
    # count
    Case(
        "How many workshops took place in Chengdu?",
        ("2", "Reading aloud|2015", "Online lending|2021"),
        ("| 1 | 2015", "| 6 | 2021"),
    ),
    Case("How many libraries opened before 2018?", ("4",), LIBRARIES[:4], ("Lanzhou",)),
    # greatest and least
    Case("Which city had the most visitors in 2023?", ("Chengdu", "1,250"), ("| Chengdu | 2014",), ("Yantai",)),
    Case("Which library cost the least?", ("Guilin", "22.6"), ("| Guilin | 2021",)),
    Case("Which workshop had the fewest participants?", ("64",), ("| 1 | 2015",)),
    Case("Which library opened first?", ("Chengdu", "2014"), ("| Chengdu | 2014",), ("Hangzhou",)),
    # computed
    Case("How many people took part in all the workshops together?", ("826",), WORKSHOPS),
    Case("What was the average cost of the libraries?", ("53.33|53.3",), LIBRARIES),
    Case("What share of all visitors came to the library in Chengdu?", ("24.4",), ("| Chengdu | 2014",)),
    Case("How many more books does Chengdu have than Hangzhou?", ("180", "820", "640"), LIBRARIES[:2]),
    Case("How many visitors did Chengdu and Hangzhou have together?", ("2,230", "1,250", "980"), LIBRARIES[:2]),
    Case("Which has more books, Harbin or Kunming?", ("Harbin", "455", "410"), ("| Harbin | 2019", "| Kunming | 2016")),
    # rank
    Case("Which city ranks third by number of books?", ("Harbin", "455"), ("| Harbin | 2019",)),
    Case("What are the top three cities by visitors?", ("Chengdu", "Hangzhou", "Kunming"), LIBRARIES[:3], ("Xiamen",)),
    # the other way round
    Case("Which library is directed by Irina Sokolova?", ("Harbin",), ("| Harbin | 2019",)),
    # running text
    Case("How far did the mobile library travel in 2023?", ("18,500",), ("more than 18,500 km",)),
    Case("How many people did the programme employ at the end of 2023?", ("412",), ("employed 412 people",)),
    Case("How large was the grant for the programme?", ("36 million",), ("a grant of 36 million",)),
]
REPORT_ZH = [
    Case("昆明的图书馆有多少图书？", ("410",), ("| Kunming | 2016",)),
    Case("哈尔滨的图书馆是哪一年开放的？", ("2019",), ("| Harbin | 2019",)),
    Case("厦门图书馆的馆长是谁？", ("Chen Xia",), ("| Xiamen | 2017",)),
    Case("兰州图书馆的成本是多少？", ("31.2",), ("| Lanzhou | 2018",)),
    Case("哪座城市的图书馆图书最多？", ("成都|Chengdu", "820"), ("| Chengdu | 2014",)),
    Case("第五次研讨会在哪座城市举行？", ("哈尔滨|Harbin",), ("| 5 | 2019",)),
    Case("2016年研讨会的主题是什么？", ("Digital catalogues",), ("| 2 | 2016",)),
    Case("成都办过几次讲习班？", ("2",), ("| 1 | 2015", "| 6 | 2021")),
    Case("成都的图书比杭州多多少？", ("180",), LIBRARIES[:2]),
    Case(
        "2018年以后开放的图书馆有哪些城市？",
        ("哈尔滨|Harbin", "桂林|Guilin", "烟台|Yantai"),
        LIBRARIES[5:],
        ("昆明", "Kunming"),
    ),
]
BUDGET_ZH = [
    # one cell
    Case("2022年教师培训的预算是多少？", ("260",), ("教师培训",), ("248",)),
    Case("桥梁加固是哪个部门的项目？", ("交通局",), ("桥梁加固",)),
    Case("桥梁加固由谁负责？", ("钱磊",), ("桥梁加固",)),
    Case("乡村诊所实际支出多少万元？", ("498",), ("乡村诊所",)),
    # lists and years
    Case(
        "孙悦负责哪些项目？",
        ("古戏台修缮", "民歌采集", "露天影院"),
        ("古戏台修缮", "民歌采集", "露天影院"),
        ("急救设备",),
    ),
    Case(
        "2023年有哪些项目？",
        ("智慧课堂", "乡村诊所", "桥梁加固", "露天影院"),
        ("智慧课堂", "乡村诊所", "桥梁加固", "露天影院"),
        ("教师培训",),
    ),
    Case("卫生局2021年到2022年有哪些项目？", ("社区体检", "急救设备"), ("社区体检", "急救设备"), ("乡村诊所",)),
    # count
    Case("文化局有几个项目？", ("3",), ("古戏台修缮", "民歌采集", "露天影院")),
    Case("一共有多少个部门？", ("4", "教育局", "卫生局", "交通局", "文化局"), ("教育局", "卫生局", "交通局", "文化局")),
    # greatest and least
    Case("哪个项目的预算最多？", ("桥梁加固", "900"), ("桥梁加固",)),
    Case("支出最少的项目是哪个？", ("民歌采集", "66"), ("民歌采集",)),
    Case("2022年预算最多的项目是哪个？", ("自行车道", "410"), ("自行车道",), ("900",)),
    # computed
    Case("2023年的预算合计多少万元？", ("2110",), ("智慧课堂", "乡村诊所", "桥梁加固", "露天影院")),
    Case("交通局三年的预算一共是多少？", ("1950",), ("公交站台", "自行车道", "桥梁加固")),
    Case("卫生局平均每年的预算是多少？", ("390",), ("社区体检", "急救设备", "乡村诊所")),
    Case("桥梁加固的预算比智慧课堂多多少？", ("420", "900", "480"), ("桥梁加固", "智慧课堂")),
    Case("交通局的预算占全部预算的百分之几？", ("44.1",), ("公交站台", "自行车道", "桥梁加固")),
    Case("教育局和卫生局谁的预算更多？", ("卫生局", "1170", "860"), ("教师培训", "急救设备")),
    # rank
    Case("预算排第二的部门是哪个？", ("卫生局", "1170"), ("社区体检", "急救设备", "乡村诊所")),
    Case(
        "预算前三的项目有哪些？",
        ("桥梁加固", "公交站台", "乡村诊所"),
        ("桥梁加固", "公交站台", "乡村诊所"),
        ("智慧课堂",),
    ),
]
BUDGET_EN = [
    Case("Who is responsible for 乡村诊所?", ("何静",), ("乡村诊所",)),
    Case("Which project had the largest budget?", ("桥梁加固", "900"), ("桥梁加固",)),
    Case("How many projects were there in 2022?", ("4",), ("教师培训", "急救设备", "自行车道", "民歌采集")),
    Case("What was the total budget in 2021?", ("1,210|1210",), ("校园图书角", "社区体检", "公交站台", "古戏台修缮")),
    Case("What was the budget of 桥梁加固?", ("900",), ("桥梁加固",)),
]
ANSWERED = [*REPORT_EN, *REPORT_ZH, *BUDGET_ZH, *BUDGET_EN]
MISSING = [
    "How many books does the library in Shenzhen have?",
    "Which library opened in 2012?",
    "What was the theme of the twelfth workshop?",
    "What was the theme of the workshop in 2020?",
    "深圳的图书馆有多少册藏书？",
    "第十二次研讨会在哪里举行？",
    "农业局的预算是多少？",
    "2019年的预算合计多少万元？",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    """The assistant of the two documents."""
    folder = tmp_path_factory.mktemp("general")
    settings = Settings(seeds=DOCUMENTS, index=folder / "index")
    Assistant.build(settings)
    return Assistant.open(settings.index)


@pytest.mark.parametrize("case", ANSWERED, ids=[case.question for case in ANSWERED])
def test_the_answer_is_a_fact_that_says_what_the_table_says(assistant, case):
    answer = assistant.ask(case.question)

    said = answer.text
    assert answer.kind == "fact", said
    for ways in case.says:
        assert any(_says(said, way) for way in ways.split("|")), (ways, said)
    for wrong in case.says_not:
        assert wrong not in said


@pytest.mark.parametrize("case", ANSWERED, ids=[case.question for case in ANSWERED])
def test_the_answer_cites_every_row_it_is_made_of_word_for_word(assistant, case):
    answer = assistant.ask(case.question)

    cited = [citation.quote for citation in answer.citations]
    assert cited
    for quote in cited:
        assert assistant.document(quote.doc_id).text[quote.start : quote.end] == quote.text
    for line in case.lines:
        document, (start, end) = _line(assistant, line)
        assert any(quote.doc_id == document.doc_id and quote.start < end and start < quote.end for quote in cited), line


@pytest.mark.parametrize("question", MISSING)
def test_no_answer_where_the_table_has_no_such_row(assistant, question):
    answer = assistant.ask(question)

    assert answer.kind == "no_answer", answer.text
    assert answer.citations == answer.facts == ()


@pytest.mark.parametrize("case", [REPORT_EN[0], REPORT_ZH[0], BUDGET_ZH[0], BUDGET_EN[0]])
def test_an_answer_is_in_the_language_of_its_question(assistant, case):
    answer = assistant.ask(case.question)

    assert answer.language == ("en" if case.question.endswith("?") else "zh")


def _says(text, way):
    """Whether `way` stands in `text`, a number as a whole one."""
    place = text.find(way)
    while place >= 0:
        before, after = text[:place], text[place + len(way) :]
        inside = (way[0].isdigit() and before[-1:].isdigit()) or (way[-1].isdigit() and after[:1].isdigit())
        if not inside and not before.endswith("["):
            return True
        place = text.find(way, place + 1)
    return False


def _line(assistant, part):
    """The document that has `part`, and the range of its line."""
    document = next(one for one in assistant.index.documents.values() if part in one.text)
    place = document.text.index(part)
    start = document.text.rfind("\n", 0, place) + 1
    end = document.text.find("\n", place)
    return document, (start, len(document.text) if end < 0 else end)


@pytest.mark.parametrize(
    ("question", "right"),
    [("昆明的图书馆有多少册藏书？", "410"), ("成都办过几次研讨会？", "2"), ("兰州图书馆花费多少？", "31.2")],
)
def test_words_that_lead_to_no_column_are_not_answered_with_another(assistant, question, right):
    """The translation table knows no 研讨会 for "workshop", and no 藏书 for "books"."""
    answer = assistant.ask(question)

    assert answer.kind != "fact" or right in answer.text, answer.text
