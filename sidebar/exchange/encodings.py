"""Which encoding a text is in: UTF-8, with or without its mark, UTF-16 either way round, GB18030."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
_LOOKED_AT = 4096
# No text of people's has these; what decodes to them was in another encoding, or no text at all.
_STRANGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")


def decode(content: bytes) -> tuple[str, str] | None:
    """The text of *content* and its encoding; None where it is no text we can tell the encoding of."""
    for mark, name, codec in _MARKS:
        if content.startswith(mark):
            return _decoded(content, codec, name)
    if b"\0" in content[:_LOOKED_AT]:
        guess = _which_utf16(content[:_LOOKED_AT])
        return None if guess is None else _decoded(content, guess, guess, strict=True)
    return _decoded(content, "utf-8", "utf-8") or _decoded(content, "gb18030", "gb18030", strict=True)


def _decoded(content: bytes, codec: str, name: str, *, strict: bool = False) -> tuple[str, str] | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    if "\0" in text or (strict and _STRANGE.search(text)):
        return None
    return text, name


def _which_utf16(start: bytes) -> str | None:
    """Which half of the units is zero more often, as the line breaks and commas of any table have it."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even == odd:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
