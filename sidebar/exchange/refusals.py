"""The one sentence for a file that cannot be read, and what the libraries say of damaged ones."""

import struct
import zlib
from pathlib import PurePath
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, LargeZipFile

from sidebar.errors import ExchangeError, ExchangeFault

_SENTENCES = {
    ExchangeFault.NOT_READABLE: "{name} cannot be read ({detail}).",
    ExchangeFault.EMPTY: "{name} is empty.",
    ExchangeFault.TOO_LARGE: "{name} is larger than {detail}; split it.",
    ExchangeFault.TOO_MANY: "{name} holds more than {detail}; split it.",
    ExchangeFault.NO_ENCODING: "{name} is not text in UTF-8, UTF-16 or GB18030; save it in one of them.",
    ExchangeFault.UNKNOWN_FORMAT: "{name} is in no format that can be read; a table needs a header such as "
    "标题, 内容, 分组, or title, content, group.",
    ExchangeFault.NO_PHRASES: "{name} holds no phrases ({detail}).",
    ExchangeFault.DAMAGED: "{name} is damaged or cut short ({detail}); export it once more.",
    ExchangeFault.LOCKED: "{name} is protected by a password; save it without one.",
    ExchangeFault.BOMB: "{name} unfolds into more than {detail}; no phrase library does.",
    ExchangeFault.OUTSIDE: "{name} names a file outside itself ({detail}), so nothing of it is used.",
    ExchangeFault.ENTITIES: "{name} defines entities of its own in its XML, so nothing of it is used.",
    ExchangeFault.ALIAS: "{name} uses '&{detail}' or '*{detail}' for another place; write it out in full.",
    ExchangeFault.INCOMPLETE: "{name} is only a part; give the whole folder or archive ({detail}).",
}

DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LargeZipFile,
    LookupError,
    NotImplementedError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What the readers of workbooks and archives raise on a damaged one: they trust the bytes they get."""


def refusal(name: str, fault: ExchangeFault, detail: object = "") -> ExchangeError:
    """Why the file *name* is not read."""
    sentence = _SENTENCES[fault].format(name=name, detail=detail)
    return ExchangeError(sentence, fault=fault, name=name, detail=str(detail))


def damaged(name: str, error: BaseException) -> ExchangeError:
    """*name* is damaged, as *error* shows; encrypted archives end up here as well."""
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return refusal(name, ExchangeFault.LOCKED)
    return refusal(name, ExchangeFault.DAMAGED, type(error).__name__)


def stem(path: str) -> str:
    """The name of a file without folders and ending."""
    return PurePath(path.replace("\\", "/")).stem
