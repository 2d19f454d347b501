"""Addresses of the screens of "Whom we know", below /beheer/."""

from django.urls import path

from .adding import OrganisationAddView, PersonAddView
from .due_lines import DueLineBackView, DueLineView
from .follow_ups import FollowUpAddView, FollowUpsView, FollowUpsWorkbook, FollowUpView, MondayMailView
from .lists import OrganisationList, PersonList
from .organisations import OrganisationView
from .outgoing import OutgoingView
from .people import PersonView
from .portfolios import PortfolioView
from .recesses import RecessesView
from .search import SearchView, SuggestionsView
from .segments import SegmentEditView, SegmentList, SegmentRemoveView, SegmentView
from .themes import ThemesView

app_name = "crm"

organisation, person = OrganisationView.as_view(), PersonView.as_view()
theme, outgoing = ThemesView.as_view(), OutgoingView.as_view()
follow_up, recess = FollowUpView.as_view(), RecessesView.as_view()

urlpatterns = [
    path("organisaties/", OrganisationList.as_view(), name="organisation_list"),
    path("organisaties/nieuw/", OrganisationAddView.as_view(), name="organisation_add"),
    path("organisaties/<int:pk>/", organisation, name="organisation"),
    path("organisaties/<int:pk>/<slug:part>/", organisation, name="organisation_part"),
    path("organisaties/<int:pk>/<slug:part>/<int:item>/", organisation, name="organisation_item"),
    path("organisaties/<int:pk>/<slug:part>/<int:item>/<slug:verb>/", organisation, name="organisation_verb"),
    path("personen/", PersonList.as_view(), name="person_list"),
    path("personen/nieuw/", PersonAddView.as_view(), name="person_add"),
    path("personen/<int:pk>/", person, name="person"),
    path("personen/<int:pk>/<slug:part>/", person, name="person_part"),
    path("personen/<int:pk>/<slug:part>/<int:item>/", person, name="person_item"),
    path("personen/<int:pk>/<slug:part>/<int:item>/<slug:verb>/", person, name="person_verb"),
    path("segmenten/", SegmentList.as_view(), name="segment_list"),
    path("segmenten/nieuw/", SegmentEditView.as_view(), name="segment_add"),
    path("segmenten/<int:pk>/", SegmentView.as_view(), name="segment"),
    path("segmenten/<int:pk>/wijzig/", SegmentEditView.as_view(), name="segment_change"),
    path("segmenten/<int:pk>/verwijderen/", SegmentRemoveView.as_view(), name="segment_remove"),
    path("themas/", theme, name="theme_list"),
    path("themas/<slug:what>/<int:pk>/", theme, name="theme_change"),
    path("themas/<slug:what>/<int:pk>/<slug:verb>/", theme, name="theme_verb"),
    path("actielijst/", FollowUpsView.as_view(), name="follow_up_list"),
    path("actielijst/actielijst.xlsx", FollowUpsWorkbook.as_view(), name="follow_ups_workbook"),
    path("actielijst/nieuw/", FollowUpAddView.as_view(), name="follow_up_add"),
    path("actielijst/wacht/", DueLineView.as_view(), name="due_line"),
    path("actielijst/wacht/<int:pk>/terug/", DueLineBackView.as_view(), name="due_line_back"),
    path("actielijst/maandagmail/", MondayMailView.as_view(), name="monday_mail"),
    path("actielijst/overdragen/", PortfolioView.as_view(), name="portfolio"),
    path("actielijst/<int:pk>/", follow_up, name="follow_up"),
    path("actielijst/<int:pk>/<slug:verb>/", follow_up, name="follow_up_verb"),
    path("recessen/", recess, name="recess_list"),
    path("recessen/<int:pk>/", recess, name="recess_change"),
    path("recessen/<int:pk>/<slug:verb>/", recess, name="recess_verb"),
    path("uitgaand/", outgoing, name="outgoing"),
    path("uitgaand/<int:pk>/", outgoing, name="outgoing_settle"),
    path("zoeken/", SearchView.as_view(), name="search"),
    path("zoeken/suggesties/", SuggestionsView.as_view(), name="suggestions"),
]
