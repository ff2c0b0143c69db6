"""The team's chat room, on a day on which it does not answer."""


def say(text: str) -> None:
    """Post `text` as one message; raises ConnectionError where the room does not answer."""
    raise ConnectionError("the chat room does not answer")
