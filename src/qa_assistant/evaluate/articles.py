"""Articles of other programs as sources: a folder for each article, a file for each paragraph, below its title.

One paragraph a file, because two in one file may be read as one where the first stops in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath

from qa_assistant.errors import InputError, SourceError
from qa_assistant.records import Document, Quote, Span
from qa_assistant.sources import read_document

_SUFFIX = ".md"


@dataclass(frozen=True)
class Article:
    """A title and the paragraphs below it, as another program has them."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as another program gets it: `context`, and where it begins in the raw file or the reading text."""

    document: Document
    context: str
    start: int
    raw: bool

    def place(self, quote: Quote) -> Span | None:
        """The range of `context` that a quote of the document has; None where it stands outside, even in part."""
        span = (quote.start, quote.end)
        if quote.doc_id != self.document.doc_id:
            return None
        if self.raw:
            spans = self.document.raw_spans(*span)
            if not spans:
                return None
            span = (spans[0][0], spans[-1][1])
        start, end = span[0] - self.start, span[1] - self.start
        return (start, end) if 0 <= start < end <= len(self.context) else None

    def quote(self, start: int, end: int) -> Quote | None:
        """The quote of the document at a range of `context`; None where reading left out a character at its ends."""
        if not self.raw:
            return self.document.quote(self.start + start, self.start + end)
        places = {self.start + start: -1, self.start + end - 1: -1}
        for text_start, raw_start, length in self.document.raw_map:
            for place in places:
                if raw_start <= place < raw_start + length:
                    places[place] = text_start + place - raw_start
        first, last = places[self.start + start], places[self.start + end - 1]
        return self.document.quote(first, last + 1) if 0 <= first <= last else None

    def whole(self) -> Quote:
        """The quote of the document that is all of `context`, without the white space around it."""
        if not self.raw:
            return self.document.quote(self.start, self.start + len(self.context))
        end = self.start + len(self.context)
        runs = [
            (text_start + max(self.start - raw_start, 0), text_start + min(end - raw_start, length))
            for text_start, raw_start, length in self.document.raw_map
            if raw_start < end and self.start < raw_start + length
        ]
        return self.document.quote(runs[0][0], runs[-1][1])


def write_articles(articles: Iterable[Article], folder: Path) -> list[list[Paragraph]]:
    """Write articles as sources to `folder`, and say for each where its paragraphs stand.

    Raises `InputError` for a folder that holds something, and for a paragraph without a word.
    """
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder} holds something; name a new folder with --sources")
    written: list[list[Paragraph]] = []
    for number, article in enumerate(articles, start=1):
        own = folder / f"{number:05}"
        own.mkdir(parents=True)
        written.append([_write(article.title, text, own, place) for place, text in enumerate(article.paragraphs, 1)])
    return written


def _write(title: str, text: str, folder: Path, number: int) -> Paragraph:
    path = folder / f"{number:04}{_SUFFIX}"
    head = _head(" ".join(title.split()))
    path.write_text(f"{head}{text}\n", encoding="utf-8", newline="")
    name = PurePath(folder.name, path.name)
    try:
        document = read_document(path, name.with_suffix("").as_posix(), name.as_posix())
    except SourceError as error:
        raise InputError(f"a paragraph of {title!r} cannot be a source ({error}); take it out") from error
    return Paragraph(document, text, len(head), raw=True)


def _head(title: str) -> str:
    return f"# {title}\n\n" if title else ""


def articles_of(documents: Sequence[Document], raws: Mapping[str, str]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Documents as articles: their titles and paragraphs, in order.

    Those that `write_articles` wrote are told by their folder and their form, and are what they were; `raws` are
    their raw files, by `Document.source`. Each other document is an article, and its blocks are the paragraphs.
    """
    for _, own in groupby(documents, lambda document: _folder(document, raws)):
        group = list(own)
        if _folder(group[0], raws):
            yield _title(raws[group[0].source]), [_whole(document, raws[document.source]) for document in group]
        else:
            for document in group:
                blocks = [document.text[block.start : block.end] for block in document.blocks]
                yield (
                    document.title,
                    [
                        Paragraph(document, text, block.start, raw=False)
                        for block, text in zip(document.blocks, blocks, strict=True)
                    ],
                )


def _folder(document: Document, raws: Mapping[str, str]) -> str:
    """The folder of a document that `write_articles` wrote; empty for others."""
    path = PurePath(document.source)
    written = len(path.parts) == 2 and path.suffix == _SUFFIX and path.stem.isdigit() and path.parent.name.isdigit()
    return path.parent.name if written and document.source in raws else ""


def _title(raw: str) -> str:
    first, _, rest = raw.partition("\n\n")
    return first.removeprefix("# ") if rest and first.startswith("# ") and "\n" not in first else ""


def _whole(document: Document, raw: str) -> Paragraph:
    start = len(_head(_title(raw)))
    return Paragraph(document, raw[start:].removesuffix("\n"), start, raw=True)
