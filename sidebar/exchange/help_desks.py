"""Canned answers and macros as help desks hand them out in JSON."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from sidebar.errors import RowFault
from sidebar.exchange.drafts import Draft, Reading, Remark, remark
from sidebar.exchange.html_text import plain_text
from sidebar.exchange.places import AGENT, BUYER, Places, named, translate
from sidebar.exchange.sources import Source

Entry: TypeAlias = Mapping[str, object]

_BUYERS = (
    "contact.name",
    "contact.first_name",
    "ticket.requester.name",
    "ticket.requester.first_name",
    "ticket.customer.name",
    "ticket.customer.firstname",
    "ticket.customer.full_name",
)
_AGENTS = (
    "agent.name",
    "agent.first_name",
    "current_user.name",
    "current_user.first_name",
    "current_user.firstname",
    "ticket.assignee.name",
    "ticket.assignee.first_name",
)
_PLACES = Places(
    pattern=re.compile(r"\{\{-?\s*(?P<name>[\w.]+)\s*-?\}\}"),
    meaning=named(dict.fromkeys(_BUYERS, BUYER) | dict.fromkeys(_AGENTS, AGENT)),
)


def recognise(source: Source) -> Reading | None:
    """The answers in a JSON list, alone or within the object that a web interface answers with."""
    document = source.json
    entries = _entries(document)
    known = [entry for entry in entries if isinstance(entry, dict)]
    for name, is_one, draft in _DESKS:
        if any(is_one(entry) for entry in known):
            rows = _rows(entries, draft)
            return Reading(format=name, rows=rows, encoding=source.encoding, total=len(entries))
    return None


def _entries(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    lists = document.values() if isinstance(document, dict) else ()
    found = next((each for each in lists if isinstance(each, list) and each), None)
    if found is None and isinstance(document, dict):
        return [document]
    return found or []


def _rows(entries: list[object], draft: Callable[[int, Entry], Draft | Remark]) -> Iterator[Draft | Remark]:
    for row, entry in enumerate(entries, start=1):
        if isinstance(entry, dict):
            yield draft(row, entry)
        else:
            yield remark(row, RowFault.NOT_READABLE, "not an object")


def _answer(
    row: int,
    body: str,
    *,
    title: str = "",
    code: str = "",
    group: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    formatted: bool = False,
) -> Draft | Remark:
    translated = translate(plain_text(body) if formatted else body, _PLACES)
    if not translated.body.strip():
        return remark(row, RowFault.NO_TEXT)
    kept = tuple(remark(row, RowFault.KEPT_AS_TEXT, name) for name in translated.kept)
    notes = (remark(row, RowFault.FORMATTING_LEFT), *kept) if formatted else kept
    return Draft(
        row=row,
        body=translated.body,
        title=title,
        code=code,
        group=group,
        tags=tags,
        more=translated.more,
        notes=notes,
    )


def _chatwoot(row: int, entry: Entry) -> Draft | Remark:
    return _answer(row, _word(entry, "content"), code=_word(entry, "short_code"))


def _rocket_chat(row: int, entry: Entry) -> Draft | Remark:
    return _answer(row, _word(entry, "text"), code=_word(entry, "shortcut"), tags=_words(entry.get("tags")))


def _zendesk(row: int, entry: Entry) -> Draft | Remark:
    """`组::名` in a title is how macros are put into groups there."""
    *group, title = [part.strip() for part in _word(entry, "title").split("::")]
    values = {_word(act, "field"): act.get("value") for act in _objects(entry.get("actions"))}
    plain, formatted = _comment(values.get("comment_value")), _comment(values.get("comment_value_html"))
    tags = " ".join(_comment(values.get(key)) for key in ("set_tags", "current_tags")).split()
    return _answer(
        row,
        plain or formatted,
        title=title,
        group=tuple(filter(None, group)),
        tags=tuple(tags),
        formatted=not plain and bool(formatted),
    )


def _gorgias(row: int, entry: Entry) -> Draft | Remark:
    plain = formatted = ""
    tags: tuple[str, ...] = ()
    for act in _objects(entry.get("actions")):
        given = act.get("arguments")
        if isinstance(given, dict):
            plain = plain or _word(given, "body_text")
            formatted = formatted or _word(given, "body_html")
            tags += tuple(filter(None, map(str.strip, _word(given, "tags").split(","))))
    intent = _word(entry, "intent")
    return _answer(
        row,
        plain or formatted,
        title=_word(entry, "name"),
        group=(intent,) if intent else (),
        tags=tuple(dict.fromkeys(tags)),
        formatted=not plain and bool(formatted),
    )


def _comment(value: object) -> str:
    """The text of an action: alone, or behind the channel it is for."""
    if isinstance(value, list):
        return next((text for text in reversed(value) if isinstance(text, str)), "")
    return value if isinstance(value, str) else ""


def _objects(value: object) -> list[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _words(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _word(document: Mapping[str, object], key: str) -> str:
    value = document.get(key)
    return value if isinstance(value, str) else ""


_DESKS: tuple[tuple[str, Callable[[Entry], bool], Callable[[int, Entry], Draft | Remark]], ...] = (
    ("chatwoot", lambda entry: {"short_code", "content"} <= set(entry), _chatwoot),
    ("rocket-chat", lambda entry: {"shortcut", "text"} <= set(entry), _rocket_chat),
    ("gorgias", lambda entry: any("arguments" in act for act in _objects(entry.get("actions"))), _gorgias),
    ("zendesk", lambda entry: any("field" in act for act in _objects(entry.get("actions"))), _zendesk),
)
