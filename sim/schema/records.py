"""What is written down each month, per zone, district and for the province.

Stocks are end-of-month values; everything marked "since the start" is a running total, so that the
flow of any period is the difference of two rows.
"""

from typing import Annotated, NamedTuple

from sim.schema.column import Column

C = Column


class ZoneRecord(NamedTuple):
    """One zone at the end of one month."""

    operator: Annotated[int, C("code", "Operator", "Chủ đầu tư hạ tầng", 0, 2)]
    connected: Annotated[float, C("share", "Connections to the fence", "Kết nối", 0.0, 1.0)]
    cleared_gross_ha: Annotated[float, C("ha", "Cleared area (gross)", "Đã giải phóng mặt bằng", 0.0)]
    serviced_ha: Annotated[float, C("ha", "Serviced land", "Đất đã có hạ tầng", 0.0)]
    reserved_ha: Annotated[float, C("ha", "Reserved land", "Đất giữ chỗ", 0.0)]
    leased_ha: Annotated[float, C("ha", "Leased land", "Đất đã cho thuê", 0.0)]
    idle_ha: Annotated[float, C("ha", "Idle land", "Đất bỏ không", 0.0)]
    operating_ha: Annotated[float, C("ha", "Operating land", "Đất đang hoạt động", 0.0)]
    leased_cum_ha: Annotated[float, C("ha", "Land ever leased since the start", "Đất cho thuê lũy kế", 0.0)]
    tenants: Annotated[int, C("1", "Tenants", "Số doanh nghiệp", 0)]
    jobs: Annotated[float, C("persons", "Jobs", "Việc làm", 0.0)]
    price_usd_m2_term: Annotated[float, C("USD/m2/term", "Land price", "Giá thuê đất", 0.0)]
    capacity_m3_day: Annotated[float, C("m3/day", "Wastewater capacity", "Công suất xử lý", 0.0)]
    load_m3_day: Annotated[float, C("m3/day", "Wastewater load", "Lượng nước thải", 0.0)]
    reputation: Annotated[float, C("share", "Reputation", "Uy tín", 0.0, 1.0)]
    capital_bn_vnd: Annotated[float, C("bn VND", "Capital of tenants", "Vốn của doanh nghiệp", 0.0)]
    high_tech_ha: Annotated[float, C("ha", "Land of electronics and high technology", "Đất điện tử và công nghệ cao", 0.0)]
    unfinished_bn_vnd: Annotated[float, C("bn VND", "Money sunk in unfinished tranches", "Vốn nằm trong công trình dở dang", 0.0)]
    revenue_bn_vnd: Annotated[float, C("bn VND", "Budget revenue since the start", "Thu ngân sách lũy kế", 0.0)]
    tax_forgone_bn_vnd: Annotated[float, C("bn VND", "Tax forgone since the start", "Thuế miễn giảm lũy kế", 0.0)]
    lease_income_bn_vnd: Annotated[float, C("bn VND", "Lease income of state zones since the start", "Thu cho thuê đất lũy kế", 0.0)]
    public_bn_vnd: Annotated[float, C("bn VND", "Public money spent since the start", "Chi ngân sách lũy kế", 0.0)]
    private_bn_vnd: Annotated[float, C("bn VND", "Private money in works since the start", "Vốn tư nhân vào hạ tầng lũy kế", 0.0)]
    waiting: Annotated[int, C("1", "Waiting for land, first choice here", "Đang chờ đất", 0)]
    # the first-choice book, ha-years since the start: waits count a twelfth a month, losses in full
    book_planning_ha: Annotated[float, C("ha", "Lost or waiting: planning date", "Vướng quy hoạch", 0.0)]
    book_no_operator_ha: Annotated[float, C("ha", "Lost or waiting: no operator", "Chưa có chủ đầu tư", 0.0)]
    book_clearance_ha: Annotated[float, C("ha", "Lost or waiting: clearance", "Vướng giải phóng mặt bằng", 0.0)]
    book_works_ha: Annotated[float, C("ha", "Lost or waiting: money for works", "Thiếu vốn hạ tầng", 0.0)]
    book_plant_ha: Annotated[float, C("ha", "Lost or waiting: wastewater plant", "Chờ nhà máy xử lý nước thải", 0.0)]
    book_expansion_ha: Annotated[float, C("ha", "Lost or waiting: expansion rule", "Vướng điều kiện mở rộng", 0.0)]
    book_full_ha: Annotated[float, C("ha", "Lost or waiting: fully built", "Hết đất quy hoạch", 0.0)]
    book_rules_ha: Annotated[float, C("ha", "Lost: sector or capital rules", "Vướng quy định ngành, suất vốn", 0.0)]
    book_wastewater_ha: Annotated[float, C("ha", "Lost: no wastewater capacity", "Thiếu công suất xử lý nước thải", 0.0)]
    book_procedures_ha: Annotated[float, C("ha", "Lost or late: procedures", "Vướng thủ tục", 0.0)]
    wanted_ha: Annotated[float, C("ha", "First choices of newcomers since the start", "Nhu cầu chọn khu lũy kế", 0.0)]


