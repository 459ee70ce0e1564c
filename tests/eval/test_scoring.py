from __future__ import annotations

from typing import Any

import msgspec
import pytest

from eval.names import Name
from eval.scoring import FAMILIES, IN_SCORE, MEASURES, Board, Counted, Dated, Judged, Reading, score
from sijill.model import ClaimType

TEXT = "قصفت قوات النظام بلدة سرمين أمس ما أدى إلى مقتل ثلاثة مدنيين. " * 3
CLAIM = Judged(
    "shelling",
    (0, 4),
    counts=(Counted("killed", "civilians", 3, 3, (48, 60)),),
    date=Dated("2022-10-18", "2022-10-18", (28, 31)),
    places=(Name("سرمين", (22, 27)),),
    agents=(Name("قوات النظام", (5, 16)),),
)


def board(gold: tuple[Judged, ...], given: tuple[Judged, ...]) -> Board:
    return score([Reading("d", gold)], [Reading("d", given)], {"d": TEXT})


def changed(**fields: Any) -> Judged:
    return msgspec.structs.replace(CLAIM, **fields)


def test_families_hold_every_type_once() -> None:
    kinds = [kind for family in FAMILIES.values() for kind in family]
    assert sorted(kinds) == sorted(ClaimType)


def test_the_gold_itself_is_perfect() -> None:
    result = board((CLAIM,), (CLAIM,))
    present = ("claim", "claim~", "count", "count+who", "date", "place", "agent", "modality", "perfect")
    assert {measure: result.rates[measure].f1 for measure in present} == dict.fromkeys(present, 1.0)
    assert result.rates["source"].gold == result.rates["source"].given == 0
    assert result.score == pytest.approx(5 / 6)  # no source in this gold
    assert result.misses == ()


def test_nothing_given_misses_everything() -> None:
    result = score([Reading("d", (CLAIM,))], [], {"d": TEXT})
    assert result.score == 0
    assert {miss.what for miss in result.misses} == {"missed claim", "missed count"}
    assert result.rates["place"].gold == 1


def test_a_wrong_type_of_the_same_family_counts_for_the_family() -> None:
    result = board((CLAIM,), (changed(type="air_strike"),))
    assert (result.rates["claim"].hit, result.rates["claim~"].hit, result.rates["perfect"].hit) == (0, 1, 0)
    assert result.types["air_strike"].given == result.types["shelling"].gold == 1


def test_triggers_pair_within_forty_characters() -> None:
    assert board((CLAIM,), (changed(trigger=(44, 47), counts=()),)).rates["claim"].hit == 1
    assert board((CLAIM,), (changed(trigger=(45, 47), counts=()),)).rates["claim"].hit == 0


def test_counts_that_overlap_pair_claims_far_apart() -> None:
    assert board((CLAIM,), (changed(trigger=(100, 104)),)).rates["claim"].hit == 1


def test_each_claim_pairs_once_and_the_closest_wins() -> None:
    near, far = changed(counts=(), modality="denied"), changed(trigger=(20, 22), counts=(), places=())
    result = board((changed(counts=()),), (far, near))
    assert (result.rates["claim"].hit, result.rates["claim"].given) == (1, 2)
    assert result.rates["modality"].hit == 0
    assert [miss.what for miss in result.misses] == ["invented claim", "wrong modality"]


@pytest.mark.parametrize(
    ("count", "plain", "with_who"),
    [
        (Counted("killed", "civilians", 3, 3, (50, 55)), 1, 1),
        (Counted("killed", "fighters", 3, 3, (50, 55)), 1, 0),
        (Counted("killed", "civilians", 3, None, (50, 55)), 0, 0),
        (Counted("injured", "civilians", 3, 3, (50, 55)), 0, 0),
        (Counted("killed", "civilians", 3, 3, (60, 65)), 0, 0),
    ],
)
def test_a_count_needs_kind_amount_and_a_shared_character(count: Counted, plain: int, with_who: int) -> None:
    result = board((CLAIM,), (changed(counts=(count,)),))
    assert (result.rates["count"].hit, result.rates["count+who"].hit) == (plain, with_who)


def test_an_unresolved_date_is_no_date() -> None:
    result = board((CLAIM,), (changed(date=Dated(None, None, (28, 31))),))
    assert (result.rates["date"].hit, result.rates["date"].gold, result.rates["date"].given) == (0, 1, 0)


def test_fields_of_a_claim_without_partner_cost_precision() -> None:
    result = board((CLAIM,), (CLAIM, changed(trigger=(150, 154), counts=())))
    assert (result.rates["place"].hit, result.rates["place"].given) == (1, 2)
    assert result.invented == 0.5


def test_quiet_reports_are_told_apart() -> None:
    quiet = [Reading("a", ()), Reading("b", ())]
    result = score(quiet, [Reading("b", (CLAIM,))], {"a": "", "b": TEXT})
    assert (result.quiet.hit, result.quiet.gold) == (1, 2)


def test_the_score_is_the_mean_of_its_fields() -> None:
    result = board((CLAIM,), (changed(places=(), agents=()),))
    assert result.score == pytest.approx(sum(result.rates[m].f1 for m in IN_SCORE) / 6)
    assert set(IN_SCORE) < set(MEASURES)
