"""`sidebar phrases import` and `export`: other programs' files, in and out."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sidebar.commands.homes import home_of
from sidebar.commands.output import as_json, complain, line
from sidebar.domain.enclosures import EnclosureState
from sidebar.exchange.drafts import Remark
from sidebar.exchange.enclosed import Told
from sidebar.exchange.handing_out import ExportFormat
from sidebar.exchange.plans import Plan
from sidebar.exchanging import bring_in, hand_out, plan_import, take_back

_UNTOLD = (EnclosureState.SAME, EnclosureState.MISSING)
"""Nothing is to be done about these, and what is missing has a note of its own."""
_TOLD = 20
"""Pictures and files that are named one by one."""


def import_file(options: argparse.Namespace) -> int:
    """Bring a file in, or only say what that would do, or take the last one back."""
    home = home_of(options)
    if options.undo:
        return _undo(options)
    plan = plan_import(home, Path(options.file))
    if not options.dry_run:
        bring_in(home, plan)
    if options.json:
        as_json(_document(plan))
    else:
        _tell(plan, done=not options.dry_run)
    return 0


def export_file(options: argparse.Namespace) -> int:
    """Write the library into a file."""
    format = None if options.format is None else ExportFormat(options.format)
    rendered = hand_out(home_of(options), Path(options.file), format, own_only=options.own)
    line(f"{rendered.phrases} phrases written to {options.file}")
    for left in rendered.left[:_TOLD]:
        why = "is not there any more" if left.gone else "is not in it; --format zip takes it along"
        complain(f"{left.phrase}: the picture or file {left.name} {why}")
    if len(rendered.left) > _TOLD:
        complain(f"… and {len(rendered.left) - _TOLD} pictures and files more")
    return 0


def _undo(options: argparse.Namespace) -> int:
    taken = take_back(home_of(options))
    if options.json:
        as_json({"name": taken.name, "phrases": taken.phrases, "kept": taken.kept})
        return 0
    line(f"The import of {taken.name} was taken back: {taken.phrases} phrases")
    if taken.kept:
        line(f"{taken.kept} phrases had been changed since and stay as they are")
    return 0


def _tell(plan: Plan, *, done: bool) -> None:
    for error in plan.errors:
        complain(f"{_place(error)}: {error.reason}")
    for note in plan.notes:
        complain(f"{_place(note)}: {note.reason}")
    for enclosed in plan.enclosed if not done else ():
        if enclosed.state not in _UNTOLD:
            line(f"{_place(enclosed)}: {enclosed.name} {enclosed.state}")
    counts = f"new {len(plan.new)}, changed {len(plan.changed)}, same {len(plan.same)}, "
    encoding = f" in {plan.encoding}" if plan.encoding else ""
    line(f"{plan.format}{encoding}: {counts}errors {len(plan.errors)}")
    if plan.enclosed:
        states = Counter(enclosed.state for enclosed in plan.enclosed)
        line("pictures and files: " + ", ".join(f"{state} {count}" for state, count in states.items()))
    if not done:
        line("Nothing was written; without --dry-run it is.")


def _document(plan: Plan) -> dict[str, object]:
    return {
        "format": plan.format,
        "encoding": plan.encoding,
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": len(plan.same),
        "errors": _remarks(plan.errors),
        "notes": _remarks(plan.notes),
        "files": [
            {"row": each.row, "name": each.name, "state": each.state}
            | ({"sheet": each.sheet} if each.sheet else {})
            for each in plan.enclosed
        ],
    }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, object]]:
    return [
        {"row": remark.row, "reason": remark.reason} | ({"sheet": remark.sheet} if remark.sheet else {})
        for remark in remarks
    ]


def _place(remark: Remark | Told) -> str:
    return f"{remark.sheet}, row {remark.row}" if remark.sheet else f"row {remark.row}"
