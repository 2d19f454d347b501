"""The project as WSGI application."""

from django.core.wsgi import get_wsgi_application

from cms.starting import start

application = start(get_wsgi_application)