class KindRecord(NamedTuple):
    """All parks or all clusters at the end of one month: sums over zones."""

    serviced_ha: Annotated[float, C("ha", "Serviced land", "Đất đã có hạ tầng", 0.0)]
    reserved_ha: Annotated[float, C("ha", "Reserved land", "Đất giữ chỗ", 0.0)]
    leased_ha: Annotated[float, C("ha", "Leased land", "Đất đã cho thuê", 0.0)]
    idle_ha: Annotated[float, C("ha", "Idle land", "Đất bỏ không", 0.0)]
    operating_ha: Annotated[float, C("ha", "Operating land", "Đất đang hoạt động", 0.0)]
    leased_cum_ha: Annotated[float, C("ha", "Land ever leased since the start", "Đất cho thuê lũy kế", 0.0)]
    tenants: Annotated[int, C("1", "Tenants", "Số doanh nghiệp", 0)]
    jobs: Annotated[float, C("persons", "Jobs", "Việc làm", 0.0)]
    capital_bn_vnd: Annotated[float, C("bn VND", "Capital of tenants", "Vốn của doanh nghiệp", 0.0)]
    high_tech_ha: Annotated[float, C("ha", "Land of electronics and high technology", "Đất điện tử và công nghệ cao", 0.0)]
    load_m3_day: Annotated[float, C("m3/day", "Wastewater load", "Lượng nước thải", 0.0)]
    treated_m3_day: Annotated[float, C("m3/day", "Wastewater within capacity", "Nước thải trong công suất xử lý", 0.0)]
    unfinished_bn_vnd: Annotated[float, C("bn VND", "Money sunk in unfinished tranches", "Vốn nằm trong công trình dở dang", 0.0)]
    revenue_bn_vnd: Annotated[float, C("bn VND", "Budget revenue since the start", "Thu ngân sách lũy kế", 0.0)]
    tax_forgone_bn_vnd: Annotated[float, C("bn VND", "Tax forgone since the start", "Thuế miễn giảm lũy kế", 0.0)]
    lease_income_bn_vnd: Annotated[float, C("bn VND", "Lease income of state zones since the start", "Thu cho thuê đất lũy kế", 0.0)]
    public_bn_vnd: Annotated[float, C("bn VND", "Public money spent since the start", "Chi ngân sách lũy kế", 0.0)]
    private_bn_vnd: Annotated[float, C("bn VND", "Private money in works since the start", "Vốn tư nhân vào hạ tầng lũy kế", 0.0)]


