"""Naming one element of a window so that it is found again: made from a way down to it, tried on any tree.

A rule asks of each step as little as tells it from its neighbours: first its role, then an id, then
that it is the chosen one, then a class, and only where nothing else helps how many like it stand
before it. What a step leaves open the steps below decide: a new neighbour that does not have the rest
of the way inside it changes nothing.
"""

import re
from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from re import Pattern
from typing import Generic, TypeAlias, TypeVar

from sidebar.domain.elements import Element, Level, Trace
from sidebar.domain.lean import dataclass

_WHOLE = re.compile(r"(?s)^\s*(?P<buyer>\S.*?)\s*$")

_MOST_STEPS = 60
_MOST_PATHS = 200
_PAGE_DEPTH = 12
_PASSING = frozenset(
    {"active", "current", "selected", "hover", "focus", "focused", "open", "unread", "online"}
)
"""Classes that say how something is at the moment, not what it is."""
_MADE_UP = re.compile(r"\d|[^\w.-]")
"""What ids and classes have in them that are made anew with every page or release."""

H = TypeVar("H")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What an element on the way is asked for. `nth` decides only between ways that fit as well otherwise."""

    role: str
    id: str = ""
    class_name: str = ""
    chosen: bool = False
    nth: int | None = None

    def fits(self, element: Element) -> bool:
        return (
            element.role == self.role
            and (not self.id or element.id == self.id)
            and (not self.class_name or self.class_name in element.classes)
            and (not self.chosen or element.chosen)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRule:
    """Which element of a client's window holds the buyer's name, and which part of its words that is.

    The steps lead down from the window, or from each of its documents of the role `page`. `buyer` has
    the named group `buyer`.
    """

    steps: tuple[Step, ...]
    buyer: Pattern[str]
    page: str = ""

    def buyer_in(self, words: str) -> str:
        """The buyer's name in an element's words; '' where there is none."""
        found = self.buyer.search(words)
        return (found["buyer"] or "").strip() if found is not None else ""


class Match(StrEnum):
    """What became of looking for the element a rule names."""

    FOUND = "found"
    NONE = "none"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[H]):
    """The end of a search: what matched, its words, and everything that was on the way to it.

    Where several elements fit that say the same, one buyer is named all the same: FOUND.
    """

    match: Match
    words: str = ""
    looked_into: tuple[H, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Generic[H]):
    """A question of a search: the children of each parent that can be seen and have that role, in order.

    '' is any role. The words are wanted only where `words`, and ids, classes and marks only where `marks`.
    """

    parents: tuple[H, ...]
    role: str
    marks: bool = False
    words: bool = False


Families: TypeAlias = Sequence[Sequence[tuple[H, Element]]]
"""The answer to an `Ask`: for each parent its children."""

Search: TypeAlias = Generator[Ask[H], Families[H], Found[H]]


@dataclass(frozen=True, slots=True)
class _Path(Generic[H]):
    handle: H
    words: str = ""
    exact: bool = True


def search(rule: ElementRule, window: H) -> Search[H]:
    """Look for the element *rule* names in *window*; whoever runs it answers its questions."""
    starts = [window]
    seen = [window]
    if rule.page:
        starts = yield from _pages(rule.page, window, seen)
    paths = [_Path(start) for start in starts]
    for place, step in enumerate(rule.steps):
        last = place == len(rule.steps) - 1
        if not paths:
            break
        families = yield Ask(
            parents=tuple(path.handle for path in paths),
            role=step.role,
            marks=bool(step.id or step.class_name or step.chosen),
            words=last,
        )
        paths = list(_further(paths, families, step))[:_MOST_PATHS]
        seen += [path.handle for path in paths]
    return _conclusion(paths, tuple(dict.fromkeys(seen)))


def _pages(role: str, window: H, seen: list[H]) -> Generator[Ask[H], Families[H], list[H]]:
    """The documents of that role nearest to *window*, with whatever is wrapped around them."""
    found: list[H] = []
    level = [window]
    for _depth in range(_PAGE_DEPTH):
        if not level:
            break
        families = yield Ask(parents=tuple(level), role="")
        things = [pair for family in families for pair in family]
        found += [handle for handle, element in things if element.role == role]
        level = [handle for handle, element in things if element.role != role][:_MOST_PATHS]
    seen += found
    return found


def _further(paths: Sequence[_Path[H]], families: Families[H], step: Step) -> Iterable[_Path[H]]:
    for path, family in zip(paths, families, strict=True):
        fitting = [(handle, element) for handle, element in family if step.fits(element)]
        for place, (handle, element) in enumerate(fitting):
            yield _Path(handle, element.words, path.exact and step.nth in (None, place))


def _conclusion(paths: Sequence[_Path[H]], seen: tuple[H, ...]) -> Found[H]:
    left = paths if len(paths) == 1 else [path for path in paths if path.exact]
    words = {path.words for path in left} or {path.words for path in paths}
    if len(words) == 1:
        return Found(match=Match.FOUND, words=words.pop(), looked_into=seen)
    return Found(match=Match.SEVERAL if paths else Match.NONE, looked_into=seen)


def rule_for(trace: Trace) -> ElementRule | None:
    """The rule that names the element *trace* leads to, and takes all it says for the buyer's name.

    None for no element, or one buried too deep.

    Where the element fills the one above it and says the same, that one is named: what is inside is
    made anew more often than what holds it.
    """
    levels = list(trace.levels)
    while len(levels) > 1 and levels[-1].alone and levels[-2].element.words == levels[-1].element.words:
        levels.pop()
    if not 0 < len(levels) <= _MOST_STEPS:
        return None
    steps = tuple(_steps(levels))
    return ElementRule(steps=steps, buyer=_WHOLE, page=trace.page)


def with_pattern(rule: ElementRule, buyer: str) -> ElementRule:
    """*rule* with another way to cut the buyer's name from the words."""
    return replace(rule, buyer=re.compile(buyer))


def _steps(levels: Iterable[Level]) -> Iterable[Step]:
    """Below one that only its place tells apart, what is chosen has to be: another's place may be taken."""
    counted = False
    for level in levels:
        step = _step(level)
        counted = counted or step.nth is not None
        yield replace(step, chosen=True) if counted and level.element.chosen else step


def _step(level: Level) -> Step:
    """As little as tells the element from those beside it.

    Where several are chosen, the place of one is its place among these: the search counts what fits.
    """
    element = level.element
    lasting = element.id if element.id and not _MADE_UP.search(element.id) else ""
    step = Step(role=element.role, id=lasting)
    others = [each for at, each in enumerate(level.siblings) if at != level.index and step.fits(each)]
    if not others:
        return step
    if element.chosen and not any(each.chosen for each in others):
        return replace(step, chosen=True)
    own = next((name for name in element.classes if _tells_apart(name, others)), "")
    if own:
        return replace(step, class_name=own)
    step = replace(step, chosen=element.chosen)
    return replace(step, nth=sum(step.fits(each) for each in level.siblings[: level.index]))


def _tells_apart(name: str, others: Iterable[Element]) -> bool:
    words = re.split(r"[-_]+", name.casefold())
    lasts = not _MADE_UP.search(name) and not _PASSING.intersection(words)
    return lasts and not any(name in each.classes for each in others)
