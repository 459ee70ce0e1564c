"""W3C PROV (PROV-JSON): the texts, the readings that made claims of them, the people who decided, this export.

A text is attributed to its outlet and a claim to the sources that it names. A decision is an activity of its author;
the claim as it holds now is a revision of the claim as read where people changed it.

Source: W3C PROV-DM, Recommendation of 30 April 2013; PROV-JSON, Member Submission of 24 April 2013.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import IO, Any
from urllib.parse import quote

import msgspec

from sijill.export.context import Context
from sijill.export.entry import Entry, Held
from sijill.export.folder import Folder
from sijill.export.resource import Resource
from sijill.model import Report

__all__ = ["write"]

_PATH = "provenance.json"
_PREFIXES = {"sijill": "urn:sijill:", "xsd": "http://www.w3.org/2001/XMLSchema#"}
_SECTIONS = (
    "entity",
    "activity",
    "agent",
    "used",
    "wasGeneratedBy",
    "wasDerivedFrom",
    "wasAttributedTo",
    "wasAssociatedWith",
)


def write(folder: Folder, entries: Iterable[Entry], context: Context) -> tuple[Resource, ...]:
    """One PROV-JSON document."""
    with ExitStack() as stack:
        sections = {name: _Section(stack.enter_context(tempfile.TemporaryFile("w+b"))) for name in _SECTIONS}
        maker = _Maker(sections, context)
        for entry in entries:
            maker.add(entry)
        stream = folder.binary(_PATH)
        stream.write(b'{"prefix":' + msgspec.json.encode(_PREFIXES))
        for name, section in sections.items():
            if section.rows:
                stream.write(b",\n" + msgspec.json.encode(name) + b":{")
                shutil.copyfileobj(section.content(), stream)
                stream.write(b"\n}")
        stream.write(b"}\n")
    return (Resource("provenance", _PATH, "json", "application/json", "Provenance", maker.claims),)


class _Section:
    """A section of the document as it grows, in a file of its own: each must be written in one piece."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.rows = 0
        self._stream = stream

    def add(self, name: str, value: Mapping[str, Any]) -> None:
        start = b",\n" if self.rows else b"\n"
        self._stream.write(start + msgspec.json.encode(name) + b":" + msgspec.json.encode(value))
        self.rows += 1

    def content(self) -> IO[bytes]:
        self._stream.seek(0)
        return self._stream


class _Maker:
    """Puts entries into the sections. Agents are remembered, because each stands there once."""

    def __init__(self, sections: Mapping[str, _Section], context: Context) -> None:
        self.claims = 0
        self._sections = sections
        self._agents: set[str] = set()
        self._export = _name("export", context.time)
        sections["activity"].add(self._export, {"prov:endTime": context.time, "prov:label": context.profile.name})

    def add(self, entry: Entry) -> None:
        report = entry.report
        text, reading = _name("text", report.doc), _name("reading", report.doc)
        about = {"prov:label": report.title or report.doc, "sijill:sha256": report.sha256}
        if report.published is not None:
            about["sijill:published"] = report.published.isoformat()
        if report.url is not None:
            about["prov:location"] = report.url
        self._add("entity", text, {**about, "prov:type": "sijill:Text"})
        self._add("activity", reading, {"prov:type": "sijill:Reading"})
        self._link("used", **{"prov:activity": reading, "prov:entity": text})
        software = self._agent("software", f"{report.sijill}/{report.data}", "prov:SoftwareAgent")
        self._link("wasAssociatedWith", **{"prov:activity": reading, "prov:agent": software})
        if report.outlet:
            outlet = self._agent("outlet", report.outlet, "prov:Organization")
            self._link("wasAttributedTo", **{"prov:entity": text, "prov:agent": outlet})
        for held in entry.held:
            self._claim(report, held, text, reading)

    def _claim(self, report: Report, held: Held, text: str, reading: str) -> None:
        self.claims += 1
        claim = held.claim
        name = _name("claim", report.doc, claim.id)
        about = {"prov:type": "sijill:Claim", "sijill:type": claim.type.value, "sijill:trigger": claim.trigger_text}
        states = {"sijill:modality": claim.modality.value, "sijill:state": held.state}
        self._add("entity", name, {**about, **states})
        first = name
        if held.as_read is not None:
            first = _name("claim", report.doc, claim.id, "as-read")
            as_read = {"sijill:type": held.as_read.type.value, "sijill:trigger": held.as_read.trigger_text}
            self._add("entity", first, {"prov:type": "sijill:Claim", **as_read})
            revision = {"prov:generatedEntity": name, "prov:usedEntity": first}
            self._link("wasDerivedFrom", **{**revision, "prov:type": "prov:Revision"})
        self._link("wasGeneratedBy", **{"prov:entity": first, "prov:activity": reading})
        self._link("wasDerivedFrom", **{"prov:generatedEntity": first, "prov:usedEntity": text})
        self._link("used", **{"prov:activity": self._export, "prov:entity": name})
        for source in claim.sources:
            who = self._agent("source", source.name, None)
            self._link("wasAttributedTo", **{"prov:entity": name, "prov:agent": who})
        for number, decision in enumerate(held.decisions):
            self._decision(name, number, decision)

    def _decision(self, claim: str, number: int, decision: Mapping[str, Any]) -> None:
        name = f"{claim}%2Fdecision%2F{number}"
        about: dict[str, Any] = {"prov:type": "sijill:Decision"}
        if decision.get("time"):
            about["prov:endTime"] = str(decision["time"])
        for key in ("new_state", "reason"):
            if decision.get(key):
                about[f"sijill:{key}"] = str(decision[key])
        self._add("activity", name, about)
        self._link("used", **{"prov:activity": name, "prov:entity": claim})
        if decision.get("author"):
            who = self._agent("person", str(decision["author"]), "prov:Person")
            self._link("wasAssociatedWith", **{"prov:activity": name, "prov:agent": who})

    def _agent(self, kind: str, label: str, sort: str | None) -> str:
        name = _name(kind, label)
        if name not in self._agents:
            self._agents.add(name)
            self._add("agent", name, {"prov:label": label, **({"prov:type": sort} if sort is not None else {})})
        return name

    def _add(self, section: str, name: str, value: Mapping[str, Any]) -> None:
        self._sections[section].add(name, value)

    def _link(self, section: str, **ends: str) -> None:
        place = self._sections[section]
        place.add(f"_:{section}{place.rows}", ends)


def _name(kind: str, *parts: str) -> str:
    """A qualified name; a slash and what a name cannot hold are written with percent signs."""
    return f"sijill:{quote('/'.join((kind, *parts)), safe='')}"
