"""Make an index in place of the one that is there.

The files are written to a folder of their own and the manifest is renamed into place last, so that what was there
stays whole until then. One build at a time: others wait at a lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from qa_assistant.encoder import model_digest
from qa_assistant.errors import IndexMismatch, IndexMissing
from qa_assistant.index.companions import NO_COMPANIONS, Companions
from qa_assistant.index.files import Progress, write_files
from qa_assistant.index.manifest import FORMAT, MANIFEST, VERSION, Manifest, digest, read_manifest
from qa_assistant.records import Document

_UNFINISHED = ".building-"
_data_folder = re.compile(r"[0-9a-f]{16}(-\d+)?")


def write_index(
    documents: Sequence[Document],
    folder: Path,
    model: str,
    passage_length: int,
    progress: Progress,
    seeds: Path = Path("seeds"),
    companions: Companions = NO_COMPANIONS,
) -> Manifest:
    """Make the index of `documents` in `folder`, in place of the one that is there.

    Raises `IndexCorrupt` where a manifest of something else stands, `ModelUnavailable` or `OSError`, and then
    leaves what is there as it was.
    """
    with suppress(IndexMissing, IndexMismatch):
        read_manifest(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        FileLock(folder / ".lock"),
        tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as temporary,
    ):
        data = Path(temporary) / "data"
        data.mkdir()
        counts = write_files(documents, data, model, passage_length, progress, companions)
        files = {path.relative_to(data).as_posix(): digest(path) for path in sorted(data.rglob("*")) if path.is_file()}
        sources = {document.source: document.sha256 for document in documents}
        described = {
            "format": FORMAT,
            "version": VERSION,
            "model": model,
            "model_digest": model_digest(model),
            "passage_length": passage_length,
            "sources": sources,
            "companions": companions.digests,
        }
        described_whole = json.dumps({**described, "files": files}, sort_keys=True)
        index_id = hashlib.sha256(described_whole.encode("utf-8")).hexdigest()[:16]
        manifest = Manifest.model_validate(
            {
                **described,
                **counts,
                "index_id": index_id,
                "folder": _free_name(folder, index_id, files),
                "seeds": _seen_from(folder, seeds),
                "files": files,
            }
        )
        _put_in_place(data, folder, manifest)
    return manifest


def _free_name(folder: Path, index_id: str, files: dict[str, str]) -> str:
    """A name for the folder of the files: that of one that has them already, else one that is not taken."""
    name, number = index_id, 0
    while (folder / name).exists() and not _has(folder / name, files):
        number += 1
        name = f"{index_id}-{number}"
    return name


def _has(data: Path, files: dict[str, str]) -> bool:
    return all((data / name).is_file() and digest(data / name) == known for name, known in files.items())


def _put_in_place(data: Path, folder: Path, manifest: Manifest) -> None:
    target = folder / manifest.folder
    if not target.exists():
        data.rename(target)
    draft = data.with_name(MANIFEST)
    text = json.dumps(manifest.model_dump(), ensure_ascii=False, indent=2) + "\n"
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(folder / MANIFEST)
    for other in folder.iterdir():
        # Only folders that are surely ours: unfinished ones, and old ones, which have vectors in them.
        old = _data_folder.fullmatch(other.name) and (other / "vectors.faiss").is_file() and other != target
        unfinished = other.name.startswith(_UNFINISHED) and other != data.parent
        if other.is_dir() and (old or unfinished):
            shutil.rmtree(other)


def _seen_from(folder: Path, seeds: Path) -> str:
    try:
        return Path(os.path.relpath(seeds, folder)).as_posix()
    except ValueError:  # On another drive.
        return seeds.resolve().as_posix()
