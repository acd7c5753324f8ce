"""The text of a pack file: YAML as a person would write it, in lines that can be edited by hand."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import yaml
from yaml.resolver import Resolver

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.storage.detail_documents import Document, Plain
from sidebar.storage.phrase_documents import document_of

_RESOLVER = Resolver()
# What needs no quotes anywhere: begins with a letter or ideograph, holds nothing YAML gives a meaning.
_BARE = re.compile(r"[A-Za-z\u3400-\u9fff][\w\u3400-\u9fff ./·，。！？、（）-]*", re.ASCII)
_BLOCK = re.compile(
    r"(?![ \t\n])[^\x00-\x08\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]+(?<![ \t\n])"
)
_ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


def pack_text(
    name: str,
    phrases: Iterable[Phrase],
    *,
    language: str = "",
    hides: Sequence[PhraseId] = (),
    folder: Path | None = None,
) -> str:
    """A whole pack file, to be written into *folder*."""
    head: Document = {"pack": name, "language": language, "hides": [str(each) for each in hides]}
    lines = [line for key, value in head.items() if value for line in entry_lines(key, value, "")]
    documents = (document_of(phrase, folder) for phrase in phrases)
    return "\n".join((*lines, yaml_text("phrases", documents)))


def yaml_text(key: str, documents: Iterable[Document]) -> str:
    """A mapping whose *key* is the list of *documents*."""
    items = ["\n".join(_item(document, 2)) for document in documents]
    return "\n".join((f"{key}:", *items, "")) if items else f"{key}: []\n"


def item_text(phrase: Phrase, *, indent: int = 2, folder: Path | None = None) -> str:
    """*phrase* as one item of a pack's list, without the last line break."""
    return "\n".join(_item(document_of(phrase, folder), indent))


def _item(document: Document, indent: int) -> Iterator[str]:
    mark = " " * indent + "- "
    for key, value in document.items():
        for line in entry_lines(key, value, " " * (indent + 2)):
            yield mark + line[indent + 2 :] if mark else line
            mark = ""


def entry_lines(key: str, value: Plain, margin: str) -> Iterator[str]:
    """*key* with its *value* in lines that begin with *margin*."""
    if isinstance(value, str) and "\n" in value and _BLOCK.fullmatch(value):
        yield f"{margin}{key}: |-"
        for line in value.split("\n"):
            yield f"{margin}  {line}" if line else ""
    else:
        yield f"{margin}{key}: {_flow(value)}"


def _flow(value: Plain) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return scalar_text(value)
        case list():
            return f"[{', '.join(map(_flow, value))}]"
        case dict():
            return f"{{{', '.join(f'{scalar_text(key)}: {_flow(held)}' for key, held in value.items())}}}"


def scalar_text(text: str) -> str:
    """*text* without quotes where YAML takes it for the same text, else as JSON, which YAML reads."""
    if _BARE.fullmatch(text) and text[-1] != " " and _resolved(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _resolved(text: str) -> bool:
    return str(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False))) == "tag:yaml.org,2002:str"  # type: ignore[no-untyped-call]
