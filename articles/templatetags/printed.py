"""Filters that print dates as the newspaper does."""

from django import template

from articles.dates import printed_day, printed_time

register = template.Library()
register.filter("printed_day", printed_day)
register.filter("printed_time", printed_time)
