"""What callers send: over HTTP, and as lines of a batch."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from qa_assistant.wire import Body


def _whole_characters(text: str) -> str:
    """`text`, unless it holds half a character: JSON can say one, and bytes that are not UTF-8 are read as one."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("half_character", "This is not UTF-8 text: it holds a lone surrogate")
    return text


AskedText = Annotated[str, AfterValidator(_whole_characters)]
"""Text that a caller sends."""


class AskRequest(Body):
    """A question, and the questions asked before it, oldest first."""

    question: AskedText
    history: list[AskedText] = Field(default=[])
    id: AskedText | int | None = None


class BatchLine(BaseModel):
    """A line of `ask --batch`; fields that are not read, such as those of a gold question, may stand in it."""

    model_config = ConfigDict(extra="ignore")

    id: AskedText | int | None = None
    question: AskedText
    history: list[AskedText] = []


class RetrieveRequest(Body):
    """A query, and how many passages are wanted."""

    query: AskedText
    k: int = Field(default=10, ge=1, le=100)
