"""Other programs' placeholders: those that mean what one of ours means become ours, others stay text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from re import Match, Pattern

from sidebar.domain.lean import dataclass
from sidebar.domain.place_names import can_name_a_field, plain_name

BUYER, AGENT, DATE, TIME, CURSOR = "{买家}", "{客服}", "{日期}", "{时间}", "{光标}"

_DATES = re.compile(r"(?:%-?[YymdebBAa]|[^%])*%-?[YymdebB](?:%-?[YymdebBAa]|[^%])*")
_TIMES = re.compile(r"[^%]*%-?[HI](?:%[MSpP]|[^%])*|%[TR]")


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text that a placeholder stands for."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something the agent fills in: a field of the phrase's own, as a pack file has it."""

    name: str
    default: str = ""
    choices: tuple[str, ...] = ()
    several_lines: bool = False

    def document(self) -> dict[str, object]:
        kind = {"type": "paragraph"} if self.several_lines and not self.choices else {}
        default = {"default": self.default} if self.default.strip() else {}
        choices = {"choices": list(self.choices)} if self.choices else {}
        return {"name": self.name.strip(), **kind, **default, **choices}


Meaning = str | Text | Asked | None
"""What a placeholder is here: one of ours, text, a field, or nothing: then it stays as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How one program writes placeholders, and what each means."""

    pattern: Pattern[str]
    meaning: Callable[[Match[str]], Meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A body in our words; `more` is what a pack file says besides, `kept` what has no meaning here."""

    body: str
    more: Mapping[str, object] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def translate(body: str, places: Places) -> Translated:
    """*body* with the placeholders that we know; where there is one, braces that are text are doubled."""
    parts: list[str | Text] = []
    kept: list[str] = []
    fields: dict[str, dict[str, object]] = {}
    at = 0
    for place in places.pattern.finditer(body):
        parts.append(Text(body[at : place.start()]))
        at = place.end()
        match places.meaning(place):
            case Asked() as asked if asked.name.strip() and can_name_a_field(asked.name):
                fields.setdefault(plain_name(asked.name), asked.document())
                parts.append(f"{{{asked.name.strip()}}}")
            case None | Asked():
                kept.append(place[0])
                parts.append(Text(place[0]))
            case meaning:
                parts.append(meaning)
    parts.append(Text(body[at:]))
    ours = any(isinstance(part, str) for part in parts)
    written = (part if isinstance(part, str) else _literal(part.text, doubled=ours) for part in parts)
    more: dict[str, object] = {"placeholders": True} if ours else {}
    if fields:
        more["fields"] = list(fields.values())
    return Translated(body="".join(written), more=more, kept=tuple(dict.fromkeys(kept)))


def named(meanings: Mapping[str, str]) -> Callable[[Match[str]], str | None]:
    """Looks the group `name` of a placeholder up, whatever its case."""
    return lambda place: meanings.get(place["name"].strip().casefold())


def of_format(pattern: str) -> str | None:
    """Our placeholder for a moment written by a strftime *pattern*; None where it is neither."""
    if _TIMES.fullmatch(pattern):
        return TIME
    return DATE if _DATES.fullmatch(pattern) else None


def _literal(text: str, *, doubled: bool) -> str:
    return text.replace("{", "{{").replace("}", "}}") if doubled else text
