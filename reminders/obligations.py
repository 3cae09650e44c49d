"""The register of obligations: reviewed data beside the corpus, as entities.

Each obligation quotes the words that set its limit; loading proves that the quote stands in the provision it cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from persiantools.jdatetime import JalaliDate

from knowledge.corpus_files import CorpusError, read_toml
from knowledge.limits import LimitKind
from knowledge.provisions import Address, Corpus
from reminders.jalali import Unit, parse_iso

__all__ = ["Anchor", "AnchorRule", "Obligation", "Register", "load_register"]

AnchorRule = str  # "single" | "latest"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An event from which limits count. `date` is None until it is known or an operator records it."""

    id: str
    title: str
    date: JalaliDate | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty with a limit or period. `responsible` and `partners` are actor ids of the regulation.

    `asked_as`: how people ask for this limit, to tell it from others of the same provision; never shown as law.
    """

    id: str
    address: Address
    quote_address: Address
    responsible: tuple[str, ...]
    partners: tuple[str, ...]
    action: str
    quote: str
    kind: LimitKind
    anchors: tuple[str, ...]
    anchor_rule: AnchorRule
    amount: int | None
    unit: Unit | None
    due: JalaliDate | None
    reading: str
    alternatives: tuple[str, ...]
    conflicts: tuple[str, ...]
    asked_as: tuple[str, ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether it binds without any date: continuous, or periodic without an amount («مستمر»، «ادواری»).

        No report ends such a duty.
        """
        return self.kind is LimitKind.CONTINUOUS or (self.kind is LimitKind.PERIODIC and not self.amount)


class Register:
    """All obligations and anchor events, in reading order."""

    def __init__(self, obligations: Sequence[Obligation], anchors: Mapping[str, Anchor]) -> None:
        self.obligations = tuple(obligations)
        self.anchors = dict(anchors)
        self.by_id = {o.id: o for o in self.obligations}
        self._standing: dict[Address, list[Obligation]] = {}
        for o in self.obligations:
            for address in dict.fromkeys((o.address, o.quote_address)):
                self._standing.setdefault(address, []).append(o)

    def __iter__(self) -> Iterator[Obligation]:
        return iter(self.obligations)

    def __len__(self) -> int:
        return len(self.obligations)

    def standing_in(self, address: Address) -> Sequence[Obligation]:
        """Obligations of this provision, and those whose limit this provision's words set."""
        return self._standing.get(address, ())

    def wordings(self) -> Mapping[str, Sequence[str]]:
        """What tells each obligation's limit from others, by id: its own words and how people ask for it."""
        return {o.id: (o.action, o.quote, *o.asked_as) for o in self.obligations}

    def conflicting(self) -> Mapping[str, Sequence[str]]:
        """Obligations that give the same duty another time, by id, whichever of them names the other."""
        found: dict[str, dict[str, None]] = {}
        for o in self.obligations:
            for other in o.conflicts:
                found.setdefault(o.id, {})[other] = None
                found.setdefault(other, {})[o.id] = None
        return {id: tuple(others) for id, others in found.items()}

    def hanging_on(self, anchor_id: str) -> list[Obligation]:
        """Obligations whose date depends on this event."""
        return [o for o in self.obligations if anchor_id in o.anchors]


def load_register(root: Path, corpus: Corpus) -> Register:
    """The register below `root` (`*/obligations.toml`); CorpusError with every problem found."""
    problems: list[str] = []
    anchors: dict[str, Anchor] = {}
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for slug in corpus.regulations:
        path = root / slug / "obligations.toml"
        if not path.is_file():
            continue
        data = read_toml(path)
        for row in data.get("anchor", ()):
            date = parse_iso(row["date"]) if row.get("date") else None
            anchors[row["id"]] = Anchor(row["id"], row["title"], date, row.get("note", ""))
        rows += [(slug, row) for row in data.get("obligation", ())]
    obligations = []
    for slug, row in rows:
        found = list(_problems(slug, row, corpus, anchors))
        problems += [f"{slug}/obligations.toml: {row.get('id')}: {p}" for p in found]
        if not found:
            obligations.append(_obligation(slug, row))
    register = Register(obligations, anchors)
    if len(register.by_id) != len(obligations):
        problems.append("obligations.toml: شناسه‌ی تکلیف تکراری است.")
    for o in register:
        problems += [f"{o.id}: تعارض با تکلیفی که نیست: {c}" for c in o.conflicts if c not in register.by_id]
    if problems:
        raise CorpusError(problems)
    return register


def _obligation(slug: str, row: Mapping[str, Any]) -> Obligation:
    return Obligation(
        id=row["id"],
        address=Address(slug, row["eid"]),
        quote_address=Address(slug, row.get("quote_eid", row["eid"])),
        responsible=tuple(row.get("responsible", ())),
        partners=tuple(row.get("partners", ())),
        action=row["action"],
        quote=row["quote"],
        kind=LimitKind(row["kind"]),
        anchors=tuple(row.get("anchors", ())),
        anchor_rule=row.get("anchor_rule", "single"),
        amount=row.get("amount"),
        unit=Unit(row["unit"]) if row.get("unit") else None,
        due=parse_iso(row["due"]) if row.get("due") else None,
        reading=row.get("reading", ""),
        alternatives=tuple(row.get("alternatives", ())),
        conflicts=tuple(row.get("conflicts", ())),
        asked_as=tuple(row.get("asked_as", ())),
    )


def _problems(slug: str, row: Mapping[str, Any], corpus: Corpus, anchors: Mapping[str, Anchor]) -> Iterator[str]:
    quoted = corpus.get(Address(slug, row.get("quote_eid", row.get("eid", ""))))
    if quoted is None or corpus.get(Address(slug, row.get("eid", ""))) is None:
        yield f"حکم {row.get('eid')} در متن نیست."
    elif _plain(row.get("quote", "")) not in _plain(quoted.wording) or not row.get("quote"):
        yield f"نقل «{row.get('quote')}» در متن {quoted.address.eid} نیست؛ عین عبارت را بیاورید."
    if row.get("kind") not in set(LimitKind):
        yield f"kind ناشناخته: {row.get('kind')}"
    if row.get("kind") == "absolute":
        if not row.get("due"):
            yield "due برای absolute لازم است."
    elif row.get("due"):
        yield "due فقط برای absolute است."
    if row.get("kind") in ("relative", "event") and not row.get("anchors"):
        yield "anchors لازم است."
    if row.get("kind") == "relative" and not (row.get("amount") and row.get("unit")):
        yield "amount و unit لازم است."
    if (row.get("amount") is None) != (not row.get("unit")):
        yield "amount و unit با هم می‌آیند."
    if row.get("working_days") or _WORKING_DAYS.search(row.get("quote", "")):
        yield "مهلت «روز کاری» پشتیبانی نمی‌شود؛ موعد آن را رویداد مبدأ بگیرید تا کارشناس تاریخش را ثبت کند."
    if row.get("anchor_rule", "single") not in ("single", "latest"):
        yield "anchor_rule باید single یا latest باشد."
    if row.get("anchor_rule", "single") == "single" and len(row.get("anchors", ())) > 1:
        yield "برای چند رویداد anchor_rule باید latest باشد."
    yield from (f"رویداد {a} تعریف نشده است." for a in row.get("anchors", ()) if a not in anchors)
    actors = corpus.regulations[slug].actors
    for actor in (*row.get("responsible", ()), *row.get("partners", ())):
        if actor not in actors:
            yield f"نهاد {actor} در actors.toml نیست."
    if not row.get("responsible"):
        yield "responsible خالی است."


#: Counting these needs the closures of years to come; a wrong date is worse than one that a person records.
_WORKING_DAYS = re.compile(r"روز\s*(?:\u200c)?(?:های)?\s*(?:کاری|اداری)")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
