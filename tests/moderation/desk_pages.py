"""The desk's pages as a browser without scripts sees and sends them."""

from bs4 import BeautifulSoup


def page(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "lxml")


def fields(form):
    """What a browser would send, but for the button."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input, textarea, select"):
        if field.get("type") == "checkbox" and not field.has_attr("checked"):
            continue
        chosen = (
            field.select_one("option[selected]") if field.name == "select" else None
        )
        value = chosen["value"] if chosen else field.get("value", field.text)
        sent.setdefault(field["name"], []).append(
            "" if field.name == "select" and not chosen else value
        )
    return sent


def boxes(shown, *comments):
    found = {b["value"].split(".")[0]: b for b in shown.select("[data-choice]")}
    assert all(b["form"] == "lot" for b in found.values())
    return [found[str(comment.pk)]["value"] for comment in comments]


def confirmed(desk, form, action, **more):
    """The page of confirmation's form, after a button of the queue's ``form``."""
    data = {**fields(form), "action": action, **more}
    return page(desk.post(form["action"], data)).select_one("form.desk-batch")


def said(response):
    shown = page(response)
    return " ".join(shown.select_one("#annonces").text.split())
