"""The library from the command line: the shop's own packs before the shipped ones."""

from pathlib import Path

import pytest

from tests.commands.conftest import Ask

OWN = """\
pack: Mine
phrases:
  - id: mine.hello
    title: 我的问候
    code: wdwh
    tags: [greeting]
    group: [Shop, Morning]
    stage: greet
    promise: {within: 2h, about: 答复}
    colour: red
    favourite: true
    variants: [您好]
    note: 早班用
    body: |
      亲，在的呢。
      有什么可以帮您？
"""


@pytest.fixture
def own(shop: Path) -> Path:
    folder = shop / "phrases"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture
def only_own(shop: Path, own: Path) -> Path:
    (shop / "settings.toml").write_text("shipped_phrases = false\n", encoding="utf-8")
    return own


@pytest.mark.usefixtures("own")
def test_the_own_ones_are_listed_before_the_shipped_ones(tell: Ask) -> None:
    listed = tell("phrases", "list", "--json").document
    assert listed[0]["id"] == "mine.hello"
    assert len(listed) > 40
    assert len({phrase["id"] for phrase in listed}) == len(listed)
    assert [line.split("\t")[0] for line in tell("phrases", "list").lines] == [p["id"] for p in listed]


def test_the_shipped_ones_are_english_too_where_english_is_spoken(tell: Ask, shop: Path) -> None:
    def listed(language: str) -> set[str]:
        (shop / "settings.toml").write_text(f'language = "{language}"', encoding="utf-8")
        return {phrase["id"] for phrase in tell("phrases", "list", "--json").document}

    shop.mkdir()
    assert "en.greet" not in listed("zh")
    assert "en.greet" in listed("en")
    assert listed("zh") < listed("en")


@pytest.mark.usefixtures("own")
def test_a_phrase_is_shown_whole(tell: Ask) -> None:
    shown = tell("phrases", "show", "mine.hello", "--json").document
    assert shown["body"] == "亲，在的呢。\n有什么可以帮您？"
    assert shown["promise"] == {"within": 7200, "about": "答复"}
    assert (shown["colour"], shown["favourite"]) == ("red", True)
    assert (shown["variants"], shown["note"]) == (["您好"], "早班用")
    assert (shown["stage"], shown["group"], shown["code"]) == ("greet", ["Shop", "Morning"], "wdwh")
    assert tell("phrases", "show", "mine.hello").out.endswith("\n亲，在的呢。\n有什么可以帮您？\n")


def test_a_phrase_that_is_not_there_is_named(ask: Ask) -> None:
    answer = ask("phrases", "show", "nope")
    assert (answer.status, answer.out) == (1, "")
    assert "no phrase 'nope'" in answer.err


@pytest.mark.usefixtures("only_own")
@pytest.mark.parametrize("text", ["我的", "wdwh", "wodewenhou", "w的wh", "问候"])
def test_search_tells_what_matched_and_why(tell: Ask, text: str) -> None:
    (hit,) = tell("phrases", "search", text, "--json").document
    assert hit.keys() == {"id", "title", "score", "matched", "why"}
    assert hit["id"] == "mine.hello"
    assert all(0 <= index < len(hit["title"]) for index in hit["matched"])
    assert hit["why"]
    assert tell("phrases", "search", text).lines == (f"mine.hello\t我的问候\t{hit['why']}",)


def test_the_best_hit_comes_first(tell: Ask) -> None:
    scores = [hit["score"] for hit in tell("phrases", "search", "发货", "--json").document]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)


def test_a_search_without_hits_is_no_failure(tell: Ask) -> None:
    assert tell("phrases", "search", "zzzzqqqq", "--json").document == []


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("phrases:\n  - id: a\n    title: [\n", 4),
        ("phrases:\n  - id: a\n    title: b\n", 2),
        ("phrases:\n  - id: a\n    title: b\n    body: c\n  - id: a\n    title: d\n    body: e\n", 5),
        ("phrases: nothing\n", 1),
    ],
    ids=["broken YAML", "missing field", "duplicate id", "wrong type"],
)
def test_a_broken_pack_is_named_by_file_and_line_and_the_rest_is_listed(
    ask: Ask, own: Path, broken: str, line: int
) -> None:
    path = own / "broken.yaml"
    path.write_text(broken, encoding="utf-8")
    answer = ask("phrases", "list", "--json")
    assert answer.status == 0
    assert answer.err.startswith(f"sidebar: {path}:{line}: ")
    assert answer.err.count("\n") == 1
    assert "mine.hello" in {phrase["id"] for phrase in answer.document}


COPIED = """\
pack: Mine
phrases:
  - {id: mine.hello, title: 问候, placeholders: true, body: "{buyer}，您好，工号 {number}"}
  - id: mine.promise
    title: 承诺
    placeholders: true
    promise: {within: 2h, about: 答复}
    body: "{promise}前答复"
"""


@pytest.fixture
def copied(shop: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied; the shop's agent has the number 7."""
    (shop / "phrases").mkdir(parents=True)
    (shop / "phrases" / "mine.yaml").write_text(COPIED, encoding="utf-8")
    (shop / "settings.toml").write_text('shipped_phrases = false\nagent_number = "7"\n', encoding="utf-8")
    texts: list[str] = []
    monkeypatch.setattr("sidebar.commands.copying.copy", texts.append)
    return texts


def test_a_phrase_is_copied_filled_in(tell: Ask, copied: list[str]) -> None:
    told = tell("phrases", "show", "mine.hello", "--copy", "--customer", "王小姐")
    assert copied == ["王小姐，您好，工号 7"]
    assert told.out == "王小姐，您好，工号 7\n"
    document = tell("phrases", "show", "mine.hello", "--copy", "--customer", "王小姐", "--json").document
    assert (document["id"], document["text"]) == ("mine.hello", "王小姐，您好，工号 7")


def test_a_phrase_with_an_empty_place_is_not_copied(ask: Ask, copied: list[str]) -> None:
    answer = ask("phrases", "show", "mine.hello", "--copy")
    assert (answer.status, answer.out, copied) == (1, "", [])
    assert "mine.hello needs buyer" in answer.err


def test_a_copied_promise_is_told(ask: Ask, copied: list[str]) -> None:
    answer = ask("phrases", "show", "mine.promise", "--copy")
    assert (answer.status, len(copied)) == (0, 1)
    assert "sidebar followups add" in answer.err
