"""Rules about wording from files: what can be used is, what cannot is named by file and key."""

from pathlib import Path

import pytest

from sidebar.domain.identifiers import ClientName
from sidebar.domain.wording_rules import Detector, Severity
from sidebar.storage.wording_files import LoadedWording, load_wording

WHOLE = """\
[pieces]
time = '\\d+点'

[soon]
severity = "error"
words = ["ASAP"]
patterns = ['{time}后']
detect = "length"
limit = 9
unless = ['好{time}']
unless_in_sentence = '{time}'
in_quotes = true
reason = { zh = "为何", en = "why" }
suggestion = { zh = "改成", en = "instead" }
[soon.severities]
shopee = "off"
"""


def load(folder: Path, text: str, name: str = "ours.toml") -> LoadedWording:
    (folder / name).write_text(text, encoding="utf-8")
    return load_wording(shipped=[folder])


def test_reads_every_key(tmp_path: Path) -> None:
    loaded = load(tmp_path, WHOLE, "zh.toml")
    assert loaded.problems == ()
    (rule,) = loaded.rules
    assert (rule.id, rule.language, rule.severity) == ("soon", "zh", Severity.ERROR)
    assert rule.severity_for(ClientName("shopee")) is Severity.OFF
    assert rule.words == ("asap",)
    assert [pattern.pattern for pattern in rule.patterns] == [r"(?:\d+点)后"]
    assert [pattern.pattern for pattern in rule.unless] == [r"好(?:\d+点)"]
    assert (rule.detect, rule.limit, rule.in_quotes) == (Detector.LENGTH, 9, True)
    assert (rule.reason["en"], rule.suggestion["zh"]) == ("why", "改成")


def test_a_rule_of_the_shops_own_changes_the_keys_it_names(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.toml").write_text('[soon]\nseverity = "hint"\n', encoding="utf-8")
    load(tmp_path, WHOLE, "zh.toml")
    (rule,) = load_wording(shipped=[tmp_path], own=[tmp_path / "own"]).rules
    assert (rule.severity, rule.words, rule.language) == (Severity.HINT, ("asap",), "zh")


def test_folders_that_are_not_there_have_no_rules(tmp_path: Path) -> None:
    assert load_wording(shipped=[tmp_path / "none"]) == LoadedWording()


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("severity = 'grave'", "ours.severity"),
        ("words = 'a'", "ours.words"),
        ("words = ['']", "ours.words"),
        ("patterns = ['(']", "ours.patterns"),
        ("patterns = ['a*']", "ours.patterns"),
        ("unless_in_text = ['a']", "ours.unless_in_text"),
        ("detect = 'lies'", "ours.detect"),
        ("limit = -1", "ours.limit"),
        ("in_quotes = 'yes'", "ours.in_quotes"),
        ("reason = 'why'", "ours.reason"),
        ("reason = { fr = 'pourquoi' }", "ours.reason"),
        ("language = 'fr'", "ours.language"),
        ("severities = { a = 'grave' }", "ours.severities.a"),
        ("sevrity = 'error'", "ours.sevrity"),
        ("severity = 'error'", "ours.words"),
    ],
)
def test_a_mistake_is_named_by_its_key_and_costs_that_rule(tmp_path: Path, line: str, key: str) -> None:
    words = "" if line.startswith(("words", "severity = 'error'")) else "words = ['a']\n"
    if line.startswith("patterns"):
        words = ""
    loaded = load(tmp_path, f"[fine]\nwords = ['b']\n[ours]\n{words}{line}\n")
    assert [rule.id for rule in loaded.rules] == ["fine"]
    assert [problem.key for problem in loaded.problems] == [key]


@pytest.mark.parametrize("text", ["a = ", "a = 1", "pieces = 1", "[a]\nb = \xff"])
def test_a_broken_file_is_named_and_stops_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.toml").write_bytes(text.encode("latin-1"))
    loaded = load(tmp_path, "[fine]\nwords = ['b']\n")
    assert [rule.id for rule in loaded.rules] == ["fine"]
    assert [problem.file.name for problem in loaded.problems] == ["b.toml"]
