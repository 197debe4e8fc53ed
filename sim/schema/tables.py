"""The state of a run: one table per kind of entity, one line per attribute.

Rows are read and written by the phases of the schedule. A column added here gets its dtype, its
bounds, its agent property and its labels from this line alone.
"""

from typing import Annotated, NamedTuple

from sim.schema.column import Column

C = Column


class Zone(NamedTuple):
    """One industrial park (KCN) or cluster (CCN)."""

    # fixed
    key: Annotated[int, C("id", "Identity for shocks", "Mã nhận dạng", 0)]
    kind: Annotated[int, C("code", "Kind", "Loại hình", 0, 1)]
    district: Annotated[int, C("row", "District", "Huyện", 0)]
    parent: Annotated[int, C("row", "Zone it extends (-1: none)", "Khu gốc (-1: không)", -1)]
    gross_ha: Annotated[float, C("ha", "Planned area", "Diện tích quy hoạch", 0.0)]
    leasable_ha: Annotated[float, C("ha", "Leasable area", "Diện tích cho thuê được", 0.0)]
    permitted_sectors: Annotated[int, C("bits", "Sectors the zone may take", "Ngành được phép", 0)]
    operator_from: Annotated[int, C("month", "Month its known developer comes (-1: none known)", "Tháng chủ đầu tư vào", -1)]
    km_expressway: Annotated[float, C("km", "To the expressway", "Cách cao tốc", 0.0)]
    km_port: Annotated[float, C("km", "To the port", "Cách cảng", 0.0)]
    start_price_usd_m2_term: Annotated[float, C("USD/m2/term", "Land price at the start", "Giá đất ban đầu", 0.0)]
    first_tranche: Annotated[int, C("row", "Its first tranche", "Giai đoạn đầu tiên", 0)]
    tranches: Annotated[int, C("1", "Its tranches", "Số giai đoạn", 0)]
    plant_target_m3_day: Annotated[float, C("m3/day", "Capacity of a plant for the land serviced at the start", "Công suất cần cho đất đã có", 0.0)]
    entry_threshold: Annotated[float, C("1", "Luck of operator entry", "Ngưỡng có chủ đầu tư", 0.0)]
    # operator and works
    operator: Annotated[int, C("code", "Operator", "Chủ đầu tư hạ tầng", 0, 2)]
    operator_month: Annotated[int, C("month", "Month its operator came", "Tháng có chủ đầu tư")]
    entry_sum: Annotated[float, C("1", "Sum of the hazard of operator entry", "Tổng tỷ suất có chủ đầu tư", 0.0)]
    connected: Annotated[float, C("share", "Connections to the fence", "Kết nối ngoài hàng rào", 0.0, 1.0)]
    price_usd_m2_term: Annotated[float, C("USD/m2/term", "Land price", "Giá thuê đất", 0.0)]
    # land account
    cleared_gross_ha: Annotated[float, C("ha", "Cleared area (gross)", "Đã giải phóng mặt bằng", 0.0)]
    serviced_gross_ha: Annotated[float, C("ha", "Serviced area (gross)", "Đã có hạ tầng (quy hoạch)", 0.0)]
    serviced_ha: Annotated[float, C("ha", "Serviced land", "Đất đã có hạ tầng", 0.0)]
    reserved_ha: Annotated[float, C("ha", "Reserved land", "Đất giữ chỗ", 0.0)]
    leased_ha: Annotated[float, C("ha", "Leased land", "Đất đã cho thuê", 0.0)]
    idle_ha: Annotated[float, C("ha", "Idle land", "Đất bỏ không chưa cho thuê lại", 0.0)]
    operating_ha: Annotated[float, C("ha", "Operating land", "Đất đang hoạt động", 0.0)]
    leased_cum_ha: Annotated[float, C("ha", "Land ever leased since the start", "Đất cho thuê lũy kế", 0.0)]
    land_step: Annotated[int, C("code", "What holds its land back", "Khâu vướng về đất", 0, 6)]
    unmet_ha: Annotated[float, C("ha", "Land wanted here and not found", "Nhu cầu đất chưa đáp ứng", 0.0)]
    # what an investor sees, set before anyone looks
    on_offer: Annotated[int, C("0/1", "Has an operator and land serviced or in works", "Đang mời thuê", 0, 1)]
    in_view: Annotated[int, C("0/1", "On offer, or works may start", "Nhà đầu tư có thể xét", 0, 1)]
    overloaded: Annotated[int, C("0/1", "Wastewater load at or above capacity", "Quá tải nước thải", 0, 1)]
    quality: Annotated[float, C("share", "Readiness", "Mức độ sẵn sàng hạ tầng", 0.0, 1.0)]
    quality_connected: Annotated[float, C("share", "Connections for which readiness holds (-1: not set)", "Kết nối ứng với mức độ sẵn sàng", -1.0, 1.0)]
    quality_treated: Annotated[int, C("0/1", "Spare wastewater capacity for which readiness holds", "Năng lực xử lý ứng với mức độ sẵn sàng", 0, 1)]
    log_price: Annotated[float, C("1", "Log of the price over the neighbours' price", "Log giá tương đối")]
    log_price_supported: Annotated[float, C("1", "The same with price support", "Log giá tương đối sau hỗ trợ")]
    log_km_expressway: Annotated[float, C("1", "Log of 1 + km to the expressway", "Log khoảng cách cao tốc", 0.0)]
    log_km_port: Annotated[float, C("1", "Log of 1 + km to the port", "Log khoảng cách cảng", 0.0)]
    # wastewater
    capacity_m3_day: Annotated[float, C("m3/day", "Wastewater capacity", "Công suất xử lý nước thải", 0.0)]
    load_m3_day: Annotated[float, C("m3/day", "Wastewater load", "Lượng nước thải", 0.0)]
    operating_m3_day: Annotated[float, C("m3/day", "Wastewater of tenants in operation", "Nước thải của doanh nghiệp đang hoạt động")]
    committed_m3_day: Annotated[float, C("m3/day", "Wastewater of all tenants and applicants", "Nước thải đã cam kết", 0.0)]
    plant_spent_bn_vnd: Annotated[float, C("bn VND", "Spent on a plant for serviced land", "Đã chi nhà máy xử lý nước thải bổ sung", 0.0)]
    plant_cost_bn_vnd: Annotated[float, C("bn VND", "Cost of a plant for serviced land", "Chi phí nhà máy xử lý nước thải bổ sung", 0.0)]
    caught_until: Annotated[int, C("month", "Caught and fined until", "Bị xử phạt đến tháng")]
    inspection_sum: Annotated[float, C("1", "Sum of the hazard of inspection", "Tổng tỷ suất thanh tra", 0.0)]
    inspection_threshold: Annotated[float, C("1", "Luck of the next inspection", "Ngưỡng thanh tra kế tiếp", 0.0)]
    inspections: Annotated[int, C("1", "Inspections that fined", "Số lần xử phạt", 0)]
    incident_sum: Annotated[float, C("1", "Sum of the hazard of incidents", "Tổng tỷ suất sự cố", 0.0)]
    incident_threshold: Annotated[float, C("1", "Luck of the next incident", "Ngưỡng sự cố kế tiếp", 0.0)]
    incidents: Annotated[int, C("1", "Incidents", "Số sự cố", 0)]
    # people
    tenants: Annotated[int, C("1", "Tenants", "Số doanh nghiệp thuê", 0)]
    operating_tenants: Annotated[int, C("1", "Tenants in operation", "Số doanh nghiệp đang hoạt động", 0)]
    jobs: Annotated[float, C("persons", "Jobs", "Việc làm", 0.0)]
    jobs_level: Annotated[float, C("persons", "Jobs on the lines of its tenants, in month 0", "Việc làm theo đường xu thế, tháng 0")]
    jobs_slope: Annotated[float, C("persons/month", "Jobs more each month", "Việc làm tăng mỗi tháng")]
    waiting: Annotated[int, C("1", "Waiting for land, first choice here", "Đang chờ đất", 0)]
    capital_bn_vnd: Annotated[float, C("bn VND", "Capital of tenants", "Vốn của doanh nghiệp", 0.0)]
    high_tech_ha: Annotated[float, C("ha", "Land of electronics and high technology", "Đất điện tử và công nghệ cao", 0.0)]
    unfinished_bn_vnd: Annotated[float, C("bn VND", "Money sunk in unfinished tranches", "Vốn nằm trong công trình dở dang", 0.0)]
    audit_tenants: Annotated[int, C("1", "Tenants, counted afresh", "Số doanh nghiệp, kiểm lại", 0)]
    audit_leased_ha: Annotated[float, C("ha", "Leased land, added afresh", "Đất đã cho thuê, kiểm lại", 0.0)]
    audit_reserved_ha: Annotated[float, C("ha", "Reserved land, added afresh", "Đất giữ chỗ, kiểm lại", 0.0)]
    audit_idle_ha: Annotated[float, C("ha", "Idle land, added afresh", "Đất bỏ không, kiểm lại", 0.0)]
    # money of the month
    ask_connection_bn_vnd: Annotated[float, C("bn VND/month", "Asked for connections", "Xin vốn kết nối", 0.0)]
    ask_bn_vnd: Annotated[float, C("bn VND/month", "Asked in all", "Tổng vốn xin", 0.0)]
    given_bn_vnd: Annotated[float, C("bn VND/month", "Given in all", "Tổng vốn được cấp", 0.0)]
    remaining_bn_vnd: Annotated[float, C("bn VND", "Public cost still to come", "Vốn ngân sách còn cần", 0.0)]
    # what tenants pay, on straight lines in time
    payment_level_bn_vnd: Annotated[float, C("bn VND/month", "Payment without tax holidays, in month 0", "Nộp ngân sách khi không có ưu đãi, tháng 0")]
    payment_slope_bn_vnd: Annotated[float, C("bn VND/month", "The same, more each month", "Phần tăng mỗi tháng")]
    relief_level_bn_vnd: Annotated[float, C("bn VND/month", "Tax given up, in month 0", "Thuế miễn giảm, tháng 0")]
    relief_slope_bn_vnd: Annotated[float, C("bn VND/month", "The same, more each month", "Phần thuế miễn giảm tăng mỗi tháng")]
    rent_ha: Annotated[float, C("ha", "Land of tenants that pay rent", "Đất trả tiền thuê")]
    # money since the start
    public_clearance_bn_vnd: Annotated[float, C("bn VND", "Public compensation paid", "Chi bồi thường (ngân sách)", 0.0)]
    public_connection_bn_vnd: Annotated[float, C("bn VND", "Public connections paid", "Chi kết nối (ngân sách)", 0.0)]
    public_works_bn_vnd: Annotated[float, C("bn VND", "Public works paid", "Chi hạ tầng (ngân sách)", 0.0)]
    public_plant_bn_vnd: Annotated[float, C("bn VND", "Public plants paid", "Chi nhà máy xử lý nước thải (ngân sách)", 0.0)]
    public_cofinance_bn_vnd: Annotated[float, C("bn VND", "Co-finance paid", "Chi hỗ trợ hạ tầng", 0.0)]
    public_support_bn_vnd: Annotated[float, C("bn VND", "Land price support paid", "Chi hỗ trợ giá đất", 0.0)]
    private_bn_vnd: Annotated[float, C("bn VND", "Private money in works and land", "Vốn tư nhân vào hạ tầng", 0.0)]
    revenue_bn_vnd: Annotated[float, C("bn VND", "Budget revenue since the start", "Thu ngân sách lũy kế", 0.0)]
    land_rent_bn_vnd: Annotated[float, C("bn VND", "of which land rent", "trong đó tiền thuê đất", 0.0)]
    tax_forgone_bn_vnd: Annotated[float, C("bn VND", "Tax forgone since the start", "Thuế miễn giảm lũy kế", 0.0)]
    lease_income_bn_vnd: Annotated[float, C("bn VND", "Lease income of state zones since the start", "Thu cho thuê đất của khu nhà nước", 0.0)]
    # reputation
    good: Annotated[float, C("events", "Good events remembered", "Sự kiện tốt", 0.0)]
    bad: Annotated[float, C("events", "Bad events remembered", "Sự kiện xấu", 0.0)]
    new_good: Annotated[float, C("events", "Good events of the month", "Sự kiện tốt trong tháng", 0.0)]
    new_bad: Annotated[float, C("events", "Bad events of the month", "Sự kiện xấu trong tháng", 0.0)]


