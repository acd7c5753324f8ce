"""The dependency rule, as a test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "sidebar"
CORE = {"domain", "ports", "errors"}
INSIDE = {  # layer -> layers of ours it may import
    "domain": {"domain"},
    "ports": {"domain", "errors"},
    "errors": set[str](),
    "paths": {"errors"},
    "logs": {"errors"},
    "services": CORE | {"services"},
    "storage": CORE | {"storage"},
    "exports": CORE | {"exports"},
    "exchange": CORE | {"exchange"},
    "platforms": CORE | {"platforms"},
    "qt": CORE | {"qt"},
    "ui": CORE | {"ui", "qt", "services", "paths"},
}
BESIDES = {  # layer -> modules of another layer that it may import all the same
    # every format is read into a phrase of ours by the one reader of phrases there is
    "exchange": {
        "storage.detail_documents",
        "storage.located_yaml",
        "storage.pack_text",
        "storage.packs",
        "storage.phrase_documents",
        "storage.phrase_fields",
    },
}
OUTSIDE = {  # third-party or effectful module -> layers that may import it
    "PySide6": {"qt", "ui", "app", "program", "provisions"},
    "sqlite_utils": {"storage"},
    "sqlite3": {"storage"},
    "yaml": {"storage", "exchange"},
    "openpyxl": {"exports", "exchange"},
    "xlrd": {"exchange"},
    "keyboard": {"platforms"},
    "pyperclip": {"platforms"},
    "ctypes": {"platforms"},
    "Xlib": {"platforms"},
    "jeepney": {"platforms"},
    "socket": {"platforms", "qt", "app"},
    "time": {"platforms", "app", "qt"},
    "threading": {"platforms", "storage", "qt", "app", "logs"},
}
PURE = {"logging", "os", "pathlib", "random", "subprocess", "sys", "uuid"}  # not for the domain


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module


def modules() -> list[Path]:
    return sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_inwards(path: Path) -> None:
    layer = layer_of(path)
    for name in imports(path):
        head, *rest = name.split(".")
        if head == "sidebar" and rest and layer in INSIDE:
            besides = ".".join(rest[:2]) in BESIDES.get(layer, ())
            assert rest[0] in INSIDE[layer] or besides, f"{layer} must not import {name}"
        if head in OUTSIDE:
            assert layer in OUTSIDE[head], f"{layer} must not import {name}"
        if layer == "domain":
            assert head not in PURE, f"the domain must not import {name}"


@pytest.mark.parametrize("layer", ["domain", "services"])
def test_nobody_asks_the_wall_for_the_time(layer: str) -> None:
    wall = {"now", "today", "utcnow", "time", "sleep", "monotonic"}
    for path in (ROOT / layer).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = getattr(node.func.value, "id", "")
                asks = owner in {"datetime", "date", "time"} and node.func.attr in wall
                assert not asks, f"{path}:{node.lineno}: take the time as an argument"


def test_frozen_dataclasses_are_made_leanly() -> None:
    """A class of each kind costs a start, so the library's own is for those of the lowest layers alone."""
    for path in modules():
        if layer_of(path) == "paths" or path.name == "lean.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "dataclasses":
                names = {alias.name for alias in node.names}
                assert "dataclass" not in names, f"{path}: take it from sidebar.domain.lean"


def test_only_the_platforms_know_which_system_they_run_on() -> None:
    allowed = {"platforms", "paths"}
    for path in modules():
        if layer_of(path) in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr == "platform":
                assert getattr(node.value, "id", "") != "sys", f"{path}:{node.lineno}: ask a capability"
