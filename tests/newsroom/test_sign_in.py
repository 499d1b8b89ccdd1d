"""Sign-up to sign-out, forgotten passwords, new addresses: all in French."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from comments.models import Commenter
from tests.factories import (
    ArticleFactory,
    ReaderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase assez longue"
NEW = {
    "email": "nadia@journal.example",
    "name": "Nadia K.",
    "password1": PASSWORD,
}


def link_in(message):
    found = re.search(r"https?://[^/\s]+(/compte/\S+)", message.body)
    assert found
    return found[1]


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), NEW | changes, follow=True)


class TestSignUp:
    def test_makes_an_account_that_may_comment(self, client):
        article = ArticleFactory()
        assertNotContains(client.get(article.get_absolute_url()), "<textarea")
        sign_up(client)
        assertContains(client.get(article.get_absolute_url()), "<textarea")
        user = User.objects.get(email=NEW["email"])
        assert user.has_perm("comments.add_comment")
        assert Commenter.objects.get(user=user).name == "Nadia K."

    def test_comes_back_to_where_it_was_asked(self, client):
        article = ArticleFactory()
        address = f"{article.get_absolute_url()}#commentaires"
        response = sign_up(client, next=address)
        assert response.redirect_chain[-1][0] == address
        client.logout()
        response = sign_up(
            client,
            email="b@journal.example",
            name="Autre",
            next="https://evil.example/",
        )
        assert response.redirect_chain[-1][0] == "/"

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("email", "", "obligatoire"),
            ("email", "pas une adresse", "valide"),
            ("name", "", "obligatoire"),
            ("name", "1234", "au moins une lettre"),
            ("name", "Nаdia", "plusieurs alphabets"),  # a Cyrillic а
            ("name", "FÂKHOURI", "déjà prise"),
            ("name", "N\x00", "nul n’est pas"),
            ("password1", "1234", "trop court"),
        ],
    )
    def test_refusals_stand_beside_their_field(self, client, field, value, said):
        Commenter.objects.create(name="FAKHOURI", name_key="fakhourl", source="page")
        response = sign_up(client, **{field: value})
        assertContains(response, said)
        page = response.content.decode()
        tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', page)
        assert tag
        assert 'aria-invalid="true"' in tag[0]
        assert f"id_{field}_error" in tag[0]
        assert f'id="id_{field}_error"' in page
        kept = "name" if field == "email" else "email"
        assertContains(response, f'value="{NEW[kept]}"')
        assert not User.objects.filter(email=NEW["email"]).exists()

    def test_signature_taken_in_the_same_instant(self, client, monkeypatch):
        from comments import forms

        ReaderFactory(commenter="Nadia K.")
        monkeypatch.setattr(forms.SignatureForm, "clean_name", lambda f: NEW["name"])
        sign_up(client)
        user = User.objects.get(email=NEW["email"])
        assert not Commenter.objects.filter(user=user).exists()
        response = client.get(ArticleFactory().get_absolute_url())
        assertContains(response, "Choisir ma signature")

    def test_asks_to_confirm_the_address_in_french(self, client, settings):
        settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
        response = sign_up(client)
        assertContains(response, "Regardez votre courrier")
        [message] = mail.outbox
        assert message.subject == "Confirmez votre adresse"
        assert settings.NEWSPAPER_NAME in message.body
        for word in ("Hello", "Thank", "example.com"):
            assert word not in message.body
        page = client.get(link_in(message))
        assertContains(page, "Oui, confirmer")
        assertContains(client.post(link_in(message), follow=True), "est confirmée")
        login = {"login": NEW["email"], "password": PASSWORD}
        response = client.post(reverse("account_login"), login, follow=True)
        assertContains(response, "Vous êtes connecté.")


class TestSignIn:
    @pytest.fixture
    def user(self):
        user = UserFactory(email="nadia@journal.example")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(
            user=user, email=user.email, verified=True, primary=True
        )
        return user

    def test_in_and_out(self, client, user):
        login = {"login": user.email, "password": PASSWORD}
        response = client.post(reverse("account_login"), login, follow=True)
        assertContains(response, "Vous êtes connecté.")
        assertContains(client.get("/"), "Se déconnecter")
        assertContains(client.get(reverse("account_logout")), "<form")
        assertContains(client.get("/"), "Se déconnecter")
        response = client.post(reverse("account_logout"), follow=True)
        assertContains(response, "Vous êtes déconnecté.")
        assertContains(client.get("/"), "Se connecter")

    def test_wrong_password_keeps_the_address(self, client, user):
        login = {"login": user.email, "password": "autre"}
        response = client.post(reverse("account_login"), login)
        assertContains(response, 'class="errorlist nonfield"')
        assertContains(response, f'value="{user.email}"')
        assertNotContains(response, 'value="autre"')

    def test_too_many_tries(self, client, user):
        login = {"login": user.email, "password": "autre"}
        for _try in range(12):
            response = client.post(reverse("account_login"), login)
        assertContains(response, "Trop", status_code=response.status_code)
        assert "Too many" not in response.content.decode()

    def test_fields_suit_password_managers(self, client):
        page = client.get(reverse("account_login")).content.decode()
        assert 'autocomplete="email"' in page
        assert 'autocomplete="current-password"' in page
        assert "placeholder" not in page
        page = client.get(reverse("account_signup")).content.decode()
        assert 'autocomplete="new-password"' in page
        assert 'autocomplete="nickname"' in page

    def test_password_forgotten(self, client, user):
        response = client.post(
            reverse("account_reset_password"), {"email": user.email}, follow=True
        )
        assertContains(response, "Regardez votre courrier")
        [message] = mail.outbox
        assert message.subject == "Choisissez un nouveau mot de passe"
        response = client.get(link_in(message), follow=True)
        assertContains(response, "Nouveau mot de passe")
        form = response.redirect_chain[-1][0]
        short = client.post(form, {"password1": "court", "password2": "court"})
        assertContains(short, "trop court")
        new = {"password1": "un tout nouveau mot", "password2": "un tout nouveau mot"}
        response = client.post(form, new, follow=True)
        assertContains(response, "Votre mot de passe est changé")
        user.refresh_from_db()
        assert user.check_password("un tout nouveau mot")
        assert mail.outbox[-1].subject == "Votre mot de passe a changé"
        assertContains(
            client.get(link_in(message), follow=True), "Ce lien ne sert plus"
        )

    def test_forgotten_at_an_unknown_address_says_the_same(self, client):
        response = client.post(
            reverse("account_reset_password"), {"email": "x@y.example"}, follow=True
        )
        assertContains(response, "Regardez votre courrier")
        assert mail.outbox[0].subject == "Aucun compte à cette adresse"

    @pytest.mark.parametrize(
        "name",
        [
            "account_login",
            "account_signup",
            "account_reset_password",
            "account_reset_password_done",
            "account_email_verification_sent",
            "account_inactive",
            "account_logout",
            "account_email",
            "account_change_password",
            "account_reauthenticate",
            "my_comments",
            "signature",
        ],
    )
    def test_every_page_is_ours_and_french(self, client, user, name):
        login = {"login": user.email, "password": PASSWORD}
        if name not in {"account_login", "account_signup"}:
            client.post(reverse("account_login"), login)
        response = client.get(reverse(name), follow=True)
        assert response.status_code == 200
        assertContains(response, 'class="nameplate"')
        page = response.content.decode()
        for word in ("Sign In", "Sign Up", "Sign Out", "Password", "Email", "Menu:"):
            assert word not in page

    def test_new_address_must_be_confirmed(self, client, user):
        login = {"login": user.email, "password": PASSWORD}
        client.post(reverse("account_login"), login)
        response = client.post(
            reverse("account_email"),
            {"email": "neuve@journal.example", "action_add": "1"},
            follow=True,
        )
        assertContains(response, "encore une fois")
        address = response.redirect_chain[-1][0]
        response = client.post(
            address,
            {"password": PASSWORD, "next": reverse("account_email")},
            follow=True,
        )
        assertContains(response, "attend d’être confirmée")
        user.refresh_from_db()
        assert user.email == "nadia@journal.example"
        client.post(link_in(mail.outbox[-1]), follow=True)
        user.refresh_from_db()
        assert user.email == "neuve@journal.example"
