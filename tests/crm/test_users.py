"""Users of the back office."""

import datetime

import pytest

from crm.models import User


@pytest.mark.django_db
def test_a_person_is_away_until_the_day_she_returns():
    alida = User.objects.create_user(
        "alida", first_name="Alida", last_name="de Vries", absent_until_on="2025-08-10"
    )
    alida.refresh_from_db()
    assert [alida.is_absent(datetime.date(2025, 8, day)) for day in (9, 10)] == [True, False]
    assert (str(alida), alida.initials) == ("Alida de Vries", "AV")
