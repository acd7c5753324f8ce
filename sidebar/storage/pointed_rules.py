"""The rule that names the element with the buyer's name, in a client's profile: read, and written into it."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sidebar.domain.element_rules import ElementRule, Step
from sidebar.domain.identifiers import ClientName
from sidebar.errors import SettingsError
from sidebar.storage.client_files import file_of
from sidebar.storage.replacing import replace_text
from sidebar.storage.toml_tables import Table
from sidebar.storage.toml_text import literal, with_section

SECTION = "pointed"
_STEP = ("role", "id", "class", "chosen", "nth")


def read_rule(table: Table, buyer: re.Pattern[str] | None) -> ElementRule:
    """The rule of the table `pointed`; raises `WrongValue`."""
    if buyer is None:
        raise table.wrong("buyer", "is missing")
    raw = table.values.get("steps")
    if not isinstance(raw, list) or not raw or not all(isinstance(each, dict) for each in raw):
        raise table.wrong("steps", "must be a list of tables, one for each step from the window down")
    steps = tuple(_step(Table(each, known=_STEP, prefix=f"{SECTION}.steps.")) for each in raw)
    return ElementRule(steps=steps, buyer=buyer, page=table.text("page"))


def save_rule(folder: Path, name: ClientName, rule: ElementRule, *, shipped: Sequence[Path]) -> Path:
    """Write *rule* into the profile *name* in *folder*, every other line as it was; the file.

    Where *folder* has none of that name, the shipped one is copied there first, comments and all.
    Raises SettingsError.
    """
    own = file_of(name, [folder])
    source = own or file_of(name, shipped)
    path = own or folder / f"{name}.toml"
    if source is None:
        raise SettingsError("there is no profile of this client to write it into", file=path)
    try:
        text = source.read_bytes().decode("utf-8-sig")
        changed = with_rule(text, rule)
        if not _says_as_much(text, changed):
            raise SettingsError("the rule could not be written into it without losing something", file=path)
        folder.mkdir(parents=True, exist_ok=True)
        replace_text(path, changed)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"the client could not be saved ({reason})", file=path) from error
    return path


def with_rule(text: str, rule: ElementRule) -> str:
    """A profile's *text* with *rule* in the place of the one it has, or at its end."""
    plain = with_section(text.replace("\r\n", "\n"), SECTION, rule_lines(rule))
    return plain.replace("\n", "\r\n") if "\r\n" in text else plain


def rule_lines(rule: ElementRule) -> list[str]:
    """The lines of the section, without its header."""
    page = [f"page = {literal(rule.page)}"] if rule.page else []
    steps = [f"  {{ {', '.join(_values(step))} }}," for step in rule.steps]
    return [*page, "steps = [", *steps, "]", f"buyer = {literal(rule.buyer.pattern)}"]


def _values(step: Step) -> Iterator[str]:
    yield f"role = {literal(step.role)}"
    if step.id:
        yield f"id = {literal(step.id)}"
    if step.class_name:
        yield f"class = {literal(step.class_name)}"
    if step.chosen:
        yield "chosen = true"
    if step.nth is not None:
        yield f"nth = {step.nth}"


def _step(table: Table) -> Step:
    role, nth = table.text("role"), table.values.get("nth")
    if not role:
        raise table.wrong("role", "is missing")
    if nth is not None and (not isinstance(nth, int) or isinstance(nth, bool) or nth < 0):
        raise table.wrong("nth", "must be a whole number, 0 for the first")
    return Step(
        role=role,
        id=table.text("id"),
        class_name=table.text("class"),
        chosen=table.flag("chosen", default=False),
        nth=nth,
    )


def _says_as_much(before: str, after: str) -> bool:
    """Whether all but the rule reads as it did."""
    try:
        return _others(tomllib.loads(before)) == _others(tomllib.loads(after))
    except (ValueError, RecursionError):
        return False


def _others(document: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in document.items() if key != SECTION}
