"""Reading packs: what is right arrives whole, what is wrong is named by file and line."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Colour, Pack, Phrase, Promise, Stage
from sidebar.errors import PackError, PackFault
from sidebar.storage import packs as packs_module
from sidebar.storage.known_packs import LoadedPacks
from sidebar.storage.packs import LARGEST, load_pack, load_packs

GOOD = """\
pack: 物流
language: zh-CN
phrases:
  - id: logistics.check
    title: 物流核实 · 给时限
    code: wlhs
    stage: verify
    category: logistics
    tags: [物流, 618]
    group: 售后/物流
    placeholders: true
    promise: {within: 2小时, about: 答复物流结果}
    hotkey: Control+Alt+9
    body: |
      "{buyer|亲}，正在核实。

      {promise}前答复您。"
"""


def pack_file(folder: Path, text: str | bytes, name: str = "pack.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def phrases(*entries: str) -> str:
    """A pack of these phrases; each entry's first line is line 2, or follows the one before."""
    lines = [
        ("  - " if n == 0 else "    ") + line for entry in entries for n, line in enumerate(entry.split("\n"))
    ]
    return "\n".join(["phrases:", *lines, ""])


def loaded(tmp_path: Path, text: str | bytes) -> LoadedPacks:
    return load_pack(pack_file(tmp_path, text))


def only_problem(result: LoadedPacks) -> PackError:
    assert len(result.problems) == 1, [str(problem) for problem in result.problems]
    return result.problems[0]


def ids(*packs: Pack) -> list[str]:
    return [phrase.id for pack in packs for phrase in pack.phrases]


OK = "id: ok\ntitle: 好\nbody: 好的"


def test_reads_every_field_of_a_phrase(tmp_path: Path) -> None:
    result = load_pack(pack_file(tmp_path, GOOD), shipped=True)
    assert result.problems == ()
    assert result.packs == (
        Pack(
            name="物流",
            language="zh-CN",
            shipped=True,
            phrases=(
                Phrase(
                    id=PhraseId("logistics.check"),
                    title="物流核实 · 给时限",
                    body='"{buyer|亲}，正在核实。\n\n{promise}前答复您。"',
                    code="wlhs",
                    stage=Stage.VERIFY,
                    category=Category.LOGISTICS,
                    tags=("物流", "618"),
                    group=("售后", "物流"),
                    placeholders=True,
                    promise=Promise(within=timedelta(hours=2), about="答复物流结果"),
                    hotkey="ctrl+alt+9",
                ),
            ),
        ),
    )


def test_colour_and_favourite_are_the_phrases_own(tmp_path: Path) -> None:
    (pack,) = loaded(tmp_path, phrases(OK + "\ncolour: green\nfavourite: true")).packs
    (phrase,) = pack.phrases
    assert (phrase.colour, phrase.favourite, phrase.details) == (Colour.GREEN, True, None)


def test_a_pack_knows_its_file(tmp_path: Path) -> None:
    (pack,) = loaded(tmp_path, phrases(OK)).packs
    assert pack.file == str(tmp_path / "pack.yaml")


def test_a_pack_is_named_after_its_file_where_it_does_not_say(tmp_path: Path) -> None:
    (pack,) = load_pack(pack_file(tmp_path, phrases(OK), "我的话术.yaml")).packs
    assert pack == Pack(
        name="我的话术", language="", phrases=(Phrase(id=PhraseId("ok"), title="好", body="好的"),)
    )


def test_groups_may_be_a_list_and_left_out_fields_may_stand_empty(tmp_path: Path) -> None:
    entry = OK + "\ngroup: [售前, 问候 / 早]\ncode:\nstage: ~\ntags: []"
    (pack,) = loaded(tmp_path, phrases(entry)).packs
    (phrase,) = pack.phrases
    assert (phrase.group, phrase.code, phrase.stage, phrase.tags) == (("售前", "问候 / 早"), "", None, ())


def test_a_code_of_digits_keeps_its_zeros(tmp_path: Path) -> None:
    (pack,) = loaded(tmp_path, phrases(OK + "\ncode: 007")).packs
    assert pack.phrases[0].code == "007"


