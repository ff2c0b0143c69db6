"""Tell the team."""

import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

import click
from flask import current_app

SECONDS = 5


def sent() -> Path:
    """Find the file that keeps what was sent since the last release that went well."""
    return Path(current_app.instance_path) / "release-messages.txt"


def notify_team(text: str) -> None:
    """Send `text` to the webhook in HEARTH_WEBHOOK, if there is one and it does not know it yet.

    A container that fails is started again, and fails again, all night long.
    """
    address = os.environ.get("HEARTH_WEBHOOK")
    try:
        if not address or (sent().exists() and text in sent().read_text("utf-8").splitlines()):
            return
        post(address, text)
        with sent().open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except Exception as error:
        # Anything at all may go wrong here, and must not hide what went wrong before. The
        # address is as good as a password, so it is not shown.
        click.echo(f"Telling the team failed ({type(error).__name__}).", err=True)


def post(address: str, text: str) -> None:
    """Send `text` to a chat room."""
    # urlopen would open file: and ftp: too.
    if not address.startswith(("https://", "http://")):
        raise ValueError("not a web address")
    headers = {"Content-Type": "application/json"}
    body = json.dumps({"text": text}).encode()
    with urlopen(Request(address, body, headers), timeout=SECONDS):
        pass


def forget_messages() -> None:
    """A release went well: whatever fails next is news."""
    sent().unlink(missing_ok=True)
