"""What people decide: it is kept, can be taken back, and holds for the words of the text in every later reading."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import select

from sijill import Claim, ClaimType, Document, Modality, Report, Span
from sijill.casefile import CaseFile, Decision, State, StoredClaim
from sijill.casefile.schema import claim_place
from sijill.errors import StoreError
from tests.casefile.conftest import TEXTS, Adder, given
from tests.casefile.simple import read_simply

TEXT = " ".join(TEXTS)
Change = Callable[[Claim], Claim | None]


@pytest.fixture
def claims(case: CaseFile, add: Adder) -> list[StoredClaim]:
    """The claims of one report in the case."""
    add(given(TEXT, "a"))
    found = case.claims(case.document("a"))
    assert len(found) >= 4
    return found


def states(case: CaseFile) -> list[State]:
    return [item.state for item in case.claims(case.document("a"))]


def later(change: Change) -> Callable[[Document], Report]:
    """A later Sijill, which makes other claims of a text."""

    def read(document: Document) -> Report:
        report = read_simply(document)
        made = tuple(item for item in map(change, report.claims) if item is not None)
        return msgspec.structs.replace(report, claims=made, sijill="9.9.9")

    return read


def new_id(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, id=claim.id[::-1])


def test_a_decision_has_everything(case: CaseFile, claims: list[StoredClaim]) -> None:
    made = case.decide(claims[0].n, State.ACCEPTED, "Amal", reason="seen on video")
    assert (made.author, made.claim, made.reason) == ("Amal", claims[0].n, "seen on video")
    assert (made.old_state, made.new_state, made.old_value, made.new_value) == ("proposed", "accepted", {}, {})
    trigger = claims[0].claim.trigger
    assert made.selector["exact"] == trigger.cut(TEXT)
    assert TEXT[trigger.start - 5 : trigger.end + 5] in "".join(made.selector[x] for x in ("prefix", "exact", "suffix"))
    assert case.decisions(case.document("a")) == [made]
    assert states(case)[:2] == [State.ACCEPTED, State.PROPOSED]
    assert list(case.verify()) == []


def test_an_edit_changes_the_claim_its_rows_and_not_the_reading(case: CaseFile, claims: list[StoredClaim]) -> None:
    place = {"name": "الباب", "span": [0, 3], "text": TEXT[:3], "lat": 36.37, "lon": 37.51}
    made = case.decide(claims[0].n, State.EDITED, "me", changes={"places": [place], "modality": "alleged"})
    assert made.old_value["modality"] == "asserted"
    assert made.new_value["places"] == [place]
    [edited] = case.claims_by_key([claims[0].n])
    assert (edited.claim.modality, edited.claim.places[0].name) == (Modality.ALLEGED, "الباب")
    assert edited.as_read == claims[0].claim
    with case.database.reading() as connection:
        query = select(claim_place.c.name, claim_place.c.lat).where(claim_place.c.claim == edited.n, claim_place.c.said)
        assert connection.execute(query).all() == [("الباب", 36.37)]
    case.decide(claims[0].n, State.ACCEPTED, "you")
    [accepted] = case.claims_by_key([claims[0].n])
    assert (accepted.state, accepted.claim) == (State.ACCEPTED, edited.claim)
    assert list(case.verify()) == []


def test_undo_is_a_new_entry_that_restores_what_was(case: CaseFile, claims: list[StoredClaim]) -> None:
    key = claims[0].n
    first = case.decide(key, State.EDITED, "me", changes={"type": "killing"})
    second = case.decide(key, State.REJECTED, "you")
    with pytest.raises(StoreError, match=f"undo {second.n} first"):
        case.undo(first.n, "me")
    third = case.undo(second.n, "me", reason="hasty")
    assert (third.undoes, third.new_state, third.reason) == (second.n, State.EDITED, "hasty")
    [now] = case.claims_by_key([key])
    assert (now.state, now.claim.type) == (State.EDITED, ClaimType.KILLING)
    case.undo(third.n, "me")
    assert states(case)[0] is State.REJECTED
    case.undo(case.decisions(case.document("a"))[-1].n, "me")
    assert len(case.decisions(case.document("a"))) == 5
    assert list(case.verify()) == []


def test_undoing_the_only_edit_gives_the_claim_as_read(case: CaseFile, claims: list[StoredClaim]) -> None:
    made = case.decide(claims[0].n, State.EDITED, "me", changes={"type": "killing"})
    case.undo(made.n, "me")
    [now] = case.claims_by_key([claims[0].n])
    assert (now.state, now.claim) == (State.PROPOSED, claims[0].claim)
    assert list(case.verify()) == []


@pytest.mark.parametrize(
    ("state", "changes", "said"),
    [
        (State.EDITED, {"id": "x"}, "id cannot be edited"),
        (State.EDITED, {"trigger": [0, 1]}, "trigger cannot be edited"),
        (State.EDITED, {"type": "party"}, "cannot be edited so"),
        (State.EDITED, {"places": [{"name": "x", "span": [0, 99999], "text": "x"}]}, "runs past"),
        (State.EDITED, {"places": [{"name": "x", "span": [3, 1], "text": "x"}]}, "cannot be edited so"),
        (State.EDITED, {}, "needs new values"),
        (State.ACCEPTED, {"type": "killing"}, "takes no new values"),
        (State.PROPOSED, {}, "undoing"),
    ],
)
def test_what_cannot_be_decided(
    case: CaseFile, claims: list[StoredClaim], state: State, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        case.decide(claims[0].n, state, "me", changes=changes)
    with pytest.raises(StoreError, match="author"):
        case.decide(claims[0].n, State.ACCEPTED, " ")
    assert case.decisions(case.document("a")) == []
    assert case.head()[0] == 4


def test_a_decision_needs_its_claim(case: CaseFile, claims: list[StoredClaim]) -> None:
    with pytest.raises(StoreError, match="no claim 999"):
        case.decide(999, State.ACCEPTED, "me")
    with pytest.raises(StoreError, match="no decision 999"):
        case.undo(999, "me")
    assert case.claim_keys(claims[0].claim.id) == [claims[0].n]
    assert case.claim_keys(f"a/{claims[0].claim.id}") == [claims[0].n]
    assert case.claim_keys(f"b/{claims[0].claim.id}") == []
    assert case.claim_keys(str(claims[0].n)) == [claims[0].n]


def test_rereading_by_the_same_version_has_nothing_to_do(case: CaseFile, claims: list[StoredClaim]) -> None:
    [reading] = case.readings(case.document("a"))
    assert len(claims) == reading.claims
    assert case.stale(reading.sijill, reading.data) == []
    assert case.stale("9.9.9", reading.data) == ["a"]
    assert case.stale(reading.sijill, "other") == ["a"]


def test_decisions_go_over_to_the_claims_on_the_same_words(case: CaseFile, claims: list[StoredClaim]) -> None:
    case.decide(claims[0].n, State.REJECTED, "me", reason="a film")
    case.decide(claims[1].n, State.EDITED, "you", changes={"modality": "alleged"})
    done = case.reread("a", later(new_id), "machine")
    assert [item.author for item in done.carried] == ["me", "you"]
    assert [item.reason for item in done.carried] == ["a film", ""]
    assert done.unresolved == ()
    now = case.claims(case.document("a"))
    assert [item.state for item in now[:3]] == [State.REJECTED, State.EDITED, State.PROPOSED]
    assert now[1].claim.modality is Modality.ALLEGED
    assert now[0].n > claims[-1].n
    old, new = case.readings(case.document("a"))
    assert [item.as_read for item in case.claims(case.document("a"), reading=old.n)] == [x.claim for x in claims]
    assert (case.report(old).sijill, new.sijill) == (read_simply(Document("", ".")).sijill, "9.9.9")
    assert list(case.verify()) == []
    with pytest.raises(StoreError, match="older reading"):
        case.decide(claims[0].n, State.ACCEPTED, "me")


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        (lambda claim: msgspec.structs.replace(claim, id="f" * 16, type=ClaimType.PROTEST), True),
        (
            lambda claim: msgspec.structs.replace(
                claim, id="f" * 16, trigger=Span(claim.sentence.end - 1, claim.sentence.end)
            ),
            True,
        ),
        (lambda _: None, False),
    ],
    ids=["another type on the same words", "the same type in the sentence", "no claim"],
)
def test_the_rejected_stay_rejected(
    case: CaseFile,
    claims: list[StoredClaim],
    change: Change,
    stays: bool,  # noqa: FBT001  (pytest gives it by name)
) -> None:
    wrong = claims[0]
    made = case.decide(wrong.n, State.REJECTED, "me")

    def only(claim: Claim) -> Claim | None:
        return change(claim) if claim.id == wrong.claim.id else claim

    done = case.reread("a", later(only), "machine")
    assert [item.carries for item in done.carried] == ([made.n] if stays else [])
    assert [item.n for item in done.unresolved] == ([] if stays else [made.n])
    assert [item.n for item in case.unresolved()] == ([] if stays else [made.n])
    rejected = [item for item in case.claims(case.document("a")) if item.state is State.REJECTED]
    assert len(rejected) == int(stays)
    # The claim comes back as it was: so does the decision.
    case.reread("a", read_simply, "machine")
    assert states(case)[0] is State.REJECTED
    assert case.unresolved() == []
    assert list(case.verify()) == []


def test_each_claim_takes_one_decision(case: CaseFile, claims: list[StoredClaim]) -> None:
    for item in claims:
        case.decide(item.n, State.UNSURE, "me")
    first = claims[0].claim.id
    done = case.reread("a", later(lambda claim: claim if claim.id == first else None), "machine")
    assert len(done.carried) == 1
    assert len(done.unresolved) == len(claims) - 1
    assert states(case) == [State.UNSURE]
    assert list(case.verify()) == []


def test_undone_decisions_do_not_go_over(case: CaseFile, claims: list[StoredClaim]) -> None:
    case.undo(case.decide(claims[0].n, State.REJECTED, "me").n, "me")
    done = case.reread("a", later(new_id), "machine")
    assert (done.carried, done.unresolved) == ((), ())
    assert set(states(case)) == {State.PROPOSED}


def test_a_carried_decision_can_be_undone(case: CaseFile, claims: list[StoredClaim]) -> None:
    case.decide(claims[0].n, State.REJECTED, "me")
    [carried] = case.reread("a", later(new_id), "machine").carried
    assert isinstance(carried, Decision)
    case.undo(carried.n, "you")
    assert states(case)[0] is State.PROPOSED
    case.reread("a", read_simply, "machine")
    assert states(case)[0] is State.PROPOSED
    assert list(case.verify()) == []
