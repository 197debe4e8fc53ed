"""A small study of the invented province, and designs for it."""

STUDY = """
scenarios = ["baseline", "plan"]
province = "tiny"
replicates = 3
outcomes = ["occupancy", "leased_ha"]
years = [2022]
[label]
en = "Small"
vi = "Nhỏ"
[question]
en = "What matters in a small place?"
vi = "Điều gì quan trọng ở nơi nhỏ?"
[design]
{design}
[factors.candidates_per_year]
range = [5, 40]
[factors.clearance_months]
range = [6, 24]
"""
DESIGNS = {
    "saltelli": 'kind = "saltelli"\npoints = 8',
    "morris": 'kind = "morris"\ntrajectories = 4\nlevels = 4',
    "lhs": 'kind = "lhs"\npoints = 24',
}
