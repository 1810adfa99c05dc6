"""Gold questions to a report, retrieval sets to a run, and answers checked against their sources."""

from qa_assistant.evaluate.beir import RetrievalSet, read_beir, write_beir
from qa_assistant.evaluate.compare import Comparison, Difference, compare
from qa_assistant.evaluate.expected import Expected, expected_of, failures, read_expected, write_expected
from qa_assistant.evaluate.gold import evaluate, read_gold, report_of, write_report
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.evaluate.retrieval import Run, run_retrieval, write_run
from qa_assistant.evaluate.runs import RUN_FILE, RunHead, RunLine, configuration_of, read_run
from qa_assistant.evaluate.squad import squad_set
from qa_assistant.evaluate.verify import raw_sources, verify_answer

__all__ = [
    "RUN_FILE",
    "Comparison",
    "Difference",
    "Expected",
    "RetrievalSet",
    "Run",
    "RunHead",
    "RunLine",
    "compare",
    "configuration_of",
    "evaluate",
    "expected_of",
    "failures",
    "first_problem",
    "raw_sources",
    "read_beir",
    "read_expected",
    "read_gold",
    "read_json_lines",
    "read_run",
    "report_of",
    "run_retrieval",
    "squad_set",
    "verify_answer",
    "write_beir",
    "write_expected",
    "write_report",
    "write_run",
]
