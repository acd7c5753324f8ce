"""The shipped client profiles: each value says where it is from, and reported titles are recognised."""

import tomllib
from pathlib import Path

import pytest

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile, Confidence, recognise
from sidebar.domain.insertion import WindowInfo
from sidebar.storage.client_files import load_clients

SHIPPED = load_clients(shipped=[paths.resources() / "clients"])
FILES = sorted((paths.resources() / "clients").glob("*.toml"))
ALWAYS = {"programs", "newlines", "combo", "send_combo"}
"""Values every client has, by its file or by default."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_that_a_file_sets_has_its_source(path: Path) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    named = {"titles", "ignored", "buyer", "longest", "reading", "log"} & raw.keys()
    timed = {"times"} if any(key.endswith("_ms") for key in raw["paste"]) else set[str]()
    assert ALWAYS | named | timed <= raw["sources"].keys()


@pytest.mark.parametrize("profile", SHIPPED.profiles, ids=lambda profile: str(profile.name))
def test_a_profile_is_no_surer_than_what_tells_its_window(profile: ClientProfile) -> None:
    order = list(Confidence)
    telling = [s.confidence for s in profile.sources if s.value in ("programs", "titles", "buyer")]
    assert profile.source
    assert order.index(profile.confidence) >= max(map(order.index, telling))


@pytest.mark.parametrize("profile", SHIPPED.profiles, ids=lambda profile: str(profile.name))
def test_none_sends_by_itself(profile: ClientProfile) -> None:
    assert not profile.paste.send_allowed


# What the clients' windows are called, as those report who drive them.
REPORTED = [
    ("AliWorkbench.exe", "tb940472610424-接待中心", "qianniu", ""),
    ("AliWorkBench.exe", "某某旗舰店:小林-接待台", "qianniu", ""),
    ("AliWorkbench.exe", "千牛接待台", "qianniu", ""),
    ("Aliworkbench", "tb940472610424-接待中心", "qianniu", ""),
    ("PddWorkbench.exe", "拼多多工作台", "pinduoduo", ""),
    ("pddwebworkbench.exe", "拼多多商家工作台", "pinduoduo", ""),
    ("jdm_dd_workbench.exe", "咚咚融合工作台", "dongdong", ""),
    ("JMWorkStation.exe", "咚咚工作站", "dongdong", ""),
    ("JDWorkStation.exe", "咚咚工作站", "dongdong", ""),
    ("JingMai.exe", "咚咚融合工作台", "dongdong", ""),
    ("JingMaiWorkbench.exe", "咚咚融合工作台", "dongdong", ""),
    ("chrome.exe", "咚咚工作站 - Google Chrome", "web", ""),
    ("doudian.exe", "抖店工作台", "feige", ""),
    ("抖店工作台.exe", "抖店", "feige", ""),
    ("WeChat.exe", "微信", "wechat", ""),
    ("Weixin.exe", "微信", "wechat", ""),
    ("WXWork.exe", "企业微信", "wecom", ""),
]
# What nobody has reported: consoles in a browser as they might be called.
PRESUMED = [
    ("chrome.exe", "快手客服工作台 - Google Chrome", "kuaishou", ""),
    ("KwaiShop.exe", "快手小店客服", "kuaishou", ""),
    ("msedge.exe", "(2) 小鱼 - 快手小店客服 - 个人 - Microsoft\u200b Edge", "kuaishou", "小鱼"),
    ("Chromium", "千帆客服工作台 - Chromium", "qianfan", ""),
    ("Chromium", "王小姐 - 小红书千帆客服工作台 - Chromium", "qianfan", "王小姐"),
    ("chrome.exe", "Chat - Shopee Seller Centre - Google Chrome", "shopee", ""),
    ("firefox.exe", "siti88 | Shopee Webchat — Mozilla Firefox", "shopee", "siti88"),
    ("chrome.exe", "IM - Lazada Seller Center - Google Chrome", "lazada", ""),
    ("chrome.exe", "(1) Mr. Smith - Lazada Chat - Google Chrome", "lazada", "Mr. Smith"),
    ("chrome.exe", "飞鸽客服工作台 - Google Chrome", "web", ""),
    ("chrome.exe", "拼多多商家客服工作台 - Google Chrome", "web", ""),
    ("chrome.exe", "李先生 - 客服工作台 - Google Chrome", "web", "李先生"),
]


@pytest.mark.parametrize(("program", "title", "client", "buyer"), [*REPORTED, *PRESUMED])
def test_a_chat_is_known_by_program_and_title(program: str, title: str, client: str, buyer: str) -> None:
    chat = recognise(WindowInfo(handle=1, pid=1, program=program, title=title), SHIPPED.profiles)
    assert chat is not None
    assert (chat.profile.name, chat.customer) == (client, buyer)


OTHERS = [
    ("AliWorkbench.exe", "某某旗舰店:小林-千牛工作台"),
    ("AliWorkbench.exe", "千牛登录"),
    *(("AliWorkbench.exe", t) for t in ("千牛系统消息", "系统通知", "消息通知", "消息提醒", "服务态度提醒")),
    ("PddService.exe", "拼多多工作台"),
    ("PddCoreService.exe", "拼多多工作台"),
    ("jdm_dd_workbench.exe", "新消息提醒"),
    ("app_shell_updater.exe", "抖店工作台"),
    ("WXWork.exe", "登录"),
    ("Telegram.exe", "微信"),
    ("chrome.exe", "Shopee Thailand | Free Shipping - Google Chrome"),
    ("chrome.exe", "How Shopee Chat works - Google Chrome"),
    ("chrome.exe", "快手客服电话 - Google Chrome"),
    ("chrome.exe", "千帆大模型平台 - Google Chrome"),
    ("KwaiShop.exe", "快手小店登录"),
]


@pytest.mark.parametrize(("program", "title"), OTHERS)
def test_other_windows_of_these_programs_are_no_chat(program: str, title: str) -> None:
    assert recognise(WindowInfo(handle=1, pid=1, program=program, title=title), SHIPPED.profiles) is None
