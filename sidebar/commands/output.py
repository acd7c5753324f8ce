"""What commands print: one JSON document, or lines for people."""

import json
import sys
from collections.abc import Iterable


def as_json(document: object) -> None:
    """One JSON document and nothing else."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    print()


def table(rows: Iterable[tuple[object, ...]]) -> None:
    """Rows of columns parted by tabs, as other programs cut them."""
    for row in rows:
        print("\t".join(str(value) for value in row))
