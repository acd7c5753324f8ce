"""Client profiles: which window is a chat, who is open in it, and what a broken file says."""

from datetime import timedelta
from pathlib import Path

import pytest

from sidebar import paths
from sidebar.domain.chat_clients import ClientProfile, Confidence, recognise
from sidebar.domain.events import InsertionPath
from sidebar.domain.hotkeys import KeyCombo, Modifier
from sidebar.domain.insertion import PasteProfile, WindowInfo
from sidebar.domain.newlines import Newlines
from sidebar.errors import SettingsError
from sidebar.storage.client_files import load_client, load_clients

SHIPPED = load_clients(shipped=[paths.resources() / "clients"])
MINIMAL = 'name = "mine"\nprograms = ["Mine"]\n'


def seen(program: str, title: str) -> tuple[str, str, int | None] | None:
    """What the shipped profiles make of a window: client, buyer, unread; None for no chat."""
    window = WindowInfo(handle=1, pid=1, program=program, title=title)
    chat = recognise(window, SHIPPED.profiles)
    return None if chat is None else (chat.profile.name, chat.customer, chat.unread)


def client_file(folder: Path, text: str, name: str = "client.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_profile_can_be_read() -> None:
    assert SHIPPED.problems == ()
    assert {profile.name for profile in SHIPPED.profiles} == {
        "pidgin", "sample", "web", "qianniu", "pinduoduo", "dongdong", "feige", "wechat", "wecom",
        "kuaishou", "qianfan", "shopee", "lazada",
    }  # fmt: skip


@pytest.mark.parametrize("profile", SHIPPED.profiles, ids=lambda profile: str(profile.name))
def test_every_shipped_profile_names_its_source_and_sends_nothing_by_itself(profile: ClientProfile) -> None:
    assert profile.source
    assert not profile.paste.send_allowed
    assert InsertionPath.PASTE in profile.paste.paths


def test_only_what_was_tried_is_called_verified() -> None:
    verified = {p.name for p in SHIPPED.profiles if p.confidence is Confidence.VERIFIED}
    assert verified == {"pidgin", "sample"}


def test_pidgin_is_written_to_through_accessibility_first() -> None:
    (pidgin,) = (profile for profile in SHIPPED.profiles if profile.name == "pidgin")
    assert pidgin.paste == PasteProfile(paths=(InsertionPath.ACCESSIBILITY, InsertionPath.PASTE))


CHATS = [
    ("Pidgin", "王小姐", ("pidgin", "王小姐", None)),
    ("pidgin", "[2] 王小姐", ("pidgin", "王小姐", 2)),
    ("Pidgin", "[12] (*) Mr. Smith", ("pidgin", "Mr. Smith", 12)),
    ("Pidgin", "[VIP] 陈同学 ", ("pidgin", "[VIP] 陈同学", None)),
    ("Pidgin", "tb8827_小鱼", ("pidgin", "tb8827_小鱼", None)),
    ("Pidgin", "插件爱好者", ("pidgin", "插件爱好者", None)),
    ("SampleChat", "[1] 张女士", ("sample", "张女士", 1)),
    ("Chromium", "(3) 王小姐 - Web Chat - Chromium", ("web", "王小姐", 3)),
    ("Chromium", "王小姐 - Web Chat - Chromium", ("web", "王小姐", None)),
    ("Chromium", "Web Chat - Chromium", ("web", "", None)),
    ("Chromium", "(3) Web Chat - Chromium", ("web", "", None)),
    ("Google-chrome", "李先生 - 客服工作台 - Google Chrome", ("web", "李先生", None)),
    ("firefox", "A - B - Live Chat — Mozilla Firefox", ("web", "A - B", None)),
    ("msedge.exe", "王小姐 - 客服平台 - 个人 - Microsoft\u200b Edge", ("web", "王小姐", None)),
    ("AliWorkbench.exe", "tb940472610424-接待中心", ("qianniu", "", None)),
    ("aliworkbench.exe", "千牛接待台", ("qianniu", "", None)),
    ("PddWorkbench.exe", "拼多多商家工作台", ("pinduoduo", "", None)),
    ("jdm_dd_workbench.exe", "咚咚融合工作台", ("dongdong", "", None)),
    ("doudian.exe", "抖店工作台", ("feige", "", None)),
    ("Weixin.exe", "微信", ("wechat", "", None)),
    ("WXWork.exe", "企业微信", ("wecom", "", None)),
]


@pytest.mark.parametrize(("program", "title", "expected"), CHATS, ids=[title for _, title, _ in CHATS])
def test_knows_a_chat_and_its_buyer(program: str, title: str, expected: tuple[str, str, int | None]) -> None:
    assert seen(program, title) == expected


OTHERS = [
    ("Pidgin", "Buddy List"),
    ("Pidgin", "好友列表"),
    ("Pidgin", "Accounts"),
    ("Pidgin", "帐号"),
    ("Pidgin", "Preferences"),
    ("Pidgin", "首选项"),
    ("Pidgin", "Plugins"),
    ("Pidgin", "Debug Window"),
    ("Pidgin", "调试窗口"),
    ("Pidgin", "Add Buddy"),
    ("Pidgin", "Conversations with 王小姐"),
    ("Pidgin", "与 王小姐 的对话"),
    ("Pidgin", ""),
    ("Chromium", "web chat - Google Search - Chromium"),
    ("msedge.exe", "web chat - 搜索 - Microsoft\u200b Edge"),
    ("Chromium", "How we built Web Chat - Chromium blog"),
    ("Chromium", "New Tab - Chromium"),
    ("Chromium", "My Web Chat - Chromium"),
    ("Gedit", "王小姐 - Web Chat - Chromium"),
    ("AliWorkbench.exe", "旗舰店:小林-千牛工作台"),
    ("AliWorkbench.exe", "千牛登录"),
    ("AliWorkbench.exe", "服务态度提醒-接待中心"),
    ("jdm_dd_workbench.exe", "新消息提醒"),
    ("WeChat.exe", "朋友圈"),
    ("Telegram.exe", "微信"),
]


@pytest.mark.parametrize(("program", "title"), OTHERS)
def test_takes_nothing_else_for_a_chat(program: str, title: str) -> None:
    assert seen(program, title) is None


def test_a_profile_needs_only_a_name_and_a_program(tmp_path: Path) -> None:
    profile = load_client(client_file(tmp_path, MINIMAL))
    assert (profile.label, profile.paste, profile.confidence) == ("mine", PasteProfile(), Confidence.PRESUMED)


def test_reads_how_the_client_takes_a_text(tmp_path: Path) -> None:
    text = (
        MINIMAL
        + '[paste]\ncombo = "shift+insert"\nsend_combo = "ctrl+return"\nsettle_ms = 0\nsend_allowed = true'
    )
    paste = load_client(client_file(tmp_path, text)).paste
    assert paste == PasteProfile(
        combo=KeyCombo("insert", Modifier.SHIFT),
        send_combo=KeyCombo("return", Modifier.CTRL),
        settle=timedelta(0),
        send_allowed=True,
    )


@pytest.mark.parametrize("way", Newlines)
def test_line_breaks_are_the_clients_own(tmp_path: Path, way: Newlines) -> None:
    text = f'{MINIMAL}[paste]\nnewlines = "{way}"'
    assert load_client(client_file(tmp_path, text)).paste == PasteProfile(newlines=way)


def test_labels_speak_the_language_of_the_interface() -> None:
    english = load_clients(shipped=[paths.resources() / "clients"], language="en")
    assert "Qianniu" in {profile.label for profile in english.profiles}
    assert "千牛" in {profile.label for profile in SHIPPED.profiles}


def test_a_profile_of_ones_own_replaces_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    client_file(tmp_path / "shipped", MINIMAL + 'source = "shipped"', "a.toml")
    client_file(tmp_path / "shipped", 'name = "other"\nprograms = ["Other"]', "b.toml")
    client_file(tmp_path / "own", MINIMAL + 'source = "own"', "z.toml")
    result = load_clients(shipped=[tmp_path / "shipped"], own=[tmp_path / "own", tmp_path / "missing"])
    assert [(profile.name, profile.source) for profile in result.profiles] == [("mine", "own"), ("other", "")]
    assert result.problems == ()


MISTAKES = {
    "broken TOML": ("name = ", "", "not valid TOML"),
    "endless nesting": (MINIMAL + "label = " + "[" * 9000, "", "not valid TOML"),
    "no name": ('programs = ["x"]', "name", "must be there"),
    "strange name": ('name = "a:b"\nprograms = ["x"]', "name", "must be there and consist of"),
    "no programs": ('name = "mine"', "programs", "missing or empty"),
    "programs are text": ('name = "mine"\nprograms = "x"', "programs", "must be a list of texts"),
    "programs are numbers": ('name = "mine"\nprograms = [1]', "programs", "must be a list of texts"),
    "bad pattern": (MINIMAL + "titles = '(unclosed'", "titles", "not a regular expression"),
    "buyer without a group": (MINIMAL + "buyer = '(.*)'", "buyer", "must have the named group"),
    "reading of nothing known": (MINIMAL + "[reading]\nitems = 'pixel'", "reading.items", "must be one of"),
    "reading without buyers": (MINIMAL + "[reading]\nitems = 'page_tab'", "reading.buyer", "is missing"),
    "reading without a mark": (
        MINIMAL + "[reading]\nitems = 'page_tab'\nbuyer = '(?P<buyer>.+)'",
        "reading.buyer",
        "(?P<unread>…) where bold says nothing",
    ),
    "log of nothing known": (MINIMAL + "[log]\nby = 'smell'", "log.by", "must be one of colour"),
    "messages of no kind": (MINIMAL + "[log]\nby = 'class'", "log.items", "must be one of list_item"),
    "messages apart in one text": (
        MINIMAL + "[log]\nby = 'colour'\nitems = 'section'",
        "log.items",
        "means nothing where all messages are one text",
    ),
    "log without the agent": (MINIMAL + "[log]\nby = 'colour'\nbuyer = 'x'", "log.agent", "is missing"),
    "log without buyers": (MINIMAL + "[log]\nby = 'colour'\nagent = 'x'", "log.buyer", "is missing"),
    "bad pattern of a log": (
        MINIMAL + "[log]\nby = 'colour'\nagent = '('",
        "log.agent",
        "not a regular expression",
    ),
    "unknown key of log": (MINIMAL + "[log]\nwho = 'x'", "log.who", "not a key that means anything"),
    "title is a number": (MINIMAL + "titles = 3", "titles", "must be text in quotes"),
    "unknown key": (MINIMAL + "tittles = 'x'", "tittles", "not a key that means anything here"),
    "unknown key of paste": (MINIMAL + "[paste]\nsleep = 1", "paste.sleep", "not a key that means anything"),
    "paste is text": (MINIMAL + "paste = 'x'", "paste", "must be a table"),
    "label is text": (MINIMAL + "label = 'x'", "label", "must be a table"),
    "unknown path": (MINIMAL + "[paste]\npaths = ['telepathy']", "paste.paths", "must be some of"),
    "no path": (MINIMAL + "[paste]\npaths = []", "paste.paths", "missing or empty"),
    "bad combination": (MINIMAL + "[paste]\ncombo = 'hyper+v'", "paste.combo", "not a key combination"),
    "text for a time": (MINIMAL + "[paste]\nsettle_ms = '50'", "paste.settle_ms", "must be a whole number"),
    "a minute to settle": (MINIMAL + "[paste]\nsettle_ms = 60000", "paste.settle_ms", "0 to 10000"),
    "unknown line break": (MINIMAL + "[paste]\nnewlines = 'enter'", "paste.newlines", "must be one of as_is"),
    "sending is text": (
        MINIMAL + "[paste]\nsend_allowed = 'no'",
        "paste.send_allowed",
        "must be true or false",
    ),
    "a source of nothing": (MINIMAL + "[sources]\ncolour = 'x'", "sources.colour", "not a key that means"),
    "a source without its place": (
        MINIMAL + "[sources]\ntitles = 'reported'",
        "sources.titles",
        "a colon and from where",
    ),
    "a source nobody can weigh": (
        MINIMAL + "[sources]\ntitles = 'sure: me'",
        "sources.titles",
        "must be one of verified",
    ),
    "unknown confidence": (MINIMAL + "confidence = 'sure'", "confidence", "must be one of"),
}


@pytest.mark.parametrize(("text", "key", "reason"), MISTAKES.values(), ids=list(MISTAKES))
def test_a_broken_profile_names_its_key_and_costs_only_itself(
    tmp_path: Path, text: str, key: str, reason: str
) -> None:
    broken = client_file(tmp_path, text, "broken.toml")
    client_file(tmp_path, 'name = "good"\nprograms = ["Good"]', "good.toml")
    result = load_clients(own=[tmp_path])
    assert [profile.name for profile in result.profiles] == ["good"]
    (problem,) = result.problems
    assert (problem.file, problem.key) == (broken, key)
    assert reason in problem.reason
    assert str(problem).startswith(f"{broken}: {key}")


def test_two_files_of_one_name_are_reported(tmp_path: Path) -> None:
    client_file(tmp_path, MINIMAL, "a.toml")
    second = client_file(tmp_path, MINIMAL, "b.toml")
    result = load_clients(own=[tmp_path])
    assert len(result.profiles) == 1
    assert [(problem.file, problem.key) for problem in result.problems] == [(second, "name")]


def test_what_is_no_text_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "utf16.toml").write_bytes('name = "x"'.encode("utf-16"))
    problems = load_clients(own=[tmp_path]).problems
    assert [problem.file.name for problem in problems] == ["folder.toml", "utf16.toml"]
    with pytest.raises(SettingsError, match="cannot be read"):
        load_client(tmp_path / "missing.toml")
