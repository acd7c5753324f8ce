"""What no pattern can say of a text: whether a number is a card's, a date past, a promise unsaid."""

import re
from collections.abc import Callable, Iterator, Mapping

from sidebar.domain.place_names import PLACE, means_something
from sidebar.domain.wording_dates import past_dates, past_times
from sidebar.domain.wording_rules import Circumstances, Detector, Reading, WordingRule

Span = tuple[int, int]
Detect = Callable[[Reading, WordingRule, Circumstances], Iterator[Span]]

_DIGITS = re.compile(r"(?<![\d.])\d(?:[ -]?\d){6,23}(?!\d)")
_IDENTITY = re.compile(r"(?<![0-9a-z])[1-9]\d{16}[\dx](?![0-9a-z])")
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_SEPARATORS = str.maketrans("", "", " -")
_ABROAD = re.compile(r"(?<![\w+])\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)(?:\(0\d{2,3}\) ?|0\d{2,3}[ -])\d{7,8}(?!\d)|(?<!\d)[48]00[ -]\d{3,4}[ -]\d{3,4}(?!\d)"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def luhn(digits: str) -> bool:
    """Whether the last digit checks the others, as on every bank card (ISO/IEC 7812-1)."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(each - 9 if each > 9 else each for each in doubled)) % 10 == 0


def bank_card(digits: str) -> bool:
    """Whether *digits* are a card's: an issuer's first digits, its length, a check digit that fits."""
    size, first, two, four = len(digits), digits[0], int(digits[:2]), int(digits[:4])
    issued = (
        (two == 62 and 16 <= size <= 19)  # UnionPay
        or (first == "4" and size == 16)  # Visa
        or ((51 <= two <= 55 or 2221 <= four <= 2720) and size == 16)  # Mastercard
        or (two in (34, 37) and size == 15)  # American Express
        or (3528 <= four <= 3589 and size == 16)  # JCB
    )
    return issued and luhn(digits)


def identity_number(number: str) -> bool:
    """Whether *number*, of 18 characters, has a birth date and the check character that fits (GB 11643)."""
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not (1900 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == number[-1]


def _phone_numbers(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule, circumstances
    for run in _runs(reading):
        if _MOBILE.fullmatch(run[0].translate(_SEPARATORS)):
            yield run.span()
    for pattern in (_ABROAD, _LANDLINE) if reading.numbers else ():
        for match in pattern.finditer(reading.folded):
            if 8 <= sum(map(str.isdigit, match[0])) <= 15:
                yield match.span()


def _bank_cards(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule, circumstances
    for run in _runs(reading):
        if bank_card(run[0].translate(_SEPARATORS)):
            yield run.span()


def _identity_numbers(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule, circumstances
    for match in _IDENTITY.finditer(reading.folded):
        if identity_number(match[0]):
            yield match.span()


def _runs(reading: Reading) -> Iterator[re.Match[str]]:
    """Digits in a row, a space or hyphen between any two of them or none."""
    return _DIGITS.finditer(reading.folded) if reading.numbers else iter(())


def _past_dates(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule
    return past_dates(reading.folded, circumstances.now.date())


def _past_times(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule
    return past_times(reading.folded, circumstances.now) if circumstances.finished else iter(())


def _length(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del circumstances
    return _beyond(reading.text, rule.limit)


def _client_length(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule
    return iter(()) if circumstances.longest is None else _beyond(reading.text, circumstances.longest)


def _beyond(text: str, limit: int) -> Iterator[Span]:
    if len(text) > limit:
        yield limit, len(text)


def _unknown_places(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    del rule
    for name in circumstances.unknown:
        start = reading.text.find(name)
        yield (start, start + len(name)) if start >= 0 else (0, 0)


def _places_as_text(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    """Placeholders in a text whose braces stay as they are."""
    del rule
    if not circumstances.places:
        for place in PLACE.finditer(reading.text):
            if place["name"] is not None and means_something(place["name"]):
                yield place.span()


def _unsaid_promises(reading: Reading, rule: WordingRule, circumstances: Circumstances) -> Iterator[Span]:
    """A promise the text gives no time for; the rule's `unless_in_text` says what such a time looks like."""
    del rule
    if circumstances.promised:
        yield 0, len(reading.text)


DETECTORS: Mapping[Detector, Detect] = {
    Detector.PHONE_NUMBER: _phone_numbers,
    Detector.BANK_CARD: _bank_cards,
    Detector.IDENTITY_NUMBER: _identity_numbers,
    Detector.PAST_DATE: _past_dates,
    Detector.PAST_TIME: _past_times,
    Detector.LENGTH: _length,
    Detector.CLIENT_LENGTH: _client_length,
    Detector.UNKNOWN_PLACE: _unknown_places,
    Detector.PLACE_AS_TEXT: _places_as_text,
    Detector.UNSAID_PROMISE: _unsaid_promises,
}
