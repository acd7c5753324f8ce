"""What is wrong with several files is told once, together, and taken back when it is mended."""

from sidebar.services.complaints import Complaints
from sidebar.services.notices import Notices
from sidebar.services.views import BrokenFiles, Notice


def test_is_told_together_once_and_taken_back() -> None:
    shown: list[Notice | None] = []
    complaints = Complaints(Notices(show=shown.append))
    complaints.note("settings", ["a"])
    assert shown == []
    complaints.tell("phrases", [])
    complaints.tell("phrases", [])
    assert shown == [BrokenFiles(sentences=("a",))]
    complaints.tell("phrases", ["b"])
    assert shown[1:] == [BrokenFiles(sentences=("a", "b"))]
    complaints.tell("settings", [])
    complaints.tell("phrases", [])
    assert shown[-1] is None


def test_nothing_is_told_of_nothing() -> None:
    shown: list[Notice | None] = []
    Complaints(Notices(show=shown.append)).tell("phrases", [])
    assert shown == []
