"""What a refused question takes for granted and the sources do not have: a name, a year, an edition, a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from qa_assistant.answer.values import name_text, value_text
from qa_assistant.answer.wording import wording
from qa_assistant.facts.reading import Filter, Reading
from qa_assistant.facts.relations import Column
from qa_assistant.facts.values import find_dates
from qa_assistant.index import Index
from qa_assistant.language import matching_key
from qa_assistant.lexical.transliteration import written_in_chinese
from qa_assistant.names import WIDE_KINDS
from qa_assistant.phrases import Phrases, phrases
from qa_assistant.question.asked import Asked
from qa_assistant.question.editions import MEASURES
from qa_assistant.question.lexicon import Lexicon
from qa_assistant.records import Hit

_capital = re.compile(r"(?<=[^\s.?!:;\"“(])\s+(?P<name>[A-Z][\w'’-]*[a-z])\b")
SOUNDS: Final = 4
"""Pairs of Chinese characters that a name may be written with by its sound."""
_possessive: Final = re.compile(r"['’]s?$")


class Premises:
    """Looks for what a question takes for granted, in one index."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index = index
        self._lexicon = lexicon
        self._years = lru_cache(maxsize=256)(self._years_of)

    def unnamed(self, asked: Asked) -> list[str]:
        """The names in the question that stand nowhere in the sources, under none of their names; in its words.

        Of names that no list has, only English ones are known, by their capitals.
        """
        said = asked.text if len(asked.text) == len(asked.key) else asked.key
        found = [
            said[mention.start : mention.end]
            for mention in asked.mentions
            if mention.entities[0].kind not in WIDE_KINDS
            and not any(self._lexicon.occurs(matching_key(name)) for e in mention.entities for name in e.names)
        ]
        named = [(mention.start, mention.end) for mention in asked.mentions]
        for match in _capital.finditer(asked.text) if len(asked.text) == len(asked.key) else ():
            name = _possessive.sub("", match["name"])
            free = not any(start < match.end("name") and match.start("name") < end for start, end in named)
            if free and not self._is_known(name.lower()):
                found.append(name)
        return list(dict.fromkeys(found))

    def _is_known(self, word: str) -> bool:
        """Whether a Latin word is one, or may be a name that the sources write by its sound."""
        if self._lexicon.is_word(word) or self._lexicon.meant(word):
            return True
        if any(document.language not in ("zh", "en") for document in self._index.documents.values()):
            return True
        return any(self._lexicon.occurs(pair) for pair, _ in written_in_chinese(word, SOUNDS))

    def told(self, asked: Asked, reading: Reading | None, hits: Sequence[Hit]) -> list[str]:
        """What is wrong with the premises of a refused question, a sentence each, in its language."""
        say = phrases(asked.language)
        lines: list[str] = []
        unnamed = self.unnamed(asked)
        if unnamed:
            lines.append(say.unnamed(wording(asked.language).separator.join(unnamed)))
        if reading is not None:
            lines += self._of_relation(asked, reading, say)
        else:
            lines += self._of_editions(asked, say)
            lines += self._of_years(asked, hits, say)
        return lines

    def _of_relation(self, asked: Asked, reading: Reading, say: Phrases) -> Iterator[str]:
        """Which years or numbers a table has instead of one that it leaves out; and names that it never pairs."""
        relation = self._index.facts.relations[reading.relation]
        title = relation.title.label(asked.language)
        for column_id in dict.fromkeys([*(c for c, _ in reading.missing), *(one.column for one in reading.filters)]):
            column = relation.column(column_id)
            if column.type not in ("date", "number") or (column.type == "number" and column_id != relation.key):
                continue
            rows = sorted(self._index.facts.all_rows(reading.relation))
            cells = [
                one for one in self._index.facts.named(reading.relation, column_id, rows) if one.amount is not None
            ]
            cells.sort(key=lambda cell: (cell.amount or 0, cell.row))
            wanted = [years.low for years in asked.years] if column.type == "date" else [
                ordinal.number for ordinal in asked.ordinals
            ]  # fmt: skip
            if cells and wanted and not any((cells[0].amount or 0) <= one <= (cells[-1].amount or 0) for one in wanted):
                form = say.years_listed if column.type == "date" else say.numbers_listed
                yield form(title, *(self._cell(reading, cell.row, column, asked) for cell in (cells[0], cells[-1])))
        named = [one for one in reading.filters if self._names(reading, one)]
        if len(named) > 1 and not reading.missing and all(self._rows(reading, one) for one in named):
            together = set.intersection(*(self._rows(reading, one) for one in named))
            if not together:
                yield say.never_together(title, [self._label(reading, one, asked) for one in named])

    def _cell(self, reading: Reading, row: int, column: Column, asked: Asked) -> str:
        ((_, found),) = self._index.facts.rows(reading.relation, [row])
        return value_text(found.cells[column.column_id], column, self._index.names, asked.language)

    def _names(self, reading: Reading, one: Filter) -> bool:
        column = self._index.facts.relations[reading.relation].column(one.column)
        return column.type in ("place", "person", "organisation") and len(one.choices) == 1 and one.rows is None

    def _rows(self, reading: Reading, one: Filter) -> set[int]:
        return self._index.facts.rows_with(reading.relation, one.column, one.choices[0].keys)

    def _label(self, reading: Reading, one: Filter, asked: Asked) -> str:
        column = self._index.facts.relations[reading.relation].column(one.column)
        return name_text(one.choices[0].label, column, self._index.names, asked.language)

    def _of_editions(self, asked: Asked, say: Phrases) -> Iterator[str]:
        """Which editions the sources tell of, where the question asks for another one."""
        wanted = {ordinal.number for ordinal in asked.ordinals if ordinal.measure in MEASURES and not ordinal.up_to}
        for mention in asked.mentions if wanted else ():
            names = {name for entity in mention.entities[:1] for name in entity.names}
            known = {
                int(statement.fact.qualifiers["edition"])
                for statement in self._index.facts.statements
                if statement.fact.subject in names and statement.fact.qualifiers.get("edition", "").isdigit()
            }
            if known and not wanted & known:
                yield say.editions_told(mention.entities[0].name(asked.language), sorted(known))

    def _of_years(self, asked: Asked, hits: Sequence[Hit], say: Phrases) -> Iterator[str]:
        """The latest year that the nearest source names, where the question asks for one after it.

        A year before that which no source names is told as well.
        """
        wanted = [years.low for years in asked.years if years.single]
        if not wanted or not hits:
            return
        document = self._index.document(hits[0].passage.doc_id)
        own = self._years(document.doc_id)
        renderings = self._index.renderings.get(asked.language)
        title = (renderings and renderings.of_text(document, document.title)) or document.title
        for year in dict.fromkeys(wanted):
            if own and year > max(own):
                yield say.year_after(title, year, max(own))
            elif not any(year in self._years(doc_id) for doc_id in {hit.passage.doc_id for hit in hits}):
                yield say.year_unnamed(year)

    def _years_of(self, doc_id: str) -> frozenset[int]:
        return frozenset(date.year for date in find_dates(self._index.document(doc_id).text))
