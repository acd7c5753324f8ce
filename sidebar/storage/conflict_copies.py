"""Which pack files are copies that a sync program made because two machines had changed one file.

    Dropbox, Nextcloud   pack (Anna's conflicted copy 2026-11-18).yaml, pack (Anna 的冲突副本 2026-11-18).yaml
    坚果云 Nutstore       pack-冲突.yaml (Windows), pack-NSConflict-Anna.yaml (Mac, Linux)
    Syncthing            pack.sync-conflict-20261118-101010-ABCDEFG.yaml
    Google Drive         pack (1).yaml, pack [Conflict].yaml
    OneDrive             pack-DESKTOP-AB12CD3.yaml: the name and that of the computer

The last two could be names that somebody chose. What `presumed_original` finds is therefore taken
for a copy only where it has most of its phrases in common with the file beside it.
"""

import re
from collections.abc import Collection
from pathlib import Path

_MARKED = re.compile(
    r"""(?P<name>.+?)(?:
        \s*[(\[（][^()\[\]（）]*(?:conflict|冲突)[^()\[\]（）]*[)\]）]
        | \.sync-conflict-\d{8}-\d{6}-\w+
        | [-_](?:NSConflict|冲突)(?:[-_ (（].*)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<name>.+?) ?\(\d{1,2}\)")
_COMPUTER = re.compile(r"(?P<name>.+)-[A-Za-z0-9]{1,15}(?:-[A-Za-z0-9]{1,15})?")


def marked_original(path: Path) -> Path | None:
    """The file that *path*, by its very name, is a conflict copy of; None where the name says nothing."""
    found = _MARKED.fullmatch(path.stem)
    return None if found is None else path.with_name(found["name"].rstrip() + path.suffix)


def presumed_original(path: Path, others: Collection[Path]) -> Path | None:
    """The one of *others* that *path* may be a copy of, as far as names tell."""
    stem = path.stem
    candidates = [found["name"] for found in (_NUMBERED.fullmatch(stem),) if found is not None]
    # a computer's name may have hyphens itself, and so may the file's
    candidates += [stem[: place.start()] for place in re.finditer("-", stem) if _COMPUTER.fullmatch(stem)]
    return next(
        (each for name in reversed(candidates) if (each := path.with_name(name + path.suffix)) in others),
        None,
    )
