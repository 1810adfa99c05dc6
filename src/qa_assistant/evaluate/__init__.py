"""Gold questions to a report, and answers checked against their sources."""

from qa_assistant.evaluate.gold import evaluate, read_gold, write_report
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.evaluate.verify import raw_sources, verify_answer

__all__ = [
    "evaluate",
    "first_problem",
    "raw_sources",
    "read_gold",
    "read_json_lines",
    "verify_answer",
    "write_report",
]
