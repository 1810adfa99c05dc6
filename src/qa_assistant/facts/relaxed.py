"""What is there instead, where nothing meets all that a question says: for "was the tenth in China?" the tenth."""

from __future__ import annotations

from dataclasses import replace

from qa_assistant.facts.lookup import look_up
from qa_assistant.facts.reading import Reading, Result
from qa_assistant.facts.store import FactStore


def instead_of(store: FactStore, reading: Reading) -> Result | None:
    """The rows that meet all filters of `reading` but one: those of the filter that leaves the fewest.

    They answer with the column that was not met. None where no filter can be left out, or where the relation does
    not have all there is: then what it lacks is not denied.
    """
    if len(reading.filters) < 2 or reading.missing or not store.relations[reading.relation].whole:
        return None
    found: list[Result] = []
    for left_out in reading.filters:
        others = tuple(one for one in reading.filters if one is not left_out)
        plain = replace(reading, action="list", asked=left_out.column, filters=others, group=None, measure=None)
        result = look_up(store, plain)
        named = [row for _, row in result.rows if left_out.column in row.cells]
        if any(row.cells[left_out.column].value is not None for row in named):
            found.append(result)
    # Of as many rows, what the question speaks of is rather wrong: "was Wuxi the host in 2014", "did it open in 1998".
    key = store.relations[reading.relation].column(store.relations[reading.relation].key)

    def order(result: Result) -> tuple[int, bool, bool, bool, bool]:
        asked = result.reading.asked
        is_key = asked == key.column_id
        numbered = is_key and key.type == "number"
        return len(result.rows), numbered, asked not in reading.spoken, is_key, not _is_date(result)

    return min(found, key=order, default=None)


def _is_date(result: Result) -> bool:
    return result.relation.column(result.reading.asked).type == "date"
