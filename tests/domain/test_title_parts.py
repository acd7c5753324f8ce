"""Which part of a title names the buyer, and whether the pattern finds the next buyer's name too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.title_parts import Part, TitlePart, title_parts


def names(title: str, *, browser: bool = False) -> list[tuple[Part, str]]:
    return [(way.part, way.name) for way in title_parts(title, shows_other_things=browser)]


def way(title: str, part: Part, *, browser: bool = False) -> TitlePart:
    (found,) = (each for each in title_parts(title, shows_other_things=browser) if each.part is part)
    return found


def buyer(reading: TitlePart, title: str) -> tuple[str, str | None] | None:
    found = re.search(reading.buyer, title)
    return None if found is None else (found["buyer"], found.groupdict().get("unread"))


def test_a_bare_name() -> None:
    assert names("王小姐") == [(Part.WHOLE, "王小姐"), (Part.NOWHERE, "")]


@pytest.mark.parametrize("title", ["[2] 王小姐", "(2) 王小姐", "（2）王小姐", "【2】王小姐"])
def test_a_leading_count_is_not_the_name(title: str) -> None:
    assert names(title) == [(Part.WITHOUT_COUNT, "王小姐"), (Part.WHOLE, title), (Part.NOWHERE, "")]
    reading = way(title, Part.WITHOUT_COUNT)
    assert buyer(reading, "[13] 李先生 ") == ("李先生", "13")
    assert buyer(reading, "李先生") == ("李先生", None)


def test_before_the_consoles_name() -> None:
    reading = way("tb9404-接待中心", Part.BEFORE)
    assert (reading.name, reading.beside) == ("tb9404", "-接待中心")
    assert buyer(reading, "小鱼-接待中心") == ("小鱼", None)
    assert buyer(reading, "千牛工作台") is None


def test_a_space_after_a_tight_separator_is_not_part_of_the_name() -> None:
    reading = way("旺旺- 王小姐", Part.AFTER)
    assert reading.name == "王小姐"
    assert buyer(reading, "旺旺- Mr. Smith") == ("Mr. Smith", None)


def test_after_a_colon() -> None:
    reading = way("旺旺: 王小姐", Part.AFTER)
    assert (reading.name, reading.beside) == ("王小姐", "旺旺:")
    assert buyer(reading, "旺旺: Mr. Smith") == ("Mr. Smith", None)


def test_three_parts_the_ends_first() -> None:
    title = "(3) 王小姐 - Web Chat - Chromium"
    assert names(title, browser=True) == [
        (Part.BEFORE, "王小姐"),
        (Part.AFTER, "Chromium"),
        (Part.BETWEEN, "Web Chat"),
        (Part.NOWHERE, ""),
    ]
    reading = way(title, Part.BEFORE, browser=True)
    assert buyer(reading, "A - B - Web Chat - Chromium") == ("A - B", None)
    assert re.search(reading.titles, "New Tab - Chromium") is None


def test_a_browsers_whole_title_is_never_offered() -> None:
    offered = title_parts("王小姐", shows_other_things=True)
    assert [each.part for each in offered] == [Part.NOWHERE]
    assert offered[0].titles


def test_a_title_that_names_nobody_is_known_by_itself() -> None:
    reading = way("微信", Part.NOWHERE)
    assert reading.buyer == ""
    assert re.search(reading.titles, "(5) 微信")
    assert not re.search(reading.titles, "微信支付")


def test_the_same_name_is_offered_once() -> None:
    assert len(names("a - a - a")) == len({name for _, name in names("a - a - a")})


@given(st.text(max_size=60), st.booleans())
def test_every_pattern_reads_its_own_title(title: str, browser: bool) -> None:
    for reading in title_parts(title, shows_other_things=browser):
        if reading.titles:
            assert re.search(reading.titles, title.strip())
        if reading.buyer:
            found = re.search(reading.buyer, title)
            assert found is not None
            assert found["buyer"].strip() == reading.name
