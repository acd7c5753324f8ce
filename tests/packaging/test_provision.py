"""The virtual environment: made, mended, left alone."""

from pathlib import Path

import provision
import pytest

from tests.packaging.conftest import FakeProgram

pytestmark = pytest.mark.posix  # programs are faked by shell scripts

PROJECT = """\
[project]
name = "x"
[dependency-groups]
test = ["pytest>=8", {include-group = "lint"}]
lint = ["ruff"]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "checkout"
    path.mkdir()
    (path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    return path


@pytest.fixture
def calls(fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the fake Python of the environment writes what it was asked, but for its version."""
    script = 'case "$2" in -c) echo "3.11.2";; *) echo "$@" >>"$CALLS";; esac'
    fake = fake_program("fake-python", script)

    def create(venv: Path) -> None:
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").unlink(missing_ok=True)
        (venv / "bin" / "python").symlink_to(fake)
        with (tmp_path / "calls").open("a", encoding="utf-8") as log:
            log.write("made\n")

    monkeypatch.setattr(provision, "create", create)
    return tmp_path / "calls"


def lines(calls: Path) -> list[str]:
    return calls.read_text(encoding="utf-8").splitlines()


def test_a_fresh_checkout_gets_an_environment_and_the_package(root: Path, calls: Path) -> None:
    assert provision.environment(root) == root / ".venv" / "bin" / "python"
    made, install = lines(calls)
    assert made == "made"
    assert install.endswith(f"--editable {root}")


def test_the_second_time_nothing_is_done(root: Path, calls: Path) -> None:
    provision.environment(root, groups=["test"])
    before = lines(calls)
    provision.environment(root, groups=["test"])
    provision.environment(root)
    assert lines(calls) == before


def test_a_group_is_added_to_what_is_there(root: Path, calls: Path) -> None:
    provision.environment(root)
    provision.environment(root, groups=["test"])
    assert lines(calls)[-1].endswith(f"--editable {root} pytest>=8 ruff")
    assert len(lines(calls)) == 3


def test_changed_dependencies_are_installed(root: Path, calls: Path) -> None:
    provision.environment(root)
    (root / "pyproject.toml").write_text(PROJECT + "# more\n", encoding="utf-8")
    provision.environment(root)
    assert len(lines(calls)) == 3


def test_a_half_made_environment_is_made_anew(root: Path, calls: Path) -> None:
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    provision.environment(root)
    assert lines(calls)[0] == "made"


def test_an_installation_cut_off_is_done_again(root: Path, calls: Path) -> None:
    provision.environment(root)
    (root / ".venv" / "set-up.json").write_text('{"digest": "', encoding="utf-8")
    provision.environment(root)
    assert len(lines(calls)) == 3


@pytest.mark.usefixtures("calls")
def test_a_failing_pip_is_told_and_leaves_no_stamp(root: Path, fake_program: FakeProgram) -> None:
    fake_program("fake-python", '[ "$2" = -c ] && echo 3.11.2 || exit 1')
    with pytest.raises(provision.SetUpError, match="pip could not install"):
        provision.environment(root)
    assert not (root / ".venv" / "set-up.json").exists()


def test_an_environment_without_pip_does_not_count(fake_program: FakeProgram) -> None:
    assert provision.version_of(fake_program("python-without-pip", "echo")) == ""
