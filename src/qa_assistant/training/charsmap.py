"""The matching key of single characters as a normaliser of the `tokenizers` library.

Its `Precompiled` normaliser reads the tables of SentencePiece: a trie of UTF-8 bytes in a double array (Aoe 1989, in
the units of darts-clone), and behind it the replacements, each ended by a zero byte.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping
from itertools import count
from typing import Final

from qa_assistant.language import matching_key

_LEAF: Final = 1 << 31
_HAS_LEAF: Final = 1 << 8
_OFFSET_SHIFT: Final = 10
_BEHIND: Final = 512
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST: Final = 0xFFFF
"""Beyond are rare Chinese characters and signs, which no training text has."""

_Trie = dict[int, "_Trie | int"]


def folded_characters() -> dict[str, str]:
    """Letters and digits whose matching key differs from them: width, case, traditional characters."""
    found: dict[str, str] = {}
    for code in range(0x21, min(_LAST, sys.maxunicode) + 1):
        if code in _SURROGATES or not chr(code).isalnum():
            continue
        key = matching_key(chr(code))
        if key != chr(code) and key.strip():
            found[chr(code)] = key
    return found


def precompiled(replacements: Mapping[str, str]) -> bytes:
    """The table that replaces each character of `replacements`, as `normalizers.Precompiled` reads it."""
    texts = sorted(set(replacements.values()))
    places: dict[str, int] = {}
    blob = b""
    for text in texts:
        places[text] = len(blob)
        blob += text.encode("utf-8") + b"\0"
    trie: _Trie = {}
    for character in sorted(replacements):
        node = trie
        for byte in character.encode("utf-8"):
            child = node.setdefault(byte, {})
            assert isinstance(child, dict)  # noqa: S101  (UTF-8 is free of prefixes: only 0 leads to a number)
            node = child
        node[0] = places[replacements[character]]
    units = _double_array(trie)
    array = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(array)) + array + blob


def _double_array(trie: _Trie) -> list[int]:
    """The units of a trie: the child of the unit at `p` by byte `b` stands at `p ^ offset ^ b`."""
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()
    first_free = 1  # of those looked at: what lies far behind the last unit is nearly full, and left as it is
    waiting: list[tuple[_Trie, int]] = [(trie, 0)]
    while waiting:
        node, place = waiting.pop(0)
        labels = sorted(node)
        first_free = max(first_free, max(bases, default=0) - _BEHIND)
        while first_free in units:
            first_free += 1
        base = next(
            start
            for start in (free ^ labels[0] for free in count(first_free))
            if start not in bases and all(start ^ label not in units for label in labels)
        )
        bases.add(base)
        units[place] |= (base ^ place) << _OFFSET_SHIFT | (_HAS_LEAF if 0 in node else 0)
        for label in labels:
            child = node[label]
            if isinstance(child, int):
                units[base ^ label] = _LEAF | child
            else:
                units[base ^ label] = label
                waiting.append((child, base ^ label))
    # Whole blocks, so that no byte leads out of the array; a unit that no byte has as its label ends a search.
    size = (max(units) // 256 + 1) * 256
    return [units.get(place, _LEAF) for place in range(size)]
