"""Each fault has its words, in both languages, with the place where it is."""

from pathlib import Path

import pytest

from sidebar.domain.insertion import Outcome
from sidebar.domain.options import SettingsFault
from sidebar.domain.settings import SettingsProblem
from sidebar.errors import (
    HistoryError,
    HistoryFault,
    PackError,
    PackFault,
    ReportError,
    ReportFault,
    SettingsError,
    UserError,
)
from sidebar.services.views import HistoryTrouble, InsertionNotice, Several
from sidebar.ui import sentences, troubles, wording

LANGUAGES = pytest.mark.parametrize("language", wording.LANGUAGES)


def broken(fault: PackFault, line: int | None = 3) -> PackError:
    return PackError("reason", file=Path("/home/a/phrases/mine.yaml"), line=line, fault=fault, detail="code")


def wrong(fault: SettingsFault, *, key: str = "clock.warn", used: str = "100s") -> SettingsProblem:
    return SettingsProblem(key=key, raw="soon", used=used, fault=fault)


@LANGUAGES
def test_every_fault_of_the_history_has_its_own_words(language: str) -> None:
    wording.use(language)
    assert len({troubles.history(fault) for fault in HistoryFault}) == len(HistoryFault)


@LANGUAGES
def test_every_fault_of_a_pack_names_file_and_line(language: str) -> None:
    wording.use(language)
    said = {troubles.pack(broken(fault)) for fault in PackFault}
    assert len(said) == len(PackFault)
    assert all("mine.yaml" in each and "3" in each and "{" not in each for each in said)


@LANGUAGES
def test_every_fault_of_a_setting_names_it_and_what_holds(language: str) -> None:
    wording.use(language)
    said = {troubles.setting(wrong(fault)) for fault in SettingsFault}
    assert len(said) == len(SettingsFault)
    assert all("clock.warn" in each for each in said)


@LANGUAGES
def test_every_reason_for_no_summary_has_its_own_words(language: str) -> None:
    wording.use(language)
    errors = [ReportError("x", fault=fault, file=Path("/a/b.xlsx")) for fault in ReportFault]
    assert len({troubles.sentence(error) for error in errors}) == len(ReportFault)


def test_chinese_is_spoken_first() -> None:
    assert troubles.pack(broken(PackFault.MISSING)) == "mine.yaml 第 3 行：缺 code，或者它是空的"
    assert troubles.pack(broken(PackFault.EMPTY, None)) == "mine.yaml：文件是空的"
    assert troubles.setting(wrong(SettingsFault.UNKNOWN_VALUE)) == (
        "settings.toml 的 clock.warn 写的「soon」看不懂，现在按 100s"
    )
    whole = SettingsProblem(key="", raw="line 2", used="", fault=SettingsFault.BROKEN_FILE)
    assert troubles.setting(whole) == "settings.toml 写得不对（line 2），设置全部按默认"
    assert troubles.setting(wrong(SettingsFault.REPEATED_HOTKEY, used="")) == (
        "settings.toml 的 clock.warn 写的「soon」别处已经用了，现在不起作用"
    )


def test_english_is_spoken_second() -> None:
    wording.use("en")
    assert troubles.pack(broken(PackFault.MISSING)) == "mine.yaml line 3: code is missing or empty"
    full = HistoryError("x", fault=HistoryFault.FULL)
    assert troubles.sentence(full) == "the disk is full; free some space."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (HistoryError("x", fault=HistoryFault.FULL), "磁盘满了，请腾出一些空间。"),
        (broken(PackFault.NOT_UTF8, 1), "mine.yaml 第 1 行：不是 UTF-8 编码，请用这个编码另存。"),
        (
            SettingsError("must be a table", file=Path("/a/pidgin.toml"), key="paste"),
            "pidgin.toml 里的 paste 不能用（must be a table）。",
        ),
        (ReportError("x", fault=ReportFault.NO_SHIFT), "小结没有导出：还没有班次，请先上班。"),
        (UserError("Somebody said it in English."), "Somebody said it in English."),
    ],
)
def test_each_kind_of_error_is_one_sentence(error: UserError, said: str) -> None:
    assert troubles.sentence(error) == said


def test_two_things_at_once_stand_one_below_the_other() -> None:
    trouble = HistoryTrouble(sentence=troubles.history(HistoryFault.FULL))
    refused = InsertionNotice(outcome=Outcome.NO_TARGET, title="问候")
    both = sentences.notice(Several(notices=(refused, trouble)))
    first, second = both.split("\n")
    assert first == sentences.notice(refused)
    assert (
        second
        == "磁盘满了，请腾出一些空间；没存进去的都留在内存里，每 5 秒再存一次，存好之前请不要退出侧栏。"
    )
    assert sentences.tone(Several(notices=(refused, trouble))) is sentences.Tone.TROUBLE
