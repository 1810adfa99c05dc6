"""Times on this machine: build, open, warm questions, retrieval, and memory.

Usage: python eval/benchmark.py [--seeds seeds] [--gold eval/gold.jsonl] [--rounds 5]

The index is made in a temporary folder from nothing. Every gold question is asked once to warm up and then
`rounds` times; the 50th and 95th percentiles are of all those calls, in milliseconds, in one process.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qa_assistant import Assistant, Settings
from qa_assistant.evaluate import read_gold
from qa_assistant.metrics import percentile


def times(call: Callable[[str], object], questions: list[str], rounds: int) -> list[float]:
    """Milliseconds of each call."""
    for question in questions:
        call(question)
    found: list[float] = []
    for _ in range(rounds):
        for question in questions:
            started = time.perf_counter()
            call(question)
            found.append((time.perf_counter() - started) * 1000)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Times of build, open, ask and retrieve.")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"))
    parser.add_argument("--gold", type=Path, default=Path("eval/gold.jsonl"))
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    questions = [question.question for question in read_gold(arguments.gold)[0]]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(seeds=arguments.seeds, index=Path(folder) / "index")
        started = time.perf_counter()
        made = Assistant.build(settings).manifest
        built = time.perf_counter()
        assistant = Assistant.open(settings.index)
        opened = time.perf_counter()
        asked = times(assistant.ask, questions, arguments.rounds)
        retrieved = times(assistant.retrieve, questions, arguments.rounds)
    print(
        f"python {sys.version.split()[0]}, {os.cpu_count()} cores, {made.passages} passages, {len(questions)} questions"
    )
    print(f"build from nothing    {built - started:8.2f} s   (first import of the model library included)")
    print(f"open                  {opened - built:8.2f} s")
    print(f"ask       p50 / p95   {percentile(asked, 0.5):8.2f} / {percentile(asked, 0.95):.2f} ms")
    print(f"retrieve  p50 / p95   {percentile(retrieved, 0.5):8.2f} / {percentile(retrieved, 0.95):.2f} ms")
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
