"""The shift's summary in every format, its figures worked out by hand."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sidebar.domain.events import ShiftBegun, ShiftEnded
from sidebar.domain.identifiers import EventId, ShiftId
from sidebar.storage.history import SqliteHistory
from tests.commands.conftest import Ask

DAY = ("--from", "2025-11-21T00:00:00+08:00", "--to", "2025-11-22T00:00:00+08:00")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def event(what: str, time: str, conversation: str = "c1", customer: str = "张女士", **more: object) -> str:
    told: dict[str, object] = {
        "v": 1,
        "at": f"2025-11-21T{time}+08:00",
        "type": what,
        "client": "taobao",
        "conversation": conversation,
        "customer": customer,
    }
    return json.dumps(told | more, ensure_ascii=False)


TAOBAO = (
    # the example the marketplace gives itself: one turn of 7 min 55 s, then one of 30 s
    event("customer_message", "10:10:15"),
    event("customer_message", "10:15:20"),
    event("agent_message", "10:18:10", by="human"),
    event("customer_message", "10:18:30"),
    event("agent_message", "10:19:00", by="human"),
)
MORE = (
    event("conversation_opened", "11:00:00", "c2", "李先生"),
    event("customer_message", "11:00:00", "c2", "李先生"),
    event("agent_message", "11:00:05", "c2", "李先生", by="bot"),
    event("no_reply_needed", "11:00:20", "c2", "李先生", reason="thanks"),
    event("compensated", "11:01:00", "c2", "李先生", kind="coupon", amount=5.5, currency="CNY"),
    event("rated", "11:02:00", "c2", "李先生", score=4),
    event("conversation_closed", "11:03:00", "c2", "李先生", status="solved"),
    event("customer_message", "23:50:00", "c3", "王小姐"),
)


@pytest.fixture
def ingested(tell: Ask, tmp_path: Path) -> None:
    lines = tmp_path / "events.jsonl"
    lines.write_text("\n".join(TAOBAO + MORE), encoding="utf-8")
    tell("ingest", lines)


@pytest.fixture
def document(tell: Ask, ingested: None) -> Any:  # noqa: ARG001
    return tell("summary", *DAY, "--format", "json").document


def test_json_has_the_keys_of_the_outside_contract(document: Any) -> None:
    assert document["schema"] == 1
    assert document["profile"] == "sidebar"
    assert moment(document["from"]) == moment(DAY[1])
    assert {"as_of", "to", "agent", "open", "followups", "cases", "satisfaction"} <= document.keys()
    spread = {"count", "mean", "median", "p90", "max"}
    figures = document["figures"]
    assert figures["first_response"].keys() == figures["turn_response"].keys() == spread
    assert figures.keys() == {
        *("conversations", "buyers", "turns", "answered_turns", "rate"),
        *("first_response", "turn_response", "within", "excluded"),
    }
    assert document["promises"].keys() == {"made", "kept", "late", "broken", "open"}


def test_figures_are_those_of_the_marketplaces_own_example(document: Any) -> None:
    figures = document["figures"]
    assert (figures["conversations"], figures["buyers"]) == (3, 3)
    assert (figures["turns"], figures["answered_turns"], figures["rate"]) == (3, 2, None)
    assert figures["first_response"] == {"count": 1, "mean": 475, "median": 475, "p90": 475, "max": 475}
    assert figures["turn_response"] == {"count": 2, "mean": 252.5, "median": 252.5, "p90": 475, "max": 475}
    third = pytest.approx(1 / 3)
    assert figures["within"] == {"30": third, "60": third, "180": third, "300": third}
    assert figures["excluded"] == [{"conversation": "c2", "reason": "no_reply_needed", "count": 1}]


def test_breaches_open_waits_and_the_rest_are_told(document: Any) -> None:
    answered, waiting = document["breaches"]
    assert (answered["conversation"], answered["customer"], answered["waited"]) == ("c1", "张女士", 475)
    assert moment(answered["at"]) == moment("2025-11-21T10:10:15+08:00")
    assert (waiting["conversation"], waiting["waited"]) == ("c3", 600)
    assert [wait["conversation"] for wait in document["open"]] == ["c3"]
    assert document["compensation"] == [{"kind": "coupon", "currency": "CNY", "count": 1, "amount": 5.5}]
    assert document["satisfaction"] == {"count": 1, "mean": 4}
    assert {case["conversation"]: case["status"] for case in document["cases"]}["c2"] == "solved"


@pytest.mark.usefixtures("ingested")
def test_markdown_is_what_people_read(tell: Ask) -> None:
    text = tell("summary", *DAY).out
    assert text.startswith("# ")
    assert "张女士" in text
    assert "7:55" in text


@pytest.mark.usefixtures("ingested")
def test_csv_has_a_row_for_each_conversation(tell: Ask) -> None:
    text = tell("summary", *DAY, "--format", "csv").out
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(rows) == 3
    assert all(len(row) == len(header) for row in rows)
    assert any("张女士" in row for row in rows)


@pytest.mark.usefixtures("ingested")
def test_a_workbook_goes_into_the_exports_folder(tell: Ask, shop: Path) -> None:
    path = Path(tell("summary", *DAY, "--format", "xlsx").out.strip())
    assert path.parent == shop / "exports"
    book = openpyxl.load_workbook(path)
    values = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "张女士" in values
    assert 475 in values


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize(("name", "begins"), [("a.md", b"# "), ("a.JSON", b"{"), ("a.xlsx", b"PK")])
def test_the_files_name_says_the_format(tell: Ask, tmp_path: Path, name: str, begins: bytes) -> None:
    target = tmp_path / name
    assert tell("summary", *DAY, "-o", target).out == ""
    assert target.read_bytes().startswith(begins)


@pytest.mark.usefixtures("ingested")
def test_a_hyphen_is_standard_output(tell: Ask) -> None:
    assert tell("summary", *DAY, "-o", "-").out.startswith("# ")


@pytest.mark.usefixtures("ingested")
@pytest.mark.parametrize("target", ["a.docx", "nowhere/a.md", "."])
def test_a_file_that_cannot_be_written_is_named(ask: Ask, tmp_path: Path, target: str) -> None:
    answer = ask("summary", *DAY, "-o", tmp_path / target)
    assert (answer.status, answer.out) == (1, "")
    assert str(tmp_path) in answer.err


@pytest.mark.usefixtures("ingested")
def test_the_running_shift_comes_before_the_last_one(tell: Ask, shop: Path) -> None:
    def at(time: str) -> datetime:
        return moment(f"2025-11-21T{time}+08:00")

    with SqliteHistory(shop / "history.db") as history:
        history.append(
            ShiftBegun(id=EventId("a"), at=at("09:00:00"), shift=ShiftId("early"), agent="小林"),
            ShiftEnded(id=EventId("b"), at=at("10:30:00"), shift=ShiftId("early")),
        )
        assert tell("summary", "--format", "json").document["agent"] == "小林"
        history.append(
            ShiftBegun(id=EventId("c"), at=at("10:45:00"), shift=ShiftId("late"), agent="小王"),
        )
    now = tell("summary", "--format", "json").document
    assert (now["agent"], now["figures"]["conversations"]) == ("小王", 2)
    for which in ("last", "early"):
        early = tell("summary", "--shift", which, "--format", "json").document
        assert (early["agent"], early["figures"]["conversations"]) == ("小林", 1)
    assert tell("summary", "--shift", "current", "--format", "json").document["agent"] == "小王"


@pytest.mark.usefixtures("ingested")
def test_a_shift_that_is_not_known_is_told_with_those_that_are(ask: Ask) -> None:
    for which in ((), ("--shift", "current"), ("--shift", "nope")):
        answer = ask("summary", *which)
        assert (answer.status, answer.out) == (1, "")
        assert "no such shift" in answer.err


@pytest.mark.usefixtures("ingested")
def test_an_unknown_profile_is_told(ask: Ask) -> None:
    answer = ask("summary", *DAY, "--profile", "nope")
    assert (answer.status, answer.out) == (1, "")
    assert "no profile 'nope'" in answer.err


@pytest.mark.usefixtures("ingested")
def test_the_profiles_that_are_listed_are_taken(tell: Ask) -> None:
    profiles = tell("profiles", "--json").document
    assert all(profile.keys() >= {"name", "label", "source", "as_of"} for profile in profiles)
    assert len(tell("profiles").lines) == len(profiles)
    for profile in profiles:
        document = tell("summary", *DAY, "--format", "json", "--profile", profile["name"]).document
        assert (document["profile"], document["as_of"]) == (profile["name"], profile["as_of"])


@pytest.mark.parametrize(
    "wrong",
    [
        ("--to", "2025-11-21"),
        ("--from", "yesterday"),
        ("--shift", "last", "--from", "2025-11-21"),
        ("--format", "docx"),
    ],
)
def test_arguments_that_do_not_go_together_are_wrong_usage(ask: Ask, wrong: tuple[str, ...]) -> None:
    answer = ask("summary", *wrong)
    assert (answer.status, answer.out) == (2, "")


@pytest.mark.usefixtures("ingested")
def test_a_time_that_ends_before_it_begins_is_told(ask: Ask) -> None:
    answer = ask("summary", "--from", "2025-11-22", "--to", "2025-11-21")
    assert (answer.status, answer.out) == (1, "")
    assert "--to must be later" in answer.err


@pytest.mark.usefixtures("ingested")
def test_the_settings_say_the_language_of_a_report(tell: Ask, shop: Path) -> None:
    (shop / "settings.toml").write_text('language = "en"', encoding="utf-8")
    english = tell("summary", *DAY).out
    (shop / "settings.toml").write_text('language = "zh"', encoding="utf-8")
    assert "conversations" in english.lower()
    assert "conversations" not in tell("summary", *DAY).out.lower()


@pytest.mark.usefixtures("ingested")
def test_the_same_log_comes_to_another_figure_by_another_profile(tell: Ask) -> None:
    def by(profile: str) -> Any:
        return tell("summary", *DAY, "--format", "json", "--profile", profile).document

    # Zhang's 7 min 55 s and 30 s, the bot's 5 s for Li; Wang waits from 23:50, 10 min at midnight.
    taobao = by("taobao-3min")
    assert (taobao["figures"]["rate"], taobao["headline"]["good"], taobao["headline"]["counted"]) == (
        0.5,
        2,
        4,
    )
    # without the bot: Li was passed over, Wang wrote after 23:00
    human = by("taobao-3min-human")
    assert (human["headline"]["good"], human["headline"]["counted"]) == (1, 2)
    assert {one["reason"] for one in human["figures"]["excluded"]} == {"bot_only", "outside_hours"}
    # (475 + 30) / 2, which is no share
    mean = by("jd-mean")
    assert (mean["figures"]["rate"], mean["headline"]["value"]) == (None, 252.5)
    assert by("jd-satisfaction")["figures"]["rate"] == 1.0
    assert by("sidebar")["headline"] is None


@pytest.mark.usefixtures("ingested")
def test_the_marketplaces_figure_is_told_to_be_the_sidebars(tell: Ask) -> None:
    report = tell("summary", *DAY, "--profile", "taobao-3min").out
    assert "侧栏测得" in report
    assert "达标率: 50.0%" in report


@pytest.mark.usefixtures("ingested")
def test_a_profile_of_ones_own_takes_the_place_of_the_shipped_one(tell: Ask, ask: Ask, shop: Path) -> None:
    own = shop / "metrics" / "taobao-3min.toml"
    own.parent.mkdir()
    own.write_text(
        'name = "taobao-3min"\nsource = "our team"\nevidence = "own"\nas_of = 2026-01-01\n'
        '[counts]\nfigure = "share"\nwithin = "10min"\nanswers = ["human"]\n',
        encoding="utf-8",
    )
    summary = ("summary", *DAY, "--format", "json", "--profile", "taobao-3min")
    assert tell(*summary).document["as_of"] == "2026-01-01"
    own.write_text('name = "taobao-3min"\nsource = 1\n', encoding="utf-8")
    listed = ask("profiles")
    assert listed.status == 1
    assert f"{own}: " in listed.err
    assert "taobao-3min\t2023-08-01" in listed.out
    assert tell(*summary).document["as_of"] == "2023-08-01"


def test_our_own_profile_goes_by_the_shops_own_limits_and_hours(ingested: None, ask: Ask, shop: Path) -> None:
    """10:10:15 to 10:18:10 is no breach where the shop opens at 10:17, nor where ten minutes are allowed."""
    del ingested

    def breaches(settings: str, *profile: str) -> list[float]:
        (shop / "settings.toml").write_text(settings, encoding="utf-8")
        found = ask("summary", *DAY, *profile, "--format", "json").document["breaches"]
        return [breach["waited"] for breach in found if breach["customer"] == "张女士"]

    assert breaches("") == [475.0]
    assert breaches('[clock]\nbreach = "10min"') == []
    assert breaches('[clock]\nprofile = "lazada"') == []  # whose limit is an hour
    assert breaches('[clock]\nprofile = "nobody-knows"') == [475.0]
    hours = '[hours]\nzone = "Asia/Shanghai"\nevery_day = ["10:17-22:00"]'
    assert breaches(hours) == []
    assert breaches(hours, "--profile", "taobao-3min") == [475.0]
