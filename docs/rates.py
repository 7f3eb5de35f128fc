"""How often each rule speaks on sensible training: counts, and the page that shows them.

``python docs/rates.py`` counts anew and writes docs/rates.yaml; a test holds the file to the code.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runstrong.model.rules import Rule

FILE = Path(__file__).parent / "rates.yaml"
HISTORIES = range(500)
PLANS = range(1, 400, 2)
_HEAD = "# Written by `python docs/rates.py`; the tests hold it to the code. Counts, never typed in by hand.\n"
_ABOUT = """\
# Rates

Rules ought to be quiet when training is right. {histories} training histories are drawn, each from a seed: runners of
18 to 75 years with three to seven runs a week, 12 to 40 weeks in which the load grows gently, with lighter weeks,
races, colds, holidays, short nights, niggles that settle and missed sessions. Half of the runners coach themselves,
the others follow a plan of the built-in planner with the noise of a real season. All rules judge them, those with
them that are off unless asked for.

What holds, as a test: on none of the {histories} a rule gives a warning or a danger, and no rule gives advice, or
more, to more than half of the runners. A rule that did so would be wrong, or belong at info.

What the numbers say: how often you would hear from a rule if you trained sensibly. What they do not say: anything
about injuries. The runners are made up, from conventions of coaching practice; nobody was followed, nobody was hurt,
and a rule that speaks rarely is not for that reason right. Advice on one history in five is a look worth taking, not
an error in the training. Where such a history turned out not to be sensible, the history was put right; where a rule
misfired, the rule was.

A runner counts once for each rule, by the gravest that it said. "Could not judge" counts runners to whom a rule had
nothing to say and for at least one place said that it could not judge it.

To count anew: `python docs/rates.py` writes `docs/rates.yaml`. To see one runner:
`runstrong.testing.histories.sensible_history(seed)`.
"""


def main() -> None:
    """Count over all seeds and write the file."""
    from runstrong.testing.rates import Rates, history_audit, plan_audit, span_of

    histories, plans = Rates(), Rates()
    for seed in HISTORIES:
        history, found = history_audit(seed)
        histories.add(found, days=span_of(history))
        if seed in PLANS:
            made, found = plan_audit(seed)
            plans.add(found, days=7 * len(made.weeks))
    write(histories.document(), plans.document())
    print(f"wrote {FILE}")


def write(histories: dict[str, Any], plans: dict[str, Any]) -> None:
    """Write the counts."""
    text = yaml.safe_dump({"histories": histories, "plans": plans}, sort_keys=False, default_flow_style=None, width=200)
    FILE.write_text(_HEAD + text, encoding="utf-8")


@functools.cache
def counted() -> dict[str, Any]:
    """Read the counts."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def page(rules: Iterable[Rule]) -> str:
    """Render what the rates mean, and the tables."""
    counts, names = counted(), {rule.id: rule.name for rule in rules}
    histories, plans = counts["histories"], counts["plans"]
    made = [_ABOUT.format(histories=histories["runners"])]
    made.append(f"## Histories\n\n{_size(histories)}\n\n{_table(histories, names)}")
    made.append(
        "## Plans\n\nPlans of the built-in planner for runners of the same kind, audited before a day was trained. "
        f"{_size(plans)}\n\n{_table(plans, names)}"
    )
    return "\n\n".join(made)


def rule_text(code: str) -> str:
    """Render how often one rule speaks, for its page."""
    counts = counted()
    said = []
    for name, what in (("histories", "training histories"), ("plans", "plans of the built-in planner")):
        found = counts[name]
        rule = found["rules"].get(code)
        if rule is None:
            continue
        told = rule["runners"]
        each = ", ".join(f"{severity} on {count}" for severity, count in told.items()) or "nothing"
        said.append(f"On {found['runners']} sensible {what}: {each}.")
    if not said:
        return ""
    return (
        "## How often it speaks\n\n"
        + " ".join(said)
        + " The runners are made up: [what these counts mean](../rates.md)."
    )


def _size(found: dict[str, Any]) -> str:
    return f"{found['runners']} runners, {found['days'] / 365.25:.0f} runner-years."


def _table(found: dict[str, Any], names: dict[str, str]) -> str:
    head = ["rule", "info", "advice", "warning", "danger", "findings per runner-year", "could not judge somewhere"]
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)]
    years = found["days"] / 365.25
    for code, rule in found["rules"].items():
        told = rule["runners"]
        shares = [_share(told.get(severity, 0), found["runners"]) for severity in head[1:5]]
        name = f"[{code}](rules/{code}.md) {names.get(code, '')}"
        often = f"{rule['findings'] / years:.2f}" if rule["findings"] else ""
        lines.append([name, *shares, often, _share(rule["could_not_judge"], found["runners"])])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _share(count: int, runners: int) -> str:
    return f"{count} ({100 * count / runners:.1f} %)" if count else ""


if __name__ == "__main__":
    main()
