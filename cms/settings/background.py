"""Background work: tasks in the database by default, in Redis by ``REDIS_URL``; the outbox has its own loop."""

from typing import Any

from .applications import INSTALLED_APPS
from .environment import env, url

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    REDIS_URL = url(
        "REDIS_URL",
        "",
        schemes=("redis", "rediss", "unix"),
        example="redis://machine:6379/0",
        whole=False,
    )

# "default" is Wagtail's own queue (index updates and the like); ours is apart, so that neither waits for the other.
QUEUES = ["default", "spreekbuis"]

TASKS: dict[str, dict[str, Any]]
CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    INSTALLED_APPS += ["django_rq", "django_tasks_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": QUEUES}}
    RQ_QUEUES = {queue: {"URL": REDIS_URL} for queue in QUEUES}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
