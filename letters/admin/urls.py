"""The addresses of letters in the back office, under brieven/."""

from django.urls import path

from . import (
    absence,
    approval,
    dispatch,
    incoming,
    index,
    last_look,
    preview,
    recipients,
    reminders,
    start,
    text,
    thread,
    turns,
    versions,
    word,
    words,
)

app_name = "letters"

urlpatterns = [
    path("", index.IndexView.as_view(), name="index"),
    path("vastleggen/", index.RecordPastView.as_view(), name="record_past"),
    path("nieuw/", start.StartView.as_view(), name="start"),
    path("aan-zet/", turns.TurnsView.as_view(), name="turns"),
    path("afwezig/", absence.AbsenceView.as_view(), name="absence"),
    path("invoegen/", words.WordsView.as_view(), name="words"),
    path("binnengekomen/", incoming.IncomingListView.as_view(), name="incoming"),
    path("binnengekomen/<int:pk>/", incoming.IncomingMessageView.as_view(), name="incoming_message"),
    path("binnengekomen/<int:pk>/bericht.eml", incoming.raw, name="incoming_raw"),
    path("binnengekomen/<int:pk>/bestand/<str:path>/", incoming.attachment, name="incoming_file"),
    path("<int:pk>/tekst/", text.TextView.as_view(), name="text"),
    path("<int:pk>/tekst/versies/<int:number>/", versions.VersionView.as_view(), name="version"),
    path("<int:pk>/voorbeeld/", preview.PreviewView.as_view(), name="preview"),
    path("<int:pk>/brief.pdf", preview.PdfView.as_view(), name="pdf"),
    path("<int:pk>/ontvangers/", recipients.RecipientsView.as_view(), name="recipients"),
    path("<int:pk>/laatste-blik/", last_look.LastLookView.as_view(), name="last_look"),
    path("<int:pk>/akkoord/", approval.ApprovalView.as_view(), name="approval"),
    path("<int:pk>/verzenden/", dispatch.DispatchView.as_view(), name="dispatch"),
    path("<int:pk>/volgen/", dispatch.FollowView.as_view(), name="follow"),
    path("<int:pk>/volgen/herinneren/", reminders.RemindersView.as_view(), name="reminders"),
    path("<int:pk>/volgen/<int:thread>/", thread.ThreadView.as_view(), name="thread"),
    path("<int:pk>/volgen/<int:recipient>/antwoord-<int:reply>.eml", thread.sent_reply, name="sent_reply"),
    path("<int:pk>/voortgang/", dispatch.progress, name="progress"),
    path("<int:pk>/verzonden/<int:dispatch>/brief.pdf", dispatch.sent_pdf, name="sent_pdf"),
    path("<int:pk>/verzonden/<int:dispatch>/bericht.eml", dispatch.sent_message, name="sent_message"),
    path("<int:pk>/stapel/<int:batch>.pdf", dispatch.print_batch, name="print_batch"),
    path("<int:pk>/etiketten.pdf", dispatch.labels, name="labels"),
    path("<int:pk>/verzendbewijs.pdf", dispatch.proof, name="proof"),
    path("<int:pk>/brief.docx", word.download, name="docx"),
    path("<int:pk>/vastgelegd.pdf", dispatch.recorded_pdf, name="recorded_pdf"),
]
