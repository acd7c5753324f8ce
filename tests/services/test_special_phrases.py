"""Phrases with fields, wordings, conditions and ways of their own, inserted beside a client on fakes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sidebar.domain.events import CategorySet, FollowupAdded, InsertionRefused, PhraseInserted
from sidebar.domain.field_values import FieldProblem
from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.insertion import Outcome
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    ANY_CLIENT,
    Attachment,
    AttachmentKind,
    ClientWay,
    Condition,
    Delivery,
    Details,
    Field,
    FollowUpRule,
)
from sidebar.domain.phrases import Category, Colour, Pack, Phrase, Promise, Stage
from sidebar.services.views import MatchedBy, PhraseRow, Unfit
from tests.services.test_desk import Shop


def special(id: str, body: str, details: Details, *, promise: Promise | None = None) -> Phrase:
    return Phrase(id=PhraseId(id), title=id, body=body, placeholders=True, details=details, promise=promise)


ORDER = special(
    "order", "{buyer}的单号{单号}", Details(fields=(Field(name="单号", default="7", remember=True),))
)
HELLO = special("hi", "您好0", Details(variants=("您好1", "您好2")))
OUTER = special("outer", "{phrase:hi}！", Details())
LOOP = special("loop", "{phrase:loop}", Details())
CALL = special(
    "call",
    "{promise}前答复",
    Details(follow_up=FollowUpRule(about="回访", after=timedelta(days=1))),
    promise=Promise(within=timedelta(hours=2), about="答复"),
)
COPY = special("copy", "a\nb", Details(ways=(ClientWay(client=ANY_CLIENT, delivery=Delivery.COPY),)))
OWN = special(
    "own",
    "a\nb",
    Details(
        ways=(
            ClientWay(client=ANY_CLIENT, delivery=Delivery.COPY),
            ClientWay(client=ClientName("pidgin"), newlines=Newlines.JOINED, delivery=Delivery.SEND),
        )
    ),
)
TAOBAO = special("taobao", "宝贝", Details(only=Condition(clients=(ClientName("taobao"),))))
COMPLAINT = special("complaint", "投诉", Details(only=Condition(categories=(Category.COMPLAINT,))))


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    phrases = (ORDER, HELLO, OUTER, LOOP, CALL, COPY, OWN, TAOBAO, COMPLAINT)
    english = special("english", "by {+2h}", Details())
    packs = [
        Pack(name="own", language="", phrases=phrases),
        Pack(name="en", language="en", phrases=(english,)),
    ]
    made.library.replace(packs)
    made.show("王小姐")
    return made


def insert(shop: Shop, id: str) -> None:
    shop.phrasing.insert(PhraseId(id))
    shop.pass_time(seconds=5)


def row(shop: Shop, id: str, query: str = "") -> PhraseRow | None:
    return next((row for row in shop.phrasing.rows(query) if row.phrase == id), None)


def texts(shop: Shop) -> list[str]:
    return [text for _, text in shop.desktop.typed]


def test_a_phrase_with_fields_is_asked_for_before_it_is_inserted(shop: Shop) -> None:
    shown = row(shop, "order")
    assert shown is not None
    assert (shown.asks, shown.unfilled, shown.text) == (True, (), "王小姐的单号{单号}")
    insert(shop, "order")
    assert texts(shop) == []
    (filling,) = shop.asked
    (asked,) = filling.asked()
    assert (asked.name, asked.value) == ("单号", "7")
    assert filling.preview({"单号": "8"}) == "王小姐的单号8"
    assert filling.check({"单号": " "}) == {"单号": FieldProblem.EMPTY}
    assert filling.check({"单号": "8"}) == {}
    filling.insert({"单号": "8"})
    shop.pass_time(seconds=5)
    assert texts(shop) == ["王小姐的单号8"]


def test_a_wording_that_was_found_is_told_of_while_another_has_its_turn(shop: Shop) -> None:
    shown = row(shop, "hi", "您好1")
    assert shown is not None
    assert (shown.text, shown.why, shown.found_in, shown.in_text) == (
        "您好0",
        MatchedBy.VARIANT,
        "您好1",
        (),
    )
    insert(shop, "hi")
    shown = row(shop, "hi", "您好1")
    assert shown is not None
    assert (shown.text, shown.found_in, shown.in_text) == ("您好1", "", (0, 1, 2))


def test_the_next_time_the_field_begins_with_the_last_value(shop: Shop) -> None:
    insert(shop, "order")
    shop.asked[0].insert({"单号": "8"})
    insert(shop, "order")
    assert [asked.value for asked in shop.asked[1].asked()] == ["8"]


def test_what_was_filled_in_for_one_buyer_is_not_inserted_for_another(shop: Shop) -> None:
    insert(shop, "order")
    shop.show("Mr. Smith")
    shop.asked[0].insert({"单号": "8"})
    shop.pass_time(seconds=5)
    assert texts(shop) == []
    (refused,) = shop.stored(InsertionRefused)
    assert isinstance(refused, InsertionRefused)
    assert (refused.reason, refused.customer) == (Outcome.WRONG_CUSTOMER, "王小姐")
    assert shop.desktop.content == "王小姐的单号8"


def test_each_buyer_gets_another_wording_each_time_and_the_list_shows_which(shop: Shop) -> None:
    for buyer in ("王小姐", "王小姐", "Mr. Smith", "王小姐"):
        shop.show(buyer)
        shown = row(shop, "hi")
        assert shown is not None
        insert(shop, "hi")
        assert texts(shop)[-1] == shown.text
    assert texts(shop) == ["您好0", "您好1", "您好0", "您好2"]


def test_a_nested_phrase_takes_its_turn_too(shop: Shop) -> None:
    insert(shop, "outer")
    insert(shop, "hi")
    insert(shop, "outer")
    assert texts(shop) == ["您好0！", "您好1", "您好2！"]


def test_turns_go_on_after_a_restart(shop: Shop) -> None:
    insert(shop, "hi")
    again = Shop(history=shop.history)
    again.library.replace([Pack(name="own", language="", phrases=(HELLO,))])
    again.show("王小姐")
    insert(again, "hi")
    assert texts(again) == ["您好1"]


def test_a_loop_is_named_and_nothing_inserted(shop: Shop) -> None:
    insert(shop, "loop")
    assert texts(shop) == []
    notice = shop.notices[-1]
    assert notice is not None
    assert (notice.outcome, notice.names) == (Outcome.NESTED_IN_ITSELF, ("loop", "loop"))


def test_a_follow_up_rule_adds_to_the_promise(shop: Shop) -> None:
    insert(shop, "call")
    now = shop.stored(PhraseInserted)[0].at
    added = [event for event in shop.stored(FollowupAdded) if isinstance(event, FollowupAdded)]
    assert [(event.about, event.promise, event.customer) for event in added] == [
        ("答复", True, "王小姐"),
        ("回访", False, "王小姐"),
    ]
    assert added[1].due == now + timedelta(days=1)


def test_a_phrase_that_is_only_to_be_copied_is(shop: Shop) -> None:
    insert(shop, "copy")
    notice = shop.notices[-1]
    assert notice is not None
    assert (texts(shop), shop.desktop.content, notice.outcome) == ([], "a\nb", Outcome.COPIED)


def test_the_clients_own_way_comes_before_that_of_any_client(shop: Shop) -> None:
    insert(shop, "own")
    assert texts(shop) == ["a b"]
    (inserted,) = shop.stored(PhraseInserted)
    assert isinstance(inserted, PhraseInserted)
    assert inserted.sent


def test_what_is_for_another_client_is_found_but_marked(shop: Shop) -> None:
    assert row(shop, "taobao") is None
    found = row(shop, "taobao", "taobao")
    assert found is not None
    assert found.unfit is Unfit.CLIENT


def test_what_is_for_another_category_is_hidden_once_the_category_is_known(shop: Shop) -> None:
    assert row(shop, "complaint") is not None
    shop.desk.set_category(Category.ORDER)
    assert shop.stored(CategorySet)
    assert row(shop, "complaint") is None
    found = row(shop, "complaint", "complaint")
    assert found is not None
    assert found.unfit is Unfit.CATEGORY


def test_an_english_pack_speaks_english(shop: Shop) -> None:
    shown = row(shop, "english")
    assert shown is not None
    assert shown.text == "by today 11:00"


def test_favourites_that_fit_the_moment_come_first_until_something_is_searched_for(shop: Shop) -> None:
    def plain(id: str, stage: Stage | None = None, *, favourite: bool = False) -> Phrase:
        return Phrase(id=PhraseId(id), title=f"物流 {id}", body="x", stage=stage, favourite=favourite)

    phrases = (
        plain("greet", Stage.GREET),
        *(plain(f"other {number}") for number in range(70)),
        plain("for the end", Stage.CALL_BACK, favourite=True),
        plain("any", favourite=True),
    )
    shop.library.replace([Pack(name="own", language="", phrases=phrases)])
    assert [row.phrase for row in shop.phrasing.rows("")][:3] == ["any", "greet", "other 0"]
    assert next(row.phrase for row in shop.phrasing.rows("物流")) == "greet"


def test_a_row_says_what_goes_with_it_and_what_to_know(shop: Shop) -> None:
    picture = Attachment(path="a.png", kind=AttachmentKind.IMAGE)
    phrase = replace(
        special("p", "x", Details(attachments=(picture,), note="先看库存")), colour=Colour.RED, favourite=True
    )
    shop.library.replace([Pack(name="own", language="", phrases=(phrase,))])
    (shown,) = shop.phrasing.rows("")
    assert (shown.enclosed, shown.note, shown.colour, shown.favourite) == (1, "先看库存", Colour.RED, True)
