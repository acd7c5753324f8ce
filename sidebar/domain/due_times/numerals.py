"""Whole numbers as they are written and said: 12, 十二, 廿五, 三零, twelve."""

from itertools import pairwise

from sidebar.domain.due_times.problems import DueTimeError, DueTimeProblem

CHINESE = "[零〇一二两三四五六七八九十廿卅百]+"
NUMBER = rf"(?:[0-9]+|{CHINESE})"
"""A pattern for a number in digits or Chinese."""

WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
}
"""The English number words people use of hours and minutes."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100}


def number(text: str) -> int:
    """The value of what `NUMBER` matched, or of a word of `WORDS`."""
    if text in WORDS:
        return WORDS[text]
    return int(text) if text.isascii() else _chinese(text)


def _chinese(text: str) -> int:
    """Said (二十五) or spelled (三零, 零五); 两三 is no number but a guess, and refused."""
    total = digits = 0
    for before, character in pairwise(f"百{text}"):
        if character in _DIGITS:
            if _DIGITS.get(before) and _DIGITS[character]:
                raise DueTimeError(DueTimeProblem.AMBIGUOUS)
            digits = digits * 10 + _DIGITS[character]
        elif character in _TENS:
            total, digits = total + _TENS[character], 0
        else:
            total, digits = total + (digits or 1) * _UNITS[character], 0
    return total + digits
