"""A lean dataclass is, for whoever uses it, the library's own."""

import copy
import dataclasses
import gc
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain import lean


@lean.dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Somebody who writes."""

    name: str
    orders: tuple[int, ...] = ()
    tags: dict[str, int] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)
    kinds: ClassVar[int] = 0


@lean.dataclass(frozen=True, slots=True, kw_only=True)
class Regular(Buyer):
    """One who comes again; says so once made."""

    visits: int = 2

    def __post_init__(self) -> None:
        if self.visits < 2:
            raise ValueError("a regular comes again")


@lean.dataclass(frozen=True, slots=True)
class Spot:
    """Given by place, as a point is."""

    x: int
    y: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class LibrarysBuyer:
    """The same fields as `Buyer`, made by the library."""

    name: str
    orders: tuple[int, ...] = ()
    tags: dict[str, int] = field(default_factory=dict, compare=False)
    secret: str = field(default="", repr=False)
    kinds: ClassVar[int] = 0


values = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={
        "orders": st.lists(st.integers(0, 2), max_size=2).map(tuple),
        "tags": st.dictionaries(st.text(max_size=1), st.integers(0, 1), max_size=1),
        "secret": st.sampled_from(["", "a"]),
    },
)


@given(values, values)
def test_compares_hashes_and_speaks_as_the_librarys_own(
    one: dict[str, object], other: dict[str, object]
) -> None:
    ours, theirs = [[kind(**each) for each in (one, other)] for kind in (Buyer, LibrarysBuyer)]  # type: ignore[arg-type]
    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert (hash(ours[0]) == hash(ours[1])) is (hash(theirs[0]) == hash(theirs[1]))
    assert [repr(each) for each in ours] == [repr(each).replace("LibrarysBuyer", "Buyer") for each in theirs]
    assert [asdict(each) for each in ours] == [asdict(each) for each in theirs]


@given(values)
def test_is_copied_replaced_and_pickled(given: dict[str, object]) -> None:
    buyer = Buyer(**given)  # type: ignore[arg-type]
    for same in (copy.copy(buyer), copy.deepcopy(buyer), pickle.loads(pickle.dumps(buyer)), replace(buyer)):
        assert same == buyer
        assert asdict(same) == asdict(buyer)
    assert replace(buyer, name="another").name == "another"


def test_is_a_dataclass_with_the_fields_of_its_bases_first() -> None:
    assert dataclasses.is_dataclass(Regular)
    assert [each.name for each in fields(Regular)] == ["name", "orders", "tags", "secret", "visits"]


def test_a_default_made_anew_is_each_ones_own() -> None:
    assert Buyer(name="a").tags is not Buyer(name="b").tags


def test_what_is_done_after_making_is_done() -> None:
    with pytest.raises(ValueError, match="a regular comes again"):
        Regular(name="a", visits=1)


def test_nothing_can_be_set_or_deleted() -> None:
    buyer = Buyer(name="a")
    for name in ("name", "nonsense"):
        with pytest.raises(FrozenInstanceError):
            setattr(buyer, name, "b")
        with pytest.raises(FrozenInstanceError):
            delattr(buyer, name)
    assert not hasattr(buyer, "__dict__")


def test_another_class_with_the_same_values_is_another_value() -> None:
    assert Buyer(name="a") != LibrarysBuyer(name="a")  # type: ignore[comparison-overlap]
    assert Buyer(name="a") != Regular(name="a")


def test_is_given_by_place_only_where_that_is_wanted() -> None:
    assert Spot(1) == Spot(1, 7)
    match Spot(3, 4):
        case Spot(x, y):
            assert (x, y) == (3, 4)
    with pytest.raises(TypeError):
        Buyer("a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="name"):
        Buyer()  # type: ignore[call-arg]


def test_names_itself_in_its_own_words_only_once_around() -> None:
    crowd: list[object] = []
    buyer = Buyer(name="a", tags={"self": crowd})  # type: ignore[dict-item]
    crowd.append(buyer)
    assert repr(buyer) == "Buyer(name='a', orders=(), tags={'self': [...]})"


def test_own_equality_stays_the_classs_own() -> None:
    @lean.dataclass(frozen=True, slots=True)
    class Loose:
        """Equal by its first letter."""

        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Loose) and self.name[:1] == other.name[:1]

    assert Loose("ab") == Loose("ac")
    assert hash(Loose("ab")) != hash(Loose("ac"))  # as with the library: the hash is of the fields


def test_one_told_apart_by_itself_alone_is_hashed_so() -> None:
    @lean.dataclass(frozen=True, slots=True, eq=False)
    class Single:
        """Compared by identity."""

        names: list[str]

    one = Single([])
    assert one != Single([])
    assert {one: 1}[one] == 1


def test_no_class_is_kept_twice() -> None:
    gc.collect()
    alive = [each for each in gc.get_objects() if isinstance(each, type) and each.__qualname__ == "Regular"]
    assert alive == [Regular]


def test_one_that_is_not_frozen_is_left_to_the_library() -> None:
    @lean.dataclass(slots=True, kw_only=True)
    class Count:
        """Goes up."""

        so_far: int = 0

    count = Count()
    count.so_far += 1
    assert count == Count(so_far=1)
