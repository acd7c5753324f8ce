"""Text without the differences that nobody means: of case, of width, of signs between the letters.

What a shop's phrases are mostly written in, ASCII and the common hanzi, is known here; the rest is
asked of `unicodedata`, whose table (0.3 MiB) a start in Chinese gets by without.
"""

import re
import string

_POINTS = "·、。—“”‘’《》【】"
_SIMPLE = re.compile(rf"[\x00-\x7f\u4e00-\u9fff{_POINTS}]*")
"""ASCII, the hanzi of Unicode's first block, and signs that go with them: none of another width."""
_SIGNS = frozenset({*map(chr, (*range(0x21), 0x7F)), *_POINTS, *string.punctuation}.difference("$+<=>^`|~"))
"""What Unicode takes for control, space or punctuation among those; the others in ASCII are symbols."""


def fold(text: str) -> str:
    """*text* without the differences of case and width."""
    if _SIMPLE.fullmatch(text):
        return text.casefold()
    import unicodedata

    return unicodedata.normalize("NFKC", text).casefold()


def letters(text: str) -> str:
    """What counts of *text* for a title: folded, without spaces and punctuation."""
    return "".join(filter(_counts, fold(text)))


def _counts(character: str) -> bool:
    if _SIMPLE.fullmatch(character):
        return character not in _SIGNS
    import unicodedata

    return unicodedata.category(character)[0] not in "CPZ"
