"""Times of facts on this machine: reading a question and looking up, with many facts.

Usage: python eval/facts_benchmark.py [--rounds 3] [--kinds] [--profile]

Tables of invented institutions in real cities, half in Chinese and half in English, are written as CSV, read like any
source, and stored: 20 relations of 1,250 rows and 4 columns, then one of 25,000 rows; 100,000 facts each. Questions
of all kinds are made from the rows with a fixed seed, asked once to warm up and then `rounds` times, one after the
other in one process. Printed are the 50th and 95th percentiles in milliseconds: of reading the question (its parts
and its readings), of looking up the best reading, and of both.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from qa_assistant.facts import FactStore, extract_facts, write_facts
from qa_assistant.facts.lookup import look_up
from qa_assistant.lexical.translation import default_table
from qa_assistant.metrics import percentile
from qa_assistant.names import Names
from qa_assistant.question.asked import take_apart
from qa_assistant.question.readings import read_question
from qa_assistant.sources import parse_document

# What a table is about and its column of numbers with the unit, in Chinese and English.
THEMES = [
    ("大桥", "Bridges", "长度", "Length", "米", "metres"),
    ("博物馆", "Museums", "藏品", "Exhibits", "件", "pieces"),
    ("学校", "Schools", "学生", "Pupils", "人", "people"),
    ("医院", "Hospitals", "床位", "Beds", "张", "beds"),
    ("工厂", "Factories", "产量", "Output", "吨", "tonnes"),
    ("公园", "Parks", "面积", "Area", "公顷", "hectares"),
    ("水库", "Reservoirs", "库容", "Capacity", "万立方米", "megalitres"),
    ("酒店", "Hotels", "客房", "Rooms", "间", "rooms"),
    ("剧院", "Theatres", "座位", "Seats", "个", "seats"),
    ("图书馆", "Libraries", "藏书", "Books", "册", "volumes"),
]
FIRST_ZH = "青白金玉清明永长新东南北云海龙凤春秋松竹兰梅石泉安和瑞丰盛天星月虹翠"
SECOND_ZH = "山水湖江河云风林园华光泉谷峰岭洲溪潭原川台桥门塔"
FIRST_EN = "Maple Oak Cedar Silver Golden Stone River Lake Hill Sunny Green Blue Red White Old New North South".split()
SECOND_EN = "Grove Park Valley Field Bridge Gate Point View Side Crest Harbour Meadow Spring Brook Ridge Wood".split()
KINDS = ("cell", "place", "list", "count", "most", "sum", "years", "compare", "missing")

Row = tuple[str, str, int, int]


@dataclass
class Times:
    """Milliseconds of each call, by the kind of its question."""

    read: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    looked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def institutions(theme: tuple[str, ...], chinese: bool, count: int, cities: list[str], rng: random.Random) -> list[Row]:
    """Name, city, year and number of `count` institutions; no name twice."""
    rows: dict[str, Row] = {}
    while len(rows) < count:
        if chinese:
            name = rng.choice(FIRST_ZH) + rng.choice(SECOND_ZH) + rng.choice(FIRST_ZH) + theme[0]
        else:
            name = f"{rng.choice(FIRST_EN)} {rng.choice(SECOND_EN)} {rng.choice(FIRST_EN)} {theme[1].rstrip('s')}"
        rows[name] = (name, rng.choice(cities), rng.randint(1950, 2023), rng.randint(10, 99_999))
    return list(rows.values())


def as_csv(theme: tuple[str, ...], chinese: bool, rows: list[Row]) -> str:
    """The rows under their header."""
    header = f"名称,城市,建成年份,{theme[2]}（{theme[4]}）" if chinese else f"Name,City,Opened,{theme[3]} ({theme[5]})"
    return "\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n"


def questions(
    theme: tuple[str, ...], chinese: bool, rows: list[Row], each: int, rng: random.Random
) -> list[tuple[str, str]]:
    """`each` questions of every kind, with their kinds."""
    found: list[tuple[str, str]] = []
    for _ in range(each):
        name, city, year, _number = rng.choice(rows)
        other = rng.choice(rows)[0]
        thing, measure = (theme[0], theme[2]) if chinese else (theme[1].lower(), theme[3].lower())
        texts = (
            (
                f"{name}的{measure}是多少？",
                f"{name}在哪座城市？",
                f"{city}有哪些{thing}？",
                f"{city}有多少座{thing}？",
                f"{thing}的{measure}最多的是哪座城市？",
                f"{city}的{thing}的{measure}合计多少？",
                f"{year}年到{year + 2}年建成的{thing}有哪些？",
                f"{name}的{measure}比{other}多多少？",
                f"平壤有哪些{thing}？",
            )
            if chinese
            else (
                f"What is the {measure} of {name}?",
                f"In which city is {name}?",
                f"Which {thing} are in {city}?",
                f"How many {thing} are in {city}?",
                f"Which city has the most {measure} in its {thing}?",
                f"What is the total {measure} of the {thing} in {city}?",
                f"Which {thing} opened between {year} and {year + 2}?",
                f"How much more {measure} does {name} have than {other}?",
                f"Which {thing} are in Pyongyang?",
            )
        )
        found += zip(KINDS, texts, strict=True)
    return found


def measure(store: FactStore, names: Names, asked: list[tuple[str, str]], rounds: int) -> tuple[Times, int]:
    """The times of all questions in all rounds, and how many questions have a reading."""
    table = default_table()
    times, readable = Times(), 0
    for number in range(rounds + 1):
        readable = 0
        for kind, question in asked:
            started = time.perf_counter()
            readings = read_question(take_apart(question, names), store, table)
            read = time.perf_counter()
            if readings:
                look_up(store, readings[0])
            looked = time.perf_counter()
            readable += bool(readings)
            if number:
                times.read[kind].append((read - started) * 1000)
                times.looked[kind].append((looked - read) * 1000)
    return times, readable


def line(label: str, values: list[float]) -> str:
    """A line with both percentiles."""
    return f"{label:<28}{percentile(values, 0.5):8.2f} / {percentile(values, 0.95):.2f} ms"


def make_store(path: Path, relations: int, rows_each: int, names: Names) -> tuple[int, list[tuple[str, str]]]:
    """Write the facts of invented tables to `path`; how many there are, and the questions with their kinds."""
    rng = random.Random(20)  # noqa: S311 - invented tables
    cities = {
        chinese: sorted({found.name("zh" if chinese else "en") for city in CITIES for found in names.lookup(city)[:1]})
        for chinese in (True, False)
    }
    documents, asked = [], []
    for number in range(relations):
        theme, chinese = THEMES[number // 2 % len(THEMES)], number % 2 == 0
        rows = institutions(theme, chinese, rows_each, cities[chinese], rng)
        source = f"{theme[0]}.csv" if chinese else f"{theme[1].lower()}.csv"
        documents.append(parse_document(as_csv(theme, chinese, rows), source.removesuffix(".csv"), source))
        asked += questions(theme, chinese, rows, max(3, 60 // relations), rng)
    facts = extract_facts(documents, {}, names, default_table())
    return write_facts(path, facts.tables, facts.statements, names), asked


def run(label: str, relations: int, rows_each: int, arguments: argparse.Namespace, names: Names) -> None:
    """Make the store, measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.sqlite"
        started = time.perf_counter()
        count, asked = make_store(path, relations, rows_each, names)
        print(f"\n{label}: {count} facts, {path.stat().st_size / 2**20:.0f} MiB, {len(asked)} questions")
        print(f"{'extract and write':<28}{time.perf_counter() - started:8.2f} s")
        store = FactStore(path)
        profiler = cProfile.Profile()
        if arguments.profile:
            profiler.enable()
        times, readable = measure(store, names, asked, arguments.rounds)
        if arguments.profile:
            profiler.disable()
            pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
    print(f"{'questions with a reading':<28}{readable:8d}")
    every_read = [value for kind in KINDS for value in times.read[kind]]
    every_look = [value for kind in KINDS for value in times.looked[kind]]
    both = [read + looked for read, looked in zip(every_read, every_look, strict=True)]
    print(line("read       p50 / p95", every_read))
    print(line("look up    p50 / p95", every_look))
    print(line("both       p50 / p95", both))
    for kind in KINDS if arguments.kinds else ():
        print(line(f"  {kind:<9} read", times.read[kind]))
        print(line(f"  {kind:<9} look up", times.looked[kind]))


CITIES = (
    "上海 北京 广州 深圳 杭州 南京 成都 重庆 武汉 西安 青岛 大连 厦门 宁波 长沙 郑州 济南 合肥 福州 昆明 南昌 哈尔滨"
    " 长春 沈阳 太原 兰州 贵阳 南宁 海口 石家庄 无锡 温州 烟台 威海 珠海 桂林 洛阳 开封 扬州 绍兴"
).split()


def main() -> None:
    """Measure both ways and print."""
    parser = argparse.ArgumentParser(description="Times of reading questions and looking up, with many facts.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", action="store_true", help="also by kind of question")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    arguments = parser.parse_args()
    print(f"python {sys.version.split()[0]}, {os.cpu_count()} cores")
    names = Names.load()
    run("20 relations of 1,250 rows", 20, 1_250, arguments, names)
    run("1 relation of 25,000 rows", 1, 25_000, arguments, names)


if __name__ == "__main__":
    main()
