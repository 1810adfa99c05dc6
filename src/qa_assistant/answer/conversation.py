"""Follow-up questions as questions that stand alone, from the questions before them and their answers.

An earlier question is asked again only where its answer is needed; the facts alone are asked. Of several ways to
understand a question, the first that the facts answer is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from qa_assistant.answer.said import Said
from qa_assistant.answer.spoken import Spoken
from qa_assistant.facts.store import FactStore
from qa_assistant.names import PLACE_KINDS, WIDE_KINDS, Entity, Names
from qa_assistant.question import LONGEST, with_history
from qa_assistant.question.follow_ups import Fragment, find_fragment, lead_of, may_lean, said_by
from qa_assistant.question.pronouns import (
    Pronoun,
    Referent,
    agrees,
    find_pronoun,
    put_in_place,
    referent_of,
)
from qa_assistant.question.substitution import Change, changed, in_the_form, part_changes, partners, rankings
from qa_assistant.question.things import Heard, hear
from qa_assistant.question.whole import (
    asked_of,
    counted_changed,
    head_noun,
    joined,
    noun_phrase,
    tidied,
    topic_of,
    with_added,
    word_changed,
)
from qa_assistant.records import Language

FARTHEST: Final = 6
"""Questions back that a chain of follow-ups goes."""
BACK: Final = 3
"""Questions back that a pronoun reaches."""
MOST: Final = 3
"""Ways to understand a question that are tried."""
REMEMBERED: Final = 512
EVEN: Final = 0.001
"""A question that does not say that it leans on another does so only where that answers it better."""

_SITES: Final = frozenset({"pavilion", "park"})
"""Kinds of things that one can be in and that are no places themselves."""

AskFacts = Callable[[str, Language], Said | None]


class Conversation:
    """Understands follow-up questions; `ask` gives what the facts say to a question."""

    def __init__(self, ask: AskFacts, names: Names, store: FactStore) -> None:
        self._ask = ask
        self._names = names
        self._store = store
        self._spoken = Spoken(store)
        self._understood = lru_cache(maxsize=REMEMBERED)(self._understand)

    def understood(self, question: str, history: Sequence[str]) -> str | None:
        """`question` as it stands alone, in the light of `history`, oldest first; None where it does so already.

        None as well where nothing in `history` tells what is left out.
        """
        before = tuple(earlier for earlier in history if earlier.strip() and len(earlier) <= LONGEST)[-FARTHEST:]
        return self._understood(question, before)

    def _understand(self, question: str, before: tuple[str, ...]) -> str | None:
        if not before:
            return None
        heard = self._hear(question)
        pronoun = find_pronoun(heard, lead_of(heard))
        if pronoun is not None:
            whole = self._named(heard, pronoun, before)
        elif may_lean(heard):
            earlier = self._earlier(before)
            fragment = find_fragment(heard, earlier)
            if fragment is not None and fragment.asks == "attribute" and not earlier.things and len(before) > 1:
                further = self._earlier(before[:-1])  # What says not what it is about goes on with the one before.
                if further.things:
                    earlier, fragment = further, find_fragment(heard, further)
            if fragment is None:
                return None
            whole = self._completed(fragment, earlier)
        else:
            return None
        whole = whole or with_history(question, before)
        return whole if whole.strip() != question.strip() and len(whole) <= LONGEST else None

    def _hear(self, text: str) -> Heard:
        return hear(text, self._names, self._store)

    def _earlier(self, before: tuple[str, ...]) -> Heard:
        """The last question of `before`, as it was understood."""
        return self._hear(self._understood(before[-1], before[:-1]) or before[-1])

    # pronouns

    def _named(self, heard: Heard, pronoun: Pronoun, before: tuple[str, ...]) -> str | None:
        """The question with a name in the place of its pronoun: of the last question that has one which agrees."""
        for back in range(min(BACK, len(before))):
            earlier = self._earlier(before[: len(before) - back])
            found = [
                tidied(heard, put_in_place(heard, pronoun, span, referent.name, head_noun(earlier)))
                for referent in self._referents(earlier, heard.language, pronoun)
                if (span := agrees(pronoun, referent, heard))
            ]
            if found:
                return self._best(found, heard, sure=pronoun.sure)
            if rankings(earlier):
                break  # What came first is meant, though no one knows what that is; no older thing.
        return None

    def _referents(self, earlier: Heard, language: Language, pronoun: Pronoun | None = None) -> list[Referent]:
        """What is likely to be spoken of after `earlier`, the likeliest first."""
        asked = earlier.asked
        own = [referent_of(thing, earlier, language) for thing in earlier.topics]
        ranks = bool(rankings(earlier)) and "date" not in asked.kinds
        which = ranks or bool(asked.kinds.keys() & {"place", "person", "body"}) or not own
        told = self._told(earlier, language) if which or all(one.kind in WIDE_KINDS for one in own) else []
        at_place = pronoun is not None and pronoun.sort == "place"
        if pronoun is not None and pronoun.sort in ("place", "person"):
            wanted = [one for one in own if (one.kind == "person") == (pronoun.sort == "person")]
            sites = [one for one in wanted if at_place and one.kind in _SITES]
            asked_where = at_place and ("place" in asked.kinds or ranks)
            first, then = (sites + told, wanted) if asked_where else (wanted, told)
        elif "place" in asked.kinds and not ranks and any(thing.kind not in WIDE_KINDS for thing in earlier.topics):
            first, then = own, []  # "Where is it?": it is still what is spoken of.
        else:
            first, then = (told, own) if which else (own, told)
        phrase = noun_phrase(earlier)
        found = [one for one in (*first, *then) if one.kind not in WIDE_KINDS]
        if phrase and not (found or ranks) and not any(earlier.said(thing.span) in phrase for thing in earlier.things):
            found = [Referent(phrase)]
        wide = [one for one in (*first, *then) if one.kind in WIDE_KINDS]
        return [*found, *(one for one in wide if one.kind != "country" or not (found or which))]

    def _told(self, earlier: Heard, language: Language) -> list[Referent]:
        """The one thing that the answer to `earlier` names and the question does not."""
        said = self._ask(earlier.text, earlier.language)
        if said is None or said.kind != "fact":
            return []
        known = {thing.entity.entity_id for thing in earlier.things if thing.entity}
        entities: list[Entity] = []
        # A sentence beside the first one adds to it; the cells of a list are all of one column.
        for fact in [fact for fact in said.facts if fact.predicate == said.facts[0].predicate]:
            named = fact.subject if fact.type in ("number", "date") else fact.text
            mentions = [mention for mention in self._names.find(named) if mention.entities[0].entity_id not in known]
            entities += [mention.entities[0] for mention in mentions[-1:]]
        found = {entity.entity_id: entity for entity in entities}
        if len(found) != 1:
            return []
        return [Referent(entity.name(language), entity) for entity in found.values()]

    # what is left out

    def _completed(self, fragment: Fragment, earlier: Heard) -> str | None:
        if fragment.asks == "word":
            return word_changed(earlier, fragment.text)
        if fragment.asks == "attribute":
            return self._attribute(fragment, earlier)
        return self._parts(fragment, earlier)

    def _parts(self, fragment: Fragment, earlier: Heard) -> str | None:
        """`earlier` with the names, years and ranks of `fragment`."""
        new = fragment.heard.asked
        ranked = bool(rankings(earlier)) and not rankings(fragment.heard)
        asks_else = fragment.has_question_word and (ranked or bool(new.kinds.keys() - earlier.asked.kinds.keys()))
        if asks_else and fragment.things:
            return None
        changes, added = part_changes(fragment, earlier)
        if not changes and not added:
            return None
        found: list[str] = []
        if len(fragment.things) == 1 and not added:
            thing = fragment.things[0]
            olds = partners(thing, fragment.heard, earlier)
            others = [change for change in changes if not any(change[0] == old.span for old in olds)]
            forms = [(old.span, in_the_form(thing, fragment.heard, old, earlier)) for old in olds[:MOST]]
            found = [changed(earlier, [form, *others]) for form in forms]
        elif len(fragment.things) == 1 and (inner := self._in_a_name(fragment, earlier)):
            changes, added = [*changes, inner], added[1:]
        elif len(fragment.things) == 1 and not fragment.things[0].wide and fragment.marked:
            topics = [one for one in earlier.topics if not one.wide]
            if len(topics) == 1 and not (topics[0].place or fragment.things[0].place):
                said = fragment.heard.said(fragment.things[0].span)
                found.append(changed(earlier, [(topics[0].span, said), *changes]))
        if added and fragment.things and not fragment.marked:
            return None
        found.append(with_added(changed(earlier, changes), added, earlier.language))
        whole = self._best(list(dict.fromkeys(found)), fragment.heard)
        if whole is not None and asks_else:
            return word_changed(self._hear(whole), fragment.words)
        return whole

    def _in_a_name(self, fragment: Fragment, earlier: Heard) -> Change | None:
        """The change of a place in a name where the result is a name as well: 烟台 in 盐城产业园."""
        new = fragment.things[0]
        if not new.place:
            return None
        said = fragment.heard.said(new.span)
        for old in earlier.topics:
            name = earlier.said(old.span)
            for start in range(len(name)):
                for end in range(len(name), start + 1, -1):
                    inner = name[start:end].strip() == name[start:end] and any(
                        entity.kind in PLACE_KINDS for entity in self._names.lookup(name[start:end])
                    )
                    other = name[:start] + said + name[end:]
                    if inner and any(entity.kind == old.kind for entity in self._names.lookup(other)):
                        return old.span, other
        return None

    def _attribute(self, fragment: Fragment, earlier: Heard) -> str | None:
        """Something else asked of what `earlier` is about, or of what its answer names."""
        heard, language = fragment.heard, fragment.heard.language
        said_by_it = said_by(heard, fragment.body)
        if fragment.may_stand_alone and not said_by_it:
            return None  # Nothing tells whether an answer speaks of what is asked.
        for whole in self._asked_of_it(fragment, earlier):
            best = self._facts(whole, language)
            if best is None or not self._spoken.covers(best, heard.asked, said_by_it):
                continue
            if fragment.may_stand_alone:
                alone = self._facts(heard.text, language)
                as_good = best.confidence if fragment.marked else best.confidence - EVEN
                return None if alone is not None and alone.confidence > as_good else whole
            return whole
        plain = fragment.marked and not fragment.has_question_word
        return next(self._asked_of_it(fragment, earlier), None) if plain else None

    def _asked_of_it(self, fragment: Fragment, earlier: Heard) -> Iterator[str]:
        """Ways to ask what `fragment` asks of what `earlier` is about, the likeliest first."""
        language = fragment.heard.language
        counted = counted_changed(earlier, fragment.text) if earlier.language == language else None
        if counted is not None:
            yield counted
        referents = self._referents(earlier, language)
        bases = [one.name for one in referents if one.kind != "country"]
        topic = topic_of(earlier) if earlier.language == language else ""
        if topic and not (bases and rankings(earlier)):
            bases = [topic, *bases]
        for base in list(dict.fromkeys(bases))[:MOST]:
            yield asked_of(base, fragment)
        if (bases or topic) and fragment.marked:
            yield joined(earlier, fragment.text)

    # the choice

    def _facts(self, whole: str, language: Language) -> Said | None:
        said = self._ask(whole, language)
        return said if said is not None and said.kind == "fact" else None

    def _first_answered(self, found: Iterable[str], language: Language) -> tuple[str, Said | None]:
        for whole in found:
            said = self._facts(whole, language)
            if said is not None:
                return whole, said
        return "", None

    def _best(self, found: Iterable[str], heard: Heard, *, sure: bool = True) -> str | None:
        """The first of `found` that the facts answer, else the first; None where the question alone is as good."""
        tried = list(dict.fromkeys(found))[:MOST]
        if len(tried) == 1 and sure:
            return tried[0]
        whole, said = self._first_answered(tried, heard.language)
        if not sure:
            alone = self._facts(heard.text, heard.language)
            if said is None or (alone is not None and alone.confidence > said.confidence):
                return None
        return whole or tried[0]
