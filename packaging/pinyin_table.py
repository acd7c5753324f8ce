"""Makes resources/pinyin.txt, the readings of Chinese characters, from pypinyin's data.

    python packaging/pinyin_table.py [FILE]

pypinyin itself is not wanted where the sidebar runs: its dictionaries cost 40 to 150 ms and 13 to
57 MiB. What a search needs of them fits a small text: one line for each syllable without its tone,
the syllable and then, behind a tab each, the characters it is the first, the second, the third …
reading of. Behind a column that is a bar stand those that are rarely read so: other than their first
reading, and in fewer than one of a hundred of the words pypinyin knows with them; of what it knows too
few words with, every reading counts as usual. ü is written v, as it is typed.
"""

import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pypinyin
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).parent.parent / "resources" / "pinyin.txt"
BLOCKS = (range(0x3007, 0x3008), range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""〇, extension A and the basic block of the CJK characters."""


RARE = 1 / 100
FEW = 10
"""Words with a character that tell nothing of its readings."""


def syllable(reading: str) -> str:
    """*reading* without its tone, as it is typed: lǜ is lv, ê̄ is e."""
    letters = unicodedata.normalize("NFD", reading).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def readings() -> dict[str, tuple[str, ...]]:
    """Each character's syllables, the most usual first."""
    return {
        chr(code): tuple(dict.fromkeys(map(syllable, marked.split(","))))
        for code, marked in sorted(pinyin_dict.items())
        if any(code in block for block in BLOCKS)
    }


def in_words() -> Mapping[str, Counter[str]]:
    """In how many words each character is read how."""
    known: dict[str, Counter[str]] = defaultdict(Counter)
    for word, spoken in phrases_dict.items():
        for character, marked in zip(word, spoken, strict=False):
            known[character][syllable(marked[0])] += 1
    return known


def rare(syllables: Sequence[str], words: Counter[str]) -> frozenset[str]:
    """Those of a character's *syllables* that are rarely heard in the *words* that are known with it."""
    if words.total() < FEW:
        return frozenset()
    return frozenset(each for each in syllables[1:] if words[each] < words.total() * RARE)


def table() -> str:
    """The whole file."""
    usual: dict[str, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    seldom: dict[str, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    words = in_words()
    for character, syllables in readings().items():
        rarely = rare(syllables, words[character])
        for rank, reading in enumerate(syllables):
            (seldom if reading in rarely else usual)[reading][rank] += character
    lines = [
        f"# Readings of Chinese characters from pypinyin {pypinyin.__version__}"
        " (https://github.com/mozillazg/python-pinyin), MIT License,"
        " Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>"
    ]
    for reading in sorted({*usual, *seldom}):
        behind = ["|", *_ranked(seldom[reading])] if seldom[reading] else []
        lines.append("\t".join([reading, *_ranked(usual[reading]), *behind]))
    return "\n".join(lines) + "\n"


def _ranked(columns: Mapping[int, str]) -> list[str]:
    return [columns.get(rank, "") for rank in range(max(columns, default=-1) + 1)]


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE
    text = table()
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(text.splitlines()) - 1} syllables, {len(text.encode()) // 1024} KiB")


if __name__ == "__main__":
    main()
