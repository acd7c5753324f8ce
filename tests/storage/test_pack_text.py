"""Packs as we write them: read again they are the same, and a person can edit them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.domain.durations import duration_text, parse_duration
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Attachment, AttachmentKind, Details
from sidebar.domain.phrases import Phrase
from sidebar.storage.pack_editing import edit, read_pack_file
from sidebar.storage.pack_text import pack_text
from sidebar.storage.phrase_documents import document_of, phrase_of
from tests.phrase_strategies import libraries, names, phrases

_CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FOLDER = Path("packs").absolute()


@_CALM
@given(name=names, library=libraries)
def test_what_is_written_is_read_again(name: str, library: tuple[Phrase, ...]) -> None:
    text = pack_text(name, library, language="zh-CN")
    file = read_pack_file(FOLDER / "a.yaml", text)
    assert file.whole
    assert tuple(placed.phrase for placed in file.placed) == library
    assert (file.name, file.language) == (name, "zh-CN")


@_CALM
@given(library=libraries)
def test_other_readers_of_yaml_read_the_same(library: tuple[Phrase, ...]) -> None:
    document = yaml.safe_load(pack_text("n", library))
    assert document["phrases"] == [document_of(phrase) for phrase in library]


@_CALM
@given(phrase=phrases())
def test_a_document_is_the_whole_phrase(phrase: Phrase) -> None:
    assert phrase_of(document_of(phrase), 1) == phrase


@given(milliseconds=st.integers(1, 366 * 86_400_000))
def test_a_length_of_time_is_written_as_it_is_read(milliseconds: int) -> None:
    span = timedelta(milliseconds=milliseconds)
    assert parse_duration(duration_text(span)) == span


@_CALM
@given(library=libraries, chance=st.randoms(use_true_random=False), added=libraries)
def test_what_is_edited_in_place_is_all_that_changes(
    library: tuple[Phrase, ...], chance: Random, added: tuple[Phrase, ...]
) -> None:
    text = pack_text("n", library).replace("  - id:", "  # a comment\n\n  - id:")
    file = read_pack_file(FOLDER / "a.yaml", text)
    ids = {phrase.id for phrase in library}
    changes: dict[PhraseId, Phrase | None] = {
        phrase.id: chance.choice([None, replace(phrase, body="另一个\n正文", details=None)])
        for phrase in library
        if chance.random() < 0.5
    }
    new = [phrase for phrase in added if phrase.id not in ids]
    edited = edit(file, changes, new)
    wanted = [changes.get(phrase.id, phrase) for phrase in library]
    read = read_pack_file(FOLDER / "a.yaml", edited)
    assert [each.phrase for each in read.placed] == [*(each for each in wanted if each is not None), *new]
    if library and len(changes) < len(library):
        assert "# a comment" in edited


def test_several_lines_stand_as_lines() -> None:
    phrase = Phrase(id=PhraseId("a"), title="物流 · 核实", body="亲：\n\n  在的\n#1 好", tags=("a b", "1"))
    assert pack_text("我的", [phrase]) == (
        "pack: 我的\n"
        "phrases:\n"
        "  - id: a\n"
        "    title: 物流 · 核实\n"
        '    tags: [a b, "1"]\n'
        "    body: |-\n"
        "      亲：\n"
        "\n"
        "        在的\n"
        "      #1 好\n"
    )


def test_attachments_are_named_from_the_packs_folder_and_those_elsewhere_are_left_out() -> None:
    inside, elsewhere = str(FOLDER / "pictures" / "a.png"), str(FOLDER.parent / "b.pdf")
    attachments = (
        Attachment(path=inside, kind=AttachmentKind.IMAGE, before=True),
        Attachment(path=elsewhere, kind=AttachmentKind.FILE),
        Attachment(path=inside, kind=AttachmentKind.FILE),
    )
    phrase = Phrase(id=PhraseId("a"), title="a", body="b", details=Details(attachments=attachments))
    document = document_of(phrase, FOLDER)
    assert document["attachments"] == [{"image": "pictures/a.png"}, "text", {"file": "pictures/a.png"}]
    read = phrase_of(document, 1, FOLDER)
    assert read.details is not None
    assert read.details.attachments == (attachments[0], attachments[2])
