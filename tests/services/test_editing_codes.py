"""Codes that are taken already."""

from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Pack, Phrase
from sidebar.services.library import Library


def test_another_phrase_with_a_code_is_found_whatever_its_case() -> None:
    library = Library(readings=lambda text: [text])
    phrases = tuple(
        Phrase(id=PhraseId(name), title=name, body=f"wl {name}", code=code)
        for name, code in (("a", "wl"), ("b", "wlhs"), ("c", "WL"), ("d", ""))
    )
    library.replace([Pack(name="p", language="zh-CN", phrases=phrases)])
    assert library.with_code(" Wl ", but=PhraseId("a")) == phrases[2]
    assert library.with_code("wlhs", but=PhraseId("b")) is None
    assert library.with_code("wlh", but=PhraseId("a")) is None
    assert library.with_code(" ", but=PhraseId("a")) is None
