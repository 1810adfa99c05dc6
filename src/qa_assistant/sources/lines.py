"""The lines and pages of a raw file, and what can be told from a line alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

from qa_assistant.language import HAN
from qa_assistant.records import Page

TERMINAL: Final = "。！？!?.:：；;…”’」』）)】〉》"
"""Characters after which a paragraph can end."""

_physical_line = re.compile(r"[^\n\r\f]*")
_heading_levels: Final = (
    (1, re.compile(r"【[^】]{1,20}】$")),
    (1, re.compile(r"第[一二三四五六七八九十\d]{1,3}[章编篇部]")),
    (2, re.compile(r"第[一二三四五六七八九十\d]{1,3}[节節]")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]\s*\S")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*\S")),
    (3, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+\S")),
    (2, re.compile(r"\d{1,2}\.\d{1,2}\.?\s+\S")),
    (1, re.compile(r"\d{1,2}[.．]\s*[^\d\s]")),
    (2, re.compile(r"\d{1,2}[)）]\s*[^\d\s]")),
    (3, re.compile(r"[（(]\d{1,2}[)）]\s*[^\d\s]")),
)
_caption = re.compile(
    r"(?:[<〈《\[【]\s*)?(?P<what>表|图|圖|Table|Figure|Fig\.)\s*\d+(?:[.\-]\d+)?[>〉》\]】]?(?:[\s:：.、]|$)",
    re.IGNORECASE,
)
_note = re.compile(r"\*\s*\S|(资料|数据|材料|資料)?(来源|出处|來源)[:：]|注[:：]|(Source|Note)s?:", re.IGNORECASE)
_cells = re.compile(rf"[{HAN})）][ \t]+[{HAN}\d(（]")
_leading_mark = re.compile(r"^\s*(?:\d{1,2}[.)）]|[（(]\d{1,2}[)）])\s*")


@dataclass(frozen=True)
class Line:
    """A line that is not blank, without the white space around it. `start` and `end` are raw offsets."""

    start: int
    end: int
    text: str
    indent: int
    blank_before: int
    trailing_space: bool

    @property
    def width(self) -> int:
        """Columns on the page: two for each wide character."""
        return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in self.text)

    @property
    def ends_paragraph(self) -> bool:
        """Whether a paragraph can end here."""
        return self.text[-1] in TERMINAL

    @property
    def heading_level(self) -> int:
        """The level that the line's numbering stands for; 0 when it is not numbered like a heading."""
        if self.text[-1] in "。；;，,、：:":
            return 0
        return next((level for level, pattern in _heading_levels if pattern.match(self.text)), 0)

    @property
    def has_gaps(self) -> bool:
        """Whether parts of the line stand apart, as on a title page or in a running head."""
        return "   " in self.text

    @property
    def is_caption(self) -> bool:
        """Whether the line opens a table or a figure."""
        return _caption.match(self.text) is not None and self.text[-1] not in "。，；"

    @property
    def is_table_caption(self) -> bool:
        """Whether the line opens a table."""
        match = _caption.match(self.text)
        return self.is_caption and match is not None and match["what"].lower() in ("表", "table")

    @property
    def is_note(self) -> bool:
        """Whether the line names the source of a table or a figure."""
        return _note.match(self.text) is not None

    @property
    def has_cells(self) -> bool:
        """Whether white space divides the line as it divides the cells of a row; Chinese prose has none."""
        return _cells.search(_leading_mark.sub("", self.text)) is not None


def read_lines(raw: str) -> list[Line]:
    """The lines of a raw file that are not blank, in order."""
    lines: list[Line] = []
    blank = 0
    for match in _physical_line.finditer(raw):
        whole = match.group()
        text = whole.strip().strip("\ufeff").strip()
        if not text:
            # An empty match also stands at the end of each line, and between the two characters of "\r\n".
            before = raw[max(match.start() - 1, 0) : match.start()]
            blank += before in ("", *"\n\r\f") and not (before == "\r" and raw.startswith("\n", match.start()))
            continue
        start = match.start() + whole.index(text)
        lines.append(
            Line(
                start=start,
                end=start + len(text),
                text=text,
                indent=start - match.start(),
                blank_before=blank,
                trailing_space=whole.endswith(" "),
            )
        )
        blank = 0
    return lines


def full_width(lines: list[Line]) -> int:
    """The width of a full line of running text: the commonest among the wider half of the lines."""
    widths = sorted(line.width for line in lines)
    wider = Counter(widths[len(widths) // 2 :])
    return max(wider, key=lambda width: (wider[width], width)) if wider else 0


def is_spaced_out(lines: list[Line]) -> bool:
    """Whether the extraction put a blank line after (nearly) every line, so that it means nothing."""
    return len(lines) >= 10 and sum(line.blank_before > 0 for line in lines) >= 0.6 * len(lines)


def is_extracted(raw: str, lines: list[Line]) -> bool:
    """Whether the file looks like text taken out of a PDF: pages, or lines cut in the middle of sentences."""
    if "\f" in raw.strip():
        return True
    if not is_spaced_out(lines):
        return False
    full = full_width(lines)
    cut = sum(line.width >= 0.85 * full and not line.ends_paragraph for line in lines if line.width <= 1.3 * full)
    return cut >= 0.25 * len(lines)


def split_pages(raw: str, lines: list[Line]) -> tuple[list[list[Line]], list[Page]]:
    """The lines of each page, and the pages.

    A page begins after a form feed or, where every line is followed by a blank one, with a line that is
    moved in by one space. Pages are numbered from the first number of a "pp.243-259", else from 1.
    """
    spaced_out = is_spaced_out(lines)
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(lines):
        before = raw[lines[number - 1].end if number else 0 : line.start]
        moved_in = spaced_out and line.indent == 1 and raw[line.start - 1] == " "
        if pages[-1] and ("\f" in before or moved_in):
            pages.append([])
        pages[-1].append(line)
    printed = re.search(r"\bpp?\.\s*(\d{1,4})\s*[-–~]\s*\d{1,4}", raw[:3000])
    first = int(printed[1]) if printed else 1
    starts = [0] + [page[0].start for page in pages[1:]]
    ends = [*starts[1:], len(raw)]
    bounds = zip(starts, ends, strict=True)
    return pages, [Page(number=first + i, start=start, end=end) for i, (start, end) in enumerate(bounds)]
