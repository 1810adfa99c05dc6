"""Facts: extracted from tables and sentences, kept in SQLite, looked up and computed with."""

from __future__ import annotations

from qa_assistant.facts.extract import Facts, extract_facts
from qa_assistant.facts.recipe import Recipe, read_recipe, recipe_path
from qa_assistant.facts.store import FactStore
from qa_assistant.facts.writing import write_facts

__all__ = ["FactStore", "Facts", "Recipe", "extract_facts", "read_recipe", "recipe_path", "write_facts"]
