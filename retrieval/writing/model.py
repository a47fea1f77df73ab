"""A chat model by its LangChain name, asked for structured replies in whatever way its server knows."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from knowledge.errors import ModelFailed, SettingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# Ways of asking for JSON, best first; each is tried once and what worked is remembered. Servers that speak OpenAI's
# protocol differ: some know no schemas, some no tools, some do not stream.
WAYS = (("json_schema", True), ("function_calling", True), ("json_mode", True), ("json_mode", False))
# What a server answers that does not know a way of asking; anything else is no reason to ask in another way.
_UNKNOWN_WAY = frozenset({400, 404, 405, 415, 422, 500, 501})
# Characters of English that make a token, where a server does not count.
CHARACTERS = 4

Message = tuple[str, str]
"""Who speaks (system, human, ai) and what."""


class Spent(NamedTuple):
    """Tokens of requests and replies, and how many requests were made."""

    tokens_in: int = 0
    tokens_out: int = 0
    calls: int = 0


@dataclass
class Meter:
    """Counts what is spent on one answer."""

    spent: Spent = field(default_factory=Spent)

    def add(self, tokens_in: int, tokens_out: int) -> None:
        """Count one request."""
        before = self.spent
        self.spent = Spent(before.tokens_in + tokens_in, before.tokens_out + tokens_out, before.calls + 1)


class Model:
    """One chat model; safe to be used by several tasks of one event loop."""

    def __init__(self, name: str, chat: "BaseChatModel") -> None:
        self.name = name
        self._chat = chat
        self._way = 0

    @property
    def way(self) -> str:
        """How JSON is asked for now."""
        method, streams = WAYS[self._way]
        return method if streams else f"{method}, without streaming"

    async def replies(self, schema: dict[str, Any], messages: Sequence[Message], meter: Meter) -> AsyncIterator[Any]:
        """Yield the reply as it grows, as JSON objects; the last one is whole.

        Raises:
            ModelFailed: the server did not answer, or in no way of asking with JSON.

        """
        first = self._way
        for way in range(first, len(WAYS)):
            got = False
            try:
                async with aclosing(self._ask(way, schema, messages, meter)) as parts:
                    async for part in parts:
                        if isinstance(part, dict) and part:
                            got, self._way = True, way
                            yield part
            except Exception as error:
                # What came before a reply broke off is judged like any other; small servers often end one badly.
                if not got and not _is_unknown_way(error):
                    raise ModelFailed(self.name, error) from error
            if got:
                return
        raise ModelFailed(self.name, "it replies with no JSON, in whatever way it is asked")

    async def _ask(
        self, way: int, schema: dict[str, Any], messages: Sequence[Message], meter: Meter
    ) -> AsyncGenerator[Any]:
        from langchain_core.callbacks import UsageMetadataCallbackHandler  # noqa: PLC0415 - slow to import
        from langsmith import tracing_context  # noqa: PLC0415

        method, streams = WAYS[way]
        asked = self._chat.with_structured_output(schema, method=method)
        counter = UsageMetadataCallbackHandler()
        size = 0
        try:
            # What people write goes to the model and nowhere else, whatever tracing the environment asks for.
            with tracing_context(enabled=False):
                if not streams:
                    whole = await asked.ainvoke([*messages], {"callbacks": [counter]})
                    size = len(str(whole))
                    yield whole
                    return
                async for part in asked.astream([*messages], {"callbacks": [counter]}):
                    size = len(str(part))
                    yield part
        finally:
            used = counter.usage_metadata.values()
            guessed = sum(len(text) for _, text in messages) // CHARACTERS if size else 0
            tokens_in = sum(one["input_tokens"] for one in used) or guessed
            meter.add(tokens_in, sum(one["output_tokens"] for one in used) or size // CHARACTERS)


def _is_unknown_way(error: Exception) -> bool:
    """Tell whether *error* says that a server, or what it was asked through, does not know a way of asking."""
    from langchain_core.exceptions import OutputParserException  # noqa: PLC0415

    status = getattr(error, "status_code", None)
    return isinstance(error, OutputParserException | NotImplementedError | ValueError) or status in _UNKNOWN_WAY


def open_model(name: str, *, api_key: str | None, base_url: str | None, seconds: float) -> Model:
    """Open a chat model by LangChain name (`provider:model`); a reply takes *seconds* at most.

    Raises:
        SettingError: the name or its key cannot be used.

    """
    from langchain.chat_models import init_chat_model  # noqa: PLC0415 - slow to import

    options: dict[str, Any] = {}
    if name.startswith("openai:"):
        # Whoever runs a server of their own may need no key, but the library wants one.
        options = {"api_key": api_key or ("none" if base_url else None), "base_url": base_url, "stream_usage": True}
        options |= {"timeout": seconds, "max_retries": 0, "use_responses_api": False}
    try:
        return Model(name, init_chat_model(name, **options))
    except Exception as error:
        first = "".join(str(error).splitlines()[:1])
        raise SettingError("ANSWER_MODEL", f"'{name}' cannot be opened: {first}") from error
