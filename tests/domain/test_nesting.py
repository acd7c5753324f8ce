"""Which phrases stand in which, and where that leads nowhere or back."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.nesting import loop_of, nested_in, unknown_in
from sidebar.domain.phrase_details import Details, Option
from sidebar.domain.phrases import Phrase


def phrase(id: str, *nested: str, placeholders: bool = True) -> Phrase:
    body = "".join(f"{{phrase:{each}}}" for each in nested)
    return Phrase(id=PhraseId(id), title=id, body=body or "x", placeholders=placeholders)


def test_finds_them_in_every_wording_and_option_and_nowhere_else() -> None:
    details = Details(variants=("{话术：b} {Phrase: c }",), options=(Option(text="x", cons="{phrase:d}"),))
    whole = Phrase(
        id=PhraseId("p"), title="t", body="{phrase:a}{buyer}{{phrase:e}}", placeholders=True, details=details
    )
    assert nested_in(whole) == ("a", "b", "c", "d")
    assert nested_in(phrase("p", "a", placeholders=False)) == ()


def test_names_what_nobody_knows() -> None:
    known = {each.id: each for each in (phrase("a"),)}
    assert list(unknown_in(phrase("p", "a", "b"), known.get)) == ["b"]


def test_names_the_way_back() -> None:
    phrases = (phrase("a", "x", "b"), phrase("b", "c"), phrase("c", "a"), phrase("x"), phrase("y", "a"))
    known = {each.id: each for each in phrases}
    assert loop_of(phrases[0], known.get) == ("a", "b", "c", "a")
    assert loop_of(phrases[4], known.get) == ()
    assert loop_of(phrase("s", "s"), lambda _: None) == ("s", "s")


@given(st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from("abcdef"), max_size=4)))
def test_a_phrase_is_in_a_loop_where_it_can_be_reached_from_itself(graph: dict[str, list[str]]) -> None:
    known = {PhraseId(id): phrase(id, *nested) for id, nested in graph.items()}
    for id, start in known.items():
        reached, coming = set[str](), list(graph[id])
        while coming:
            if (at := coming.pop()) not in reached:
                reached.add(at)
                coming += graph.get(at, [])
        way = loop_of(start, known.get)
        assert bool(way) is (id in reached)
        assert all(after in graph[before] for before, after in pairwise(way))
