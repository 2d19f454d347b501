"""What is written down when something goes wrong: on the error stream, where whoever runs Spreekbuis looks."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        # Django's own handler is silent unless DEBUG; a page that was not found is no news.
        "django": {"handlers": ["errors"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["errors"], "level": "ERROR", "propagate": False},
    },
}
