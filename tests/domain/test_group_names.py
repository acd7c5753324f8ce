"""Groups found by what is typed of them."""

import pytest

from sidebar.domain.group_names import GroupNames
from tests.domain.finding import readings

GROUPS = (("物流",), ("物流", "核实"), ("售后", "物流赔付"), ("order", "Change"), (), ("物流", "核实"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wl", ["物流", "物流/核实", "售后/物流赔付"]),
        ("物流", ["物流", "物流/核实", "售后/物流赔付"]),
        ("wuliu/he", ["物流/核实"]),
        ("ORD", ["order/Change"]),
        ("hs", ["物流/核实"]),
        ("x", []),
        ("", ["order/Change", "售后/物流赔付", "物流", "物流/核实"]),
    ],
)
def test_groups_are_typed_like_titles(typed: str, found: list[str]) -> None:
    assert list(GroupNames(GROUPS, readings).like(typed, most=6)) == found


def test_only_so_many_are_offered() -> None:
    assert list(GroupNames(GROUPS, readings).like("wl", most=1)) == ["物流"]
    assert list(GroupNames((), readings).like("wl", most=1)) == []
