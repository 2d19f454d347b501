"""Names taken apart and put together."""

import pytest

from crm.dutch.names import Gender, PersonName, formal, full, sorting, split, surname

# Typed: given, initials, prefix, family, gender.
READ = {
    "mevr. A. de Vries": ("", "A.", "de", "Vries", "f"),
    "Mevrouw Anna de Vries": ("Anna", "", "de", "Vries", "f"),
    "mw. Op de Beek": ("", "", "op de", "Beek", "f"),
    "mw A de Vries": ("", "A.", "de", "Vries", "f"),
    "dhr. Van der Berg": ("", "", "van der", "Berg", "m"),
    "dhr.de Boer": ("", "", "de", "Boer", "m"),
    "De heer K. Verbeek": ("", "K.", "", "Verbeek", "m"),
    "heer Jansen": ("", "", "", "Jansen", "m"),
    "de heer De Heer": ("", "", "de", "Heer", "m"),
    "mevrouw De Heer-Jansen": ("", "", "de", "Heer-Jansen", "f"),
    "dhr./mevr. De Boer": ("", "", "de", "Boer", ""),
    "de heer/mevrouw De Boer": ("", "", "de", "Boer", ""),
    "de heer of mevrouw De Boer": ("", "", "de", "Boer", ""),
    "T.a.v. mevr. A. de Vries": ("", "A.", "de", "Vries", "f"),
    "mevrouw De Vries (fractievoorzitter SP)": ("", "", "de", "Vries", "f"),
    # Gender never comes from a first name, and mr. is a lawyer.
    "Anna van der Berg": ("Anna", "", "van der", "Berg", ""),
    "mr. J. Bos": ("", "J.", "", "Bos", ""),
    # Titles.
    "drs. J.P. in 't Veld": ("", "J.P.", "in ’t", "Veld", ""),
    "prof.dr.ir. A.B.C. van 't Hof": ("", "A.B.C.", "van ’t", "Hof", ""),
    "mevrouw prof. dr. A. de Vries": ("", "A.", "de", "Vries", "f"),
    "A. de Vries MSc": ("", "A.", "de", "Vries", ""),
    "Anna de Vries, MA MSc": ("Anna", "", "de", "Vries", ""),
    # Initials.
    "K. Verbeek": ("", "K.", "", "Verbeek", ""),
    "K Verbeek": ("", "K.", "", "Verbeek", ""),
    "J. P. de Vries": ("", "J.P.", "de", "Vries", ""),
    "JP de Vries": ("", "J.P.", "de", "Vries", ""),
    "j.p. Jansen": ("", "J.P.", "", "Jansen", ""),
    "J.-P. de Wit": ("", "J.-P.", "de", "Wit", ""),
    "Th. Jansen": ("", "Th.", "", "Jansen", ""),
    "Chr. van den Broek-Smit": ("", "Chr.", "van den", "Broek-Smit", ""),
    "IJ. van IJsselmuiden": ("", "IJ.", "van", "IJsselmuiden", ""),
    "A.M. (Anna) de Vries": ("Anna", "A.M.", "de", "Vries", ""),
    "Anna M. de Vries": ("Anna M.", "", "de", "Vries", ""),
    "A. Maria Jansen": ("A. Maria", "", "", "Jansen", ""),
    "A.": ("", "A.", "", "", ""),
    # Prefixes, in any capitals and with any quote.
    "Maarten 't Hart": ("Maarten", "", "’t", "Hart", ""),
    "‘t Hart": ("", "", "’t", "Hart", ""),
    "’ t Hart": ("", "", "’t", "Hart", ""),
    "`t Hart": ("", "", "’t", "Hart", ""),
    "´t Hart": ("", "", "’t", "Hart", ""),
    "'tHart": ("", "", "’t", "Hart", ""),
    "A. 'T Hart": ("", "A.", "’t", "Hart", ""),
    "Anna De Vries": ("Anna", "", "de", "Vries", ""),
    "Anna Van Der Berg": ("Anna", "", "van der", "Berg", ""),
    "A. van 't Hof": ("", "A.", "van ’t", "Hof", ""),
    "Jan van de la Rue": ("Jan", "", "van de la", "Rue", ""),
    "Hedy d'Ancona": ("Hedy", "", "d’", "Ancona", ""),
    "A. de l'Ami": ("", "A.", "de l’", "Ami", ""),
    "Jan ten Have": ("Jan", "", "ten", "Have", ""),
    "A. v.d. Berg": ("", "A.", "v.d.", "Berg", ""),
    "A. vd Berg": ("", "A.", "v.d.", "Berg", ""),
    "A. v/d Berg": ("", "A.", "v.d.", "Berg", ""),
    "A. v. d. Berg": ("", "A.", "v.d.", "Berg", ""),
    "A. v.d.Berg": ("", "A.", "v.d.", "Berg", ""),
    "A. v. Dijk": ("", "A.", "van", "Dijk", ""),
    "V. Dijk": ("", "V.", "", "Dijk", ""),
    "Mounir el Hamdaoui": ("Mounir", "", "el", "Hamdaoui", ""),
    "de heer El Hamdaoui": ("", "", "el", "Hamdaoui", "m"),
    "Ahmed El Khatib": ("Ahmed", "", "", "El Khatib", ""),
    "Isabel Da Silva": ("Isabel", "", "", "Da Silva", ""),
    "Maria de la Cruz": ("Maria", "", "de la", "Cruz", ""),
    "Otto von und zu Stein": ("Otto", "", "von und zu", "Stein", ""),
    "Ben de Vries": ("Ben", "", "de", "Vries", ""),
    "Ben Jansen": ("Ben", "", "", "Jansen", ""),
    "Mohamed ben Ali": ("Mohamed", "", "ben", "Ali", ""),
    # Double names.
    "Jansen-de Wit": ("", "", "", "Jansen-de Wit", ""),
    "mevrouw Jansen - de Wit": ("", "", "", "Jansen-de Wit", "f"),
    "Anna Jansen-van den Berg": ("Anna", "", "", "Jansen-van den Berg", ""),
    "Anna de Vries-van den Berg": ("Anna", "", "de", "Vries-van den Berg", ""),
    "Anna Bos–Smit": ("Anna", "", "", "Bos-Smit", ""),
    "Jean-Pierre de Wit": ("Jean-Pierre", "", "de", "Wit", ""),
    # The family name first.
    "De Vries, Anna": ("Anna", "", "de", "Vries", ""),
    "Vries, Anna de": ("Anna", "", "de", "Vries", ""),
    "Vries, mevr. A. de": ("", "A.", "de", "Vries", "f"),
    "mevr. De Vries, Anna": ("Anna", "", "de", "Vries", "f"),
    "Vries, de": ("", "", "de", "Vries", ""),
    "Vries, A.M. (Anna) de": ("Anna", "A.M.", "de", "Vries", ""),
    "Berg van den, J.": ("", "J.", "van den", "Berg", ""),
    "Berg, van den, J.": ("", "J.", "van den", "Berg", ""),
    "'t Hart, Maarten": ("Maarten", "", "’t", "Hart", ""),
    "Ancona, Hedy d'": ("Hedy", "", "d’", "Ancona", ""),
    "Jansen-de Wit, Anna": ("Anna", "", "", "Jansen-de Wit", ""),
    "Garcia Lopez, Maria": ("Maria", "", "", "Garcia Lopez", ""),
    "De Heer, Jan": ("Jan", "", "de", "Heer", ""),
    # Not first: what stands behind the comma is an office.
    "Anna de Vries, voorzitter": ("Anna", "", "de", "Vries", ""),
    "K. Verbeek, secretaris": ("", "K.", "", "Verbeek", ""),
    # The rest.
    "De Vries": ("", "", "de", "Vries", ""),
    "Verbeek": ("", "", "", "Verbeek", ""),
    "Jan Jansen jr.": ("Jan", "", "", "Jansen jr.", ""),
    "Émile van der Hoeven": ("Émile", "", "van der", "Hoeven", ""),
    "Zeki O\u0308ztu\u0308rk": ("Zeki", "", "", "Öztürk", ""),
    "Sinéad O'Brien": ("Sinéad", "", "", "O’Brien", ""),
    "'s-Gravesande": ("", "", "", "’s-Gravesande", ""),
    "  Anna \n de\u00a0Vries ,": ("Anna", "", "de", "Vries", ""),
    "": ("", "", "", "", ""),
}


