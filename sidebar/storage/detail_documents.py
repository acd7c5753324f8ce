"""The details of a phrase as the plain values that stand in a pack file: `detail_fields` the other way."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from sidebar.domain.durations import duration_text
from sidebar.domain.phrase_details import (
    Attachment,
    ClientWay,
    Condition,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
    Rotation,
)

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain]"
Document: TypeAlias = dict[str, Plain]

_THE_TEXT = "text"


def details_document(details: Details, folder: Path | None) -> Document:
    """The keys that `read_details` reads; attachments that lie outside *folder* cannot be named in it."""
    written: Document = {
        "variants": list(details.variants),
        "rotation": "" if details.rotation is Rotation.BY_TURN else str(details.rotation),
        "fields": [_field(field) for field in details.fields],
        "attachments": list(_attachments(details.attachments, folder)),
        "clients": {str(way.client): _way(way) for way in details.ways},
        "only": {} if details.only is None else _condition(details.only),
        "options": [_option(option) for option in details.options],
        "follow_up": {} if details.follow_up is None else _follow_up(details.follow_up),
        "allow": {allowance.rule: allowance.reason for allowance in details.allow},
        "note": details.note,
    }
    return _said(written)


def _said(document: Document) -> Document:
    """*document* without what it leaves unsaid."""
    return {key: value for key, value in document.items() if value}


def _field(field: Field) -> Document:
    implied = FieldKind.CHOICE if field.choices else FieldKind.TEXT
    return _said(
        {
            "name": field.name,
            "type": "" if field.kind is implied else str(field.kind),
            "default": field.default,
            "choices": list(field.choices),
            "remember": field.remember,
        }
    )


def _attachments(attachments: Iterable[Attachment], folder: Path | None) -> Iterator[Plain]:
    told = False
    named = [(each, _inside(each.path, folder)) for each in attachments]
    if not any(each.before for each, name in named if name):
        told = True
    for attachment, name in named:
        if name:
            if not attachment.before and not told:
                told = True
                yield _THE_TEXT
            yield {str(attachment.kind): name}
    if not told:
        yield _THE_TEXT


def _inside(path: str, folder: Path | None) -> str:
    """The name of *path* in *folder*, '' where it lies elsewhere."""
    if folder is None or not Path(path).is_relative_to(folder):
        return ""
    return Path(path).relative_to(folder).as_posix()


def _way(way: ClientWay) -> Document:
    return _said({"newlines": str(way.newlines or ""), "delivery": str(way.delivery or "")})


def _condition(condition: Condition) -> Document:
    return _said(
        {
            "clients": [str(client) for client in condition.clients],
            "categories": [str(category) for category in condition.categories],
        }
    )


def _option(option: Option) -> Document:
    return _said({"text": option.text, "pros": option.pros, "cons": option.cons, "rule": option.rule})


def _follow_up(rule: FollowUpRule) -> Document:
    return _said(
        {
            "about": rule.about,
            "after": "" if rule.after is None else duration_text(rule.after),
            "within": "" if rule.within is None else duration_text(rule.within),
        }
    )
