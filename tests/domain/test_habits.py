"""What is used most comes first, and the order is that of the last time it was settled."""

from sidebar.domain.habits import Habits
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Stage

HERE = (Stage.OFFER, Category.LOGISTICS)
A, B = PhraseId("a"), PhraseId("b")


def test_uses_at_this_point_come_before_uses_anywhere() -> None:
    habits = Habits()
    for _ in range(5000):
        habits.count(A, Stage.GREET, Category.LOGISTICS)
    for _ in range(2):
        habits.count(B, *HERE)
    habits.settle()
    here, elsewhere = habits.weights(*HERE), habits.weights(Stage.GREET, Category.LOGISTICS)
    assert here[B] > here[A] > 0
    assert elsewhere[A] > elsewhere[B] > 0


def test_what_is_used_meanwhile_moves_nothing() -> None:
    habits = Habits()
    habits.count(A, *HERE)
    habits.settle()
    before = habits.weights(*HERE)
    habits.count(B, *HERE)
    assert habits.weights(*HERE) is before
    assert B not in before
    habits.settle()
    assert set(habits.weights(*HERE)) == {A, B}


def test_a_point_that_is_not_known_is_a_point_as_well() -> None:
    habits = Habits()
    habits.count(A, None, None)
    habits.count(B, *HERE)
    habits.count(B, *HERE)
    habits.settle()
    unknown = habits.weights(None, None)
    assert unknown[A] > unknown[B]
