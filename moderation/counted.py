"""Numbers of what a card tells, in words."""

from django.utils.translation import ngettext


def comments_counted(n: int) -> str:
    return ngettext("%(total)s commentaire", "%(total)s commentaires", n) % {"total": n}


def published_counted(n: int) -> str:
    return ngettext("%(n)s paru", "%(n)s parus", n) % {"n": n}


def hidden_counted(n: int) -> str:
    return ngettext("%(n)s masqué", "%(n)s masqués", n) % {"n": n}


def reports_counted(n: int) -> str:
    return ngettext("%(n)s signalement", "%(n)s signalements", n) % {"n": n}


def more_reports_counted(n: int) -> str:
    said = ngettext("Encore %(n)s signalement", "Encore %(n)s signalements", n)
    return said % {"n": n}


def reporters_counted(n: int) -> str:
    said = ngettext("Signalé par %(n)s lecteur :", "Signalé par %(n)s lecteurs :", n)
    return said % {"n": n}


def unseen_counted(n: int) -> str:
    said = ngettext("%(n)s signe invisible", "%(n)s signes invisibles", n)
    return said % {"n": n}
