"""Packs that were read before are known again, and only as long as their files are what they were."""

import os
import pickle
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, Details, Field, FollowUpRule, Option
from sidebar.domain.phrases import Category, Pack, Phrase, Promise, Stage
from sidebar.errors import PackError
from sidebar.storage.known_packs import KnownPacks, LoadedPacks

LONG_AGO = 1_700_000_000_000_000_000
READ = LoadedPacks(
    packs=(
        Pack(
            name="我的",
            language="zh-CN",
            phrases=(
                Phrase(
                    id=PhraseId("a"),
                    title="物流核实",
                    body="已联系网点 {promise}",
                    stage=Stage.VERIFY,
                    category=Category.LOGISTICS,
                    tags=("承诺",),
                    promise=Promise(within=timedelta(hours=2), about="答复"),
                ),
            ),
        ),
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phrases"
    folder.mkdir()
    _write(folder / "own.yaml", "phrases: []")
    return folder


@pytest.fixture
def known(tmp_path: Path, folder: Path) -> KnownPacks:
    return KnownPacks(tmp_path / "cache" / "packs", folders=[folder])


def test_what_was_read_is_known_again_whole(known: KnownPacks) -> None:
    assert known.recall() is None
    known.keep(READ)
    assert known.recall() == READ


def test_a_changed_a_new_and_a_deleted_file_are_seen(known: KnownPacks, folder: Path) -> None:
    known.keep(READ)
    _write(folder / "own.yaml", "phrases: [ ]")
    assert known.recall() is None
    known.keep(READ)
    _write(folder / "more.yml", "phrases: []")
    assert known.recall() is None
    known.keep(READ)
    (folder / "more.yml").unlink()
    assert known.recall() is None


def test_a_file_changed_a_moment_before_may_have_changed_again(known: KnownPacks, folder: Path) -> None:
    (folder / "own.yaml").write_text("phrases: []", encoding="utf-8")
    known.keep(READ)
    assert known.recall() is None


def test_what_has_problems_is_read_again(known: KnownPacks, folder: Path) -> None:
    known.keep(LoadedPacks(packs=READ.packs, problems=(PackError("broken", file=folder / "own.yaml"),)))
    assert known.recall() is None


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps((1, 2)), pickle.dumps([]), b"\x80\x05"])
def test_rubbish_is_nothing(known: KnownPacks, tmp_path: Path, content: bytes) -> None:
    known.keep(READ)
    (tmp_path / "cache" / "packs").write_bytes(content)
    assert known.recall() is None


def test_a_part_of_it_is_nothing(known: KnownPacks, tmp_path: Path) -> None:
    known.keep(READ)
    whole = (tmp_path / "cache" / "packs").read_bytes()
    for end in range(len(whole)):
        (tmp_path / "cache" / "packs").write_bytes(whole[:end])
        assert known.recall() is None


class _Runs:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self._path),)


def test_nothing_that_stands_in_it_is_run(known: KnownPacks, tmp_path: Path) -> None:
    known.keep(READ)
    (tmp_path / "cache" / "packs").write_bytes(pickle.dumps(_Runs(tmp_path / "made")))
    assert known.recall() is None
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("kind", [Pack, Phrase, Promise, Details, Field, Attachment, Option, FollowUpRule])
def test_what_was_made_of_other_fields_is_nothing(
    known: KnownPacks, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    known.keep(READ)
    held = dict(vars(kind)["__dataclass_fields__"])
    first = next(iter(held))
    held["renamed"] = held.pop(first)
    monkeypatch.setattr(held["renamed"], "name", "renamed")
    monkeypatch.setattr(kind, "__dataclass_fields__", held)
    assert known.recall() is None
    monkeypatch.undo()
    assert known.recall() == READ
    monkeypatch.setattr(held["renamed"], "type", bytes)
    assert known.recall() is None


def test_a_disk_that_refuses_is_borne(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    known = KnownPacks(tmp_path / "file" / "packs", folders=[folder])
    known.keep(READ)
    assert known.recall() is None


def test_a_command_makes_no_home_only_to_remember(tmp_path: Path, folder: Path) -> None:
    KnownPacks(tmp_path / "no home" / "cache" / "packs", folders=[folder]).keep(READ)
    assert not (tmp_path / "no home").exists()


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
