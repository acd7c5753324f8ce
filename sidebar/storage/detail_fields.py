"""The details of a phrase in a pack file, from located YAML to values; every `Flaw` names its line."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from sidebar.domain.durations import parse_duration
from sidebar.domain.field_values import FieldError, value_of
from sidebar.domain.identifiers import ClientName
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    MOST_OPTIONS,
    Allowance,
    Attachment,
    AttachmentKind,
    ClientWay,
    Condition,
    Delivery,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category
from sidebar.domain.place_names import can_name_a_field, plain_name
from sidebar.errors import PackFault
from sidebar.storage.forms import Form, long_text, name_of
from sidebar.storage.located_yaml import Fields, Flaw, Items, Value

_FIELD = frozenset(("name", "type", "default", "choices", "remember"))
_OPTION = frozenset(field.name for field in fields(Option))
_FOLLOW_UP = frozenset(field.name for field in fields(FollowUpRule))
_WAY = frozenset(("newlines", "delivery"))
_ONLY = frozenset(("clients", "categories"))
_ATTACHMENT = frozenset(kind.value for kind in AttachmentKind)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
_THE_TEXT = "text"
_SOME_DAY = datetime(2024, 1, 1, 12, tzinfo=UTC)
"""A default must be understood on any day; this one stands for them."""


def read_details(form: Form, folder: Path | None) -> Details:
    """All the details of one phrase; raises `Flaw`."""
    return Details(
        variants=tuple(long_text(value, "variants") for value in form.items("variants")),
        rotation=form.member("rotation", Rotation) or Rotation.BY_TURN,
        fields=_fields(form),
        attachments=tuple(_attachments(form, folder)),
        ways=tuple(_ways(form)),
        only=_condition(form.get("only")),
        options=_options(form),
        follow_up=_follow_up(form.get("follow_up")),
        allow=tuple(_allowances(form)),
        note="" if form.get("note") is None else form.text("note"),
    )


def _fields(form: Form) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for value in form.items("fields"):
        field = _field(Form(value, known=_FIELD, what="field"))
        if plain_name(field.name) in found:
            raise Flaw(PackFault.REPEATED_KEY, value.line, field.name)
        found[plain_name(field.name)] = field
    return tuple(found.values())


def _field(form: Form) -> Field:
    name = name_of(form.need("name"), "name")
    if not can_name_a_field(name):
        raise Flaw(PackFault.BAD_FIELD, form.need("name").line, name)
    choices = form.names("choices")
    kind = form.member("type", FieldKind) or (FieldKind.CHOICE if choices else FieldKind.TEXT)
    if kind is FieldKind.CHOICE and not choices:
        raise Flaw(PackFault.MISSING, form.line, "choices")
    if choices and kind is not FieldKind.CHOICE:
        raise Flaw(PackFault.UNKNOWN_KEY, form.need("choices").line, "choices")
    field = Field(name=name, kind=kind, choices=choices, remember=form.flag("remember"))
    return replace(field, default=_default(form, field))


def _default(form: Form, field: Field) -> str:
    value = form.get("default")
    if value is None:
        return ""
    kinds = ("str", "int", "float", "timestamp")
    if field.kind is FieldKind.PARAGRAPH:
        default = long_text(value, "default")
    else:
        default = name_of(value, "default", kinds=kinds)
    try:
        value_of(field, default, now=_SOME_DAY, language="zh")
    except FieldError as error:
        raise Flaw(PackFault.BAD_DEFAULT, value.line, default) from error
    return default


def _attachments(form: Form, folder: Path | None) -> Iterator[Attachment]:
    """Pictures and files; the word `text` stands for the text, which else comes first."""
    values = form.items("attachments")
    names = [value for value in values if _is_the_text(value)]
    if len(names) > 1:
        raise Flaw(PackFault.REPEATED_KEY, names[1].line, _THE_TEXT)
    before = bool(names)
    for value in values:
        if _is_the_text(value):
            before = False
        else:
            yield _attachment(value, folder, before)


def _is_the_text(value: Value) -> bool:
    return not isinstance(value, Items | Fields) and value.text == _THE_TEXT


def _attachment(value: Value, folder: Path | None, before: bool) -> Attachment:
    """`size.png`, or `image: …` and `file: …` where the name's ending does not tell which."""
    if isinstance(value, Fields):
        form = Form(value, known=_ATTACHMENT, what="attachment")
        kind = AttachmentKind.IMAGE if form.get("image") is not None else AttachmentKind.FILE
        if form.has_any(_ATTACHMENT - {kind}) and form.has_any(frozenset((kind,))):
            raise Flaw(PackFault.REPEATED_KEY, value.line, str(AttachmentKind.FILE))
        name = form.need(kind)
        return Attachment(path=_path(name, folder), kind=kind, before=before)
    path = _path(value, folder)
    kind = AttachmentKind.IMAGE if path.lower().endswith(_PICTURES) else AttachmentKind.FILE
    return Attachment(path=path, kind=kind, before=before)


