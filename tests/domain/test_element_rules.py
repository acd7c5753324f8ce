"""Finding the element with the buyer's name again, on windows that are made up."""

import copy
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.element_rules import ElementRule, Match, Step, rule_for, with_pattern
from sidebar.domain.elements import Trace
from tests.domain.invented_windows import PAGE, Node, look, trace, ways

ROLES = st.sampled_from(["section", "heading", "static", "list", "item"])
NAMES = st.sampled_from(["", "", "", "who", "title-bar", "x1", ":r3:"])
CLASSES = st.lists(st.sampled_from(["name", "chat-header", "active", "css-1x2y", "is-selected"]), max_size=2)


def nodes(children: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
    return st.builds(
        Node,
        role=ROLES,
        id=NAMES,
        classes=CLASSES.map(tuple),
        chosen=st.booleans(),
        showing=st.sampled_from([True, True, True, False]),
        parts=children,
    )


TREES = st.recursive(nodes(st.builds(list)), lambda inner: nodes(st.lists(inner, max_size=4)), max_leaves=25)


@st.composite
def picked(draw: st.DrawFn) -> tuple[Node, tuple[Node, ...], ElementRule]:
    """A window, the way to an element in it that has been pointed at, and the rule made of that.

    Every element says something else, so that what was found can be told by its words.
    """
    inside = draw(st.lists(TREES, min_size=1, max_size=4))
    if draw(st.booleans()):
        inside = [Node(role="panel"), Node(role="panel", parts=[Node(role=PAGE, parts=inside)])]
    window = Node(role="frame", parts=inside)
    for number, way in enumerate(ways(window)):
        way[-1].words = f"buyer {number}"
    choices = [way for way in ways(window) if way[-1].role not in ("panel", PAGE)]
    if not choices:
        choices = [(window, add(window, Node(role="static", words="buyer")))]
    way = draw(st.sampled_from(choices))
    rule = rule_for(trace(way))
    assert rule is not None
    return window, way, rule


def add(parent: Node, part: Node, at: int | None = None) -> Node:
    parent.parts.insert(len(parent.parts) if at is None else at, part)
    return part


@given(picked())
def test_what_was_pointed_at_is_found(case: tuple[Node, tuple[Node, ...], ElementRule]) -> None:
    window, way, rule = case
    found = look(rule, window)
    assert (found.match, found.words) == (Match.FOUND, way[-1].words)
    assert way[-1] in found.looked_into


@given(picked(), st.randoms(use_true_random=False))
def test_new_neighbours_of_another_kind_or_out_of_sight_change_nothing(
    case: tuple[Node, tuple[Node, ...], ElementRule], chance: random.Random
) -> None:
    window, way, rule = case
    every = [window, *(each[-1] for each in ways(window))]
    for parent in every:
        if chance.random() < 0.5:
            add(parent, Node(role="banner", words="news"), chance.randint(0, len(parent.parts)))
        if parent.parts and chance.random() < 0.5:
            hidden = copy.deepcopy(chance.choice(parent.parts))
            hidden.showing = False
            add(parent, hidden, chance.randint(0, len(parent.parts)))
    found = look(rule, window)
    assert (found.match, found.words) == (Match.FOUND, way[-1].words)


@given(picked(), st.randoms(use_true_random=False))
def test_neighbours_of_the_same_kind_behind_it_never_take_its_place(
    case: tuple[Node, tuple[Node, ...], ElementRule], chance: random.Random
) -> None:
    window, way, rule = case
    for parent in way[:-1]:
        if chance.random() < 0.7:
            twin = add(parent, copy.deepcopy(chance.choice(parent.seen())))
            for each in (twin, *(below[-1] for below in ways(twin))):
                each.words, each.chosen = f"not {each.words}", False
    found = look(rule, window)
    assert found.match is Match.SEVERAL or found.words == way[-1].words


@given(picked())
def test_nothing_is_found_while_the_window_shows_something_else(
    case: tuple[Node, tuple[Node, ...], ElementRule],
) -> None:
    window, way, rule = case
    way[1].showing = False
    for part in window.parts:
        part.showing = False
    assert look(rule, window).match is Match.NONE


def console(*buyers: str, shown: str) -> Node:
    """A page with a list of buyers, the open one marked, and that one's name above the messages."""
    entries = [
        Node(role="item", chosen=name == shown, parts=[Node(role="link", words=name)]) for name in buyers
    ]
    header = Node(
        role="section",
        classes=("chat-header",),
        parts=[Node(role="static", words=shown), Node(role="button")],
    )
    talk = Node(role="section", classes=("talk",), parts=[Node(role="static", words="在吗？")])
    page = Node(role=PAGE, parts=[Node(role="list", parts=entries), header, talk])
    return Node(role="frame", parts=[Node(role="toolbar"), Node(role="panel", parts=[page])])


def pointed_at(window: Node, words: str, role: str) -> ElementRule:
    (way,) = (way for way in ways(window) if (way[-1].words, way[-1].role) == (words, role))
    rule = rule_for(trace(way))
    assert rule is not None
    return rule


def test_the_name_above_the_messages_follows_the_open_buyer() -> None:
    rule = pointed_at(console("张三", "李四", shown="张三"), "张三", "static")
    assert rule.page == PAGE
    assert rule.steps == (Step(role="section", class_name="chat-header"), Step(role="static"))
    assert look(rule, console("王五", "张三", "李四", shown="李四")).words == "李四"


def test_the_chosen_entry_of_the_list_follows_the_open_buyer() -> None:
    rule = pointed_at(console("张三", "李四", shown="李四"), "李四", "link")
    assert rule.steps == (Step(role="list"), Step(role="item", chosen=True), Step(role="link"))
    assert look(rule, console("李四", "王五", "张三", shown="张三")).words == "张三"


def test_an_entry_that_is_not_chosen_stays_what_it_is() -> None:
    rule = pointed_at(console("张三", "李四", shown="李四"), "张三", "link")
    assert rule.steps[1] == Step(role="item", nth=0)
    assert look(rule, console("张三", "李四", shown="张三")).words == "张三"


def test_a_page_wrapped_in_more_or_fewer_frames_is_the_same_page() -> None:
    rule = pointed_at(console("张三", shown="张三"), "张三", "static")
    window = console("李四", shown="李四")
    window.parts = [Node(role="panel", parts=[Node(role="panel", parts=window.parts)])]
    assert look(rule, window).words == "李四"


def test_an_id_is_held_to_and_one_made_up_by_the_page_is_not() -> None:
    window = Node(
        role="frame",
        parts=[Node(role="heading", id="who", words="张三"), Node(role="heading", id=":r3:", words="订单")],
    )
    assert pointed_at(window, "张三", "heading").steps == (Step(role="heading", id="who"),)
    assert pointed_at(window, "订单", "heading").steps == (Step(role="heading", nth=1),)
    rule = pointed_at(window, "张三", "heading")
    window.parts[0].id = "settings"
    assert look(rule, window).match is Match.NONE


@pytest.mark.parametrize("name", ["who", "buyer-name", "QApplication.ChatWindow.buyers", "姓名"])
def test_an_id_in_plain_words_is_taken_for_lasting(name: str) -> None:
    window = Node(role="frame", parts=[Node(role="label", id=name, words="张三")])
    assert pointed_at(window, "张三", "label").steps == (Step(role="label", id=name),)


def test_two_that_say_different_things_are_told_as_several() -> None:
    window = Node(role="frame", parts=[Node(role="heading", words="张三")])
    rule = pointed_at(window, "张三", "heading")
    add(window, Node(role="heading", words="李四"))
    assert look(rule, window).match is Match.SEVERAL


def test_two_that_say_the_same_name_one_buyer() -> None:
    window = Node(
        role="frame", parts=[Node(role="heading", words="张三"), Node(role="heading", words="张三")]
    )
    rule = ElementRule(steps=(Step(role="heading"),), buyer=re.compile("(?P<buyer>.+)"))
    assert look(rule, window).words == "张三"


def test_what_fills_a_heading_stands_for_the_heading() -> None:
    inner = Node(role="static", words="张三")
    window = Node(role="frame", parts=[Node(role="heading", id="who", words="张三", parts=[inner])])
    assert pointed_at(window, "张三", "static").steps == (Step(role="heading", id="who"),)


def test_no_rule_is_made_of_the_window_itself() -> None:
    assert rule_for(Trace(page="", levels=())) is None


@pytest.mark.parametrize(
    ("pattern", "words", "buyer"),
    [
        (r"(?s)^\s*(?P<buyer>\S.*?)\s*$", " 张三 \n", "张三"),
        (r"^与\s*(?P<buyer>\S.*?)\s*的对话$", "与 Mr. Smith 的对话", "Mr. Smith"),
        (r"^与(?P<buyer>.+)的对话$", "设置", ""),
        (r"(?s)^\s*(?P<buyer>\S.*?)\s*$", "  ", ""),
    ],
)
def test_the_pattern_cuts_the_name_from_the_words(pattern: str, words: str, buyer: str) -> None:
    rule = rule_for(trace((Node(role="frame", parts=[part := Node(role="static")]), part)))
    assert rule is not None
    assert with_pattern(rule, pattern).buyer_in(words) == buyer


def test_an_entry_that_says_inside_that_it_is_chosen_follows_the_open_buyer() -> None:
    def shop(*buyers: str, shown: str) -> Node:
        links = [Node(role="link", words=name, chosen=name == shown) for name in buyers]
        return Node(role="frame", parts=[Node(role="item", parts=[link]) for link in links])

    rule = pointed_at(shop("张三", "李四", shown="李四"), "李四", "link")
    assert rule.steps == (Step(role="item", nth=1), Step(role="link", chosen=True))
    assert look(rule, shop("王五", "李四", "张三", shown="张三")).words == "张三"


def test_of_several_chosen_ones_the_place_is_counted_among_the_chosen() -> None:
    def entries(*marks: tuple[str, bool]) -> Node:
        return Node(role="frame", parts=[Node(role="item", words=say, chosen=at) for say, at in marks])

    window = entries(("待处理", True), ("张三", False), ("李四", True), ("王五", False))
    rule = pointed_at(window, "李四", "item")
    assert rule.steps == (Step(role="item", chosen=True, nth=1),)
    assert look(rule, window).words == "李四"
    moved = entries(("待处理", True), ("张三", False), ("李四", False), ("王五", True))
    assert look(rule, moved).words == "王五"
    assert pointed_at(window, "待处理", "item").steps == (Step(role="item", chosen=True, nth=0),)


def test_of_several_chosen_ones_the_place_is_kept_beside_one_that_is_hidden() -> None:
    parts = [Node(role="list"), *(Node(role="list", words=say, chosen=True) for say in ("张三", "李四"))]
    window = Node(role="frame", parts=parts)
    rule = pointed_at(window, "张三", "list")
    assert rule.steps == (Step(role="list", chosen=True, nth=0),)
    add(window, Node(role="list", words="王五", chosen=True, showing=False), 0)
    assert look(rule, window).words == "张三"


def test_of_several_chosen_ones_below_a_counted_one_the_place_is_counted_among_the_chosen() -> None:
    def pane(*says: str) -> Node:
        return Node(
            role="section",
            parts=[Node(role="item", words=say, chosen=not at % 2) for at, say in enumerate(says)],
        )

    window = Node(role="frame", parts=[pane("全部", "张三", "李四"), pane("订单", "售后", "物流")])
    rule = pointed_at(window, "物流", "item")
    assert rule.steps == (Step(role="section", nth=1), Step(role="item", chosen=True, nth=1))
    assert look(rule, window).words == "物流"
