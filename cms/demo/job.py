"""The main job of the demo: the seed letter, from draft to sent and proven, told step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from crm.actions.delivering import drain, new_worker_name
from crm.checking.findings import Severity
from crm.clients import mailbox
from crm.models import Channel, Verdict
from crm.models.outgoing import SENT
from letters.actions import (
    approvals,
    commitments,
    dispatching,
    enclosures,
    findings,
    freezing,
    letters,
    recipients,
)
from letters.models import Letter, LetterState
from letters.models.letters import OUT
from letters.queries import approvals as approval_queries
from letters.queries import commitments as commitment_queries
from letters.queries import contents, last_look, proofs
from letters.queries import dispatches as dispatch_queries
from letters.queries import recipients as recipient_queries

from .calendar import DEMO_DAY
from .letter import mended_letter_values
from .world import World

EXPECTED = {"email": 14, "post": 2, "gaps": 1}
_SIGNS = {Severity.BLOCK: "!!", Severity.WARN: " !", Severity.TIP: "  "}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the main job came to."""

    letter: Letter
    folder: Path
    accepted: int
    in_batch: int
    gaps: tuple[str, ...]

    @property
    def as_it_should_be(self) -> bool:
        """Whether fourteen were accepted, two are in the stack and the one gap is named."""
        found = {"email": self.accepted, "post": self.in_batch, "gaps": len(self.gaps)}
        return found == EXPECTED


def run(world: World, *, say: Say) -> Outcome:
    """Do the job, or what is left of it: a second run sends nothing again and leaves every byte alone."""
    letter = Letter.objects.get(pk=world.letter.pk)
    if letter.state == LetterState.DRAFT:
        _write(world, letter, say)
        letter.refresh_from_db()
    if letter.state == LetterState.PROPOSED:
        _approve(world, letter, say)
        letter.refresh_from_db()
    if letter.state == LetterState.APPROVED:
        _keep_promises(world, letter, say)
        made = freezing.freeze(letter=letter, by=world.author)
        say(f"Bevroren: {len(made)} brieven, elk met een eigen PDF en SHA-256.")
        letter.refresh_from_db()
    if letter.state == LetterState.FROZEN:
        count = dispatching.send(letter=letter, by=world.author)
        say(f"Verzenden: {count} berichten in de wachtrij.")
        letter.refresh_from_db()
    if letter.state in OUT:
        _deliver(say)
        _print(world, letter, say)
        letters.set_public(letter=letter, public=True, by=world.author) if not letter.is_public else None
    return _show(letter, say)


def _write(world: World, letter: Letter, say: Say) -> None:
    if not letter.recipients.exists():
        count = recipients.pick_segment(letter=letter, segment=world.segment, on=DEMO_DAY, by=world.author)
        letter.refresh_from_db()
        counts = recipient_queries.summary(recipient_queries.rows(letter))
        say(f"Ontvangers van brief {letter.reference}: {count}, {letter.recipients_words}.")
        say(f"  {counts.email} per e-mail, {counts.post} per post, {counts.gaps} zonder adres.")
    if not letter.subject:
        say("De brief zoals geschreven. De laatste blik zegt:")
        _tell_findings(letter, say)
    mended = mended_letter_values()
    letter = letters.save_draft(
        letter=letter, draft_number=letter.draft_number, values=mended.values, by=world.author
    )
    report = world.annual_report
    if report.file is not None and not letter.enclosures.filter(title=report.title).exists():
        enclosures.add(letter=letter, title=report.title, data=report.file.read(), by=world.author)
    if not letter.enclosures.filter(is_promised=True).exists():
        enclosures.promise(letter=letter, title="", publication=world.planned_report, by=world.author)
    for recipient in recipient_queries.of(letter):
        if text := mended.own_paragraphs.get(recipient.name):
            recipients.set_words(recipient=recipient, salutation="", own_paragraph=text, by=world.author)
    letters.make_version(letter=letter, by=world.author)
    say("De verbeterde brief. De laatste blik zegt nu:")
    _tell_findings(letter, say)
    for item in last_look.of(letter).blocking:
        if item.finding.severity == Severity.WARN:
            findings.accept(
                letter=letter,
                token=item.token,
                reason="Dat weten we; we zoeken verder en sturen deze na.",
                by=world.author,
            )
            say(f"  Laat zo, met reden: {', '.join(item.finding.quotes)}")
    approvals.ask(letter=letter, by=world.author)
    say("Akkoord gevraagd aan de commissie.")


