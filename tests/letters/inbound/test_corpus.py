"""The figures of the corpus: nothing wrongly placed for certain, nearly everything placed or rightly guessed."""

from collections import Counter
from time import perf_counter

import pytest

from letters.inbound.kinds import Verdict, recognise
from letters.inbound.placing import Placement, place
from letters.inbound.reading import read
from tests.letters.inbound.corpus import Case, cases
from tests.letters.inbound.world import OUR_ADDRESS, VOLUNTEER, Archive

CASES = cases()


def judged(case: Case) -> tuple[Verdict, Placement]:
    incoming = read(case.raw)
    verdict = recognise(incoming, case.raw, own=[OUR_ADDRESS, VOLUNTEER])
    return verdict, place(incoming, verdict, Archive())


@pytest.fixture(scope="module")
def results() -> list[tuple[Case, Verdict, Placement]]:
    return [(case, *judged(case)) for case in CASES]


def keys(found) -> set[str]:
    return {str(one.thread.key) for one in found}


def is_right(case: Case, placement: Placement) -> bool:
    """Placed everywhere it belongs; or guessed: the first guesses are the places that are missing."""
    missing = case.threads - keys(placement.places)
    return missing == keys(placement.guesses[: len(missing)])


def table(results) -> str:
    """What became of every shape of message, beside what it should be."""
    rows = Counter()
    for case, _verdict, found in results:
        if keys(found.places) - case.threads:
            outcome = "wrong"
        elif not case.threads:
            outcome = "nowhere"
        elif keys(found.places) == case.threads:
            outcome = "placed"
        else:
            outcome = "guessed" if is_right(case, found) else "missed"
        rows[case.shape, outcome] += 1
        rows["all", outcome] += 1
    columns = ("placed", "guessed", "nowhere", "missed", "wrong")
    lines = [f"{'':20}" + "".join(f"{column:>9}" for column in columns)]
    for shape in [*dict.fromkeys(case.shape for case, _, _ in results), "all"]:
        lines.append(f"{shape:20}" + "".join(f"{rows[shape, column]:>9}" for column in columns))
    return "\n".join(lines)


def test_the_table_of_the_corpus(results):
    print(table(results))
    last = dict(
        zip(("placed", "guessed", "nowhere", "missed", "wrong"), table(results).split()[-5:], strict=True)
    )
    assert sum(map(int, last.values())) == 200
    assert last["wrong"] == "0"


def test_the_corpus_is_what_it_should_be():
    assert len(CASES) == 200
    assert len({case.raw for case in CASES}) == 200


def test_nothing_is_wrongly_placed_with_certainty(results):
    wrong = [(case.shape, keys(found.places) - case.threads) for case, _, found in results]
    assert [one for one in wrong if one[1]] == []


def test_nearly_everything_is_placed_or_rightly_guessed(results):
    belongs = [(case, found) for case, _, found in results if case.threads]
    right = [case for case, found in belongs if is_right(case, found)]
    missed = Counter(case.shape for case, found in belongs if not is_right(case, found))
    share = len(right) / len(belongs)
    assert share >= 0.9, (
        f"{share:.1%} of {len(belongs)} messages placed or rightly guessed; missed: {dict(missed)}"
    )


def test_most_are_placed_without_anybody(results):
    belongs = [(case, found) for case, _, found in results if case.threads]
    placed = sum(case.threads == keys(found.places) for case, found in belongs) / len(belongs)
    assert placed >= 0.75, f"{placed:.1%} of {len(belongs)} messages placed for certain"


def test_what_belongs_nowhere_is_not_placed(results):
    assert [case.shape for case, _, found in results if not case.threads and found.places] == []


def test_every_message_is_told_for_what_it_is(results):
    wrong = [(case.shape, case.kind.value, verdict.kind.value) for case, verdict, _ in results]
    assert [one for one in wrong if one[1] != one[2]] == []


def test_placing_a_message_takes_less_than_twenty_milliseconds(results):
    read_already = [(read(case.raw), verdict) for case, verdict, _ in results]
    archive = Archive()
    start = perf_counter()
    for incoming, verdict in read_already:
        place(incoming, verdict, archive)
    assert (perf_counter() - start) / len(CASES) < 0.02