@pytest.mark.parametrize(("typed", "parts"), READ.items())
def test_a_name_is_taken_apart_as_it_was_meant(typed, parts):
    name = split(typed)
    assert (name.given, name.initials, name.prefix, name.family, name.gender) == parts


# Name: full, formal, surname, sorting.
WRITTEN = [
    (("Anna", "A.", "de", "Vries", "f"), "Anna de Vries", "mevrouw De Vries", "De Vries", "Vries, Anna de"),
    (("", "B.", "van der", "Berg", "m"), "B. van der Berg", "de heer Van der Berg", "Van der Berg", "Berg, B. van der"),
    (("Kim", "K.", "", "Verbeek", ""), "Kim Verbeek", "K. Verbeek", "Verbeek", "Verbeek, Kim"),
    (("Kim", "", "", "Verbeek", ""), "Kim Verbeek", "Kim Verbeek", "Verbeek", "Verbeek, Kim"),
    (("Anna", "A.", "de", "Vries", "x"), "Anna de Vries", "Anna de Vries", "De Vries", "Vries, Anna de"),
    (("", "", "de", "Vries", ""), "De Vries", "De Vries", "De Vries", "Vries, de"),
    (("Maarten", "", "’t", "Hart", "m"), "Maarten ’t Hart", "de heer ’t Hart", "’t Hart", "Hart, Maarten ’t"),
    (("Maarten", "", "'t", "Hart", "m"), "Maarten ’t Hart", "de heer ’t Hart", "’t Hart", "Hart, Maarten ’t"),
    (("Hedy", "", "d’", "Ancona", "f"), "Hedy d’Ancona", "mevrouw d’Ancona", "d’Ancona", "Ancona, Hedy d’"),
    (("", "J.P.", "in ’t", "Veld", "m"), "J.P. in ’t Veld", "de heer In ’t Veld", "In ’t Veld", "Veld, J.P. in ’t"),
    (("", "A.", "van ’t", "Hof", "f"), "A. van ’t Hof", "mevrouw Van ’t Hof", "Van ’t Hof", "Hof, A. van ’t"),
    (("", "A.", "de l’", "Ami", "f"), "A. de l’Ami", "mevrouw De l’Ami", "De l’Ami", "Ami, A. de l’"),
    (
        ("", "A.", "", "Jansen-de Wit", "f"),
        "A. Jansen-de Wit", "mevrouw Jansen-de Wit", "Jansen-de Wit", "Jansen-de Wit, A.",
    ),
    (
        ("Eva", "", "van der", "Ven-van Dijk", "f"),
        "Eva van der Ven-van Dijk", "mevrouw Van der Ven-van Dijk", "Van der Ven-van Dijk", "Ven-van Dijk, Eva van der",
    ),
    (
        ("Mounir", "", "el", "Hamdaoui", "m"),
        "Mounir el Hamdaoui", "de heer El Hamdaoui", "El Hamdaoui", "Hamdaoui, Mounir el",
    ),
    (("Eva", "", "Van Den ", "Berg", ""), "Eva van den Berg", "Eva van den Berg", "Van den Berg", "Berg, Eva van den"),
    (
        ("Eva", "", "", "Van den Broeck", "f"),
        "Eva Van den Broeck", "mevrouw Van den Broeck", "Van den Broeck", "Van den Broeck, Eva",
    ),
    (("Anna", "", "", "", "f"), "Anna", "Anna", "", "Anna"),
    (("", "", "de", "", ""), "", "", "", ""),
    (("", "", "", "", ""), "", "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "as_full", "as_formal", "as_surname", "as_sorted"), WRITTEN)
def test_a_name_is_written_as_dutch_wants_it(parts, as_full, as_formal, as_surname, as_sorted):
    name = PersonName(*parts[:4], Gender(parts[4]))
    assert (full(name), formal(name), surname(name), sorting(name)) == (
        as_full,
        as_formal,
        as_surname,
        as_sorted,
    )


@pytest.mark.parametrize("typed", [typed for typed, parts in READ.items() if parts[3]])
def test_a_sorted_name_is_read_back_as_the_same_name(typed):
    name = split(typed)
    again = split(sorting(name))
    # A foreign prefix in capitals goes back to lower case at the front of a list; the name said is the same.
    assert full(again).lower() == full(name).lower()


def test_longer_lists_are_sorted_under_the_family_name():
    typed = ["Anna de Vries", "Bram van der Berg", "Maarten 't Hart", "K. Verbeek"]
    assert sorted(sorting(split(name)) for name in typed) == [
        "Berg, Bram van der", "Hart, Maarten ’t", "Verbeek, K.", "Vries, Anna de",
    ]  # fmt: skip
