"""A library lists its phrases before it is ready for searching, and in the same order."""

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Pack, Phrase, Stage
from sidebar.services.stock import Stock, stock_of

stages = st.none() | st.sampled_from([Stage.GREET, Stage.LISTEN])
categories = st.none() | st.sampled_from([Category.ORDER, Category.COMPLAINT])


def stock(kinds: list[tuple[Stage | None, Category | None]]) -> Stock:
    phrases = tuple(
        Phrase(id=PhraseId(f"p{number}"), title=f"t{number}", body="b", stage=stage, category=category)
        for number, (stage, category) in enumerate(kinds)
    )
    return stock_of([Pack(name="pack", language="zh", phrases=phrases)], lambda _character: ())


@given(
    st.lists(st.tuples(stages, categories), max_size=8),
    stages,
    categories,
    st.dictionaries(st.integers(0, 9).map(lambda number: PhraseId(f"p{number}")), st.integers(-1, 2**21)),
)
def test_lists_as_the_index_would(
    kinds: list[tuple[Stage | None, Category | None]],
    stage: Stage | None,
    category: Category | None,
    uses: dict[PhraseId, int],
) -> None:
    plain = stock(kinds)
    listed = plain.search(" ", stage=stage, category=category, uses=uses)
    assert not plain.ready
    plain.make_ready()
    assert plain.search(" ", stage=stage, category=category, uses=uses) == listed


def test_is_made_ready_by_the_first_letter_and_not_by_a_blank() -> None:
    plain = stock([(None, None)] * 2)
    assert len(plain.search("", stage=None, category=None, limit=1)) == 1
    assert not plain.ready
    assert [hit.phrase.id for hit in plain.search("t1", stage=None, category=None)] == ["p1"]
    assert plain.ready


def test_a_phrase_is_known_by_its_id_before_and_after() -> None:
    plain = stock([(None, None)])
    before = plain.get(PhraseId("p0"))
    plain.make_ready()
    assert before is not None
    assert plain.get(PhraseId("p0")) is before
    assert plain.get(PhraseId("p1")) is None