def _tell_findings(letter: Letter, say: Say) -> None:
    items = last_look.of(letter).items
    for item in items:
        quotes = ", ".join(f"“{quote}”" for quote in item.finding.quotes)
        say(f"  {_SIGNS[item.finding.severity]} {quotes}  {item.finding.advice}".rstrip())
    if not items:
        say("     Klaar om voor te leggen.")


def _approve(world: World, letter: Letter, say: Say) -> None:
    round_ = approval_queries.standing_round(letter)
    assert round_ is not None
    content_hash = contents.content(letter).hash
    others = [user for user in world.committee if user != world.author and not user.is_absent()]
    first, second = others[0], others[1]
    approvals.approve(round_=round_, content_hash=content_hash, by=first)
    say(f"  {first} is akkoord, na inloggen.")
    token = approvals.link_for(round_, second)
    approvals.decide_by_link(token=token, verdict=Verdict.APPROVED, content_hash=content_hash)
    say(f"  {second} is akkoord, met de persoonlijke link uit de mail.")


def _keep_promises(world: World, letter: Letter, say: Say) -> None:
    for found in commitment_queries.proposed(letter):
        kept = commitments.keep(
            letter=letter,
            quote=found.quote,
            words=found.words,
            due_on=found.due_on,
            publication=found.publication,
            minded_by=world.author,
            by=world.author,
        )
        say(f"  Belofte bijgehouden: {kept}, want “{kept.quote}”")


@contextmanager
def _mail_server() -> Iterator[None]:
    """The local mailbox for as long as the job runs, unless a real mail server is set or it is served already."""
    with mailbox.serve_in_thread() if settings.SMTP_IS_LOCAL else nullcontext():
        yield


def _deliver(say: Say) -> None:
    with _mail_server():
        results = drain(worker=new_worker_name())
    if results:
        say("Bezorgd: " + ", ".join(f"{count} {state.label}" for state, count in results.items()) + ".")


def _print(world: World, letter: Letter, say: Say) -> None:
    if not letter.print_batches.exists() and letter.dispatches.filter(channel=Channel.POST).exists():
        batch = dispatching.make_print_batch(letter=letter, by=world.author)
        say(f"Printstapel: {batch.dispatches.count()} brieven in envelopvolgorde.")


def _show(letter: Letter, say: Say) -> Outcome:
    """Lay what was made in ``var/demo/<reference>/``; what lies there already stays."""
    folder = settings.VAR_DIR / "demo" / letter.reference
    for place in ("letters", "messages"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    made = list(dispatch_queries.of(letter))
    for dispatch in made:
        name = f"{dispatch.number:02d}-{_slug(dispatch.recipient.name)}"
        _lay(folder / "letters" / f"{name}.pdf", dispatch.pdf.read)
        if dispatch.outgoing is not None:
            _lay(folder / "messages" / f"{name}.eml", dispatch.outgoing.raw.read)
    batch = letter.print_batches.select_related("file").first()
    if batch is not None:
        _lay(folder / "print-batch.pdf", batch.file.read)
    if letter.frozen_version_id:
        _lay(folder / "proof.pdf", lambda: proofs.pdf(letter))
    outcome = Outcome(
        letter=letter,
        folder=folder,
        accepted=sum(d.outgoing is not None and d.outgoing.state in SENT for d in made),
        in_batch=batch.dispatches.count() if batch else 0,
        gaps=tuple(
            row.recipient.name for row in dispatch_queries.follow_rows(letter) if row.dispatch is None
        ),
    )
    say(
        f"Verzendbewijs: {outcome.accepted} verzonden per e-mail, {outcome.in_batch} in de printstapel, "
        f"niet verstuurd wegens geen adres: {', '.join(outcome.gaps) or 'niemand'}."
    )
    return outcome


def _lay(path: Path, read: Callable[[], bytes]) -> None:
    if not path.exists():
        partly = path.with_suffix(path.suffix + ".part")
        partly.write_bytes(read())
        partly.rename(path)


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
