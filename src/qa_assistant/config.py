"""Settings: defaults, then environment variables `QA_...`, then what the caller gives."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

BUILTIN_MODEL: Final = "builtin"
"""Name of the embedding model inside the package."""


class Settings(BaseSettings):
    """Where things are and how large they are. Every field is also an environment variable, `QA_` before it."""

    model_config = SettingsConfigDict(env_prefix="QA_", env_ignore_empty=True, frozen=True, extra="forbid")

    seeds: Path = Path("seeds")
    """Folder of the source files."""
    index: Path = Path("index")
    """Folder of the index; it can be deleted at any time."""
    model: str = BUILTIN_MODEL
    """`builtin`, or a folder or hub name of a sentence-transformers model."""
    passage_length: int = Field(default=320, ge=40, le=4000)
    """Longest passage, in Chinese characters or pairs of Latin ones; a longer sentence stays whole."""
    rerank_model: str | None = None
    """A folder or hub name of a cross-encoder that puts the best hits in order; none by default."""
    rerank_first: int = Field(default=30, ge=1, le=1000)
    """How many hits the cross-encoder reads for each query."""
    host: str = "127.0.0.1"
    """Address that `serve` listens on."""
    port: int = Field(default=7860, ge=0, le=65535)
    """Port that `serve` listens on; 0 for any free one."""
