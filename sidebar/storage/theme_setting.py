"""The one setting the first paint needs, read ahead of all the others."""

import tomllib
from pathlib import Path


def theme_named_in(path: Path) -> str:
    """What settings.toml at *path* says of the theme, whatever that is; '' where it says nothing.

    Whoever reads the settings whole, a little later, tells what is wrong with the file.
    """
    try:
        named = tomllib.loads(path.read_bytes().decode("utf-8-sig")).get("theme", "")
    except (OSError, ValueError, RecursionError):
        return ""
    return named if isinstance(named, str) else ""
