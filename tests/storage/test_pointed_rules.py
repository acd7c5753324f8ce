"""The rule of the pointed-at element in a client's profile: read as written, written without a loss."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.element_rules import ElementRule, Step
from sidebar.domain.identifiers import ClientName
from sidebar.errors import SettingsError
from sidebar.storage.client_files import load_client
from sidebar.storage.client_writing import client_text
from sidebar.storage.pointed_rules import save_rule, with_rule

CONSOLE = ClientName("console")
RULE = ElementRule(
    steps=(
        Step(role="section", class_name="chat-header"),
        Step(role="heading", id="who", chosen=True, nth=2),
    ),
    buyer=re.compile(r"^与\s*(?P<buyer>\S.*?)\s*的对话$"),
    page="document web",
)
MINE = """\
# 我们店的后台
name = "console"   # do not rename
programs = ["Chromium"]
titles = '^Web Chat - '

[paste]
paths = ["paste"]  # nothing else works
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients").mkdir()
    return tmp_path / "clients"


def write(folder: Path, text: str, name: str = "console.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_rule_reads_as_it_was_written_and_every_other_line_stays(folder: Path) -> None:
    path = write(folder, MINE, "my own name.toml")
    assert save_rule(folder, CONSOLE, RULE, shipped=()) == path
    assert load_client(path).pointed == RULE
    assert path.read_text(encoding="utf-8") == (
        MINE
        + """
[pointed]
page = "document web"
steps = [
  { role = "section", class = "chat-header" },
  { role = "heading", id = "who", chosen = true, nth = 2 },
]
buyer = "^与\\\\s*(?P<buyer>\\\\S.*?)\\\\s*的对话$"
"""
    )


def test_another_rule_takes_the_place_of_the_one_there_was(folder: Path) -> None:
    after = '\n# where this is from\n[sources]\nbuyer = "reported: 同事"\n'
    path = write(folder, with_rule(MINE, ElementRule(steps=(Step(role="link"),), buyer=RULE.buyer)) + after)
    save_rule(folder, CONSOLE, RULE, shipped=())
    assert load_client(path).pointed == RULE
    assert path.read_text(encoding="utf-8") == with_rule(MINE, RULE) + after


def test_a_shipped_profile_becomes_a_copy_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "shipped").mkdir()
    write(tmp_path / "shipped", MINE)
    path = save_rule(tmp_path / "new" / "clients", CONSOLE, RULE, shipped=[tmp_path / "shipped"])
    assert path == tmp_path / "new" / "clients" / "console.toml"
    assert path.read_text(encoding="utf-8").startswith(MINE)
    assert (tmp_path / "shipped" / "console.toml").read_text(encoding="utf-8") == MINE


def test_lines_that_end_as_on_windows_still_do(folder: Path) -> None:
    path = write(folder, MINE.replace("\n", "\r\n"))
    save_rule(folder, CONSOLE, RULE, shipped=())
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert load_client(path).pointed == RULE


def test_a_file_that_would_lose_something_is_left_alone(folder: Path) -> None:
    text = 'pointed = { steps = [{ role = "a" }], buyer = "(?P<buyer>.+)" }\n' + MINE
    path = write(folder, text)
    with pytest.raises(SettingsError, match="without losing"):
        save_rule(folder, CONSOLE, RULE, shipped=())
    assert path.read_text(encoding="utf-8") == text


def test_without_a_profile_there_is_nothing_to_write_into(folder: Path) -> None:
    with pytest.raises(SettingsError, match="no profile"):
        save_rule(folder, CONSOLE, RULE, shipped=())


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ('steps = [{ role = "a" }]', "pointed.buyer"),
        ('buyer = "(?P<buyer>.+)"', "pointed.steps"),
        ('buyer = "(?P<buyer>.+)"\nsteps = [1]', "pointed.steps"),
        ('buyer = ".+"\nsteps = [{ role = "a" }]', "pointed.buyer"),
        ('buyer = "(?P<buyer>.+)"\nsteps = [{ id = "a" }]', "pointed.steps.role"),
        ('buyer = "(?P<buyer>.+)"\nsteps = [{ role = "a", nth = -1 }]', "pointed.steps.nth"),
        ('buyer = "(?P<buyer>.+)"\nsteps = [{ role = "a", colour = "red" }]', "pointed.steps.colour"),
    ],
)
def test_what_is_wrong_is_told_by_its_key(folder: Path, section: str, key: str) -> None:
    path = write(folder, f"{MINE}\n[pointed]\n{section}\n")
    with pytest.raises(SettingsError) as refused:
        load_client(path)
    assert refused.value.key == key


def test_a_profile_written_anew_keeps_its_rule(folder: Path) -> None:
    path = write(folder, with_rule(MINE, RULE))
    again = write(folder, client_text(load_client(path)), "again.toml")
    assert load_client(again).pointed == RULE


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
STEPS = st.builds(
    Step,
    role=NAMES.filter(bool),
    id=NAMES,
    class_name=NAMES,
    chosen=st.booleans(),
    nth=st.none() | st.integers(0, 500),
)


@given(st.lists(STEPS, min_size=1, max_size=5), NAMES, NAMES.map(re.escape))
def test_whatever_a_page_calls_its_elements_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step], page: str, beside: str
) -> None:
    rule = ElementRule(steps=tuple(steps), buyer=re.compile(f"^{beside}(?P<buyer>.+)$"), page=page)
    path = write(tmp_path_factory.mktemp("clients"), with_rule(MINE, rule))
    assert load_client(path).pointed == rule
