"""What a selection offers: the same content in every form its owner can give, raw."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from sidebar.domain.lean import dataclass

if TYPE_CHECKING:  # few phrases have any
    from sidebar.domain.enclosures import Enclosure

TEXT_TARGETS = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT", "STRING")
"""What a program may ask for to get plain text, the best first."""
HINT = "x-kde-passwordManagerHint"
"""Asks clipboard histories to keep nothing of this content; KDE's, kept to by the others too."""
SECRET = b"secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The content as one target gives it; *target* and *type* are atoms, *format* bits per item.

    `data` is as the server stores it, items in this machine's byte order, and is kept out of
    `repr` so that no log or traceback shows what somebody copied.
    """

    target: int
    type: int
    format: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Every form of one content, in its owner's order; without forms it is an empty clipboard.

    `complete` is False where a form was offered and could not be had in time or in bounds;
    `secret` tells that the owner asked for it not to be kept.
    """

    forms: tuple[Form, ...] = ()
    complete: bool = True
    secret: bool = False

    def form(self, target: int) -> Form | None:
        """The form that *target* asks for; None where it is not offered."""
        return next((form for form in self.forms if form.target == target), None)


def text_contents(text: str, *, atom: Callable[[str], int], secret: bool = False) -> Contents:
    """*text* as plain text and as nothing else; with *secret* clipboard histories pass it over.

    Never as text/html: Pidgin asks for that first and would read a phrase's `<` and line
    breaks as markup. STRING is Latin-1 by convention and is left out where that cannot hold
    the text, rather than given with question marks in it.
    """
    utf8 = text.encode("utf-8", errors="replace")
    utf8_string, string = atom("UTF8_STRING"), atom("STRING")
    as_such = (utf8_string, atom("text/plain;charset=utf-8"), atom("text/plain"))
    forms = [Form(target=target, type=target, format=8, data=utf8) for target in as_such]
    forms.append(Form(target=atom("TEXT"), type=utf8_string, format=8, data=utf8))
    with suppress(UnicodeEncodeError):
        forms.append(Form(target=string, type=string, format=8, data=text.encode("latin-1")))
    if secret:
        forms.append(_hint(atom))
    return Contents(forms=tuple(forms), secret=secret)


def enclosed_contents(enclosure: "Enclosure", *, atom: Callable[[str], int]) -> Contents:
    """A picture as such, or a file as file managers copy it; clipboard histories pass it over.

    Never as text: a program that takes no pictures would be given a path in its place.
    """
    if enclosure.png:
        offered = {"image/png": enclosure.png}
    else:
        uri = Path(enclosure.path).as_uri().encode()
        offered = {"text/uri-list": uri + b"\r\n", "x-special/gnome-copied-files": b"copy\n" + uri}
    forms = [Form(target=atom(name), type=atom(name), format=8, data=data) for name, data in offered.items()]
    return Contents(forms=(*forms, _hint(atom)), secret=True)


def _hint(atom: Callable[[str], int]) -> Form:
    return Form(target=atom(HINT), type=atom("STRING"), format=8, data=SECRET)
