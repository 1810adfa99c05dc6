"""What an index is, as `manifest.json` says it."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from qa_assistant.errors import IndexCorrupt, IndexMismatch, IndexMissing
from qa_assistant.records import Record

FORMAT: Final = 9
VERSION: Final = metadata.version("qa-assistant")
"""Of the package: another one may cut and count in another way."""
MANIFEST: Final = "manifest.json"


class Manifest(Record):
    """What an index is: enough to tell whether it fits its sources and settings, and whether it is whole.

    `seeds` is the folder of the sources, seen from that of the index; `companions` are the recipes and the file of
    names beside them.
    """

    format: int
    version: str
    index_id: str
    folder: str
    model: str
    model_digest: str
    passage_length: int
    seeds: str
    sources: dict[str, str]
    companions: dict[str, str]
    documents: int
    passages: int
    sentences: int
    facts: int
    dimension: int
    files: dict[str, str]


class _Format(BaseModel):
    """What the manifests of all formats have; the rest may differ."""

    format: int
    index_id: str
    seeds: str | None = None
    model: str | None = None
    passage_length: int | None = None


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the index in `folder`. Raises `IndexMissing`, `IndexCorrupt` or `IndexMismatch`."""
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IndexMissing(f"no index in {folder}; run: qa-assistant build --index {folder}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{path} cannot be read ({error}); name another folder with --index or delete it") from error
    try:
        written = _Format.model_validate_json(text).format
        if written != FORMAT:
            raise IndexMismatch(f"index has format {written}, not {FORMAT}; run: qa-assistant build")
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        raise IndexCorrupt(
            f"{path} is not the manifest of an index; name another folder with --index or delete it"
        ) from error


def remembered(folder: Path) -> dict[str, Path | str | int]:
    """Of what an index of any format was made: its `seeds`, `model` and `passage_length`, as far as it tells.

    Empty where there is none. Raises `IndexCorrupt` as `read_manifest` does.
    """
    try:
        read_manifest(folder)
    except IndexMissing:
        return {}
    except IndexMismatch:
        pass  # Another format: what it was made of still holds.
    told = _Format.model_validate_json((folder / MANIFEST).read_text(encoding="utf-8"))
    found = {
        "seeds": folder / told.seeds if told.seeds else None,
        # Until format 6 an index could make a model of its own texts; there is none any more.
        "model": None if told.format <= 6 and told.model == "corpus" else told.model,
        "passage_length": told.passage_length,
    }
    return {name: value for name, value in found.items() if value is not None}


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_file(data: Path, name: str, manifest: Manifest, folder: Path) -> None:
    """Raises `IndexCorrupt` where a file of the index is missing or is not the one that was written."""
    if not (data / name).is_file() or digest(data / name) != manifest.files.get(name):
        raise IndexCorrupt(f"{data / name} is missing or was changed; run: qa-assistant build --index {folder}")
