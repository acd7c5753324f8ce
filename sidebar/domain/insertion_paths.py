"""The ways to a chat client's input box, apart from all else: settings and events both name them."""

from enum import StrEnum


class InsertionPath(StrEnum):
    """How a text reached the chat client."""

    ACCESSIBILITY = "accessibility"
    PASTE = "paste"
