"""Windows that are made up: trees of elements, read as a desktop's accessibility would read them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sidebar.domain.element_rules import Ask, ElementRule, Found, search
from sidebar.domain.elements import Element, Level, Trace

PAGE = "document"


@dataclass(eq=False, kw_only=True)
class Node:
    """An element of a made-up window with what is in it."""

    role: str
    id: str = ""
    classes: tuple[str, ...] = ()
    words: str = ""
    chosen: bool = False
    showing: bool = True
    parts: list["Node"] = field(default_factory=list)

    def seen(self) -> list["Node"]:
        return [part for part in self.parts if part.showing]

    def element(self, *, marks: bool = True, words: bool = True) -> Element:
        """What is told of it; what was not asked for is not told."""
        return Element(
            role=self.role,
            id=self.id if marks else "",
            classes=self.classes if marks else (),
            chosen=self.chosen and marks,
            words=self.words if words else "",
        )


def ways(node: Node, above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, ...]]:
    """The way from *node* to each element that can be seen in it."""
    way = (*above, node)
    for part in node.seen():
        yield (*way, part)
        yield from ways(part, way)


def trace(way: tuple[Node, ...]) -> Trace:
    """The way as a platform tells it: down from the outermost document, where there is one."""
    pages = [at for at, node in enumerate(way[:-1]) if at and node.role == PAGE]
    start = pages[0] if pages else 0
    levels = []
    for parent, node in zip(way[start:], way[start + 1 :], strict=False):
        like = [each for each in parent.seen() if each.role == node.role]
        siblings = tuple(each.element() for each in like)
        levels.append(Level(siblings=siblings, index=like.index(node), alone=len(parent.parts) == 1))
    return Trace(page=PAGE if pages else "", levels=tuple(levels))


def look(rule: ElementRule, window: Node) -> Found[Node]:
    """What *rule* names in *window*."""
    steps = search(rule, window)
    question = next(steps)
    try:
        while True:
            question = steps.send([_answer(parent, question) for parent in question.parents])
    except StopIteration as end:
        found: Found[Node] = end.value
        return found


def _answer(parent: Node, question: Ask[Node]) -> list[tuple[Node, Element]]:
    return [
        (part, part.element(marks=question.marks, words=question.words))
        for part in parent.seen()
        if question.role in ("", part.role)
    ]
