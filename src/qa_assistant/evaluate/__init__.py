"""Gold questions to a report, retrieval sets to a run, and answers checked against their sources."""

from qa_assistant.evaluate.beir import RetrievalSet, read_beir, write_beir
from qa_assistant.evaluate.gold import evaluate, read_gold, write_report
from qa_assistant.evaluate.lines import first_problem, read_json_lines
from qa_assistant.evaluate.retrieval import Run, run_retrieval, write_run
from qa_assistant.evaluate.squad import squad_set
from qa_assistant.evaluate.verify import raw_sources, verify_answer

__all__ = [
    "RetrievalSet",
    "Run",
    "evaluate",
    "first_problem",
    "raw_sources",
    "read_beir",
    "read_gold",
    "read_json_lines",
    "run_retrieval",
    "squad_set",
    "verify_answer",
    "write_beir",
    "write_report",
    "write_run",
]