def _path(value: Value, folder: Path | None) -> str:
    """A pack from elsewhere must not send a buyer whatever file lies on this machine."""
    name = name_of(value, "attachments")
    inside = PurePosixPath(name.replace("\\", "/"))
    if inside.is_absolute() or PureWindowsPath(name).drive or ".." in inside.parts:
        raise Flaw(PackFault.OUTSIDE, value.line, name)
    return str(inside if folder is None else folder / inside)


def _ways(form: Form) -> Iterator[ClientWay]:
    for client, value in _pairs(form.get("clients"), "clients"):
        way = Form(value, known=_WAY, what="client")
        yield ClientWay(
            client=ClientName(client),
            newlines=way.member("newlines", Newlines),
            delivery=way.member("delivery", Delivery),
        )


def _condition(value: Value | None) -> Condition | None:
    if value is None:
        return None
    form = Form(value, known=_ONLY, what="only")
    return Condition(
        clients=tuple(ClientName(name) for name in form.names("clients")),
        categories=tuple(_category(item) for item in form.items("categories")),
    )


def _category(value: Value) -> Category:
    name = name_of(value, "categories")
    try:
        return Category(name)
    except ValueError as error:
        raise Flaw(PackFault.UNKNOWN_VALUE, value.line, f"category: {name}") from error


def _options(form: Form) -> tuple[Option, ...]:
    options = tuple(_option(Form(value, known=_OPTION, what="option")) for value in form.items("options"))
    if len(options) > MOST_OPTIONS:
        raise Flaw(PackFault.TOO_MANY, form.need("options").line, "options")
    return options


def _option(form: Form) -> Option:
    return Option(
        text=name_of(form.need("text"), "text"),
        pros=form.name("pros"),
        cons=form.name("cons"),
        rule=form.name("rule"),
    )


def _follow_up(value: Value | None) -> FollowUpRule | None:
    if value is None:
        return None
    form = Form(value, known=_FOLLOW_UP, what="follow_up")
    after = form.parsed("after", parse_duration, PackFault.BAD_DURATION)
    within = form.parsed("within", parse_duration, PackFault.BAD_DURATION)
    if after is None and within is None:
        raise Flaw(PackFault.MISSING, form.line, "within")
    if after is not None and within is not None and after > within:
        raise Flaw(PackFault.BAD_DURATION, form.need("within").line, "within < after")
    return FollowUpRule(about=form.text("about"), after=after, within=within)


def _allowances(form: Form) -> Iterator[Allowance]:
    for rule, value in _pairs(form.get("allow"), "allow"):
        yield Allowance(rule=rule, reason=name_of(value, rule))


def _pairs(value: Value | None, what: str) -> Iterator[tuple[str, Value]]:
    """The keys, each once, and values of a mapping whose keys are anybody's."""
    if value is None:
        return
    if not isinstance(value, Fields):
        raise Flaw(PackFault.NOT_A_MAPPING, value.line, what)
    seen: set[str] = set()
    for key, item in value.pairs:
        name = name_of(key, what)
        if name in seen:
            raise Flaw(PackFault.REPEATED_KEY, key.line, name)
        seen.add(name)
        yield name, item
