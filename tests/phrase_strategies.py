"""Phrases as wild as a library may hold them, for the property tests."""

import string
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from sidebar.domain.hotkeys import parse_global
from sidebar.domain.identifiers import ClientName, PhraseId
from sidebar.domain.newlines import Newlines
from sidebar.domain.phrase_details import (
    Allowance,
    Attachment,
    AttachmentKind,
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
from sidebar.domain.phrases import Category, Colour, Phrase, Promise, Stage

# What YAML, CSV, JSON and spreadsheets give a meaning, and what nobody types on purpose.
_MARKS = [*"=+-@'\",;:#&*!|>%`{}[]\\/\t \u3000\xa0\u2028\x85\ufeff，；、＝－￥𠮷"]
_NASTY = st.sampled_from([*_MARKS, "{{", "}}", "\\{\\{", "''=", "_x000D_"])
_WORDS = [*string.ascii_letters, *string.digits, *"亲您好发货退款今天前", "true", "null", "007"]
_PLAIN = st.sampled_from(_WORDS)
_PIECES = st.lists(st.one_of(_PLAIN, _PLAIN, _NASTY), min_size=1, max_size=12).map("".join)
_WILD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


def _a_name(text: str) -> str:
    return text.strip() or "名"


def _a_text(text: str) -> str:
    return text.rstrip() or "正文"


names = st.one_of(_PIECES, _PIECES, _WILD).map(_a_name)
"""Short texts on one line, as forms read them."""
texts = st.lists(st.one_of(_PIECES, _WILD, st.just("\n"), st.just("")), min_size=1, max_size=6).map(
    lambda parts: _a_text("".join(parts))
)
"""Texts of several lines, without line breaks at their end."""
spans = st.integers(1, 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds))
_names = st.lists(names, max_size=3).map(tuple)
_unique = st.lists(names, max_size=3, unique=True).map(tuple)
_hotkeys = st.sampled_from(["", "ctrl+alt+1", "f8", "ctrl+shift+k"]).map(
    lambda text: str(parse_global(text)) if text else ""
)
_field_names = st.text(st.sampled_from("称呼单号颜色Name_"), min_size=1, max_size=6)


@st.composite
def _fields(draw: st.DrawFn) -> Field:
    choices = draw(_unique)
    if choices:
        return Field(
            name=draw(_field_names), kind=FieldKind.CHOICE, choices=choices, remember=draw(st.booleans())
        )
    kind = draw(st.sampled_from([FieldKind.TEXT, FieldKind.PARAGRAPH]))
    return Field(name=draw(_field_names), kind=kind, default=draw(st.sampled_from(["", "亲"])))


_ways = st.builds(
    ClientWay,
    client=st.sampled_from([ClientName("any"), ClientName("taobao")]),
    newlines=st.none() | st.sampled_from(Newlines),
    delivery=st.none() | st.sampled_from(Delivery),
).filter(lambda way: way.newlines is not None or way.delivery is not None)
_condition = st.builds(
    Condition,
    clients=st.lists(st.sampled_from([ClientName("pdd"), ClientName("jd")]), unique=True).map(tuple),
    categories=st.lists(st.sampled_from(Category), unique=True).map(tuple),
).filter(lambda condition: bool(condition.clients or condition.categories))
_options = st.builds(Option, text=names, pros=st.just("") | names, rule=st.just(""))
_follow_ups = st.builds(FollowUpRule, about=texts, after=st.none(), within=spans)
_details = st.builds(
    Details,
    variants=st.lists(texts, max_size=2).map(tuple),
    rotation=st.sampled_from(Rotation),
    fields=st.lists(_fields(), max_size=2, unique_by=lambda field: field.name.casefold()).map(tuple),
    ways=st.lists(_ways, max_size=2, unique_by=lambda way: way.client).map(tuple),
    only=st.none() | _condition,
    options=st.lists(
        st.builds(Option, text=names, pros=st.just("") | names, rule=st.just("")), max_size=3
    ).map(tuple),
    follow_up=st.none() | _follow_ups,
    allow=st.lists(
        st.builds(Allowance, rule=names, reason=names), max_size=2, unique_by=lambda allowed: allowed.rule
    ).map(tuple),
    note=st.just("") | texts,
)


@st.composite
def _enclosed(draw: st.DrawFn) -> tuple[Attachment, ...]:
    """Pictures and files, those that go before the text first."""
    kinds = draw(st.lists(st.sampled_from(AttachmentKind), min_size=1, max_size=4))
    before = draw(st.integers(0, len(kinds)))
    return tuple(
        Attachment(path=f"/packs/{at}.png", kind=kind, before=at < before) for at, kind in enumerate(kinds)
    )


@st.composite
def phrases(draw: st.DrawFn, *, enclosing: bool = False) -> Phrase:
    """One phrase as a pack file may hold it, without pictures unless it may be one *enclosing* some."""
    details = draw(st.none() | _details)
    if enclosing and details is not None and draw(st.booleans()):
        details = replace(details, attachments=draw(_enclosed()))
    if details == Details():
        details = None
    return Phrase(
        id=PhraseId(draw(names)),
        title=draw(names),
        body=draw(texts),
        code=draw(st.just("") | names),
        stage=draw(st.none() | st.sampled_from(Stage)),
        category=draw(st.none() | st.sampled_from(Category)),
        tags=draw(_names),
        group=draw(_names),
        placeholders=draw(st.booleans()) or (details is not None and bool(details.fields)),
        promise=draw(st.none() | st.builds(Promise, within=spans, about=texts)),
        hotkey=draw(_hotkeys),
        colour=draw(st.none() | st.sampled_from(Colour)),
        favourite=draw(st.booleans()),
        details=details,
    )


libraries = st.lists(phrases(), max_size=4, unique_by=lambda phrase: phrase.id).map(tuple)
"""Libraries in which each id is used once."""
