"""Question answering in Chinese, English and Korean: short answers, every one with verbatim quotes, offline."""

from qa_assistant.assistant import Assistant
from qa_assistant.config import Settings
from qa_assistant.errors import QaAssistantError
from qa_assistant.records import Answer, Citation, Document, Fact, GoldQuestion, Hit, Passage, Quote

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Document",
    "Fact",
    "GoldQuestion",
    "Hit",
    "Passage",
    "QaAssistantError",
    "Quote",
    "Settings",
]
