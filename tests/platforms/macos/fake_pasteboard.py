"""A pasteboard in memory, and the other programs that use it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sidebar.platforms.macos import constants
from sidebar.platforms.macos.bridge import PasteboardItem
from tests.fakes import FakeTime
from tests.platforms.macos.fake_input import SOON


@dataclass
class FakeItem:
    """One thing on the pasteboard; `broken` kinds are offered and not handed over."""

    data: dict[str, bytes]
    broken: tuple[str, ...] = ()
    read_kinds: list[str] = field(default_factory=list)
    when_read: Callable[[], None] | None = None

    @property
    def kinds(self) -> Sequence[str]:
        return (*self.data, *self.broken)

    def read(self, kind: str) -> bytes | None:
        self.read_kinds.append(kind)
        if self.when_read is not None:
            self.when_read()
        return self.data.get(kind)


class FakePasteboard:
    """`prompts` counts the reads at which macOS would have asked the user."""

    def __init__(self, time: FakeTime) -> None:
        self._time = time
        self._count = 7
        self._promise: tuple[Mapping[str, bytes], Callable[[], None]] | None = None
        self.content: list[FakeItem] = [FakeItem({constants.STRING_TYPE: b"before"})]
        self.behavior: int | None = None
        self.prompts = 0
        self.writes = True
        self.promises_made = 0

    def count(self) -> int:
        return self._count

    def access(self) -> int | None:
        return self.behavior

    def items(self) -> Sequence[PasteboardItem]:
        self._ask()
        return list(self.content)

    def kinds(self) -> Sequence[str]:
        return self.content[0].kinds if self.content else ()

    def promise(
        self, content: Mapping[str, bytes], marks: Sequence[str], fetched: Callable[[], None]
    ) -> bool:
        self._count += 1
        if not self.writes:
            self.content = []
            return False
        self.promises_made += 1
        self._promise = content, fetched
        self.content = [FakeItem(dict.fromkeys((*content, *marks), b""))]
        return True

    def write(self, items: Sequence[Mapping[str, bytes]]) -> bool:
        self._count += 1
        self._promise = None
        self.content = [FakeItem(dict(item)) for item in items] if self.writes else []
        return self.writes

    # what others do with it

    def user_copies(self, *items: FakeItem) -> None:
        self._count += 1
        self._promise = None
        self.content = list(items)

    def fetch(self) -> str:
        """Another program asks for the text."""
        return self.fetch_kind(constants.STRING_TYPE).decode()

    def fetch_kind(self, kind: str) -> bytes:
        """Another program asks for *kind*: the promise is kept once, then the system has its copy."""
        if self._promise is not None:
            content, fetched = self._promise
            self._promise = None
            self.content[0].data[kind] = content[kind]
            self._time.call_later(SOON, fetched)
        return self.content[0].data[kind]

    def _ask(self) -> None:
        if self.behavior not in (None, constants.PASTEBOARD_ACCESS_BEHAVIOR_ALWAYS_ALLOW):
            self.prompts += 1