class ProvinceRecord(NamedTuple):
    """The province at the end of one month."""

    candidates: Annotated[int, C("1", "Candidates since the start", "Nhà đầu tư tìm hiểu lũy kế", 0)]
    looking: Annotated[int, C("1", "Between two looks", "Đang tìm lại", 0)]
    waiting: Annotated[int, C("1", "Waiting for land", "Đang chờ đất", 0)]
    in_procedure: Annotated[int, C("1", "In procedure", "Đang làm thủ tục", 0)]
    building: Annotated[int, C("1", "Handed over or building", "Đang xây dựng", 0)]
    stalled: Annotated[int, C("1", "Stalled", "Đình trệ", 0)]
    operating: Annotated[int, C("1", "Operating (new projects)", "Đang hoạt động (dự án mới)", 0)]
    gone_neighbours: Annotated[int, C("1", "Gone: neighbours", "Sang tỉnh khác", 0)]
    gone_no_land: Annotated[int, C("1", "Gone: no land", "Không có đất", 0)]
    gone_refused_sector: Annotated[int, C("1", "Gone: refused sector", "Ngành không tiếp nhận", 0)]
    gone_capital_floor: Annotated[int, C("1", "Gone: capital floor", "Dưới suất vốn tối thiểu", 0)]
    gone_wastewater: Annotated[int, C("1", "Gone: wastewater", "Thiếu xử lý nước thải", 0)]
    gone_procedures: Annotated[int, C("1", "Gone: procedures", "Bỏ vì thủ tục", 0)]
    gone_appraisal: Annotated[int, C("1", "Gone: appraisal", "Bị từ chối thẩm định", 0)]
    gone_abandoned: Annotated[int, C("1", "Gone: abandoned", "Bỏ dự án", 0)]
    gone_revoked: Annotated[int, C("1", "Gone: revoked", "Bị thu hồi", 0)]
    gone_closed: Annotated[int, C("1", "Gone: closed (new projects)", "Đóng cửa (dự án mới)", 0)]
    sitting_closed: Annotated[int, C("1", "Closed: tenants of the start", "Đóng cửa (doanh nghiệp cũ)", 0)]
    approvals: Annotated[int, C("1", "Licences since the start", "Giấy phép lũy kế", 0)]
    approvals_parks: Annotated[int, C("1", "Licences in parks since the start", "Giấy phép KCN lũy kế", 0)]
    waited_months: Annotated[float, C("months", "Procedure time of all licences since the start", "Tổng thời gian thủ tục", 0.0)]
    land_wait_months: Annotated[float, C("months", "Months waited for land since the start", "Tổng tháng chờ đất", 0.0)]
    queue_parks: Annotated[int, C("1", "Dossiers in procedure, parks", "Hồ sơ KCN đang xử lý", 0)]
    queue_clusters: Annotated[int, C("1", "Dossiers in procedure, clusters", "Hồ sơ CCN đang xử lý", 0)]
    lived_parks_months: Annotated[float, C("months", "Lived procedure time, parks", "Thời gian thủ tục KCN", 0.0)]
    lived_clusters_months: Annotated[float, C("months", "Lived procedure time, clusters", "Thời gian thủ tục CCN", 0.0)]
    funding_bn_vnd: Annotated[float, C("bn VND", "Funding received since the start", "Vốn nhận lũy kế", 0.0)]
    held_bn_vnd: Annotated[float, C("bn VND", "Public money held in compensation accounts", "Vốn ngân sách trong tài khoản bồi thường", 0.0)]
    carried_bn_vnd: Annotated[float, C("bn VND", "Carried", "Chuyển tháng sau", 0.0)]
    unspent_bn_vnd: Annotated[float, C("bn VND", "Unspent since the start", "Không giải ngân lũy kế", 0.0)]
    asked_bn_vnd: Annotated[float, C("bn VND/month", "Asked this month", "Vốn xin trong tháng", 0.0)]
    given_bn_vnd: Annotated[float, C("bn VND/month", "Given this month", "Vốn cấp trong tháng", 0.0)]
    clearance_bn_vnd: Annotated[float, C("bn VND", "Public compensation since the start", "Chi bồi thường lũy kế", 0.0)]
    connection_bn_vnd: Annotated[float, C("bn VND", "Connections since the start", "Chi kết nối lũy kế", 0.0)]
    works_bn_vnd: Annotated[float, C("bn VND", "Public works since the start", "Chi hạ tầng lũy kế", 0.0)]
    plant_bn_vnd: Annotated[float, C("bn VND", "Public plants since the start", "Chi nhà máy xử lý nước thải lũy kế", 0.0)]
    cofinance_bn_vnd: Annotated[float, C("bn VND", "Co-finance since the start", "Chi hỗ trợ hạ tầng lũy kế", 0.0)]
    support_bn_vnd: Annotated[float, C("bn VND", "Price support since the start", "Chi hỗ trợ giá đất lũy kế", 0.0)]
    land_rent_bn_vnd: Annotated[float, C("bn VND", "Land rent since the start", "Tiền thuê đất lũy kế", 0.0)]
    anchor_revenue_bn_vnd: Annotated[float, C("bn VND", "Revenue of anchor plants since the start", "Thu từ nhà máy chủ lực lũy kế", 0.0)]
    anchor_duties_bn_vnd: Annotated[float, C("bn VND", "of which import duties", "trong đó thuế nhập khẩu", 0.0)]
    incidents: Annotated[int, C("1", "Wastewater incidents since the start", "Sự cố nước thải lũy kế", 0)]
    inspections: Annotated[int, C("1", "Fines since the start", "Số lần xử phạt lũy kế", 0)]
    demand_cycle: Annotated[float, C("log units", "Demand cycle", "Chu kỳ nhu cầu")]


class DistrictRecord(NamedTuple):
    """One district at the end of one month."""

    leased_ha: Annotated[float, C("ha", "Leased land", "Đất đã cho thuê", 0.0)]
    jobs: Annotated[float, C("persons", "Jobs", "Việc làm", 0.0)]
    wage: Annotated[float, C("1", "Wage", "Tiền lương", 0.0)]
    capital_bn_vnd: Annotated[float, C("bn VND", "Capital of tenants", "Vốn của doanh nghiệp", 0.0)]


class Event(NamedTuple):
    """One row of the optional event log."""

    month: Annotated[int, C("month", "Month", "Tháng", 0)]
    investor: Annotated[int, C("row", "Investor (-1: none)", "Nhà đầu tư", -1)]
    zone: Annotated[int, C("row", "Zone (-1: none)", "Khu", -1)]
    event: Annotated[int, C("code", "Event", "Sự kiện", 0)]
    detail: Annotated[int, C("code", "Reason or count", "Chi tiết", 0)]
