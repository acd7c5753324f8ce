"""What acts on the chat client and on the records: the following, the inserting, the marking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from sidebar.new_ids import new_id
from sidebar.ports import Capability, Enclosures
from sidebar.provisions import chat_clients, proofreader
from sidebar.records import Records
from sidebar.services.desk import Desk
from sidebar.services.following import ChatFollower
from sidebar.services.inserting import Inserter
from sidebar.services.insertion_record import InsertionRecord
from sidebar.services.phrasing import Agent, Phrasing
from sidebar.services.stamping import Stamp
from sidebar.services.views import InsertionNotice
from sidebar.storage.field_memory import FileFieldMemory
from sidebar.surroundings import Surroundings
from sidebar.system_time import SystemClock, local_zone

if TYPE_CHECKING:  # most phrases have no fields
    from sidebar.services.filling_in import FillingIn


class Engine:
    """The services at work on the desktop's adapters; raises UserError for a chat client nobody knows.

    `tell` hears how an insertion ended, None where it succeeded.
    """

    def __init__(
        self, around: Surroundings, records: Records, *, tell: Callable[[InsertionNotice | None], None]
    ) -> None:
        self._around = around
        self._records = records
        self.stamp = Stamp(clock=SystemClock(), zone=local_zone(), new_id=new_id)
        self.follower = self._follower()
        self.inserter = self._inserter()
        around.ending.callback(self.inserter.give_back)
        self.desk = self._desk()
        around.platform.when_changed(lambda able: setattr(self.desk, "can_insert", _inserts(able)))
        self.phrasing = self._phrasing(tell)
        self._named_by_elements = False

    def name_by_elements(self) -> None:
        """Have the elements that the agent has pointed at name the buyers; imported where there are any."""
        elements = self._around.platform.elements
        if elements is None or self._named_by_elements:
            return
        from sidebar.services.pointed_buyers import PointedBuyers

        self._named_by_elements = True
        named, watch = self.follower.name_pointed, self.follower.watch
        buyers = PointedBuyers(elements=elements, name_pointed=named, come_to_front=watch)
        self.follower.listen(buyers)
        buyers.chat_changed(self.follower.chat)

    def _follower(self) -> ChatFollower:
        platform = self._around.platform
        profiles = chat_clients(self._around)
        return ChatFollower(
            windows=platform.windows,
            boxes=platform.boxes,
            profiles=profiles,
            sees_elements=platform.elements is not None,
        )

    def _inserter(self) -> Inserter:
        platform = self._around.platform
        return Inserter(
            scheduler=self._around.scheduler,
            windows=platform.windows,
            keys=platform.keys,
            clipboard=platform.clipboard,
            boxes=platform.boxes,
            when_active=self.follower.when_active,
            customer_of=self.follower.customer_of,
            look=platform.look,
            elevated=platform.elevated,
            restores_clipboard=self._around.settings.restore_clipboard,
        )

    def _desk(self) -> Desk:
        records = self._records
        return Desk(
            stamp=self.stamp,
            journal=records.journal,
            board=records.board,
            reminders=records.reminders,
            shifts=records.shifts,
            follower=self.follower,
            agent=self._around.settings.agent,
            can_insert=_inserts(self._around.platform.capabilities),
        )

    def _phrasing(self, tell: Callable[[InsertionNotice | None], None]) -> Phrasing:
        around, records = self._around, self._records
        return Phrasing(
            stamp=self.stamp,
            record=InsertionRecord(stamp=self.stamp, journal=records.journal, wordings=records.wordings),
            board=records.board,
            library=records.library,
            follower=self.follower,
            inserter=self.inserter,
            clipboard=around.platform.clipboard,
            proofreader=proofreader(around),
            wordings=records.wordings,
            memory=FileFieldMemory(around.home.field_values),
            enclosures=self._enclosures,
            agent=Agent(name=around.settings.agent, number=around.settings.agent_number),
            tell=tell,
            ask=self._ask_fields,
        )

    def _enclosures(self) -> Enclosures:
        """What reads pictures and files for the few phrases that have some."""
        from sidebar.qt.enclosing import FileEnclosures

        return FileEnclosures(self._around.tasks, dibs=self._around.platform.name == "windows")

    def _ask_fields(self, filling: "FillingIn") -> None:
        """Show the fields of a phrase in the phrases' place."""
        from sidebar.ui.fields_panel import FieldsPanel

        window = self._around.window
        window.show()
        window.set_collapsed(False)
        window.open_panel(FieldsPanel(filling, window))


def _inserts(able: Capability) -> bool:
    return bool(able & (Capability.SEND_KEYS | Capability.ACCESSIBILITY))
