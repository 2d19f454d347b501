"""Where files live: folders under ``VAR_DIR`` by default, an S3-compatible bucket by ``S3_BUCKET``."""

from pathlib import Path
from typing import Any

import font_source_sans_pro
import font_source_serif_pro

from .environment import VAR_DIR, env, number, url

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

S3_BUCKET = env.str("S3_BUCKET", "")
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", "") or None
if S3_ENDPOINT_URL:
    S3_ENDPOINT_URL = url(
        "S3_ENDPOINT_URL", "", schemes=("https", "http"), example="https://s3.example.org", whole=False
    )


def _store(folder: str) -> dict[str, Any]:
    if S3_BUCKET:
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": S3_ENDPOINT_URL,
                "location": folder,
                "default_acl": None,
                "querystring_auth": folder == "private",
                # What is private is called after its content.
                "file_overwrite": folder == "private",
            },
        }
    if folder == "private":
        options = {"location": VAR_DIR / folder, "file_permissions_mode": 0o600}
        return {"BACKEND": "crm.clients.disk.WholeFiles", "OPTIONS": options}
    options = {"location": VAR_DIR / folder, "base_url": MEDIA_URL}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES = {
    "default": _store("media"),
    # What was sent and what came in: never served by address, only through a view that asks who is looking.
    "private": _store("private"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

# Of an upload larger than this nothing beyond it is stored.
UPLOAD_LIMIT_MB = number("UPLOAD_LIMIT_MB", 25, least=1, most=1024)
WAGTAILDOCS_MAX_UPLOAD_SIZE = WAGTAILIMAGES_MAX_UPLOAD_SIZE = UPLOAD_LIMIT_MB * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "crm.admin.uploads.TooLargeHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# The fonts of the house style come out of registry packages; nothing of them is copied into the project.
STATICFILES_DIRS = [
    ("fonts/sans", Path(font_source_sans_pro.__file__).parent / "files"),
    ("fonts/serif", Path(font_source_serif_pro.__file__).parent / "files"),
]
