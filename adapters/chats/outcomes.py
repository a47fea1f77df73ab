"""What may become of a request to a chat platform, besides being sent."""


class SendError(Exception):
    """A part was not sent, or nobody knows whether it was."""


class Unsent(SendError):  # noqa: N818 - reads as the sentence it is
    """It was definitely not sent and may be tried again, after `seconds`."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.seconds = seconds


class UnknownOutcome(SendError):  # noqa: N818 - reads as the sentence it is
    """The connection broke on the way: it may have arrived."""


class Refused(SendError):  # noqa: N818 - reads as the sentence it is
    """The platform will never take it."""


class Gone(SendError):  # noqa: N818 - reads as the sentence it is
    """The chat is closed to us: blocked, left, deleted."""


class Moved(SendError):  # noqa: N818 - reads as the sentence it is
    """The chat has another name now."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"the chat is called {chat} now")
        self.chat = chat


class TokenRejected(SendError):  # noqa: N818 - reads as the sentence it is
    """The platform does not know our token, that of `setting`; nothing can be sent."""

    def __init__(self, reason: str, setting: str) -> None:
        super().__init__(reason)
        self.setting = setting
