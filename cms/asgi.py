"""The project as ASGI application."""

from django.core.asgi import get_asgi_application

from cms.starting import start

application = start(get_asgi_application)
