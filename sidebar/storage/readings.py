"""How Chinese characters are read, from the table that packaging/pinyin_table.py makes."""

from pathlib import Path

from sidebar.errors import UserError

_FIRST = "\N{IDEOGRAPHIC NUMBER ZERO}"
"""No character before this one is in the table, and those of its syllables are none."""


class Readings:
    """The syllables of a character, without tones, the most usual first; () where it has none.

    The table stays the text it is and a character is looked for in it: 0.2 MiB and no time to
    load, where a dictionary of all 26,700 characters is 5 MiB, most of them never met. What has
    been met is remembered.
    """

    def __init__(self, table: str) -> None:
        self._table = table
        self._met: dict[str, tuple[str, ...]] = {}

    def __call__(self, character: str) -> tuple[str, ...]:
        known = self._met.get(character)
        if known is None:
            known = self._met[character] = self._look_up(character) if character >= _FIRST else ()
        return known

    def _look_up(self, character: str) -> tuple[str, ...]:
        ranked = []
        at = self._table.find(character)
        while at >= 0:
            syllable, *columns = self._table[self._table.rfind("\n", 0, at) + 1 : at].split("\t")
            ranked.append((len(columns), syllable))
            at = self._table.find(character, at + 1)
        return tuple(syllable for _, syllable in sorted(ranked))


def load_readings(path: Path) -> Readings:
    """The readings in the table at *path*; raises `UserError` where it cannot be read."""
    try:
        header, _, table = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: the table of pinyin cannot be read; install the sidebar again") from error
    if not header.startswith("#"):
        raise UserError(f"{path}: this is not the table of pinyin; install the sidebar again")
    return Readings(table)
