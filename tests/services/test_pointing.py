"""The agent points at the buyer's name; what comes of it is a rule that has been proved."""

from datetime import timedelta
from pathlib import Path

import pytest

from sidebar.domain.chat_clients import ChatWindow, ClientProfile
from sidebar.domain.element_rules import ElementRule, Match, Step
from sidebar.domain.elements import Element, Glimpse, Level, Trace
from sidebar.domain.identifiers import ClientName
from sidebar.domain.insertion import Rect, WindowInfo
from sidebar.errors import SettingsError
from sidebar.services.pointing import Pointing, PointingProblem, PointingStep
from tests.fakes import FakeElements, FakeTime

SHOP = WindowInfo(handle=1, pid=1, program="Console", title="店铺客服")
CONSOLE = ClientProfile(name=ClientName("console"), label="店铺后台", programs=("Console",))
FRAME = Rect(100, 100, 400, 300)
NAME, BOX, EMPTY, SIGNS, ELSEWHERE = (150, 120), (150, 300), (300, 200), (150, 140), (50, 50)
PLACE = Rect(140, 110, 60, 20)


def traced(words: str) -> Trace:
    return Trace(
        page="", levels=(Level(siblings=(Element(role="heading", id="who", words=words),), index=0),)
    )


class Scene:
    """A client with names in it, a pointing, and what it saved."""

    def __init__(self, *, able: bool = True) -> None:
        self.time = FakeTime()
        self.elements = FakeElements(self.time)
        self.elements.at = {
            NAME: (Glimpse(words="张三", place=PLACE), traced("张三")),
            BOX: (Glimpse(words="", place=PLACE, editable=True), None),
            EMPTY: (Glimpse(words="", place=PLACE), None),
            SIGNS: (Glimpse(words="张三 - VIP", place=PLACE), traced("张三 - VIP")),
        }
        self.chat: ChatWindow | None = ChatWindow(window=SHOP, profile=CONSOLE)
        self.saved: list[tuple[ClientName, ElementRule]] = []
        self.taken: list[tuple[ClientName, ElementRule]] = []
        self.refuse: SettingsError | None = None
        self.changes = 0
        self.pointing = Pointing(
            elements=(lambda: self.elements) if able else None,
            chat=lambda: self.chat,
            frame=lambda _window: FRAME,
            save=self._save,
            take=lambda *what: self.taken.append(what),
            changed=self._changed,
        )

    def _save(self, name: ClientName, rule: ElementRule) -> str:
        if self.refuse is not None:
            raise self.refuse
        self.saved.append((name, rule))
        return f"{name}.toml"

    def _changed(self) -> None:
        self.changes += 1

    def rest(self, place: tuple[int, int], *, ticks: int = 2) -> bool:
        above = False
        for _tick in range(ticks):
            above = self.pointing.rest(place)
            self.time.advance(timedelta(milliseconds=120))
        return above

    def confirm(self, place: tuple[int, int] = NAME) -> None:
        self.rest(place)
        self.pointing.confirm()
        self.time.advance(timedelta(milliseconds=5))

    @property
    def step(self) -> PointingStep:
        return self.pointing.view().step

    @property
    def problem(self) -> PointingProblem | None:
        return self.pointing.view().problem


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_what_the_pointer_rests_on_is_shown_with_its_place(scene: Scene) -> None:
    assert scene.step is PointingStep.POINT
    assert scene.rest(NAME)
    view = scene.pointing.view()
    assert (view.words, view.place, view.client) == ("张三", PLACE, "店铺后台")


def test_what_the_pointer_only_passes_is_not_looked_at(scene: Scene) -> None:
    scene.rest(NAME)
    for step in range(5):
        scene.pointing.rest((NAME[0] + step, NAME[1] + 60))
    assert set(scene.elements.asked) == {NAME}
    assert scene.pointing.view().words == "张三"


def test_a_pointer_at_rest_is_looked_at_three_times_and_no_more(scene: Scene) -> None:
    scene.rest(NAME, ticks=20)
    assert scene.elements.asked == [NAME] * 3


