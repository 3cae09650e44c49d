"""Reads the reviewed corpus from its TOML files and refuses what is not in order.

The format is docs/corpus-format.md. Every finding names the file, the place and the remedy, so that a legal expert who
edited a file by hand can mend it without a programmer.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.cross_references import cross_references
from knowledge.provisions import (
    EID,
    Actor,
    Address,
    Corpus,
    Definition,
    Kind,
    Provision,
    Regulation,
    Source,
    Status,
)

#: In reading order of importance to people: on an equal match the earlier one comes first (design §3).
SLUGS = ("roadmap-1404", "data-governance-1404", "smart-cycle-1404", "pilot-projects-1402", "eservices-1393")

FORBIDDEN = {
    "ي": "ی (U+06CC) به جای ي عربی",
    "ى": "ی (U+06CC) به جای ى",
    "ك": "ک (U+06A9) به جای ك عربی",
    "\u0640": "بدون کشیده",
    "\ufeff": "بدون نویسه‌ی نامرئی",
    "\u200f": "بدون نویسه‌ی جهت",
    "\u200e": "بدون نویسه‌ی جهت",
    "\u00ad": "بدون نویسه‌ی نامرئی",
}
_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufb50-\ufdff\ufe70-\ufeff]"
)
_FOREIGN_DIGITS = re.compile(r"[٠-٩]|(?<![A-Za-z0-9_./-])[0-9]+(?![A-Za-z0-9_./-])")
_SPACING = re.compile(r" {2,}| \u200c|\u200c |\u200c{2,}| [،؛.:](?= |$)|\u200c$|^\u200c")


class CorpusError(Exception):
    """The corpus is not in order; `problems` has one line a finding (file: place: what is wrong; remedy)."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class _Folder:
    """One regulation's folder with its parsed files."""

    path: Path
    regulation: Mapping[str, Any]
    provisions: Sequence[Mapping[str, Any]]
    finding: Mapping[str, Mapping[str, Any]]
    actors: Sequence[Mapping[str, Any]]


def load_corpus(root: Path) -> Corpus:
    """All regulations below `root`, known slugs first; CorpusError with every problem found in any file."""
    folders = sorted((p for p in root.iterdir() if (p / "regulation.toml").is_file()), key=_rank)
    if not folders:
        raise CorpusError([f"{root}: هیچ مقرره‌ای نیست؛ یک پوشه با regulation.toml و text.toml لازم است."])
    problems: list[str] = []
    regulations = []
    for folder in folders:
        try:
            regulations.append(_regulation(_read(folder), problems))
        except CorpusError as error:
            problems += error.problems
    if problems:
        raise CorpusError(problems)
    corpus = Corpus(regulations, corpus_version(root))
    if unresolved := list(_unresolved(corpus)):
        raise CorpusError(unresolved)
    return corpus


def corpus_version(root: Path) -> str:
    """A digest over every byte of the corpus files: the stored index belongs to one version."""
    digest = hashlib.sha256()
    for path in sorted(root.glob("*/*.toml")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dict; CorpusError naming file and line when it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError([f"{path}: TOML خوانده نشد ({error}); همان سطر را اصلاح کنید."]) from error


def _rank(path: Path) -> tuple[int, str]:
    return (SLUGS.index(path.name) if path.name in SLUGS else len(SLUGS), path.name)


def _read(folder: Path) -> _Folder:
    regulation = read_toml(folder / "regulation.toml")
    if regulation.get("slug") != folder.name:
        raise CorpusError([f"{folder}/regulation.toml: slug باید نام پوشه باشد: {folder.name}"])
    return _Folder(
        folder,
        regulation,
        read_toml(folder / "text.toml").get("provision", []),
        read_toml(folder / "finding.toml"),
        read_toml(folder / "actors.toml").get("actor", []),
    )


def _regulation(files: _Folder, problems: list[str]) -> Regulation:
    head, slug = files.regulation, files.path.name
    problems += _checked(files)
    if problems:
        raise CorpusError([])
    root = Provision(
        address=Address(slug),
        kind=Kind.REGULATION,
        number=head.get("number"),
        parent=None,
        title=head["title"],
        text="",
        heading=head["title"],
        asked_as=tuple(head.get("aliases", ())),
    )
    return Regulation(
        slug=slug,
        title=head["title"],
        short_title=head["short_title"],
        aliases=tuple(head.get("aliases", ())),
        cited_as=tuple(head.get("cited_as", ())),
        issuer=head.get("issuer", ""),
        number=head.get("number"),
        approved=head.get("approved"),
        promulgated=head.get("promulgated"),
        status=Status(head.get("status", "in_force")),
        status_note=head.get("status_note", ""),
        unknown=tuple(head.get("unknown", ())),
        sources=tuple(
            Source(s["fact"], s["read_in"], s.get("words", ""), s.get("note", "")) for s in head.get("source", ())
        ),
        provisions=(root, *(_provision(slug, row, files.finding[row["eid"]]) for row in files.provisions)),
        definitions=tuple(
            Definition(d["term"], tuple(d.get("aliases", ())), Address(slug, d["eid"]))
            for d in head.get("definition", ())
        ),
        actors={
            a["id"]: Actor(a["id"], a["name"], tuple(a.get("aliases", ())), a.get("class", False)) for a in files.actors
        },
    )


def _provision(slug: str, row: Mapping[str, Any], finding: Mapping[str, Any]) -> Provision:
    title = row.get("title", "").strip()
    return Provision(
        address=Address(slug, row["eid"]),
        kind=Kind(row["kind"]),
        number=row.get("number"),
        parent=Address(slug, _parent(row)),
        title=title,
        text=row.get("text", "").strip(),
        tail=row.get("tail", "").strip(),
        editor_note=row.get("editor_note", ""),
        heading=title if row["kind"] in ("chapter", "heading", "part") and title else finding["heading"],
        asked_as=tuple(finding.get("asked_as", ())),
        responsible=tuple(finding.get("responsible", ())),
        partners=tuple(finding.get("partners", ())),
        restates=tuple(Address(slug, eid) for eid in finding.get("restates", ())),
    )


def _parent(row: Mapping[str, Any]) -> str:
    return str(row.get("parent", row["eid"].rpartition("__")[0]))


# -- what must hold --------------------------------------------------------------------------------------------------


def _checked(files: _Folder) -> Iterator[str]:
    yield from _check_metadata(files)
    yield from _check_structure(files)
    yield from _check_numbering(files)
    yield from _check_wording(files)
    yield from _check_finding(files)


def _check_metadata(files: _Folder) -> Iterator[str]:
    where = f"{files.path.name}/regulation.toml"
    for key in ("title", "short_title", "issuer"):
        if not files.regulation.get(key):
            yield f"{where}: {key} نیامده است."
    if files.regulation.get("status", "in_force") not in set(Status):
        yield f"{where}: status باید یکی از {', '.join(Status)} باشد."
    for key in ("approved", "promulgated"):
        value = files.regulation.get(key)
        if value is not None and not re.fullmatch(r"1[34]\d\d-[01]\d-[0-3]\d", str(value)):
            yield f"{where}: {key} باید تاریخ هجری شمسی مانند 1404-01-31 باشد، نه {value!r}."
    eids = {row.get("eid") for row in files.provisions}
    for definition in files.regulation.get("definition", ()):
        if definition.get("eid") not in eids:
            yield f"{where}: تعریف «{definition.get('term')}» به حکمی که نیست اشاره می‌کند: {definition.get('eid')}"


def _check_structure(files: _Folder) -> Iterator[str]:
    where, seen = f"{files.path.name}/text.toml", set[str]()
    for i, row in enumerate(files.provisions, 1):
        eid = row.get("eid", "")
        place = f"{where}: حکم {i} ({eid})"
        if not EID.match(eid):
            yield f"{place}: eid درست نیست؛ نمونه: art_21__note_1"
        if eid in seen:
            yield f"{place}: eid تکراری است؛ یکی را بردارید."
        if row.get("kind") not in set(Kind) - {Kind.REGULATION}:
            yield f"{place}: kind ناشناخته است: {row.get('kind')}"
        parent = _parent(row)
        if parent and parent not in seen:
            yield f"{place}: بالادستی آن ({parent}) پیش از آن نیامده است."
        if not (row.get("text") or row.get("title")):
            yield f"{place}: نه متن دارد و نه عنوان."
        seen.add(eid)


def _check_numbering(files: _Folder) -> Iterator[str]:
    """Articles, notes, rows… of one family run 1, 2, 3… without a gap."""
    families: dict[str, list[int]] = {}
    for row in files.provisions:
        family, _, number = row.get("eid", "").rpartition("_")
        if number.isdigit():
            families.setdefault(family, []).append(int(number))
    for family, numbers in families.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{files.path.name}/text.toml: شماره‌های {family}_n پیوسته نیستند: {numbers}"


def _check_wording(files: _Folder) -> Iterator[str]:
    for row in files.provisions:
        for key in ("title", "text", "tail"):
            text = row.get(key, "").strip()
            where = f"{files.path.name}/text.toml: {row.get('eid')}.{key}"
            yield from (f"{where}: «{c}»؛ {remedy} بنویسید." for c, remedy in FORBIDDEN.items() if c in text)
            for name, pattern in (("نویسه‌ی نامجاز", _UNSEEN), ("رقم غیرفارسی", _FOREIGN_DIGITS), ("فاصله", _SPACING)):
                if found := pattern.search(text):
                    around = text[max(0, found.start() - 15) : found.end() + 15]
                    yield f"{where}: {name} نزدیک «{around!r}»؛ اصلاح کنید."


def _check_finding(files: _Folder) -> Iterator[str]:
    where = f"{files.path.name}/finding.toml"
    eids = [row.get("eid", "") for row in files.provisions]
    known = {a.get("id") for a in files.actors}
    for eid in eids:
        if not files.finding.get(eid, {}).get("heading"):
            yield f"{where}: [{eid}] heading ندارد."
    for eid, finding in files.finding.items():
        if eid not in set(eids):
            yield f"{where}: [{eid}] در text.toml نیست."
        for other in finding.get("restates", ()):
            if other not in set(eids) - {eid}:
                yield f"{where}: [{eid}] restates به حکمی اشاره می‌کند که نیست: {other}"
        for actor in (*finding.get("responsible", ()), *finding.get("partners", ())):
            if actor not in known:
                yield f"{where}: [{eid}] نهاد «{actor}» در actors.toml نیست."


def _unresolved(corpus: Corpus) -> Iterator[str]:
    """References inside the wording to provisions of these five texts that do not exist."""
    for provision in corpus:
        for reference in cross_references(provision, corpus):
            if reference.target is not None and corpus.get(reference.target) is None:
                yield (
                    f"{provision.address.regulation}/text.toml: {provision.address.eid}: ارجاع «{reference.words}» "
                    f"به حکمی است که نیست ({reference.target})؛ متن را بازبینی کنید."
                )
