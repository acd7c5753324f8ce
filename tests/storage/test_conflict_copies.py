"""Copies that sync programs make are known by their names, and by what is in them."""

from pathlib import Path

import pytest

from sidebar.storage.conflict_copies import marked_original, presumed_original
from sidebar.storage.known_packs import ConflictCopy
from sidebar.storage.packs import load_packs

FOLDER = Path("phrases")


@pytest.mark.parametrize(
    "name",
    [
        "店铺 (Anna's conflicted copy 2026-11-18).yaml",
        "店铺 (conflicted copy 2026-11-18 101010).yaml",
        "店铺 (Anna 的冲突副本 2026-11-18).yaml",
        "店铺（冲突）.yaml",
        "店铺 [Conflict].yaml",
        "店铺.sync-conflict-20261118-101010-ABCDEFG.yaml",
        "店铺-冲突.yaml",
        "店铺-冲突-小林.yaml",
        "店铺-NSConflict-anna.yaml",
    ],
)
def test_a_name_that_says_so_is_a_copys(name: str) -> None:
    assert marked_original(FOLDER / name) == FOLDER / "店铺.yaml"


@pytest.mark.parametrize(
    "name", ["店铺.yaml", "conflict.yaml", "售后-投诉.yaml", "shop (2).yaml", "a-conflicts.yaml"]
)
def test_a_name_that_says_nothing_is_not(name: str) -> None:
    assert marked_original(FOLDER / name) is None


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("shop (1).yaml", "shop.yaml"),
        ("shop(2).yaml", "shop.yaml"),
        ("shop-DESKTOP-AB12CD3.yaml", "shop.yaml"),
        ("shop-annas-pc.yaml", "shop.yaml"),
        ("my-shop-PC7.yaml", "my-shop.yaml"),
        ("shop-taobao.yaml", "shop.yaml"),
        ("other (1).yaml", None),
        ("shop.yaml", None),
    ],
)
def test_a_name_like_a_copys_is_looked_at_beside_the_original(name: str, original: str | None) -> None:
    others = [FOLDER / "shop.yaml", FOLDER / "my-shop.yaml"]
    found = presumed_original(FOLDER / name, others)
    assert found == (None if original is None else FOLDER / original)


def pack(folder: Path, name: str, *ids: str) -> Path:
    path = folder / name
    entries = "".join(f"  - {{id: {id}, title: {name[0]}, body: x}}\n" for id in ids)
    path.write_text("phrases:\n" + entries, encoding="utf-8")
    return path


def test_a_copy_is_not_loaded_but_told(tmp_path: Path) -> None:
    shop = pack(tmp_path, "shop.yaml", "a", "b", "c")
    marked = pack(tmp_path, "shop (conflicted copy).yaml", "a", "z")
    presumed = pack(tmp_path, "shop-DESKTOP-AB12.yaml", "a", "b", "d")
    loaded = load_packs(own=[tmp_path])
    assert [phrase.id for each in loaded.packs for phrase in each.phrases] == ["a", "b", "c"]
    assert loaded.problems == ()
    assert set(loaded.copies) == {
        ConflictCopy(copy=marked, original=shop),
        ConflictCopy(copy=presumed, original=shop),
    }


def test_a_pack_of_its_own_is_loaded_whatever_its_name(tmp_path: Path) -> None:
    pack(tmp_path, "shop.yaml", "a", "b")
    pack(tmp_path, "shop-taobao.yaml", "c", "d")
    pack(tmp_path, "lost (conflicted copy).yaml", "e")
    loaded = load_packs(own=[tmp_path])
    assert {phrase.id for each in loaded.packs for phrase in each.phrases} == {"a", "b", "c", "d", "e"}
    assert loaded.copies == ()
