"""Texts of Wagtail that it leaves in English, or says in its own name or jargon: ours in the Dutch catalogue go first.

The application ``cms`` stands above Wagtail in ``INSTALLED_APPS``, so that its catalogue wins.
"""

from typing import Final

from django.utils.translation import gettext_noop

WORDS: Final = (
    gettext_noop("Bold"),
    gettext_noop("Italic"),
    gettext_noop("Monospace (code)"),
    gettext_noop("Subscript"),
    gettext_noop("Superscript"),
    gettext_noop("Default"),
    gettext_noop("Default?"),
    gettext_noop("Download CSV"),
    gettext_noop("Download XLSX"),
    gettext_noop("Email link"),
    gettext_noop("File"),
    gettext_noop("Administrator"),
    gettext_noop("Checks"),
    gettext_noop("Home"),
    gettext_noop("hostname"),
    gettext_noop("Live"),
    gettext_noop("live"),
    gettext_noop("Minimap"),
    gettext_noop("Tag"),
    gettext_noop("tags"),
    gettext_noop("slug"),
    gettext_noop("Slug"),
    gettext_noop("New slug"),
    gettext_noop("Admin"),
    gettext_noop("workflows"),
    gettext_noop("Workflow"),
    gettext_noop("Workflows"),
    gettext_noop("workflow"),
    gettext_noop("App"),
    gettext_noop("Grid layout"),
    gettext_noop("Wagtail admin"),
    gettext_noop("Wagtail core"),
    gettext_noop("Can access Wagtail admin"),
    gettext_noop("Actions (footer)"),
    gettext_noop("admin theme"),
    gettext_noop("Enable custom keyboard shortcuts specific to Wagtail."),
    gettext_noop(
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> Here are "
        'the <a href="https://www.enable-javascript.com/" target="_blank" '
        'rel="noreferrer">instructions how to enable JavaScript in your web browser</a>.'
    ),
    gettext_noop(
        "The root level is where you can add new sites to your Wagtail installation. Pages "
        "created here will not be accessible at any URL until they are associated with a site."
    ),
    gettext_noop("No pages/snippets have been submitted for moderation yet"),
    gettext_noop(
        "Set this to something other than 80 if you need a specific port number to appear in "
        "URLs (e.g. development on port 8000). Does not affect request handling (so port "
        "forwarding still works)."
    ),
    gettext_noop(
        "If true, this site will handle requests for all other hostnames that do not have a "
        "site entry of their own"
    ),
    gettext_noop("The name of the page as it will appear in URLs e.g http://domain.com/blog/[my-slug]/"),
    gettext_noop("Can add page"),
    gettext_noop("Can change page"),
    gettext_noop("Delete pages with children"),
    gettext_noop("Lock/unlock pages you've locked"),
    gettext_noop("Publish any page"),
    gettext_noop("Unlock any page"),
    gettext_noop("Can add document"),
    gettext_noop("Can change document"),
    gettext_noop("Can choose document"),
    gettext_noop("Can add image"),
    gettext_noop("Can change image"),
    gettext_noop("Can choose image"),
    gettext_noop("Can add collection"),
    gettext_noop("Can change collection"),
    gettext_noop("Can delete collection"),
)
