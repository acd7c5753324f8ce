"""The fields of one phrase, being filled in for the buyer who was open when the agent asked for it."""

from collections.abc import Callable, Mapping

from sidebar.domain.field_values import FieldError, FieldProblem, value_of
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.lean import dataclass
from sidebar.domain.phrase_details import Field, FieldKind
from sidebar.domain.place_names import plain_name
from sidebar.domain.placeholders import Filled, Values
from sidebar.ports import FieldMemory
from sidebar.services.proofreading import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field to be shown, and what it begins with."""

    name: str
    kind: FieldKind
    choices: tuple[str, ...]
    value: str


class FillingIn:
    """What the little form asks and answers; typed texts are by the field's name as it is shown."""

    def __init__(
        self,
        *,
        phrase: PhraseId,
        title: str,
        fields: tuple[Field, ...],
        values: Callable[[], Values],
        fill: Callable[[Mapping[str, str]], Filled],
        judge: Callable[[Filled], Verdict],
        insert: Callable[[Filled, Verdict | None], None],
        memory: FieldMemory,
    ) -> None:
        self.title = title
        self._phrase = phrase
        self._fields = fields
        self._values = values
        self._fill = fill
        self._judge = judge
        self._insert = insert
        self._memory = memory

    def asked(self) -> tuple[Asked, ...]:
        """The fields in the order of the text."""
        return tuple(
            Asked(name=field.name, kind=field.kind, choices=field.choices, value=self._first(field))
            for field in self._fields
        )

    def preview(self, typed: Mapping[str, str]) -> str:
        """The text as it would be now, what is missing still standing between its braces."""
        known, _ = self._understood(typed)
        return self._fill(known).text

    def check(self, typed: Mapping[str, str]) -> Mapping[str, FieldProblem]:
        """What is wrong with which field, by its name; nothing where the phrase can be inserted."""
        known, problems = self._understood(typed)
        missing = {plain_name(name) for name in self._fill(known).unfilled}
        for field in self._fields:
            if plain_name(field.name) in missing:
                problems.setdefault(field.name, FieldProblem.EMPTY)
        return problems

    def judge(self, typed: Mapping[str, str]) -> Verdict:
        """What is to be said of the wording of the text that *typed* makes."""
        known, _ = self._understood(typed)
        return self._judge(self._fill(known))

    def insert(self, typed: Mapping[str, str], verdict: Verdict | None = None) -> None:
        """Insert the phrase with *typed*, which has been checked; remember what is to be.

        *verdict* is that of `judge`, where it was asked for.
        """
        known, _ = self._understood(typed)
        kept = {field.name: typed.get(field.name, "") for field in self._fields if field.remember}
        if kept:
            self._memory.keep(self._phrase, kept)
        self._insert(self._fill(known), verdict)

    def _understood(self, typed: Mapping[str, str]) -> tuple[dict[str, str], dict[str, FieldProblem]]:
        """The values by `plain_name`, and what is wrong with the others; an empty one is left out."""
        known: dict[str, str] = {}
        problems: dict[str, FieldProblem] = {}
        values = self._values()
        for field in self._fields:
            try:
                known[plain_name(field.name)] = value_of(
                    field, typed.get(field.name, ""), now=values.now, language=values.language
                )
            except FieldError as error:
                if error.problem is not FieldProblem.EMPTY:
                    problems[field.name] = error.problem
        return known, problems

    def _first(self, field: Field) -> str:
        """What the field begins with: the last value where that is kept, else the default."""
        last = self._memory.recall(self._phrase, field.name) if field.remember else ""
        if field.kind is FieldKind.CHOICE and last not in field.choices:
            last = ""
        return last or field.default
