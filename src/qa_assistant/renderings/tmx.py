"""TMX 1.4, the exchange format of translation memories: read and written for one pair of languages.

https://www.gala-global.org/tmx-14b. Of a unit only its segments count, without the codes of other formats that tools
keep in them.
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
_CODES: Final = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements in a segment that hold codes of another format and no text."""
_not_in_xml = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_tmx(data: bytes, path: Path, source_language: Language, language: Language) -> list[Pair]:
    """The pairs in a TMX file: the segments in the language of the source and in `language`, empty where there is none.

    Of units that have no segment in `source_language`, that in the language is taken which the file says is its own.

    Raises `SourceError` for what is not TMX, and for one with entities of its own: they can grow without bound.
    """
    try:
        root: ElementTree.Element = defusedxml.ElementTree.fromstring(data)
    except (defusedxml.DefusedXmlException, LookupError) as error:
        raise SourceError(str(path), f"cannot be read safely ({error}); save it as UTF-8 without entities") from error
    except ElementTree.ParseError as error:
        raise SourceError(str(path), f"is not XML ({error}); save it as TMX 1.4") from error
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise SourceError(str(path), "is not TMX: no <tmx> with a <header>; save it as TMX 1.4")
    pairs = (_pair(unit, (source_language, _short(header.get("srclang"))), language) for unit in root.iter("tu"))
    return [pair for pair in pairs if pair is not None]


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


def _pair(unit: ElementTree.Element, source_languages: tuple[str, str], language: Language) -> Pair | None:
    """The segments of a unit; its own word on the language of its source goes before that of the header."""
    first, other = source_languages
    variants = dict(reversed(list(_variants(unit))))
    wanted = next((one for one in (first, _short(unit.get("srclang")), other) if one in variants), None)
    return None if wanted is None or wanted == language else (variants[wanted], variants.get(language, ""))


def _variants(unit: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for variant in unit.iter("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            yield _short(variant.get(_LANGUAGE) or variant.get("lang")), "".join(_texts(segment))


def _texts(element: ElementTree.Element) -> Iterator[str]:
    """The text in an element, without codes."""
    yield element.text or ""
    for child in element:
        if child.tag not in _CODES:
            yield from _texts(child)
        yield child.tail or ""


def _short(code: str | None) -> str:
    """The language of a code: zh of zh-CN."""
    return re.split("[-_]", (code or "").lower())[0]
