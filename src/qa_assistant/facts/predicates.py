"""The predicates that any source may state, and the words that people ask for them with."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from qa_assistant.facts.relations import Words


@cache
def shared_predicates() -> dict[str, Words]:
    """The predicates that recipes may name, with the words that people ask for them with."""
    text = resources.files("qa_assistant.facts").joinpath("predicates.toml").read_text(encoding="utf-8")
    return {name: Words.model_validate(words) for name, words in tomllib.loads(text).items()}
