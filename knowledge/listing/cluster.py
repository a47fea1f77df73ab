"""Which listings are one opening. Nothing is deleted: an opening is a group of listings, each with its own link."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from knowledge.listing.identity import Identity, compare

# Titles of one company that differ in a letter are looked for only where there are few: pairs grow with the square.
MOST_TITLES = 60
# A company that lists the same title more often than this has a board of copies; each is compared with the first ones.
MOST_COPIES = 40


def cluster(identities: Mapping[str, Identity]) -> list[list[str]]:
    """Group listings (by key) into openings: the same posting, and the same job in other places.

    Linear in listings: only those of one company with the same telling words are compared pair by pair.
    """
    groups = _Groups(identities)
    by_ats: dict[str, str] = {}
    by_title: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    by_company: dict[str, set[frozenset[str]]] = defaultdict(set)
    for key, identity in identities.items():
        for same in filter(None, (identity.ats, identity.url)):
            groups.join(key, by_ats.setdefault(same, key))
        first = identity.company.partition(" ")[0]
        if first and identity.title:
            by_title[first, identity.title].append(key)
            by_company[first].add(identity.title)
    for keys in by_title.values():
        _join_alike(groups, identities, keys)
    for first, titles in by_company.items():
        if 1 < len(titles) <= MOST_TITLES:
            _join_near(groups, identities, [by_title[first, title][0] for title in sorted(titles, key=sorted)])
    return groups.lists()


def _join_alike(groups: "_Groups", identities: Mapping[str, Identity], keys: Sequence[str]) -> None:
    for place, key in enumerate(keys):
        for other in keys[: min(place, MOST_COPIES)]:
            if compare(identities[key], identities[other]).verdict != "different":
                groups.join(key, other)
                break


def _join_near(groups: "_Groups", identities: Mapping[str, Identity], keys: Sequence[str]) -> None:
    for place, key in enumerate(keys):
        for other in keys[:place]:
            near = len(identities[key].title) == len(identities[other].title)
            if near and compare(identities[key], identities[other]).verdict != "different":
                groups.join(key, other)


class _Groups:
    """Disjoint sets of keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}

    def _root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        self._parent[self._root(a)] = self._root(b)

    def lists(self) -> list[list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self._parent:
            found[self._root(key)].append(key)
        return [sorted(keys) for keys in found.values()]
