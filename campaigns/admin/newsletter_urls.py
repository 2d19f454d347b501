"""The addresses of newsletters in the back office, under nieuwsbrieven/."""

from django.urls import path

from . import newsletters

app_name = "newsletters"

urlpatterns = [
    path("", newsletters.NewslettersView.as_view(), name="index"),
    path("nieuwsbrieven.xlsx", newsletters.WorkbookView.as_view(), name="workbook"),
    path("<int:pk>/", newsletters.NewsletterView.as_view(), name="issue"),
    path("<int:pk>/mail/", newsletters.MailView.as_view(), name="mail"),
]
