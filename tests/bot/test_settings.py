"""Settings from the environment, and `.env.example`, which is their documentation."""

import shutil
from pathlib import Path

import pytest
from dotenv import dotenv_values

from adapters.boards import boards
from bot.settings import Settings, read_settings
from knowledge.errors import SettingError

EXAMPLE = Path(__file__).parents[2] / ".env.example"
BOARD_NAMES = [f"BOARDS__{name.upper()}__{field}" for name in boards() for field in ("ENABLED", "URL")]
NAMES = [
    *(name.upper() for name in Settings.model_fields if name != "boards"),
    *BOARD_NAMES,
    "BOARDS__GREENHOUSE__TOKENS",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_example_lists_exactly_the_settings() -> None:
    assert sorted(NAMES) == sorted(dotenv_values(EXAMPLE))


def test_the_example_lists_no_setting_twice() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_explains_every_setting(name: str) -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    (place,) = (place for place, line in enumerate(lines) if line.startswith(f"{name}="))
    # Settings of one board share their explanation.
    before = [line for line in lines[:place] if not line.startswith("BOARDS__") or not name.startswith("BOARDS__")]

    assert before[-1].startswith("# ")


def test_the_example_as_it_stands_sets_nothing(folder: Path) -> None:
    expected = read_settings()
    shutil.copy(EXAMPLE, folder / ".env")

    assert expected == read_settings()


@pytest.mark.parametrize(
    "name, value",
    [
        ("EMBEDDING_MODEL", "text-embedding-3-small"),  # no provider
        ("EMBEDDING_MODEL", "openai:"),  # no model
    ],
)
def test_an_unusable_setting_is_named(name: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=f"^{name}: "):
        read_settings()
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_counts_as_not_set(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_settings()
    monkeypatch.setenv(name, "")

    assert expected == read_settings()
    assert not list(folder.iterdir())


def test_the_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("ADVISOR_HOME=/from/the/file\nCHROMA_URL=http://from-the-file\n")
    monkeypatch.setenv("ADVISOR_HOME", "/from/the/environment")
    expected = (Path("/from/the/environment"), "http://from-the-file")
    settings = read_settings()

    assert expected == (settings.advisor_home, settings.chroma_url)


def test_all_state_lies_in_the_home_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_HOME", str(folder / "home"))

    assert read_settings().index_folder.is_relative_to(folder / "home")


def test_a_key_is_never_printed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")

    assert "sk-secret" not in repr(read_settings())
    assert not list(folder.iterdir())


def test_a_setting_of_another_program_is_no_fault(folder: Path) -> None:
    (folder / ".env").write_text("SOMETHING_ELSE=1\n")

    assert read_settings() == Settings.model_construct()
