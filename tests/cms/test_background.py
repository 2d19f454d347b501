"""Background tasks by both doors: in the database, and in a real Redis."""

import pytest
from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult

from crm.models import OutgoingMessage
from tests.letters.conftest import alida, bram, cor, letter, letterhead, parties  # noqa: F401
from tests.letters.stories import propose

pytestmark = pytest.mark.django_db(transaction=True)


def use(settings, backend):
    settings.TASKS = {"default": {"BACKEND": backend, "QUEUES": settings.QUEUES}}
    task_backends.settings = task_backends.configure_settings(None)
    for alias in list(task_backends):
        if hasattr(task_backends._connections, alias):
            delattr(task_backends._connections, alias)


@pytest.fixture(autouse=True)
def back_again(settings):
    yield
    use(settings, "django_tasks.backends.immediate.ImmediateBackend")


def mails():
    return OutgoingMessage.objects.filter(key__startswith="approval:").count()


def test_a_task_waits_in_the_database_for_a_worker(settings, letter, alida, bram):  # noqa: F811
    use(settings, "django_tasks_db.DatabaseBackend")
    propose(letter, alida)
    assert (mails(), DBTaskResult.objects.get().queue_name) == (0, "spreekbuis")
    call_command("db_worker", "--batch", "--queue-name", "*", verbosity=0)
    assert mails() == 2
