"""The proof of dispatch."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from letters.render.proof import Approval, Outcome, Proof, ProofRow, render_proof
from tests.letters.render.reading import about, read, solid, tags, words

AT = datetime(2025, 7, 29, 18, 14, tzinfo=UTC)
HASHES = [sha256(name.encode()).hexdigest() for name in ("version", "brug", "buurt")]
ROWS = (
    ProofRow(
        1,
        "De Brug",
        "Programmacommissie",
        "e-mail",
        "post@debrug.example",
        "afgeleverd",
        Outcome.LEFT,
        at=AT,
        sha256=HASHES[1],
    ),
    ProofRow(
        2,
        "Partij voor de Buurt",
        "Bestuur",
        "post",
        "Postbus 1, 1000 AA  AMSTERDAM",
        "gepost",
        Outcome.LEFT,
        at=AT,
        sha256=HASHES[2],
    ),
    ProofRow(3, "Lijst Waterland", "", "", "", "niet verzonden", Outcome.NO_ADDRESS),
)
PROOF = Proof(
    subject="Stadsdorpen in uw verkiezingsprogramma",
    reference="2025-014 K",
    sender_name="Netwerk Amsterdamse Stadsdorpen",
    version_hash=HASHES[0],
    frozen_at=AT,
    approvals=(Approval("Alida Voorbeeld", AT), Approval("Bram de Proef", AT)),
    rows=ROWS,
    made_at=datetime(2026, 1, 5, 23, 30, tzinfo=UTC),
)


def test_the_proof_tells_what_went_to_whom() -> None:
    text = words(render_proof(PROOF))
    assert text.startswith(
        "Verzendbewijs 2025-014 K Brief Stadsdorpen in uw verkiezingsprogramma Kenmerk 2025-014 K "
        "Afzender Netwerk Amsterdamse Stadsdorpen Vastgelegd 29 juli 2025, 20.14 uur "
        "Akkoord Alida Voorbeeld op 29 juli 2025, 20.14 uur; Bram de Proef op 29 juli 2025, 20.14 uur "
        f"Versie {HASHES[0]} Verzonden 2 van 3 geadresseerden: 1 per e-mail, 1 per post "
        "Geen adres Lijst Waterland Nr. Organisatie Aan Kanaal Adres Stand Sinds SHA-256 "
        "1 De Brug Programmacommissie e-mail post@debrug.example afgeleverd 29 juli 2025, 20.14 uur "
        f"{HASHES[1][:12]} 2 Partij voor de Buurt Bestuur post "
    )
    assert "3 Lijst Waterland geen adres niet verzonden Controlegetallen" in text


def test_the_full_hash_of_every_letter_is_there_in_one_piece() -> None:
    texts = [line.text for line in read(render_proof(PROOF))]
    assert [text for text in texts if len(text) == 64] == HASHES


def test_a_proof_says_what_it_is() -> None:
    assert about(render_proof(PROOF)) == {
        "title": "Verzendbewijs 2025-014 K",
        "language": "nl-NL",
        "ua": "1",
        "tagged": True,
        "created": "D:20260106120000Z",
        "pages": 1,
    }


def test_a_screen_reader_meets_tables_with_headers() -> None:
    kinds = tags(render_proof(PROOF))
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TR")) == (2, 8 + 4, 4 + 3)


def test_every_page_repeats_the_header_and_tells_its_number() -> None:
    rows = tuple(replace(ROWS[0], number=number) for number in range(1, 101))
    data = render_proof(replace(PROOF, rows=rows))
    pages = about(data)["pages"]
    assert pages == 7
    for page in range(1, pages + 1):
        assert "Nr. Organisatie" in words(data, page)
        assert f"Verzendbewijs 2025-014 K, opgemaakt op 6 januari 2026, 0.30 uur {page} van {pages}" in words(
            data, page
        )


def test_a_dispatch_without_gaps_or_approvals_says_so() -> None:
    text = words(render_proof(replace(PROOF, rows=ROWS[:1], approvals=())))
    assert "Akkoord niet nodig" in text
    assert "Verzonden 1 van 1 geadresseerde: 1 per e-mail Nr." in text
    assert "Geen adres" not in text


def test_nothing_sent_yet_is_a_proof_without_hashes() -> None:
    text = words(render_proof(replace(PROOF, rows=ROWS[2:])))
    assert "Verzonden 0 van 1 geadresseerde Geen adres Lijst Waterland" in text
    assert "Controlegetallen" not in text
    assert "Verzonden 0 van 0 geadresseerden Nr." in words(render_proof(replace(PROOF, rows=())))


def test_only_what_left_is_counted_and_the_rest_is_named_apart() -> None:
    mail, by_post, gap = ROWS
    rows = (
        replace(mail, outcome=Outcome.CAME_BACK, sent_again=True),
        replace(by_post, organisation="De Brug", outcome=Outcome.TO_POST),
        replace(by_post, outcome=Outcome.CAME_BACK),
        replace(mail, organisation="De Vaart"),
        replace(mail, organisation="Het Plein", outcome=Outcome.NOT_SENT, state="wacht"),
        gap,
    )
    assert (
        "Verzonden 2 van 5 geadresseerden: 1 per post, 1 per e-mail Nog te posten De Brug "
        "Niet verzonden Het Plein (wacht) "
        "Kwam terug De Brug (e-mail, daarna een ander adres), Partij voor de Buurt (post) "
        "Geen adres Lijst Waterland Nr."
    ) in words(render_proof(replace(PROOF, rows=rows)))


def test_names_are_printed_as_they_stand() -> None:
    name = '#panic("x") {{ a }} "b" \\ *c*'
    row = replace(ROWS[0], organisation=name, addressee="n" * 10_000, state=name)
    data = render_proof(replace(PROOF, rows=(row,), subject=name))
    assert solid(words(data)).count(solid(name)) == 4
    pieces = [line.text.replace("\u200b", "") for line in read(data) if set(line.text) <= {"n", "\u200b"}]
    assert "".join(pieces) == "n" * 10_000


def test_a_name_with_a_character_that_cannot_be_printed_does_not_keep_the_proof_from_being_made() -> None:
    row = replace(ROWS[0], organisation="De Tulp 🌷")
    assert "De Tulp ?" in words(render_proof(replace(PROOF, rows=(row,))))


def test_the_same_proof_has_the_same_bytes() -> None:
    assert render_proof(PROOF) == render_proof(replace(PROOF))
