"""The same buyer never gets the same sentence twice running."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.events import PhraseInserted
from sidebar.domain.identifiers import ClientName, ConversationId, EventId, InsertionId, PhraseId
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.phrase_details import Details, Rotation
from sidebar.domain.phrases import Phrase
from sidebar.services.wordings import Wordings

ANNA, BOB = ConversationId("anna"), ConversationId("bob")


def phrase(*variants: str, rotation: Rotation = Rotation.BY_TURN) -> Phrase:
    details = Details(variants=variants, rotation=rotation)
    return Phrase(id=PhraseId("p"), title="t", body="0", details=details)


def inserted(conversation: ConversationId, *wordings: int) -> PhraseInserted:
    noted = Wordings.note(tuple((PhraseId("p"), wording) for wording in wordings))
    return PhraseInserted(
        id=EventId("e"),
        at=datetime(2026, 11, 18, tzinfo=UTC),
        conversation=conversation,
        client=ClientName("c"),
        insertion=InsertionId("i"),
        phrase=PhraseId("p"),
        path=InsertionPath.PASTE,
        characters=1,
        extra=noted,
    )


def given_out(wordings: Wordings, wanted: Phrase, conversation: ConversationId, times: int) -> list[int]:
    numbers = []
    for _ in range(times):
        numbers.append(wordings.next(wanted, conversation))
        wordings.follow(inserted(conversation, numbers[-1]))
    return numbers


def test_by_turn_each_buyer_gets_one_after_the_other() -> None:
    wordings = Wordings(pick=lambda _: 0)
    wanted = phrase("1", "2")
    assert given_out(wordings, wanted, ANNA, 4) == [0, 1, 2, 0]
    assert given_out(wordings, wanted, BOB, 2) == [0, 1]
    assert wordings.next(wanted, ANNA) == 1


def test_what_was_not_inserted_is_still_due() -> None:
    wordings = Wordings(pick=lambda below: below - 1)
    for rotation in Rotation:
        wanted = phrase("1", "2", rotation=rotation)
        assert wordings.next(wanted, ANNA) == wordings.next(wanted, ANNA)


def test_at_random_none_comes_again_while_others_are_left() -> None:
    wordings = Wordings(pick=lambda below: below - 1)
    wanted = phrase("1", "2", rotation=Rotation.RANDOM)
    assert given_out(wordings, wanted, ANNA, 6) == [2, 1, 0, 2, 1, 0]


def test_a_phrase_of_one_wording_notes_nothing() -> None:
    assert Wordings(pick=lambda _: 0).next(Phrase(id=PhraseId("p"), title="t", body="b"), ANNA) == 0
    assert Wordings.note(()) == {}


def test_a_wording_that_was_deleted_since_is_not_given() -> None:
    wordings = Wordings(pick=lambda _: 0)
    wordings.follow(inserted(ANNA, 7))
    for rotation in Rotation:
        assert wordings.next(phrase("1", rotation=rotation), ANNA) == 0


@given(
    st.sampled_from(Rotation),
    st.integers(2, 5),
    st.lists(st.sampled_from([ANNA, BOB]), max_size=30),
    st.randoms(use_true_random=False),
)
def test_no_buyer_gets_one_twice_running(
    rotation: Rotation, count: int, buyers: list[ConversationId], random: object
) -> None:
    wordings = Wordings(pick=lambda below: random.randrange(below))  # type: ignore[attr-defined]
    wanted = phrase(*map(str, range(1, count)), rotation=rotation)
    last: dict[ConversationId, int] = {}
    for buyer in buyers:
        (wording,) = given_out(wordings, wanted, buyer, 1)
        assert wording != last.get(buyer)
        last[buyer] = wording
