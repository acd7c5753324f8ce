"""Who wrote a message, by its mark."""

import re

from sidebar.domain.chat_logs import LogRule, Mark, MessageKind, Speaker

BUYER, AGENT, AUTO = Speaker.BUYER, Speaker.AGENT, Speaker.AUTO
BY_COLOUR = LogRule(
    by=Mark.COLOUR,
    speakers=(
        (AUTO, re.compile("<AUTO-REPLY>")),
        (AGENT, re.compile("^8224,")),
        (BUYER, re.compile("^52428,")),
    ),
)
BY_CLASS = LogRule(
    by=Mark.CLASS,
    items=MessageKind.SECTION,
    speakers=((AUTO, re.compile("robot")), (AGENT, re.compile("self")), (BUYER, re.compile("other"))),
)


def test_a_mark_tells_who_wrote() -> None:
    assert BY_CLASS.speaker("message other") is BUYER
    assert BY_CLASS.speaker("message self") is AGENT
    assert BY_CLASS.speaker("date") is None


def test_what_is_looked_for_first_counts() -> None:
    assert BY_CLASS.speaker("message self robot") is AUTO


def test_the_name_tells_an_automatic_reply_where_the_colour_is_the_agents() -> None:
    assert BY_COLOUR.named(AGENT, "\n(19:51:04) shop: ") is AGENT
    assert BY_COLOUR.named(AGENT, "\n(19:51:04) shop <AUTO-REPLY>: ") is AUTO


def test_the_automatic_reply_of_a_buyers_client_is_no_message() -> None:
    assert BY_COLOUR.named(BUYER, "\n(19:51:04) 王小姐 <AUTO-REPLY>: ") is None
