"""Precision and recall of `propose-obligations` against the reviewed register, by regulation: `python -m benchmarks.proposer`.

A reviewed obligation counts as found when a proposal of the provision that holds its limit shares words with its quote;
a proposal is right when it does so for any obligation there. The rules were written with these five texts in view, so the
figures say how well they cover known law, not how they will do on the next.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from knowledge.corpus_files import load_corpus
from knowledge.provisions import Address, Corpus
from reminders.obligations import Obligation, Register, load_register
from reminders.passages import passages_of_regulation
from reminders.proposer import Proposal, propose

REGULATIONS = Path(__file__).parents[1] / "knowledge" / "regulations"


def overlaps(proposal: Proposal, obligation: Obligation, wording: str) -> bool:
    """Whether the two quotes share at least one place in the wording."""
    first, second = wording.find(proposal.quote), wording.find(obligation.quote)
    return (
        first >= 0 and second >= 0 and first < second + len(obligation.quote) and second < first + len(proposal.quote)
    )


def measure(corpus: Corpus, register: Register, slug: str) -> dict[str, Any]:
    """Figures of one regulation."""
    regulation = corpus.regulations[slug]
    bodies = [(alias, a.id) for a in regulation.actors.values() for alias in (a.name, *a.aliases)]
    proposals = propose(passages_of_regulation(regulation), bodies)
    expected = [o for o in register if o.address.regulation == slug]
    found: set[str] = set()
    right = kind_right = amount_right = who_right = due_right = 0
    wrong: list[str] = []
    charged_wrong: list[str] = []
    for p in proposals:
        wording = corpus[Address(slug, p.eid)].wording
        hit = [o for o in expected if o.quote_address.eid == p.eid and overlaps(p, o, wording)]
        found |= {o.id for o in hit}
        right += bool(hit)
        kind_right += any(o.kind is p.kind for o in hit)
        amount_right += any((o.amount, o.unit) == (p.amount, p.unit) for o in hit)
        due_right += any(o.due == p.due for o in hit)
        who = any(set(p.responsible) & set(o.responsible) for o in hit)
        who_right += who
        if hit and not who:
            charged_wrong.append(f"{p.eid}: {p.quote}: {', '.join(p.responsible)}; {', '.join(hit[0].responsible)}")
        if not hit:
            wrong.append(f"{p.eid}: {p.quote}")
    return {
        "regulation": slug,
        "obligations": len(expected),
        "proposals": len(proposals),
        "recall": round(len(found) / len(expected), 3) if expected else None,
        "precision": round(right / len(proposals), 3) if proposals else None,
        "kind_right": round(kind_right / right, 3) if right else None,
        "amount_right": round(amount_right / right, 3) if right else None,
        "date_right": round(due_right / right, 3) if right else None,
        "responsible_right": round(who_right / right, 3) if right else None,
        "missed": [f"{o.id}: {o.quote}" for o in expected if o.id not in found],
        "wrong": wrong,
        "charged_wrong": charged_wrong,
        "_counts": (len(found), len(expected), right, len(proposals)),
    }


def main(arguments: list[str]) -> int:
    corpus = load_corpus(REGULATIONS)
    register = load_register(REGULATIONS, corpus)
    rows = [measure(corpus, register, slug) for slug in corpus.regulations]
    totals = [sum(row["_counts"][n] for row in rows) for n in range(4)]
    verbose = "--verbose" in arguments
    for row in rows:
        row.pop("_counts")
        if not verbose:
            row |= {name: len(row[name]) for name in ("missed", "wrong", "charged_wrong")}
        print(json.dumps(row, ensure_ascii=False, indent=1 if verbose else None))
    overall = {"recall": round(totals[0] / totals[1], 3), "precision": round(totals[2] / totals[3], 3)}
    print(json.dumps({"regulation": "all", "obligations": totals[1], "proposals": totals[3], **overall}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
