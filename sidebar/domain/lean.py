"""Frozen dataclasses made leanly: what is the same in all of them is there once.

`dataclasses` writes, compiles and keeps six functions for each frozen class, and with slots the
class itself twice, since two of those functions hold on to the first one: 14 KiB and 0.3 ms each,
and a start makes more than a hundred. Here only `__init__` is a class's own, and the rest is shared.

They are dataclasses for whoever asks: `replace`, `fields`, `asdict`, `match`, `copy` and `pickle`
work as with the library's own, which is what type checkers see.
"""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(kind=None, *, frozen=False, slots=False, **choices):
        """`dataclasses.dataclass`; leanly where the class is frozen and has slots."""

        def made(plain):
            if frozen and slots:
                return _lean(plain, **choices)
            return dataclasses.dataclass(plain, frozen=frozen, slots=slots, **choices)

        return made if kind is None else made(kind)


def _lean(plain: Any, *, kw_only: bool = False, eq: bool = True) -> Any:
    # The library finds the fields and makes the slots; told that there is nothing to write it writes nothing.
    shared = {**_FROZEN, **(_COMPARED if eq else {})}
    for name, method in shared.items():
        if vars(plain).get(name) is None:  # a class with its own `__eq__` has None for a `__hash__`
            setattr(plain, name, method)
    kind: Any = dataclasses.dataclass(plain, init=False, repr=False, eq=False, slots=True, kw_only=kw_only)
    kind._values = _values_of([each.name for each in fields(kind) if each.compare])
    if "__init__" not in vars(plain):
        kind.__init__ = _init(kind)
    return kind


def _values_of(names: list[str]) -> Callable[[object], object]:
    """Gives what is compared of a value."""
    return attrgetter(*names) if names else _nothing


def _nothing(_self: object) -> tuple[()]:
    return ()


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"


def _eq(self: Any, other: Any) -> object:
    kind: Any = type(self)
    if type(other) is not kind:
        return NotImplemented
    return kind._values(self) == kind._values(other)


def _hash(self: Any) -> int:
    return hash(type(self)._values(self))


def _refuse_setting(self: object, name: str, value: object) -> None:  # noqa: ARG001 (Python's own signature)
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: object, name: str) -> None:  # noqa: ARG001 (Python's own signature)
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


_FROZEN = {
    "__repr__": _repr,
    "__setattr__": _refuse_setting,
    "__delattr__": _refuse_deleting,
    "__getstate__": _state,
    "__setstate__": _set_state,
}
_COMPARED = {"__eq__": _eq, "__hash__": _hash}


def _init(kind: type) -> Callable[..., None]:
    """The class's own `__init__`, which puts each field into its slot."""
    all_fields = fields(kind)
    at_will = [each for each in all_fields if not each.kw_only]
    named = [each for each in all_fields if each.kw_only]
    parameters = ["self", *map(_parameter, at_will), *(["*"] if named else []), *map(_parameter, named)]
    lines = [_put(each) for each in all_fields] or ["pass"]
    if hasattr(kind, "__post_init__"):
        lines.append("self.__post_init__()")
    given = dict(_given(kind, all_fields))
    body = "".join(f"  {line}\n" for line in lines)
    source = f"def make({', '.join(given)}):\n def __init__({', '.join(parameters)}):\n{body} return __init__"
    scope: dict[str, Any] = {}
    exec(source, scope)
    init: Callable[..., None] = scope["make"](**given)
    init.__qualname__ = f"{kind.__qualname__}.__init__"
    return init


def _parameter(each: "Field[Any]") -> str:
    if each.default is MISSING and each.default_factory is MISSING:
        return each.name
    return f"{each.name}=_default_{each.name}"


def _put(each: "Field[Any]") -> str:
    if each.default_factory is MISSING:
        return f"_put_{each.name}(self, {each.name})"
    made = f"_make_{each.name}() if {each.name} is _default_{each.name} else {each.name}"
    return f"_put_{each.name}(self, {made})"


def _given(kind: type, all_fields: "tuple[Field[Any], ...]") -> Iterator[tuple[str, object]]:
    """What `__init__` finds around it: setters of the slots, defaults, and what makes defaults."""
    for each in all_fields:
        if not each.init:
            raise TypeError(f"{kind.__qualname__}.{each.name}: a field of a lean dataclass is given to it")
        yield f"_put_{each.name}", getattr(kind, each.name).__set__
        if each.default_factory is not MISSING:
            yield f"_default_{each.name}", MISSING
            yield f"_make_{each.name}", each.default_factory
        elif each.default is not MISSING:
            yield f"_default_{each.name}", each.default
