"""Print the page of a code: of a fault such as T104, or of a remark on a student's page.

Without CODE all faults are listed.
"""

from __future__ import annotations

import click

from grader.reports.explaining import explain, fault_pages
from grader.reports.shown import visible


@click.command("explain", help=__doc__)
@click.argument("code", required=False)
@click.option("--lang", type=click.Choice(["ru", "en"]), default="en", help="Language of a page's sentences.")
def command(code: str | None, lang: str) -> int:
    """Explain a code."""
    if code is None:
        for page in fault_pages().values():
            print(f"{page.code}  {page.meaning}")
    else:
        print(explain(visible(code), lang))
    return 0
