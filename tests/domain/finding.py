"""Phrases to be found, and how titles are typed, said plainly.

The readings are a dictionary's, written out for the characters used here.
"""

from collections.abc import Sequence

from sidebar.domain.hits import Hit, MatchedBy
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Category, Phrase, Stage
from sidebar.domain.search import Index

PINYIN = {
    "物": "wu",
    "流": "liu",
    "核": "he hu",
    "实": "shi",
    "查": "cha zha",
    "询": "xun",
    "退": "tui",
    "款": "kuan",
    "重": "zhong chong",
    "庆": "qing",
    "银": "yin",
    "行": "xing hang heng",
    "您": "nin",
    "好": "hao",
    "发": "fa",
    "货": "huo",
    "西": "xi",
    "安": "an",
    "先": "xian",
    "生": "sheng",
    "策": "ce",
    "略": "lve",
    "无": "wu mo",
    "理": "li",
    "由": "you",
    "天": "tian",
    "商": "shang",
    "品": "pin",
}


def readings(character: str) -> Sequence[str]:
    return PINYIN.get(character, "").split()


def phrase(
    title: str,
    *,
    code: str = "",
    body: str = "",
    tags: tuple[str, ...] = (),
    stage: Stage | None = None,
    category: Category | None = None,
) -> Phrase:
    return Phrase(
        id=PhraseId(title), title=title, body=body, code=code, tags=tags, stage=stage, category=category
    )


def found(phrases: Sequence[Phrase], query: str) -> list[tuple[str, MatchedBy]]:
    return [(hit.phrase.title, hit.why) for hit in Index(phrases, readings).search(query)]


def only(title: str, query: str) -> Hit:
    (hit,) = Index([phrase(title)], readings).search(query)
    return hit


def spelt(query: str, title: str) -> bool:
    """Whether *title* begins as *query* is typed: said plainly, one character after the other."""
    if not query:
        return True
    if not title:
        return False
    inside = {title[0]}
    for syllable in readings(title[0]):
        also = {"lue"} if syllable == "lve" else set()
        for each in {syllable, *also}:
            inside |= {each, each[0]} | ({each[:2]} if each[:2] in {"zh", "ch", "sh"} else set())
            if each.startswith(query):
                return True
    return any(query.startswith(piece) and spelt(query[len(piece) :], title[1:]) for piece in inside)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.phrase.id for hit in hits]
