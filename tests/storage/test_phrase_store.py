"""The editor's changes in the user's folder: where they go, what they leave alone, how they are undone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sidebar.domain.edits import Edit, Written
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage import phrase_store, rewriting
from sidebar.storage.packs import load_packs
from sidebar.storage.phrase_store import PhraseStore

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MINE = """\
# mine
pack: Mine
phrases:
  - id: a
    title: A   # the first
    body: one

  # second
  - id: b
    title: B
    body: two
"""
SHIPPED = """\
pack: Shipped
phrases:
  - {id: s, title: S, body: shipped}
  - {id: t, title: T, body: too}
"""


class Shop:
    """A folder of one's own and one of shipped packs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.own, self.shipped = root / "phrases", root / "shipped"
        self.own.mkdir()
        self.shipped.mkdir()
        self.write("mine.yaml", MINE)
        (self.shipped / "s.yaml").write_text(SHIPPED, encoding="utf-8", newline="\n")
        self._changes = 0
        self.restart()

    def restart(self) -> None:
        self.store = PhraseStore(
            self.own, state=self.root / "editor", shipped=[self.shipped], name=lambda: "Edited"
        )

    def write(self, name: str, text: str) -> None:
        (self.own / name).write_text(text, encoding="utf-8", newline="\n")

    def read(self, name: str) -> str:
        return (self.own / name).read_bytes().decode()

    def names(self) -> set[str]:
        return {path.name for path in self.own.iterdir()}

    def library(self) -> dict[str, str]:
        loaded = load_packs(own=[self.own], shipped=[self.shipped])
        assert loaded.problems == ()
        return {each.id: each.body for pack in loaded.packs for each in pack.phrases}

    def phrase(self, name: str) -> Phrase:
        packs = load_packs(own=[self.own], shipped=[self.shipped]).packs
        return next(each for pack in packs for each in pack.phrases if each.id == name)

    def change(self, *edits: Edit) -> Written:
        self._changes += 1
        return self.store.change(edits, title="t", at=NOW + timedelta(minutes=self._changes))

    def say(self, name: str, body: str, into: str = "") -> Written:
        before = self.phrase(name)
        return self.change(Edit(before=before, after=replace(before, body=body), into=into))

    def throw(self, *names: str) -> Written:
        return self.change(*(Edit(before=self.phrase(name), after=None) for name in names))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def new(name: str) -> Phrase:
    return Phrase(id=PhraseId(name), title=name, body="new")


def test_a_phrase_of_ones_own_is_changed_where_it_stands(shop: Shop) -> None:
    assert shop.say("a", "uno") == Written()
    assert shop.read("mine.yaml") == MINE.replace("body: one", "body: uno")
    assert shop.names() == {"mine.yaml"}


def test_a_new_phrase_goes_into_the_chosen_file_or_the_editors_own(shop: Shop) -> None:
    shop.change(Edit(before=None, after=new("n")))
    assert shop.read("edited.yaml") == "pack: Edited\nphrases:\n  - id: n\n    title: n\n    body: new\n"
    shop.change(Edit(before=None, after=new("m"), into="mine.yaml"))
    assert shop.read("mine.yaml") == MINE + "  - id: m\n    title: m\n    body: new\n"


def test_a_shipped_phrase_becomes_ones_own_and_the_shipped_file_stays(shop: Shop) -> None:
    shop.say("s", "my own")
    assert (shop.shipped / "s.yaml").read_text(encoding="utf-8") == SHIPPED
    assert shop.library() == {"a": "one", "b": "two", "s": "my own", "t": "too"}
    standing = shop.store.stand(PhraseId("s"))
    assert (standing.file, standing.news) == ("edited.yaml", None)


def test_an_update_of_a_shipped_phrase_is_offered_until_it_is_answered(shop: Shop) -> None:
    shop.say("s", "my own")
    (shop.shipped / "s.yaml").write_text(SHIPPED.replace("shipped}", "better}"), encoding="utf-8")
    shop.restart()
    news = shop.store.stand(PhraseId("s")).news
    assert news is not None
    assert news.body == "better"
    shop.store.accept(PhraseId("s"))
    assert shop.store.stand(PhraseId("s")).news is None
    assert shop.library()["s"] == "my own"


def test_the_shipped_phrase_can_be_had_back(shop: Shop) -> None:
    shop.say("s", "my own")
    shop.change(Edit(before=shop.phrase("s"), after=None, back=True))
    assert shop.library()["s"] == "shipped"
    assert [each.phrase.body for each in shop.store.bin.contents(NOW)] == ["my own"]


def test_what_was_changed_meanwhile_is_told_and_not_overwritten(shop: Shop) -> None:
    before = shop.phrase("a")
    shop.write("mine.yaml", MINE.replace("one", "other"))
    edit = Edit(before=before, after=replace(before, body="uno"))
    (outdated,) = shop.change(edit, Edit(before=None, after=new("n"))).outdated
    assert (outdated.edit, outdated.now) == (edit, shop.phrase("a"))
    assert shop.names() == {"mine.yaml"}
    assert shop.change(replace(edit, before=outdated.now)).outdated == ()
    assert shop.library()["a"] == "uno"


def test_what_is_gone_meanwhile_is_told(shop: Shop) -> None:
    before = shop.phrase("a")
    shop.throw("a")
    edit = Edit(before=before, after=replace(before, body="uno"))
    (outdated,) = shop.change(edit).outdated
    assert outdated.now is None
    (gone,) = shop.change(Edit(before=before, after=None)).outdated
    assert gone.now is None
    shop.change(replace(edit, before=None))
    assert shop.library()["a"] == "uno"


