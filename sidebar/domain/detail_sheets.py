"""What a phrase has beyond its text as a form holds it: as it was typed, unread until it is saved."""

from sidebar.domain.durations import duration_text
from sidebar.domain.identifiers import ClientName
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import (
    Attachment,
    ClientWay,
    Details,
    Field,
    FieldKind,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSheet:
    """A place that is filled in beforehand; `choices` has one on each line."""

    name: str = ""
    kind: FieldKind = FieldKind.TEXT
    default: str = ""
    choices: str = ""
    remember: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailSheet:
    """Lengths of time are texts here (2小时, 90min); a row in which nothing is typed is none.

    `after`, `within` and `about` are those of the follow-up.
    """

    variants: tuple[str, ...] = ()
    rotation: Rotation = Rotation.BY_TURN
    fields: tuple[FieldSheet, ...] = ()
    promise_within: str = ""
    promise_about: str = ""
    after: str = ""
    within: str = ""
    about: str = ""
    options: tuple[Option, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    clients: tuple[ClientName, ...] = ()
    categories: tuple[Category, ...] = ()
    ways: tuple[ClientWay, ...] = ()
    note: str = ""


def detail_sheet_of(phrase: Phrase) -> DetailSheet:
    """What the form begins with for *phrase*."""
    details, promise = phrase.details or Details(), phrase.promise
    follow_up, only = details.follow_up, details.only
    after, within = (None, None) if follow_up is None else (follow_up.after, follow_up.within)
    return DetailSheet(
        variants=details.variants,
        rotation=details.rotation,
        fields=tuple(map(field_sheet_of, details.fields)),
        promise_within="" if promise is None else duration_text(promise.within),
        promise_about="" if promise is None else promise.about,
        after="" if after is None else duration_text(after),
        within="" if within is None else duration_text(within),
        about="" if follow_up is None else follow_up.about,
        options=details.options,
        attachments=details.attachments,
        clients=() if only is None else only.clients,
        categories=() if only is None else only.categories,
        ways=details.ways,
        note=details.note,
    )


def field_sheet_of(field: Field) -> FieldSheet:
    """*field* as it is typed."""
    return FieldSheet(
        name=field.name,
        kind=field.kind,
        default=field.default,
        choices="\n".join(field.choices),
        remember=field.remember,
    )
