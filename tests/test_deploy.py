"""What is in `deploy` speaks of settings, commands and metrics that there are; engines to run it are not needed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from bot.commands import app
from bot.serving.metrics import as_text
from bot.settings import Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
COMMANDS = typer.main.get_group(app).commands
# Variables of Python, systemd and the images of others.
OTHERS = {"PATH", "PYTHONUNBUFFERED", "XDG_CACHE_HOME"}


def test_the_compose_file_starts_commands_with_settings_that_there_are() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]

    ours = [one for one in services.values() if one["image"] == "career-advisor"]
    assert {one["command"] for one in ours} == {"serve", "worker"} <= set(COMMANDS)
    assert all(name.casefold() in Settings.model_fields for one in ours for name in one["environment"])
    assert all(set(one["depends_on"]) <= set(services) for one in ours)


def test_the_image_and_the_unit_set_variables_that_are_read_and_start_a_command() -> None:
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    unit = (DEPLOY / "career-advisor.service").read_text("utf-8")

    named = re.findall(
        r"\b([A-Z][A-Z_]+)=", " ".join(re.findall(r"^(?:ENV|Environment=).*", f"{image}\n{unit}", re.MULTILINE))
    )
    assert {"ADVISOR_HOME", "HTTP_HOST"} <= set(named)
    assert all(name in OTHERS or name.casefold() in Settings.model_fields for name in named)
    assert 'ENTRYPOINT ["advisor"]\nCMD ["serve"]' in image
    assert re.search(r"^ExecStart=\S+/bin/advisor serve$", unit, re.MULTILINE)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "career-advisor.service"
    text = (DEPLOY / "career-advisor.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/career-advisor/.venv/bin/advisor", "/bin/true"))

    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)  # noqa: S607

    assert (done.returncode, done.stderr) == (0, "")


def test_alerts_look_at_metrics_that_there_are() -> None:
    state = {"ok": True, "digests": {"overdue": 0, "failed": 0}, "boards": {"jobicy": 1}}
    groups = yaml.safe_load((DEPLOY / "prometheus-rules.yaml").read_text("utf-8"))["groups"]

    told = as_text(state).decode()
    for rule in (rule for group in groups for rule in group["rules"]):
        metric = rule["expr"].split(" ")[0]
        assert re.search(rf"^{re.escape(metric)}", told, re.MULTILINE), metric
