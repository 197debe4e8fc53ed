"""Whatever is wrong with the files of a province is told: where, what was found, what is expected.

Each case edits a copy of the invented province.
"""

import shutil
import unicodedata

import pytest

from sim.errors import WorldError
from sim.world import load_world, world_path


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(world_path("tiny"), tmp_path / "world")


def replace(folder, file, old, new):
    text = (folder / file).read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def problems(folder):
    with pytest.raises(WorldError) as caught:
        load_world(folder)
    return str(caught.value)


# The start of a row of zones.csv, up to the cell in question.
NORTH = "north-park,KCN Bắc,North Park,park,Upriver,,10.5,150.5,A: invented,"
OLD = "old-cluster,CCN Cũ,Old Cluster,cluster,Seaside,,10.4,150.6,A: invented,"
A = ",A: invented,"
LAND = f"120{A}90{A}45{A}30{A}5{A}"

EDITS = {
    # zones.csv: single cells
    "not a number": (
        "zones.csv",
        f"{NORTH}120",
        f"{NORTH}big",
        "zones.csv line 2, north-park, gross_ha = 'big': expected a number above 0 [ha].",
    ),
    "decimal comma": (
        "zones.csv",
        f"{NORTH}120",
        f'{NORTH}"120,5"',
        "gross_ha = '120,5': expected a number above 0 [ha]. Write 120.5.",
    ),
    "not a number: nan": ("zones.csv", f"{NORTH}120", f"{NORTH}nan", "gross_ha = 'nan'"),
    "not a number: inf": ("zones.csv", f"{NORTH}120", f"{NORTH}inf", "gross_ha = 'inf'"),
    "infinite": ("zones.csv", f"{NORTH}120", f"{NORTH}1e999", "gross_ha = 1e999: expected a num"),
    "empty number": ("zones.csv", f"{NORTH}120", NORTH, "gross_ha = nothing: expected a number"),
    "out of bounds": ("zones.csv", f"{NORTH}120", f"{NORTH}-3", "gross_ha = -3: expected a number"),
    "percent for share": (
        "zones.csv",
        f"2018-01{A}1{A}",
        f"2018-01{A}62{A}",
        "connected_start = 62: expected a number from 0 to 1 [share]. Did you mean 0.62?",
    ),
    "percent sign": (
        "zones.csv",
        f"2018-01{A}1{A}",
        f"2018-01{A}62%{A}",
        "connected_start = '62%': expected a number from 0 to 1 [share]. Write 0.62.",
    ),
    "half a tenant": ("zones.csv", f"30{A}5{A}", f"30{A}5.5{A}", "tenants_start = 5.5: expected a"),
    "month": (
        "zones.csv",
        "2018-01",
        "2018-13",
        "works_may_start = '2018-13': expected a month such as 2027-03.",
    ),
    "kind": (
        "zones.csv",
        "North Park,park,",
        "North Park,parc,",
        "kind = 'parc': expected one of park, cluster. Did you mean 'park'?",
    ),
    "operator": (
        "zones.csv",
        "private",
        "privat",
        "operator = 'privat': expected one of none, state, private. Did you mean 'private'?",
    ),
    "id": (
        "zones.csv",
        "north-park",
        "North Park",
        "id = 'North Park': expected lower-case letters, digits and single hyphens.",
    ),
    # zones.csv: against other cells and files
    "unknown district": (
        "zones.csv",
        "Upriver",
        "Uprivre",
        "district = 'Uprivre': expected a name of districts.csv. Did you mean 'Upriver'?",
    ),
    "unknown parent": (
        "zones.csv",
        "Upriver,,",
        "Upriver,old-clutser,",
        "parent = 'old-clutser': expected a name of zones.csv. Did you mean 'old-cluster'?",
    ),
    "parent of itself": (
        "zones.csv",
        "Upriver,,",
        "Upriver,north-park,",
        "parent = 'north-park': expected another zone.",
    ),
    "unknown sector": (
        "zones.csv",
        "food clothing",
        "fod clothing",
        "permitted_sectors = 'fod': expected a name of sectors.csv. Did you mean 'food'?",
    ),
    "sectors without a share": (
        "zones.csv",
        f"0.3{A},",
        f"0.3{A}pottery,T01",
        "permitted_sectors = 'pottery': expected a sector with a share in mix_park, for its",
    ),
    "duplicate id": (
        "zones.csv",
        "old-cluster",
        "north-park",
        "zones.csv line 3, north-park, id = 'north-park': expected a name of its own, not that of"
        " line 2.",
    ),
    "leasable above gross": (
        "zones.csv",
        LAND,
        LAND.replace("120", "80"),
        "leasable_ha = '90': expected at most gross_ha, 80.",
    ),
    "serviced above leasable": (
        "zones.csv",
        LAND,
        LAND.replace("45", "95"),
        "serviced_ha_start = '95': expected at most leasable_ha, 90.",
    ),
    "leased above serviced": (
        "zones.csv",
        LAND,
        LAND.replace("30", "46"),
        "leased_ha_start = '46': expected at most serviced_ha_start, 45.",
    ),
    "leased above leasable": (
        "zones.csv",
        LAND,
        LAND.replace("30", "96"),
        "leased_ha_start = '96': expected at most leasable_ha, 90.",
    ),
    "land without tenants": (
        "zones.csv",
        f"8{A}3{A}",
        f"8{A}0{A}",
        "tenants_start = '0': expected some, as 8 ha are leased.",
    ),
    "tenants without land": (
        "zones.csv",
        f"8{A}3{A}",
        f"0{A}3{A}",
        "leased_ha_start = '0': expected some, as there are 3 tenants.",
    ),
    "more spent than cleared": (
        "zones.csv",
        f"40{A}1,0.3",
        f"40{A}0.2,0.3",
        "works_spent_share_start = '0.3': expected at most cleared_share_start, 0.2.",
    ),
    "developer of a state zone": (
        "zones.csv",
        f"state{A},,",
        f"state{A}2021-05{A}",
        "operator_from = '2021-05': expected nothing unless the operator is private.",
    ),
    "value without source": (
        "zones.csv",
        f"private{A},,",
        f"private{A}2021-05,,",
        "operator_from_source = '': expected an id of sources.csv",
    ),
    # sources
    "unknown source": (
        "known_tenants.csv",
        "T01",
        "T02",
        "source = 'T02': expected an id of sources.csv, 'D: arithmetic' or 'A: assumption'. Did you"
        " mean 'T01'?",
    ),
    "unknown source in an assumption": (
        "zones.csv",
        "A: invented",
        "A: as T99",
        "position_source = 'T99': expected an id of sources.csv",
    ),
    "assumption without a reason": ("zones.csv", "A: invented", "A", "position_source = 'A'"),
    "no source": ("zones.csv", "A: invented", "", "position_source = nothing: expected an id"),
    # other tables
    "arrival shares": (
        "sectors.csv",
        "0.5,0.4,0.5,0.2",
        "0.5,0.5,0.5,0.2",
        "sectors.csv, sum of arrival_share = 1.1: expected 1, give or take 1e-6.",
    ),
    "mix": (
        "sectors.csv",
        "0.5,0.4,0.5,0.2",
        "0.5,0.4,0.4,0.2",
        "sectors.csv, sum of mix_park = 0.9: expected 1",
    ),
    "plan": (
        "sectors.csv",
        "priority",
        "prio",
        "plan = 'prio': expected one of priority, neutral, banned. Did you mean 'priority'?",
    ),
    "two craft sectors": (
        "sectors.csv",
        "yes,no,",
        "yes,yes,",
        "craft = 'yes': expected one sector at most with yes.",
    ),
    "people with a point": (
        "districts.csv",
        "60000",
        "60.000",
        "population = 60.000: expected a whole number above 0 [persons]. Write it without a point.",
    ),
    "people": (
        "districts.csv",
        "60000",
        "many",
        "population = 'many': expected a whole number above 0",
    ),
    "tenant of no zone": (
        "known_tenants.csv",
        "north-park",
        "northpark",
        "zone_id = 'northpark': expected a name of zones.csv. Did you mean 'north-park'?",
    ),
    "tenant of no sector": (
        "known_tenants.csv",
        "food",
        "foot",
        "sector_id = 'foot': expected a name of sectors.csv. Did you mean 'food'?",
    ),
    "tenant of no origin": ("known_tenants.csv", "domestic", "home", "origin = 'home': expected"),
    "tenant larger than its zone": (
        "known_tenants.csv",
        "domestic,4",
        "domestic,31",
        "leased_ha_start = '30': expected room for 4 tenants beside the 31 ha of known tenants.",
    ),
    # keys and values
    "unknown parameter": (
        "parameters.csv",
        "beta_price",
        "beta_prise",
        "parameters.csv: unknown key 'beta_prise'. Did you mean 'beta_price'?",
    ),
    "missing parameter": (
        "parameters.csv",
        "beta_price",
        "beta_prise",
        "parameters.csv: missing key 'beta_price'.",
    ),
    "value outside its range": (
        "parameters.csv",
        "beta_price,1.0,0.3,2.0",
        "beta_price,3.0,0.3,2.0",
        "beta_price, value = '3.0': expected a number from low to high, 0.3 to 2.",
    ),
    "range upside down": (
        "parameters.csv",
        "beta_price,1.0,0.3,2.0",
        "beta_price,1.0,2.0,0.3",
        "beta_price, low = '2.0': expected at most high, 0.3.",
    ),
    "value without meaning": (
        "parameters.csv",
        "cit_rate,0.2,0.2,0.2",
        "cit_rate,20,20,20",
        "cit_rate, value = '20': expected a number from 0 to 1.",
    ),
    "unit": (
        "parameters.csv",
        "utility per ln price",
        "utility",
        "beta_price, unit = 'utility': expected 'utility per ln price'.",
    ),
    "prior": (
        "parameters.csv",
        '"Normal(1, 0.4)"',
        '"Gauss(1, 0.4)"',
        "beta_price, prior = 'Gauss(1, 0.4)': expected Fixed, Uniform",
    ),
    "fixed but with a range": (
        "parameters.csv",
        '"Normal(1, 0.4)"',
        "Fixed",
        "beta_price, prior = 'Fixed': expected Fixed where low equals high, and only there.",
    ),
    "unknown lever": (
        "levers.csv",
        "park_share",
        "parc_share",
        "levers.csv: unknown key 'parc_share'. Did you mean 'park_share'?",
    ),
    "lever out of bounds": (
        "levers.csv",
        "park_share,0.5",
        "park_share,5",
        "park_share, value = '5': expected a number from 0 to 1.",
    ),
    "rule of allocation": (
        "levers.csv",
        "nearest-to-finish",
        "nearest",
        "allocation, value = 'nearest': expected a rule of allocation.",
    ),
    # world.toml
    "start": ("world.toml", '"2021-01"', '"2021"', "world.toml, start = '2021': expected a month"),
    "months": ("world.toml", "24", "0", "world.toml, months = 0: expected a whole number from 1"),
    "unknown setting": (
        "world.toml",
        "name_en",
        "name_eng",
        "world.toml, name_eng: unknown key. Did you mean 'name_en'?",
    ),
    "missing setting": ("world.toml", "name_en", "name_eng", "world.toml, name_en = nothing"),
    "blank name": (
        "world.toml",
        '"Tí Hon (hư cấu)"',
        '"  "',
        "world.toml, name_vi = '  ': expected some text on one line",
    ),
    "name of two lines": (
        "world.toml",
        '"Tí Hon (hư cấu)"',
        r'"Tí\nHon"',
        r"world.toml, name_vi = 'Tí\nHon': expected some text on one line",
    ),
    "id that is a path": (
        "world.toml",
        'id = "tiny"',
        'id = "../tiny"',
        "world.toml, id = '../tiny': expected small letters, digits, '-' and '_'.",
    ),
    "not TOML": ("world.toml", "months = 24", "months 24", "world.toml: not valid TOML"),
    "a number without end": (
        "world.toml",
        "months = 24",
        f"months = {'9' * 5000}",
        "world.toml: a whole number of more than 4300 digits. Write it shorter.",
    ),
    "a list too deep": (
        "world.toml",
        "months = 24",
        f"months = {'[' * 5000}",
        "world.toml: lists or tables nested too deeply.",
    ),
    "other digits": (
        "zones.csv",
        f"{NORTH}120",
        f"{NORTH}１２０",
        "gross_ha = '１２０': expected a number above 0 [ha].",
    ),
    # the shape of a file
    "unknown column": (
        "zones.csv",
        "gross_ha",
        "gros_ha",
        "zones.csv: unknown column 'gros_ha'. Did you mean 'gross_ha'?",
    ),
    "missing column": ("zones.csv", "gross_ha", "gros_ha", "zones.csv: missing column 'gross_ha'."),
    "a comma too many": (
        "zones.csv",
        "North Park",
        "North, Park",
        "zones.csv line 2, cells = 40: expected 39, as in the header. Put a cell that contains",
    ),
    "semicolons": (
        "districts.csv",
        "district,population,source",
        "district;population;source",
        "districts.csv: one column only. Separate the columns by commas, not semicolons.",
    ),
}


