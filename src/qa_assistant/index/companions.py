"""What stands beside the sources and is no source: recipes for reading facts, translation memories, and names."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qa_assistant.errors import InputError, SourceError
from qa_assistant.facts import Recipe, read_recipe, recipe_path
from qa_assistant.facts.recipe import SUFFIX
from qa_assistant.names import Names
from qa_assistant.records import Document, Language, Rendering
from qa_assistant.renderings import read_memories, rendering_files, summary
from qa_assistant.sources import NAMES, find_sources


@dataclass(frozen=True)
class Companions:
    """The recipes by source, the renderings by language, the file of names, all digests, and what cannot be read."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    renderings: dict[Language, list[Rendering]] = field(default_factory=dict)
    names: Path | None = None
    digests: dict[str, str] = field(default_factory=dict)
    unread: list[SourceError] = field(default_factory=list)
    """What could not be read of them: added to as facts are read by the recipes."""


NO_COMPANIONS: Final = Companions()


def companion_digests(seeds: Path) -> dict[str, str]:
    """The digests of the recipes, translation memories and names below `seeds`, by their names."""
    found = [path for path in seeds.rglob(f"*{SUFFIX}") if path.is_file()]
    found += [path for source in find_sources(seeds) for _, path in rendering_files(source)]
    found += [seeds / NAMES] if (seeds / NAMES).is_file() else []
    return {path.relative_to(seeds).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)}


def read_companions(seeds: Path, documents: Sequence[Document]) -> Companions:
    """The companions of the sources of `documents`; those that cannot be read are named and left out."""
    recipes: dict[str, Recipe] = {}
    errors: list[SourceError] = []
    for document in documents:
        path = recipe_path(seeds / document.source)
        if path.is_file():
            try:
                recipes[document.source] = read_recipe(path)
            except SourceError as error:
                errors.append(error)
    names: Path | None = seeds / NAMES
    try:
        Names.load([seeds / NAMES] if (seeds / NAMES).is_file() else [])
    except InputError as error:
        errors.append(SourceError(NAMES, str(error)))
        names = None
    if names is not None and not names.is_file():
        names = None
    renderings = _renderings(seeds, documents, errors)
    return Companions(recipes, renderings, names, companion_digests(seeds), errors)


def _renderings(
    seeds: Path, documents: Sequence[Document], errors: list[SourceError]
) -> dict[Language, list[Rendering]]:
    """The renderings of all documents by language; what cannot be read is added to `errors`."""
    renderings: dict[Language, list[Rendering]] = {}
    for document in documents:
        found, problems = read_memories(seeds / document.source, document)
        errors += summary(problems)
        for language, own in found.items():
            renderings.setdefault(language, []).extend(own)
    return {language: sorted(found, key=_place) for language, found in sorted(renderings.items()) if found}


def _place(rendering: Rendering) -> tuple[str, int]:
    return rendering.doc_id, rendering.start
