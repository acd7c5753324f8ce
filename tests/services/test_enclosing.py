"""Pictures and files with a phrase: each by its own paste, in order, and told where one is missing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sidebar.domain.events import InsertionRefused, PhraseInserted
from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.insertion import Outcome
from sidebar.domain.phrase_details import Attachment, AttachmentKind, ClientWay, Delivery, Details
from sidebar.domain.phrases import Pack, Phrase
from sidebar.services.views import InsertionNotice
from tests.services.test_desk import Shop


def picture(name: str, *, before: bool = False) -> Attachment:
    return Attachment(path=name, kind=AttachmentKind.IMAGE, before=before)


def phrase(id: str, body: str, *attachments: Attachment, send: bool = False) -> Phrase:
    ways = (ClientWay(client=ClientName("pidgin"), delivery=Delivery.SEND),) if send else ()
    details = Details(attachments=attachments, ways=ways)
    return Phrase(id=PhraseId(id), title=id, body=body, placeholders=True, details=details)


PHRASES = (
    phrase("both", "尺码表", picture("a", before=True), picture("b"), picture("c"), send=True),
    phrase("picture", "", picture("a")),
    phrase("caret", "您好{cursor}，再见"),
    phrase("caret and picture", "您好{cursor}，再见", picture("a")),
)


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    made.library.replace([Pack(name="own", language="", phrases=PHRASES)])
    made.show("王小姐")
    made.desktop.log.clear()
    return made


def insert(shop: Shop, id: str) -> None:
    shop.phrasing.insert(PhraseId(id))
    shop.pass_time(seconds=20)


def pasted(shop: Shop) -> list[str]:
    return [text for _, text in shop.desktop.typed]


def told(shop: Shop) -> InsertionNotice:
    notice = shop.notices[-1]
    assert notice is not None
    return notice


def after_fetches(shop: Shop, count: int, act: Callable[[], None]) -> None:
    """Run *act* when the client has fetched *count* times."""

    def look() -> None:
        if len(shop.desktop.typed) >= count:
            act()
        else:
            shop.time.call_later(timedelta(milliseconds=1), look)

    look()


def test_each_goes_in_by_itself_in_order_and_is_sent_with_the_text(shop: Shop) -> None:
    insert(shop, "both")
    assert pasted(shop) == ["<a>", "尺码表", "<b>", "<c>"]
    assert [entry for entry in shop.desktop.log if "+" in entry or entry == "return"] == [
        *["ctrl+v"] * 4,
        "return",
    ]
    assert shop.desktop.content == "before"
    (inserted,) = shop.stored(PhraseInserted)
    assert isinstance(inserted, PhraseInserted)
    assert inserted.sent


def test_a_picture_alone_is_a_phrase(shop: Shop) -> None:
    insert(shop, "picture")
    assert pasted(shop) == ["<a>"]
    assert shop.notices[-1] is None
    assert shop.stored(PhraseInserted)


def test_a_picture_that_cannot_be_read_stops_all_of_it_and_is_named(shop: Shop) -> None:
    shop.enclosures.gone = {"c"}
    insert(shop, "both")
    assert pasted(shop) == []
    assert (told(shop).outcome, told(shop).names) == (Outcome.NO_FILE, ("c",))


def test_a_buyer_who_changes_before_the_text_leaves_it_on_the_clipboard(shop: Shop) -> None:
    after_fetches(shop, 1, lambda: shop.show("Mr. Smith"))
    insert(shop, "both")
    assert pasted(shop) == ["<a>"]
    assert shop.desktop.content == "尺码表"
    assert told(shop).outcome is Outcome.WRONG_CUSTOMER
    assert shop.stored(InsertionRefused)


def test_what_does_not_follow_the_text_is_named_and_nothing_sent(shop: Shop) -> None:
    after_fetches(shop, 3, lambda: shop.show("Mr. Smith"))
    insert(shop, "both")
    assert pasted(shop) == ["<a>", "尺码表", "<b>"]
    assert (told(shop).outcome, told(shop).left) == (Outcome.INSERTED, ("c",))
    assert "return" not in shop.desktop.log
    assert shop.desktop.content == "before"
    (inserted,) = shop.stored(PhraseInserted)
    assert isinstance(inserted, PhraseInserted)
    assert not inserted.sent


def test_a_client_that_takes_no_pictures_gives_the_users_clipboard_back(shop: Shop) -> None:
    shop.desktop.fetch_after = None
    insert(shop, "picture")
    assert told(shop).outcome is Outcome.NOT_TAKEN
    assert shop.desktop.content == "before"


def test_the_caret_goes_back_to_its_place(shop: Shop) -> None:
    insert(shop, "caret")
    assert pasted(shop) == ["您好，再见"]
    assert shop.desktop.log.count("left") == 3


def test_the_caret_does_not_count_pictures(shop: Shop) -> None:
    insert(shop, "caret and picture")
    assert pasted(shop) == ["您好，再见", "<a>"]
    assert "left" not in shop.desktop.log


def test_the_caret_stays_where_another_buyer_is_open_by_then(shop: Shop) -> None:
    after_fetches(shop, 1, lambda: shop.show("Mr. Smith"))
    insert(shop, "caret")
    assert "left" not in shop.desktop.log
    assert shop.stored(PhraseInserted)
