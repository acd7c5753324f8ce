"""Which phrases are at hand, and in which language they are wanted."""

import locale
from pathlib import Path

import pytest

from sidebar.domain.settings import Language, Settings
from sidebar.paths import Home
from sidebar.shelf import language_of, packs_at_hand

AUTO = Settings()


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({"LANG": "en_US", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "POSIX", "LANG": "en_US"}, "zh"),
    ],
)
def test_the_system_says_the_language_unless_it_names_none(
    environment: dict[str, str], language: str
) -> None:
    assert language_of(AUTO, environment) == language


@pytest.mark.parametrize(
    ("named", "language"),
    [(None, "zh"), ("Chinese (Simplified)_China", "zh"), ("English_United States", "en")],
)
def test_a_system_without_such_variables_is_asked(
    monkeypatch: pytest.MonkeyPatch, named: str | None, language: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (named, None))
    assert language_of(AUTO, {}) == language


@pytest.mark.parametrize("wanted", [Language.ZH, Language.EN])
def test_the_settings_have_the_last_word(wanted: Language) -> None:
    for environment in ({"LANG": "zh_CN"}, {"LANG": "en_US"}):
        assert language_of(Settings(language=wanted), environment) == wanted.value


@pytest.mark.parametrize(("language", "languages"), [("zh_CN", {"zh-CN"}), ("en", {"zh-CN", "en"})])
def test_chinese_comes_first_and_english_where_it_is_spoken(
    tmp_path: Path, language: str, languages: set[str]
) -> None:
    loaded = packs_at_hand(Home(tmp_path), AUTO, language)
    assert loaded.problems == ()
    assert {pack.language for pack in loaded.packs} == languages
    assert loaded.packs[0].language == "zh-CN"


def test_whoever_has_enough_of_their_own_sees_no_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "phrases").mkdir()
    own = "phrases:\n  - {id: a, title: b, body: c}\n"
    (tmp_path / "phrases" / "own.yaml").write_text(own, encoding="utf-8")
    loaded = packs_at_hand(Home(tmp_path), Settings(shipped_phrases=False), "zh")
    assert [phrase.id for pack in loaded.packs for phrase in pack.phrases] == ["a"]
