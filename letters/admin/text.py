"""The step Text: writing with everything kept as you go, enclosures, and earlier versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Refused
from crm.admin import uploads
from crm.admin.numbers import key
from crm.document import richtext
from crm.document.tree import Document
from crm.models import User
from letters.actions import enclosures, letters, versions
from letters.actions.changing import check_not_asked
from letters.actions.letters import Overtaken
from letters.models import Enclosure, Letter
from letters.queries import approvals, contents

from .base import LetterView, saved_at
from .text_form import TextForm


class TextView(LetterView):
    """The text of a letter: a form for who may write, the words for who may read."""

    step = "text"
    template_name = "letters/text.html"

    def get_context_data(self, *, overtaken: Letter | None = None, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, or the words alone when they cannot change."""
        context = super().get_context_data(
            enclosures=self.letter.enclosures.select_related("publication", "minded_by"),
            versions=self.letter.versions.select_related("made_by"),
            may_start=self.may("letters.add_letter"),
            overtaken=overtaken,
            overtaken_words=overtaken_words(overtaken) if overtaken else "",
            **kwargs,
        )
        if context["can_edit"]:
            context["form"] = self.form
            context["publications"] = Publication.objects.filter(file__isnull=True)
            context["committee"] = approvals.committee()
            context["to_promise"] = self.to_promise
            context["on_the_list"] = any(e.title == self.to_promise for e in context["enclosures"])
        else:
            context["words"] = safe_html(contents.tree(self.letter))
            context["said"] = contents.agreed(self.letter)
        return context

    @property
    def to_promise(self) -> str:
        """What the last look wants somebody to see to, when that is what the writer came here for."""
        return self.request.GET.get("promise", "").replace("\x00", "").strip()[: enclosures.LONGEST_TITLE]

    def _minder(self, name: str) -> User | None:
        """Whom the writer chose in this field to see to a promise; None for nobody."""
        return User.objects.filter(pk=key(self.request.POST.get(name))).first()

    @cached_property
    def form(self) -> TextForm:
        """The form, filled with what was sent if anything was."""
        # A copy: a form puts unsaved values in its letter, and the head of the page shows what is saved.
        letter = Letter.objects.select_related("letterhead").get(pk=self.letter.pk)
        return TextForm(self.request.POST if self.request.method == "POST" else None, instance=letter)

    def save(self) -> Letter:
        """Keep what was sent, as far as it is in order. Raises Overtaken or Refused."""
        self.form.is_valid()
        number = self.form.cleaned_data.get("draft_number")
        if number is None:
            raise Refused(_("This page was incomplete. Load it again; your text is still on this computer."))
        with transaction.atomic():
            check_not_asked(self.letter)
            letter = letters.save_draft(
                letter=self.letter, draft_number=number, values=self.form.values, by=self.user
            )
            if "signatory_name" in self.request.POST and not self.form.non_field_errors():
                letters.set_signatories(letter=letter, names=self.form.signatories, by=self.user)
        letter.refresh_from_db()
        return letter

    def do_autosave(self) -> HttpResponse:
        """Keep the draft and say so in JSON; 409 when somebody else saved meanwhile, 422 when it cannot be kept.

        It cannot while approval is asked or given; the text then stays in the browser.
        """
        try:
            letter = self.save()
        except Overtaken as overtaken:
            return JsonResponse(_overtaken_answer(overtaken.letter), status=409)
        except Refused as refusal:
            return JsonResponse({"problems": [str(refusal)]}, status=422)
        return JsonResponse(
            {"saved": saved_at(letter), "draft_number": letter.draft_number, "problems": self.form.problems}
        )

    def do_leave(self) -> HttpResponse:
        """As autosave, and keep a version: the writer goes elsewhere."""
        answer = self.do_autosave()
        if answer.status_code == 200:
            self._make_version()
        return answer

    def do_save(self) -> HttpResponse:
        """Save by the button."""
        return self._saved() or self.done(_("Saved."))

    def do_next(self) -> HttpResponse:
        """Save, keep a version and go on."""
        if page := self._saved():
            return page
        self._make_version()
        return redirect(self.url("recipients"))

    def do_keep_mine(self) -> HttpResponse:
        """Save over what somebody else saved; theirs becomes a version."""
        self._refuse_when_closed()
        self.form.is_valid()
        if self.form.problems:
            return self._again()
        with transaction.atomic():
            letter = letters.keep_mine(letter=self.letter, values=self.form.values, by=self.user)
            if "signatory_name" in self.request.POST:
                letters.set_signatories(letter=letter, names=self.form.signatories, by=self.user)
        return self.done(_("Your text is saved. The other one stands under “Earlier versions”."))

    def do_take_theirs(self) -> HttpResponse:
        """Go on with what somebody else saved; mine becomes a version."""
        self.form.is_valid()
        versions.keep_aside(letter=self.letter, values=self.form.values, by=self.user)
        return self.done(_("This is the text as it was saved last. Yours stands under “Earlier versions”."))

    def do_enclose(self) -> HttpResponse:
        """Attach a PDF, keeping the text too."""
        if page := self._saved():
            return page
        enclosure = enclosures.add(
            letter=self.letter,
            title=self.request.POST.get("enclosure_title", ""),
            data=uploads.read(self.request.FILES.get("enclosure_file")),
            by=self.user,
        )
        return self.done(_("“%(title)s” goes along.") % {"title": enclosure})

    def do_promise(self) -> HttpResponse:
        """Note what will follow later, keeping the text too."""
        if page := self._saved():
            return page
        chosen = key(self.request.POST.get("promised_publication"))
        enclosure = enclosures.promise(
            letter=self.letter,
            title=self.request.POST.get("promised_title", ""),
            publication=Publication.objects.filter(pk=chosen).first(),
            minded_by=self._minder("minded_by"),
            by=self.user,
        )
        return self.done(_("“%(title)s” is promised for later.") % {"title": enclosure})

    def do_mind(self) -> HttpResponse:
        """Choose who sees to a promised enclosure, keeping the text too."""
        enclosure = self._enclosure()
        if page := self._saved():
            return page
        minder = self._minder(f"minded_by_{enclosure.pk}")
        enclosures.mind(enclosure=enclosure, minded_by=minder, by=self.user)
        if minder is None:
            return self.done(_("Nobody sees to “%(title)s” now.") % {"title": enclosure})
        return self.done(_("%(who)s sees to “%(title)s”.") % {"who": minder, "title": enclosure})

    def do_remove_enclosure(self) -> HttpResponse:
        """Take an enclosure off, keeping the text too."""
        enclosure = self._enclosure()
        if page := self._saved():
            return page
        enclosures.remove(enclosure=enclosure, by=self.user)
        return self.done(_("“%(title)s” is taken off.") % {"title": enclosure})

    def do_start_from(self) -> HttpResponse:
        """Begin a new letter with this text."""
        letter = letters.start_from(earlier=self.letter, by=self.user)
        messages.success(
            self.request, _("This is a new letter with the same text. The earlier one stays as it is.")
        )
        return redirect("letters:text", letter.pk)

    def _enclosure(self) -> Enclosure:
        """The one that the pressed button is about."""
        enclosure = self.letter.enclosures.filter(pk=key(self.request.GET.get("enclosure"))).first()
        if enclosure is None:
            raise Http404
        return enclosure

    def _saved(self) -> HttpResponse | None:
        """Save whole; the page again when that is not possible, with all that was typed."""
        self._refuse_when_closed()
        if not self.form.is_valid():
            return self._again()
        try:
            self.save()
        except Overtaken as overtaken:
            return self._again(overtaken=overtaken.letter)
        return None

    def _refuse_when_closed(self) -> None:
        """Keep what was typed as a version and raise Refused, when it cannot be saved as the text."""
        if self.letter.is_editable and not self.asked:
            return
        self.form.is_valid()
        versions.keep_aside(letter=self.letter, values=self.form.values, by=self.user)
        if self.asked:
            raise Refused(
                _(
                    "The committee was asked to agree with this letter. Your text stands under “Earlier versions”: "
                    "choose “Go on writing” and take it up from there."
                )
            )
        raise Refused(_("This letter can no longer be changed. Your text stands under “Earlier versions”."))

    def _again(self, *, overtaken: Letter | None = None) -> HttpResponse:
        return self.render_to_response(self.get_context_data(overtaken=overtaken))

    def _make_version(self) -> None:
        letters.make_version(letter=Letter.objects.get(pk=self.letter.pk), by=self.user)


def overtaken_words(letter: Letter) -> str:
    """Who saved meanwhile and when, and that nothing is lost."""
    return _(
        "%(who)s saved this letter at %(time)s, while you were writing. Nothing is lost: choose how to go on."
    ) % {
        "who": letter.changed_by or _("Someone else"),
        "time": date_format(timezone.localtime(letter.changed_at), "H.i"),
    }


def _overtaken_answer(letter: Letter) -> dict[str, str]:
    who = letter.changed_by
    return {
        "overtaken": overtaken_words(letter),
        "theirs": _("Show the text of %(who)s") % {"who": who} if who else _("Show the other text"),
    }


def safe_html(document: Document) -> SafeString:
    """A text to read on screen: its tree written out in nothing but tags of our own, every value escaped."""
    return mark_safe(richtext.serialise(document))
