"""How the back office words the changes of the lexicon."""

from django import template

from moderation.change_admin import author_of, summary_of

register = template.Library()
register.filter("author_of", author_of)
register.filter("summary_of", summary_of)
