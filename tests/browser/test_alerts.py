"""What is late, who takes care of it and the digest, by a browser without scripts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moderation.alerts.digest_mail import stop_token
from moderation.models import DigestPreference, QueueEntry, Report
from tests.browser.test_reports import sign_in
from tests.factories import ModeratorFactory, ReportFactory

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


@pytest.fixture
def late(live_server):
    """A grave report of five hours ago, and one that came now."""
    report = ReportFactory(kind="menace")
    ReportFactory(kind="injure")
    hours = timedelta(hours=5)
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - hours)
    return report.comment


@pytest.mark.parametrize("width", [390, 1280])
def test_from_the_banner_to_taking_care(visit, late, width):
    desk = visit(javascript=False, width=width)
    moderator = ModeratorFactory()
    sign_in(desk, moderator)
    page = desk.open("/moderation/")
    assert page.locator("[data-card]").count() == 2
    page.get_by_role("link", name="1 commentaire en retard").click()
    card = page.locator("[data-card]")
    card.get_by_text("en retard depuis 4 heures").wait_for()
    assert card.count() == 1
    card.get_by_role("button", name="Je m’en charge").click()
    page.get_by_text("les autres modérateurs le voient").wait_for()
    assert QueueEntry.objects.get(pk=late.pk).owner == moderator
    page.locator("[data-card]").get_by_text("Vous vous en chargez.").wait_for()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_digest_is_asked_for_and_ended(visit, late, width):
    desk = visit(javascript=False, width=width)
    moderator = ModeratorFactory()
    sign_in(desk, moderator)
    page = desk.open("/moderation/")
    page.get_by_role("link", name="Résumé par courriel").click()
    page.get_by_label("Chaque semaine").check()
    page.get_by_label("Jour", exact=True).select_option("Vendredi")
    page.get_by_label("Heure", exact=True).select_option("18 h")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Votre choix est enregistré.").wait_for()
    page.get_by_text("Le prochain part à 18 h 00").wait_for()
    stranger = visit(javascript=False, width=width)
    page = stranger.open(f"/moderation/resume/arreter/{stop_token(moderator.pk)}/")
    page.get_by_role("button", name="Ne plus le recevoir").click()
    page.get_by_role("status").get_by_text("C’est fait").wait_for()
    assert DigestPreference.objects.get().frequency == "never"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_have_no_fault(visit, late, width, dark):
    owner, moderator = ModeratorFactory(), ModeratorFactory()
    QueueEntry.objects.update(owner=owner)
    desk = visit(width=width, dark=dark)
    sign_in(desk, moderator)
    faults = []
    for path in (
        "/moderation/?retard=oui",
        f"/moderation/commentaires/{late.pk}/",
        "/moderation/resume/",
    ):
        desk.open(path)
        faults += desk.violations()
    page = desk.page
    page.get_by_label("Chaque jour").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Votre choix est enregistré.").wait_for()
    faults += desk.violations()
    stranger = visit(width=width, dark=dark)
    page = stranger.open(f"/moderation/resume/arreter/{stop_token(moderator.pk)}/")
    faults += stranger.violations()
    page.get_by_role("button", name="Ne plus le recevoir").click()
    page.get_by_text("C’est fait").wait_for()
    faults += stranger.violations()
    assert not faults, "\n".join(faults)
