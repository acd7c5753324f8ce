"""A summary as JSON, by the outside contract."""

import json
from datetime import tzinfo

from sidebar.domain.account import Summary


def render(summary: Summary, zone: tzinfo) -> str:
    """One JSON document; its times carry the offset of *zone*."""
    return json.dumps(summary.as_json(zone), ensure_ascii=False, allow_nan=False, indent=2) + "\n"
