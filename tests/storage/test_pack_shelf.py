"""Pack files that change while the sidebar runs: read again, and kept as they were while broken."""

import os
from pathlib import Path

import pytest

from sidebar.errors import PackFault
from sidebar.storage import packs as packs_module
from sidebar.storage.known_packs import LoadedPacks
from sidebar.storage.pack_shelf import PackShelf
from sidebar.storage.packs import load_packs

PACK = "phrases:\n  - {id: a, title: 一, body: x}\n  - {id: b, title: 二, body: y}\n"
BROKEN_PHRASE = PACK.replace("title: 一", "titel: 一")
_moment = 1_000_000_000


def write(path: Path, text: str) -> None:
    """As an editor does, at a later moment than all before."""
    global _moment
    _moment += 1_000_000_000
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(_moment, _moment))


def shelf(tmp_path: Path) -> PackShelf:
    write(tmp_path / "own" / "mine.yaml", PACK)
    return PackShelf(own=[tmp_path / "own"], shipped=[tmp_path / "shipped"])


def titles(loaded: LoadedPacks) -> list[str]:
    return [phrase.title for pack in loaded.packs for phrase in pack.phrases]


def faults(loaded: LoadedPacks) -> list[tuple[PackFault, int | None, bool]]:
    return [(problem.fault, problem.line, problem.kept) for problem in loaded.problems]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    made = shelf(tmp_path)
    assert titles(made.load()) == ["一", "二"]
    write(tmp_path / "own" / "mine.yaml", PACK.replace("一", "壹"))
    write(tmp_path / "own" / "new" / "more.yaml", PACK.replace("id: a", "id: c").replace("id: b", "id: d"))
    assert titles(made.load()) == ["壹", "二", "一", "二"]


def test_a_file_that_is_as_it_was_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = shelf(tmp_path)
    first = made.load()
    monkeypatch.setattr(packs_module, "read_yaml", lambda _: pytest.fail("read again"))
    assert made.load().packs == first.packs


def test_a_broken_file_keeps_its_last_good_state_and_says_so(tmp_path: Path) -> None:
    made = shelf(tmp_path)
    made.load()
    write(tmp_path / "own" / "mine.yaml", PACK + "  - {id: c, title: '三\n")
    broken = made.load()
    assert titles(broken) == ["一", "二"]
    assert faults(broken) == [(PackFault.BROKEN_YAML, 4, True)]
    assert faults(made.load()) == faults(broken)
    write(tmp_path / "own" / "mine.yaml", PACK.replace("二", "贰"))
    mended = made.load()
    assert (titles(mended), mended.problems) == (["一", "贰"], ())


def test_a_broken_phrase_stays_as_it_was_and_the_rest_is_new(tmp_path: Path) -> None:
    made = shelf(tmp_path)
    made.load()
    write(tmp_path / "own" / "mine.yaml", BROKEN_PHRASE.replace("二", "贰"))
    loaded = made.load()
    assert titles(loaded) == ["一", "贰"]
    assert faults(loaded) == [(PackFault.UNKNOWN_KEY, 2, True)]


def test_what_was_broken_from_the_beginning_has_nothing_to_keep(tmp_path: Path) -> None:
    write(tmp_path / "own" / "mine.yaml", BROKEN_PHRASE)
    loaded = PackShelf(own=[tmp_path / "own"], shipped=[]).load()
    assert titles(loaded) == ["二"]
    assert faults(loaded) == [(PackFault.UNKNOWN_KEY, 2, False)]


def test_what_was_read_before_the_shelf_was_made_counts_as_good(tmp_path: Path) -> None:
    write(tmp_path / "own" / "mine.yaml", PACK)
    packs = load_packs(own=[tmp_path / "own"]).packs
    write(tmp_path / "own" / "mine.yaml", "phrases: [")
    loaded = PackShelf(own=[tmp_path / "own"], shipped=[], packs=packs).load()
    assert titles(loaded) == ["一", "二"]


def test_a_file_that_is_gone_takes_its_phrases_along(tmp_path: Path) -> None:
    made = shelf(tmp_path)
    made.load()
    (tmp_path / "own" / "mine.yaml").unlink()
    assert made.load() == LoadedPacks()
    write(tmp_path / "own" / "mine.yaml", "phrases: [")
    assert titles(made.load()) == []


def test_a_shipped_phrase_comes_back_when_ones_own_goes(tmp_path: Path) -> None:
    write(tmp_path / "shipped" / "s.yaml", PACK.replace("一", "原"))
    made = shelf(tmp_path)
    assert titles(made.load()) == ["一", "二"]
    write(tmp_path / "own" / "mine.yaml", PACK.replace("id: a", "id: z"))
    assert titles(made.load()) == ["一", "二", "原"]
