"""Questions that facts answer, in the words of people who have not read the guide: `SLUG.asked.yaml` beside a guide.

Search looks them up beside the facts themselves (the idea of document expansion: Nogueira and others, 2019). They are
never shown. The file holds sections, in them facts by name (a fact without one by its text), each with its questions.
"""

from collections.abc import Iterable
from typing import Any

import yaml

from knowledge.guide import Bottleneck, Fact, Fault, Guide, Statement
from knowledge.word_lists import read_yaml

# Questions by guide, section and name of the fact.
Asked = dict[tuple[str, str, str], tuple[str, ...]]


def asked_name(fact: Fact) -> str:
    """Return how the file names *fact*; facts that are taken by their slots (figures) have no name there."""
    return (fact.name or fact.text) if isinstance(fact, Statement | Bottleneck) else ""


def read_asked(guides: Iterable[Guide]) -> tuple[Asked, list[Fault]]:
    """Read the questions of every guide that has some; what names no fact is a fault and the rest is served."""
    asked: Asked = {}
    faults: list[Fault] = []
    for guide in guides:
        path = guide.path.with_suffix(".asked.yaml")
        if not path.exists():
            continue
        known = {(fact.place.section, asked_name(fact)) for fact in guide.facts}
        try:
            sections = read_yaml(path)
            for section, name, questions in _entries(sections):
                if (section, name) in known:
                    asked[guide.slug, section, name] = questions
                else:
                    faults.append(
                        Fault(path, _line_of(path.read_text("utf-8"), name), f"no fact '{name}' in {section}")
                    )
        except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
            faults.append(Fault(path, 1, f"cannot be read: {error}"))
    return asked, faults


def _entries(sections: Any) -> Iterable[tuple[str, str, tuple[str, ...]]]:  # noqa: ANN401 - what YAML holds
    if not isinstance(sections, dict):
        raise ValueError("the file must hold sections")  # noqa: TRY004 - a fault of the file, not of the code
    for section, facts in sections.items():
        if not isinstance(facts, dict) or not all(isinstance(asked, list) for asked in facts.values()):
            raise ValueError(f"section '{section}' must hold facts with lists of questions")
        for name, questions in facts.items():
            yield str(section), str(name), tuple(str(question) for question in questions)


def _line_of(text: str, name: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if name in line), 1)
