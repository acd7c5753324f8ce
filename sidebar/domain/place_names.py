"""The names that stand between braces in a phrase, and what a name of one's own may be."""

import re

from sidebar.domain.folding import fold

PLACE = re.compile(
    r"\{\{|\}\}|\{(?P<name>[^{}|｜\n]*[^{}|｜\s][^{}|｜\n]*)(?:[|｜](?P<fallback>[^{}\n]*))?\}"
)
"""A doubled brace, or a place with its name and what stands in where it has no value."""

PROMISE = frozenset(("承诺", "promise"))
CURSOR = frozenset(("光标", "cursor"))
OPTIONS = frozenset(("方案", "options"))
BUYER = frozenset(("买家", "buyer"))
AGENT = frozenset(("客服", "agent"))
NUMBER = frozenset(("工号", "number"))
TIME = frozenset(("时间", "time"))
DATE = frozenset(("日期", "date"))
NESTED = frozenset(("话术", "phrase"))
_TAKEN = PROMISE | CURSOR | OPTIONS | BUYER | AGENT | NUMBER | TIME | DATE | NESTED
_UNNAMEABLE = re.compile(r"[{}|:\n]")


def plain_name(name: str) -> str:
    """*name* as names are compared: whatever its width and case."""
    return fold(name).strip()


def nested_id(name: str) -> str | None:
    """The phrase whose text belongs in `{phrase:ID}`; None for any other name."""
    parts = re.split("[:：]", name, maxsplit=1)
    return parts[1].strip() if len(parts) == 2 and plain_name(parts[0]) in NESTED else None


def can_name_a_field(name: str) -> bool:
    """Whether `{name}` may be a field of a phrase's own, standing for nothing else."""
    plain = plain_name(name)
    return bool(plain) and not (plain in _TAKEN or plain.startswith("+") or _UNNAMEABLE.search(plain))


def means_something(name: str) -> bool:
    """Whether `{name}` is one that the sidebar itself fills in."""
    plain = plain_name(name)
    return plain in _TAKEN or plain.startswith("+") or nested_id(name) is not None
