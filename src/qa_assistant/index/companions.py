"""What stands beside the sources and is no source: recipes for reading facts, and names."""

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
from qa_assistant.sources import NAMES


@dataclass(frozen=True)
class Companions:
    """The recipes by source, the path of the file of names, the digests of all, and what of them cannot be read."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    names: Path | None = None
    digests: dict[str, str] = field(default_factory=dict)
    unread: list[SourceError] = field(default_factory=list)
    """What could not be read of them: added to as facts are read by the recipes."""


NO_COMPANIONS: Final = Companions()


def companion_digests(seeds: Path) -> dict[str, str]:
    """The digests of the recipes and names below `seeds`, by their names."""
    found = [path for path in seeds.rglob(f"*{SUFFIX}") if path.is_file()]
    found += [seeds / NAMES] if (seeds / NAMES).is_file() else []
    return {path.relative_to(seeds).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)}


def read_companions(seeds: Path, sources: Sequence[str]) -> Companions:
    """The companions of `sources`; those that cannot be read are named and left out."""
    recipes: dict[str, Recipe] = {}
    errors: list[SourceError] = []
    for source in sources:
        path = recipe_path(seeds / source)
        if path.is_file():
            try:
                recipes[source] = read_recipe(path)
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
    return Companions(recipes, names, companion_digests(seeds), errors)
