"""Tables as relations whose cells are facts, and statements of running text as facts with words to ask for them."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from qa_assistant.records import Fact, FactType, Language, Record


class Words(Record):
    """The ways to name one thing in each language, the one to show first. Written `a|b|c` in files."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    ko: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _split(cls, given: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        if not isinstance(given, dict):
            return given
        return {
            language: tuple(word.strip() for word in words.split("|") if word.strip())
            if isinstance(words, str)
            else words
            for language, words in given.items()
        }

    def label(self, language: Language) -> str:
        """The name to show in `language`, or in the next language that has one."""
        return next((words[0] for words in (self.of(language), self.zh, self.en, self.ko) if words), "")

    def of(self, language: Language) -> tuple[str, ...]:
        """All names in `language`."""
        return {"zh": self.zh, "en": self.en, "ko": self.ko}[language]

    @property
    def all(self) -> tuple[str, ...]:
        """All names in all languages."""
        return self.zh + self.en + self.ko

    def and_those_of(self, other: Words) -> Self:
        """These words, then those of `other`."""
        return type(self)(zh=self.zh + other.zh, en=self.en + other.en, ko=self.ko + other.ko)


class Column(Record):
    """A column of a relation. The facts in it are of one `type`.

    `words` name the column, `member` one thing in it ("city"), both as a question may. `kinds` are the kinds of
    entity that its cells name; where `shared` is set, a cell that names several says that its row holds for them
    together, not for each. `order` is set where its numbers are places in
    an order, of which 1 is the first. `values` are the ways to name what stands in the cells of a column of few
    different values, `renderings` what its cells say in other languages.
    """

    column_id: str
    type: FactType = "text"
    words: Words = Words()
    unit: str | None = None
    kinds: tuple[str, ...] = ()
    shared: bool = False
    order: bool = False
    values: dict[str, Words] = {}
    renderings: dict[str, Words] = {}


class Relation(Record):
    """A table: its columns, what it is about, and the column `key` that its rows are about.

    `subject` is the name of an entity that all rows are about. `counted` names what one row is ("tie"); `where` is the
    place in the document that readers know it by. `whole` is set where the rows are all there are, so that a name
    which is missing from it is missing from the source.
    `total` is the column with the whole that a row's number is a part of.
    `context` is the text that its rows stand in: what is named there holds of all of them.
    `joined` is set where the cells of a row stand together, so that they can be quoted in one stretch. `say` is a
    sentence in each language for one row, with the cells' columns in braces. `ask` are questions that it answers, each
    in every language, with columns in braces where they are about what stands there.
    """

    relation_id: str
    doc_id: str
    title: Words
    subject: str = ""
    words: Words = Words()
    counted: Words = Words()
    columns: tuple[Column, ...]
    key: str
    where: str = ""
    whole: bool = True
    context: str = ""
    joined: bool = True
    total: str | None = None
    say: dict[Language, str] = {}
    ask: tuple[dict[Language, str], ...] = ()

    def column(self, column_id: str) -> Column:
        """The column of that id."""
        return next(column for column in self.columns if column.column_id == column_id)


class Row(Record):
    """A row of a relation: the fact in each column that has one, and, once stored, the key that stands for it."""

    cells: dict[str, Fact]
    keys: dict[str, str] = {}


class Term(Record):
    """Values that a rule compares: the facts themselves, or those in a column of a relation.

    Of a column, `rows` are the first row and the one after the last. Where `counted` is set, how many different
    texts the facts have is meant, not their sum.
    """

    facts: tuple[Fact, ...] = ()
    relation_id: str = ""
    column_id: str = ""
    rows: tuple[int, int] | None = None
    counted: bool = False


class Rule(Record):
    """Values that have to agree.

    `total` is the sum of `parts`, or the `share` that they are of `whole`, or the `same` as each of them. Where `open`
    is set, the source does not name all parts, so that only more than the total is wrong. A difference
    up to `tolerance` comes of rounding. `certain` is unset where the source can be read so that both sides hold;
    `note` says how.
    """

    kind: Literal["sum", "share", "same"]
    about: dict[Language, str]
    total: Term
    parts: tuple[Term, ...]
    whole: tuple[Term, ...] = ()
    open: bool = False
    tolerance: float = 0
    certain: bool = True
    note: dict[Language, str] = Field(default={})


class Table(Record):
    """A relation with its rows, and the rules that its rows of totals make."""

    relation: Relation
    rows: tuple[Row, ...]
    rules: tuple[Rule, ...] = ()


class Statement(Record):
    """A fact of running text, with the words of its predicate, more words to ask for it, and sentences to say it.

    `say` holds a sentence in each language with `{subject}` and `{value}` in it; without one, a plain sentence is made
    of subject, predicate and value. `context` is the sentence around the fact: what stands there may be asked along.
    """

    fact: Fact
    predicate: Words = Words()
    words: Words = Words()
    say: dict[Language, str] = {}
    context: str = ""
