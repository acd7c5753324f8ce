"""Finding phrases: what is found, why, in which order, and which characters are shown."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sidebar.domain.folding import fold, letters
from sidebar.domain.hits import MatchedBy
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrase_details import Details, Option
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.place_sets import places_in
from sidebar.domain.search import Index
from sidebar.domain.typed_titles import TypedTitles, row_of
from sidebar.domain.typing_ways import Syllables
from tests.domain.finding import PINYIN, found, ids, only, phrase, readings, spelt


def ids_of(phrases: Sequence[Phrase]) -> list[str]:
    return [each.id for each in phrases]


def found_by(phrases: Sequence[Phrase], query: str) -> list[str]:
    return [hit.phrase.title for hit in Index(phrases, rarely).search(query)]


@pytest.mark.parametrize(
    ("title", "query", "why", "matched"),
    [
        ("物流核实", "wlhs", MatchedBy.INITIALS, (0, 1, 2, 3)),
        ("物流核实", "HS", MatchedBy.INITIALS, (2, 3)),
        ("物流核实", "ｗｌ", MatchedBy.INITIALS, (0, 1)),
        ("物流核实", "流核", MatchedBy.TITLE, (1, 2)),
        ("物流核实", "物流 核实", MatchedBy.TITLE, (0, 1, 2, 3)),
        ("物流核实", "wuliu", MatchedBy.PINYIN, (0, 1)),
        ("物流核实", "wu liu", MatchedBy.PINYIN, (0, 1)),
        ("物流核实", "wuliuheshi", MatchedBy.PINYIN, (0, 1, 2, 3)),
        ("物流核实", "wul", MatchedBy.PINYIN, (0, 1)),
        ("物流核实", "liuhes", MatchedBy.PINYIN, (1, 2, 3)),
        ("物流核实", "wuliuhs", MatchedBy.PINYIN, (0, 1, 2, 3)),
        ("物流核实", "wl核实", MatchedBy.PINYIN, (0, 1, 2, 3)),
        ("物流核实", "物liu", MatchedBy.PINYIN, (0, 1)),
        ("物流核实", "wlhesh", MatchedBy.PINYIN, (0, 1, 2, 3)),
        ("重庆银行", "chongqingyinhang", MatchedBy.PINYIN, (0, 1, 2, 3)),
        ("重庆银行", "zqyx", MatchedBy.INITIALS, (0, 1, 2, 3)),
        ("重庆银行", "cqyh", MatchedBy.INITIALS, (0, 1, 2, 3)),
        ("西安", "xian", MatchedBy.PINYIN, (0, 1)),
        ("西安", "xi'an", MatchedBy.PINYIN, (0, 1)),
        ("先生", "xian", MatchedBy.PINYIN, (0,)),
        ("商品", "shp", MatchedBy.PINYIN, (0, 1)),
        ("策略", "celue", MatchedBy.PINYIN, (0, 1)),
        ("策略", "celve", MatchedBy.PINYIN, (0, 1)),
        ("7天无理由", "7twly", MatchedBy.PINYIN, (0, 1, 2, 3, 4)),
        ("查询（物流）", "cxwl", MatchedBy.INITIALS, (0, 1, 3, 4)),
        ("ＶＩＰ 商品", "vipsp", MatchedBy.PINYIN, (0, 1, 2, 4, 5)),
        ("VIP", "vip", MatchedBy.TITLE, (0, 1, 2)),
        ("Ⅳ号", "iv", MatchedBy.TITLE, (0,)),
        ("Straße", "STRASSE", MatchedBy.TITLE, (0, 1, 2, 3, 4, 5)),
        ("好😊", "😊", MatchedBy.TITLE, (1,)),
    ],
)
def test_finds_a_title_as_it_is_typed(
    title: str, query: str, why: MatchedBy, matched: tuple[int, ...]
) -> None:
    hit = only(title, query)
    assert (hit.why, hit.matched) == (why, matched)


@pytest.mark.parametrize("query", ["wh", "wuhe", "iu", "wliuh e x", "流物", "wlhss", "、"])
def test_does_not_find_what_is_not_typed_in_one_run(query: str) -> None:
    assert Index([phrase("物流核实")], readings).search(query) == ()


def test_a_title_is_not_found_across_its_end() -> None:
    assert found([phrase("物流"), phrase("核实")], "流核") == []
    assert found([phrase("物流"), phrase("核实")], "lh") == []


def test_ranks_by_the_way_it_was_found() -> None:
    phrases = [
        phrase("a", body="请看 wl 说明"),
        phrase("b", tags=("wl",)),
        phrase("好wl"),
        phrase("物流"),
        phrase("c", code="wl2"),
        phrase("d", code="WL"),
    ]
    assert found(phrases, "wl") == [
        ("d", MatchedBy.CODE),
        ("c", MatchedBy.CODE),
        ("物流", MatchedBy.INITIALS),
        ("好wl", MatchedBy.TITLE),
        ("b", MatchedBy.TAG),
        ("a", MatchedBy.BODY),
    ]


def test_a_title_in_letters_comes_before_one_in_pinyin() -> None:
    assert found([phrase("无理由"), phrase("wuli")], "wuli") == [
        ("wuli", MatchedBy.TITLE),
        ("无理由", MatchedBy.PINYIN),
    ]


def test_finds_each_phrase_once_for_its_best_reason() -> None:
    everywhere = phrase("物流", code="wl", tags=("wl",), body="wl")
    assert found([everywhere], "wl") == [("物流", MatchedBy.CODE)]


def test_a_code_that_is_the_titles_initials_shows_them() -> None:
    its = phrase("物流核实 · 给时限", code="wlhs")
    (hit,) = Index([its], readings).search("wlhs")
    assert (hit.why, hit.matched) == (MatchedBy.CODE, (0, 1, 2, 3))
    (hit,) = Index([phrase("物流核实", code="x1")], readings).search("x1")
    assert (hit.why, hit.matched) == (MatchedBy.CODE, ())


def test_among_equals_the_most_used_comes_first_then_what_fits_then_the_start_then_the_pack() -> None:
    phrases = [
        phrase("查询物流"),
        phrase("物流"),
        phrase("物流查询", category=Category.LOGISTICS),
        phrase("发货物流", stage=Stage.OFFER, category=Category.LOGISTICS),
        phrase("好物流", category=Category.PRODUCT),
        phrase("退货物流", category=Category.PRODUCT),
    ]
    hits = Index(phrases, readings).search(
        "物流", stage=Stage.OFFER, category=Category.LOGISTICS, uses={PhraseId("退货物流"): 1}
    )
    assert [hit.phrase.title for hit in hits] == [
        "退货物流",
        "发货物流",
        "物流查询",
        "物流",
        "查询物流",
        "好物流",
    ]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_no_number_of_uses_lifts_a_phrase_over_a_better_match() -> None:
    phrases = [phrase("a", body="物流"), phrase("物流")]
    hits = Index(phrases, readings).search("物流", uses={PhraseId("a"): 10**9})
    assert [hit.phrase.title for hit in hits] == ["物流", "a"]


def rarely(character: str) -> Sequence[str]:
    """有 is read wei, but hardly ever."""
    return {"有": Syllables(("you", "wei"), 1), "未": ("wei",), "货": ("huo",)}.get(character, ())


@pytest.mark.parametrize("many", [1, 5, 99, 100, 101, 400])
@pytest.mark.parametrize("query", ["w", "wei", "weihuo", "whuo", "huo wei", "wei 货"])
def test_what_is_usually_read_so_comes_first(many: int, query: str) -> None:
    seldom = [phrase(f"有货{number}") for number in range(many)]
    usual = [phrase("我有未货"), phrase("未货", tags=("a",)), phrase("有未货")]
    uses = {each.id: 9 for each in seldom}
    phrases = [seldom[0], usual[0], *seldom[1:], *usual[1:]]
    hits = Index(phrases, rarely).search(query, uses=uses)
    assert {hit.phrase.title for hit in hits[:3]} == {"我有未货", "未货", "有未货"}
    assert ids(hits[3:]) == ids_of(seldom)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    shown = next(hit for hit in hits if hit.phrase.title == "我有未货")
    assert 2 in shown.matched
    assert 1 not in shown.matched


def test_a_word_that_is_a_tag_as_well_is_not_read_rarely() -> None:
    usual, seldom = phrase("未货"), phrase("有货")
    assert found_by([seldom, usual], "huo wei") == ["未货", "有货"]
    assert found_by([replace(seldom, tags=("wei",)), usual], "huo wei") == ["有货", "未货"]
    assert found_by([replace(seldom, code="weiter"), usual], "huo wei") == ["有货", "未货"]


@pytest.mark.parametrize("query", ["", "  ", "\u3000"])
def test_a_blank_query_lists_everything_what_fits_first(query: str) -> None:
    phrases = [
        phrase("other", stage=Stage.GREET, category=Category.PRODUCT),
        phrase("any"),
        phrase("any, used"),
        phrase("stage", stage=Stage.OFFER),
        phrase("both", stage=Stage.OFFER, category=Category.LOGISTICS),
    ]
    hits = Index(phrases, readings).search(
        query,
        stage=Stage.OFFER,
        category=Category.LOGISTICS,
        uses={PhraseId("any, used"): 2, PhraseId("other"): 9, PhraseId("gone"): 99},
    )
    assert [hit.phrase.title for hit in hits] == ["both", "stage", "any, used", "any", "other"]
    assert {hit.why for hit in hits} == {MatchedBy.NOTHING}


def test_without_stage_uses_and_query_the_order_is_the_packs() -> None:
    phrases = [phrase("b", stage=Stage.OFFER), phrase("a"), phrase("c", category=Category.ORDER)]
    assert [hit.phrase.title for hit in Index(phrases, readings).search("")] == ["b", "a", "c"]


def test_a_limit_takes_the_best() -> None:
    phrases = [phrase("a", body="物流"), phrase("物流"), phrase("查物流"), phrase("流", tags=("物流",))]
    index = Index(phrases, readings)
    whole = index.search("物流")
    assert len(whole) == 4
    for limit in range(6):
        assert index.search("物流", limit=limit) == whole[:limit]
        assert index.search("", limit=limit) == index.search("")[:limit]


def test_a_body_is_found_within_itself_only_and_whatever_its_width_and_case() -> None:
    phrases = [phrase("a", body="您好\nＯＫ"), phrase("b", body="ok了"), phrase("c", body="kb")]
    assert found(phrases, "Ok") == [("a", MatchedBy.BODY), ("b", MatchedBy.BODY)]
    assert found(phrases, "okok") == []


def test_a_pasted_sentence_is_found_in_its_body() -> None:
    sentence = "您好，" * 100
    assert found([phrase("a", body=sentence)], sentence) == [("a", MatchedBy.BODY)]


def test_a_title_without_the_query_has_no_matched_characters() -> None:
    # Two ways lead to the end of "she", s + he and sh + e, and neither goes on.
    row = row_of(["甲乙丙"], lambda character: {"甲": ["sha"], "乙": ["he", "e"]}.get(character, []))
    titles = TypedTitles(["甲乙丙"], row)
    assert titles.columns(0, "she", titles.spelt) == (0, 1)
    assert titles.columns(0, "shex", titles.spelt) == ()


def test_an_empty_library_finds_nothing() -> None:
    assert Index([], readings).search("wl") == ()
    assert Index([], readings).search("") == ()
    assert Index([phrase("")], readings).search("wl") == ()


titles = st.text(st.sampled_from([*PINYIN, *"wl7Va -（"]), max_size=6)
queries = st.text(st.sampled_from([*"物流核重行西安", *"wuliheshcqnx7V "]), max_size=8)


@given(st.lists(titles, max_size=5), queries)
def test_finds_exactly_the_titles_that_are_typed_so(many: list[str], query: str) -> None:
    typed, rows = letters(query), [letters(title) for title in many]
    assume(typed)
    typed_titles = TypedTitles(many, row_of(many, readings))
    found = typed_titles.find(typed, typed_titles.spelt)
    numbers, from_start = (
        [typed_titles.number(end) for end in places_in(ends)] for ends in (found.titles, found.from_start)
    )
    anywhere = [at for at, row in enumerate(rows) if any(spelt(typed, row[i:]) for i in range(len(row)))]
    assert numbers == anywhere
    assert from_start == [at for at in anywhere if spelt(typed, rows[at])]


@given(st.lists(titles, max_size=5), queries)
def test_the_matched_characters_are_typed_by_the_query(many: list[str], query: str) -> None:
    typed = letters(query)
    for hit in Index([phrase(title) for title in dict.fromkeys(many)], readings).search(query):
        if hit.matched and hit.why is not MatchedBy.TYPO:
            assert spelt(typed, "".join(letters(hit.phrase.title[at]) for at in hit.matched))
            assert list(hit.matched) == sorted(set(hit.matched))


@given(
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=20))), st.text(max_size=6)
)
def test_no_phrase_and_no_query_make_it_stumble(rows: list[tuple[str, str, str]], query: str) -> None:
    phrases = [
        Phrase(id=PhraseId(str(at)), title=title, body=body, code=code, tags=(code,))
        for at, (title, code, body) in enumerate(rows)
    ]
    hits = Index(phrases, readings).search(query)
    assert len({hit.phrase.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert all(0 <= at < len(hit.phrase.title) for at in hit.matched)


def naive(known: Phrase, query: str) -> MatchedBy | None:
    """Why *known* is found by *query*, slips apart: said plainly, for one phrase after the other."""
    text = fold(query).strip()
    typed, title = letters(text), letters(known.title)
    initial = [{each[0] for each in readings(character)} for character in title]
    runs = range(len(title) - len(typed) + 1) if typed else ()
    if fold(known.code).strip().startswith(text):
        return MatchedBy.CODE
    if any(all(typed[i] in initial[at + i] for i in range(len(typed))) for at in runs):
        return MatchedBy.INITIALS
    if typed and typed in title:
        return MatchedBy.TITLE
    if typed and any(spelt(typed, title[at:]) for at in range(len(title))):
        return MatchedBy.PINYIN
    if any(text in fold(tag) for tag in known.tags):
        return MatchedBy.TAG
    if text in fold(known.body):
        return MatchedBy.BODY
    assert known.details is not None
    if any(text in fold(each) for each in known.details.variants):
        return MatchedBy.VARIANT
    return MatchedBy.OPTION if any(text in fold(each.rule) for each in known.details.options) else None


some = st.text(st.sampled_from([*"物流核重行西安", *"wulhsx7V -"]), max_size=7)
libraries = st.lists(
    st.builds(
        lambda title, code, tag, body, details: Phrase(
            id=PhraseId(""), title=title, code=code, tags=(tag,), body=body, details=details
        ),
        *(some, some, some.filter(str.strip), some),
        st.builds(
            lambda variants, rules: Details(
                variants=tuple(variants), options=tuple(Option(text="", rule=rule) for rule in rules)
            ),
            st.lists(some, max_size=2),
            st.lists(some, max_size=2),
        ),
    ),
    max_size=5,
).map(lambda phrases: [replace(each, id=PhraseId(str(at))) for at, each in enumerate(phrases)])


@given(libraries, some.filter(lambda query: 0 < len(query.split()) < 2))
def test_one_word_finds_what_a_look_at_every_phrase_finds(phrases: list[Phrase], query: str) -> None:
    hits = [hit for hit in Index(phrases, readings).search(query) if hit.why is not MatchedBy.TYPO]
    expected = {known.id: why for known in phrases if (why := naive(known, query)) is not None}
    assert {hit.phrase.id: hit.why for hit in hits} == expected
    best_first = [MatchedBy.CODE, MatchedBy.INITIALS, MatchedBy.TITLE, MatchedBy.PINYIN, MatchedBy.TAG]
    order = {why: rank for rank, why in enumerate(best_first)}
    ranks = [order.get(hit.why, len(order)) for hit in hits]
    assert ranks == sorted(ranks)


@given(libraries, some, some)
def test_several_words_find_the_phrases_that_have_each(
    phrases: list[Phrase], first: str, second: str
) -> None:
    words = list(dict.fromkeys(fold(f"{first} {second}").split()))
    assume(all(letters(word) for word in words) and len(words) > 1)
    each_has = {known.id for known in phrases if all(naive(known, word) for word in words)}
    assert each_has <= set(ids(Index(phrases, readings).search(" ".join(words))))


@given(libraries, libraries, some)
def test_more_phrases_take_nothing_away(few: list[Phrase], more: list[Phrase], query: str) -> None:
    added = [replace(known, id=PhraseId(f"more {known.id}")) for known in more]
    found = ids(Index(few, readings).search(query))
    assert [
        each for each in ids(Index([*few, *added], readings).search(query)) if each in set(found)
    ] == found


@given(libraries, st.lists(some, min_size=1, max_size=6))
def test_what_was_typed_before_changes_nothing(phrases: list[Phrase], queries: list[str]) -> None:
    used, fresh = Index(phrases, readings), Index(phrases, readings)
    for query in queries:
        for end in range(len(query) + 1):
            used.search(query[:end])
    assert all(piece is None for piece in fresh.warm())
    assert used.search(queries[-1]) == fresh.search(queries[-1])


@given(libraries, some)
def test_the_matched_characters_of_a_body_are_those_of_the_words(phrases: list[Phrase], query: str) -> None:
    for hit in Index(phrases, readings).search(query):
        folded = [fold(character) for character in hit.phrase.body]
        text = fold(query).strip()
        for sought in ((text,), text.split()):
            spots = {
                at + i
                for word in sought
                for at in range(len(folded))
                if folded[at : at + len(word)] == list(word)
                for i in range(len(word))
            }
            if set(hit.in_body) <= spots:
                break
        else:
            pytest.fail(f"{hit.in_body} of {hit.phrase.body!r} are not {query!r}")


def test_words_are_found_in_any_order_and_shown() -> None:
    (hit,) = Index([phrase("物流核实", body="请稍候，正在核实")], readings).search("核实 wl")
    assert (hit.why, hit.matched, hit.in_body) == (MatchedBy.TITLE, (0, 1, 2, 3), (6, 7))


def test_words_as_they_stand_come_before_words_in_another_order() -> None:
    phrases = [phrase("核实物流"), phrase("物流核实")]
    assert [title for title, _ in found(phrases, "物流 核实")] == ["物流核实", "核实物流"]


def test_words_may_be_in_title_tag_and_body() -> None:
    phrases = [phrase("物流", tags=("售后",), body="请稍候"), phrase("物流", body="请稍候")]
    assert found(phrases[:1], "wuliu 售后 稍候") == [("物流", MatchedBy.BODY)]
    assert found(phrases[:1], "wuliu 售后") == [("物流", MatchedBy.TAG)]
    assert found(phrases[1:], "wuliu 售后 稍候") == []


def test_other_wordings_and_options_are_found_and_named() -> None:
    option = Option(text="退货退款", pros="全额退", cons="要等", rule="平台规则第三条")
    details = Details(variants=("马上为您查", "这就去看一下库存"), options=(option,))
    phrases = [replace(phrase("核实", body="请稍候，我看一下"), details=details)]
    assert found(phrases, "看一下") == [("核实", MatchedBy.BODY)]
    for query in ("库存", "核实 库存", "请稍候 库存", "hs 库存"):
        (hit,) = Index(phrases, readings).search(query)
        assert (hit.why, hit.variant) == (MatchedBy.VARIANT, "这就去看一下库存")
    (hit,) = Index(phrases, readings).search("请稍候 库存")
    assert hit.in_body == (0, 1, 2)
    assert found(phrases, "规则第三") == [("核实", MatchedBy.OPTION)]
    assert found(phrases, "全额 马上") == [("核实", MatchedBy.OPTION)]
    assert found(phrases, "查这") == []


def test_the_matched_characters_of_a_body_are_shown_whatever_their_width() -> None:
    (hit,) = Index([phrase("a", body="回Ｏｋ：㏂8点，ok")], readings).search("OK")
    assert hit.in_body == (1, 2, 8, 9)


@given(st.text(st.sampled_from("abcABC１物流 "), min_size=1, max_size=6))
def test_a_phrase_is_found_by_its_own_code_title_and_body(text: str) -> None:
    assume(text.strip())
    for known, why in (
        (phrase("x", code=text), MatchedBy.CODE),
        (phrase(text), MatchedBy.TITLE),
        (phrase("x", body=text), MatchedBy.BODY),
    ):
        assert [hit.why for hit in Index([known], readings).search(text)] == [why]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("@物流", ["a", "物流", "b"]),
        ("@wl", ["a", "物流", "b"]),
        ("@wuliu/hs", ["b"]),
        ("@核实", ["b"]),
        ("核实 @物流", ["b"]),
        ("@物流 核实", ["b"]),
        ("@核 @物 核实", ["b"]),
        ("@商品 核实", ["核实"]),
        ("@西安", []),
        ("＠商品", ["核实"]),
        ("@", ["a", "物流", "b", "核实"]),
        ("a@b", []),
    ],
)
def test_a_word_behind_an_at_names_a_group(query: str, expected: list[str]) -> None:
    phrases = [
        replace(phrase("a"), group=("物流",)),
        replace(phrase("物流"), group=("物流", "查询")),
        replace(phrase("b", body="核实"), group=("物流", "核实")),
        replace(phrase("核实"), group=("商品",)),
    ]
    assert ids(Index(phrases, readings).search(query)) == expected
