"""How a letter addresses a recipient: whom it names, the lines on the envelope, the salutation.

From the moment a letter is made ready these words are frozen with the recipient, and stay what they were.
"""

from __future__ import annotations

from crm.dutch.addresses import address_lines, at_home, normalise_postcode
from crm.dutch.salutations import Body, Salutation, check, for_body, for_person
from crm.models import Channel, ContactPoint, Organisation, OrganisationKind, Person, Purpose
from letters.models import Letter, Recipient

# The frozen words of a recipient.
SALUTATION, NAME, TO_WHOM, ADDRESSEE = "salutation", "name", "to_whom", "addressee"

_BODY_OF_PURPOSE = {
    Purpose.PROGRAMME: Body.PROGRAMME_COMMITTEE,
    Purpose.BOARD: Body.BOARD,
    Purpose.FACTION: Body.FACTION,
    Purpose.CLERK: Body.CLERK,
    Purpose.PRESS: Body.PRESS,
}
_BODY_OF_KIND = {
    OrganisationKind.PARTY: Body.PARTY,
    OrganisationKind.CANDIDATE_LIST: Body.PARTY,
    OrganisationKind.FACTION: Body.FACTION,
    OrganisationKind.MUNICIPALITY: Body.EXECUTIVE,
    OrganisationKind.EXECUTIVE: Body.EXECUTIVE,
    OrganisationKind.DISTRICT: Body.DISTRICT,
    OrganisationKind.CLERK: Body.CLERK,
    OrganisationKind.PRESS: Body.PRESS,
    OrganisationKind.UMBRELLA: Body.BOARD,
    OrganisationKind.PARTNER: Body.BOARD,
    OrganisationKind.INITIATIVE: Body.INITIATIVE,
}
# The body in words, and its article.
_TO_WHOM = {
    Body.PROGRAMME_COMMITTEE: ("de", "programmacommissie"),
    Body.BOARD: ("het", "bestuur"),
    Body.FACTION: ("de", "fractie"),
    Body.CLERK: ("de", "griffie"),
    Body.PRESS: ("de", "redactie"),
    Body.EXECUTIVE: ("het", "college"),
    Body.DISTRICT: ("het", "dagelijks bestuur"),
}
_ARTICLES = {name: article for article, name in _TO_WHOM.values()}
# Only parties have a programme committee, a board and factions that letters are aimed at.
_AIMED = {OrganisationKind.PARTY, OrganisationKind.CANDIDATE_LIST}


def body_of(organisation: Organisation, purpose: str, point: ContactPoint | None) -> Body:
    """Which body of an organisation the letter speaks to: that of the address, else of the letter, else of the kind."""
    for candidate in (point.purpose if point else "", purpose if organisation.kind in _AIMED else ""):
        if body := _BODY_OF_PURPOSE.get(Purpose(candidate)) if candidate else None:
            return body
    return _BODY_OF_KIND.get(OrganisationKind(organisation.kind), Body.OTHER)


def words(recipient: Recipient, letter: Letter) -> dict[str, str]:
    """All that a letter says to a recipient and of it, to freeze."""
    return {
        SALUTATION: salutation(recipient, letter).text,
        NAME: in_a_sentence(recipient),
        TO_WHOM: to_whom(recipient, letter),
        ADDRESSEE: addressee(recipient, letter),
    }


def salutation(recipient: Recipient, letter: Letter) -> Salutation:
    """How the letter opens for this recipient: its own words, else one salutation for all, else by the Dutch rules."""
    if written := recipient.frozen_words.get(SALUTATION) or recipient.salutation or letter.salutation:
        return check(written)
    return computed_salutation(recipient, letter)


def computed_salutation(recipient: Recipient, letter: Letter) -> Salutation:
    """What the Dutch rules make of it."""
    if recipient.person is not None:
        return person_salutation(recipient.person)
    organisation = recipient.organisation
    assert organisation is not None
    body = body_of(organisation, letter.purpose, recipient.contact_point)
    return for_body(body, name=called(recipient), article=organisation.article)


def called(recipient: Recipient) -> str:
    """What the recipient is called in a sentence: the short name, unless it had another name on the day."""
    organisation = recipient.organisation
    if organisation is not None and recipient.person is None and recipient.name == organisation.name:
        return str(organisation)
    return recipient.name


def in_a_sentence(recipient: Recipient) -> str:
    """The recipient in a sentence, an organisation with its article: "de Stadslijst"."""
    organisation = recipient.organisation
    name = f"{organisation.article} {called(recipient)}".strip() if organisation else recipient.name
    return str(recipient.frozen_words.get(NAME, name))


def person_salutation(person: Person) -> Salutation:
    """The salutation of one person: what they asked for, else by the rules."""
    return check(person.salutation) if person.salutation else for_person(person.parts)


def to_whom(recipient: Recipient, letter: Letter) -> str:
    """Whom the letter is for at the organisation, in words: "programmacommissie", "mevrouw De Vries"."""
    if TO_WHOM in recipient.frozen_words:
        return str(recipient.frozen_words[TO_WHOM])
    if recipient.person is not None:
        return recipient.person.formal_name
    return _body_in_words(recipient, letter)[1]


def _body_in_words(recipient: Recipient, letter: Letter) -> tuple[str, str]:
    point = recipient.contact_point
    if point is not None and point.attention:
        return _ARTICLES.get(point.attention.lower(), ""), point.attention
    assert recipient.organisation is not None
    return _TO_WHOM.get(body_of(recipient.organisation, letter.purpose, point), ("", ""))


def lines(recipient: Recipient, letter: Letter) -> tuple[str, ...]:
    """The address as it stands on the letter: by e-mail the name alone, by post the whole address."""
    organisation, person = recipient.organisation, recipient.person
    of_person = organisation.name if organisation else ""
    name = recipient.name if person is None else of_person
    named = [line for line in (name, addressee(recipient, letter)) if line]
    point = recipient.contact_point
    if point is None or recipient.channel != Channel.POST or point.kind != Channel.POST:
        return tuple(named)
    return address_lines(named, point.street, point.postcode, point.town, point.country)


def addressee(recipient: Recipient, letter: Letter) -> str:
    """The line of the address that says for whom it is there: "t.a.v. het bestuur"; a person of no organisation by
    name, "" when the letter is for the organisation as a whole."""
    if ADDRESSEE in recipient.frozen_words:
        return str(recipient.frozen_words[ADDRESSEE])
    if recipient.person is not None:
        article, whom = "", recipient.person.formal_name
        if recipient.organisation is None:
            return whom
    else:
        article, whom = _body_in_words(recipient, letter)
    return " ".join(part for part in ("t.a.v.", article, whom) if part) if whom else ""


def trouble(point: ContactPoint) -> str:
    """What keeps an address from being used on an envelope, as a sentence that says what to mend; "" for nothing."""
    if point.kind != Channel.POST or not point.postcode or not at_home(point.country):
        return ""
    try:
        normalise_postcode(point.postcode)
    except ValueError as error:
        return str(error)
    return ""
