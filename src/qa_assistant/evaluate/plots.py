"""The plots of a report as SVG that stands in the page: text stays text, in the page's own fonts and languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import StringIO
from typing import Any, Final

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from qa_assistant.records import EvalReport, FigureGroup, QuestionResult

LABELS: Final = {
    "answered right": "答对的比例",
    "share of all questions answered": "作答的问题占比",
    "share of them wrong": "其中答错的占比",
    "milliseconds a question": "每题毫秒数",
    "questions": "问题数",
    "all": "全部",
    "zh": "中文",
    "en": "英文",
    "ko": "韩文",
    "fact": "事实",
    "passage": "段落",
    "no_answer": "拒答",
    "median": "中位数",
    "95 %": "95 %",
}
"""What stands in the plots, in English and in Chinese."""

_SPELLED: Final = {"no_answer": "no answer", "zh": "Chinese", "en": "English", "ko": "Korean"}

_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "qa-assistant",  # Ids that are the same each time.
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#8a94a3",
    "axes.labelcolor": "#3b4654",
    "xtick.color": "#3b4654",
    "ytick.color": "#3b4654",
    "text.color": "#3b4654",
}
_INK: Final = "#1f5fa8"
_PALE: Final = "#c9dcf2"


def accuracy_plot(groups: Sequence[FigureGroup]) -> str:
    """The share answered right, of all and by language and kind, with intervals."""
    shown = [group for group in groups if group.by != "document" and "answer_accuracy" in group.figures]
    figures = [group.figures["answer_accuracy"] for group in shown]
    with matplotlib.rc_context(_STYLE):
        canvas, axes = _canvas()
        places = np.arange(len(shown))[::-1]
        axes.barh(places, [figure.value for figure in figures], color=_PALE, height=0.62)
        reach = np.array([[one.value - one.low, one.high - one.value] for one in figures]).T
        values = [figure.value for figure in figures]
        axes.errorbar(values, places, xerr=reach, fmt="o", color=_INK, markersize=4, capsize=3, linewidth=1.4)
        axes.set_yticks(places, [group.name for group in shown])
        axes.set_xlim(0, 1)
        axes.set_xlabel("answered right")
        return _svg(canvas)


def risk_plot(results: Sequence[QuestionResult]) -> str:
    """Risk and coverage: what share is wrong where only the surest answers are given, down to each confidence."""
    answered = sorted((one for one in results if one.kind != "no_answer"), key=lambda one: -one.confidence)
    wrong = np.cumsum([not result.correct for result in answered])
    # Answers that are equally sure are given together.
    ends = [
        place
        for place, result in enumerate(answered)
        if place + 1 == len(answered) or answered[place + 1].confidence < result.confidence
    ]
    with matplotlib.rc_context(_STYLE):
        canvas, axes = _canvas()
        coverage = [(end + 1) / len(results) for end in ends]
        risk = [float(wrong[end]) / (end + 1) for end in ends]
        axes.plot(coverage, risk, color=_INK, linewidth=1.8, marker="o" if len(ends) == 1 else "")
        axes.fill_between(coverage, risk, color=_PALE)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, max([*risk, 0.1]) * 1.1)
        axes.set_xlabel("share of all questions answered")
        axes.set_ylabel("share of them wrong")
        return _svg(canvas)


def latency_plot(report: EvalReport) -> str:
    """How many questions took how long, with the median and the 95th percentile."""
    times = [result.milliseconds for result in report.per_question]
    with matplotlib.rc_context(_STYLE):
        canvas, axes = _canvas()
        # A few very slow questions would press all others into one bar: they stand in the last.
        most = report.metrics["latency_p95_ms"] * 1.6 or 1.0
        axes.hist(np.minimum(times, most), bins=24, range=(0, most), color=_PALE, edgecolor="white")
        for name, label in (("latency_p50_ms", "median"), ("latency_p95_ms", "95 %")):
            axes.axvline(report.metrics[name], color=_INK, linewidth=1.2)
            axes.annotate(
                label,
                (report.metrics[name], 1),
                (4, -10),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
            )
        axes.set_xlabel("milliseconds a question")
        axes.set_ylabel("questions")
        return _svg(canvas)


def _canvas() -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(5.4, 3.3), layout="constrained")
    return canvas, canvas.add_subplot()


def _svg(canvas: Canvas) -> str:
    file = StringIO()
    canvas.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    # The size of a font stays, its family is the page's.
    svg = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px", svg)
    return re.sub(r">([^<>\n]+)</text>", lambda found: f">{_both(found[1])}</text>", svg)


def _both(label: str) -> str:
    if label not in LABELS or LABELS[label] == label:
        return label
    english = _SPELLED.get(label, label)
    return f'<tspan class="zh">{LABELS[label]}</tspan><tspan class="en">{english}</tspan>'
