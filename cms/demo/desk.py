"""What lies on the desk after the main job: a letter to finish, and one that waits for the committee's word."""

from __future__ import annotations

from crm.checking.findings import Severity
from crm.dutch import references
from crm.models import Organisation
from letters.actions import approvals, findings, letters, recipients
from letters.models import Letter
from letters.queries import last_look

from .calendar import DEMO_DAY
from .fixtures import Row, read
from .world import World


def load(world: World) -> None:
    """The letters of ``desk.toml``; those that are there stay as they are."""
    for row in read("desk")["letters"]:
        reference = references.issue(DEMO_DAY.year, row["number"])
        if not Letter.objects.filter(reference=reference).exists():
            _letter(world, row, reference)


def _letter(world: World, row: Row, reference: str) -> None:
    author = world.users[row["by"]]
    letter = letters.start(
        subject=row["subject"],
        body=row["body"].strip(),
        dated_on=DEMO_DAY,
        letterhead=world.letterhead,
        reference=reference,
        by=author,
    )
    letter = letters.save_draft(
        letter=letter, draft_number=letter.draft_number, values={"purpose": row["purpose"]}, by=author
    )
    chosen = Organisation.objects.filter(kind__in=row["kinds"]).order_by("pk")
    recipients.add(letter=letter, organisations_=list(chosen), on=DEMO_DAY, by=author)
    letters.make_version(letter=letter, by=author)
    if row["state"] == "proposed":
        for item in last_look.of(letter).blocking:
            if item.finding.severity == Severity.WARN:
                findings.accept(letter=letter, token=item.token, reason="Dat weten we.", by=author)
        approvals.ask(letter=letter, by=author)
