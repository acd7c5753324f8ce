"""The words: the same keys in both languages, all of them used, none of them missing."""

import re
from datetime import UTC
from pathlib import Path
from string import Formatter

import pytest

from sidebar import paths
from sidebar.domain.account import FollowupState
from sidebar.domain.events import CloseStatus
from sidebar.domain.measures import Figure, Unit
from sidebar.domain.phrases import Category
from sidebar.domain.summaries import summarise
from sidebar.domain.turns import Exclusion
from sidebar.errors import SettingsError
from sidebar.exports import contents
from sidebar.exports.report import Words
from sidebar.storage.report_words import load_report_words
from tests.domain.shop import at, owes
from tests.exports.shift import by_marketplace, shift

_BY_VALUE: dict[str, set[str]] = {
    "status": {*CloseStatus},
    "excluded": {*Exclusion},
    "followup": {*FollowupState},
    "category": {*Category},
    "unit": {*Unit, "mark"},
}


def fields(word: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(word) if name}


def test_both_languages_have_the_same_words_with_the_same_fields(chinese: Words, english: Words) -> None:
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert fields(chinese[key]) == fields(english[key]), key


@pytest.mark.parametrize("section", _BY_VALUE)
def test_every_state_has_a_word(chinese: Words, section: str) -> None:
    words = {key.partition(".")[2] for key in chinese if key.startswith(f"{section}.")}
    assert words == _BY_VALUE[section]


class Listening(dict[str, str]):
    """Words that remember which of them were asked for."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.asked.add(key)
        return super().__getitem__(key)


def test_no_column_or_figure_has_a_word_for_nothing(chinese: Words) -> None:
    words = Listening(chinese)
    contents.build(shift(), words=words, zone=UTC)
    contents.build(by_marketplace(), words=words, zone=UTC)
    unpromised = summarise([owes("09:00", "call", "10:00")], since=at("09:00"), agent="", now=at("09:30"))
    contents.build(unpromised, words=words, zone=UTC)
    source = "".join(file.read_text(encoding="utf-8") for file in Path(contents.__file__).parent.glob("*.py"))
    asked = words.asked | set(re.findall(r'words\["([\w.]+)"\]', source)) | {"fact.within_seconds"}
    asked |= {f"fact.figure_{figure}" for figure in Figure}
    tidy = {key for key in chinese if key.partition(".")[0] in {"report", "sheet", "group", "fact", "column"}}
    assert tidy - asked == set()


def test_other_languages_read_english() -> None:
    assert load_report_words(paths.resources(), "fr_FR")["sheet.overview"] == "Overview"
    assert load_report_words(paths.resources(), "zh_TW")["sheet.overview"] == "概要"


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"zh\.toml"):
        load_report_words(tmp_path, "zh_CN")
    (tmp_path / "reports").mkdir()
    for broken in (b"[report\n", b"\xff\xfe"):
        (tmp_path / "reports" / "zh.toml").write_bytes(broken)
        with pytest.raises(SettingsError, match=r"zh\.toml"):
            load_report_words(tmp_path, "zh_CN")
