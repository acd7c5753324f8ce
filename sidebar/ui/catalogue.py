"""Reads a gettext catalogue from its source, so that no compiled file must be kept in step with it."""

import ast
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path


class Catalogue(NullTranslations):
    """Translations held in memory; a message without one stays as it is."""

    def __init__(self, messages: dict[str, str]) -> None:
        super().__init__()
        self._messages = messages

    def gettext(self, message: str) -> str:
        return self._messages.get(message) or message


def load(path: Path) -> Catalogue:
    """The catalogue in the `.po` file *path*: plain messages, without contexts and plural forms."""
    return Catalogue(dict(entries(path.read_text(encoding="utf-8"))))


def entries(source: str) -> Iterator[tuple[str, str]]:
    """Each message of a `.po` text with its translation; the header (the empty message) is left out."""
    message, translation, part = "", "", ""
    for line in (*source.splitlines(), 'msgid ""'):
        keyword, _, rest = line.partition(" ")
        if keyword == "msgid":
            if message:
                yield message, translation
            message, translation, part = _literal(rest), "", keyword
        elif keyword == "msgstr":
            translation, part = _literal(rest), keyword
        elif line.startswith('"') and part == "msgid":
            message += _literal(line)
        elif line.startswith('"'):
            translation += _literal(line)


def _literal(quoted: str) -> str:
    return str(ast.literal_eval(quoted))
