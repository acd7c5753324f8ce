"""A client is tested by asking the agent; what comes out is its profile."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from sidebar.domain.chat_clients import ClientProfile, Confidence, recognise
from sidebar.domain.client_trials import Happened
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Insertion, Outcome, PasteProfile, Result, WindowInfo
from sidebar.domain.insertion_paths import InsertionPath
from sidebar.domain.newlines import Newlines
from sidebar.domain.title_parts import Part
from sidebar.errors import SettingsError
from sidebar.services.client_trial import ClientTrial, Step
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Done
from tests.fakes import FakeDesktop, FakeTime

SHOP = WindowInfo(handle=7, pid=70, program="ShopChat.exe", title="[2] 王小姐 - 店铺客服")
NOTES = WindowInfo(handle=8, pid=80, program="Notes", title="notes")
BROWSER = WindowInfo(handle=9, pid=90, program="chrome.exe", title="王小姐 - 客服 - Google Chrome")
KNOWN = ClientProfile(
    name=ClientName("known"),
    label="老客户端",
    programs=("Known",),
    paste=PasteProfile(settle=timedelta(milliseconds=150), paths=tuple(InsertionPath)),
)


class Desk:
    """A trial with a desktop of windows; insertions end as `outcome` says."""

    def __init__(self, *windows: WindowInfo) -> None:
        self.windows = windows
        self.outcome = Outcome.INSERTED
        self.inserted: list[Insertion] = []
        self.saved: list[ClientProfile] = []
        self.taken: list[ClientProfile] = []
        self.refuse: SettingsError | None = None
        self.changes = 0
        self.trial = ClientTrial(
            all_windows=lambda: self.windows,
            front=lambda: self.windows[-1] if self.windows else None,
            profiles=[KNOWN],
            insert=self._insert,
            new_id=lambda: "i",
            today=date(2026, 11, 21),
            save=self._save,
            take=self.taken.append,
            changed=self._changed,
        )

    def _insert(self, insertion: Insertion, done: Done) -> None:
        self.inserted.append(insertion)
        done(Result(insertion=insertion, outcome=self.outcome))

    def _save(self, profile: ClientProfile) -> str:
        if self.refuse is not None:
            raise self.refuse
        self.saved.append(profile)
        return f"{profile.name}.toml"

    def _changed(self) -> None:
        self.changes += 1

    def step(self) -> Step:
        return self.trial.view().step

    def to_sample(self, part: Part) -> None:
        self.trial.choose_window()
        parts = [each.part for each in self.trial.view().parts]
        self.trial.choose_part(parts.index(part))

    def sample(self, *answers: Happened) -> None:
        for answer in answers:
            self.trial.insert_sample("one\ntwo")
            assert self.step() is Step.QUESTION
            self.trial.answer(answer)


def test_a_whole_trial_makes_a_profile_that_knows_the_window() -> None:
    desk = Desk(NOTES, SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.SENT, Happened.TWO_LINES)
    desk.trial.choose_send_key(KeyCombo("return", Modifier.CTRL))
    assert desk.trial.view().label == "ShopChat"
    desk.trial.save("我的客服")
    (profile,) = desk.saved
    assert desk.taken == [profile]
    assert (profile.name, profile.label, profile.programs) == ("shopchat", "我的客服", ("ShopChat.exe",))
    assert (profile.source, profile.confidence) == ("wizard, 2026-11-21", Confidence.VERIFIED)
    assert profile.paste == PasteProfile(
        newlines=Newlines.SHIFT_ENTER, send_combo=KeyCombo("return", Modifier.CTRL)
    )
    chat = recognise(
        WindowInfo(handle=1, pid=1, program="ShopChat.exe", title="李先生 - 店铺客服"), [profile]
    )
    assert chat is not None
    assert chat.customer == "李先生"
    assert desk.trial.view().file == "shopchat.toml"


def test_what_was_tried_is_verified_and_what_was_only_told_is_reported() -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.TWO_LINES)
    desk.trial.choose_send_key(KeyCombo("return"))
    desk.trial.save("")
    weighed = {each.value: each.confidence for each in desk.saved[0].sources}
    assert weighed.pop("send_combo") is Confidence.REPORTED
    assert weighed.keys() == {"programs", "paths", "newlines", "combo", "titles", "buyer"}
    assert set(weighed.values()) == {Confidence.VERIFIED}


def test_each_attempt_is_inserted_the_way_it_says_for_no_buyer_in_particular() -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.SENT, Happened.FIRST_ONLY, Happened.SENT, Happened.JOINED)
    ways = [each.target.profile.newlines for each in desk.inserted]
    assert ways == [Newlines.AS_IS, Newlines.SHIFT_ENTER, Newlines.CTRL_ENTER, Newlines.JOINED]
    assert {each.target.customer for each in desk.inserted} == {""}
    assert not any(each.send or each.target.profile.send_allowed for each in desk.inserted)
    assert desk.step() is Step.SEND_KEY


def test_a_client_that_takes_nothing_ends_without_a_profile() -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.NOTHING, Happened.NOTHING)
    assert desk.step() is Step.FAILED
    desk.trial.start_over()
    assert desk.step() is Step.WINDOW
    assert desk.saved == []


def test_a_box_that_accessibility_does_not_find_needs_no_question() -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.NOTHING)
    desk.outcome = Outcome.NO_TARGET
    desk.trial.insert_sample("one\ntwo")
    assert desk.step() is Step.FAILED


@pytest.mark.parametrize("outcome", [Outcome.NOT_IN_FRONT, Outcome.MODIFIERS_HELD, Outcome.KEYS_REFUSED])
def test_a_refusal_is_told_and_the_same_is_tried_again(outcome: Outcome) -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.outcome = outcome
    desk.trial.insert_sample("one\ntwo")
    view = desk.trial.view()
    assert (view.step, view.refused) == (Step.SAMPLE, outcome)
    desk.outcome = Outcome.INSERTED
    desk.sample(Happened.TWO_LINES)
    assert desk.step() is Step.SEND_KEY


def test_the_window_that_comes_to_the_front_is_the_one_meant_until_it_is_chosen() -> None:
    desk = Desk(NOTES, SHOP)
    desk.trial.look(NOTES)
    assert desk.trial.view().window == NOTES
    desk.trial.choose_window(SHOP.handle)
    desk.trial.look(NOTES)
    assert desk.trial.view().window == SHOP


def test_a_known_client_keeps_its_name_its_times_and_its_other_programs() -> None:
    desk = Desk(SHOP)
    desk.trial.choose_window(client=ClientName("known"))
    assert desk.trial.view().label == "老客户端"
    desk.trial.choose_part(0)
    desk.sample(Happened.TWO_LINES)
    desk.trial.choose_send_key(None)
    desk.trial.save("")
    (profile,) = desk.saved
    assert (profile.name, profile.programs) == ("known", ("ShopChat.exe", "Known"))
    assert profile.paste == KNOWN.paste


def test_a_browser_is_never_known_by_its_program_alone() -> None:
    desk = Desk(BROWSER)
    desk.to_sample(Part.NOWHERE)
    desk.sample(Happened.TWO_LINES)
    desk.trial.choose_send_key(None)
    desk.trial.save("")
    (profile,) = desk.saved
    news = WindowInfo(handle=1, pid=1, program="chrome.exe", title="News - Google Chrome")
    assert recognise(news, [profile]) is None
    assert recognise(BROWSER, [profile]) is not None


def test_a_profile_that_cannot_be_written_is_not_used() -> None:
    desk = Desk(SHOP)
    desk.to_sample(Part.BEFORE)
    desk.sample(Happened.TWO_LINES)
    desk.trial.choose_send_key(None)
    desk.refuse = SettingsError("full", file=Path("x"))
    with pytest.raises(SettingsError):
        desk.trial.save("")
    assert (desk.step(), desk.taken) == (Step.NAME, [])


def test_without_any_window_there_is_nothing_to_choose() -> None:
    desk = Desk()
    desk.trial.choose_window()
    assert desk.step() is Step.WINDOW
    assert desk.trial.view().window is None


# -- the running sidebar takes it -------------------------------------------------------------------


def test_a_follower_takes_a_window_that_its_new_profiles_know_and_lets_go_of_one_they_do_not() -> None:
    desktop = FakeDesktop(FakeTime(), front=SHOP)
    desktop.open_windows = [NOTES, SHOP]
    follower = ChatFollower(windows=desktop, boxes=desktop, profiles=[KNOWN])
    follower.begin()

    def label() -> str:
        return follower.chat.profile.label if follower.chat is not None else ""

    seen = [label()]
    for name in ("S", "T"):
        shop = ClientProfile(name=ClientName("shop"), label=name, programs=("ShopChat.exe",))
        follower.use([shop, KNOWN])
        seen.append(label())
    follower.use([KNOWN])
    assert [*seen, label()] == ["", "S", "T", ""]
    assert desktop.log[-1] == "follow None"


def test_who_watches_sees_each_window_that_comes_to_the_front() -> None:
    desktop = FakeDesktop(FakeTime(), front=SHOP)
    follower = ChatFollower(windows=desktop, boxes=desktop, profiles=[])
    follower.begin()
    seen: list[WindowInfo] = []
    stop = follower.watch(seen.append)
    for window in (NOTES, None, SHOP):
        desktop.bring_to_front(window)
    stop()
    desktop.bring_to_front(NOTES)
    assert seen == [NOTES, SHOP]