class Tranche(NamedTuple):
    """Land cleared, built and opened together."""

    zone: Annotated[int, C("row", "Zone", "Khu", 0)]
    order: Annotated[int, C("1", "Place in its zone", "Thứ tự trong khu", 0)]
    gross_ha: Annotated[float, C("ha", "Gross area", "Diện tích quy hoạch", 0.0)]
    leasable_ha: Annotated[float, C("ha", "Leasable area", "Diện tích cho thuê được", 0.0)]
    stage: Annotated[int, C("code", "Stage", "Trạng thái", 0, 2)]
    first_block: Annotated[int, C("row", "Its first household block", "Lô hộ đầu tiên", 0)]
    blocks: Annotated[int, C("1", "Household blocks", "Số lô hộ", 0)]
    blocks_cleared: Annotated[int, C("1", "Blocks cleared", "Số lô đã giải phóng", 0)]
    start_month: Annotated[int, C("month", "Started", "Khởi động")]
    open_month: Annotated[int, C("month", "Opened", "Đưa vào sử dụng")]
    overrun_normal: Annotated[float, C("1", "Luck of its works cost", "Ngẫu nhiên chi phí")]
    clearance_sum: Annotated[float, C("1", "Sum of the hazard of clearance", "Tổng tỷ suất giải phóng", 0.0)]
    clearance_share: Annotated[float, C("share", "Share of the month's compensation paid in", "Tỷ lệ vốn bồi thường", 0.0)]
    compensation_bn_vnd: Annotated[float, C("bn VND", "Compensation in all", "Tổng bồi thường", 0.0)]
    held_public_bn_vnd: Annotated[float, C("bn VND", "Public money in its account", "Vốn ngân sách trong tài khoản", 0.0)]
    held_private_bn_vnd: Annotated[float, C("bn VND", "Private money in its account", "Vốn tư nhân trong tài khoản", 0.0)]
    owed_bn_vnd: Annotated[float, C("bn VND", "Owed to households", "Còn nợ bồi thường", 0.0)]
    works_cost_bn_vnd: Annotated[float, C("bn VND", "Cost of works", "Chi phí hạ tầng", 0.0)]
    works_done_bn_vnd: Annotated[float, C("bn VND", "Works in place", "Khối lượng hoàn thành", 0.0)]
    works_spent_bn_vnd: Annotated[float, C("bn VND", "Spent on works", "Đã chi hạ tầng", 0.0)]
    idle_months: Annotated[int, C("months", "Months in which work waited for money", "Số tháng không có vốn", 0)]
    plant_cost_bn_vnd: Annotated[float, C("bn VND", "Cost of its plant", "Chi phí nhà máy xử lý nước thải", 0.0)]
    plant_spent_bn_vnd: Annotated[float, C("bn VND", "Spent on its plant", "Đã chi nhà máy xử lý nước thải", 0.0)]
    plant_m3_day: Annotated[float, C("m3/day", "Capacity of its plant", "Công suất nhà máy", 0.0)]
    plant_built: Annotated[int, C("0/1", "Plant built", "Đã có nhà máy", 0, 1)]
    due_bn_vnd: Annotated[float, C("bn VND/month", "Compensation due", "Bồi thường đến hạn", 0.0)]
    plan_works_bn_vnd: Annotated[float, C("bn VND/month", "Works that could be done", "Khối lượng có thể làm", 0.0)]
    plan_plant_bn_vnd: Annotated[float, C("bn VND/month", "Plant that could be built", "Nhà máy có thể làm", 0.0)]
    ask_clearance_bn_vnd: Annotated[float, C("bn VND/month", "Asked for compensation", "Xin vốn bồi thường", 0.0)]
    ask_works_bn_vnd: Annotated[float, C("bn VND/month", "Asked for works", "Xin vốn hạ tầng", 0.0)]
    ask_plant_bn_vnd: Annotated[float, C("bn VND/month", "Asked for its plant", "Xin vốn nhà máy", 0.0)]
    ask_cofinance_bn_vnd: Annotated[float, C("bn VND/month", "Asked as co-finance", "Xin vốn hỗ trợ", 0.0)]
    given_clearance_bn_vnd: Annotated[float, C("bn VND/month", "Given for compensation", "Được cấp bồi thường", 0.0)]
    given_works_bn_vnd: Annotated[float, C("bn VND/month", "Given for works", "Được cấp hạ tầng", 0.0)]
    given_plant_bn_vnd: Annotated[float, C("bn VND/month", "Given for its plant", "Được cấp nhà máy", 0.0)]
    given_cofinance_bn_vnd: Annotated[float, C("bn VND/month", "Given as co-finance", "Được cấp hỗ trợ", 0.0)]


