"""The words of a shift summary, one file a language: `reports/zh.toml`, `reports/en.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from sidebar.errors import SettingsError

_SECOND = "en"


def load_report_words(resources: Path, language: str) -> Mapping[str, str]:
    """The words as `section.key` for the locale name *language*: Chinese for Chinese, else English.

    Raises SettingsError where the installation lacks the file or somebody broke it.
    """
    name = "zh" if language.lower().startswith("zh") else _SECOND
    path = resources / "reports" / f"{name}.toml"
    try:
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror}); install the sidebar again", file=path
        ) from error
    except ValueError as error:  # broken UTF-8 and broken TOML both are
        raise SettingsError(f"{error}; install the sidebar again", file=path) from error
    return {
        f"{section}.{key}": str(word) for section, words in sections.items() for key, word in words.items()
    }
