"""All names in one dictionary; finding them in a text, the longest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from qa_assistant.errors import InputError
from qa_assistant.names.entities import Entity, Mention
from qa_assistant.names.keys import TextKey, cut_by_space, in_capitals, may_be_split, name_key, separated
from qa_assistant.names.tables import WORD, Row, package_tables, read

_FIRST_KINDS: Final = frozenset(("country", "province", "region", "prefecture", "territory"))
QUESTION: Final = 300
"""Characters up to which a text may be a question, whose names are remembered."""
REMEMBERED: Final = 200
"""Texts whose names are remembered."""
_START: Final = 2
"""Characters of a name that lead to the lengths it may have."""


class _Bearer(NamedTuple):
    """A line that bears a name; sorted, the best comes first. `entity_id` is empty for an ordinary word."""

    table: int
    is_lesser_kind: bool
    line: int
    entity_id: str
    derived: bool
    capitals: bool
    lookup_only: bool


class Names:
    """Entities by id and by name; made by `load`."""

    def __init__(self, tables: Sequence[Sequence[Row]], given: int = 0) -> None:
        """Names of `tables`, the best table first; the first `given` are not the package's own."""
        self._entities = _merged(tables)
        self.given = frozenset(row.entity_id for table in tables[:given] for row in table if row.kind != WORD)
        self._bearers: dict[str, list[_Bearer]] = {}
        self._splittable: set[str] = set()
        best: dict[str, tuple[int, bool, int]] = {}
        for number, table in enumerate(tables):
            for line, row in enumerate(table):
                rank = (number, row.kind not in _FIRST_KINDS, line)
                self._add(row, rank if row.kind == WORD else best.setdefault(row.entity_id, rank))
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._bearers:
            lengths[key[:_START]].add(len(key))
        self._lengths = {start: sorted(found) for start, found in lengths.items()}
        # A question is looked through several times on the way to its answer.
        self._asked = lru_cache(maxsize=REMEMBERED)(self._found)
        # So are the passages that come back for one question after the other.
        self._read = lru_cache(maxsize=REMEMBERED)(self._found)

    @classmethod
    def load(cls, files: Sequence[Path] = ()) -> Names:
        """The package's names and those of `files`, of which later ones win.

        Raises InputError, with file, line and field, for a line that is not as the format says.
        """
        return cls([*(read(path) for path in reversed(files)), *package_tables()], given=len(files))

    def __contains__(self, name: object) -> bool:
        """Whether `name` as a whole is a name of anything, or a word that holds one by chance."""
        return isinstance(name, str) and name_key(name) in self._bearers

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, the best table first."""
        return tuple(self._entities.values())

    def entity(self, entity_id: str) -> Entity:
        """The entity of this id; raises InputError where there is none."""
        try:
            return self._entities[entity_id]
        except KeyError:
            raise InputError(f"no names for the entity {entity_id!r}; ids are kind:name, as in city:威海市") from None

    def lookup(self, name: str) -> tuple[Entity, ...]:
        """The entities that `name` as a whole is a name of, best first."""
        found = _candidates(self._bearers.get(name_key(name), []), capitals=in_capitals(name))
        return tuple(self._entities[bearer.entity_id] for bearer in found if bearer.entity_id)

    def borne(self, key: str) -> tuple[Entity, ...]:
        """The entities that `find` gives where a text has the name key `key` in small letters, best first."""
        found = [bearer for bearer in self._bearers.get(key, ()) if not bearer.lookup_only]
        ids = [bearer.entity_id for bearer in _candidates(found, capitals=False)]
        return tuple(self._entities[entity_id] for entity_id in ids if entity_id) if ids and ids[0] else ()

    def find(self, text: str) -> list[Mention]:
        """The names in `text` in order, none over another: the longest wins, of equal ones the first."""
        return list(self._asked(text) if len(text) <= QUESTION else self._read(text))

    def _found(self, text: str) -> list[Mention]:
        key = TextKey.of(text)
        taken = bytearray(len(key.key))
        mentions: list[Mention] = []
        for start, end in sorted(self._matches(key), key=lambda match: (match[0] - match[1], match[0])):
            if any(taken[start:end]):
                continue
            found = self._named(key, start, end)
            if not found:
                continue
            # An ordinary word takes its place, too: no shorter name is found in it.
            taken[start:end] = b"\x01" * (end - start)
            if found[0].entity_id:
                left, right = key.span(start, end)
                ids = [bearer.entity_id for bearer in found if bearer.entity_id]
                mentions.append(Mention(left, right, tuple(self._entities[entity_id] for entity_id in ids)))
        return sorted(mentions, key=lambda mention: mention.start)

    def _matches(self, key: TextKey) -> Iterator[tuple[int, int]]:
        """Ranges of the key that spell a name and start and end where one may."""
        for start in range(len(key.key) - _START + 1):
            lengths = self._lengths.get(key.key[start : start + _START])
            if not lengths or not key.may_start(start):
                continue
            for length in lengths:
                end = start + length
                if end <= len(key.key) and key.key[start:end] in self._bearers and key.may_end(end):
                    yield start, end

    def _named(self, key: TextKey, start: int, end: int) -> list[_Bearer]:
        """What the name at a range of the key may mean there."""
        name = key.key[start:end]
        left, right = key.span(start, end)
        written = key.text[left:right]
        if name not in self._splittable and cut_by_space(written):
            return []
        found = [bearer for bearer in self._bearers[name] if not bearer.lookup_only]
        return _candidates(found, capitals=in_capitals(written))

    def _add(self, row: Row, rank: tuple[int, bool, int]) -> None:
        entity_id = "" if row.kind == WORD else row.entity_id
        for columns, derived in ((row.written, False), (row.derived, True)):
            for name in (name for column in columns for name in column):
                key = name_key(name)
                lookup_only = name in row.lookup_only or len(key) < _START
                bearer = _Bearer(*rank, entity_id, derived, in_capitals(name), lookup_only)
                self._bearers.setdefault(key, []).append(bearer)
                if may_be_split(key) or separated(name):
                    self._splittable.add(key)


def _candidates(bearers: Sequence[_Bearer], *, capitals: bool) -> list[_Bearer]:
    """The bearers of a name, best first, each entity once; `capitals` tells whether it is written so."""
    found = sorted(bearer for bearer in bearers if capitals or not bearer.capitals)
    if any(not bearer.entity_id for bearer in found):
        found = [bearer for bearer in found if not bearer.derived]
    first: dict[str, _Bearer] = {}
    for bearer in found:
        first.setdefault(bearer.entity_id, bearer)
    return list(first.values())


def _merged(tables: Sequence[Sequence[Row]]) -> dict[str, Entity]:
    """Entities by id: the names written in the best table first, derived short forms last."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for table in tables:
        for row in table:
            if row.kind != WORD:
                rows[row.entity_id].append(row)
    return {entity_id: _entity(entity_id, found) for entity_id, found in rows.items()}


def _entity(entity_id: str, rows: Sequence[Row]) -> Entity:
    zh, en, ko = (
        tuple(dict.fromkeys(chain.from_iterable([row.written[i] for row in rows] + [row.derived[i] for row in rows])))
        for i in range(3)
    )
    return Entity(entity_id, rows[0].kind, zh, en, ko)
