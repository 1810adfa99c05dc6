"""How common Chinese words are, by jieba's own dictionary."""

from __future__ import annotations

import jieba


def chinese_frequency(word: str) -> int:
    """Occurrences of `word` in the corpus behind jieba's dictionary; 0 for words not in it."""
    jieba.initialize()
    return jieba.dt.FREQ.get(word) or 0
