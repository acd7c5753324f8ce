"""A buyer's side of the chat, run as a program of its own: JSON lines in, JSON lines out.

    python -m tests.e2e.rig.buyer_bot PORT ACCOUNT

In: {"to": "agent@localhost/pidgin", "text": "…"}. Out: {"ready": true}, {"online": "jid"},
{"offline": "jid"} and {"text": "…", "at": monotonic seconds}. Ends with its input.
"""

import asyncio
import json
import sys
import time
from typing import Any

import slixmpp

from tests.e2e.rig.chat_server import DOMAIN, HOST, password


def tell(**fact: object) -> None:
    sys.stdout.write(json.dumps(fact, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def on_message(message: Any) -> None:
    if message["type"] in ("chat", "normal") and message["body"]:
        tell(text=message["body"], at=time.monotonic())


def on_presence(presence: Any) -> None:
    tell(**{"offline" if presence["type"] == "unavailable" else "online": str(presence["from"])})


def join(account: str) -> Any:
    """A client that logs in without encryption: the server listens to this machine alone."""
    client = slixmpp.ClientXMPP(f"{account}@{DOMAIN}", password(account))
    client.enable_direct_tls = False
    client.enable_starttls = False
    client.enable_plaintext = True
    mechanisms = client.plugin["feature_mechanisms"]
    mechanisms.unencrypted_plain = True
    mechanisms.unencrypted_scram = True
    return client


async def chat(port: int, account: str) -> None:
    client = join(account)

    async def on_start(_: object) -> None:
        client.send_presence()
        await client.get_roster()
        tell(ready=True)

    client.add_event_handler("session_start", on_start)
    client.add_event_handler("message", on_message)
    client.add_event_handler("presence", on_presence)
    client.connect(HOST, port)
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    while line := await reader.readline():
        order = json.loads(line)
        client.send_message(mto=order["to"], mbody=order["text"], mtype="chat")
    await client.disconnect(wait=1)


if __name__ == "__main__":
    asyncio.run(chat(int(sys.argv[1]), sys.argv[2]))
