"""One phrase of a pack file, from located YAML to the value; every `Flaw` names its line."""

from dataclasses import fields
from pathlib import Path

from sidebar.domain.durations import parse_duration
from sidebar.domain.hotkeys import parse_global
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Colour, Phrase, Promise, Stage
from sidebar.errors import PackFault
from sidebar.storage.forms import Form, name_of
from sidebar.storage.located_yaml import Flaw, Items, Value

_DETAILS = frozenset(
    (
        "variants",
        "rotation",
        "fields",
        "attachments",
        "clients",
        "only",
        "options",
        "follow_up",
        "allow",
        "note",
    )
)
_PHRASE = _DETAILS | {field.name for field in fields(Phrase)} - {"details"}
_PROMISE = frozenset(field.name for field in fields(Promise))


def read_phrase(value: Value, *, folder: Path | None = None) -> Phrase:
    """The phrase that *value* describes; attachments lie in *folder* or below it. Raises `Flaw`."""
    form = Form(value, known=_PHRASE, what="phrase")
    hotkey = form.parsed("hotkey", parse_global, PackFault.BAD_HOTKEY)
    details = None
    if form.has_any(_DETAILS):
        from sidebar.storage.detail_fields import read_details  # most phrases do without

        details = read_details(form, folder)
    wordless = details is not None and details.attachments and form.get("body") is None
    return Phrase(
        id=PhraseId(name_of(form.need("id"), "id")),
        title=name_of(form.need("title"), "title", kinds=("str",)),
        body="" if wordless else form.text("body"),
        code=form.name("code"),
        stage=form.member("stage", Stage),
        category=form.member("category", Category),
        tags=form.names("tags"),
        group=_group(form),
        placeholders=form.flag("placeholders") or (details is not None and bool(details.fields)),
        promise=_promise(form.get("promise")),
        hotkey=str(hotkey) if hotkey else "",
        colour=form.member("colour", Colour),
        favourite=form.flag("favourite"),
        details=details,
    )


def _group(form: Form) -> tuple[str, ...]:
    if isinstance(form.get("group"), Items):
        return form.names("group")
    return tuple(part for name in form.name("group").split("/") if (part := name.strip()))


def _promise(value: Value | None) -> Promise | None:
    if value is None:
        return None
    form = Form(value, known=_PROMISE, what="promise")
    within = form.parsed("within", parse_duration, PackFault.BAD_DURATION)
    if within is None:
        raise Flaw(PackFault.MISSING, form.line, "within")
    return Promise(within=within, about=form.text("about"))
