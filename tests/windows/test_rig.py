"""The Windows that the other tests here stand on."""

import subprocess
from pathlib import Path

from windows_rig import Rig
from wine_session import Session, windows_path

WAIT = "import time; print('ready', flush=True); time.sleep(1000)"


def run(session: Session, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(session.python("-c", code), capture_output=True, encoding="utf-8", timeout=60)


def test_its_python_is_the_windows_one(session: Session) -> None:
    told = run(session, "import sys, winreg; print(sys.platform, sys.winver)")
    assert told.stdout == "win32 3.11\n"


def test_output_and_exit_status_come_through(session: Session) -> None:
    told = run(session, "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)")
    assert (told.returncode, sorted(told.stdout.split())) == (7, ["err", "out"])


def test_arguments_arrive_as_they_are(session: Session) -> None:
    odd = ["明天 10点", 'a "quoted" word', "back\\slash\\", "$HOME", ""]
    code = "import sys; sys.stdout.reconfigure(encoding='utf-8'); print(sys.argv[1:])"
    told = subprocess.run(session.python("-c", code, *odd), capture_output=True, encoding="utf-8")
    assert told.stdout == f"{odd}\n"


def test_a_folder_has_one_path_inside_and_outside(session: Session, tmp_path: Path) -> None:
    run(session, f"open(r'{windows_path(tmp_path / 'told.txt')}', 'w').write('there')")
    assert (tmp_path / "told.txt").read_text(encoding="ascii") == "there"


def test_the_checkout_can_be_read_and_not_written(session: Session) -> None:
    assert run(session, "print(open('pyproject.toml').readline())").stdout.startswith("[build-system]")
    assert "PermissionError" in run(session, "open('pyproject.toml', 'a')").stdout


def test_what_still_runs_ends_with_the_session(rig: Rig) -> None:
    with rig.session() as session:
        program = subprocess.Popen(session.python("-c", WAIT), stdout=subprocess.PIPE)
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"ready"
    with program:
        assert program.wait(timeout=10) != 0


def test_two_sessions_are_two_machines(rig: Rig) -> None:
    """Told by exit status, as a service of Wine's that fails at a first start says so in between."""
    look = "import pathlib, sys; sys.exit(pathlib.Path('C:/mark').exists())"
    with rig.session(fresh=True) as one, rig.session(fresh=True) as other:
        run(one, "open('C:/mark', 'w').close()")
        assert (run(one, look).returncode, run(other, look).returncode) == (1, 0)
    with rig.session(fresh=True) as anew:
        assert run(anew, look).returncode == 0
