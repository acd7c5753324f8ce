"""Imports as files: one pack, changes where a phrase stands, one undo, nothing half done."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage import rewriting
from sidebar.storage.imports import ImportStore
from sidebar.storage.packs import load_packs
from sidebar.storage.replacing import replace_text
from sidebar.storage.rewriting import TakenBack

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
MINE = """\
# what I say most
pack: Mine
phrases:
  # first of all
  - id: mine.hello
    title: 问候   # short
    body: "您好"

  # then
  - id: mine.bye
    title: 再见
    body: |-
      再见
      # not a comment
# the end
"""


def phrase(name: str, body: str) -> Phrase:
    return Phrase(id=PhraseId(name), title=name, body=body)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phrases"
    folder.mkdir()
    (folder / "mine.yaml").write_text(MINE, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def store(folder: Path) -> ImportStore:
    return ImportStore(folder, folder.parent / "records")


def bring_in(
    store: ImportStore, *new: Phrase, changed: Sequence[Phrase] = (), name: str = "表", minute: int = 0
) -> Path:
    return store.bring_in(
        name,
        new=new,
        changed={each.id: each for each in changed},
        at=NOW + timedelta(minutes=minute),
    )


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()}


def library(folder: Path) -> dict[str, str]:
    loaded = load_packs(own=[folder])
    assert loaded.problems == ()
    return {each.id: each.body for pack in loaded.packs for each in pack.phrases}


def test_new_phrases_go_into_one_pack_of_their_own(store: ImportStore, folder: Path) -> None:
    written = bring_in(store, phrase("a", "一"), phrase("b", "二"), name="团队 话术/2026")
    assert written == folder / "import-团队-话术-2026.yaml"
    assert library(folder) == {
        "a": "一",
        "b": "二",
        "mine.hello": "您好",
        "mine.bye": "再见\n# not a comment",
    }
    bring_in(store, phrase("c", "三"), name="团队 话术/2026", minute=1)
    assert len(contents(folder)) == 2
    assert library(folder)["c"] == "三"


def test_a_changed_phrase_is_changed_where_it_stands(store: ImportStore, folder: Path) -> None:
    bring_in(store, changed=[phrase("mine.hello", "早上好")])
    assert (folder / "mine.yaml").read_bytes().decode() == MINE.replace(
        '    title: 问候   # short\n    body: "您好"\n', "    title: mine.hello   # short\n    body: 早上好\n"
    )
    bring_in(store, changed=[phrase("mine.bye", "回头见")], minute=1)
    text = (folder / "mine.yaml").read_bytes().decode()
    assert text.endswith("  # then\n  - id: mine.bye\n    title: mine.bye\n    body: 回头见\n# the end\n")


def test_the_original_is_changed_and_not_a_copy_that_a_sync_program_made(
    store: ImportStore, folder: Path
) -> None:
    for name in ("mine (1).yaml", "mine (conflicted copy 2026-11-21).yaml"):
        (folder / name).write_text(MINE, encoding="utf-8", newline="\n")
    before = contents(folder)
    bring_in(store, changed=[phrase("mine.hello", "早上好")])
    assert [name for name, text in contents(folder).items() if text != before[name]] == ["mine.yaml"]


def test_a_changed_phrase_of_the_shipped_ones_becomes_the_users_own(store: ImportStore, folder: Path) -> None:
    written = bring_in(store, changed=[phrase("shipped.one", "我们的说法")])
    assert library(folder)["shipped.one"] == "我们的说法"
    assert "shipped.one" in written.read_text(encoding="utf-8")


def test_an_undo_leaves_everything_as_it_was(store: ImportStore, folder: Path) -> None:
    before = contents(folder)
    bring_in(store, phrase("a", "一"), changed=[phrase("mine.hello", "早")])
    first = contents(folder)
    bring_in(store, phrase("b", "二"), changed=[phrase("a", "壹")], minute=1)
    assert store.take_back() == TakenBack(name="表", phrases=2, kept=0)
    assert contents(folder) == first
    assert store.take_back() == TakenBack(name="表", phrases=2, kept=0)
    assert contents(folder) == before


def test_an_undo_works_after_a_restart(folder: Path) -> None:
    before = contents(folder)
    bring_in(ImportStore(folder, folder.parent / "records"), phrase("a", "一"))
    assert ImportStore(folder, folder.parent / "records").take_back().phrases == 1
    assert contents(folder) == before


def test_what_was_edited_since_stays(store: ImportStore, folder: Path) -> None:
    written = bring_in(store, phrase("a", "一"), phrase("b", "二"), changed=[phrase("mine.hello", "早")])
    edited = written.read_text(encoding="utf-8").replace("body: 一", "body: 我改过")
    written.write_text(edited + "  - {id: own, title: 自己加的, body: 留下}\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(
        (folder / "mine.yaml").read_text(encoding="utf-8").replace("再见", "拜拜"), encoding="utf-8"
    )
    assert store.take_back() == TakenBack(name="表", phrases=2, kept=1)
    assert library(folder) == {
        "a": "我改过",
        "own": "留下",
        "mine.hello": "您好",
        "mine.bye": "拜拜\n# not a comment",
    }


def test_nothing_to_take_back_is_told(store: ImportStore) -> None:
    with pytest.raises(ExchangeError) as refused:
        store.take_back()
    assert refused.value.fault is ExchangeFault.NOTHING_TO_UNDO


def test_a_pack_with_mistakes_is_changed_only_where_they_are_not(store: ImportStore, folder: Path) -> None:
    flawed = MINE.replace("# the end\n", "  - id: broken\n    title: no body\n")
    (folder / "mine.yaml").write_text(flawed, encoding="utf-8", newline="\n")
    bring_in(store, changed=[phrase("mine.hello", "早")])
    text = (folder / "mine.yaml").read_bytes().decode()
    assert "早" in text
    assert text.endswith("  - id: broken\n    title: no body\n")


def test_a_pack_that_cannot_be_read_is_not_written_to(store: ImportStore, folder: Path) -> None:
    broken = folder / "import-x.yaml"
    broken.write_text("phrases:\n  - id: [\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(ExchangeError) as refused:
        bring_in(store, phrase("a", "一"), name="x")
    assert refused.value.fault is ExchangeFault.FLAWED_PACK
    assert contents(folder) == before


def test_every_byte_comes_back(store: ImportStore, folder: Path) -> None:
    marked = b"\xef\xbb\xbf" + MINE.replace("\n", "\r\n").encode()
    (folder / "mine.yaml").write_bytes(marked)
    bring_in(store, changed=[phrase("mine.hello", "早")])
    assert library(folder)["mine.hello"] == "早"
    store.take_back()
    assert (folder / "mine.yaml").read_bytes() == marked


def test_a_full_disk_leaves_the_library_as_it_was(
    store: ImportStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)

    def full(path: Path, _text: str) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(rewriting, "replace_text", full)
    with pytest.raises(ExchangeError) as refused:
        bring_in(store, phrase("a", "一"))
    assert refused.value.fault is ExchangeFault.NOT_WRITTEN
    assert contents(folder) == before


def test_an_import_stopped_between_two_files_leaves_nothing(
    store: ImportStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(folder)

    def cut_off(path: Path, text: str) -> None:
        if path.name.startswith("import-"):
            raise OSError(5, "Input/output error", str(path))
        replace_text(path, text)

    monkeypatch.setattr(rewriting, "replace_text", cut_off)
    with pytest.raises(ExchangeError):
        bring_in(store, phrase("a", "一"), changed=[phrase("mine.hello", "早")])
    assert contents(folder) == before
    with pytest.raises(ExchangeError):
        store.take_back()


def test_only_the_last_imports_are_remembered(store: ImportStore, folder: Path) -> None:
    for minute in range(12):
        bring_in(store, phrase(f"p{minute}", "一"), minute=minute)
    assert len(list((folder.parent / "records").iterdir())) == 10
