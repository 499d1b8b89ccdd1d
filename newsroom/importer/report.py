"""What an import did, or would do, to one article."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article
from newsroom.importer.page import PageWarning


@dataclass(slots=True)
class ImportReport:
    """``changes`` are sentences for an editor; none if the page was known already.

    After a dry run ``article`` may be one that was never stored.
    """

    article: Article
    created: bool
    name: str = ""
    dry_run: bool = False
    changes: list[str] = field(default_factory=list)
    warnings: tuple[PageWarning, ...] = ()

    @property
    def changed(self) -> bool:
        return self.created or bool(self.changes)

    def __str__(self) -> str:
        title = {"title": self.article.title}
        if self.created:
            said = _("Nouvel article : « %(title)s ».") % title
        elif self.changes:
            said = _("Article mis à jour : « %(title)s ».") % title
        else:
            said = _("Rien à changer : « %(title)s » est déjà à jour.") % title
        if self.warnings:
            said += " " + ngettext(
                "%(count)d point à vérifier.",
                "%(count)d points à vérifier.",
                len(self.warnings),
            ) % {"count": len(self.warnings)}
        return said
