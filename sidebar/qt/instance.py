"""One sidebar for one home folder."""

from pathlib import Path

from PySide6.QtCore import QLockFile

from sidebar.errors import UserError


class OnlyInstance:
    """Holds a home folder for this process; a lock left by a killed process is taken over."""

    def __init__(self, lock_file: Path) -> None:
        self._lock = QLockFile(str(lock_file))
        self._lock.setStaleLockTime(0)

    def take(self) -> None:
        """Raises UserError where another sidebar runs on this home folder, or it cannot be written."""
        if self._lock.tryLock(0):
            return
        if self._lock.error() is QLockFile.LockError.LockFailedError:
            raise UserError("The sidebar is running already; use its window, or choose another --home.")
        raise UserError(
            f"The folder {Path(self._lock.fileName()).parent} cannot be written; choose another --home."
        )

    def release(self) -> None:
        self._lock.unlock()
