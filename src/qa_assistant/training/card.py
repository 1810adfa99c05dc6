"""The model card and the notice in the folder of the embedding model."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Final

CARD: Final = "README.md"
NOTICE: Final = "NOTICE.md"


def write_card(folder: Path) -> None:
    """Write `README.md` and `NOTICE.md` to the folder of a model.

    Sizes are taken from its files. What was measured stands in `card.md`: it is measured with the whole program, after
    training, by `eval/parts.py`, and typed in there.
    """
    embedding = folder / "0_StaticEmbedding"
    header = (embedding / "model.safetensors").read_bytes()
    described = json.loads(header[8 : 8 + int.from_bytes(header[:8], "little")])
    rows, dimension = described["embeddings"]["shape"]
    size = sum((embedding / name).stat().st_size for name in ("model.safetensors", "tokenizer.json"))
    values = {
        "tokens": f"{described['mapping']['shape'][0]:,}",
        "vectors": f"{rows:,}",
        "dimension": str(dimension),
        "megabytes": f"{size / 1e6:.1f}",
    }
    text = _template("card.md")
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    (folder / CARD).write_text(text, encoding="utf-8", newline="\n")
    (folder / NOTICE).write_text(_template("notice.md"), encoding="utf-8", newline="\n")


def _template(name: str) -> str:
    return resources.files("qa_assistant.training").joinpath(name).read_text(encoding="utf-8")
