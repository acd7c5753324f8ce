"""A chat server on loopback: Prosody with its accounts written beforehand."""

import socket

from tests.e2e.rig.desktop import Desktop
from tests.e2e.rig.programs import Program
from tests.e2e.rig.waiting import until

HOST = "127.0.0.1"
DOMAIN = "localhost"
AGENT = "agent"
BUYERS = {"buyer": "王小姐", "buyer2": "Mr. Smith", "buyer3": "李先生"}
"""Account and the name that stands in the chat client's window title."""

# No TLS at all, so that no client can ask about a certificate; nobody but this machine is listened to.
# The groups put the buyers on the agent's list without a question of either side.
_SETTINGS = """\
run_as_root = true
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
certificates = "{folder}"
interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {port} }}
modules_enabled = {{ "roster", "saslauth", "disco", "groups", "ping", "vcard_legacy", "pep" }}
modules_disabled = {{ "s2s", "tls", "offline" }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = "internal"
groups_file = "{folder}/groups.txt"
limits = {{ }}
log = {{ info = "*console" }}
VirtualHost "{domain}"
"""


class ChatServer:
    """A running server; whoever knows an account's name knows its password."""

    def __init__(self, desktop: Desktop) -> None:
        folder = desktop.folder / "prosody"
        accounts = folder / "data" / DOMAIN / "accounts"
        accounts.mkdir(parents=True)
        for name in (AGENT, *BUYERS):
            text = f'return {{ ["password"] = "{password(name)}"; }};\n'
            (accounts / f"{name}.dat").write_text(text, encoding="utf-8")
        members = {AGENT: "Agent", **BUYERS}
        groups = ["[Customers]", *(f"{name}@{DOMAIN}={alias}" for name, alias in members.items())]
        (folder / "groups.txt").write_text("\n".join(groups) + "\n", encoding="utf-8")
        self.port = _free_port()
        settings = folder / "prosody.cfg.lua"
        text = _SETTINGS.format(folder=folder, port=self.port, domain=DOMAIN)
        settings.write_text(text, encoding="utf-8")
        self._program = desktop.run("prosody", "--config", settings, "-F")
        until(self._answers, "chat server")

    @property
    def program(self) -> Program:
        return self._program

    def _answers(self) -> bool:
        self._program.expect_running()
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0


def password(account: str) -> str:
    return f"password of {account}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
