"""A chat client's profile written as a file that `client_files` reads."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

from sidebar.domain.chat_clients import ClientProfile, ReadingRule
from sidebar.domain.insertion import PasteProfile
from sidebar.errors import SettingsError
from sidebar.storage.client_files import file_of
from sidebar.storage.log_rules import log_values
from sidebar.storage.pointed_rules import with_rule
from sidebar.storage.replacing import replace_text
from sidebar.storage.toml_text import Literal, document


def save_client(folder: Path, profile: ClientProfile) -> Path:
    """Write *profile* into *folder*, in place of the one of its name; the file, or SettingsError."""
    path = file_of(profile.name, [folder]) or folder / f"{profile.name}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_text(path, client_text(profile))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(f"the client could not be saved ({reason})", file=path) from error
    return path


def client_text(profile: ClientProfile) -> str:
    """The file's text; what is as by default is left out."""
    top: dict[str, Literal] = {"name": profile.name, "programs": list(profile.programs)}
    for key in ("titles", "ignored", "buyer"):
        pattern = getattr(profile, key)
        if pattern is not None:
            top[key] = pattern.pattern
    if profile.longest is not None:
        top["longest"] = profile.longest
    top |= {"source": profile.source, "confidence": str(profile.confidence)}
    sections: dict[str, dict[str, Literal]] = {
        "": top,
        "label": {"zh": profile.label, "en": profile.label},
        "paste": _paste(profile.paste),
        "reading": _reading(profile.reading),
        "log": log_values(profile.log) if profile.log is not None else {},
        "sources": {each.value: f"{each.confidence}: {each.origin}" for each in profile.sources},
    }
    plain = {
        name: {key: (value, "") for key, value in part.items()} for name, part in sections.items() if part
    }
    if profile.pointed is None:
        return document(plain)
    return with_rule(document(plain), profile.pointed)


def _paste(paste: PasteProfile) -> dict[str, Literal]:
    default = PasteProfile()
    written: dict[str, Literal] = {"paths": list(map(str, paste.paths)), "newlines": str(paste.newlines)}
    for name in (each.name for each in fields(paste) if each.name not in written):
        value = getattr(paste, name)
        if value == getattr(default, name) and name != "send_combo":
            continue
        if isinstance(value, timedelta):
            written[f"{name}_ms"] = round(value / timedelta(milliseconds=1))
        else:
            written[name] = value if isinstance(value, bool) else str(value)
    return written


def _reading(rule: ReadingRule | None) -> dict[str, Literal]:
    if rule is None:
        return {}
    within: dict[str, Literal] = {} if rule.within is None else {"within": rule.within.pattern}
    return {"items": str(rule.items), "buyer": rule.buyer.pattern, "bold": rule.bold, **within}
