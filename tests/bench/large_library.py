"""A library as large as wanted, and what an agent types into its search line, the same each time.

Titles and bodies are put together from those of the shipped phrases, so that they have their
characters and repetitions.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sidebar import paths
from sidebar.domain.identifiers import PhraseId
from sidebar.domain.phrases import Phrase
from sidebar.storage.packs import load_packs
from sidebar.storage.readings import Readings, load_readings

_SEED = 20261121
_GOODS = (
    "外套 衬衫 牛仔裤 运动鞋 双肩包 保温杯 电饭煲 吹风机 台灯 键盘 耳机 充电宝 手机壳 行车记录仪 "
    "儿童座椅 奶瓶 纸尿裤 面膜 洗面奶 口红 香水 枸杞 茶叶 坚果 蜂蜜 大米 床垫 窗帘 地毯 花瓶"
)


@cache
def readings() -> Readings:
    return load_readings(paths.resources() / "pinyin.txt")


def library(size: int) -> tuple[Phrase, ...]:
    """*size* phrases."""
    chance = random.Random(_SEED)
    shipped = [
        each for pack in load_packs(shipped=[paths.templates() / "zh-CN"]).packs for each in pack.phrases
    ]
    heads = sorted({part for each in shipped for part in each.title.split(" · ")})
    sentences = sorted({part + "。" for each in shipped for part in each.body.split("。") if part.strip()})
    return tuple(_phrase(number, chance, shipped, heads, sentences) for number in range(size))


def _phrase(
    number: int,
    chance: random.Random,
    shipped: Sequence[Phrase],
    heads: Sequence[str],
    sentences: Sequence[str],
) -> Phrase:
    title = f"{chance.choice(heads)} · {chance.choice(_GOODS.split())}{chance.choice(heads)} {number % 100}"
    like = chance.choice(shipped)
    return replace(
        like,
        id=PhraseId(f"large.{number}"),
        title=title,
        code="".join(initial(each) for each in title if "一" <= each <= "鿿")[:6] + str(number),
        body="".join(chance.sample(sentences, chance.randint(1, 3))),
        group=(like.group or ("其他",))[:1],
    )


def initial(character: str) -> str:
    return readings()(character)[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """One search: what stands in the line after each key."""

    kind: str
    lines: tuple[str, ...]


def typings(phrases: Sequence[Phrase], count: int) -> Iterator[Typing]:
    """*count* searches for phrases of this library, all kinds by turns."""
    chance = random.Random(_SEED + 1)
    kinds = tuple(_KINDS.items())
    for number in range(count):
        kind, typed = kinds[number % len(kinds)]
        keys = typed(chance.choice(phrases), chance)
        yield Typing(kind=kind, lines=tuple("".join(keys[: end + 1]) for end in range(len(keys))))


def _hanzi(phrase: Phrase) -> str:
    return "".join(each for each in phrase.title if "一" <= each <= "鿿")


def _code(phrase: Phrase, _chance: random.Random) -> Sequence[str]:
    return phrase.code


def _initials(phrase: Phrase, _chance: random.Random) -> Sequence[str]:
    return "".join(map(initial, _hanzi(phrase)[:6]))


def _pinyin(phrase: Phrase, _chance: random.Random) -> Sequence[str]:
    return "".join(readings()(each)[0] for each in _hanzi(phrase)[:4])


def _mixed(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    ways: tuple[Callable[[str], str], ...] = (str, initial, lambda each: readings()(each)[0])
    return "".join(chance.choice(ways)(each) for each in _hanzi(phrase)[:5])


def _words(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    hanzi = _hanzi(phrase)
    return [hanzi[-3:-1], " ", *map(initial, hanzi[:2]), " ", *readings()(chance.choice(hanzi))[0]]


def _in_title(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    at = chance.randrange(max(len(phrase.title) - 4, 1))
    return [phrase.title[at : at + 2], phrase.title[at + 2 : at + 4]]


def _in_body(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    at = chance.randrange(max(len(phrase.body) - 4, 1))
    return [phrase.body[at : at + 2], phrase.body[at + 2 : at + 4]]


def _words_in_bodies(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    first, second = (chance.randrange(max(len(phrase.body) - 2, 1)) for _ in range(2))
    return [phrase.body[first : first + 2], " ", phrase.body[second : second + 2]]


def _slip(phrase: Phrase, chance: random.Random) -> Sequence[str]:
    letters = list(_pinyin(phrase, chance))
    at = chance.randrange(1, max(len(letters) - 2, 2))
    letters[at : at + 2] = letters[at : at + 2][::-1]
    return letters


def _nothing(_phrase: Phrase, _chance: random.Random) -> Sequence[str]:
    return "qqvvzzkk"


_KINDS: dict[str, Callable[[Phrase, random.Random], Sequence[str]]] = {
    "code": _code,
    "initials": _initials,
    "pinyin": _pinyin,
    "mixed": _mixed,
    "words": _words,
    "in the title": _in_title,
    "in the body": _in_body,
    "words in bodies": _words_in_bodies,
    "slip": _slip,
    "nothing": _nothing,
}
