"""The order of acts that makes an insertion safe, on a clock that only moves when told to."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from sidebar.domain.events import InsertionPath
from sidebar.domain.identifiers import ConversationId, InsertionId, PhraseId
from sidebar.domain.insertion import (
    BoxAnswer,
    Insertion,
    Outcome,
    PasteProfile,
    Result,
    Target,
    Typed,
    WindowInfo,
)
from sidebar.domain.newlines import Newlines
from sidebar.ports import Cancel
from sidebar.services.inserting import Inserter
from tests.fakes import FakeDesktop, FakeTime

MS = timedelta(milliseconds=1)
CHAT = WindowInfo(handle=7, pid=70, program="Pidgin", title="王小姐")
OTHER = WindowInfo(handle=8, pid=80, program="Editor", title="notes")
BOTH = (InsertionPath.ACCESSIBILITY, InsertionPath.PASTE)
BY_LINE = PasteProfile(newlines=Newlines.SHIFT_ENTER)


class Bench:
    """An inserter on a fake desktop, and the results that came."""

    def __init__(self, *, restores: bool = True) -> None:
        self.time = FakeTime()
        self.with_more_rights: set[int] = set()
        self.desktop = FakeDesktop(self.time, front=CHAT)
        self.results: list[Result] = []
        self._count = 0
        self._waiting: list[Callable[[], None]] = []
        self.inserter = Inserter(
            scheduler=self.time,
            windows=self.desktop,
            keys=self.desktop,
            clipboard=self.desktop,
            boxes=self.desktop,
            when_active=self._when_active,
            customer_of=lambda window: window.title,
            elevated=lambda window: window.pid in self.with_more_rights,
            restores_clipboard=restores,
        )

    def _when_active(self, window: WindowInfo, action: Callable[[], None]) -> Cancel:
        def look() -> None:
            if self.desktop.front == window:
                action()
            else:
                self.time.call_later(MS, look)

        return self.time.call_later(MS, look)

    def insert(
        self,
        text: str = "您好",
        *,
        send: bool = False,
        profile: PasteProfile | None = None,
        typed: Typed | None = None,
    ) -> None:
        self._count += 1
        target = Target(
            window=CHAT,
            conversation=ConversationId("pidgin:王小姐"),
            customer="王小姐",
            profile=profile or PasteProfile(),
        )
        insertion = Insertion(
            id=InsertionId(str(self._count)),
            phrase=PhraseId("p"),
            text=text,
            target=target,
            send=send,
            typed=typed,
        )
        self.inserter.insert(insertion, self.results.append)

    def settle(self, seconds: float = 10) -> None:
        self.time.advance(timedelta(seconds=seconds))

    @property
    def outcomes(self) -> list[Outcome]:
        return [result.outcome for result in self.results]


def typed(characters: int = 4) -> Typed:
    return Typed(characters=characters, window=CHAT.handle)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_pastes_once_and_gives_the_clipboard_back(bench: Bench) -> None:
    bench.insert("您好\n请稍候")
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.typed == [(7, "您好\n请稍候")]
    assert bench.desktop.log == ["offer to 7", "ctrl+v", "restore"]
    assert bench.desktop.content == "before"


def test_tells_of_success_before_the_clipboard_is_given_back(bench: Bench) -> None:
    bench.insert()
    bench.settle(0.01)
    assert bench.outcomes == [Outcome.INSERTED]
    assert "restore" not in bench.desktop.log


def test_waits_for_the_hotkeys_modifiers_to_be_let_go(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(milliseconds=700))
    bench.insert()
    bench.settle(0.69)
    assert bench.desktop.log == ["offer to 7"]
    bench.settle(0.02)
    assert bench.desktop.typed == [(7, "您好")]


def test_gives_up_where_a_modifier_stays_down_and_leaves_the_text_on_the_clipboard(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(seconds=60))
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.MODIFIERS_HELD]
    assert bench.desktop.typed == []
    assert bench.desktop.content == "您好"


def test_types_nothing_into_another_program(bench: Bench) -> None:
    bench.desktop.front = OTHER
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_IN_FRONT]
    assert bench.desktop.log == ["keep"]


def test_types_nothing_where_another_program_comes_to_the_front_while_it_waits(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(milliseconds=500))
    bench.insert()
    bench.settle(0.3)
    bench.desktop.front = OTHER
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_IN_FRONT]
    assert bench.desktop.typed == []


def test_types_nothing_for_a_buyer_who_is_no_longer_open(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(milliseconds=500))
    bench.insert()
    bench.settle(0.3)
    bench.desktop.front = WindowInfo(handle=7, pid=70, program="Pidgin", title="Mr. Smith")
    bench.settle()
    assert bench.outcomes == [Outcome.WRONG_CUSTOMER]
    assert bench.desktop.typed == []


@pytest.mark.parametrize("path", InsertionPath)
def test_tries_nothing_with_a_client_that_has_more_rights(bench: Bench, path: InsertionPath) -> None:
    bench.with_more_rights = {70}
    bench.insert(profile=PasteProfile(paths=(path,), send_allowed=True), send=True)
    bench.settle()
    assert bench.outcomes == [Outcome.ELEVATED]
    assert bench.desktop.log == ["keep"]
    assert bench.desktop.content == "您好"
    bench.with_more_rights = set()
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.ELEVATED, Outcome.INSERTED]


def test_raises_the_chat_client_where_our_own_search_line_has_the_keyboard(bench: Bench) -> None:
    bench.desktop.front = None
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.log == ["activate 7", "offer to 7", "ctrl+v", "restore"]


def test_a_client_that_comes_to_the_front_while_we_look_is_not_taken_for_gone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter([None])
    monkeypatch.setattr(bench.desktop, "active", lambda: next(seen, CHAT))
    bench.desktop.front = None
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]


def test_says_so_where_the_chat_client_has_gone(bench: Bench) -> None:
    bench.desktop.front = None
    bench.desktop.alive = False
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.TARGET_GONE]


def test_never_presses_a_key_where_the_clipboard_refused(bench: Bench) -> None:
    bench.desktop.offers = False
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.CLIPBOARD_REFUSED]
    assert "ctrl+v" not in bench.desktop.log


def test_tries_a_clipboard_that_is_held_open_for_a_moment_again(bench: Bench) -> None:
    bench.desktop.offers = False
    bench.time.call_later(MS * 100, lambda: setattr(bench.desktop, "offers", True))
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.typed == [(7, "您好")]


def test_waits_anew_where_a_modifier_is_pressed_again_while_we_look(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = iter([False, True])
    really = bench.desktop.modifiers_held
    monkeypatch.setattr(bench.desktop, "modifiers_held", lambda: next(held, None) or really())
    bench.desktop.hold_modifiers(MS * 300)
    bench.insert()
    bench.settle(0.29)
    assert bench.desktop.typed == []
    bench.settle()
    assert bench.desktop.typed == [(7, "您好")]


def test_what_was_told_last_is_enough_to_begin_by_but_not_to_type_by(bench: Bench) -> None:
    bench.desktop.was_told = CHAT
    bench.insert()
    bench.settle(0.01)
    bench.desktop.bring_to_front(OTHER)
    bench.insert("请稍等")
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED, Outcome.NOT_IN_FRONT]
    assert bench.desktop.typed == [(7, "您好")]
    assert "activate 7" not in bench.desktop.log


def test_our_own_window_gives_way_where_that_it_is_in_front_was_not_told_yet(bench: Bench) -> None:
    bench.desktop.was_told = CHAT
    bench.desktop.bring_to_front(None)
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.typed == [(7, "您好")]
    assert bench.desktop.log == ["offer to 7", "activate 7", "offer to 7", "ctrl+v", "restore"]
    assert bench.desktop.content == "before"


def test_never_presses_a_key_where_somebody_else_has_written_the_clipboard(bench: Bench) -> None:
    bench.desktop.hold_modifiers(timedelta(milliseconds=500))
    bench.insert()
    bench.settle(0.3)
    bench.desktop.user_copies("something else")
    bench.settle()
    assert bench.outcomes == [Outcome.CLIPBOARD_REFUSED]
    assert bench.desktop.typed == []


def test_does_not_give_back_over_what_the_user_has_copied_meanwhile(bench: Bench) -> None:
    bench.insert()
    bench.settle(0.05)
    bench.desktop.user_copies("a newer copy")
    bench.settle()
    assert bench.desktop.content == "a newer copy"


def test_leaves_the_text_on_the_clipboard_where_the_client_did_not_fetch_it(bench: Bench) -> None:
    bench.desktop.fetch_after = None
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_TAKEN]
    assert bench.desktop.content == "您好"


def test_a_quick_run_arrives_in_order_and_gives_back_the_users_own_clipboard(bench: Bench) -> None:
    for number in range(20):
        bench.insert(f"phrase {number}")
    bench.settle()
    assert [text for _, text in bench.desktop.typed] == [f"phrase {number}" for number in range(20)]
    assert bench.outcomes == [Outcome.INSERTED] * 20
    assert bench.desktop.log.count("restore") == 1
    assert bench.desktop.content == "before"


def test_an_insertion_just_before_giving_back_carries_the_users_clipboard_forward(bench: Bench) -> None:
    bench.insert("one")
    bench.settle(0.1)
    bench.insert("two")
    bench.settle()
    assert bench.desktop.content == "before"
    assert bench.desktop.log.count("restore") == 1


def test_a_refusal_in_a_run_does_not_stop_those_after_it(bench: Bench) -> None:
    bench.desktop.front = OTHER
    bench.insert("one")
    bench.settle()
    bench.desktop.front = CHAT
    bench.insert("two")
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_IN_FRONT, Outcome.INSERTED]


def test_inserts_all_the_same_where_the_clipboards_owner_does_not_answer_and_says_so(bench: Bench) -> None:
    bench.desktop.saves = False
    bench.insert()
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.results[0].clipboard_lost


def test_prefers_accessibility_and_touches_neither_clipboard_nor_keys(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.WRITTEN
    bench.insert(profile=PasteProfile(paths=BOTH))
    bench.settle()
    assert bench.results[0].path is InsertionPath.ACCESSIBILITY
    assert bench.desktop.log == ["write 7"]
    assert bench.desktop.content == "before"


def test_falls_back_to_the_clipboard_where_the_box_was_left_untouched(bench: Bench) -> None:
    bench.insert(profile=PasteProfile(paths=BOTH))
    bench.settle()
    assert bench.results[0].path is InsertionPath.PASTE
    assert bench.desktop.log == ["write 7", "offer to 7", "ctrl+v", "restore"]


def test_never_tries_another_way_where_the_box_may_have_been_written(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.UNCERTAIN
    bench.insert(profile=PasteProfile(paths=BOTH))
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_TAKEN]
    assert bench.desktop.log == ["write 7", "keep"]


def test_sends_only_where_that_is_switched_on(bench: Bench) -> None:
    bench.insert(send=True)
    bench.insert(send=True, profile=PasteProfile(send_allowed=True))
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED, Outcome.SENT]
    assert bench.desktop.log.count("return") == 1


def test_leaves_the_text_unsent_where_another_window_came_to_the_front(bench: Bench) -> None:
    bench.insert(send=True, profile=PasteProfile(send_allowed=True))
    bench.settle(0.05)
    bench.desktop.front = OTHER
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert "return" not in bench.desktop.log


def test_gives_back_at_once_when_the_program_ends(bench: Bench) -> None:
    bench.insert()
    bench.settle(0.05)
    bench.inserter.give_back()
    assert bench.desktop.content == "before"


def test_leaves_the_phrase_there_where_the_agent_wants_it_so() -> None:
    bench = Bench(restores=False)
    bench.insert()
    bench.settle()
    assert bench.desktop.content == "您好"


# -- line breaks --------------------------------------------------------------------------------


def test_a_client_without_line_breaks_is_given_the_lines_joined(bench: Bench) -> None:
    bench.insert("您好\n\n请稍候", profile=PasteProfile(newlines=Newlines.JOINED))
    bench.settle()
    assert bench.desktop.typed == [(7, "您好 请稍候")]
    assert bench.outcomes == [Outcome.INSERTED]


def test_joined_lines_are_joined_on_the_clipboard_too(bench: Bench) -> None:
    bench.desktop.front = OTHER
    bench.insert("one\ntwo", profile=PasteProfile(newlines=Newlines.JOINED))
    bench.settle()
    assert bench.desktop.content == "one two"


@pytest.mark.parametrize(
    ("way", "chord"), [(Newlines.SHIFT_ENTER, "shift+return"), (Newlines.CTRL_ENTER, "ctrl+return")]
)
def test_pastes_line_by_line_with_the_chord_between(bench: Bench, way: Newlines, chord: str) -> None:
    bench.insert("one\n\nthree", profile=PasteProfile(newlines=way))
    bench.settle()
    assert bench.desktop.typed == [(7, "one"), (7, "three")]
    assert bench.desktop.log == ["offer to 7", "ctrl+v", chord, chord, "offer to 7", "ctrl+v", "restore"]
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.content == "before"


def test_one_line_is_pasted_without_any_chord(bench: Bench) -> None:
    bench.insert("one", profile=BY_LINE)
    bench.settle()
    assert bench.desktop.log == ["offer to 7", "ctrl+v", "restore"]


def test_a_blank_first_line_is_a_chord_and_nothing_offered(bench: Bench) -> None:
    bench.insert("\ntwo", profile=BY_LINE)
    bench.settle()
    assert bench.desktop.log == ["shift+return", "offer to 7", "ctrl+v", "restore"]


def test_accessibility_writes_line_breaks_as_they_are(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.WRITTEN
    bench.insert("one\ntwo", profile=PasteProfile(paths=BOTH))
    bench.settle()
    assert bench.desktop.boxes_typed == ["one\ntwo"]


def test_accessibility_is_left_out_where_line_breaks_are_keys(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.WRITTEN
    bench.insert("one\ntwo", profile=PasteProfile(paths=BOTH, newlines=Newlines.SHIFT_ENTER))
    bench.insert("one", profile=PasteProfile(paths=BOTH, newlines=Newlines.SHIFT_ENTER))
    bench.settle()
    assert [text for _, text in bench.desktop.typed] == ["one", "two"]
    assert bench.desktop.boxes_typed == ["one"]


def test_accessibility_writes_joined_lines_joined(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.WRITTEN
    bench.insert("one\ntwo", profile=PasteProfile(paths=BOTH, newlines=Newlines.JOINED))
    bench.settle()
    assert bench.desktop.boxes_typed == ["one two"]


def after_the_first_line(bench: Bench) -> None:
    bench.insert("one\ntwo\nthree", profile=BY_LINE)
    bench.settle(0.01)
    assert bench.desktop.typed == [(7, "one")]


def test_another_program_in_front_between_two_lines_keeps_the_rest_on_the_clipboard(bench: Bench) -> None:
    after_the_first_line(bench)
    bench.desktop.front = OTHER
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_IN_FRONT]
    assert bench.results[0].lines == 1
    assert bench.desktop.typed == [(7, "one")]
    assert bench.desktop.content == "two\nthree"
    assert "shift+return" not in bench.desktop.log


def test_another_buyer_between_two_lines_gets_none_of_them(bench: Bench) -> None:
    after_the_first_line(bench)
    bench.desktop.front = WindowInfo(handle=7, pid=70, program="Pidgin", title="Mr. Smith")
    bench.settle()
    assert bench.outcomes == [Outcome.WRONG_CUSTOMER]
    assert bench.desktop.content == "two\nthree"


def test_a_modifier_pressed_between_two_lines_is_waited_for(bench: Bench) -> None:
    after_the_first_line(bench)
    bench.desktop.hold_modifiers(timedelta(milliseconds=900))
    bench.settle(0.8)
    assert "shift+return" not in bench.desktop.log
    bench.settle()
    assert [text for _, text in bench.desktop.typed] == ["one", "two", "three"]


def test_a_client_that_stops_fetching_keeps_the_line_in_doubt_and_those_after_it(bench: Bench) -> None:
    after_the_first_line(bench)
    bench.desktop.fetch_after = None
    bench.settle()
    assert bench.outcomes == [Outcome.NOT_TAKEN]
    assert bench.desktop.content == "two\nthree"


def test_what_the_user_copies_between_two_lines_is_what_comes_back(bench: Bench) -> None:
    after_the_first_line(bench)
    bench.desktop.user_copies("a newer copy")
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.content == "a newer copy"


def test_a_lost_clipboard_is_told_once_for_all_lines(bench: Bench) -> None:
    bench.desktop.saves = False
    bench.insert("one\ntwo", profile=BY_LINE)
    bench.settle()
    assert bench.results[0].clipboard_lost
    assert bench.desktop.content == "two"


def test_lines_are_sent_once_and_at_the_end(bench: Bench) -> None:
    profile = PasteProfile(newlines=Newlines.SHIFT_ENTER, send_allowed=True)
    bench.insert("one\ntwo", send=True, profile=profile)
    bench.settle()
    assert [each for each in bench.desktop.log if "return" in each] == ["shift+return", "return"]
    assert bench.outcomes == [Outcome.SENT]


def test_a_client_that_fetches_twice_gets_the_same_line_both_times(bench: Bench) -> None:
    bench.desktop.fetches = 2
    bench.insert("one\ntwo", profile=BY_LINE)
    bench.settle()
    assert [text for _, text in bench.desktop.typed] == ["one", "one", "two", "two"]


def test_what_was_typed_to_ask_for_it_goes_right_before_the_paste(bench: Bench) -> None:
    bench.desktop.box = BoxAnswer.WRITTEN
    bench.insert(typed=typed(), profile=PasteProfile(paths=BOTH))
    bench.settle()
    assert bench.outcomes == [Outcome.INSERTED]
    assert bench.desktop.log == ["offer to 7", *["backspace"] * 4, "ctrl+v", "restore"]


def test_what_was_typed_goes_once_where_lines_go_in_one_by_one(bench: Bench) -> None:
    bench.insert("a\nb", typed=typed(2), profile=BY_LINE)
    bench.settle()
    assert [act for act in bench.desktop.log if act != "offer to 7"] == [
        *("backspace", "backspace", "ctrl+v", "shift+return", "ctrl+v", "restore")
    ]


@pytest.mark.parametrize(
    ("front", "outcome"),
    [
        (OTHER, Outcome.NOT_IN_FRONT),
        (WindowInfo(handle=7, pid=70, program="Pidgin", title="Mr. Smith"), Outcome.WRONG_CUSTOMER),
    ],
)
def test_nothing_is_taken_away_once_something_else_is_in_front(
    bench: Bench, front: WindowInfo, outcome: Outcome
) -> None:
    bench.desktop.hold_modifiers(timedelta(milliseconds=500))
    bench.insert(typed=typed())
    bench.settle(0.3)
    bench.desktop.front = front
    bench.settle()
    assert bench.outcomes == [outcome]
    assert bench.desktop.log == ["offer to 7", "keep"]


def test_nothing_is_taken_away_where_the_clipboard_takes_no_text(bench: Bench) -> None:
    bench.desktop.offers = False
    bench.insert(typed=typed())
    bench.settle()
    assert bench.outcomes == [Outcome.CLIPBOARD_REFUSED]
    assert "backspace" not in bench.desktop.log


def test_nothing_is_taken_away_once_more_was_typed(bench: Bench) -> None:
    code = typed()
    bench.desktop.hold_modifiers(timedelta(milliseconds=500))
    bench.insert(typed=code)
    bench.settle(0.3)
    code.typed_on = True
    bench.settle()
    assert bench.outcomes == [Outcome.TYPED_ON]
    assert bench.desktop.log == ["offer to 7", "keep"]