def test_outside_the_client_nothing_is_looked_at(scene: Scene) -> None:
    assert not scene.rest(ELSEWHERE)
    assert scene.elements.asked == []


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        (BOX, PointingProblem.INPUT_BOX),
        (EMPTY, PointingProblem.NO_WORDS),
        ((400, 390), PointingProblem.NOTHING),
    ],
)
def test_what_is_no_name_says_why_and_cannot_be_confirmed(
    scene: Scene, place: tuple[int, int], problem: PointingProblem
) -> None:
    scene.confirm(place)
    assert (scene.step, scene.problem) == (PointingStep.POINT, problem)


def test_another_buyer_proves_it_and_the_rule_is_saved_and_used(scene: Scene) -> None:
    scene.confirm()
    assert (scene.step, scene.pointing.view().buyer) == (PointingStep.PROVE, "张三")
    scene.elements.say("张三")
    assert not scene.pointing.view().proved
    scene.elements.say("李四")
    assert (scene.pointing.view().now, scene.pointing.view().proved) == ("李四", True)
    scene.pointing.save()
    assert (scene.step, scene.pointing.view().file) == (PointingStep.DONE, "console.toml")
    ((name, rule),) = scene.saved
    assert (name, rule.steps) == ("console", (Step(role="heading", id="who"),))
    assert rule.buyer_in(" 李四 ") == "李四"
    assert scene.taken == scene.saved
    assert scene.elements.listening == []


def test_the_agent_says_which_part_of_the_words_is_the_name(scene: Scene) -> None:
    scene.confirm(SIGNS)
    view = scene.pointing.view()
    assert view.step is PointingStep.PART
    names = [part.name for part in view.parts]
    assert names == ["张三 - VIP", "张三", "VIP"]
    scene.pointing.choose_part(1)
    scene.elements.say("李四 - VIP")
    assert (scene.pointing.view().buyer, scene.pointing.view().now) == ("张三", "李四")
    scene.elements.say("李四")
    assert scene.problem is PointingProblem.NO_NAME


@pytest.mark.parametrize(
    ("match", "problem"), [(Match.NONE, PointingProblem.GONE), (Match.SEVERAL, PointingProblem.SEVERAL)]
)
def test_an_element_that_cannot_be_told_any_more_says_so(
    scene: Scene, match: Match, problem: PointingProblem
) -> None:
    scene.confirm()
    scene.elements.say("", match)
    assert (scene.problem, scene.pointing.view().proved) == (problem, False)
    scene.elements.say("李四")
    assert scene.problem is None


def test_what_changes_between_look_and_word_is_pointed_at_again(scene: Scene) -> None:
    scene.rest(NAME)
    scene.elements.at[NAME] = (scene.elements.at[NAME][0], traced("李四"))
    scene.pointing.confirm()
    scene.time.advance(timedelta(milliseconds=5))
    assert (scene.step, scene.problem) == (PointingStep.POINT, PointingProblem.LOST)


def test_a_file_that_cannot_be_written_leaves_the_question(scene: Scene) -> None:
    scene.confirm()
    scene.elements.say("李四")
    scene.refuse = SettingsError("full", file=Path("console.toml"))
    with pytest.raises(SettingsError):
        scene.pointing.save()
    assert (scene.step, scene.taken) == (PointingStep.PROVE, [])
    assert len(scene.elements.listening) == 1


def test_pointing_again_begins_anew(scene: Scene) -> None:
    scene.confirm()
    scene.pointing.start_over()
    assert (scene.step, scene.pointing.view().words) == (PointingStep.POINT, "")
    assert scene.elements.listening == []
    scene.pointing.save()
    assert scene.saved == []


def test_without_a_client_it_asks_for_one(scene: Scene) -> None:
    chat, scene.chat = scene.chat, None
    steps = [scene.step]
    assert not scene.rest(NAME)
    scene.chat = chat
    assert [*steps, scene.step] == [PointingStep.CLIENT, PointingStep.POINT]


def test_a_desktop_that_tells_of_no_elements_says_so() -> None:
    scene = Scene(able=False)
    assert scene.step is PointingStep.CANNOT
    assert not scene.rest(NAME)
