"""A reading in the making: what a question gives a relation to go by."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_assistant.facts.reading import Choice, Filter
from qa_assistant.facts.relations import Relation
from qa_assistant.records import Span


@dataclass
class Draft:
    """A reading in the making: its filters by column, and the places in the question that it accounts for."""

    number: int
    relation: Relation
    filters: dict[str, Filter] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    column_spans: dict[str, list[Span]] = field(default_factory=dict)
    about: list[Span] = field(default_factory=list)
    titled: list[Span] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    without: list[Filter] = field(default_factory=list)
    unmet: int = 0

    def add(self, column: str, choice: Choice, span: Span) -> None:
        """Let one more thing through in `column`, called so at `span` of the question."""
        known = self.filters.get(column)
        if known is None:
            self.filters[column] = Filter(column, (choice,))
        elif (choice.keys, choice.between) not in [(one.keys, one.between) for one in known.choices]:
            self.filters[column] = Filter(column, (*known.choices, choice))
        self.spans.append(span)

    def covers(self, span: Span) -> bool:
        """Whether what the relation or a column is called has `span` in it."""
        return any(start <= span[0] and span[1] <= end for start, end in [*self.about, *flat(self.column_spans)])


def flat(spans: dict[str, list[Span]]) -> list[Span]:
    """All spans."""
    return [span for found in spans.values() for span in found]
