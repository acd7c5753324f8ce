"""The last values of fields outlive the program; a file that is broken costs only them."""

from pathlib import Path

import pytest

from sidebar.domain.identifiers import PhraseId
from sidebar.storage.field_memory import FileFieldMemory

P = PhraseId("p")


def test_remembers_by_phrase_and_field_beyond_the_end(tmp_path: Path) -> None:
    FileFieldMemory(tmp_path / "m.json").keep(P, {"单号": "7", "尺码": "M"})
    later = FileFieldMemory(tmp_path / "m.json")
    later.keep(P, {"单号": "8"})
    again = FileFieldMemory(tmp_path / "m.json")
    assert (again.recall(P, "单号"), again.recall(P, "尺码"), again.recall(P, "x")) == ("8", "M", "")
    assert again.recall(PhraseId("q"), "单号") == ""


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'{"p x": 1}'])
def test_a_broken_file_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(content)
    memory = FileFieldMemory(path)
    assert memory.recall(P, "x") == ""
    memory.keep(P, {"x": "1"})
    assert FileFieldMemory(path).recall(P, "x") == "1"


def test_what_cannot_be_written_is_remembered_until_the_end(tmp_path: Path) -> None:
    memory = FileFieldMemory(tmp_path / "missing" / "m.json")
    memory.keep(P, {"x": "1"})
    assert memory.recall(P, "x") == "1"
