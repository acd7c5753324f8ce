"""Sets of places in a long row as integers: a bit for each place, the first place the lowest bit.

Python joins, cuts and moves integers of a million bits in microseconds, so that what is asked of every
place is asked of all of them at once.
"""

from collections.abc import Iterable, Iterator, Sequence

_FEW = 1 / 40
"""Of a row: so many places are put into bits one by one, more of them into digits first."""
_SLICE = 1024


def set_of(places: Sequence[int], width: int) -> int:
    """The set of *places*, each below *width*."""
    if len(places) < width * _FEW:
        bits = bytearray(width // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")
    digits = bytearray(b"0") * width
    for place in places:
        digits[place] = 0x31
    digits.reverse()
    return int(digits, 2) if width else 0


def places_in(places: int) -> Iterator[int]:
    """What is in the set, ascending; whoever needs only the first few is not charged for the rest."""
    if not places:
        return
    data = places.to_bytes((places.bit_length() + 7) // 8, "little")
    for begin in range(0, len(data), _SLICE):
        some = int.from_bytes(data[begin : begin + _SLICE], "little")
        while some:
            lowest = some & -some
            yield begin * 8 + lowest.bit_length() - 1
            some ^= lowest


def union(sets: Iterable[int]) -> int:
    """All that is in one of *sets*."""
    every = 0
    for each in sets:
        every |= each
    return every