def test_reads_a_file_that_windows_marked_as_utf_8(tmp_path: Path) -> None:
    result = loaded(tmp_path, b"\xef\xbb\xbf" + phrases(OK).replace("\n", "\r\n").encode())
    assert (ids(*result.packs), result.problems) == (["ok"], ())


# Each mistake: the text of the second phrase (from line 5), what is wrong with it, in which line.
MISTAKES: dict[str, tuple[str, PackFault, str, int]] = {
    "no title": ("id: a\nbody: x", PackFault.MISSING, "title", 5),
    "no id": ("title: a\nbody: x", PackFault.MISSING, "id", 5),
    "no body": ("id: a\ntitle: x", PackFault.MISSING, "body", 5),
    "blank body": ("id: a\ntitle: x\nbody: ' '", PackFault.MISSING, "body", 7),
    "title is a list": ("id: a\ntitle: [x]\nbody: x", PackFault.NOT_TEXT, "title", 6),
    "title is a number": ("id: a\ntitle: 12\nbody: x", PackFault.NOT_TEXT, "title", 6),
    "body is a bare brace": ("id: a\ntitle: x\nbody: {buyer}", PackFault.NOT_TEXT, "body", 7),
    "code is a yes": ("id: a\ntitle: x\ncode: no\nbody: x", PackFault.NOT_TEXT, "code", 7),
    "title of two lines": ("id: a\ntitle: |\n  x\n  y\nbody: x", PackFault.BAD_CHARACTER, "title", 6),
    "bell in the body": ('id: a\ntitle: x\nbody: "\\a"', PackFault.BAD_CHARACTER, "body", 7),
    "tags are text": ("id: a\ntitle: x\nbody: x\ntags: y", PackFault.NOT_A_LIST, "tags", 8),
    "tag is a mapping": ("id: a\ntitle: x\nbody: x\ntags:\n- {a: 1}", PackFault.NOT_TEXT, "tags", 9),
    "placeholders is text": (
        "id: a\ntitle: x\nbody: x\nplaceholders: ja",
        PackFault.NOT_YES_OR_NO,
        "placeholders",
        8,
    ),
    "unknown key": ("id: a\ntitel: x\nbody: x", PackFault.UNKNOWN_KEY, "titel", 6),
    "repeated key": ("id: a\ntitle: x\nbody: x\nbody: y", PackFault.REPEATED_KEY, "body", 8),
    "unknown stage": ("id: a\ntitle: x\nbody: x\nstage: hug", PackFault.UNKNOWN_VALUE, "stage: hug", 8),
    "unknown category": (
        "id: a\ntitle: x\nbody: x\ncategory: 物流",
        PackFault.UNKNOWN_VALUE,
        "category: 物流",
        8,
    ),
    "hotkey without modifier": ("id: a\ntitle: x\nbody: x\nhotkey: k", PackFault.BAD_HOTKEY, "hotkey: k", 8),
    "hotkey of the console": (
        "id: a\ntitle: x\nbody: x\nhotkey: ctrl+alt+f2",
        PackFault.BAD_HOTKEY,
        "hotkey: ctrl+alt+f2",
        8,
    ),
    "promise is text": ("id: a\ntitle: x\nbody: x\npromise: 2h", PackFault.NOT_A_MAPPING, "promise", 8),
    "promise of no length": (
        "id: a\ntitle: x\nbody: x\npromise:\n  within: 尽快\n  about: x",
        PackFault.BAD_DURATION,
        "within: 尽快",
        9,
    ),
    "promise without about": (
        "id: a\ntitle: x\nbody: x\npromise:\n  within: 2h",
        PackFault.MISSING,
        "about",
        9,
    ),
    "unknown colour": (
        "id: a\ntitle: x\nbody: x\ncolour: pink",
        PackFault.UNKNOWN_VALUE,
        "colour: pink",
        8,
    ),
    "phrase is text": ("just text", PackFault.NOT_A_MAPPING, "phrase", 5),
    "phrase is empty": ("", PackFault.NOT_A_MAPPING, "phrase", 5),
}


