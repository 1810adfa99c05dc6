"""What a question asks for: kinds of answer, places in time, operations, and readings over the facts."""

from __future__ import annotations

from qa_assistant.question.kinds import LONGEST, answering_patterns, with_history

__all__ = ["LONGEST", "answering_patterns", "with_history"]
