"""All guides together: what is shipped is whole, and one bad file never takes the others with it."""

from pathlib import Path

import pytest

from knowledge.library import FOLDERS, Library, load_library
from tests.knowledge.samples import HEAD


def write(folder: Path, name: str, alias: str = "", role: str = "Data Engineer", level: str = "all") -> None:
    head = HEAD.replace("Data Engineer", role).replace("level: all", f"level: {level}\naliases: [{alias}]")
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"{head}\n## Skills\n\n- SQL.\n", "utf-8")


def test_the_shipped_guides_have_no_fault(library: Library) -> None:
    expected: list[str] = []
    assert expected == [str(fault) for fault in library.faults]


def test_every_shipped_file_is_served(library: Library) -> None:
    expected = sorted(path for folder in FOLDERS for path in folder.glob("*.md"))

    assert expected == [guide.path for guide in library.guides]


def test_every_shipped_guide_is_found_by_its_file_name(library: Library) -> None:
    expected = "Senior Computer Vision Engineer"
    assert expected == library.by_slug["senior-computer-vision-engineer"].title


def test_guides_of_one_occupation_stand_together_with_the_guide_of_all_levels_first(library: Library) -> None:
    expected = ["computer-vision-engineer", "senior-computer-vision-engineer"]
    assert expected == [guide.slug for guide in library.occupations["computer-vision-engineer"]]


def test_guides_of_two_levels_stand_together_with_the_sourced_one_first(library: Library) -> None:
    expected = ["senior-machine-learning-engineer", "machine-learning-engineer"]
    assert expected == [guide.slug for guide in library.occupations["machine-learning-engineer"]]


def test_themes_of_questions_are_no_roles(library: Library) -> None:
    themes = {guide.slug for guide in library.guides if guide.path.parent.name == "faqs"}

    assert themes
    assert themes.isdisjoint(guide.slug for guide in library.roles)


def test_every_fact_can_name_its_source(library: Library) -> None:
    unnamed = [
        fact.place for guide in library.guides for fact in guide.facts if not guide.source(fact.place.source).publisher
    ]

    assert not unnamed


@pytest.mark.parametrize("again", ["data wrangler", "DATA WRANGLER", "Data-Wrangler", "dâta wrangler"])
def test_an_alias_that_two_guides_claim_is_a_fault_of_the_second(tmp_path: Path, again: str) -> None:
    write(tmp_path, "a.md", "data wrangler")
    write(tmp_path, "b.md", again)

    expected = [f"{tmp_path / 'b.md'}:4: duplicate alias '{again}': a.md has it"]
    assert expected == [str(fault) for fault in load_library([tmp_path]).faults]


def test_the_same_alias_twice_in_one_guide_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "data wrangler, Data Wrangler")

    assert not load_library([tmp_path]).faults


def test_a_file_name_that_two_folders_hold_is_a_fault(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder, "a.md")

    expected = [(tmp_path / "two/a.md", 1, f"duplicate file name: {tmp_path / 'one/a.md'} has it and is served")]
    assert expected == list(load_library([tmp_path / "one", tmp_path / "two"]).faults)


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"\xff\xfe\x00broken", "cannot be read: "),  # no UTF-8
        (b"\x89PNG\r\n\x1a\n", "cannot be read: "),  # a picture under a wrong name
        (b"", "the file does not begin with front matter"),  # an empty file
        (b"---\nrole: [\n---\n", "front matter is not YAML"),  # broken YAML
    ],
)
def test_a_broken_file_is_a_fault_and_the_others_are_served(tmp_path: Path, content: bytes, reason: str) -> None:
    for name in ("a.md", "c.md"):
        write(tmp_path, name)
    (tmp_path / "b.md").write_bytes(content)

    library = load_library([tmp_path])

    expected = ["a", "c"], [("b.md", reason)]
    assert expected == (
        [guide.slug for guide in library.guides],
        [(fault.path.name, fault.reason[: len(reason)]) for fault in library.faults],
    )


def test_a_folder_named_like_a_guide_is_a_fault_and_the_others_are_served(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    (tmp_path / "b.md").mkdir()

    library = load_library([tmp_path])

    expected = ["a"], ["b.md"]
    assert expected == ([guide.slug for guide in library.guides], [fault.path.name for fault in library.faults])


def test_only_markdown_files_are_guides(tmp_path: Path) -> None:
    write(tmp_path, "a.md")
    write(tmp_path, "notes.txt")

    expected = ["a"]
    assert expected == [guide.slug for guide in load_library([tmp_path]).guides]


def test_a_role_with_and_without_its_level_is_one_occupation(tmp_path: Path) -> None:
    write(tmp_path, "a-staff.md", role="Staff Data Engineer", level="staff")
    write(tmp_path, "b-data.md")
    write(tmp_path, "c-writer.md", role="Copywriter")

    expected = {"data-engineer": ["b-data", "a-staff"], "copywriter": ["c-writer"]}
    found = load_library([tmp_path]).occupations
    assert expected == {name: [guide.slug for guide in guides] for name, guides in found.items()}
