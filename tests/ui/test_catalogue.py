"""The reader of translations, and the translations there are."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from sidebar import paths
from sidebar.ui import catalogue, wording

UI = Path(catalogue.__file__).parent
PO = paths.resources() / "translations" / "en" / "LC_MESSAGES" / "sidebar.po"


def messages() -> Iterator[str]:
    """Every message in the code of the face."""
    for module in UI.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (message,) = node.args
                if module.name == "wording.py" and not isinstance(message, ast.Constant):
                    continue
                assert isinstance(message, ast.Constant), f"{module.name}:{node.lineno}"
                assert isinstance(message.value, str)
                yield message.value


def english() -> dict[str, str]:
    return dict(catalogue.entries(PO.read_text(encoding="utf-8")))


def fields(text: str) -> set[str | None]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_reads_entries_over_one_line_and_many() -> None:
    source = (
        'msgid ""\nmsgstr "Language: en\\n"\n\n'
        '# a remark\n#: place.py\nmsgid "一"\nmsgstr "one"\n\n'
        'msgid ""\n"二"\n"三"\nmsgstr ""\n"two "\n"\\"three\\""\n'
    )
    assert dict(catalogue.entries(source)) == {"一": "one", "二三": 'two "three"'}


def test_a_message_without_translation_stays_as_it_is() -> None:
    assert catalogue.Catalogue({"一": ""}).gettext("一") == "一"
    assert catalogue.Catalogue({}).gettext("二") == "二"


def test_every_message_is_in_english_and_no_other_is() -> None:
    assert set(english()) == set(messages())


@pytest.mark.parametrize("message", sorted(english()))
def test_a_translation_says_it_with_the_same_fields(message: str) -> None:
    translation = english()[message]
    assert translation
    assert fields(translation) == fields(message)
    assert not any("\u4e00" <= character <= "\u9fff" for character in translation)


def test_other_languages_than_chinese_are_spoken_in_english() -> None:
    for name in ("en", "en_GB", "de_DE", "C"):
        wording.use(name)
        assert wording.language() == "en"
    for name in ("zh_CN", "zh_Hans_CN", "zh_TW"):
        wording.use(name)
        assert wording.language() == "zh_CN"


def test_words_outside_the_catalogue_are_not_shown() -> None:
    """Chinese stands only inside messages (the menu of languages, and due times to hand on, apart)."""
    for module in UI.glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        said = {
            id(node.args[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" and node.args
        }
        documents = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                chinese = any("\u4e00" <= character <= "\u9fff" for character in node.value)
                if chinese and id(node) not in said | documents:
                    assert node.value in _SHOWN_AS_THEY_ARE, f"{module.name}:{node.lineno}"


_SHOWN_AS_THEY_ARE = {"中文", "语言 / Language", "30分钟后", "2小时后", "明天10点", "下周一上午"}