def test_what_is_thrown_away_is_undone_byte_by_byte(shop: Shop) -> None:
    shop.throw("a", "s")
    assert shop.library() == {"b": "two", "t": "too"}
    assert shop.read("mine.yaml").startswith("# mine\npack: Mine\nphrases:\n")
    shop.restart()
    assert shop.store.undoable() == "t"
    shop.store.undo()
    assert shop.read("mine.yaml") == MINE
    assert shop.library() == {"a": "one", "b": "two", "s": "shipped", "t": "too"}
    assert shop.store.bin.contents(NOW) == ()
    with pytest.raises(ExchangeError):
        shop.store.undo()


def test_the_bin_survives_a_restart_and_gives_back_to_the_old_place(shop: Shop) -> None:
    shop.throw("b")
    shop.throw("s")
    shop.say("a", "uno")
    shop.restart()
    hidden, thrown = shop.store.bin.contents(NOW + timedelta(days=1))
    assert (hidden.phrase.id, hidden.hidden, thrown.phrase.id) == ("s", True, "b")
    for each in (hidden, thrown):
        shop.store.restore(each, title="back", at=NOW + timedelta(days=1, seconds=len(each.phrase.id)))
    assert shop.read("mine.yaml") == MINE.replace("body: one", "body: uno").replace(
        "\n  # second\n  - id: b\n    title: B\n    body: two\n",
        "  - id: b\n    title: B\n    body: two\n\n  # second\n",
    )
    assert shop.library() == {"a": "uno", "b": "two", "s": "shipped", "t": "too"}
    assert shop.store.bin.contents(NOW + timedelta(days=1)) == ()


def test_a_copy_of_a_shipped_phrase_thrown_away_hides_both_and_comes_back(shop: Shop) -> None:
    shop.say("s", "my own")
    shop.throw("s")
    assert "s" not in shop.library()
    (thrown,) = shop.store.bin.contents(NOW)
    shop.store.restore(thrown, title="back", at=NOW + timedelta(hours=1))
    assert shop.library()["s"] == "my own"


def test_after_a_month_the_bin_is_empty(shop: Shop) -> None:
    shop.throw("a")
    assert len(shop.store.bin.contents(NOW + timedelta(days=30))) == 1
    assert shop.store.bin.contents(NOW + timedelta(days=31)) == ()
    assert '"phrases": []' in (shop.root / "editor" / "bin.json").read_text(encoding="utf-8")


def test_a_phrase_moves_to_another_file(shop: Shop) -> None:
    shop.say("a", "uno", into="team.yaml")
    assert shop.read("team.yaml") == "pack: team\nphrases:\n  - id: a\n    title: A\n    body: uno\n"
    assert "id: a" not in shop.read("mine.yaml")
    assert "# second" in shop.read("mine.yaml")


def test_what_undo_needs_is_bounded_but_the_last_change_can_always_be_undone(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrase_store, "_UNDO_ROOM", 10)
    shop.restart()
    shop.say("a", "1")
    shop.say("a", "2")
    assert len(list((shop.root / "editor" / "undo").iterdir())) == 1
    shop.store.undo()
    assert shop.library()["a"] == "1"


def test_what_is_where_it_is_to_be_leaves_nothing_to_undo(shop: Shop) -> None:
    shop.say("a", "one", into="mine.yaml")
    assert shop.store.undoable() == ""
    assert shop.read("mine.yaml") == MINE


def test_a_file_in_which_nothing_can_be_edited_in_place_is_left_alone(shop: Shop) -> None:
    loose = "# kept\nphrases:\n  -\n    id: c\n    title: C\n    body: loose\n"
    shop.write("loose.yaml", loose)
    assert shop.say("c", "mine") == Written(elsewhere=("loose.yaml",))
    assert shop.read("loose.yaml") == loose
    assert shop.library()["c"] == "mine"
    assert shop.say("c", "mine again") == Written()
    assert shop.library()["c"] == "mine again"
    with pytest.raises(ExchangeError) as refused:
        shop.throw("c")
    assert refused.value.fault is ExchangeFault.FLAWED_PACK
    assert shop.library()["c"] == "mine again"


def test_a_mistake_elsewhere_in_the_file_does_not_stand_in_the_way(shop: Shop) -> None:
    shop.write("mine.yaml", MINE + "  - id: broken\n    titel: x\n")
    before = Phrase(id=PhraseId("a"), title="A", body="one")
    assert shop.change(Edit(before=before, after=replace(before, body="uno"))) == Written()
    assert shop.read("mine.yaml") == MINE.replace("one", "uno") + "  - id: broken\n    titel: x\n"


def test_a_full_disk_changes_nothing(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shop.phrase("a")

    def full(_path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rewriting, "replace_text", full)
    with pytest.raises(ExchangeError) as refused:
        shop.change(Edit(before=before, after=None))
    assert refused.value.fault is ExchangeFault.NOT_WRITTEN
    assert shop.read("mine.yaml") == MINE
    assert shop.store.bin.contents(NOW) == ()


def test_many_phrases_are_changed_at_once_and_undone_at_once(shop: Shop) -> None:
    edits = [
        Edit(before=(before := shop.phrase(name)), after=replace(before, tags=("x",)))
        for name in ("a", "b", "s", "t")
    ]
    shop.change(*edits)
    assert shop.read("mine.yaml") == MINE.replace("# the first\n", "# the first\n    tags: [x]\n").replace(
        "title: B\n", "title: B\n    tags: [x]\n"
    )
    assert {shop.phrase(name).tags for name in "abst"} == {("x",)}
    shop.store.undo()
    assert shop.read("mine.yaml") == MINE
    assert {shop.phrase(name).tags for name in "abst"} == {()}
