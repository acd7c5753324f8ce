"""The table of pinyin, against what a dictionary says and, where it is at hand, against pypinyin."""

from pathlib import Path

import pytest

from sidebar.errors import UserError
from sidebar.paths import resources
from sidebar.storage.readings import Readings, load_readings


@pytest.fixture(scope="module")
def readings() -> Readings:
    return load_readings(resources() / "pinyin.txt")


@pytest.mark.parametrize(
    ("character", "first", "others"),
    [
        ("物", "wu", set()),
        ("行", "xing", {"hang", "heng"}),
        ("重", "zhong", {"chong"}),
        ("还", "hai", {"huan"}),
        ("会", "hui", {"kuai"}),
        ("长", "zhang", {"chang"}),
        ("了", "le", {"liao"}),
        ("绿", "lv", {"lu"}),
        ("略", "lve", set()),
        ("單", "dan", {"shan", "chan"}),
        ("〇", "ling", set()),
    ],
)
def test_knows_all_readings_the_most_usual_first(
    readings: Readings, character: str, first: str, others: set[str]
) -> None:
    assert readings(character)[0] == first
    assert others <= set(readings(character))


@pytest.mark.parametrize(
    ("character", "usual", "rare"),
    [
        ("有", {"you"}, {"wei"}),
        ("款", {"kuan"}, {"xin"}),
        ("单", {"dan"}, {"shan", "chan"}),
        ("车", {"che"}, {"ju"}),
        ("重", {"zhong", "chong"}, {"tong"}),
        ("行", {"xing", "hang"}, {"heng"}),
        ("还", {"hai", "huan"}, {"fu"}),
        ("会", {"hui", "kuai"}, set()),
        ("單", {"dan", "shan", "chan", "zhan", "tan"}, set()),  # too few words are known with it
    ],
)
def test_knows_which_readings_are_rare(
    readings: Readings, character: str, usual: set[str], rare: set[str]
) -> None:
    known = readings(character)
    assert (set(known[: known.usual]), set(known[known.usual :])) == (usual, rare)


@pytest.mark.parametrize("character", ["a", "é", "7", "。", "ア", "😀", "\n", "\t", "", "wu"])
def test_what_is_no_chinese_character_has_no_readings(readings: Readings, character: str) -> None:
    assert readings(character) == ()
    assert readings(character).usual == 0


def test_the_names_in_the_header_are_not_taken_for_the_table(readings: Readings) -> None:
    assert readings("闲") == ("xian",)


def test_a_missing_table_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"pinyin\.txt: .*install the sidebar again"):
        load_readings(tmp_path / "pinyin.txt")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a\t\xe5\x95\x8a\n"])
def test_another_file_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pinyin.txt"
    path.write_bytes(content)
    with pytest.raises(UserError, match="install the sidebar again"):
        load_readings(path)


def test_says_what_pypinyin_says(readings: Readings) -> None:
    pypinyin = pytest.importorskip("pypinyin")
    known = 0
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        found = pypinyin.pinyin(chr(code), style=pypinyin.Style.NORMAL, heteronym=True, errors="ignore")
        expected = dict.fromkeys(syllable.replace("ê", "e") for syllable in found[0]) if found else {}
        ours = readings(chr(code))
        assert sorted(ours) == sorted(expected)
        for some in (ours[: ours.usual], ours[ours.usual :]):
            assert some == tuple(each for each in expected if each in some)
        assert ours[:1] == tuple(expected)[:1]
        known += bool(expected)
    assert known == 26703  # 5,779 of extension A and 20,924 of the basic block
