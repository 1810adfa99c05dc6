"""The tags and texts of an HTML file, each with its place in the file."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from qa_assistant.records import Span

SKIPPED: Final = frozenset("iframe nav noscript script select style svg template textarea title".split())
"""Elements whose text is not that of the page."""


@dataclass(frozen=True)
class Tag:
    """A tag: where it begins in the raw file, whether it opens or closes, and its attributes."""

    place: int
    name: str
    opens: bool
    attributes: dict[str, str] = field(default_factory=dict)

    def number(self, name: str) -> int:
        """The whole number that an attribute stands for; 1 where it says none."""
        found = re.match(r"\s*([0-9]{1,5})", self.attributes.get(name, ""))
        return int(found[1]) if found else 1


@dataclass(frozen=True)
class Text:
    """Text between tags, character references as they stand in the raw file."""

    place: int
    end: int


def read_events(raw: str, span: Span) -> list[Tag | Text]:
    """The tags and texts within `span`, in order."""
    part = raw[slice(*span)]
    collector = _Collector()
    collector.feed(part)
    collector.close()
    starts = [0, *(match.end() for match in re.finditer("\n", part))]
    places = [*(span[0] + starts[line - 1] + column for (line, column), _ in collector.found), span[1]]
    events: list[Tag | Text] = []
    for (_, tag), (place, following) in zip(collector.found, pairwise(places), strict=True):
        if tag is None:
            # What the parser passes over in silence, such as "</>", is no text.
            markup = raw.find("<", place + 1, following)
            events.append(Text(place, markup if markup >= 0 else following))
        else:
            events.append(Tag(place, *tag))
    return events


def without_skipped(events: list[Tag | Text]) -> Iterator[Tag | Text]:
    """`events` without the elements that hold no text of the page; one that is never closed is left out alone."""
    ends = _ends(events)
    skip_to = 0
    for number, event in enumerate(events):
        if number < skip_to or (isinstance(event, Tag) and event.name in SKIPPED):
            skip_to = max(skip_to, ends.get(number, number) + 1)
            continue
        yield event


def title_span(events: list[Tag | Text]) -> Span:
    """Where the text of the page's `<title>` stands; an empty range where there is none."""
    ends = _ends(events)
    number = 0
    while number < len(events):
        event = events[number]
        if isinstance(event, Tag) and event.name == "title" and number in ends:
            inside = [text for text in events[number : ends[number]] if isinstance(text, Text)]
            return (inside[0].place, inside[-1].end) if inside else (0, 0)
        number = ends.get(number, number) + 1
    return 0, 0


def _ends(events: list[Tag | Text]) -> dict[int, int]:
    """For the opening tag of each element of `SKIPPED`, by number, the closing one; a script runs to the end."""
    ends: dict[int, int] = {}
    open_tags: dict[str, list[int]] = {name: [] for name in SKIPPED}
    for number, event in enumerate(events):
        if isinstance(event, Tag) and event.name in SKIPPED:
            if event.opens:
                open_tags[event.name].append(number)
            elif open_tags[event.name]:
                ends[open_tags[event.name].pop()] = number
    for name in ("script", "style"):
        ends |= dict.fromkeys(open_tags[name], len(events) - 1)
    return ends


class _Collector(html.parser.HTMLParser):
    """Keeps the place of everything, as line and column; None stands for text.

    References are "converted", which keeps them within their text; the text itself is taken from the raw file.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[tuple[int, int], tuple[str, bool, dict[str, str]] | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((self.getpos(), (tag, True, {name: value or "" for name, value in attrs})))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((self.getpos(), (tag, False, {})))

    def handle_data(self, data: str) -> None:
        self.found.append((self.getpos(), None))

    def handle_comment(self, data: str) -> None:
        self.found.append((self.getpos(), ("!", True, {})))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """`<![if ...]>` is a comment, as in browsers; the parser of Python 3.11 fails on those it does not know."""
        return self.parse_bogus_comment(i)
