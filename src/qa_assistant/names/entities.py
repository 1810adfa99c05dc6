"""An entity with its names, and a place in a text where one is named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from qa_assistant.language import matching_key
from qa_assistant.records import Language

WIDE_KINDS: Final = frozenset({"country", "field"})
"""Kinds of entity that hold of many texts and tell no one thing from another."""


@dataclass(frozen=True)
class Entity:
    """Something that has names; in each language the first is the one to show, derived short forms come last."""

    entity_id: str
    kind: str
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    ko: tuple[str, ...] = ()

    def name(self, language: Language) -> str:
        """The name to show in `language`; without one, the first Chinese, else English, else Korean name."""
        own: dict[Language, tuple[str, ...]] = {"zh": self.zh, "en": self.en, "ko": self.ko}
        return (own[language] or self.names)[0]

    @property
    def names(self) -> tuple[str, ...]:
        """All names: Chinese, then English, then Korean ones."""
        return self.zh + self.en + self.ko


@dataclass(frozen=True)
class Mention:
    """A name in a text: `text[start:end]`, and the entities that bear it, best first (at least one)."""

    start: int
    end: int
    entities: tuple[Entity, ...]

    def stands_in(self, context: str) -> bool:
        """Whether what is mentioned is named in `context`, a matching key, by a Chinese or English name."""
        return any(name in context for name in self._keys)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(_key(name) for entity in self.entities[:2] for name in entity.zh + entity.en)


@lru_cache(maxsize=50_000)
def _key(name: str) -> str:
    return matching_key(name)
