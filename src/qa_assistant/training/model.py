"""The embedding model as a folder that sentence-transformers loads, and its training from the files to the folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save
from tokenizers import Tokenizer

from qa_assistant.lexical.frequency import chinese_frequency
from qa_assistant.lexical.translation import TranslationTable
from qa_assistant.training import corpora, material
from qa_assistant.training.embedding import DEFAULT_PLAN, Encoded, Floats, Plan, Report, encode_pairs, train
from qa_assistant.training.material import KINDS, TextPairs
from qa_assistant.training.vocabulary import Vocabulary, WordCounter, choose, tokenizer, tokenizer_file

DIGEST_FILE: Final = "digest.txt"
_GLOSS_WEIGHT: Final = 0.3
_WORD_WEIGHT: Final = 0.05
_PLACE_WEIGHTS: Final = (0.1, 0.3)
_LARGE_PLACE: Final = 200_000
_SYNONYM_WEIGHT: Final = 0.1
_COMMON: Final = 20

_MODULES: Final = (
    ("0_StaticEmbedding", "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.sentence_transformer.modules.normalize.Normalize"),
)


def train_model(data: Path, table: TranslationTable, folder: Path, report: Report, plan: Plan = DEFAULT_PLAN) -> None:
    """Train from the files below `data` and write the model to `folder`."""
    glosses = list(corpora.glosses(data))
    groups = material.sentence_pairs(data)
    report(f"read {sum(map(len, groups.values())):,} pairs of sentences")
    groups |= material.word_pairs(data, table, glosses)
    counter = WordCounter()
    for kind, pairs in groups.items():
        _count(counter, kind, pairs)
    for gloss in glosses:
        share = min(1.0, chinese_frequency(gloss.chinese) / _COMMON)
        counter.add_word(gloss.chinese, _GLOSS_WEIGHT * share + _WORD_WEIGHT)
        counter.add(gloss.english, _GLOSS_WEIGHT)
    for _, inhabitants, latin, chinese in material.world_places(data):
        weight = _PLACE_WEIGHTS[inhabitants > _LARGE_PLACE]
        counter.add(latin, weight)
        for name in chinese[:2]:
            counter.add_word(name, weight)
    groups["neighbours"] = material.neighbours(groups)
    write_model(*trained(groups, choose(counter.counts), table, plan, report), folder)


def trained(
    groups: dict[str, TextPairs], vocabulary: Vocabulary, table: TranslationTable, plan: Plan, report: Report
) -> tuple[Vocabulary, Tokenizer, Floats]:
    """The model of `vocabulary` learned from `groups`: its vocabulary, tokenizer and vectors."""
    cutter = tokenizer(vocabulary)
    report(f"{len(vocabulary.tokens):,} tokens, {len(vocabulary.keys):,} vectors")
    rows = np.array(vocabulary.rows, dtype=np.int64)
    encoded: dict[str, Encoded] = {
        kind: encode_pairs(groups[kind], cutter, rows, plan.longest) for kind in KINDS if kind in groups
    }
    return vocabulary, cutter, train(encoded, vocabulary, table, plan, report)


def _count(counter: WordCounter, kind: str, pairs: TextPairs) -> None:
    weight = KINDS[kind].word_weight
    for first, second in pairs:
        if weight:
            counter.add(first, weight)
            counter.add(second, weight)
        elif kind == "synonyms":
            counter.add_word(first, _SYNONYM_WEIGHT)
            counter.add_word(second, _SYNONYM_WEIGHT)


def write_model(vocabulary: Vocabulary, cutter: Tokenizer, vectors: Floats, folder: Path) -> None:
    """Write the folder: the same bytes for the same model.

    A vector is stored in bytes, with its scale; sentence-transformers reads the arrays of model2vec (`embeddings`,
    `mapping` from tokens to rows, `weights` of tokens) and makes them one table again.
    """
    embedding = folder / _MODULES[0][0]
    embedding.mkdir(parents=True, exist_ok=True)
    (folder / _MODULES[1][0]).mkdir(exist_ok=True)
    steps, scales = _in_bytes(vectors)
    rows = np.array(vocabulary.rows, dtype=np.int32)
    weights = save({"embeddings": steps, "mapping": rows, "weights": scales[rows]})
    written = tokenizer_file(cutter)
    (embedding / "model.safetensors").write_bytes(weights)
    (embedding / "tokenizer.json").write_bytes(written)
    modules = [{"idx": i, "name": str(i), "path": path, "type": kind} for i, (path, kind) in enumerate(_MODULES)]
    _write_json(folder / "modules.json", modules)
    settings = {"prompts": {"query": "", "document": ""}, "default_prompt_name": None, "similarity_fn_name": "cosine"}
    _write_json(folder / "config_sentence_transformers.json", settings)
    (folder / DIGEST_FILE).write_text(hashlib.sha256(weights + written).hexdigest() + "\n", encoding="utf-8")


def _in_bytes(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Vectors in whole steps from -127 to 127, and the size of a step of each."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-8).astype(np.float32) / np.float32(127)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8", newline="\n")
