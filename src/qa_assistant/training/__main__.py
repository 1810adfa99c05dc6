"""Train what searches across languages: translation table, transliteration, embedding model with its card and notice.

    python -m qa_assistant.training --data ../shared/data

One seed, no other chance: the same data give the same bytes on the same machine.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from qa_assistant.encoder import builtin_folder
from qa_assistant.lexical.transliteration import write_counts
from qa_assistant.training import translation, transliteration
from qa_assistant.training.card import write_card
from qa_assistant.training.embedding import Plan
from qa_assistant.training.model import train_model

PACKAGE = builtin_folder().parents[1]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from `--data` and write into the package, or below `--out`."""
    parser = argparse.ArgumentParser(
        description="Train the translation table, the transliteration of names and the embedding model."
    )
    parser.add_argument("--data", type=Path, required=True, help="directory with train/ and places/")
    parser.add_argument("--out", type=Path, default=PACKAGE, help="directory of the package (default: this one)")
    parser.add_argument("--steps", type=int, default=Plan().steps, help="batches that the model is trained on")
    options = parser.parse_args(arguments)
    started = time.monotonic()

    def report(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - started:6.0f} s  {text}\n")
        sys.stdout.flush()

    lexical = options.out / "lexical"
    lexical.mkdir(parents=True, exist_ok=True)
    write_counts(transliteration.learn(options.data), lexical / "transliteration.npz")
    report("transliteration written")
    table = translation.train(options.data)
    table.save(lexical / translation.FILE_NAME)
    report(f"translation table written, {len(table):,} entries")
    folder = options.out / builtin_folder().relative_to(PACKAGE)
    train_model(options.data, table, folder, report, Plan(steps=options.steps))
    write_card(folder)
    report(f"embedding model written to {folder}")


if __name__ == "__main__":
    main()
