"""TOML text that a person wrote, changed in single values, with their comments and order left alone.

A library for this (tomlkit) would be the one dependency that only settings need; our files are
flat, so a line is found and its value exchanged. What cannot be found that way (a list over
several lines, dotted keys) shows when the result is read back, and the caller writes it anew.
"""

import json
import re
from collections.abc import Mapping, Sequence

Literal = str | int | bool | list[str]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"^\s*\[\s*([^\[\]#]+?)\s*\]\s*(?:#.*)?$")
_VALUE = r"""("(?:[^"\\]|\\.)*"|'[^']*'|\[[^\[\]]*\]|[^\s#"'\[]+)"""


def literal(value: Literal) -> str:
    """*value* as TOML; JSON's strings are TOML's too, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_value(text: str, section: str, key: str, value: Literal | None) -> str:
    """*text* with *key* of *section* ('' for the top) set to *value*; None takes its line out."""
    lines = text.split("\n")
    first, last = _bounds(lines, section)
    if first is None:
        if value is None:
            return text
        gap = [""] if text.strip() else []
        return "\n".join([*_trimmed(lines), *gap, _header(section), f"{key} = {literal(value)}", ""])
    pattern = re.compile(rf"^(\s*(?:{re.escape(key)}|\"{re.escape(key)}\")\s*=\s*){_VALUE}(\s*(?:#.*)?)$")
    for at in range(first, last):
        found = pattern.match(lines[at])
        if found:
            lines[at : at + 1] = [] if value is None else [found[1] + literal(value) + found[3]]
            return "\n".join(lines)
    if value is None:
        return text
    while last > first and not lines[last - 1].strip():
        last -= 1
    lines.insert(last, f"{key} = {literal(value)}")
    return "\n".join(lines)


def with_section(text: str, section: str, body: Sequence[str]) -> str:
    """*text* with the lines *body* for all that *section* says, which is put at the end where it is new.

    What stands before the next section, comments and empty lines, belongs to that one and stays.
    """
    lines = text.split("\n")
    first, last = _bounds(lines, section)
    if first is None:
        gap = [""] if text.strip() else []
        return "\n".join([*_trimmed(lines), *gap, _header(section), *body, ""])
    while last > first and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return "\n".join([*lines[:first], *body, *lines[last:]])


def document(sections: Mapping[str, Mapping[str, tuple[Literal, str]]]) -> str:
    """A new file: each section's keys with their values, each under its comment."""
    blocks = []
    for name, keys in sections.items():
        lines = [_header(name)] if name else []
        for key, (value, comment) in keys.items():
            lines += [*([f"# {comment}"] if comment else []), f"{key} = {literal(value)}"]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _bounds(lines: list[str], section: str) -> tuple[int | None, int]:
    """The first line of *section*'s body and the line after its last; None where there is no such section."""
    first = None if section else 0
    for at, line in enumerate(lines):
        header = _HEADER.match(line)
        if header is None and not line.lstrip().startswith("[["):
            continue
        if first is not None:
            return first, at
        if header is not None and _name(header[1]) == section:
            first = at + 1
    return first, len(lines)


def _header(section: str) -> str:
    """As TOML wants it; all after the first dot is one name (`clients.NAME`)."""
    parts = section.split(".", 1)
    return f"[{'.'.join(part if _BARE.fullmatch(part) else literal(part) for part in parts)}]"


def _name(header: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in header.split("."))


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines
