"""What the models call what the rules know: the same values, named for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.policy import Action as RuleAction
from moderation.rules.lexicon import Tier
from moderation.rules.match import Category, Severity, Target


class Action(models.TextChoices):
    """What rules or a moderator do with a revision."""

    PUBLISH = RuleAction.PUBLISH.value, _("publier")
    HOLD = RuleAction.HOLD.value, _("mettre en attente")
    HIDE = RuleAction.HIDE.value, _("masquer")


class CategoryChoices(models.TextChoices):
    SHOUTING = Category.SHOUTING.value, _("cri")
    PUNCTUATION = Category.PUNCTUATION.value, _("ponctuation")
    INSULT = Category.INSULT.value, _("insulte")
    EPITHET = Category.EPITHET.value, _("épithète injurieuse")
    THREAT = Category.THREAT.value, _("menace, appel à la violence")
    CONTACT = Category.CONTACT.value, _("coordonnées")
    LINK = Category.LINK.value, _("lien")
    REPETITION = Category.REPETITION.value, _("répétition")
    LENGTH = Category.LENGTH.value, _("texte vide ou trop court")
    LANGUAGE = Category.LANGUAGE.value, _("langue non admise")
    OTHER = Category.OTHER.value, _("autre")


class TargetChoices(models.TextChoices):
    READER = Target.READER.value, _("la personne à qui le commentaire parle")
    JOURNALIST = Target.JOURNALIST.value, _("le journal, ses journalistes, la presse")
    PERSON = Target.PERSON.value, _("une personne dont on parle")
    GROUP = Target.GROUP.value, _("un groupe")


class SeverityChoices(models.TextChoices):
    LOW = Severity.LOW.value, _("faible")
    MEDIUM = Severity.MEDIUM.value, _("moyenne")
    HIGH = Severity.HIGH.value, _("grave")


class TierChoices(models.TextChoices):
    ALWAYS = Tier.ALWAYS.value, _("toujours")
    AIMED = Tier.AIMED.value, _("si le mot vise quelqu’un")
    HINT = Tier.HINT.value, _("simple raison de regarder")
