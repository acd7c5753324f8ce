"""What is typed into a form, as a pack file can hold it."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def clean_text(typed: str) -> str:
    """*typed* with plain line breaks, no control characters and no blanks at its end."""
    return _CONTROL.sub("", _BREAKS.sub("\n", typed)).rstrip()


def clean_line(typed: str) -> str:
    """*typed* on one line."""
    return " ".join(clean_text(typed).split("\n")).strip()
