from django.forms.renderers import TemplatesSetting


class NewspaperFormRenderer(TemplatesSetting):
    """One template for every field: label, help, errors, then what is typed.

    Finds the project's templates before Django's, like every page does.
    """

    field_template_name = "newsroom/forms/field.html"
