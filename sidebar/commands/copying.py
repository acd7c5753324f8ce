"""`sidebar phrases show ID --copy`: a phrase on the clipboard, filled in as it would be inserted now."""

from sidebar.commands.output import complain
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.domain.placeholders import Filled, Values
from sidebar.domain.settings import Settings
from sidebar.errors import UserError
from sidebar.platforms.copying import copy
from sidebar.services.library import Library
from sidebar.shelf import language_of
from sidebar.system_time import SystemClock, local_zone


def copy_phrase(library: Library, phrase: Phrase, *, customer: str, settings: Settings) -> str:
    """Copy the phrase for *customer* and return the text; raises UserError where it cannot be filled in.

    A promise in it is told: nobody keeps it in mind who has not been asked to.
    """
    values = Values(
        buyer=customer,
        agent=settings.agent,
        number=settings.agent_number,
        now=SystemClock().now().astimezone(local_zone()),
        language=language_of(settings),
    )
    filled = library.fill(phrase, values)
    _demand_whole(phrase.id, filled)
    copy(filled.text)
    for promised in filled.promised:
        due = f"{promised.due:%Y-%m-%d %H:%M}"
        complain(f"sidebar: this promises something by {due}; 'sidebar followups add' reminds you of it.")
    return filled.text


def _demand_whole(phrase: PhraseId, filled: Filled) -> None:
    missing = (*filled.unfilled, *(field.name for field in filled.fields))
    if missing:
        raise UserError(
            f"{phrase} needs {', '.join(missing)}; give --customer for the buyer, "
            "and insert it from the sidebar where more is asked for."
        )
    if filled.loop:
        raise UserError(f"{phrase} contains itself ({' → '.join(filled.loop)}); take one of them out.")
