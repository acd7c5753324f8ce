"""The sides of the chat client there are, apart from how to stand on one: settings name them too."""

from enum import StrEnum


class Side(StrEnum):
    """The side of the chat client that the agent chose."""

    RIGHT = "right"
    LEFT = "left"