@pytest.mark.parametrize(("entry", "fault", "detail", "line"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_broken_phrase_costs_only_itself(
    tmp_path: Path, entry: str, fault: PackFault, detail: str, line: int
) -> None:
    result = loaded(tmp_path, phrases(OK, entry, "id: last\ntitle: x\nbody: y"))
    assert ids(*result.packs) == ["ok", "last"]
    problem = only_problem(result)
    assert (problem.fault, problem.detail, problem.line) == (fault, detail, line)
    assert str(problem).startswith(f"{tmp_path / 'pack.yaml'}:{line}: ")


# Each file that gives nothing at all: its bytes, what is wrong, in which line.
HOPELESS: dict[str, tuple[bytes, PackFault, int | None]] = {
    "empty": (b"", PackFault.EMPTY, None),
    "comments only": (b"# nothing\n", PackFault.EMPTY, None),
    "text": (b"hello\n", PackFault.NOT_A_MAPPING, 1),
    "list": (b"- id: a\n", PackFault.NOT_A_MAPPING, 1),
    "no phrases": (b"pack: x\n", PackFault.MISSING, 1),
    "phrases are text": (b"pack: x\nphrases: none\n", PackFault.NOT_A_LIST, 2),
    "tab": (b"pack: x\n\tphrases: []\n", PackFault.BROKEN_YAML, 2),
    "bad indent": (b"phrases:\n  - id: a\n   title: b\n", PackFault.BROKEN_YAML, 3),
    "unclosed quote": (b"pack: 'x\nphrases: []\n", PackFault.BROKEN_YAML, 1),
    "text after a brace": (b"phrases:\n- id: a\n  body: {buyer}, hi\n", PackFault.BROKEN_YAML, 3),
    "two documents": (b"phrases: []\n---\nphrases: []\n", PackFault.BROKEN_YAML, 2),
    "alias": (b"pack: &a x\nphrases: []\nlanguage: *a\n", PackFault.ALIAS, 1),
    "text that begins with a star": (b"phrases:\n- id: a\n  body: *new\n", PackFault.ALIAS, 3),
    "endless nesting": (b"phrases:\n" + b"- " * 100_000 + b"x\n", PackFault.TOO_DEEP, 2),
    "endless brackets": (b"phrases:\n  " + b"[" * 100_000, PackFault.TOO_DEEP, 2),
    "GB18030": ("phrases:\n- id: 好\n".encode("gb18030"), PackFault.NOT_UTF8, 2),
    "UTF-16": ("phrases: []".encode("utf-16"), PackFault.NOT_UTF8, 1),
    "nul": (b"pack: x\nphrases: \x00\n", PackFault.BAD_CHARACTER, 2),
    "too large": (b"# " + b"x" * LARGEST, PackFault.TOO_LARGE, None),
}


@pytest.mark.parametrize(("content", "fault", "line"), HOPELESS.values(), ids=list(HOPELESS))
def test_a_broken_file_costs_only_itself(
    tmp_path: Path, content: bytes, fault: PackFault, line: int | None
) -> None:
    broken = pack_file(tmp_path, content, "a.yaml")
    pack_file(tmp_path, phrases(OK), "b.yaml")
    result = load_packs(own=[tmp_path])
    assert ids(*result.packs) == ["ok"]
    problem = only_problem(result)
    assert (problem.file, problem.fault, problem.line) == (broken, fault, line)


def test_a_strange_key_of_the_pack_does_not_cost_its_phrases(tmp_path: Path) -> None:
    result = loaded(tmp_path, "author: someone\n" + phrases(OK))
    assert ids(*result.packs) == ["ok"]
    assert (only_problem(result).fault, only_problem(result).line) == (PackFault.UNKNOWN_KEY, 1)


def test_the_first_of_two_phrases_with_one_id_stays(tmp_path: Path) -> None:
    pack_file(tmp_path, phrases(OK), "a.yaml")
    second = pack_file(
        tmp_path, phrases("id: other\ntitle: x\nbody: y", "id: ok\ntitle: 坏\nbody: z"), "b.yaml"
    )
    result = load_packs(own=[tmp_path])
    assert [phrase.title for pack in result.packs for phrase in pack.phrases] == ["好", "x"]
    problem = only_problem(result)
    assert (problem.fault, problem.detail) == (PackFault.REPEATED_ID, "ok")
    assert (problem.file, problem.line) == (second, 5)


def test_phrases_that_share_a_code_or_a_hotkey_stay_and_are_reported(tmp_path: Path) -> None:
    one = "id: a\ntitle: x\nbody: y\ncode: wl\nhotkey: ctrl+alt+8"
    two = "id: b\ntitle: x\nbody: y\ncode: WL\nhotkey: alt+ctrl+8"
    result = loaded(tmp_path, phrases(one, two))
    assert ids(*result.packs) == ["a", "b"]
    assert [(p.fault, p.detail, p.line) for p in result.problems] == [
        (PackFault.REPEATED_CODE, "wl", 7),
        (PackFault.REPEATED_HOTKEY, "ctrl+alt+8", 7),
    ]


def test_a_phrase_of_ones_own_silently_replaces_the_shipped_one(tmp_path: Path) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    pack_file(shipped, phrases("id: ok\ntitle: 原\nbody: x\ncode: wl", "id: keep\ntitle: 留\nbody: x"))
    pack_file(own, phrases("id: ok\ntitle: 新\nbody: y\ncode: wl"))
    result = load_packs(shipped=[shipped], own=[own])
    assert result.problems == ()
    assert [(pack.shipped, [phrase.title for phrase in pack.phrases]) for pack in result.packs] == [
        (False, ["新"]),
        (True, ["留"]),
    ]


def test_phrases_that_nest_nothing_or_themselves_stay_and_are_reported(tmp_path: Path) -> None:
    pack_file(
        tmp_path, phrases("id: a\ntitle: x\nplaceholders: true\nbody: '{phrase:b}{phrase:z}'"), "a.yaml"
    )
    pack_file(tmp_path, phrases("id: b\ntitle: x\nplaceholders: true\nbody: '{话术:a}'", OK), "b.yaml")
    result = load_packs(own=[tmp_path])
    assert ids(*result.packs) == ["a", "b", "ok"]
    assert [(p.fault, p.detail, p.file.name, p.line) for p in result.problems] == [
        (PackFault.UNKNOWN_PHRASE, "z", "a.yaml", 2),
        (PackFault.NESTED_IN_ITSELF, "a → b → a", "a.yaml", 2),
        (PackFault.NESTED_IN_ITSELF, "b → a → b", "b.yaml", 2),
    ]


def test_finds_packs_in_folders_of_folders_and_nothing_else(tmp_path: Path) -> None:
    pack_file(tmp_path / "店铺" / "大促", phrases("id: a\ntitle: x\nbody: y"), "双11.YML")
    pack_file(tmp_path, "not a pack", "notes.txt")
    pack_file(tmp_path, "half written", ".pack.yaml")
    result = load_packs(own=[tmp_path, tmp_path / "missing"])
    assert (ids(*result.packs), result.problems) == (["a"], ())


@pytest.mark.posix
def test_what_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    pack_file(tmp_path, phrases(OK), "z.yaml")
    result = load_packs(own=[tmp_path])
    assert ids(*result.packs) == ["ok"]
    assert {problem.file.name for problem in result.problems} == {"pipe.yaml", "dangling.yaml"}
    assert {problem.fault for problem in result.problems} == {PackFault.NOT_READABLE}


def test_a_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = pack_file(tmp_path, phrases(OK))
    monkeypatch.setattr(Path, "open", refuse)
    problem = only_problem(load_pack(path))
    assert (problem.fault, problem.detail) == (PackFault.NOT_READABLE, "Permission denied")


def test_every_fault_has_its_sentence() -> None:
    missing = set(PackFault) - {PackFault.OTHER} - set(packs_module._REASONS)
    assert missing == set()


WILD = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.text(alphabet="-:?,[]{}#&*!|>'\"%@` \n\tab1id", max_size=120).map(
        lambda text: b"phrases:\n" + text.encode()
    ),
    st.text(alphabet="-:?,[]{}#&*!|>'\"%@` \n\tab1", max_size=60).map(
        lambda text: phrases(OK, "id: a\ntitle: x\nbody: " + text).encode()
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400, deadline=None)
@given(WILD)
def test_wild_files_end_in_phrases_or_problems(tmp_path: Path, content: bytes) -> None:
    result = loaded(tmp_path, content)
    assert result.packs or result.problems
    assert all(
        phrase.id and phrase.title and phrase.body.strip() for p in result.packs for phrase in p.phrases
    )
    assert all("\n" not in str(problem) for problem in result.problems)
