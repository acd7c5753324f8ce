"""Up and down around the moment from which a thing works, until the steps are small."""


class Staircase:
    """Each `level` to try is a step lower after a success, a step higher after a failure.

    The step is halved each time the direction turns, down to *finest*: the tries end up around
    the level that works every other time.
    """

    def __init__(self, *, first: float, step: float, finest: float) -> None:
        self.level = first
        self._step = step
        self._finest = finest
        self._worked: bool | None = None
        self._near: list[float] = []

    def hear(self, *, worked: bool) -> None:
        """What became of the try at `level`."""
        turned = self._worked is not None and worked is not self._worked
        if turned:
            self._step = max(self._step / 2, self._finest)
        if self._step == self._finest:
            self._near.append(self.level)
        self._worked = worked
        self.level = max(self.level - self._step if worked else self.level + self._step, 0.0)

    @property
    def near(self) -> tuple[float, ...]:
        """The levels tried once the steps were as fine as they get; their middle is the answer."""
        return tuple(self._near)
