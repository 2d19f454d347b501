"""The addresses of readers and Mailchimp in the back office, under nieuwsbrief/mailchimp/."""

from django.urls import path

from .audience import AudienceScreen, ProgressView

app_name = "audience"

urlpatterns = [
    path("", AudienceScreen.as_view(), name="index"),
    path("voortgang/", ProgressView.as_view(), name="progress"),
]
