"""The addresses of campaigns and positions in the back office, under standpunten/."""

from django.urls import path

from . import asks, campaigns, claims, matrix

app_name = "campaigns"

urlpatterns = [
    path("", campaigns.CampaignListView.as_view(), name="index"),
    path("campagne/", campaigns.CampaignAddView.as_view(), name="campaign_add"),
    path("nieuw/", claims.ClaimAddView.as_view(), name="claim_add"),
    path("uitspraak/<int:pk>/", claims.ClaimView.as_view(), name="claim"),
    path("uitspraak/<int:pk>/intrekken/", claims.ClaimWithdrawView.as_view(), name="claim_withdraw"),
    path("vraag/<int:pk>/<int:who>/", claims.CellView.as_view(), name="cell"),
    path("vraag/<int:pk>/wijzigen/", asks.AskChangeView.as_view(), name="ask_change"),
    path("vraag/<int:pk>/verwijderen/", asks.AskRemoveView.as_view(), name="ask_remove"),
    path("<int:pk>/", matrix.MatrixView.as_view(), name="matrix"),
    path("<int:pk>/standpunten.xlsx", matrix.workbook, name="workbook"),
    path("<int:pk>/standpunten.pdf", matrix.document, name="document"),
    path("<int:pk>/wijzigen/", campaigns.CampaignChangeView.as_view(), name="campaign_change"),
    path("<int:pk>/verwijderen/", campaigns.CampaignRemoveView.as_view(), name="campaign_remove"),
    path("<int:pk>/vragen/", asks.AsksView.as_view(), name="asks"),
    path("<int:pk>/vragen/nieuw/", asks.AskAddView.as_view(), name="ask_add"),
]
