"""Makes resources/pinyin.txt, the readings of Chinese characters, from pypinyin's data.

    python packaging/pinyin_table.py [FILE]

pypinyin itself is not wanted where the sidebar runs: its dictionaries cost 40 to 150 ms and 13 to
57 MiB. What a search needs of them fits a small text: one line for each syllable without its tone,
the syllable and then, behind a tab each, the characters it is the first, the second, the third …
reading of. ü is written v, as it is typed.
"""

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import pypinyin
from pypinyin.pinyin_dict import pinyin_dict

TABLE = Path(__file__).parent.parent / "resources" / "pinyin.txt"
BLOCKS = (range(0x3007, 0x3008), range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""〇, extension A and the basic block of the CJK characters."""


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


def table() -> str:
    """The whole file."""
    columns: dict[str, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    for character, syllables in readings().items():
        for rank, reading in enumerate(syllables):
            columns[reading][rank] += character
    lines = [
        f"# Readings of Chinese characters from pypinyin {pypinyin.__version__}"
        " (https://github.com/mozillazg/python-pinyin), MIT License,"
        " Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>"
    ]
    for reading in sorted(columns):
        ranked = columns[reading]
        lines.append("\t".join([reading, *(ranked[rank] for rank in range(max(ranked) + 1))]))
    return "\n".join(lines) + "\n"


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else TABLE
    text = table()
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path}: {len(text.splitlines()) - 1} syllables, {len(text.encode()) // 1024} KiB")


if __name__ == "__main__":
    main()
