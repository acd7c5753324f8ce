"""Changes to phrases as they are written: told, retried on what is there by now, put back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from sidebar.domain.edits import Binned, Edit, Overtaken, Standing, Written
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import UserError
from sidebar.services.phrase_changes import Act, Deed, PhraseChanges

T = TypeVar("T")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
A = Phrase(id=PhraseId("a"), title="A 1", body="one")
B = Phrase(id=PhraseId("b"), title="B", body="two")


@dataclass
class TakenBack:
    name: str
    kept: int = 0


class FakeFiles:
    """What the files hold, by id; `name` is that of the last change."""

    def __init__(self, *phrases: Phrase) -> None:
        self.held = {phrase.id: phrase for phrase in phrases}
        self.elsewhere: tuple[str, ...] = ()
        self.name = ""

    def stand(self, phrase: PhraseId) -> Standing:
        return Standing(file="mine.yaml" if phrase in self.held else "")

    def change(self, edits: Sequence[Edit], *, title: str, at: datetime) -> Written:
        assert at == NOW
        outdated = tuple(
            Overtaken(edit=each, now=self.held.get(each.id))
            for each in edits
            if self.held.get(each.id) != each.before
        )
        if outdated:
            return Written(outdated=outdated)
        for each in edits:
            if each.after is None:
                del self.held[each.id]
            else:
                self.held[each.id] = each.after
        self.name = title
        return Written(elsewhere=self.elsewhere)

    def accept(self, phrase: PhraseId) -> None:
        raise UserError(f"not {phrase}")

    def undo(self) -> TakenBack:
        if not self.name:
            raise UserError("nothing")
        return TakenBack(self.name)

    def restore(self, binned: Binned, *, title: str, at: datetime) -> None:
        self.name = f"{title} {at:%H}"
        self.held[binned.phrase.id] = binned.phrase

    def thrown(self, now: datetime) -> tuple[Binned, ...]:
        return (Binned(phrase=A, at=now),)


class AtOnce:
    def run(
        self, operation: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        try:
            result = operation()
        except UserError as error:
            failed(error)
        else:
            done(result)


class Scene:
    def __init__(self, *phrases: Phrase) -> None:
        self.files = FakeFiles(*phrases)
        self.told: list[Deed] = []
        self.failed: list[UserError] = []
        self.applied = 0
        self.changes = PhraseChanges(
            files=self.files,
            background=AtOnce(),
            now=lambda: NOW,
            new_id=lambda: "0123456789abcdef",
            applied=self._apply,
            tell=self.told.append,
            failed=self.failed.append,
        )

    def _apply(self) -> None:
        self.applied += 1


@pytest.fixture
def scene() -> Scene:
    return Scene(A, B)


def test_each_is_changed_and_told_once(scene: Scene) -> None:
    scene.files.elsewhere = ("loose.yaml",)
    scene.changes.change_each(Act.CHANGED, (A, B), lambda each: replace(each, favourite=True))
    assert all(each.favourite for each in scene.files.held.values())
    assert scene.told == [Deed(act=Act.CHANGED, count=2, title="A 1", elsewhere=("loose.yaml",))]
    assert scene.applied == 1


def test_what_would_not_change_is_not_written(scene: Scene) -> None:
    scene.changes.change_each(Act.CHANGED, (A, B), lambda each: each)
    assert (scene.told, scene.applied, scene.files.name) == ([], 0, "")


def test_a_phrase_that_is_another_by_now_is_changed_as_it_is(scene: Scene) -> None:
    scene.files.held[A.id] = replace(A, body="other")
    scene.changes.change_each(Act.CHANGED, (A, B), lambda each: replace(each, favourite=True))
    assert scene.files.held[A.id] == replace(A, body="other", favourite=True)
    assert scene.files.held[B.id].favourite
    assert len(scene.told) == 1


def test_a_phrase_that_is_gone_by_now_is_left_alone(scene: Scene) -> None:
    del scene.files.held[A.id]
    scene.changes.throw_away((A, B))
    assert scene.files.held == {}
    assert scene.told == [Deed(act=Act.THROWN, count=1, title="B")]


def test_the_form_hears_of_what_is_outdated_and_nothing_is_told(scene: Scene) -> None:
    heard: list[Written] = []
    edit = Edit(before=replace(A, body="old"), after=replace(A, body="new"))
    scene.changes.write(Act.CHANGED, [edit], done=heard.append)
    (written,) = heard
    assert [each.now for each in written.outdated] == [A]
    assert (scene.told, scene.applied) == ([], 0)


def test_undo_tells_what_it_was(scene: Scene) -> None:
    scene.changes.throw_away((A,))
    scene.changes.undo()
    assert scene.told[-1] == Deed(act=Act.UNDONE, count=1, title="A 1")
    assert scene.applied == 2


def test_what_cannot_be_done_is_told_to_whoever_asked(scene: Scene) -> None:
    scene.changes.undo()
    scene.changes.accept_shipped(PhraseId("s"))
    assert [str(each) for each in scene.failed] == ["nothing", "not s"]


def test_what_was_thrown_away_is_looked_at_and_put_back(scene: Scene) -> None:
    del scene.files.held[A.id]
    seen: list[tuple[Binned, ...]] = []
    scene.changes.look_into_bin(seen.append)
    ((binned,),) = seen
    scene.changes.restore(binned, lambda: seen.append(()))
    assert scene.files.held[A.id] == A
    assert scene.told == [Deed(act=Act.RESTORED, title="A 1")]
    assert len(seen) == 2


def test_a_duplicate_is_a_phrase_of_its_own_without_code_and_hotkey(scene: Scene) -> None:
    copy = scene.changes.duplicate(replace(A, code="x", hotkey="f8", favourite=True), "A 副本")
    assert copy == replace(A, id=PhraseId("own.0123456789ab"), title="A 副本", favourite=True)


@pytest.mark.parametrize("deed", [Deed(act=Act.ADDED), Deed(act=Act.THROWN, count=12, title="a  b 3")])
def test_a_record_says_what_was_done(deed: Deed) -> None:
    assert Deed.read(deed.written()) == deed


def test_a_record_of_another_kind_is_a_change() -> None:
    assert Deed.read("表 2026") == Deed(act=Act.CHANGED, title="表 2026")
    assert Deed.read("added x") == Deed(act=Act.CHANGED, title="added x")
