"""Every format that can be brought in, by a file of its own and what a person reads in it."""

import shutil
import zipfile
from pathlib import Path

import pytest

from sidebar.errors import ExchangeError, ExchangeFault
from sidebar.storage.phrase_documents import document_of
from tests.exchange.answers import ANSWERS
from tests.exchange.conftest import GOLDEN, planned

_REFUSED = {"chatgpt-on-cs-replacements.xlsx": ExchangeFault.NO_PHRASES}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_format_is_read(name: str) -> None:
    answer, plan = ANSWERS[name], planned(GOLDEN / name)
    assert (plan.format, plan.encoding) == (answer.format, answer.encoding)
    documents: list[dict[str, object]] = [dict(document_of(phrase)) for phrase in plan.new]
    for document in documents:
        del document["id"]
    assert documents == answer.phrases
    assert [(error.row, error.fault) for error in plan.errors] == answer.errors
    assert [(note.row, note.fault) for note in plan.notes] == answer.notes
    assert [(file.row, file.name, file.state) for file in plan.enclosed] == answer.files
    assert (plan.changed, plan.same) == ((), ())


@pytest.mark.parametrize("name", ANSWERS)
def test_the_second_time_everything_is_the_same(name: str) -> None:
    first = planned(GOLDEN / name)
    second = planned(GOLDEN / name, *first.new)
    assert (second.new, second.changed) == ((), ())
    assert second.same == tuple(phrase.id for phrase in first.new)


@pytest.mark.parametrize("name", ANSWERS)
def test_the_content_counts_and_not_the_name(name: str, tmp_path: Path) -> None:
    renamed = tmp_path / "phrases.dat"
    shutil.copy(GOLDEN / name, renamed)
    plan = planned(renamed)
    assert plan.format == ANSWERS[name].format
    assert len(plan.new) == len(ANSWERS[name].phrases)


@pytest.mark.parametrize("name", _REFUSED)
def test_what_holds_no_phrases_is_refused(name: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        planned(GOLDEN / name)
    assert refused.value.fault is _REFUSED[name]


@pytest.mark.parametrize("name", ["quicktext.zip", "autokey.zip", "shop.alfredsnippets"])
def test_a_folder_is_as_good_as_its_archive(name: str, tmp_path: Path) -> None:
    folder = tmp_path / Path(name).stem
    with zipfile.ZipFile(GOLDEN / name) as archive:
        archive.extractall(folder)
    packed, unpacked = planned(GOLDEN / name), planned(folder)
    assert unpacked.format == packed.format
    assert {(phrase.title, phrase.body, phrase.code) for phrase in unpacked.new} == {
        (phrase.title, phrase.body, phrase.code) for phrase in packed.new
    }
    assert len(unpacked.errors) == len(packed.errors)


def test_a_folder_that_says_what_it_is_called_is_a_group(tmp_path: Path) -> None:
    files = {
        ".folder.json": '{"type": "folder", "title": "Shop replies"}',
        ".late.json": '{"type": "phrase", "description": "Late", "modes": []}',
        "late.txt": "Sorry",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    (made,) = planned(tmp_path).new
    assert (made.title, made.group) == ("Late", ("Shop replies",))


def test_no_golden_file_is_left_out() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(ANSWERS) | set(_REFUSED)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_every_encoding_is_told_by_the_text_alone(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("标题,内容\r\n开场,您好，在的𠮷\r\n".encode(encoding))
    plan = planned(path)
    assert [(phrase.title, phrase.body) for phrase in plan.new] == [("开场", "您好，在的𠮷")]
    wanted = {"utf-16": ("utf-16-le", "utf-16-be")}.get(encoding, (encoding,))
    assert plan.encoding in wanted
