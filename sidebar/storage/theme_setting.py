"""The one setting the first paint needs, read ahead of all the others."""

from pathlib import Path


def theme_named_in(path: Path) -> str:
    """What settings.toml at *path* says of the theme, whatever that is; '' where it says nothing.

    Whoever reads the settings whole, a little later, tells what is wrong with the file.
    """
    try:
        content = path.read_bytes()
        if b"theme" not in content:  # few have changed it, and the others are spared the parser
            return ""
        import tomllib

        named = tomllib.loads(content.decode("utf-8-sig")).get("theme", "")
    except (OSError, ValueError, RecursionError):
        return ""
    return named if isinstance(named, str) else ""
