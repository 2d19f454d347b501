"""The addresses of readers in the back office, under nieuwsbrief/lezers/."""

from django.urls import path

from . import newsletter_groups as groups
from . import sign_up_lists as lists
from . import subscribers as readers

app_name = "readers"

urlpatterns = [
    path("", readers.ReadersView.as_view(), name="index"),
    path("nieuw/", readers.AddView.as_view(), name="add"),
    path("bestand/", readers.ExportView.as_view(), name="export"),
    path("<int:pk>/", readers.ReaderView.as_view(), name="reader"),
    path("<int:pk>/wijzigen/", readers.ChangeView.as_view(), name="change"),
    path("<int:pk>/adres/", readers.MoveView.as_view(), name="move"),
    path("<int:pk>/afmelden/", readers.LeaveView.as_view(), name="leave"),
    path("groepen/", groups.GroupsView.as_view(), name="groups"),
    path("groepen/nieuw/", groups.GroupAddView.as_view(), name="group_add"),
    path("groepen/<int:pk>/", groups.GroupChangeView.as_view(), name="group_change"),
    path("groepen/<int:pk>/verwijderen/", groups.GroupRemoveView.as_view(), name="group_remove"),
    path("lijsten/", lists.ListsView.as_view(), name="lists"),
    path("lijsten/nieuw/", lists.ListAddView.as_view(), name="list_add"),
    path("lijsten/<int:pk>/", lists.ListPage.as_view(), name="list"),
    path("lijsten/<int:pk>/lijst.pdf", lists.scan, name="scan"),
    path("lijsten/<int:pk>/weghalen/", lists.ListTakeAwayView.as_view(), name="list_take_away"),
]
