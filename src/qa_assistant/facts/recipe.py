"""The recipe beside a source: how its damaged tables, lists and sentences are read.

`NAME.recipe.toml` stands beside `NAME.txt`. It holds patterns and the words that questions use, so that a new damaged
source needs a new recipe and no new code. The values come out of the source: where a pattern no longer finds
anything, reading fails and names the entry. docs/facts.md describes the format.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from qa_assistant.errors import SourceError
from qa_assistant.facts.relations import Words
from qa_assistant.records import FactType, Language, Record

SUFFIX = ".recipe.toml"


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a pattern: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class Scope(Record):
    """Where in a document to read: a table by its label, or the text under a heading.

    Cut to what lies between `start` and `end`; the whole document without any of them.
    """

    table: Pattern | None = None
    heading: Pattern | None = None
    start: Pattern | None = None
    end: Pattern | None = None


class RecipeColumn(Record):
    """A column; `latest_year` is the last year that two digits can mean. See `relations.Column` for the rest."""

    id: str
    type: FactType = "text"
    words: Words = Words()
    unit: str | None = None
    kinds: tuple[str, ...] = ()
    shared: bool = False
    values: dict[str, Words] = {}
    renderings: dict[str, Words] = {}
    latest_year: int | None = None


class RecipeGroup(Record):
    """A printed column of a wrapped table that says something of all its items.

    It sets columns to what it says; the words of its header prove it.
    """

    header: Pattern
    set: dict[str, str] = {}


class RecipeRelation(Record):
    """A relation: where its rows stand and how they are told apart.

    Layout `pattern`: every match of `each` is a row, its named groups are the cells; with `item`, every match of
    `item` inside the group `items` is a row of its own, with the cells of both.
    `position` names a column for the place of each row among them, where the order of the text says something.
    Layout `wrapped`: lines that begin with a match of `row` open a row and hold its cell of the column `key`; what
    follows belongs to the printed columns in `groups`, each cut into rows by `item`; `empty` marks a column
    without any.
    """

    id: str
    title: Words
    subject: str = ""
    words: Words = Words()
    counted: Words = Words()
    where: str = ""
    whole: bool = True
    total: str | None = None
    say: dict[Language, str] = {}
    ask: tuple[dict[Language, str], ...] = ()
    key: str
    scope: tuple[Scope, ...] = (Scope(),)
    layout: Literal["pattern", "wrapped"] = "pattern"
    each: Pattern = ""
    item: Pattern | None = None
    position: str | None = None
    row: Pattern = r"[^\s()（）]{2,6}(?=\s|$)"
    skip: Pattern | None = None
    groups: tuple[RecipeGroup, ...] = ()
    empty: str | None = None
    column: tuple[RecipeColumn, ...]


class RecipeFact(Record):
    """A fact of running text: the first match of `pattern`, whose group `value` is the value.

    The group `unit` or the field `unit` is its unit, other named groups are qualifiers. `also` finds a second quote
    that the fact leans on.
    """

    subject: str
    predicate: str | Words
    type: FactType = "number"
    pattern: Pattern
    also: Pattern | None = None
    unit: str | None = None
    qualifiers: dict[str, str] = {}
    words: Words = Words()
    say: dict[Language, str] = {}
    scope: Scope = Scope()


class RecipeTerm(Record):
    """A value that is checked, in one of three ways.

    `subject`, `predicate` and all its `qualifiers` name the fact of a statement. `relation` and `column` name the
    cells of a column, those of the rows whose cells have the texts in `rows`. Each match of `pattern` in `scope` is a
    value, or its group `value` is. Where `count` is set, the number of different ones is meant, not their sum.
    """

    subject: str = ""
    predicate: str = ""
    qualifiers: dict[str, str] = Field(default={})
    relation: str = ""
    column: str = ""
    rows: dict[str, str] = Field(default={})
    pattern: Pattern = ""
    scope: Scope = Scope()
    count: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [bool(self.subject and self.predicate), bool(self.relation and self.column), bool(self.pattern)]
        if sum(ways) != 1:
            raise ValueError("needs subject and predicate, or relation and column, or pattern")
        return self


class RecipeCheck(Record):
    """Values that have to agree; see `relations.Rule` for what each field says.

    A `total` and its `parts`; a `share`, its `parts` and the `whole`; or the `same` value in several places.
    """

    about: dict[Language, str]
    total: RecipeTerm | None = None
    share: RecipeTerm | None = None
    same: tuple[RecipeTerm, ...] = ()
    parts: tuple[RecipeTerm, ...] = ()
    whole: tuple[RecipeTerm, ...] = ()
    open: bool = False
    certain: bool = True
    note: dict[Language, str] = Field(default={})

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if [self.total is not None, self.share is not None, bool(self.same)].count(True) != 1:
            raise ValueError("needs one of total, share and same")
        if bool(self.parts) == bool(self.same) or bool(self.whole) != (self.share is not None):
            raise ValueError("a total needs parts, a share parts and whole, same neither")
        if len(self.same) == 1:
            raise ValueError("same needs two values")
        return self


class Recipe(Record):
    """A recipe, as its file says it."""

    relation: tuple[RecipeRelation, ...] = ()
    fact: tuple[RecipeFact, ...] = ()
    check: tuple[RecipeCheck, ...] = ()
    predicates: dict[str, Words] = Field(default={})


def recipe_path(source: Path) -> Path:
    """Where the recipe of a source stands, if it has one."""
    return source.with_name(source.stem + SUFFIX)


def read_recipe(path: Path) -> Recipe:
    """The recipe in the file `path`. Raises `SourceError`."""
    try:
        return Recipe.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SourceError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(str(path), f"is not TOML ({error}); mend it or remove it") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise SourceError(str(path), f"field {field!r}: {first['msg']}; docs/facts.md describes recipes") from error