class Investor(NamedTuple):
    """A candidate project, later a tenant."""

    # read every month of a life: kept together, because memory is read in lines of eight
    stage: Annotated[int, C("code", "Stage", "Giai đoạn", 0, 8)]
    zone: Annotated[int, C("row", "Zone applied to or held", "Khu", -1)]
    sector: Annotated[int, C("row", "Sector", "Ngành", 0)]
    open_month: Annotated[int, C("month", "Opened", "Đi vào hoạt động")]
    land_ha: Annotated[float, C("ha", "Land", "Diện tích đất", 0.0)]
    workers_ha: Annotated[float, C("persons/ha", "Workers per ha", "Lao động trên ha", 0.0)]
    anchor: Annotated[int, C("0/1", "Anchor plant", "Nhà máy chủ lực", 0, 1)]
    idle_until: Annotated[int, C("month", "Its land returns", "Đất trở lại vào tháng")]
    exit_threshold: Annotated[float, C("1", "Luck of closing", "Ngưỡng đóng cửa", 0.0)]
    expansion_threshold: Annotated[float, C("1", "Luck of the next expansion", "Ngưỡng mở rộng kế tiếp", 0.0)]
    capital_bn_vnd_ha: Annotated[float, C("bn VND/ha", "Capital per ha", "Suất vốn", 0.0)]
    expansion_month: Annotated[int, C("month", "Next wants to expand", "Muốn mở rộng vào tháng", 0)]
    in_ramp: Annotated[int, C("0/1", "Not yet at full output", "Chưa đạt đủ công suất", 0, 1)]
    tax_due_share: Annotated[float, C("share", "Profit tax due under a holiday", "Phần thuế TNDN phải nộp", 0.0, 1.0)]
    first_choice: Annotated[int, C("row", "First-choice zone", "Khu ưa thích nhất", -1)]
    sitting: Annotated[int, C("0/1", "Tenant at the start", "Có mặt từ đầu", 0, 1)]
    gone_month: Annotated[int, C("month", "Gone", "Rời đi", -1)]
    stage_month: Annotated[int, C("month", "Stage entered", "Vào giai đoạn")]
    stage_end: Annotated[int, C("month", "Stage ends", "Hết giai đoạn")]
    applied_time: Annotated[float, C("months", "Applied", "Nộp hồ sơ")]
    work_done_time: Annotated[float, C("months", "Work on its dossier done (-1: not begun)", "Xong xử lý hồ sơ")]
    promised_months: Annotated[float, C("months", "Promised time of its dossier", "Thời gian hứa", 0.0)]
    required_months: Annotated[float, C("months", "Statutory time of its dossier", "Thời gian luật định", 0.0)]
    reason: Annotated[int, C("code", "Reason gone", "Lý do rời đi", 0)]
    next_look: Annotated[int, C("month", "Looks again", "Tìm lại vào tháng")]
    # the rest
    segment: Annotated[int, C("row", "Segment (sector x origin)", "Phân khúc", -1)]
    number: Annotated[int, C("1", "Number in its segment", "Số thứ tự trong phân khúc", 0)]
    shock_segment: Annotated[int, C("id", "Identity of its segment for shocks", "Mã phân khúc", 0)]
    shock_zone: Annotated[int, C("id", "Identity of its zone for shocks (sitting tenants)", "Mã khu", 0)]
    slot: Annotated[int, C("row", "Row of its draws in the cache", "Dòng trong bộ nhớ đệm", -1)]
    origin: Annotated[int, C("code", "Origin", "Xuất xứ", 0, 1)]
    clusters_only: Annotated[int, C("0/1", "Considers clusters only", "Chỉ xét CCN", 0, 1)]
    home_district: Annotated[int, C("row", "Home district", "Huyện nhà", -1)]
    strict: Annotated[int, C("0/1", "Strict environmental standard", "Tiêu chuẩn môi trường cao", 0, 1)]
    arrival_time: Annotated[float, C("months", "Arrival", "Thời điểm đến")]
    obstacle: Annotated[int, C("code", "What kept it from its first choice", "Trở ngại", 0)]
    wait_threshold: Annotated[float, C("1", "Luck of giving up the wait", "Ngưỡng bỏ chờ", 0.0)]
    wait_sum: Annotated[float, C("1", "Sum of the hazard of giving up the wait", "Tổng tỷ suất bỏ chờ", 0.0)]
    wait_months: Annotated[int, C("months", "Waited for land", "Số tháng chờ đất", 0)]
    dossiers: Annotated[int, C("1", "Dossiers so far", "Số hồ sơ đã nộp", 0)]
    hours: Annotated[float, C("hours", "Work of its dossier", "Giờ công hồ sơ", 0.0)]
    rounds: Annotated[int, C("1", "Rounds returned", "Số vòng trả lại", 0)]
    leave_sum: Annotated[float, C("1", "Sum of the hazard of leaving the procedure", "Tổng tỷ suất bỏ thủ tục", 0.0)]
    leave_threshold: Annotated[float, C("1", "Luck of leaving the procedure", "Ngưỡng bỏ thủ tục", 0.0)]
    leaves: Annotated[int, C("1", "Procedures left", "Số lần bỏ thủ tục", 0)]
    waited_months: Annotated[float, C("months", "Procedure took", "Thủ tục đã mất", 0.0)]
    licence_month: Annotated[int, C("month", "Licensed", "Được cấp phép")]
    licence_free_years: Annotated[float, C("years", "Profit tax free, by its licence", "Miễn thuế theo giấy phép", 0.0)]
    licence_half_years: Annotated[float, C("years", "Profit tax half, by its licence", "Giảm thuế theo giấy phép", 0.0)]
    release_sum: Annotated[float, C("1", "Sum of the hazard of giving a stalled project up", "Tổng tỷ suất bỏ dự án", 0.0)]
    expansions: Annotated[int, C("1", "Expansions drawn", "Số lần mở rộng", 0)]


