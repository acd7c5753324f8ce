"""One phrase of a pack file changed where it stands: nothing else of the file is another by a byte."""

from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar import paths
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Colour, Phrase, Stage
from sidebar.storage.pack_editing import PackFile, edit_in_place, hide, insert_item, read_pack_file
from tests.phrase_strategies import phrases

_CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
SHIPPED = tuple(sorted(paths.templates().rglob("*.yaml")))
MINE = """\
# what I say most
pack: Mine            # the team's
language: zh-CN

phrases:
  # first of all
  - id: mine.hello    # never change
    title: 问候   # short
    # the body is read aloud
    body: "您好"

    code: nh
    stage: greet
    tags:
      - 早班          # only then
      - 问候

  # then
  -   id: mine.bye
      title: "再见 # 1"  # bye
      favourite: true
      body: |-
        再见
        # not a comment
  - {id: mine.flow, title: 流, body: 一}
# the end
"""


@cache
def shipped(path: Path) -> PackFile:
    return read_pack_file(path, path.read_text(encoding="utf-8"))


def mine(text: str = MINE) -> PackFile:
    return read_pack_file(Path("phrases").absolute() / "mine.yaml", text)


def changed(file: PackFile, phrase: str, **values: object) -> str:
    before = file.phrases()[PhraseId(phrase)]
    text = edit_in_place(file, {before.id: replace(before, **values)})  # type: ignore[arg-type]
    assert text is not None
    return text


@_CALM
@given(st.data())
def test_any_field_of_any_shipped_phrase_is_written_and_all_others_stay_byte_by_byte(
    data: st.DataObject,
) -> None:
    file = shipped(data.draw(st.sampled_from(SHIPPED)))
    placed = data.draw(st.sampled_from(file.placed))
    names = [each.name for each in fields(Phrase) if each.name not in ("id", "details")]
    wild = data.draw(phrases())
    chosen = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True))
    after = replace(placed.phrase, **{name: getattr(wild, name) for name in chosen})
    if after.details is not None and after.details.fields:
        after = replace(after, placeholders=True)
    text = edit_in_place(file, {after.id: after})
    assert text is not None
    read = read_pack_file(file.path, text)
    assert read.whole
    assert read.phrases()[after.id] == after
    for each in file.placed:
        if each.phrase.id != after.id:
            assert read.item(each.phrase.id) == file.item(each.phrase.id)
    old, new = file.item(after.id), read.item(after.id)
    assert text.replace(new, "", 1) == file.text.replace(old, "", 1)


@_CALM
@given(st.sampled_from(SHIPPED), phrases(), st.randoms(use_true_random=False))
def test_a_phrase_exchanged_for_a_wild_one_changes_no_other(path: Path, wild: Phrase, chance: Random) -> None:
    file = shipped(path)
    placed = chance.choice(file.placed)
    after = replace(wild, id=placed.phrase.id)
    text = edit_in_place(file, {after.id: after})
    assert text is not None
    assert read_pack_file(path, text).phrases()[after.id] == after
    back = edit_in_place(read_pack_file(path, text), {after.id: placed.phrase})
    assert back is not None
    assert read_pack_file(path, back).phrases() == file.phrases()


def test_only_the_line_of_the_changed_key_is_another() -> None:
    assert changed(mine(), "mine.hello", body="早上好") == MINE.replace('body: "您好"', "body: 早上好")
    assert changed(mine(), "mine.hello", title="早") == MINE.replace("title: 问候   #", "title: 早   #")


def test_a_list_in_lines_gives_way_and_what_stands_around_it_stays() -> None:
    text = changed(mine(), "mine.hello", tags=("晚班",))
    assert text == MINE.replace("tags:\n      - 早班          # only then\n      - 问候\n", "tags: [晚班]\n")


