"""Many phrases in one text."""

from hypothesis import given
from hypothesis import strategies as st

from sidebar.domain.pasted import Manner, Pasted, manner_of, read_pasted


def bodies(text: str, manner: Manner | None = None) -> list[str]:
    return [each.body for each in read_pasted(text, manner)]


def test_lines_make_a_phrase_each() -> None:
    assert bodies("亲，您好\n在的，请讲\n\n\n") == ["亲，您好", "在的，请讲"]
    assert manner_of("一\n二\n") is Manner.LINES


def test_empty_lines_part_paragraphs() -> None:
    text = "第一段\n第二行\n \n\n第二段\n"
    assert read_pasted(text) == (
        Pasted(title="第一段", body="第一段\n第二行"),
        Pasted(title="第二段", body="第二段"),
    )


def test_cells_are_title_text_and_code() -> None:
    text = '标题\t正文\t编码\r\n催件\t"已经在催了\n请稍等"\tcj\r\n只有一格\r\n再见\t"他说""好"""\r\n'
    assert read_pasted(text) == (
        Pasted(title="催件", body="已经在催了\n请稍等", code="cj"),
        Pasted(title="只有一格", body="只有一格"),
        Pasted(title="再见", body='他说"好"'),
    )


def test_a_text_counts_once() -> None:
    assert bodies("一\n二\n一") == ["一", "二"]


def test_another_manner_can_be_had() -> None:
    assert bodies("a\tb\nc", Manner.LINES) == ["a\tb", "c"]
    assert bodies("a\nb", Manner.PARAGRAPHS) == ["a\nb"]


@given(st.text(max_size=80), st.none() | st.sampled_from(Manner))
def test_whatever_is_pasted_makes_phrases_that_can_be_written(text: str, manner: Manner | None) -> None:
    for each in read_pasted(text, manner):
        assert each.body == each.body.rstrip() != ""
        assert each.title.strip()
        assert "\n" not in each.title + each.code
