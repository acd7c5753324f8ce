"""A large library is known again with all that was made of it, and only as long as its files say the same."""

import pickle
from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain import bodies
from sidebar.domain.bodies import Bodies
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.material import material_of
from sidebar.domain.phrases import Category, Phrase, Promise, Stage
from sidebar.domain.search import Index
from sidebar.storage.known_library import KeptLibrary, KnownLibrary
from sidebar.storage.known_packs import KnownFiles

PHRASES = tuple(
    Phrase(
        id=PhraseId(f"p{number}"),
        title=f"物流核实 {number}",
        body=f"已联系网点，第 {number} 次",
        code=f"wlhs{number}",
        stage=Stage.VERIFY if number % 2 else None,
        category=Category.LOGISTICS,
        tags=("承诺",),
        group=("物流", str(number % 3)),
        promise=Promise(within=timedelta(hours=2), about="答复") if number % 5 == 0 else None,
    )
    for number in range(700)
)


def readings(character: str) -> tuple[str, ...]:
    return {"物": ("wu",), "流": ("liu",), "核": ("he", "hu"), "实": ("shi",)}.get(character, ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "phrases"
    folder.mkdir()
    (folder / "own.yaml").write_text("phrases: []", encoding="utf-8")
    return folder


def files_in(folder: Path) -> KnownFiles:
    return tuple(sorted((str(path), 0, 0) for path in folder.iterdir()))


@pytest.fixture
def known(tmp_path: Path, folder: Path) -> KnownLibrary:
    (tmp_path / "cache").mkdir()
    return KnownLibrary(tmp_path / "cache" / "library", files=lambda: files_in(folder))


@pytest.fixture
def made() -> KeptLibrary:
    return KeptLibrary(
        phrases=PHRASES,
        languages={PhraseId("p1"): "en"},
        material=material_of(PHRASES, readings, whole=True),
    )


def test_what_was_made_is_known_again_whole(known: KnownLibrary, made: KeptLibrary) -> None:
    assert known.recall(known.stamp()) is None
    known.keep(made, known.stamp())
    again = known.recall(known.stamp())
    assert again is not None
    assert tuple(again.phrases) == PHRASES
    assert again.languages == made.languages


def test_what_was_made_of_files_that_changed_meanwhile_is_not_taken_for_theirs(
    known: KnownLibrary, made: KeptLibrary, folder: Path
) -> None:
    stamp = known.stamp()
    (folder / "own.yaml").write_text("phrases: [ ]", encoding="utf-8")
    known.keep(made, stamp)
    assert known.recall(known.stamp()) is None


@pytest.mark.parametrize("query", ["wlhs7", "wuliu", "hushi", "第 12", "wlhs67x", "@物流/1 核实", ""])
def test_a_search_finds_the_same_in_what_was_kept(known: KnownLibrary, made: KeptLibrary, query: str) -> None:
    known.keep(made, known.stamp())
    again = known.recall(known.stamp())
    assert again is not None
    kept = Index(again.phrases, readings, again.material)
    assert kept.search(query, limit=60) == Index(PHRASES, readings).search(query, limit=60)
    assert kept.get(PhraseId("p699")) == PHRASES[699]


def test_no_part_of_the_texts_is_large_and_together_they_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies, "_PART", 50)
    monkeypatch.setattr(bodies, "_FEW", 3)
    made = Bodies(PHRASES)
    parts = list(made.parts())
    assert len(parts) > 100
    assert all(len(part) <= 50 for part in parts if isinstance(part, str | dict))
    again = Bodies.of(parts)
    assert [number for number in range(700) if again.has(number, "第 12")] == [12, *range(120, 130)]
    assert again.candidates("第 69 次") == made.candidates("第 69 次") != 0


def test_phrases_are_a_sequence_like_any_other(known: KnownLibrary, made: KeptLibrary) -> None:
    known.keep(made, known.stamp())
    again = known.recall(known.stamp())
    assert again is not None
    assert len(again.phrases) == 700
    assert again.phrases[300:302] == [PHRASES[300], PHRASES[301]]
    with pytest.raises(IndexError):
        again.phrases[700]


def test_a_changed_a_new_and_a_deleted_file_are_seen(
    known: KnownLibrary, made: KeptLibrary, folder: Path
) -> None:
    known.keep(made, known.stamp())
    (folder / "own.yaml").write_text("phrases: [ ]", encoding="utf-8")
    assert known.recall(known.stamp()) is None
    known.keep(made, known.stamp())
    (folder / "more.yml").write_text("phrases: []", encoding="utf-8")
    assert known.recall(known.stamp()) is None
    known.keep(made, known.stamp())
    (folder / "more.yml").unlink()
    assert known.recall(known.stamp()) is None


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps((1, 2)), b"\0\0\0\0", b"\x80\x05"])
def test_rubbish_is_nothing(known: KnownLibrary, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cache" / "library").write_bytes(content)
    assert known.recall(known.stamp()) is None


def test_a_damaged_file_is_nothing(known: KnownLibrary, made: KeptLibrary, tmp_path: Path) -> None:
    known.keep(made, known.stamp())
    path = tmp_path / "cache" / "library"
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 50):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 4,)) + whole[at + 1 :])
        assert known.recall(known.stamp()) is None
        path.write_bytes(whole[:at])
        assert known.recall(known.stamp()) is None


def test_a_disk_that_refuses_is_borne(tmp_path: Path, folder: Path, made: KeptLibrary) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    known = KnownLibrary(tmp_path / "file" / "library", files=lambda: files_in(folder))
    known.keep(made, known.stamp())
    assert known.recall(known.stamp()) is None