def test_accents_may_be_typed_apart_from_their_letters(folder):
    name = 'name_vi = "Tí Hon (hư cấu)"'
    replace(folder, "world.toml", name, unicodedata.normalize("NFD", name))
    assert load_world(folder).name_vi == "Tí Hon (hư cấu)"


@pytest.mark.parametrize(("file", "old", "new", "message"), EDITS.values(), ids=EDITS)
def test_a_fault_is_told_with_place_find_and_expectation(folder, file, old, new, message):
    replace(folder, file, old, new)
    assert message in problems(folder)


@pytest.mark.parametrize(
    "file",
    ["world.toml", "zones.csv", "sectors.csv", "districts.csv", "known_tenants.csv"]
    + ["parameters.csv", "levers.csv", "sources.csv"],
)
def test_a_missing_file_is_told_once(folder, file):
    (folder / file).unlink()
    text = problems(folder)
    assert text.count(file) == 1
    assert f"{file}: file missing or unreadable." in text


def test_a_missing_folder_is_told(tmp_path):
    assert "world.toml: file missing" in problems(tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_told(folder, content):
    (folder / "sectors.csv").write_text(content)
    assert "sectors.csv: empty file. First column: 'id'." in problems(folder)


def test_an_empty_settings_file_is_told(folder):
    (folder / "world.toml").write_text("")
    assert "world.toml: empty file." in problems(folder)


def test_a_file_without_rows_is_told(folder):
    header = (folder / "zones.csv").read_text("utf-8").splitlines()[0]
    (folder / "zones.csv").write_text(header + "\n")
    assert "zones.csv: no rows below the header." in problems(folder)


def test_text_that_is_not_utf_8_is_told(folder):
    text = (folder / "zones.csv").read_text("utf-8")
    (folder / "zones.csv").write_bytes(text.encode("utf-16"))
    assert "zones.csv: byte 1 is not UTF-8. Save the file as UTF-8 text." in problems(folder)


def test_a_byte_order_mark_and_windows_line_ends_are_welcome(folder):
    text = (folder / "zones.csv").read_text("utf-8")
    (folder / "zones.csv").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_world(folder).zone_ids == ("north-park", "old-cluster", "new-park")


def test_problems_of_all_files_are_told_at_once(folder):
    replace(folder, "zones.csv", "Upriver", "Downriver")
    replace(folder, "zones.csv", f"{NORTH.replace('Upriver', 'Downriver')}120", f"{NORTH}x")
    replace(folder, "sectors.csv", "priority", "preferred")
    replace(folder, "parameters.csv", "cit_rate", "cit_rat")
    (folder / "levers.csv").unlink()
    text = problems(folder)
    # gross_ha, plan, unknown key, missing key, missing file
    assert text.startswith(f"{folder} has 5 problems:")
    for part in ("gross_ha = 'x'", "plan = 'preferred'", "cit_rat'", "'cit_rate'", "levers.csv"):
        assert part in text


@pytest.mark.parametrize("file", ["zones.csv", "sectors.csv", "districts.csv", "sources.csv"])
def test_what_a_missing_file_would_hold_is_not_missed_elsewhere(folder, file):
    (folder / file).unlink()
    assert "has 1 problem:" in problems(folder)


def test_a_row_with_a_comma_too_many_is_told_once(folder):
    for file, name in (("zones.csv", "Park"), ("parameters.csv", "A: "), ("levers.csv", "A: ")):
        replace(folder, file, name, f"{name},")
    assert "has 3 problems:" in problems(folder)


ANCHOR = """
[[anchors]]
name = "Big Works"
zone = "north-park"
sector = "machines"
origin = "foreign"
land_ha = 20
jobs = 800
source = "T01"
"""
PLANTS = "year,cars,source\n2021,1200,T01\n2022,2400,T01\n"


def add_anchor(folder, anchor=ANCHOR, plants=PLANTS):
    with (folder / "world.toml").open("a", encoding="utf-8") as file:
        file.write(anchor)
    if plants:
        (folder / "anchor_plants.csv").write_text(plants, "utf-8")


def test_an_anchor_plant_takes_its_land_from_its_zone(folder):
    add_anchor(folder)
    world = load_world(folder)
    anchor = world.tenants[world.tenant_names.index("Big Works")]
    assert (anchor.anchor, anchor.land_ha, anchor.workers_ha) == (1, 20.0, 40.0)
    assert list(world.anchor_cars) == [100.0] * 12 + [200.0] * 12


@pytest.mark.parametrize(
    ("anchor", "plants", "message"),
    [
        (ANCHOR, "", "anchor_plants.csv: file missing or unreadable."),
        (ANCHOR, PLANTS.replace("2022", "2023"), "anchor_plants.csv: no row for 2022."),
        (ANCHOR.replace("north-park", "nord-park"), PLANTS, "anchors[0].zone = 'nord-park'"),
        (ANCHOR.replace("machines", "machine"), PLANTS, "anchors[0].sector = 'machine'"),
        (ANCHOR.replace("foreign", "joint"), PLANTS, "anchors[0].origin = 'joint': expected"),
        (ANCHOR.replace("land_ha = 20", "land = 20"), PLANTS, "anchors[0].land: unknown key"),
        (ANCHOR.replace("800", '"many"'), PLANTS, "anchors[0].jobs = 'many': expected at least 0"),
        (ANCHOR.replace("= 20", "= 28"), PLANTS, "room for 3 tenants beside the 32 ha of known"),
        (ANCHOR.replace("T01", "T77"), PLANTS, "anchors[0].source = 'T77'"),
        (ANCHOR.replace("[[anchors]]", "[anchors]"), PLANTS, "anchors = {"),
    ],
)
def test_a_fault_of_an_anchor_plant_is_told(folder, anchor, plants, message):
    add_anchor(folder, anchor, plants)
    assert message in problems(folder)
