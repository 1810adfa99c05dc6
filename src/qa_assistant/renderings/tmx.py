"""TMX 1.4, the exchange format of translation memories: read and written for one pair of languages.

https://www.gala-global.org/tmx-14b. Of a unit only its segments count; markup inside a segment is left out and its
text kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import defusedxml.ElementTree

from qa_assistant.errors import SourceError
from qa_assistant.records import Language

Pair = tuple[str, str]
"""The text of a segment and its rendering, empty where there is none."""

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DOCTYPE: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
_not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_tmx(text: str, path: Path) -> list[Pair]:
    """The pairs in a TMX file: the segment in the source language and that in the other.

    Raises `SourceError` for what is not TMX, and for one with entities of its own: they can grow without bound.
    """
    try:
        root: ElementTree.Element = defusedxml.ElementTree.fromstring(text.encode("utf-8"))
    except defusedxml.DefusedXmlException as error:
        raise SourceError(str(path), f"declares entities ({error}); remove them") from error
    except ElementTree.ParseError as error:
        raise SourceError(str(path), f"is not XML ({error}); save it as TMX 1.4") from error
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise SourceError(str(path), "is not TMX: no <tmx> with a <header>; save it as TMX 1.4")
    source_language = _short(header.get("srclang"))
    return [pair for unit in root.iter("tu") if (pair := _pair(unit, source_language)) is not None]


def write_tmx(path: Path, source_language: Language, language: Language, pairs: Sequence[Pair]) -> None:
    """Write `pairs` as TMX 1.4. Raises `SourceError` for a segment with characters that XML cannot hold."""
    root = ElementTree.Element("tmx", version="1.4")
    ElementTree.SubElement(
        root,
        "header",
        {
            "creationtool": "qa-assistant",
            "creationtoolversion": metadata.version("qa-assistant"),
            "segtype": "sentence",
            "o-tmf": "qa-assistant",
            "adminlang": "en",
            "srclang": source_language,
            "datatype": "plaintext",
        },
    )
    body = ElementTree.SubElement(root, "body")
    for number, (source, rendering) in enumerate(pairs, start=1):
        unit = ElementTree.SubElement(body, "tu", tuid=str(number))
        for own_language, text in ((source_language, source), (language, rendering)):
            if _not_in_xml.search(text):
                raise SourceError(str(path), f"unit {number} has a character that XML cannot hold: {text[:30]!r}")
            variant = ElementTree.SubElement(unit, "tuv", {_LANGUAGE: own_language})
            ElementTree.SubElement(variant, "seg").text = text
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f"{_DOCTYPE}{written}\n", encoding="utf-8", newline="\n")


def _pair(unit: ElementTree.Element, source_language: str) -> Pair | None:
    """The segments of a unit, its own source language going before that of the header."""
    wanted = _short(unit.get("srclang")) or source_language
    variants = list(_variants(unit))
    source = next((text for language, text in variants if language == wanted), None)
    rendering = next((text for language, text in variants if language != wanted), "")
    return None if source is None else (source, rendering)


def _variants(unit: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for variant in unit.iter("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            yield _short(variant.get(_LANGUAGE) or variant.get("lang")), "".join(segment.itertext())


def _short(code: str | None) -> str:
    """The language of a code: zh of zh-CN."""
    return re.split("[-_]", (code or "").lower())[0]
