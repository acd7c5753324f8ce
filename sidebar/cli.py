"""The commands; each imports what it needs when it runs."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 the user can act, 2 wrong usage."""
    raise SystemExit(f"not yet: {arguments}")
