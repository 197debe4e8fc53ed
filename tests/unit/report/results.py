"""Small answers that the tests of the report share, and one whose names are hostile."""

from dataclasses import replace
from functools import cache

from experiments import compare
from experiments.report.sections import report_of
from experiments.texts import load_texts

EN, VI = load_texts("en"), load_texts("vi")
HOSTILE = (
    '<script>alert("zonesim")</script>',
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    'a & b\'s "c" </td></table>',
)


@cache
def answer():
    return compare(["baseline", "plan"], province="tiny", replicates=12)


@cache
def report(language):
    return report_of(answer(), {"en": EN, "vi": VI}[language])


@cache
def hostile_answer():
    """Return the same answer with names that are tags, formulas and quotes."""
    found = answer()
    setting = found.setting._replace(
        labels_en=HOSTILE[:2],
        labels_vi=HOSTILE[:2],
        descriptions_en=HOSTILE[2:],
        descriptions_vi=HOSTILE[2:],
        province_name_en=HOSTILE[3],
    )
    named = {
        name: {zone: HOSTILE[(place + k) % 4] for place, zone in enumerate(found.places["zone"])}
        for k, name in enumerate(("name_en", "district", "name_vi"))
    }
    tables = {
        key: table.assign(**{name: table["zone"].map(names) for name, names in named.items()})
        for key, table in vars(found).items()
        if key in ("zones", "constraints", "places")
    }
    fates = found.fates.assign(name_en=HOSTILE[0], name_vi=HOSTILE[1])
    levers = found.levers.assign(place_en=HOSTILE[0], value=HOSTILE[1])
    return replace(found, setting=setting, fates=fates, levers=levers, **tables)
