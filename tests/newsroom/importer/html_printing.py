"""The same made-up pages, printed as HTML in several manners."""

from html import escape

from tests.newsroom.importer.printing import Page, Said


class Plain:
    """As a hand would write it: <p>, <h1>, a list of comments."""

    head = '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'

    def page(self, page: Page) -> str:
        return "\n".join(
            (
                f"{self.head}<title>{escape(page.title)} - Le Journal</title></head>",
                "<body>",
                self.site(),
                self.above(page),
                self.body(page),
                self.related(page),
                self.teaser(page),
                self.thread(page),
                self.below(),
                "</body></html>",
            )
        )

    def site(self) -> str:
        return (
            "<header><nav><ul><li><a href='/'>Accueil</a><li><a href='/l'>Liban</a></ul>"
            "</nav><form><label>Rechercher</label></form></header>"
            "<script>var c = '<li>piège</li><p>12 h 00, le 1 mai 2016</p>'</script>"
        )

    def above(self, page: Page) -> str:
        kicker = f"<h3>{escape(page.kicker)}</h3>" if page.kicker else ""
        lede = f"<p class=x1>{escape(page.lede)}</p>" if page.lede else ""
        caption = escape(page.caption or "")
        figure = (
            f'<figure><img src="/i.jpg"><figcaption>{caption}</figcaption></figure>'
        )
        return (
            f"<div class=x0>{kicker}<h1>{escape(page.title)}</h1>{lede}"
            f"{figure if page.caption else ''}"
        )

    def body(self, page: Page) -> str:
        groups: list[list[str]] = []
        for kind, text, joined in page.body:
            printed = self.block(kind, text, page)
            if joined:
                groups[-1].append(printed)
            else:
                groups += [["&nbsp;"]] if kind != "paragraph" else []
                groups.append([printed])
                groups += [["&nbsp;"]] if kind == "inline" else []
        return "<div>" + "\n".join(f"<p>{'<br>'.join(g)}</p>" for g in groups)

    def block(self, kind: str, text: str, page: Page) -> str:
        if kind == "subhead":
            return f"<strong>{escape(text)}</strong>"
        if kind == "inline":
            title = text.removeprefix("(Lire aussi : ").removesuffix(")")
            return f"(<b>Lire aussi :</b> {self.link(title, page)})"
        return escape(text)

    def link(self, title: str, page: Page) -> str:
        return f'<a href="{page.addresses.get(title, "/a")}">{escape(title)}</a>'

    def related(self, page: Page) -> str:
        if not page.listed:
            return "</div>"
        first, *others = (self.link(title, page) for title in page.listed)
        rows = [f"<b>Lire aussi</b><br>{first}", *others]
        return "<p>&nbsp;</p>" + "".join(f"<p>{row}</p>" for row in rows) + "</div>"

    def teaser(self, page: Page) -> str:
        rows = "<br>\n".join(map(escape, page.teased))
        return f"<div><p>{rows}</p></div>" if page.teaser else ""

    def thread(self, page: Page) -> str:
        if page.declared is None:
            return "</div>"
        small, great = page.headings
        newest = "".join(map(self.comment, page.comments[:1]))
        return (
            f"<div><h4>{small} ({page.said_count})</h4><div>{newest}</div>"
            f"<a href='#all'>Tous les commentaires</a></div><section id=all>"
            f"<h4>{great} ({page.said_count})</h4>"
            f"{self.all_comments(list(map(self.comment, page.comments)))}"
            "</section></div>"
        )

    def all_comments(self, comments: list[str]) -> str:
        return "<ul>" + "\n".join(f"<li>{c}</li>" for c in comments) + "</ul>"

    def comment(self, said: Said) -> str:
        text = self.paragraphs(said.text)
        author, time = escape(said.author), escape(said.time)
        return f"<div>{text}</div>\n<p>{author}</p>\n<p>{time}</p>"

    def paragraphs(self, text: str) -> str:
        parts = escape(text).split("\n\n")
        return "".join("<p>" + p.replace("\n", "<br>") + "</p>" for p in parts)

    def below(self) -> str:
        return (
            "<a href='#'>Retour en haut</a>"
            "<footer><p>© Le Journal 2016. Mentions légales.</p></footer>"
        )


