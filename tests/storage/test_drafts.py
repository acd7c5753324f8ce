"""What was typed and not saved: there the next time, whole or not at all."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from sidebar.domain.phrases import Phrase
from sidebar.domain.sheets import Sheet, sheet_of
from sidebar.storage.drafts import FileDrafts
from tests.phrase_strategies import phrases


@given(phrases(enclosing=True))
def test_everything_typed_is_there_the_next_time(phrase: Phrase) -> None:
    sheet = sheet_of(phrase)
    with TemporaryDirectory() as folder:
        path = Path(folder, "drafts.json")
        FileDrafts(path).keep("p", sheet)
        assert FileDrafts(path).recall("p") == sheet


@pytest.mark.parametrize(
    "spoilt",
    [
        {},
        {"more": None},
        {"more": {"variants": []}},
        {"allow": 1},
        {"stage": "nowhere"},
        {"more": {"fields": [1]}},
    ],
)
def test_half_a_draft_is_none(tmp_path: Path, spoilt: dict[str, object]) -> None:
    path = tmp_path / "drafts.json"
    drafts = FileDrafts(path)
    drafts.keep("p", Sheet(body="写了一半"))
    document = json.loads(path.read_text(encoding="utf-8"))
    whole = document["p"]
    changed = {"title": "x"} if not spoilt else {**whole, **spoilt}
    path.write_text(json.dumps({"p": changed}), encoding="utf-8")
    assert FileDrafts(path).recall("p") is None
