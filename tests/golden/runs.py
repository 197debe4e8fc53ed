"""The runs whose results are kept, and how they are summed up.

`python -m tests.golden.runs "why the numbers moved"` rewrites the kept results and enters the
reason in the changelog; `make golden REASON="..."` calls it.
"""

import hashlib
import sys
import tomllib
from pathlib import Path

from sim.batch import Batch, Case, run_many
from sim.policy import policy_table
from sim.scenario import load_scenario
from sim.world import load_world, world_path

KEPT = Path(__file__).with_name("kept.toml")
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
HEADING = "### Numbers changed\n"
RUNS = {"tiny": ("baseline", "plan"), "ninh_binh": ("baseline", "plan_175")}
REPLICATES = range(3)
SEED = 1


def run(province: str) -> Batch:
    """Run the kept scenarios of a province."""
    world = load_world(world_path(province))
    folder = world_path(province).parent
    cases = [
        Case(name, policy_table(load_scenario(name, folder, world), world))
        for name in RUNS[province]
    ]
    return run_many(world, cases, replicates=REPLICATES, seed=SEED)


def totals(batch: Batch) -> dict[str, dict[str, str]]:
    """Return a few sums a person can judge, and the digest of everything, by scenario."""
    kept = {}
    for c, name in enumerate(batch.cases):
        last = batch.kinds[c, :, -1]
        digest = hashlib.blake2b(digest_size=16)
        for table in (batch.province, batch.kinds, batch.zones, batch.districts):
            digest.update(table[c].tobytes())
        kept[name] = {
            "leased_ha": repr(float(last["leased_ha"].sum())),
            "serviced_ha": repr(float(last["serviced_ha"].sum())),
            "revenue_bn_vnd": repr(float(last["revenue_bn_vnd"].sum())),
            "public_bn_vnd": repr(float(last["public_bn_vnd"].sum())),
            "candidates": repr(int(batch.province[c, :, -1]["candidates"].sum())),
            "digest": digest.hexdigest(),
        }
    return kept


def kept() -> dict[str, dict[str, dict[str, str]]]:
    """Return the kept results by province and scenario."""
    return tomllib.loads(KEPT.read_text(encoding="utf-8"))


def refresh(reason: str) -> None:
    """Rewrite the kept results and enter the reason in the changelog."""
    lines = ["# Kept results; rewritten only by `make golden REASON=...`.\n"]
    for province in RUNS:
        for name, values in totals(run(province)).items():
            lines.append(f"\n[{province}.{name}]\n")
            lines += [f'{key} = "{value}"\n' for key, value in values.items()]
    text = CHANGELOG.read_text(encoding="utf-8")
    if HEADING not in text:
        raise SystemExit(f"{CHANGELOG} has no heading {HEADING.strip()!r}")
    CHANGELOG.write_text(text.replace(HEADING, f"{HEADING}- {reason}\n", 1), encoding="utf-8")
    KEPT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2 or len(sys.argv[1].split()) < 3:
        raise SystemExit('Say why the numbers moved: make golden REASON="..." (three words)')
    refresh(sys.argv[1])