def test_a_new_key_comes_where_we_would_write_it_and_an_emptied_one_goes() -> None:
    file = mine()
    text = changed(file, "mine.hello", code="", colour=Colour.RED, favourite=True, stage=Stage.CLOSE)
    assert text == MINE.replace("    code: nh\n    stage: greet\n", "    stage: close\n").replace(
        "      - 问候\n", "      - 问候\n    colour: red\n    favourite: true\n", 1
    )


def test_lines_further_in_keep_their_margin_and_a_hash_in_quotes_is_text() -> None:
    text = changed(mine(), "mine.bye", title="再见", body="再见\n！")
    assert text == MINE.replace('title: "再见 # 1"  # bye', "title: 再见  # bye").replace(
        "body: |-\n        再见\n        # not a comment", "body: |-\n        再见\n        ！"
    )


def test_a_phrase_in_braces_is_written_in_lines() -> None:
    text = changed(mine(), "mine.flow", body="二")
    assert text == MINE.replace(
        "  - {id: mine.flow, title: 流, body: 一}\n",
        "  - id: mine.flow\n    title: 流\n    body: 二\n",
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_of_the_file_stay(mark: str) -> None:
    windows = mark + MINE.replace("\n", "\r\n")
    text = changed(mine(windows), "mine.hello", body="早\n安", colour=Colour.BLUE)
    assert "\n" not in text.replace("\r\n", "")
    assert text.startswith(f"{mark}# what")
    assert text.count("\r\n") == windows.count("\r\n") + 3


def test_a_phrase_taken_out_leaves_the_comments_of_others() -> None:
    file = mine()
    text = edit_in_place(file, {PhraseId("mine.bye"): None})
    assert text is not None
    start, end = MINE.index("  -   id: mine.bye"), MINE.index("  - {id: mine.flow")
    assert text == MINE[:start] + MINE[end:]
    gone = read_pack_file(file.path, text)
    phrase = file.phrases()[PhraseId("mine.bye")]
    assert insert_item(gone, file.item(phrase.id), phrase, PhraseId("mine.hello")) is not None


def test_the_last_phrase_taken_out_comes_back() -> None:
    file = mine("# only one\npack: P\nphrases:  # mine\n  - id: a\n    title: A\n    body: b\n")
    empty = edit_in_place(file, {PhraseId("a"): None})
    assert empty == "# only one\npack: P\nphrases: []  # mine\n"
    assert edit_in_place(mine(empty), {}, tuple(file.phrases().values())) == file.text


def test_a_file_without_a_line_break_at_its_end_takes_another_phrase() -> None:
    file = mine("phrases:\n- id: a\n  title: A\n  body: b")
    new = Phrase(id=PhraseId("b"), title="B", body="c")
    assert edit_in_place(file, {}, [new]) == file.text + "\n- id: b\n  title: B\n  body: c\n"


def test_what_is_hidden_is_one_line_of_the_file() -> None:
    file = mine()
    hidden = hide(file, [PhraseId("a.b"), PhraseId("1: x")])
    assert hidden == MINE.replace("\nphrases:", '\nhides: [a.b, "1: x"]\nphrases:')
    assert mine(hidden).hides == ("a.b", "1: x")
    assert hide(mine(hidden), []) == MINE
    listed = mine(MINE.replace("\nphrases:", "\nhides:\n  - a.b # no\n\n# and\nphrases:"))
    assert hide(listed, [PhraseId("c")]) == MINE.replace("\nphrases:", "\nhides: [c]\n\n# and\nphrases:")


def test_what_is_not_written_in_lines_is_not_edited_in_place() -> None:
    assert (
        edit_in_place(mine('{phrases: [{"id": "a", "title": "A", "body": "b"}]}'), {PhraseId("a"): None})
        is None
    )
    loose = mine("phrases:\n  -\n    id: a\n    title: A\n    body: b\n")
    assert edit_in_place(loose, {PhraseId("a"): Phrase(id=PhraseId("a"), title="A", body="c")}) is None
