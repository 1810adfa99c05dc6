"""Facts and hits to one Answer with numbered quotes, or to `no_answer`."""

from __future__ import annotations

from qa_assistant.answer.answerer import Answerer

__all__ = ["Answerer"]
