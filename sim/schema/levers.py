"""The levers a province can set, one row a month; every default means "as in the start year".

Scenario files name them exactly like this. `promotion`, `fast_track`, `tax_holiday` and the
per-zone and per-sector levers have a friendlier spelling in scenario files, read by
sim/scenario.py.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, NamedTuple

from sim.schema.column import Column

C = Column


class Levers(NamedTuple):
    """What holds for the whole province in one month."""

    infrastructure_funding: Annotated[float, C("bn VND/year", "Infrastructure funding", "Vốn hạ tầng", 0.0, 5000.0)]
    park_share: Annotated[float, C("share", "Share of funding for parks", "Tỷ trọng vốn cho KCN", 0.0, 1.0)]
    allocation: Annotated[int, C("code", "Allocation of funding", "Nguyên tắc phân bổ vốn", 0, 3)]
    clearance_advance: Annotated[float, C("share", "Public share of compensation in private zones", "Tạm ứng giải phóng mặt bằng", 0.0, 1.0)]
    cofinance_share: Annotated[float, C("share", "Public share of private works", "Hỗ trợ đầu tư hạ tầng", 0.0, 0.5)]
    state_steps_in: Annotated[float, C("months", "State takes a zone without developer after", "Nhà nước vào thay sau", 0.0, 1200.0)]
    reinvestment_share: Annotated[float, C("share", "Zone revenue reinvested", "Tỷ lệ tái đầu tư", 0.0, 1.0)]
    clearance_effort: Annotated[float, C("1", "Clearance effort", "Nỗ lực giải phóng mặt bằng", 0.0, 5.0)]
    operator_promotion: Annotated[float, C("1", "Promotion to developers", "Xúc tiến chủ đầu tư hạ tầng", 0.0, 5.0)]
    expansion_rule: Annotated[float, C("share", "Occupancy needed to expand", "Lấp đầy để mở rộng", 0.0, 1.0)]
    statutory_days: Annotated[float, C("1", "Statutory days", "Thời hạn luật định", 0.0, 3.0)]
    licensing_staff: Annotated[float, C("1", "Licensing staff", "Nhân lực cấp phép", 0.1, 10.0)]
    rework: Annotated[float, C("1", "Returned dossiers", "Trả lại hồ sơ", 0.0, 3.0)]
    one_stop: Annotated[int, C("0/1", "One-stop permits", "Một cửa liên thông", 0, 1)]
    fast_track_large: Annotated[int, C("0/1", "Fast track: large projects", "Luồng ưu tiên: dự án lớn", 0, 1)]
    fast_track_foreign: Annotated[int, C("0/1", "Fast track: foreign projects", "Luồng ưu tiên: dự án FDI", 0, 1)]
    fast_track_priority: Annotated[int, C("0/1", "Fast track: priority sectors", "Luồng ưu tiên: ngành ưu tiên", 0, 1)]
    promotion_domestic: Annotated[float, C("1", "Promotion, domestic", "Xúc tiến đầu tư trong nước", 0.0, 3.0)]
    promotion_foreign: Annotated[float, C("1", "Promotion, foreign", "Xúc tiến đầu tư nước ngoài", 0.0, 3.0)]
    capital_floor: Annotated[float, C("bn VND/ha", "Capital floor", "Suất vốn tối thiểu", 0.0, 1000.0)]
    wastewater_first: Annotated[int, C("0/1", "Wastewater plant first", "Xử lý nước thải đi trước", 0, 1)]
    wastewater_funding: Annotated[float, C("bn VND/year", "Funding of plants", "Vốn nhà máy xử lý nước thải", 0.0, 1000.0)]
    inspection_intensity: Annotated[float, C("1", "Inspection", "Cường độ thanh tra", 0.1, 10.0)]
    appraisal_depth: Annotated[float, C("1", "Depth of appraisal", "Độ sâu thẩm định", 0.5, 5.0)]
    craft_village_programme: Annotated[float, C("workshops/year", "Craft-village programme", "Chương trình làng nghề", 0.0, 60.0)]
    revocation_months: Annotated[float, C("months", "Stalled projects lose their land after (0: never)", "Thu hồi dự án chậm sau", 0.0, 1200.0)]
    land_price_support: Annotated[float, C("share", "Support of the land price, priority sectors", "Hỗ trợ giá đất", 0.0, 0.9)]
    tax_free_years: Annotated[float, C("years", "Profit-tax free (-1: the law)", "Số năm miễn thuế (-1: theo luật)", -1.0, 30.0)]
    tax_half_years: Annotated[float, C("years", "Profit-tax half (-1: the law)", "Số năm giảm thuế (-1: theo luật)", -1.0, 30.0)]
    # context a province cannot set, but a scenario may
    demand_index_domestic: Annotated[float, C("1", "Domestic demand", "Nhu cầu trong nước", 0.0, 2.5)]
    demand_index_foreign: Annotated[float, C("1", "Foreign demand", "Nhu cầu nước ngoài", 0.0, 2.5)]
    anchor_output: Annotated[float, C("1", "Output of anchor plants", "Sản lượng nhà máy chủ lực", 0.0, 3.0)]


class ZoneLevers(NamedTuple):
    """What holds for one zone in one month."""

    works_may_start: Annotated[int, C("month", "Works may start from", "Được khởi công từ")]
    priority_rank: Annotated[int, C("rank", "Place in the priority list (0: not in it)", "Thứ tự ưu tiên", 0)]
    offered: Annotated[int, C("0/1", "State zone offered to developers", "Mời chủ đầu tư tư nhân", 0, 1)]


class SectorLevers(NamedTuple):
    """What holds for one sector in one month."""

    banned: Annotated[int, C("0/1", "Refused", "Không tiếp nhận", 0, 1)]
    priority: Annotated[int, C("0/1", "Priority", "Ưu tiên", 0, 1)]


# Multipliers and switches whose neutral value is the same in every province. The levers not named
# here (funding, park_share, allocation, ...) have a value of their own in the start year, which the
# province's levers.csv gives with its source.
NEUTRAL_LEVERS: Mapping[str, float] = MappingProxyType(
    {
        "clearance_effort": 1.0,
        "operator_promotion": 1.0,
        "statutory_days": 1.0,
        "licensing_staff": 1.0,
        "rework": 1.0,
        "one_stop": 0,
        "fast_track_large": 0,
        "fast_track_foreign": 0,
        "fast_track_priority": 0,
        "promotion_domestic": 1.0,
        "promotion_foreign": 1.0,
        "capital_floor": 0.0,
        "wastewater_first": 0,
        "wastewater_funding": 0.0,
        "inspection_intensity": 1.0,
        "appraisal_depth": 1.0,
        "craft_village_programme": 0.0,
        "revocation_months": 0.0,
        "land_price_support": 0.0,
        "tax_free_years": -1.0,
        "tax_half_years": -1.0,
        "demand_index_domestic": 1.0,
        "demand_index_foreign": 1.0,
        "anchor_output": 1.0,
    }
)
