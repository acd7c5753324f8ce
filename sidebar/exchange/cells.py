"""How several names, or a text that looks like a formula, stand in one cell, and are read from it again."""

import re
from collections.abc import Iterable

# What spreadsheets run: also behind a tab or line break, and in the full width that some of them fold.
_RUN = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ESCAPE = re.compile(r"([\\/,，;；、])")
_PATH = re.compile(r"=>|＝>|＝＞|\s[/／>＞]\s")
_NAMES = re.compile(r"[,，;；、\n]")


def guarded(text: str) -> str:
    """*text* as no spreadsheet runs it: an apostrophe in front of what would be a formula."""
    return "'" + text if _RUN.match(text) else text


def marked(text: str) -> str:
    """*text* for a cell that says itself that it is text: only what `unguarded` would strip is guarded."""
    return guarded(text) if text.startswith("'") else text


def unguarded(cell: str) -> str:
    """The text that `guarded` or `marked` made *cell* of."""
    return cell[1:] if cell.startswith("'") and _RUN.match(cell) else cell


def joined(names: Iterable[str], mark: str) -> str:
    """*names* in one cell, with *mark* between them; what could be taken for a mark is escaped."""
    return mark.join(_ESCAPE.sub(r"\\\1", name) for name in names)


def parted(cell: str, marks: str) -> tuple[str, ...]:
    """The names that `joined` put together, by any of *marks*."""
    names, name, literal = [], "", False
    for character in cell:
        if literal or (character not in marks and character != "\\"):
            name, literal = name + character, False
        elif character == "\\":
            literal = True
        else:
            names.append(name)
            name = ""
    return tuple(stripped for each in (*names, name) if (stripped := each.strip()))


def path_of(cell: str) -> tuple[str, ...]:
    """The groups of another program's cell, outermost first: `售后=>退款`, `售后 / 退款`."""
    return tuple(name for part in _PATH.split(cell) if (name := part.strip()))


def names_of(cell: str) -> tuple[str, ...]:
    """The tags of another program's cell, each once."""
    return tuple(dict.fromkeys(name for part in _NAMES.split(cell) if (name := part.strip())))
