"""Say what the box on this machine really withstands, by trying it."""

from __future__ import annotations

import json
import sys

import click
from msgspec.structs import asdict

from grader.box.selftest import inspect


@click.command("doctor", help=__doc__)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(as_json: bool) -> int:
    """Inspect the box."""
    isolation = inspect()
    if as_json:
        print(json.dumps(asdict(isolation)))
        return 0
    withstood = sum(isolation.verified.values())
    print(f"isolation: {isolation.level}, withstands {withstood} of {len(isolation.verified)} attacks")
    for attack, good in isolation.verified.items():
        print(f"  {'withstood' if good else 'EXPOSED  '}  {attack}")
    for level, why in isolation.refused.items():
        print(f"no level {level} here: {why}")
    if isolation.user == 0:
        print(
            f"submissions run as root without privileges: only root may enter {sys.prefix} or what it refers to"
        )
    return 0
