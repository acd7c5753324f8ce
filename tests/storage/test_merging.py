"""Merging a conflict copy: what is new comes in, what differs is chosen, nothing is lost."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.known_packs import ConflictCopy
from sidebar.storage.merging import compare, merge, set_aside
from sidebar.storage.packs import load_packs

AT = datetime(2026, 11, 18, 10, 10, 47, tzinfo=UTC)
ORIGINAL = """\
# the shop's own
pack: 店铺
phrases:
  - id: a
    title: 一
    body: 原来的   # mind this
  # between two
  - id: b
    title: 二
    body: 二
"""
COPY = ORIGINAL.replace("原来的", "副本的").replace(
    "    body: 二\n", "    body: 二\n  - {id: c, title: 三, body: 三}\n"
)


@pytest.fixture
def files(tmp_path: Path) -> ConflictCopy:
    folder = tmp_path / "phrases"
    folder.mkdir()
    original, copy = folder / "店铺.yaml", folder / "店铺 (conflicted copy).yaml"
    original.write_text(ORIGINAL, encoding="utf-8", newline="\n")
    copy.write_text(COPY, encoding="utf-8", newline="\n")
    return ConflictCopy(copy=copy, original=original)


def bodies(files: ConflictCopy) -> dict[str, str]:
    loaded = load_packs(own=[files.original.parent])
    assert (loaded.problems, loaded.copies) == ((), ())
    return {phrase.id: phrase.body for pack in loaded.packs for phrase in pack.phrases}


def test_says_what_is_new_and_what_differs(files: ConflictCopy) -> None:
    found = compare(files)
    assert [phrase.id for phrase in found.new] == ["c"]
    assert [(each.original.body, each.copy.body) for each in found.differing] == [("原来的", "副本的")]


@pytest.mark.parametrize(("theirs", "kept"), [((), "原来的"), (("a",), "副本的")])
def test_brings_in_what_was_chosen_and_leaves_the_rest_as_it_was_written(
    files: ConflictCopy, tmp_path: Path, theirs: tuple[str, ...], kept: str
) -> None:
    merge(compare(files), {PhraseId(id) for id in theirs}, aside=tmp_path / "aside", at=AT)
    assert bodies(files) == {"a": kept, "b": "二", "c": "三"}
    text = files.original.read_text(encoding="utf-8")
    assert text.startswith("# the shop's own\n")
    assert "# between two" in text
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "aside").iterdir()} == {
        "20261118-101047 店铺.yaml.bak": ORIGINAL,
        "20261118-101047 店铺 (conflicted copy).yaml.bak": COPY,
    }


def test_a_copy_that_is_not_wanted_goes_aside(files: ConflictCopy, tmp_path: Path) -> None:
    set_aside(files.copy, aside=tmp_path / "aside", at=AT)
    assert bodies(files) == {"a": "原来的", "b": "二"}
    assert len(list((tmp_path / "aside").iterdir())) == 1


def test_a_broken_copy_is_not_merged(files: ConflictCopy) -> None:
    files.copy.write_text(COPY.replace("title: 三", "titel: 三"), encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        compare(files)
    assert caught.value.fault is ExchangeFault.FLAWED_PACK


def test_a_copy_that_is_gone_by_now_is_told(files: ConflictCopy, tmp_path: Path) -> None:
    found = compare(files)
    files.original.unlink()
    with pytest.raises(ExchangeError):
        merge(found, (), aside=tmp_path / "aside", at=AT)
    assert files.copy.exists()
