"""Addresses of letters on the public side."""

from django.urls import path

from . import views

app_name = "letters_public"

urlpatterns = [
    # Mailgun posts the raw message only to an address that ends in "mime".
    path("inkomende-post/mime", views.incoming_mail, name="incoming_mail"),
    path("akkoord/<str:token>/", views.decide, name="decide"),
    path("akkoord/<str:token>/brief.pdf", views.decide_pdf, name="decide_pdf"),
    path("papier/<int:pk>/", views.scan, name="scan"),
    path("papier/<int:pk>/<int:recipient>/", views.scan, name="scan_thread"),
    path("brieven/<str:reference>/", views.letter, name="letter"),
    path("brieven/<str:reference>/brief.pdf", views.letter_pdf, name="letter_pdf"),
]
