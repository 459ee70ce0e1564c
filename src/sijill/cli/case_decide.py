"""`sijill case decide` and `undo`: what a person says of a claim."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from sijill.cli.case_options import author, case_address
from sijill.cli.wording import isolate, plain
from sijill.errors import StoreError

__all__ = ["decide", "undo"]

_STATES = {"accept": "accepted", "reject": "rejected", "unsure": "unsure", "edit": "edited"}


@click.command()
@case_address
@click.argument("claim", metavar="CLAIM")
@click.argument("what", type=click.Choice(sorted(_STATES)))
@author
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=JSON",
    help="A field's new value, for 'edit'; may be given again: --set modality='\"alleged\"'.",
)
def decide(address: str, claim: str, what: str, by: str, reason: str, changes: tuple[str, ...]) -> None:
    """Accept, reject or edit a claim, or say that you are unsure.

    CLAIM is its number in the case, as 'sijill case show CASE DOCUMENT' tells it; its id; or DOCUMENT/ID. The decision
    stays with the claim's words when the document is read again.
    """
    from sijill.casefile import CaseFile, State

    values = dict(_change(change) for change in changes)
    with CaseFile.open(address) as case:
        keys = case.claim_keys(claim)
        if not keys:
            raise StoreError(f"no claim '{claim}'; 'sijill case show CASE DOCUMENT' tells which there are")
        if len(keys) > 1:
            which = ", ".join(f"{key} ({case.claims_by_key([key])[0].doc})" for key in keys[:10])
            raise StoreError(f"'{claim}' is a claim of {len(keys)} documents: give one of the numbers {which}")
        made = case.decide(keys[0], State(_STATES[what]), by, reason=reason, changes=values)
    words = isolate(made.selector["exact"])
    click.echo(f"decision {made.n}: claim {made.claim} ({words}) {made.old_state} -> {made.new_state}", err=True)


@click.command()
@case_address
@click.argument("decision", type=int)
@author
@click.option("--reason", default="", metavar="TEXT", help="Why.")
def undo(address: str, decision: int, by: str, reason: str) -> None:
    """Take DECISION, the last one on its claim, back: by a new decision that restores what was before."""
    from sijill.casefile import CaseFile

    with CaseFile.open(address) as case:
        made = case.undo(decision, by, reason=reason)
    click.echo(plain(f"decision {made.n}: claim {made.claim} {made.old_state} -> {made.new_state}"), err=True)


def _change(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    try:
        if equals:
            return name, msgspec.json.decode(value)
    except msgspec.DecodeError as error:
        raise click.UsageError(f"--set {name}: not JSON: {error}") from error
    raise click.UsageError(f"--set {name}: write FIELD=JSON")
