"""What is typed into a field, on Wednesday 18 November 2026, 10:10 in Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.field_values import FieldError, FieldProblem, value_of
from sidebar.domain.phrase_details import Field, FieldKind

NOW = datetime(2026, 11, 18, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def written(kind: FieldKind, typed: str, language: str = "zh") -> str:
    choices = ("小", "大 号") if kind is FieldKind.CHOICE else ()
    return value_of(Field(name="f", kind=kind, choices=choices), typed, now=NOW, language=language)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldKind.TEXT, " 7788 ", "7788"),
        (FieldKind.TEXT, "a\nb", "a b"),
        (FieldKind.PARAGRAPH, " a\r\nb \n", "a\nb"),
        (FieldKind.CHOICE, "大 号", "大 号"),
        (FieldKind.NUMBER, "１２.５", "12.5"),
        (FieldKind.NUMBER, "1,200", "1200"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.DATE, "今天", "11月18日"),
        (FieldKind.DATE, "昨天", "11月17日"),
        (FieldKind.DATE, "明天", "11月19日"),
        (FieldKind.DATE, "下周一", "11月23日"),
        (FieldKind.DATE, "+7d", "11月25日"),
        (FieldKind.DATE, "2024-02-29", "2月29日"),
        (FieldKind.DATE, "2/29", "2月29日"),
        (FieldKind.DATE, "11月2日", "11月2日"),
        (FieldKind.TIME, "现在", "10:10"),
        (FieldKind.TIME, "18：5０", "18:50"),
        (FieldKind.TIME, "9点30", "09:30"),
        (FieldKind.TIME, "下午3点", "15:00"),
        (FieldKind.TIME, "+2h", "12:10"),
    ],
)
def test_stands_in_the_text_as_the_buyer_reads_it(kind: FieldKind, typed: str, value: str) -> None:
    assert written(kind, typed) == value


def test_a_date_is_written_in_the_phrases_language() -> None:
    assert written(FieldKind.DATE, "tomorrow", "en") == "19 Nov"


@pytest.mark.parametrize(
    ("kind", "typed", "problem"),
    [
        *((kind, " \n", FieldProblem.EMPTY) for kind in FieldKind),
        (FieldKind.CHOICE, "中", FieldProblem.NOT_A_CHOICE),
        (FieldKind.NUMBER, "两", FieldProblem.NOT_A_NUMBER),
        (FieldKind.NUMBER, "1.2.3", FieldProblem.NOT_A_NUMBER),
        (FieldKind.DATE, "2026-13-01", FieldProblem.NOT_A_DATE),
        (FieldKind.DATE, "2/30", FieldProblem.NOT_A_DATE),
        (FieldKind.DATE, "有空", FieldProblem.NOT_A_DATE),
        (FieldKind.TIME, "24:00", FieldProblem.NOT_A_TIME),
        (FieldKind.TIME, "有空", FieldProblem.NOT_A_TIME),
    ],
)
def test_what_is_nothing_for_the_field_is_refused(kind: FieldKind, typed: str, problem: FieldProblem) -> None:
    with pytest.raises(FieldError) as caught:
        written(kind, typed)
    assert caught.value.problem is problem


@given(st.sampled_from(FieldKind), st.text(max_size=20))
def test_no_typing_makes_it_stumble(kind: FieldKind, typed: str) -> None:
    try:
        value = written(kind, typed)
    except FieldError:
        return
    assert value
    assert value == value.strip()
    assert kind is FieldKind.PARAGRAPH or "\n" not in value
