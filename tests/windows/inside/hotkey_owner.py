"""Another program that has Ctrl+Alt+1, until nobody asks any more."""

import ctypes
import sys
from typing import Any

_MOD_ALT_CONTROL, _ONE = 0x0001 | 0x0002, 0x31

if __name__ == "__main__":
    user32: Any = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
    print("has it" if user32.RegisterHotKey(None, 1, _MOD_ALT_CONTROL, _ONE) else "refused", flush=True)
    sys.stdin.read()
