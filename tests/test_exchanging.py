"""A library handed out of one home and brought into another: the same, pictures and files and all."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.exchanging import bring_in, hand_out, plan_import, take_back
from sidebar.paths import Home
from sidebar.storage.pack_text import pack_text
from sidebar.storage.packs import load_packs
from tests.phrase_strategies import phrases

_CALM = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_NAMES = st.sampled_from(["a.png", "A.png", "尺码 表.png", "说明.pdf", "é.png", "无后缀"])
_FOLDERS = st.sampled_from(["", "files", "files/2", "图"])
_CONTENTS = st.sampled_from([b"", b"1", b"2", b"\x89PNG\r\n\x1a\n"])


@dataclass(frozen=True, slots=True)
class Held:
    """Something a phrase has, told by all that a buyer gets of it."""

    name: str
    content: bytes
    kind: AttachmentKind
    before: bool


_files = st.dictionaries(st.tuples(_FOLDERS, _NAMES), _CONTENTS, max_size=4)


@st.composite
def _libraries(draw: st.DrawFn) -> tuple[tuple[Phrase, ...], dict[str, bytes]]:
    """Phrases with attachments by their paths in the home's pack folder, and what lies there."""
    files = {"/".join(filter(None, each)): content for each, content in draw(_files).items()}
    if len({path.casefold() for path in files}) < len(files):
        files = {path.casefold(): content for path, content in files.items()}
    known = draw(st.lists(phrases(), max_size=3, unique_by=lambda phrase: phrase.id))
    return tuple(draw(_with_some(each, sorted(files))) for each in known), files


@st.composite
def _with_some(draw: st.DrawFn, phrase: Phrase, paths: Sequence[str]) -> Phrase:
    if not paths:
        return phrase
    chosen = draw(st.lists(st.sampled_from(paths), max_size=3))
    before = draw(st.integers(0, len(chosen)))
    attached = tuple(
        Attachment(path=path, kind=draw(st.sampled_from(AttachmentKind)), before=at < before)
        for at, path in enumerate(chosen)
    )
    if not attached:
        return phrase
    wordless = draw(st.booleans()) and not phrase.placeholders
    details = replace(phrase.details or Details(), attachments=attached)
    return replace(phrase, details=details, body="" if wordless else phrase.body)


@contextmanager
def _homes() -> Iterator[tuple[Home, Home, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        homes = Home(Path(folder, "one")), Home(Path(folder, "two"))
        for home in homes:
            home.phrases.mkdir(parents=True)
            home.settings.write_text("shipped_phrases = false\n", encoding="utf-8")
        yield (*homes, Path(folder, "库.zip"))


def _fill(home: Home, library: Sequence[Phrase], files: dict[str, bytes]) -> None:
    for path, content in files.items():
        place = home.phrases / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    text = pack_text("库", library, folder=Path())
    (home.phrases / "mine.yaml").write_text(text, encoding="utf-8", newline="\n")


def _library(home: Home) -> dict[str, tuple[Phrase, tuple[Held, ...]]]:
    loaded = load_packs(own=[home.phrases])
    assert loaded.problems == ()
    return {each.id: (_bare(each), _held(each)) for pack in loaded.packs for each in pack.phrases}


def _bare(phrase: Phrase) -> Phrase:
    return replace(phrase, details=replace(phrase.details or Details(), attachments=()))


def _held(phrase: Phrase) -> tuple[Held, ...]:
    attached = () if phrase.details is None else phrase.details.attachments
    return tuple(
        Held(Path(each.path).name, Path(each.path).read_bytes(), each.kind, each.before) for each in attached
    )


def _contents(home: Home) -> dict[str, bytes]:
    found = (path for path in home.phrases.rglob("*") if path.is_file())
    return {path.relative_to(home.phrases).as_posix(): path.read_bytes() for path in found}


def _without_repeats(library: Sequence[Phrase]) -> bool:
    """Whether no two phrases have one code or hotkey, of which only the first would keep it."""
    codes = [each.code.lower() for each in library if each.code]
    hotkeys = [each.hotkey for each in library if each.hotkey]
    return len({*codes}) == len(codes) and len({*hotkeys}) == len(hotkeys)


_NAMED_ALIKE = Phrase(
    id=PhraseId("p"),
    title="尺码",
    body="看图",
    details=Details(
        attachments=(
            Attachment(path="A.png", kind=AttachmentKind.IMAGE),
            Attachment(path="图/a.png", kind=AttachmentKind.IMAGE),
        )
    ),
)
"""With two pictures of one content, whose names are one on some systems and two on others."""


@_CALM
@example(made=((_NAMED_ALIKE,), {"A.png": b"2", "图/a.png": b"2"}))
@given(made=_libraries().filter(lambda made: _without_repeats(made[0])))
def test_a_library_arrives_whole_and_the_second_time_changes_nothing(
    made: tuple[tuple[Phrase, ...], dict[str, bytes]],
) -> None:
    with _homes() as (one, two, archive):
        _fill(one, *made)
        assert hand_out(one, archive, None).left == ()
        plan = plan_import(two, archive)
        assert (plan.errors, plan.notes) == ((), ())
        bring_in(two, plan)
        assert _library(two) == _library(one)
        before = _contents(two)
        for home in (two, one):
            again = plan_import(home, archive)
            assert (again.new, again.changed) == ((), ())
            bring_in(home, again)
        assert _contents(two) == before
        if made[0]:
            take_back(two)
        assert _contents(two) == {}


@_CALM
@given(made=_libraries(), other=_libraries())
def test_an_undo_gives_back_every_file_of_another_library(
    made: tuple[tuple[Phrase, ...], dict[str, bytes]], other: tuple[tuple[Phrase, ...], dict[str, bytes]]
) -> None:
    with _homes() as (one, two, archive):
        _fill(one, *made)
        _fill(two, *other)
        hand_out(one, archive, None)
        before = _contents(two)
        plan = plan_import(two, archive)
        bring_in(two, plan)
        for path, content in before.items():
            assert path.endswith(".yaml") or _contents(two)[path] == content
        if not plan.empty:
            take_back(two)
        assert _contents(two) == before
