"""Which Debian packages are missing, and what is done about it, without touching the machine's own."""

import shutil
from pathlib import Path

import debian
import provision
import pytest

from tests.packaging.conftest import FakeProgram

pytestmark = pytest.mark.posix

LISTING = "\n".join(
    (
        "ii \txvfb\t",
        "ii \tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6)",
        "rc \tpidgin\tlibpurple-client",
        "iU \tprosody\txmpp-server, lua-thing (= 1)",
        "",
    )
)


@pytest.fixture(autouse=True)
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "policy-rc.d"
    monkeypatch.setattr(debian, "_POLICY", path)
    return path


@pytest.fixture
def machine(fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Debian where we are root, with what `LISTING` says; the file of what apt was asked."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    (tmp_path / "listing").write_text(LISTING, encoding="utf-8")
    fake_program("dpkg-query", f"cat '{tmp_path}/listing'")
    fake_program("apt-get", 'echo "$@" >>"$CALLS"')
    return tmp_path / "calls"


def test_a_removed_or_half_installed_package_is_missing() -> None:
    assert debian.missing(("prosody", "pidgin", "xvfb"), debian.names(LISTING)) == ("pidgin", "prosody")


def test_a_package_that_was_renamed_counts_under_its_old_name() -> None:
    assert debian.missing(("libglib2.0-0",), debian.names(LISTING)) == ()


@pytest.mark.usefixtures("machine")
def test_apt_is_left_alone_when_all_is_there(tmp_path: Path) -> None:
    debian.provide(("xvfb", "libglib2.0-0"))
    assert not (tmp_path / "calls").exists()


def test_only_what_is_missing_is_installed(machine: Path) -> None:
    debian.provide(("xvfb", "pidgin", "pidgin"))
    (call,) = machine.read_text(encoding="utf-8").splitlines()
    assert call.endswith("install --yes --no-install-recommends pidgin")


def test_the_lists_are_fetched_once_when_apt_does_not_know_a_package(
    machine: Path, fake_program: FakeProgram
) -> None:
    fake_program("apt-get", 'echo "$@" >>"$CALLS"; [ "$(wc -l <"$CALLS")" != 1 ]')
    debian.provide(("pidgin",))
    verbs = [call.split()[3] for call in machine.read_text(encoding="utf-8").splitlines()]
    assert verbs == ["install", "update", "install"]


@pytest.mark.usefixtures("machine")
def test_says_so_when_apt_fails(fake_program: FakeProgram) -> None:
    fake_program("apt-get", "exit 100")
    with pytest.raises(provision.SetUpError, match="could not install pidgin"):
        debian.provide(("pidgin",))


def test_what_is_optional_comes_with_the_rest(machine: Path) -> None:
    debian.provide(("pidgin",), optional=("chromium",))
    (call,) = machine.read_text(encoding="utf-8").splitlines()
    assert call.endswith("install --yes --no-install-recommends pidgin chromium")


@pytest.mark.parametrize("wanted", [("pidgin",), ()])
def test_the_rest_is_installed_where_what_is_optional_cannot_be_had(
    machine: Path,
    fake_program: FakeProgram,
    wanted: tuple[str, ...],
    capfd: pytest.CaptureFixture[str],
) -> None:
    fake_program("apt-get", 'echo "$@" >>"$CALLS"; case "$*" in *chromium*) exit 100; esac')
    debian.provide(wanted, optional=("chromium",))
    calls = machine.read_text(encoding="utf-8").splitlines()
    assert [call.split()[3] for call in calls] == ["install", "update", "install", *["install"] * len(wanted)]
    assert "chromium cannot be had here" in "".join(capfd.readouterr())


@pytest.mark.usefixtures("machine")
def test_what_is_optional_takes_no_right_and_is_said(
    fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    fake_program("sudo", "exit 1")
    debian.provide((), optional=("chromium",))
    assert "sudo apt-get install --yes --no-install-recommends chromium" in "".join(capfd.readouterr())


def test_no_service_may_start_meanwhile_and_may_again_afterwards(
    machine: Path, fake_program: FakeProgram, policy: Path
) -> None:
    fake_program("apt-get", f'"{policy}"; echo $? >>"$CALLS"')
    debian.provide(("prosody",))
    assert machine.read_text(encoding="utf-8") == "101\n"
    assert not policy.exists()


@pytest.mark.usefixtures("machine")
def test_a_policy_of_the_machine_is_kept(policy: Path) -> None:
    policy.write_text("#!/bin/sh\nexit 104\n", encoding="utf-8")
    debian.provide(("prosody",))
    assert policy.read_text(encoding="utf-8") == "#!/bin/sh\nexit 104\n"


def test_without_the_right_to_install_the_command_is_named(
    machine: Path, fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    fake_program("sudo", "exit 1")
    with pytest.raises(provision.SetUpError, match=r"sudo apt-get install --yes .* pidgin prosody$"):
        debian.provide(("prosody", "pidgin"))
    assert not machine.exists()


def test_sudo_is_used_where_it_asks_no_password(
    machine: Path, fake_program: FakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    fake_program("sudo", 'shift; echo "as root: $1" >>"$CALLS"; exec "$@"')
    debian.provide(("pidgin",))
    calls = machine.read_text(encoding="utf-8").splitlines()
    assert calls[:3] == ["as root: true", "as root: sh", "as root: env"]
    assert calls[3].endswith(" pidgin")
    assert calls[4] == "as root: rm"


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    debian.provide(("pidgin",))


@pytest.mark.parametrize(("known", "wanted"), [("Noto Sans CJK SC", ()), ("", debian.CJK_FONT)])
def test_a_chinese_font_is_asked_for_only_where_there_is_none(
    fake_program: FakeProgram, known: str, wanted: tuple[str, ...]
) -> None:
    fake_program("fc-list", f"echo '{known}'")
    assert debian.cjk_font() == wanted


def test_every_list_names_packages_once() -> None:
    for packages in (debian.QT, debian.TESTS, debian.BENCHMARKS):
        assert len(set(packages)) == len(packages)


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="reads a Debian's own list")
def test_reads_the_list_of_this_machine() -> None:
    assert {"dpkg", "libc6"} <= debian.installed()
