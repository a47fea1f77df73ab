"""Every setting, read once from the environment or `.env`; `.env.example` lists the same ones."""

import re
from functools import cached_property
from pathlib import Path

import platformdirs
from pydantic import BaseModel, Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import SettingError

NAME = "career-advisor"


class BoardOptions(BaseModel):
    """What may be set for one job board; `tokens` are employers, comma separated, where a board has several."""

    enabled: bool | None = None
    url: HttpUrl | None = None
    tokens: str = ""


class Settings(BaseSettings):
    """What an operator may set. An empty value counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, env_nested_delimiter="__", extra="ignore")

    advisor_home: Path = Field(default_factory=lambda: platformdirs.user_data_path(NAME))
    chroma_url: str | None = None
    database_url: SecretStr | None = None
    keep_gaps: bool = True
    embedding_model: str | None = None
    answer_model: str | None = None
    read_with_model: bool = True
    # Longer than this nobody waits for words; then the composed answer comes.
    answer_seconds: float = Field(default=12.0, gt=0, le=12)
    # US dollars for a million tokens in and out, such as 0.25/2, where no list knows the model.
    model_price: str | None = None
    budget_person_tokens: int | None = Field(default=None, ge=0)
    budget_person_usd: float | None = Field(default=None, ge=0)
    budget_workspace_tokens: int | None = Field(default=None, ge=0)
    budget_workspace_usd: float | None = Field(default=None, ge=0)
    budget_day_tokens: int | None = Field(default=None, ge=0)
    budget_day_usd: float | None = Field(default=5.0, ge=0)
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    minilm_folder: Path | None = None
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_per_second: float = Field(default=28.0, gt=0)
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    slack_per_second: float = Field(default=5.0, gt=0)
    # The address under which the world reaches this process; without one Telegram is asked instead of calling.
    webhook_url: HttpUrl | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    allowed: str = ""
    messages_per_minute: int = Field(default=20, ge=1)
    refresh: bool = True
    keep_days: int = Field(default=30, ge=1)
    # BOARDS__JOBICY__URL and the like, by the board's name in lower case.
    boards: dict[str, BoardOptions] = Field(default_factory=dict)

    @field_validator("advisor_home", "minilm_folder")
    @classmethod
    def _with_home(cls, value: Path | None) -> Path | None:
        return value.expanduser() if value else None

    @field_validator("embedding_model", "answer_model")
    @classmethod
    def _names_its_provider(cls, value: str | None) -> str | None:
        if value and not all(value.partition(":")):
            raise ValueError(f"'{value}' is no model name such as openai:gpt-4o-mini or openai:text-embedding-3-small")
        return value

    @field_validator("model_price")
    @classmethod
    def _is_a_price(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"\d+(?:\.\d+)?/\d+(?:\.\d+)?", value):
            raise ValueError(f"'{value}' is no price such as 0.25/2: US dollars for a million tokens in and out")
        return value

    @cached_property
    def cache(self) -> Path:
        """Where the built embedding model lies: the user's cache folder."""
        return platformdirs.user_cache_path(NAME)

    @cached_property
    def database_file(self) -> Path:
        """Where the SQLite database lies when no other is named."""
        return self.advisor_home / "advisor.db"

    @cached_property
    def index_folder(self) -> Path:
        """Where the embedded Chroma store lies."""
        return self.advisor_home / "index"


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingError: the first setting that cannot be used, by name.

    """
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        raise SettingError("__".join(str(part) for part in fault["loc"]).upper(), fault["msg"]) from error
