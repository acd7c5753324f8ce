"""The wording of the library, told by file and line."""

from pathlib import Path

import pytest

from tests.commands.conftest import Ask

PACK = """\
phrases:
  - id: mine.soon
    title: x
    placeholders: true
    body: |-
      {buyer|亲}，您好。
      我们会尽快处理。
  - id: mine.shop
    title: y
    body: 这家店叫“第一”，全网第一。
    allow: {superlative: 是店名}
    options: [{text: 马上退款}]
"""


@pytest.fixture
def pack(shop: Path) -> Path:
    path = shop / "phrases" / "mine.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(PACK, encoding="utf-8")
    return path


def test_each_remark_names_file_and_line_severity_reason_and_what_to_write(ask: Ask, pack: Path) -> None:
    answer = ask("phrases", "lint", pack, "--json")
    assert answer.status == 1
    soon, moment = answer.document
    assert (soon["file"], soon["line"]) == (str(pack), 7)
    assert (soon["phrase"], soon["rule"]) == ("mine.soon", "vague-soon")
    assert (soon["severity"], soon["found"]) == ("error", "尽快")
    assert soon["reason"]
    assert "今天18点前" in soon["suggestion"]
    assert (moment["line"], moment["rule"], moment["severity"]) == (12, "vague-moment", "warn")


def test_people_read_a_line_for_each_and_the_sum(ask: Ask, pack: Path) -> None:
    answer = ask("phrases", "lint", pack)
    assert answer.lines[0].startswith(f"{pack}:7: error: mine.soon [vague-soon]: '尽快' ")
    assert len(answer.lines) == 2
    assert answer.err == "2 phrases: 1 errors, 1 warnings, 0 hints\n"


def test_without_a_file_the_whole_library_is_read(ask: Ask, pack: Path) -> None:
    told = ask("phrases", "lint", "--json").document
    assert {each["file"] for each in told} == {str(pack)}


def test_warnings_alone_are_no_failure(ask: Ask, pack: Path) -> None:
    pack.write_text("phrases:\n  - {id: a, title: b, body: 马上退款}\n", encoding="utf-8")
    answer = ask("phrases", "lint", pack, "--json")
    assert answer.status == 0
    assert [each["severity"] for each in answer.document] == ["warn"]


def test_a_file_that_cannot_be_read_is_an_error(ask: Ask, tmp_path: Path) -> None:
    answer = ask("phrases", "lint", tmp_path / "none.yaml", "--json")
    assert answer.status == 1
    assert [(each["line"], each["severity"]) for each in answer.document] == [(None, "error")]


def test_marketplaces_differ(ask: Ask, pack: Path) -> None:
    pack.write_text("phrases:\n  - {id: a, title: b, body: 这个宝贝有货}\n", encoding="utf-8")
    assert ask("phrases", "lint", pack, "--json").document == []
    (told,) = ask("phrases", "lint", pack, "--client", "pinduoduo", "--json").document
    assert told["rule"] == "pdd-address"


def test_a_client_that_is_not_known_is_named(ask: Ask, pack: Path) -> None:
    answer = ask("phrases", "lint", pack, "--client", "nobody")
    assert answer.status == 1
    assert "'nobody'" in answer.err
    assert "qianniu" in answer.err


def test_a_shop_changes_rules_and_adds_its_own(ask: Ask, shop: Path, pack: Path) -> None:
    (shop / "wording").mkdir()
    (shop / "wording" / "ours.toml").write_text(
        '[vague-soon]\nseverity = "off"\n[vague-moment]\nseverity = "hint"\n'
        '[ours]\nwords = ["您好"]\nreason = { zh = "太冷", en = "cold" }\n',
        encoding="utf-8",
    )
    answer = ask("phrases", "lint", pack, "--json")
    told = [(each["rule"], each["severity"]) for each in answer.document]
    assert told == [("ours", "warn"), ("vague-moment", "hint")]
    assert answer.status == 0


def test_a_rule_that_cannot_be_used_is_named_and_the_others_hold(ask: Ask, shop: Path, pack: Path) -> None:
    (shop / "wording").mkdir()
    (shop / "wording" / "ours.toml").write_text("[ours]\npatterns = ['(']\n", encoding="utf-8")
    answer = ask("phrases", "lint", pack, "--json")
    assert "ours.toml: ours.patterns: not a regular expression" in answer.err
    assert len(answer.document) == 2
