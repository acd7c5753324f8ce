"""`sidebar phrases lint`: what is wrong with the wording of the library, by file and line."""

import argparse
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from sidebar import paths
from sidebar.commands.homes import home_of
from sidebar.commands.output import as_json, complain, line
from sidebar.domain.chat_clients import ClientProfile
from sidebar.domain.lean import dataclass
from sidebar.domain.settings import Settings
from sidebar.domain.wording_check import WordingCheck
from sidebar.domain.wording_rules import Circumstances, Remark, Severity
from sidebar.errors import PackError, UserError
from sidebar.paths import Home
from sidebar.shelf import language_of, shipped_packs, wording_at_hand
from sidebar.storage.client_files import load_clients
from sidebar.storage.packs import Placed, placed_phrases
from sidebar.storage.settings_file import load_settings
from sidebar.system_time import SystemClock, local_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One thing to tell, and where; `phrase`, `rule` and `found` are '' for a file that cannot be read."""

    file: str
    line: int | None
    severity: Severity
    reason: str
    suggestion: str = ""
    phrase: str = ""
    rule: str = ""
    found: str = ""


def lint(options: argparse.Namespace) -> int:
    """Every remark on these files, or on all phrases at hand; 1 where one of them is an error."""
    home = home_of(options)
    settings = load_settings(home.settings).settings
    language = language_of(settings)
    circumstances = _circumstances(home, options.client)
    placed, problems = _placed(home, settings, language, options.files)
    check = _check(home)
    told = [_unreadable(problem) for problem in problems]
    for each in placed:
        told.extend(_remarks(each, check, circumstances, language))
    _tell(told, len(placed), json=options.json)
    return 1 if any(each.severity is Severity.ERROR for each in told) else 0


def _circumstances(home: Home, client: str) -> Circumstances:
    now = SystemClock().now().astimezone(local_zone())
    if not client:
        return Circumstances(now=now)
    profile = _profile(home, client)
    return Circumstances(now=now, client=profile.name, longest=profile.longest)


def _profile(home: Home, client: str) -> ClientProfile:
    profiles = load_clients(shipped=[paths.resources() / "clients"], own=[home.clients]).profiles
    for profile in profiles:
        if profile.name == client:
            return profile
    names = ", ".join(profile.name for profile in profiles)
    raise UserError(f"There is no chat client {client!r}; choose one of {names}.")


def _placed(
    home: Home, settings: Settings, language: str, files: Sequence[str]
) -> tuple[tuple[Placed, ...], tuple[PackError, ...]]:
    if files:
        return placed_phrases(files=[Path(name) for name in files])
    return placed_phrases(shipped=shipped_packs(settings, language), own=[home.phrases])


def _check(home: Home) -> WordingCheck:
    """The rules at hand; one that cannot be used is told and stops nothing."""
    loaded = wording_at_hand(home)
    for problem in loaded.problems:
        complain(f"sidebar: {problem}")
    return loaded.check


def _remarks(
    placed: Placed, check: WordingCheck, circumstances: Circumstances, language: str
) -> Iterator[_Told]:
    for text, remark in check.check_phrase(placed.phrase, circumstances):
        yield _Told(
            file=str(placed.file),
            line=_line(placed, text, remark),
            severity=remark.severity,
            reason=remark.reason(language),
            suggestion=remark.suggestion(language),
            phrase=placed.phrase.id,
            rule=remark.rule.id,
            found=remark.found,
        )


def _line(placed: Placed, text: str, remark: Remark) -> int:
    """The line of the file that holds what was found; that of the phrase where it is folded or escaped."""
    wanted = text[text.rfind("\n", 0, remark.start) + 1 :].partition("\n")[0].strip()
    for number, written in enumerate(_lines(placed.file)[placed.line - 1 :], start=placed.line):
        if wanted in written:
            return number
    return placed.line


@cache
def _lines(file: Path) -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8-sig").splitlines())


def _unreadable(problem: PackError) -> _Told:
    return _Told(file=str(problem.file), line=problem.line, severity=Severity.ERROR, reason=problem.reason)


def _tell(told: Sequence[_Told], phrases: int, *, json: bool) -> None:
    if json:
        as_json([_document(each) for each in told])
        return
    for each in told:
        place = each.file if each.line is None else f"{each.file}:{each.line}"
        about = f" {each.phrase} [{each.rule}]: {each.found.splitlines()[0][:24]!r}" if each.rule else ""
        advice = f"; {each.suggestion}" if each.suggestion else ""
        line(f"{place}: {each.severity}:{about} {each.reason}{advice}")
    counts = {severity: sum(each.severity is severity for each in told) for severity in Severity}
    complain(
        f"{phrases} phrases: {counts[Severity.ERROR]} errors, {counts[Severity.WARN]} warnings, "
        f"{counts[Severity.HINT]} hints"
    )


def _document(each: _Told) -> dict[str, object]:
    return {
        "file": each.file,
        "line": each.line,
        "phrase": each.phrase,
        "rule": each.rule,
        "severity": each.severity,
        "found": each.found,
        "reason": each.reason,
        "suggestion": each.suggestion,
    }
