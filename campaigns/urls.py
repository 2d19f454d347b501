"""Addresses of the newsletter on the public side: signing up, choosing, and leaving."""

from django.urls import path

from . import views

app_name = "newsletter"

urlpatterns = [
    path("nieuwsbrief/aanmelden/", views.sign_up, name="sign_up"),
    path("nieuwsbrief/aanmelden/gelukt/", views.asked, name="asked"),
    path("nieuwsbrief/bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("nieuwsbrief/voorkeuren/<str:token>/", views.preferences, name="preferences"),
    path("nieuwsbrief/afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("nieuwsbrief/link/", views.fresh_link, name="fresh_link"),
]