class Modern(Plain):
    """<main>, <article>, <aside>, <cite> and <time>; each comment an <article>."""

    def above(self, page: Page) -> str:
        kicker = (
            f"<div><a href=/r>{escape(page.kicker)}</a></div>" if page.kicker else ""
        )
        lede = f"<div><em>{escape(page.lede)}</em></div>" if page.lede else ""
        caption = escape(page.caption or "")
        return (
            f"<main><article><header>{kicker}<h1><span>{escape(page.title)}</span></h1>"
            f"{lede}</header>"
            + (
                f"<figure><picture><img src='/i.jpg'></picture><figcaption><span>{caption}"
                "</span></figcaption></figure>"
                if page.caption
                else ""
            )
        )

    def related(self, page: Page) -> str:
        rows = "".join(f"<li>{self.link(title, page)}</li>" for title in page.listed)
        aside = f"<aside><h4>Lire aussi</h4><ul>{rows}</ul></aside>"
        return "</div>" + (aside if page.listed else "")

    def thread(self, page: Page) -> str:
        return super().thread(page).removesuffix("</div>") + "</article></main>"

    def all_comments(self, comments: list[str]) -> str:
        rows = "".join(f"<article class=c>{c}</article>" for c in comments)
        return f"<div><div>{rows}</div></div>"

    def comment(self, said: Said) -> str:
        return (
            f"<div class=b>{self.paragraphs(said.text)}</div><footer>\n"
            f"  <cite>{escape(said.author)}</cite>\n"
            f"  <time datetime='2016-05-05'>{escape(said.time)}</time>\n</footer>"
            "<button>Répondre</button>"
        )


class Divs(Plain):
    """Nothing but <div> and <span>, deeply wrapped."""

    def all_comments(self, comments: list[str]) -> str:
        rows = "".join(f"<div><div><div>{c}</div></div></div>" for c in comments)
        return f"<div><div>{rows}</div></div>"

    def comment(self, said: Said) -> str:
        text = "<br><br>".join(escape(said.text).split("\n\n")).replace("\n", "<br>")
        return (
            f"<div><div>{text}</div></div><div><div>{escape(said.author)}</div>"
            f"<div>{escape(said.time)}</div></div><div><a href='/r'>Répondre</a></div>"
        )


class Bare(Plain):
    """Comments that no element holds: text, author and time one after the other."""

    def all_comments(self, comments: list[str]) -> str:
        return "".join(comments)

    def comment(self, said: Said) -> str:
        text = self.paragraphs(said.text)
        return f"{text}<p>{escape(said.author)}</p><p>{escape(said.time)}</p>"


class Definitions(Plain):
    """A definition list: the author, then what was said and when."""

    def all_comments(self, comments: list[str]) -> str:
        return f"<dl>{''.join(comments)}</dl>"

    def thread(self, page: Page) -> str:
        return super().thread(page).replace("<div><dt>", "<dl><dt>")

    def comment(self, said: Said) -> str:
        return (
            f"<dt>{escape(said.author)}</dt><dd>{self.paragraphs(said.text)}</dd>"
            f"<dd>{escape(said.time)}</dd>"
        )


class AuthorFirst(Plain):
    """Author and time above what was said."""

    def comment(self, said: Said) -> str:
        return (
            f"<h5>{escape(said.author)}</h5><small>{escape(said.time)}</small>"
            f"{self.paragraphs(said.text)}"
        )


class Sloppy(Plain):
    """Capital tags, end tags left out, everything on rows of their own."""

    def page(self, page: Page) -> str:
        printed = super().page(page)
        for tag in ("p", "li"):
            printed = printed.replace(f"</{tag}>", "")
            printed = printed.replace(
                f"<{tag}>", f"\n   <{tag.upper()} CLASS=x>\n      "
            )
        return printed.replace("<br>", "\n   <BR/>\n   ")


MANNERS = {
    manner.__name__: manner()
    for manner in (Plain, Modern, Divs, Bare, Definitions, AuthorFirst, Sloppy)
}
