"""The fixtures every test lives in keep their word."""

import os
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
OURS = Path(__file__).with_name("conftest.py")


def test_home_is_a_folder_of_the_test(home: Path) -> None:
    assert Path.home() == home
    assert Path(os.environ["SIDEBAR_HOME"]).parent == home


@pytest.mark.parametrize(
    ("parameters", "outcome"), [("", {"errors": 1, "passed": 1}), ("caplog", {"passed": 1})]
)
def test_a_warning_is_an_error_unless_the_test_reads_the_log(
    pytester: pytest.Pytester, parameters: str, outcome: dict[str, int]
) -> None:
    pytester.makeconftest(OURS.read_text(encoding="utf-8"))
    pytester.makepyfile(
        f"""
        import logging

        def test_something({parameters}):
            logging.getLogger("x").warning("the disk is full")
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(**outcome)
