"""The text of a body that another program keeps as HTML."""

import re
from html.parser import HTMLParser

_TAGGED = re.compile(
    r"\s*<(!doctype|[a-z][a-z0-9]*)\b[^>]*>.*(</[a-z][a-z0-9]*>|<br ?/?>)", re.IGNORECASE | re.DOTALL
)
_BREAKING = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"))
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))


def is_html(body: str) -> bool:
    """Whether *body* begins with a tag and has one that ends."""
    return _TAGGED.match(body) is not None


def plain_text(body: str) -> str:
    """What a person sees of the HTML *body*; scripts and styles are no text."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in _BREAKING:
            self._begin_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BREAKING:
            self._begin_line()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " ").replace("\r", ""))

    def _begin_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
