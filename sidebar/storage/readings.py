"""How Chinese characters are read, from the table that packaging/pinyin_table.py makes."""

from pathlib import Path

from sidebar.domain.typing_ways import Syllables
from sidebar.errors import UserError

_FIRST = "\N{IDEOGRAPHIC NUMBER ZERO}"
"""No character before this one is in the table, and those of its syllables are none."""
_RARE = "|"
"""The column behind which a syllable's characters are rarely read so."""
_NO_SYLLABLES = Syllables((), 0)


class Readings:
    """The syllables of a character, without tones, the most usual first; none where it is no hanzi.

    The table stays the text it is and a character is looked for in it: 0.2 MiB and no time to
    load, where a dictionary of all 26,700 characters is 5 MiB, most of them never met. What has
    been met is remembered.
    """

    def __init__(self, table: str) -> None:
        self._table = table
        self._met: dict[str, Syllables] = {}

    def __call__(self, character: str) -> Syllables:
        known = self._met.get(character)
        if known is None:
            known = self._met[character] = self._look_up(character) if character >= _FIRST else _NO_SYLLABLES
        return known

    def _look_up(self, character: str) -> Syllables:
        ranked = []
        at = self._table.find(character)
        while at >= 0:
            syllable, *columns = self._table[self._table.rfind("\n", 0, at) + 1 : at].split("\t")
            rare = _RARE in columns
            rank = len(columns) - (columns.index(_RARE) if rare else 0)
            ranked.append((rare, rank, syllable))
            at = self._table.find(character, at + 1)
        usual = sum(not rare for rare, _, _ in ranked)
        return Syllables((syllable for _, _, syllable in sorted(ranked)), usual)


def load_readings(path: Path) -> Readings:
    """The readings in the table at *path*; raises `UserError` where it cannot be read."""
    try:
        header, _, table = path.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: the table of pinyin cannot be read; install the sidebar again") from error
    if not header.startswith("#"):
        raise UserError(f"{path}: this is not the table of pinyin; install the sidebar again")
    return Readings(table)
