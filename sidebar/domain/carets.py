"""How far the caret has to go back from a text's end, where that can be counted for any program."""

import unicodedata

MOST_STEPS = 200
"""Arrow keys; a caret that wanders longer than that is in the way of the hand."""

_SINGLE = frozenset(("Lu", "Ll", "Lo", "Lt", "Nd", "Zs", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Sc", "Sm"))
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))


def steps_back(text: str, cursor: int | None) -> int:
    """Presses of the left arrow from the end of *text* to *cursor*; 0 where the caret stays at the end.

    Programs do not agree on what one press passes over in emoji, combined letters and text that
    runs to the left: with any of these on the way the caret stays where it is.
    """
    if cursor is None:
        return 0
    way = text[cursor:]
    return len(way) if len(way) <= MOST_STEPS and all(map(_is_one_step, way)) else 0


def _is_one_step(character: str) -> bool:
    if character == "\n":
        return True
    single = character <= "\uffff" and unicodedata.category(character) in _SINGLE
    return single and unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT
