"""What a newcomer sees first: the tour, on a machine without a screen."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.display
def test_the_tour_shows_the_main_job_and_leaves_what_it_made(tmp_path: Path) -> None:
    tour = subprocess.run(
        [sys.executable, ROOT / "packaging" / "tour.py", "--virtual", "--folder", tmp_path / "tour"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (tour.returncode, tour.stderr) == (0, "")
    steps = re.findall(r"^ +\d+\.\d s  ", tour.stdout, re.MULTILINE)
    assert len(steps) == 12
    made = [Path(path) for path in re.findall(r"/\S+$", tour.stdout, re.MULTILINE)]
    assert sorted(path.suffix for path in made) == [".db", ".jsonl", ".md", ".png", ".xlsx"]
    assert all(path.stat().st_size > 0 for path in made)
    sent = (tmp_path / "tour" / "sent.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["to"] for line in sent] == ["王小姐", "Mr. Smith", "王小姐"]
