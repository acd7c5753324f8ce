"""List models: any change ends in the right rows, and nothing else is announced."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester

from sidebar.ui.conversations import conversation_model
from sidebar.ui.followups import followup_model
from sidebar.ui.phrases import phrase_model
from sidebar.ui.rows import Role, RowModel
from tests.ui import samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    name: str
    size: int = 0


def model_of_things(*, steady: bool = True) -> RowModel[Thing]:
    return RowModel[Thing](
        key=lambda thing: thing.name,
        title=lambda thing: thing.name,
        say=lambda thing: f"{thing.name} {thing.size}",
        hint=lambda thing: str(thing.size),
        steady=steady,
    )


def changed_rows(model: RowModel[Thing]) -> list[int]:
    rows: list[int] = []
    model.dataChanged.connect(lambda top, bottom: rows.extend(range(top.row(), bottom.row() + 1)))
    return rows


things = st.lists(
    st.builds(Thing, name=st.sampled_from("abcdefgh"), size=st.integers(0, 2)),
    unique_by=lambda thing: thing.name,
).map(tuple)


@pytest.mark.parametrize("steady", [True, False])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(lists=st.lists(things, max_size=5))
def test_any_list_follows_any_other(lists: list[tuple[Thing, ...]], steady: bool) -> None:
    model = model_of_things(steady=steady)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for rows in lists:
        model.show_rows(rows)
        assert model.rows == rows
        assert [model.index(place).data() for place in range(len(rows))] == [thing.name for thing in rows]
    tester.deleteLater()


@settings(deadline=None)
@given(before=things, after=things)
def test_a_mark_stays_with_its_row(before: tuple[Thing, ...], after: tuple[Thing, ...]) -> None:
    model = model_of_things()
    model.show_rows(before)
    marks = {thing.name: QPersistentModelIndex(model.index(place)) for place, thing in enumerate(before)}
    model.show_rows(after)
    kept = {thing.name for thing in after}
    for name, mark in marks.items():
        assert mark.isValid() == (name in kept)
        if mark.isValid():
            assert mark.data(Role.ITEM).name == name


def test_only_the_row_that_changed_says_so() -> None:
    model = model_of_things()
    rows = tuple(Thing(name=name) for name in "abc")
    model.show_rows(rows)
    changed = changed_rows(model)
    model.show_rows((rows[0], replace(rows[1], size=9), rows[2]))
    assert changed == [1]


def test_the_same_rows_again_say_nothing() -> None:
    model = model_of_things()
    rows = tuple(Thing(name=name) for name in "abc")
    model.show_rows(rows)
    changed = changed_rows(model)
    model.show_rows(tuple(replace(row) for row in rows))
    assert changed == []


def test_rows_of_one_name_are_shown_all_the_same() -> None:
    model = model_of_things()
    model.show_rows((Thing(name="a"), Thing(name="b")))
    twice = (Thing(name="a"), Thing(name="a", size=1))
    model.show_rows(twice)
    assert model.rows == twice


def test_a_row_hands_out_itself_and_its_words() -> None:
    model = model_of_things()
    thing = Thing(name="a", size=3)
    model.show_rows((thing,))
    index = model.index(0)
    assert index.data(Role.ITEM) is thing
    assert index.data() == "a"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "3"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a 3"
    assert model.data(index, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_the_models_of_the_sidebar_are_sound(qtmodeltester: ModelTester) -> None:
    conversations, phrases, followups = (
        conversation_model(now=lambda: samples.NOW),
        phrase_model(),
        followup_model(),
    )
    for model in (conversations, phrases, followups):
        qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    conversations.show_rows(samples.CONVERSATIONS.rows)
    conversations.show_rows(samples.CONVERSATIONS.rows[::-1][2:])
    phrases.show_rows(samples.PHRASES)
    phrases.show_rows(samples.PHRASES[1:3])
    followups.show_rows(samples.FOLLOWUPS.rows)
    followups.show_rows(samples.FOLLOWUPS.rows[::-1])
    followups.show_rows(())
    assert (conversations.rowCount(), phrases.rowCount(), followups.rowCount()) == (10, 2, 0)
