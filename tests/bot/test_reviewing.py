"""Job posts from the command line, and what stored openings say beside them, on both databases."""

import asyncio
import datetime as dt
import json
from pathlib import Path

from adapters.boards import boards
from adapters.boards.board import BoardSettings
from bot.listings.beside import beside
from bot.listings.demand import ENOUGH, bar, demand_for
from bot.listings.refresh import refresh
from bot.settings import Settings
from bot.store.listings import ListingStore
from knowledge.levels import Level
from knowledge.listing.wish import Wish
from knowledge.post.post import read_pasted
from tests.boards.loopback import Answer, serving
from tests.boards.payloads import jobicy, jobicy_page
from tests.bot.conftest import Run
from tests.chats.stocked import stock

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
POST = "Senior ML Engineer at Kelpworks, remote US. Base $150k-$180k a year. Stack: PyTorch. Process: call, test, talk."
ML = Wish(roles=("machine-learning-engineer",), levels=(Level.SENIOR,))


def opening(number: int, skills: str, **more: str) -> dict[str, object]:
    described = f"<p>Fully remote. You will own ranking models. Requirements: {skills}.</p>"
    row = {"jobTitle": "Senior Machine Learning Engineer", "companyName": f"Employer {number}"}
    return jobicy(number, jobDescription=described, **{**row, **more})


def fill(store: ListingStore, *jobs: dict[str, object], now: dt.datetime = NOW) -> None:
    with serving(lambda *_: Answer(jobicy_page(*jobs))) as server:
        settings = {"jobicy": BoardSettings(True, f"{server.url}/jobicy")}
        asyncio.run(refresh(store, {"jobicy": boards()["jobicy"]}, settings, now=now, back_off=0.01))


def test_a_file_is_reviewed_and_what_one_knows_is_held_against_it(advisor: Run, tmp_path: Path) -> None:
    file = tmp_path / "post.txt"
    file.write_text(POST)
    done = advisor("review", str(file), "--know", "Python and PyTorch")

    assert done.returncode == 0
    assert "Below the guide's range" in done.stdout
    assert "You have: PyTorch." in done.stdout
    assert json.loads(advisor("review", "-", "--json", typed=POST).stdout)["kind"] == "post_review"


def test_a_file_that_is_none_or_holds_no_post_is_said_in_one_line(advisor: Run, tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("hello there")
    for file, reason in ((tmp_path / "none.txt", "No such file"), (short, "too few words")):
        done = advisor("review", str(file))
        assert (done.returncode, done.stdout) == (2, "")
        assert reason in done.stderr


def test_every_readers_evidence_is_explained(advisor: Run, tmp_path: Path) -> None:
    told = json.loads(advisor("explain", "post", "-", typed=POST).stdout)
    assert told["level"] == {"low": "senior", "high": "senior", "rule": "title"}
    assert told["process"]["steps"] == ["call", "test", "talk"]
    assert {"sign", "tone", "quote", "behind"} <= set(told["signs"][0])
    assert all(sign["quote"] in POST for sign in told["signs"])

    lines = tmp_path / "posts.jsonl"
    lines.write_text(json.dumps({"text": POST}) + '\n{"text": 3}\n')
    first, second = map(json.loads, advisor("explain", "post", "--batch", str(lines)).stdout.splitlines())
    assert first["title"] == "Senior ML Engineer"
    assert "error" in second


def test_skills_are_counted_drawn_and_told_as_json(advisor: Run, place: Path) -> None:
    settings = Settings(advisor_home=place)
    here = {"ADVISOR_HOME": str(place)}
    assert "too few to count" in advisor("skills", "senior ML", **here).stdout

    stock(settings, *(opening(n, "Python, PyTorch, Docker" if n % 2 else "Python, Kafka") for n in range(1, 11)))
    done = advisor("skills", "senior ML", "--know", "Python", **here)
    assert "10 live openings" in done.stdout
    assert f"{bar(0.5)} 50%" in done.stdout
    assert "You have: Python (100%)." in done.stdout
    counted = json.loads(advisor("skills", "senior ML", "--json", **here).stdout)
    assert (counted["n"], counted["skills"]["PyTorch"]) == (10, 5)
    advisor("skills", "senior ML", "--chart", str(place / "skills.png"), **here)
    assert (place / "skills.png").read_bytes().startswith(b"\x89PNG")


def test_skills_are_counted_over_openings_of_one_kind(store: ListingStore) -> None:
    jobs = [opening(n, "Python, PyTorch") for n in range(1, ENOUGH + 1)]
    fill(
        store,
        *jobs,
        opening(90, "Rust", jobTitle="Senior Backend Engineer"),
        opening(91, "Rust", jobTitle="ML Engineer Intern"),
    )
    found = asyncio.run(demand_for(store.engine, ML, NOW))

    assert found is not None
    assert (found.n, found.counts) == (ENOUGH, {"PyTorch": ENOUGH, "Python": ENOUGH})
    assert found.share("Rust") == 0


def test_too_few_openings_are_not_counted(store: ListingStore) -> None:
    fill(store, *(opening(n, "Python") for n in range(1, ENOUGH)))

    assert asyncio.run(demand_for(store.engine, ML, NOW)) is None


def test_a_post_finds_its_own_copies_and_no_other_job_of_the_employer(store: ListingStore) -> None:
    mine = {"companyName": "Kelpworks", "jobTitle": "Senior ML Engineer"}
    fill(store, opening(1, "Python", **mine), opening(2, "Python", companyName="Kelpworks", jobTitle="Office Manager"))
    post = read_pasted(POST)
    live = asyncio.run(beside(store.engine, post, [], NOW))

    assert [(copy.title, copy.boards, copy.live) for copy in live.copies] == [("Senior ML Engineer", ("Jobicy",), True)]
