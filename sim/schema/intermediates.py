"""Quantities that rules pass around and that are no column of a table.

Not for columns, levers or parameters, which are in the neighbouring modules. Rules take no other
argument names: a test looks each one up.
"""

from types import MappingProxyType

from sim.schema.column import Column

C = Column

INTERMEDIATES = MappingProxyType({
    # luck
    "normal_draw": C("1", "Standard normal luck", "Số ngẫu nhiên chuẩn"),
    "uniform_draw": C("1", "Uniform luck", "Số ngẫu nhiên đều", 0.0, 1.0),
    # time
    "years": C("years", "Years since the start", "Số năm từ khi bắt đầu", 0.0),
    "year_number": C("1", "Calendar year of the run, 0 the first", "Năm thứ mấy của mô phỏng, năm đầu là 0", 0),
    "duration_days": C("days", "Duration in days", "Thời gian tính bằng ngày", 0.0),
    "duration_months": C("months", "Duration in months", "Thời gian tính bằng tháng", 0.0),
    "age_months": C("months", "Age of a tenant", "Tuổi doanh nghiệp tính bằng tháng", 0.0),
    "age_years": C("years", "Age of a tenant in years", "Tuổi doanh nghiệp tính bằng năm", 0.0),
    "age_over_reference_years": C("years", "Age less the reference age", "Tuổi so với tuổi tham chiếu"),
    # demand and tax
    "demand_index": C("1", "Demand relative to a normal year", "Chỉ số nhu cầu so với năm bình thường", 0.0),
    "promotion": C("1", "Promotion to an origin", "Xúc tiến đầu tư theo xuất xứ", 0.0, 3.0),
    "promotion_factor": C("1", "Effect of promotion on arrivals", "Tác động của xúc tiến đầu tư", 0.0),
    "log_tax_gain": C("log units", "Effect of the tax holiday since the start", "Tác động của ưu đãi thuế"),
    "cars_month": C("cars/month", "Cars of a month", "Số xe trong tháng", 0.0),
    "trend_factor": C("1", "Growth, cycle and tax effect on arrivals", "Tác động của tăng trưởng, chu kỳ và thuế"),
    "free_years": C("years", "Years without profit tax", "Số năm miễn thuế TNDN", 0.0),
    "half_years": C("years", "Years at half the profit tax", "Số năm giảm một nửa thuế TNDN", 0.0),
    "from_age_years": C("years", "Age at which a stretch of life begins", "Tuổi đầu giai đoạn", 0.0),
    "to_age_years": C("years", "Age at which a stretch of life ends", "Tuổi cuối giai đoạn", 0.0),
    "effective_rate": C("share", "Effective profit tax rate", "Thuế suất hiệu dụng", 0.0, 1.0),
    "effective_rate_start": C("share", "Effective profit tax rate in the start year", "Thuế suất hiệu dụng ban đầu", 0.0, 1.0),
    # money for land
    "park_value": C("any", "Value for parks", "Giá trị áp dụng cho KCN"),
    "cluster_value": C("any", "Value for clusters", "Giá trị áp dụng cho CCN"),
    "cost_level": C("1", "Real level of costs, 1 at the start", "Mặt bằng chi phí thực, ban đầu là 1", 0.0),
    "unit_cost_bn_vnd_ha": C("bn VND/gross ha", "Works per ha at the prices of the start", "Suất đầu tư hạ tầng theo giá ban đầu", 0.0),
    "cost_bn_vnd": C("bn VND", "Cost of works, plant or connections", "Chi phí hạ tầng, nhà máy hoặc kết nối", 0.0),
    "spent_bn_vnd": C("bn VND", "Spent so far", "Đã chi", 0.0),
    "done_bn_vnd": C("bn VND", "Built so far", "Khối lượng đã hoàn thành", 0.0),
    "months_at_fastest": C("months", "Time if money and land never lack", "Thời gian nhanh nhất", 1.0),
    "cleared_share": C("share", "Cleared blocks of a tranche", "Tỷ lệ lô đã giải phóng", 0.0, 1.0),
    "uncleared_bn_vnd": C("bn VND", "Compensation of blocks not yet cleared", "Bồi thường của lô chưa giải phóng", 0.0),
    "account_bn_vnd": C("bn VND", "Money in a tranche's account", "Tiền trong tài khoản bồi thường", 0.0),
    "operator_paid_bn_vnd": C("bn VND/month", "Compensation paid in by the operator", "Chủ đầu tư đã nộp bồi thường", 0.0),
    "own_share_bn_vnd": C("bn VND/month", "Set apart for this side", "Vốn dành cho bên này", 0.0),
    "other_asked_bn_vnd": C("bn VND/month", "Asked by the other side", "Vốn bên kia xin", 0.0),
    "other_share_bn_vnd": C("bn VND/month", "Set apart for the other side", "Vốn dành cho bên kia", 0.0),
    "all_cleared": C("0/1", "All blocks cleared", "Đã giải phóng hết mặt bằng", 0, 1),
    "works_finished": C("0/1", "Works complete", "Đã xong hạ tầng", 0, 1),
    "is_park": C("0/1", "The zone is a park", "Là khu công nghiệp", 0, 1),
    # operators
    "occupancy": C("share", "Leased over serviced leasable land", "Tỷ lệ lấp đầy", 0.0, 1.0),
    "value_if_unserviced": C("share", "Value where nothing is serviced", "Giá trị khi chưa có đất hạ tầng", 0.0, 1.0),
    "income_bn_vnd": C("bn VND", "Income of a developer from its land", "Thu từ đất của chủ đầu tư", 0.0),
    "public_part_bn_vnd": C("bn VND", "Public part of a cost", "Phần vốn nhà nước trong chi phí", 0.0),
    "margin": C("1", "Developer's margin over its hurdle", "Biên lợi nhuận vượt ngưỡng"),
    "cost_usd_m2": C("USD/m2", "Compensation and works per m2 of leasable land", "Giá thành đất cho thuê", 0.0),
    "leased_year_ha": C("ha", "Leased in the last twelve months", "Đất cho thuê trong 12 tháng", 0.0),
    "leased_two_years_ha": C("ha", "Leased in the last 24 months", "Đất cho thuê trong 24 tháng", 0.0),
    "tranche_leasable_ha": C("ha", "Leasable land of a tranche", "Đất cho thuê của giai đoạn", 0.0),
    "least_pace_ha_year": C("ha/year", "Least expected leasing", "Tốc độ cho thuê tối thiểu", 0.0),
    "sale_time_years": C("years", "Mean time until land sells", "Thời gian bán đất bình quân", 0.0),
    # choice of a zone
    "gumbel_draw": C("1", "Standard Gumbel luck", "Số ngẫu nhiên Gumbel chuẩn"),
    "has_capacity": C("0/1", "The zone has free wastewater capacity", "Còn công suất xử lý nước thải", 0, 1),
    "is_private": C("0/1", "The operator is private", "Chủ đầu tư hạ tầng là tư nhân", 0, 1),
    "same_origin_tenants": C("1", "Tenants of the same origin", "Số doanh nghiệp cùng xuất xứ", 0),
    "beta_alike": C("utility", "Pull of tenants alike", "Sức hút của doanh nghiệp tương đồng", 0.0),
    "log_alike": C("1", "Log of 1 + tenants of the same sector or origin", "Log số doanh nghiệp cùng ngành hoặc cùng xuất xứ", 0.0),
    "beta_distance": C("utility per ln km", "Weight of a distance", "Trọng số khoảng cách", 0.0),
    "distance_weight": C("share", "Weight of a distance for the sector", "Trọng số khoảng cách theo ngành", 0.0, 1.0),
    "log_km": C("1", "Log of 1 + km", "Log của 1 + khoảng cách (km)", 0.0),
    "announced_months": C("months", "Announced procedure time of a project", "Thời gian thủ tục công bố", 0.0),
    "luck_part": C("utility", "Luck with a zone", "Phần ngẫu nhiên của khu"),
    "taste_part": C("utility", "Taste for the province", "Phần sở thích với tỉnh"),
    "common_part": C("utility", "What all investors of a segment see", "Phần chung của phân khúc"),
    "time_part": C("utility", "Expected procedure time", "Phần thời gian thủ tục"),
    "enforcement_part": C("utility", "Inspection where wastewater overflows", "Phần thanh tra môi trường"),
    "home_part": C("utility", "Home district", "Phần huyện nhà"),
    "median": C("any", "Median of a log-normal value", "Trung vị của đại lượng loga chuẩn", 0.0),
    "sigma": C("log units", "Spread of a log-normal value", "Độ phân tán của đại lượng loga chuẩn", 0.0),
    # licensing
    "dossier_days": C("days", "Statutory days of a dossier in the start year", "Thời hạn luật định của hồ sơ", 0.0),
    "median_hours": C("hours", "Median work of a small dossier", "Giờ công trung vị của hồ sơ nhỏ", 0.0),
    "mean_hours": C("hours", "Mean work of a dossier", "Giờ công bình quân một hồ sơ", 0.0),
    "environment_factor": C("1", "Work factor of an environmental appraisal", "Hệ số giờ công thẩm định môi trường", 0.0),
    "probability": C("share", "Chance that a round is returned", "Xác suất trả lại một vòng", 0.0, 1.0),
    "dossiers_a_year": C("dossiers/year", "Dossiers an office was sized for", "Số hồ sơ thiết kế mỗi năm", 0.0),
    "office_load": C("share", "Load of an office", "Tải của cơ quan cấp phép", 0.0),
    "mean_waited_months": C("months", "Mean procedure time of the month's approvals", "Thời gian thủ tục bình quân trong tháng", 0.0),
    # tenants
    "hazard": C("1/month", "Hazard a month", "Tỷ suất mỗi tháng", 0.0),
    "closing_clock": C("1", "Hazards of closing since the start, of a sector in a zone", "Tổng tỷ suất đóng cửa từ đầu của ngành trong khu", 0.0),
    "opening_factor": C("1", "Factor of the closing hazard for when a tenant opened", "Hệ số đóng cửa theo thời điểm hoạt động", 0.0),
    "luck_sum": C("1", "Sum of hazards at which an event happens", "Tổng tỷ suất khi sự kiện xảy ra", 0.0),
    "longest_months": C("months", "Longer than any run", "Dài hơn mọi lần mô phỏng", 0.0),
    "overflowing": C("0/1", "Load exceeds capacity", "Quá tải nước thải", 0, 1),
    "fined": C("0/1", "Caught and fined this month", "Đang bị xử phạt", 0, 1),
    "ramp_share": C("share", "Output relative to full production", "Sản lượng so với công suất", 0.0, 1.0),
    "payment_bn_vnd": C("bn VND/month", "Payment without a tax holiday", "Nộp ngân sách khi không có ưu đãi", 0.0),
    "land_price_bn_vnd_ha": C("bn VND/ha", "Market price of land", "Giá đất thị trường", 0.0),
    # labour and reputation
    "tightness_now": C("1", "Jobs over labour supply", "Mức căng thẳng lao động", 0.0),
    "base_supply": C("persons", "Labour supply at the wage of the start", "Cung lao động ở mức lương ban đầu", 0.0),
    "events": C("events", "Good or bad events remembered", "Sự kiện được ghi nhớ", 0.0),
    "new_events": C("events", "Good or bad events of the month", "Sự kiện trong tháng", 0.0),
})
