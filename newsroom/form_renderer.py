from django.forms.renderers import DjangoTemplates


class NewspaperFormRenderer(DjangoTemplates):
    """One template for every field: label, help, errors, then what is typed."""

    field_template_name = "newsroom/forms/field.html"
