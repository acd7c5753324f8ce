"""The pictures and files that came with phrases, and what an import would do with each."""

import hashlib
import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import NamedTuple

from sidebar.domain.enclosures import EnclosureState
from sidebar.domain.file_names import FOLDERS, base_name, usable_name
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Attachment
from sidebar.exchange.sources import LARGEST, Source


class Files:
    """What lies in the folder or archive that phrases are read from, by paths with `/` between the parts."""

    def __init__(self, files: Mapping[str, Source]) -> None:
        self._files = {_plain(path): source for path, source in files.items()}
        self._called: dict[str, list[str]] = defaultdict(list)
        for path in self._files:
            self._called[base_name(path).casefold()].append(path)

    def content(self, path: str) -> bytes | None:
        """The file at just this *path*, None where there is none."""
        source = self._files.get(_plain(path))
        return None if source is None else source.content

    def called(self, name: str) -> bytes | None:
        """The file another program means by *name*: a path here, or one of its own machine."""
        exact = self.content(name)
        if exact is not None:
            return exact
        wanted = _plain(name).casefold()
        alike = self._called.get(base_name(wanted), [])
        if len(alike) > 1:
            alike = [path for path in alike if wanted.endswith(f"/{path.casefold()}")]
        return self._files[alike[0]].content if len(alike) == 1 else None


class FilesBeside(Files):
    """What lies beside a pack, read when it is asked for.

    That is the folders for it and nothing else: a pack from elsewhere must not take along whatever
    lies in the folder it was downloaded to.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__({})
        self._folder = folder

    def content(self, path: str) -> bytes | None:
        place = self._folder / path
        try:
            real = place.resolve()
            inside = any(real.is_relative_to((self._folder / each).resolve()) for each in FOLDERS.values())
            if not inside or not place.is_file():
                return None
            return place.read_bytes() if place.stat().st_size <= LARGEST else None
        except (OSError, ValueError):
            return None


NO_FILES = Files({})


class Told(NamedTuple):
    """What would become of one picture or file of the row `row`, called `name`."""

    row: int
    name: str
    state: EnclosureState
    sheet: str = ""


@dataclass(slots=True)
class Enclosed:
    """What a phrase would have, what is told of it, and the new files by the paths they have until then."""

    attachments: list[Attachment]
    told: list[tuple[str, EnclosureState]] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)


def enclosed(
    wanted: Iterable[tuple[Attachment, bytes | None]], had: Sequence[Attachment], *, all_of_them: bool
) -> Enclosed:
    """What comes of the *wanted* pictures and files, with what came along of each, where a phrase *had* some.

    One with the name and the bytes of one that was there is that one; one that did not come along
    stays as it was. Unless they are *all_of_them*, what else the phrase had stays as well.
    """
    made = Enclosed([] if all_of_them else [*had])
    left = [*had]
    for each, content in wanted:
        name = usable_name(each.path)
        twin = next((one for one in left if (one.kind, usable_name(one.path)) == (each.kind, name)), None)
        if twin is not None:
            left.remove(twin)
        state = _state(twin, content)
        made.told.append((name, state))
        after = None if twin is None else replace(twin, before=each.before)
        if content is not None and state is not EnclosureState.SAME:
            after = replace(each, path=f"{hashlib.sha256(content).hexdigest()}/{name}")
            made.contents[after.path] = content
        if after is not None and (all_of_them or twin is None):
            made.attachments.append(after)
        elif after is not None and twin is not None and state is EnclosureState.CHANGED:
            made.attachments[made.attachments.index(twin)] = after
    if all_of_them:
        made.told += [(usable_name(one.path), EnclosureState.REMOVED) for one in left]
    return made


def _state(twin: Attachment | None, content: bytes | None) -> EnclosureState:
    if twin is None:
        return EnclosureState.MISSING if content is None else EnclosureState.NEW
    if content is None or _is(twin.path, content):
        return EnclosureState.SAME
    return EnclosureState.CHANGED


def _is(path: str, content: bytes) -> bool:
    try:
        return os.path.getsize(path) == len(content) and Path(path).read_bytes() == content
    except OSError:
        return False


def _plain(path: str) -> str:
    """*path* as it is compared: one spelling for what a person takes for the same."""
    return unicodedata.normalize("NFC", path.replace("\\", "/")).removeprefix("./")
