"""What a run is given and never changes: sectors, segments of candidates and raw luck.

One line per attribute, as in sim/schema/tables.py.
"""

from typing import Annotated, NamedTuple

from sim.schema.column import Column

C = Column


class Sector(NamedTuple):
    """What distinguishes a sector; fixed."""

    key: Annotated[int, C("id", "Identity for shocks", "Mã nhận dạng", 0)]
    land_median_ha: Annotated[float, C("ha", "Land need, median", "Nhu cầu đất, trung vị", 0.0)]
    land_sigma: Annotated[float, C("log units", "Spread of land need", "Độ phân tán nhu cầu đất", 0.0)]
    capital_bn_vnd_ha: Annotated[float, C("bn VND/ha", "Capital per ha, median", "Suất vốn", 0.0)]
    workers_ha: Annotated[float, C("persons/ha", "Workers per ha", "Lao động trên ha", 0.0)]
    budget_bn_vnd_ha_year: Annotated[float, C("bn VND/ha/year", "Payment to the budget", "Nộp ngân sách trên ha", 0.0)]
    profit_tax_share: Annotated[float, C("share", "Profit tax in it", "Tỷ trọng thuế TNDN", 0.0, 1.0)]
    wastewater_m3_ha_day: Annotated[float, C("m3/ha/day", "Wastewater", "Nước thải trên ha", 0.0)]
    pollution: Annotated[float, C("share", "Pollution score", "Điểm ô nhiễm", 0.0, 1.0)]
    export_share: Annotated[float, C("share", "Export share", "Tỷ trọng xuất khẩu", 0.0, 1.0)]
    low_skill_share: Annotated[float, C("share", "Low-skill share", "Tỷ trọng lao động phổ thông", 0.0, 1.0)]
    foreign_share: Annotated[float, C("share", "Foreign share of candidates", "Tỷ trọng FDI", 0.0, 1.0)]
    park_affinity: Annotated[float, C("utility", "Leaning to parks", "Thiên về KCN")]
    arrival_share: Annotated[float, C("share", "Share of candidates", "Tỷ trọng nhà đầu tư", 0.0, 1.0)]
    high_tech: Annotated[int, C("0/1", "Counts as high technology", "Được tính là công nghệ cao", 0, 1)]


class Segment(NamedTuple):
    """Candidates of one sector and origin, or of the craft-village programme; fixed."""

    key: Annotated[int, C("id", "Identity for shocks", "Mã nhận dạng", 0)]
    sector: Annotated[int, C("row", "Sector", "Ngành", 0)]
    origin: Annotated[int, C("code", "Origin", "Xuất xứ", 0, 1)]
    programme: Annotated[int, C("0/1", "Craft-village programme", "Chương trình làng nghề", 0, 1)]
    share: Annotated[float, C("share", "Share of all candidates", "Tỷ trọng", 0.0, 1.0)]
    highest_rate: Annotated[float, C("1/month", "Highest declared rate", "Tỷ suất cao nhất", 0.0)]


class Draw(NamedTuple):
    """The raw luck of one candidate: a cache of the shock functions, one row per candidate."""

    land_normal: Annotated[float, C("1", "Land", "Đất")]
    capital_normal: Annotated[float, C("1", "Capital", "Vốn")]
    home_uniform: Annotated[float, C("1", "Home", "Quê nhà")]
    taste_normal: Annotated[float, C("1", "Taste", "Sở thích")]
    outside_gumbel: Annotated[float, C("1", "Outside option", "Lựa chọn ngoài tỉnh")]
    strict_uniform: Annotated[float, C("1", "Standard", "Tiêu chuẩn")]
    wait_exponential: Annotated[float, C("1", "Patience", "Kiên nhẫn")]
    hours_normal: Annotated[float, C("1", "Dossier work", "Giờ công")]
    rework_uniform: Annotated[float, C("1", "Returned rounds", "Số vòng")]
    leave_for_good_uniform: Annotated[float, C("1", "Leaves for good", "Bỏ hẳn")]
    appraisal_uniform: Annotated[float, C("1", "Appraisal", "Thẩm định")]
    late_uniform: Annotated[float, C("1", "Late", "Đình trệ")]
    release_exponential: Annotated[float, C("1", "Release of a stalled project", "Bỏ dự án")]
    building_normal: Annotated[float, C("1", "Building time", "Xây dựng")]
