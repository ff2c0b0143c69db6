"""Tell the team."""

import json
import os
from urllib.request import Request, urlopen

import click

SECONDS = 5


def notify_team(text: str) -> None:
    """Send `text` to the webhook in HEARTH_WEBHOOK, if there is one."""
    address = os.environ.get("HEARTH_WEBHOOK")
    if not address:
        return
    try:
        # urlopen would open file: and ftp: too.
        if not address.startswith(("https://", "http://")):
            raise ValueError("not a web address")
        headers = {"Content-Type": "application/json"}
        body = json.dumps({"text": text}).encode()
        with urlopen(Request(address, body, headers), timeout=SECONDS):
            pass
    except Exception as error:
        # Anything at all may go wrong here, and must not hide what went wrong before. The
        # address is as good as a password, so it is not shown.
        click.echo(f"The team could not be told ({type(error).__name__}).", err=True)
