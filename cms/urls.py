"""Which address leads where."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from campaigns.webhooks import receive as mailchimp_webhook
from cms.admin.sign_out import SignOutView

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/logout/", SignOutView.as_view(), name="sign_out"),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
]

if not settings.S3_BUCKET:
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += [
    path("mailchimp/<str:secret>/", mailchimp_webhook, name="mailchimp_webhook"),
    path("", include("crm.urls")),
    path("", include("campaigns.urls")),
    path("", include("letters.urls")),
    path("", include(wagtail_urls)),
]
