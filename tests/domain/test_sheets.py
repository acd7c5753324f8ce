"""A phrase as the texts of a form, and back."""

from dataclasses import replace

import pytest
from hypothesis import example, given

from sidebar.domain.bulk_edits import BulkEdit, To
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Allowance, Attachment, AttachmentKind, Details, Field, Option
from sidebar.domain.phrases import Category, Colour, Phrase, Stage
from sidebar.domain.sheets import Sheet, blank, phrase_of, sheet_of, short_title, slips_of
from sidebar.domain.typed_texts import clean_line
from tests.phrase_strategies import phrases

BASE = Phrase(
    id=PhraseId("p"),
    title="物流",
    body="在催了",
    tags=("a，b", "c"),
    group=("物流/快递", "核实"),
    details=Details(note="电话", fields=(Field(name="单号"),)),
    placeholders=True,
)


@given(phrases(enclosing=True))
def test_what_nobody_touched_is_what_it_was(phrase: Phrase) -> None:
    assert phrase_of(sheet_of(phrase), phrase) == phrase
    assert slips_of(sheet_of(phrase), phrase) == ()


ON_TWO_LINES = replace(BASE, details=Details(options=(Option(text="补发\u2028退款"),)))
"""With an option no form would take, as a pack file may hold it."""


@given(phrases(), phrases(enclosing=True))
@example(BASE, ON_TWO_LINES)
@example(ON_TWO_LINES, replace(ON_TWO_LINES, title="售后"))
def test_what_one_phrase_says_can_be_said_of_another(base: Phrase, other: Phrase) -> None:
    """An option is cleaned as typed texts are, except one that the other phrase has just so already."""
    made = phrase_of(sheet_of(other), base)
    assert made is not None
    assert (made.id, made.hotkey) == (base.id, base.hotkey)
    had, has = other.details or Details(), made.details or Details()
    assert len(has.variants) == len(had.variants)
    assert [field.name for field in has.fields] == [field.name for field in had.fields]
    kept = base.details.options if base.details is not None else ()
    said = [each.text if each in kept else clean_line(each.text) for each in had.options]
    assert [option.text for option in has.options] == said
    assert (has.attachments, has.ways, has.only) == (had.attachments, had.ways, had.only)
    assert (made.promise is None) == (other.promise is None)


def test_commas_of_either_kind_part_tags_and_slashes_part_groups() -> None:
    sheet = replace(sheet_of(BASE), tags=" 早班， 物流 ,早班；x、", group="物流 / 核实/")
    made = phrase_of(sheet, BASE)
    assert made is not None
    assert (made.tags, made.group) == (("早班", "物流", "x"), ("物流", "核实"))
    untouched = phrase_of(replace(sheet_of(BASE), code=" x "), BASE)
    assert untouched == replace(BASE, code="x")


def test_a_text_is_cleaned_of_what_no_chat_takes() -> None:
    made = phrase_of(Sheet(title=" a\nb ", body="一\r\n二\x0b\x00  \n\n"), blank(PhraseId("n")))
    assert made == Phrase(id=PhraseId("n"), title="a b", body="一\n二")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("亲，在的，有什么可以帮您", "亲，在的"),
        ("您的包裹今天寄出，请放心。", "您的包裹今天寄出"),
        ("Your parcel leaves today. Thank you", "Your parcel leaves today"),
        (
            "一二三四五六七八九十一二三四五六七八九十一二三四五六",
            "一二三四五六七八九十一二三四五六七八九十一二三四",
        ),
        ("\n\n第二行才有字\n第三行", "第二行才有字"),
    ],
)
def test_a_text_without_a_name_is_called_by_its_beginning(body: str, title: str) -> None:
    assert short_title(body) == title


def test_without_a_text_there_is_no_phrase_unless_it_has_pictures() -> None:
    assert phrase_of(Sheet(title="x", body=" \n"), blank(PhraseId("n"))) is None
    picture = Attachment(path="/a.png", kind=AttachmentKind.IMAGE)
    wordless = replace(BASE, body="", details=Details(attachments=(picture,)))
    assert phrase_of(sheet_of(wordless), wordless) is not None


def test_rules_are_let_pass_in_the_details() -> None:
    allowed = (Allowance(rule="r", reason="w"),)
    made = phrase_of(replace(sheet_of(BASE), allow=allowed), BASE)
    assert made is not None
    assert made.details == replace(BASE.details or Details(), allow=allowed)
    assert phrase_of(sheet_of(made), made) == made


def test_many_are_changed_in_what_is_said_and_nothing_else() -> None:
    edit = BulkEdit(
        add=("x", "c"),
        drop=("a，b",),
        stage=To(Stage.CLOSE),
        category=To(None),
        colour=To(Colour.RED),
        favourite=True,
    )
    base = replace(BASE, category=Category.ORDER)
    assert edit.made_of(base) == replace(
        BASE, tags=("c", "x"), stage=Stage.CLOSE, colour=Colour.RED, favourite=True
    )
    assert BulkEdit().empty
    assert BulkEdit(group=()).made_of(BASE) == replace(BASE, group=())
