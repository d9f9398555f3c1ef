from datetime import UTC, date, datetime

from intake.domain.sentences import ActTold, LineTold, Told, act_in_words, line_in_words, who_did_it

N = "\u00a0"
ACT = ActTold(
    kind="rephase",
    acted_on=date(2025, 1, 14),
    recorded_at=datetime(2026, 11, 24, 19, 43, tzinfo=UTC),
    zone="Europe/Amsterdam",
    who="M. Yilmaz",
    reason="Geen personeel gevonden",
)


def _line(**given) -> LineTold:
    return LineTold(**({"kind": "plan", "school_year": "2024-2025", "amount_cents": 500_00} | given))


def _act(**given) -> ActTold:
    return ActTold(**(ACT.__dict__ | given))


def test_a_move_between_years_says_when_who_from_where_to_where_and_why() -> None:
    told = Told(line=_line(), act=ACT, others=[_line(school_year="2023-2024", amount_cents=-500_00)])
    assert line_in_words(told) == (
        f"Op 14 januari 2025 om 20.43 uur verschoof M. Yilmaz €{N}500,00 van 2023-2024 naar 2024-2025. "
        "Reden: geen personeel gevonden."
    )


def test_both_lines_of_a_move_tell_the_same() -> None:
    giver, taker = _line(school_year="2023-2024", amount_cents=-500_00), _line()
    one = line_in_words(Told(line=giver, act=ACT, others=[taker]))
    assert one == line_in_words(Told(line=taker, act=ACT, others=[giver]))


def test_a_row_of_a_sheet_is_named_by_its_number() -> None:
    act = _act(kind="register", from_sheet=True, sheet_row=2, reason="")
    assert line_in_words(Told(line=_line(), act=act)) == (
        "Op 14 januari 2025 om 20.43 uur las M. Yilmaz dit bedrag in uit het overzicht, rij 2."
    )


def test_the_time_is_that_of_the_island() -> None:
    assert "om 15.43 uur" in line_in_words(Told(line=_line(), act=_act(zone="America/Kralendijk")))


def test_a_transfer_names_both_activities_whichever_is_looked_at() -> None:
    here, there = "MRS-012 Bijles", "MRS-002 Jongerenwerk"
    mine, other = _line(amount_cents=-1000_00), _line(amount_cents=1000_00, school_year="2023-2024", mine=False)
    act = _act(kind="transfer", here=here, elsewhere=there)
    wanted = f"hevelde M. Yilmaz €{N}1.000,00 over van {here} (2024-2025) naar {there} (2023-2024)."
    assert wanted in line_in_words(Told(line=mine, act=act, others=[other]))


def test_a_correction_keeps_its_sign() -> None:
    line = _line(kind="correction", amount_cents=-12_50, dated_on=date(2024, 9, 1), source="NP Onderwijs (gemeente)")
    found = line_in_words(Told(line=line, act=_act(kind="entry", reason="")))
    assert f"een correctie van \u2212{N}€{N}12,50 op 1 september 2024, schooljaar 2024-2025." in found
    assert "NP Onderwijs (gemeente)" in found


def test_a_reason_that_starts_with_capitals_keeps_them() -> None:
    assert "Reden: GGD vraagt meer tijd." in line_in_words(Told(line=_line(), act=_act(reason="GGD vraagt meer tijd")))


def test_people_are_named_inside_and_said_by_function_outside() -> None:
    assert who_did_it("M. Yilmaz", "policy_officer", by_name=True) == "M. Yilmaz"
    assert who_did_it("M. Yilmaz", "policy_officer", by_name=False) == "een beleidsmedewerker"
    assert who_did_it("", "", by_name=True) == "iemand van de gemeente"


def test_a_change_says_which_fields() -> None:
    found = act_in_words(_act(kind="change", reason=""), fields=["title", "ends_on", "goal"])
    assert found.endswith("wijzigde M. Yilmaz de titel, de einddatum en het doel.")
