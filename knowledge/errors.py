"""Every error the product raises on purpose.

    AdvisorError
    ├── SettingError        a setting cannot be used; names the setting
    ├── WeightsError        the embedding model's weights are not what they claim to be
    ├── EmbedderChanged     the index was built by another embedder
    ├── EmbeddingFailed     the embedding service did not answer usefully
    ├── ModelFailed         the model that writes answers did not answer usefully
    ├── IndexBusy           another process is writing the index
    ├── IndexUnavailable    the vector store cannot be opened or reached
    ├── StoreError          the database cannot be opened, reached or written
    └── InputError          a file or line given by a person cannot be read

Faults in guides are not errors but values (`knowledge.guide.Fault`): one broken file never stops the others.
"""


class AdvisorError(Exception):
    """Something went wrong that a person can act on; the message says how."""


class SettingError(AdvisorError):
    """A setting cannot be used."""

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"{setting}: {reason}")
        self.setting = setting
        self.reason = reason


class WeightsError(AdvisorError):
    """The weights file is not the one that was measured."""


class EmbedderChanged(AdvisorError):  # noqa: N818 - reads as the sentence it is
    """The index holds vectors of another embedder."""

    def __init__(self, built_by: str, wanted: str) -> None:
        super().__init__(
            f"The index was built by the embedder '{built_by}', the settings ask for '{wanted}'. "
            "Run `advisor index --rebuild`, or set EMBEDDING_MODEL back."
        )
        self.built_by = built_by
        self.wanted = wanted


class EmbeddingFailed(AdvisorError):  # noqa: N818 - reads as the sentence it is
    """The embedding service did not give one vector per text."""


class ModelFailed(AdvisorError):  # noqa: N818 - reads as the sentence it is
    """The model that writes answers did not answer usefully; `status` is its server's (HTTP), None without one."""

    def __init__(self, model: str, reason: Exception | str) -> None:
        status = getattr(reason, "status_code", None)
        # The words of a foreign error may hold a message or a key.
        said = type(reason).__name__ if isinstance(reason, Exception) else reason
        advice = {
            401: "check its key",
            403: "check its key",
            404: "check its name",
            429: "too many requests, or no credit",
        }
        where = (
            f" (HTTP {status}{f': {advice[status]}' if status in advice else ''})" if isinstance(status, int) else ""
        )
        super().__init__(f"ANSWER_MODEL {model} did not answer usefully: {said}{where}")
        self.status: int | None = status if isinstance(status, int) else None


class IndexBusy(AdvisorError):  # noqa: N818 - reads as the sentence it is
    """Another process is writing the index."""


class IndexUnavailable(AdvisorError):  # noqa: N818 - reads as the sentence it is
    """The vector store cannot be opened or reached."""


class StoreError(AdvisorError):
    """The database cannot be opened, reached or written."""

    def __init__(self, reason: str, named: bool = True) -> None:
        hint = "Check DATABASE_URL" if named else "Check that ADVISOR_HOME is a folder of yours with room"
        super().__init__(f"The database does not work: {reason}. {hint}.")


class InputError(AdvisorError):
    """A file or line given by a person cannot be read."""
