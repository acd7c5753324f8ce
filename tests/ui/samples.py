"""A shop's morning as views: what the picture of the sidebar shows."""

from datetime import UTC, datetime, timedelta

from sidebar.domain.conversations import Urgency
from sidebar.domain.identifiers import ConversationId, FollowupId, PhraseId
from sidebar.domain.phrases import Category, Stage
from sidebar.services.views import (
    ConversationRow,
    ConversationsView,
    Due,
    FollowupRow,
    FollowupsView,
    FooterView,
    HeaderView,
    Link,
    MatchedBy,
    NowView,
    PhraseRow,
)
from sidebar.ui.window import SidebarWindow

ZONE = datetime.now().astimezone().tzinfo
NOW = datetime(2026, 11, 21, 17, 37, tzinfo=ZONE).astimezone(UTC)
TODAY_18 = datetime(2026, 11, 21, 18, 0, tzinfo=ZONE).astimezone(UTC)
TOMORROW_10 = datetime(2026, 11, 22, 10, 0, tzinfo=ZONE).astimezone(UTC)

HEADER = HeaderView(
    link=Link.ATTACHED,
    client="千牛",
    customer="张女士",
    shift_name="早班",
    shift_for=timedelta(hours=3, minutes=42),
)


def conversation(
    name: str,
    urgency: Urgency,
    seconds: int | None,
    category: Category | None = None,
    *,
    current: bool = False,
    promised: datetime | None = None,
) -> ConversationRow:
    return ConversationRow(
        conversation=ConversationId(f"taobao:{name}"),
        customer=name,
        urgency=urgency,
        waiting_since=None if seconds is None else NOW - timedelta(seconds=seconds),
        current=current,
        category=category,
        promised=promised,
    )


CONVERSATIONS = ConversationsView(
    at=NOW,
    rows=(
        conversation("李先生", Urgency.BREACHED, 192, Category.COMPLAINT),
        conversation("张女士", Urgency.WARNED, 146, Category.LOGISTICS, current=True),
        conversation("tb8827_小鱼", Urgency.WARNED, 111, Category.PRODUCT),
        conversation("陈同学", Urgency.RUNNING, 24, Category.AFTER_SALES),
        conversation("王女士", Urgency.CALM, None, promised=TODAY_18),
        *(conversation(f"顾客{number}", Urgency.CALM, None) for number in range(6, 13)),
    ),
    breached=1,
    warned=2,
)

NOW_VIEW = NowView(
    conversation=ConversationId("taobao:张女士"),
    category=Category.LOGISTICS,
    stage=Stage.SOOTHE,
    waiting=True,
)

PHRASES = (
    PhraseRow(
        phrase=PhraseId("logistics.verify"),
        number=1,
        title="物流核实 ・ 给时限",
        text="非常理解您的着急。已联系网点核实,今天18:00前给您答复,工号 A07。",
        matched=(0, 1, 2, 3),
        why=MatchedBy.INITIALS,
        promise=timedelta(hours=2),
    ),
    PhraseRow(
        phrase=PhraseId("soothe.not_received"),
        number=2,
        title="安抚 ・ 未收到货",
        text="张女士,给您添麻烦了,换作是我也会着急,这件事由我跟到底。",
        can_send=True,
    ),
    PhraseRow(
        phrase=PhraseId("wait.looking"),
        number=3,
        title="稍候 ・ 正在查询",
        text="您反馈的问题已收到,正在为您查询,预计需要 3 分钟。",
    ),
    PhraseRow(
        phrase=PhraseId("offer.damaged"),
        number=4,
        title="破损 / 丢失补发 ・ 二选一",
        text="方案一 原件补发,明天发出;方案二 全额退款,1–3 个工作日到账。",
    ),
)

FOLLOWUPS = FollowupsView(
    rows=(
        FollowupRow(
            followup=FollowupId("f1"),
            about="答复退款结果",
            customer="王女士",
            due=TODAY_18,
            left=timedelta(minutes=23),
            nearness=Due.SOON,
            promise=True,
        ),
        FollowupRow(
            followup=FollowupId("f2"),
            about="回访满意度",
            customer="李先生",
            due=TOMORROW_10,
            left=TOMORROW_10 - NOW,
            nearness=Due.LATER,
        ),
    ),
    total=3,
)

FOOTER = FooterView(on_shift=True, first_response=timedelta(seconds=18), share=0.986, handled=42)


def fill(window: SidebarWindow) -> None:
    """Show the whole morning."""
    window.show_header(HEADER)
    window.show_conversations(CONVERSATIONS)
    window.show_now(NOW_VIEW)
    window.show_phrases(PHRASES)
    window.show_followups(FOLLOWUPS)
    window.show_footer(FOOTER)
    window.set_search_hotkey("ctrl+alt+f")
