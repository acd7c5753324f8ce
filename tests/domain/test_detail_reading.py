"""What is typed into the parts of the form that not every phrase needs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.detail_reading import Fault, Part, ReadDetails, Slip, read_details
from sidebar.domain.detail_sheets import DetailSheet, FieldSheet
from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    ClientWay,
    Condition,
    Delivery,
    Details,
    Field,
    FieldKind,
    FollowUpRule,
    Option,
    Rotation,
)
from sidebar.domain.phrases import Category, Phrase, Promise

PLAIN = Phrase(id=PhraseId("p"), title="物流", body="在催了")
TAOBAO = ClientName("taobao")


def read(sheet: DetailSheet, base: Phrase = PLAIN) -> ReadDetails:
    return read_details(sheet, base, title=base.title)


def details(sheet: DetailSheet) -> Details:
    found = read(sheet)
    assert found.slips == ()
    assert found.details is not None
    return found.details


def test_rows_in_which_nothing_is_typed_are_none() -> None:
    empty = DetailSheet(variants=("", " \n"), fields=(FieldSheet(),), options=(Option(text=" "),))
    assert read(empty) == ReadDetails(promise=None, details=None, slips=())


def test_every_part_is_read() -> None:
    made = details(
        DetailSheet(
            variants=("催过了\r\n", "在路上"),
            rotation=Rotation.RANDOM,
            fields=(
                FieldSheet(name=" 单号 ", remember=True),
                FieldSheet(name="尺码", kind=FieldKind.CHOICE, choices="S\n M \n\nS", default="M"),
                FieldSheet(name="哪天", kind=FieldKind.DATE, default="明天"),
            ),
            after="1天",
            within="2天",
            about="回访",
            options=(Option(text=" 补发 ", pros="快"), Option(text="退款", rule="七天无理由")),
            clients=(TAOBAO,),
            categories=(Category.ORDER,),
            ways=(ClientWay(client=TAOBAO, newlines=Newlines.JOINED, delivery=Delivery.COPY),),
            note="电话\n",
        )
    )
    assert made == Details(
        variants=("催过了", "在路上"),
        rotation=Rotation.RANDOM,
        fields=(
            Field(name="单号", remember=True),
            Field(name="尺码", kind=FieldKind.CHOICE, choices=("S", "M"), default="M"),
            Field(name="哪天", kind=FieldKind.DATE, default="明天"),
        ),
        follow_up=FollowUpRule(about="回访", after=timedelta(days=1), within=timedelta(days=2)),
        options=(Option(text="补发", pros="快"), Option(text="退款", rule="七天无理由")),
        only=Condition(clients=(TAOBAO,), categories=(Category.ORDER,)),
        ways=(ClientWay(client=TAOBAO, newlines=Newlines.JOINED, delivery=Delivery.COPY),),
        note="电话",
    )


def test_a_promise_is_about_the_phrase_unless_it_says_about_what() -> None:
    assert read(DetailSheet(promise_within="半小时")).promise == Promise(
        within=timedelta(minutes=30), about="物流"
    )
    told = read(DetailSheet(promise_within="2h", promise_about="回电"))
    assert told.promise == Promise(within=timedelta(hours=2), about="回电")
    had = replace(PLAIN, promise=told.promise)
    assert read(DetailSheet(), had).promise is None


@pytest.mark.parametrize(
    ("sheet", "slip"),
    [
        (DetailSheet(promise_about="回电"), Slip(part=Part.PROMISE, fault=Fault.NO_SPAN)),
        (
            DetailSheet(promise_within="尽快"),
            Slip(part=Part.PROMISE, fault=Fault.BAD_SPAN, typed="尽快"),
        ),
        (DetailSheet(about="回访"), Slip(part=Part.PROMISE, fault=Fault.NO_SPAN, row=1)),
        (
            DetailSheet(after="1h", within="x"),
            Slip(part=Part.PROMISE, fault=Fault.BAD_SPAN, row=1, typed="x"),
        ),
        (DetailSheet(after="2h", within="1h"), Slip(part=Part.PROMISE, fault=Fault.TOO_LATE, row=1)),
        (
            DetailSheet(fields=(FieldSheet(), FieldSheet(name="买家"))),
            Slip(part=Part.FIELDS, fault=Fault.BAD_NAME, row=1, typed="买家"),
        ),
        (
            DetailSheet(fields=(FieldSheet(default="x"),)),
            Slip(part=Part.FIELDS, fault=Fault.BAD_NAME),
        ),
        (
            DetailSheet(fields=(FieldSheet(name="Ｎo"), FieldSheet(name="no"))),
            Slip(part=Part.FIELDS, fault=Fault.SAME_NAME, row=1, typed="no"),
        ),
        (
            DetailSheet(fields=(FieldSheet(name="尺码", kind=FieldKind.CHOICE, choices="\n"),)),
            Slip(part=Part.FIELDS, fault=Fault.NO_CHOICES, typed="尺码"),
        ),
        (
            DetailSheet(fields=(FieldSheet(name="件数", kind=FieldKind.NUMBER, default="三"),)),
            Slip(part=Part.FIELDS, fault=Fault.BAD_DEFAULT, typed="三"),
        ),
        (
            DetailSheet(options=(Option(text="", pros="快"),)),
            Slip(part=Part.OPTIONS, fault=Fault.NO_OPTION),
        ),
        (
            DetailSheet(options=tuple(Option(text=text) for text in "一二三四")),
            Slip(part=Part.OPTIONS, fault=Fault.TOO_MANY_OPTIONS, row=3),
        ),
        (
            DetailSheet(ways=(ClientWay(client=TAOBAO, delivery=Delivery.COPY),) * 2),
            Slip(part=Part.WAYS, fault=Fault.SAME_CLIENT, row=1),
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(sheet: DetailSheet, slip: Slip) -> None:
    assert read(sheet).slips == (slip,)


def test_what_cannot_be_read_stays_as_it_was() -> None:
    promise = Promise(within=timedelta(hours=2), about="回电")
    rule = FollowUpRule(about="回访", within=timedelta(days=1))
    had = replace(PLAIN, promise=promise, details=Details(follow_up=rule))
    sheet = DetailSheet(promise_within="尽快", promise_about="回电", after="2d", within="1d", about="回访")
    found = read(sheet, had)
    assert (found.promise, found.details) == (promise, had.details)
    assert [slip.fault for slip in found.slips] == [Fault.BAD_SPAN, Fault.TOO_LATE]


def test_a_field_that_is_no_choice_any_more_has_no_choices() -> None:
    sheet = DetailSheet(fields=(FieldSheet(name="尺码", kind=FieldKind.TEXT, choices="S\nM"),))
    assert details(sheet).fields == (Field(name="尺码"),)


def test_wordings_that_nobody_touched_keep_every_character() -> None:
    had = replace(PLAIN, details=Details(variants=("1\u00a0kg\u2028two", "b")))
    found = read(DetailSheet(variants=("1\u00a0kg\u2028two", "c\u2028d")), had)
    assert found.details == Details(variants=("1\u00a0kg\u2028two", "c\nd"))
