"""Addresses of the room crm on the public side."""

from django.urls import path

from . import views

app_name = "crm_public"

urlpatterns = [path("actie/<str:token>/<slug:verb>/", views.due, name="due")]
