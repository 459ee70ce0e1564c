"""Names of things for other systems (URN), made of ids so that the same thing has the same name in every export."""

from __future__ import annotations

from urllib.parse import quote

from sijill.model import Claim, Report

__all__ = ["claim_urn", "text_urn", "urn"]


def urn(kind: str, *parts: str) -> str:
    """`urn:sijill:KIND:part:part`, with percent signs for what a URN cannot hold."""
    return ":".join(("urn", "sijill", kind, *(quote(part, safe="") for part in parts)))


def claim_urn(report: Report, claim: Claim) -> str:
    """The name of a claim."""
    return urn("claim", report.doc, claim.id)


def text_urn(report: Report) -> str:
    """The name of a report's text: its hash."""
    return urn("text", *report.sha256.split(":", 1))
