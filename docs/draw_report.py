"""Draw `docs/report.svg`: the top of a real student's page, as the README shows it.

.venv/bin/python docs/draw_report.py demo-run/feedback/williams_k.html docs/report.svg
"""

from __future__ import annotations

import sys
from html import escape
from html.parser import HTMLParser
from pathlib import Path

WIDTH, HEIGHT = 800, 1250
TASKS = 1
VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}
XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"


class _Body(HTMLParser):
    """The page's style and body as well-formed XML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.style = ""
        self.body: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "body"):
            self._inside = tag
            return
        if self._inside != "body":
            return
        text = "".join(f' {name}="{escape(value or name)}"' for name, value in attrs if name != "xmlns")
        space = f' xmlns="{MATHML}"' if tag == "math" else ""
        self.body.append(f"<{tag}{space}{text}{'/' if tag in VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "body"):
            self._inside = ""
        elif self._inside == "body" and tag not in VOID:
            self.body.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.style += data
        elif self._inside == "body":
            self.body.append(escape(data, quote=False))


def _top(page: str) -> str:
    """The page up to the end of its first tasks."""
    pieces = page.split('<section class="task"')
    main_end = "</main></body></html>" if "<main" in page else "</body></html>"
    return '<section class="task"'.join(pieces[: TASKS + 1]) + main_end


def drawn(page: str) -> str:
    """The SVG of a page."""
    body = _Body()
    body.feed(_top(page))
    style = body.style.replace("body", ".page").replace(":root", ".page").partition("@media print")[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<rect width="100%" height="100%" fill="#fff" stroke="#ccc"/>\n'
        f'<foreignObject width="{WIDTH}" height="{HEIGHT}">\n'
        f'<div xmlns="{XHTML}" class="page"><style>{escape(style, quote=False)}</style>'
        f"{''.join(body.body)}</div>\n</foreignObject>\n</svg>\n"
    )


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(drawn(Path(sys.argv[1]).read_text("utf-8")), "utf-8")
