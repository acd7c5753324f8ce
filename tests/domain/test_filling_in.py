"""Fields, nested phrases, options and the caret: Wednesday 18 November 2026, 10:10 in Shanghai."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Details, Field, FieldKind, Option
from sidebar.domain.phrases import Phrase, Promise
from sidebar.domain.placeholders import Filled, Promised, Values, fill, texts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 18, 10, 10, tzinfo=SHANGHAI)
VALUES = Values(buyer="张女士", agent="小林", now=NOW)
ORDER, SIZE = Field(name="单号"), Field(name="Size", kind=FieldKind.CHOICE, choices=("S", "M"))


def phrase(
    body: str,
    *,
    id: str = "p",
    placeholders: bool = True,
    fields: tuple[Field, ...] = (),
    options: tuple[Option, ...] = (),
    variants: tuple[str, ...] = (),
    within: timedelta | None = None,
) -> Phrase:
    details = Details(fields=fields, options=options, variants=variants)
    return Phrase(
        id=PhraseId(id),
        title="t",
        body=body,
        placeholders=placeholders,
        promise=None if within is None else Promise(within=within, about=f"about {id}"),
        details=None if details == Details() else details,
    )


def library(*phrases: Phrase) -> dict[PhraseId, Phrase]:
    return {each.id: each for each in phrases}


def test_a_field_that_was_not_asked_for_yet_stands_as_written() -> None:
    filled = fill(phrase("{单号}，{ size }，{单号}", fields=(SIZE, ORDER)), VALUES)
    assert filled == Filled(text="{单号}，{ size }，{单号}", fields=(ORDER, SIZE))


def test_what_was_typed_takes_the_fields_place() -> None:
    wanted = phrase("{买家}，单号 {单号}，{SIZE} 码", fields=(ORDER, SIZE))
    filled = fill(wanted, VALUES, typed={"单号": "1{buyer}", "size": "M"})
    assert (filled.text, filled.unfilled) == ("张女士，单号 1{buyer}，M 码", ())


def test_a_field_left_empty_blocks_and_is_named_unless_it_has_a_fallback() -> None:
    wanted = phrase("{单号} {Size|均码}", fields=(ORDER, SIZE))
    filled = fill(wanted, VALUES, typed={"单号": "", "size": ""})
    assert (filled.text, filled.unfilled) == ("{单号} 均码", ("单号",))


def test_a_nested_phrase_brings_text_fields_options_and_promise() -> None:
    inner = phrase(
        "{promise}前查到 {单号}",
        id="in ner",
        fields=(ORDER,),
        options=(Option(text="等"),),
        within=timedelta(hours=2),
    )
    outer = phrase("{promise}: {phrase: in ner}。", within=timedelta(days=1))
    filled = fill(outer, VALUES, find=library(inner).get, typed={"单号": "7"})
    assert filled.text == "明天10:10: 今天12:10前查到 7\n等。"
    assert filled.promised == (
        Promised(about="about p", due=NOW + timedelta(days=1)),
        Promised(about="about in ner", due=NOW + timedelta(hours=2)),
    )
    assert filled.fields == (ORDER,)


def test_a_nested_phrase_uses_the_fields_it_stands_among() -> None:
    inner = phrase("尾号 {单号}", id="b")
    filled = fill(phrase("{话术：b}", fields=(ORDER,)), VALUES, find=library(inner).get, typed={"单号": "7"})
    assert filled.text == "尾号 7"


def test_a_nested_phrase_that_does_not_ask_keeps_its_braces() -> None:
    inner = phrase("{buyer}", id="b", placeholders=False)
    assert fill(phrase("{phrase:b}"), VALUES, find=library(inner).get).text == "{buyer}"


def test_a_phrase_nobody_knows_is_named() -> None:
    filled = fill(phrase("{phrase:b|x}"), VALUES)
    assert (filled.text, filled.unfilled) == ("{phrase:b|x}", ("phrase:b",))


def test_a_loop_is_named_from_where_it_closes() -> None:
    known = library(phrase("{phrase:c}", id="b"), phrase("{phrase:d}", id="c"), phrase("{phrase:b}", id="d"))
    filled = fill(phrase("看 {phrase:b}"), VALUES, find=known.get)
    assert filled.loop == ("b", "c", "d", "b")
    assert fill(phrase("{phrase:p}"), VALUES, find=library(phrase("{phrase:p}")).get).loop == ("p", "p")


def test_the_same_phrase_twice_is_no_loop() -> None:
    filled = fill(phrase("{phrase:b}{phrase:b}"), VALUES, find=library(phrase("x", id="b")).get)
    assert (filled.text, filled.loop) == ("xx", ())


def test_phrases_that_double_at_each_level_end_in_a_name() -> None:
    known = library(
        *(phrase(f"{{phrase:{n + 1}}}" * 30, id=str(n)) for n in range(6)), phrase("x" * 400, id="6")
    )
    filled = fill(phrase("{phrase:0}"), VALUES, find=known.get)
    assert filled.unfilled
    assert len(filled.text) < 2_000_000


def test_options_are_numbered_lines_at_their_place() -> None:
    options = (
        Option(text="补发，{+1d}到", pros="快", cons="等快递", rule="第七条"),
        Option(text="退款", pros="今天到账"),
    )
    filled = fill(phrase("您选：\n{方案}\n都可以。", options=options), VALUES)
    assert filled.text.splitlines() == [
        "您选：",
        "1. 补发，明天10:10到（好处：快；要留意：等快递；依据：第七条）",
        "2. 退款（好处：今天到账）",
        "都可以。",
    ]


def test_options_without_a_place_come_last_and_one_has_no_number() -> None:
    only = phrase("可以退。", placeholders=False, options=(Option(text="退款 {x}", rule="第七条"),))
    assert fill(only, VALUES).text == "可以退。\n退款 {x}（依据：第七条）"
    english = replace(VALUES, language="en")
    assert fill(only, english).text == "可以退。\n退款 {x} (based on: 第七条)"


def test_options_that_are_not_there_are_missing() -> None:
    assert fill(phrase("{options}"), VALUES).unfilled == ("options",)


def test_the_caret_stands_where_the_text_says() -> None:
    filled = fill(phrase("{买家}您好，{光标}，祝好{cursor}"), VALUES)
    assert (filled.text, filled.cursor) == ("张女士您好，，祝好", 6)
    assert fill(phrase("您好"), VALUES).cursor is None


def test_the_wording_that_is_asked_for_is_taken_and_told() -> None:
    inner = phrase("b0", id="b", variants=("b1",))
    wanted = phrase("一{phrase:b}", variants=("二{phrase:b}\r\n", "三"))
    assert texts(wanted) == ("一{phrase:b}", "二{phrase:b}\r\n", "三")
    filled = fill(wanted, VALUES, find=library(inner).get, wording=lambda _: 1)
    assert (filled.text, filled.wordings) == ("二b1\n", (("p", 1), ("b", 1)))
    assert fill(wanted, VALUES, wording=lambda _: 5).text == "三"


ids = st.sampled_from("abcd")
bodies = st.lists(
    st.one_of(
        ids.map(lambda id: f"{{phrase:{id}}}"),
        st.sampled_from(["{单号}", "{cursor}", "{options}", "{buyer}", "{{", "\r", "x"]),
    ),
    max_size=4,
).map("".join)
wild = st.builds(
    lambda id, body, variants, options, fields, asks: phrase(
        body, id=id, variants=tuple(variants), options=options, fields=fields, placeholders=asks
    ),
    ids,
    bodies,
    st.lists(bodies, max_size=2),
    st.sampled_from([(), (Option(text="{phrase:a} {options}"),)]),
    st.sampled_from([(), (ORDER,)]),
    st.booleans(),
)


@given(st.lists(wild, min_size=1, max_size=4), st.dictionaries(st.just("单号"), st.just("7")), st.integers())
def test_however_phrases_nest_it_ends_and_nothing_unfilled_passes(
    phrases: list[Phrase], typed: dict[str, str], turn: int
) -> None:
    known = library(*phrases)
    filled = fill(phrases[0], VALUES, find=known.get, wording=lambda _: turn, typed=typed)
    assert filled.cursor is None or 0 <= filled.cursor <= len(filled.text)
    assert "\r" not in filled.text
    if not filled.unfilled and not filled.loop and all(each.placeholders for each in phrases):
        assert "{phrase:" not in filled.text
        assert "{单号}" not in filled.text


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_typed_stands_there_as_it_is(order: str, rest: str) -> None:
    safe = rest.replace("{", "").replace("}", "").replace("\r", "")
    filled = fill(phrase(f"{safe}{{单号}}", fields=(ORDER,)), VALUES, typed={"单号": order})
    assert filled.text == safe + (order or "{单号}")