class Office(NamedTuple):
    """A licensing office: the board for parks, the departments for clusters."""

    capacity_hours_month: Annotated[float, C("hours/month", "Capacity in the start year", "Năng lực", 0.0)]
    clock: Annotated[float, C("months", "Work clock", "Đồng hồ công việc")]
    lived_months: Annotated[float, C("months", "Lived procedure time, moving mean", "Thời gian thủ tục thực tế", 0.0)]
    queue: Annotated[int, C("1", "Dossiers in procedure", "Hồ sơ đang xử lý", 0)]


class District(NamedTuple):
    """A district's labour market."""

    population: Annotated[float, C("persons", "Population", "Dân số", 0.0)]
    supply: Annotated[float, C("persons", "Labour supply", "Cung lao động", 0.0)]
    jobs: Annotated[float, C("persons", "Jobs", "Việc làm", 0.0)]
    wage: Annotated[float, C("1", "Wage, 1 at the start", "Tiền lương", 0.0)]
    log_wage: Annotated[float, C("1", "Log of the wage", "Log tiền lương")]


class Province(NamedTuple):
    """The purse, the demand and the counters of a run; one row."""

    investors: Annotated[int, C("1", "Rows in use of the investor table", "Số dòng nhà đầu tư", 0)]
    seekers: Annotated[int, C("1", "Investors in search of land", "Số nhà đầu tư đang tìm đất", 0)]
    settled: Annotated[int, C("1", "Investors that operate or left idle land behind", "Số doanh nghiệp hoạt động hoặc để lại đất trống", 0)]
    operating: Annotated[int, C("1", "In operation, but for tenants of the start", "Số dự án mới đang hoạt động", 0)]
    looking: Annotated[int, C("1", "Investors that look this month", "Số nhà đầu tư tìm đất trong tháng", 0)]
    applied: Annotated[int, C("1", "Applicants", "Số hồ sơ", 0)]
    projects: Annotated[int, C("1", "Projects between licence and operation", "Số dự án đang triển khai", 0)]
    candidates: Annotated[int, C("1", "Candidates that have appeared", "Số nhà đầu tư đã xuất hiện", 0)]
    overflow: Annotated[int, C("0/1", "The investor table was too small", "Tràn bảng", 0, 1)]
    cycle: Annotated[float, C("log units", "Demand cycle", "Chu kỳ nhu cầu")]
    mean_wastewater_m3_ha_day: Annotated[float, C("m3/ha/day", "Mean wastewater per ha", "Nước thải bình quân", 0.0)]
    cluster_factor: Annotated[float, C("1", "Payment factor of clusters", "Hệ số nộp ngân sách CCN", 0.0)]
    revenue_this_year_bn_vnd: Annotated[float, C("bn VND", "Zone revenue this year", "Thu năm nay", 0.0)]
    revenue_last_year_bn_vnd: Annotated[float, C("bn VND", "Zone revenue last year", "Thu năm trước", 0.0)]
    purse_in_bn_vnd: Annotated[float, C("bn VND", "Funding received since the start", "Vốn nhận lũy kế", 0.0)]
    carried_bn_vnd: Annotated[float, C("bn VND", "Carried to next month", "Chuyển tháng sau", 0.0)]
    carried_wastewater_bn_vnd: Annotated[float, C("bn VND", "Carried, wastewater purse", "Chuyển tháng sau, nước thải", 0.0)]
    unspent_bn_vnd: Annotated[float, C("bn VND", "Unspent at year ends since the start", "Không giải ngân lũy kế", 0.0)]
    anchor_revenue_bn_vnd: Annotated[float, C("bn VND", "Revenue of anchor plants since the start", "Thu từ nhà máy chủ lực", 0.0)]
    anchor_duties_bn_vnd: Annotated[float, C("bn VND", "of which import duties", "trong đó thuế nhập khẩu", 0.0)]
    approvals: Annotated[int, C("1", "Approvals since the start", "Số giấy phép lũy kế", 0)]
    approvals_parks: Annotated[int, C("1", "Approvals in parks since the start", "Số giấy phép KCN lũy kế", 0)]
    waited_months_sum: Annotated[float, C("months", "Procedure months of all approvals", "Tổng thời gian thủ tục", 0.0)]
    land_wait_months_sum: Annotated[float, C("months", "Months waited for land, all", "Tổng tháng chờ đất", 0.0)]
    new_projects: Annotated[int, C("1", "Projects opened since the start", "Dự án mới hoạt động", 0)]
