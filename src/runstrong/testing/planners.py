"""The contract of a planner: runners by the thousand, the laws of all planners, and the smallest runner that fails."""

from __future__ import annotations

import base64
import json
import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from runstrong.codec import to_yaml
from runstrong.model.catalog import Catalog
from runstrong.model.errors import RunstrongError, nearest
from runstrong.model.rules import RuleSet
from runstrong.model.runner import Runner
from runstrong.model.running import RunningWeek
from runstrong.model.value import Record, evolve, record
from runstrong.planner import Planner
from runstrong.rules import load_rules
from runstrong.testing.breaches import Breach, PlannerLaw
from runstrong.testing.people import MONDAY, PlanRequest, a_request
from runstrong.testing.planner_laws import PLANNER_LAWS
from runstrong.testing.trials import Trial, named

__all__ = ["Checked", "breaches_of", "check_planner"]

HASH_SEEDS = ("1", "4711")
_MOST_LOOKS = 2000
"""Requests tried on the way to the smallest; a bound for planners that fail by chance."""


@record
class Checked(Record):
    """How much a planner was held to.

    Args:
        requests: put to it.
        plans: that it gave.
        infeasible: requests that it found infeasible.
        weeks: of the plans.
        sessions: of the plans.
        replanned: plans followed and planned again.
    """

    requests: int
    plans: int
    infeasible: int
    weeks: int
    sessions: int
    replanned: int


def check_planner(
    planner: Planner,
    *,
    runners: int = 200,
    seed: int | None = 0,
    laws: Iterable[PlannerLaw | str] = PLANNER_LAWS,
    replan: bool = True,
    hash_seeds: bool = False,
    requests: Iterable[PlanRequest] = (),
    most_weeks: int = 52,
    rules: RuleSet | None = None,
    catalog: Catalog | None = None,
) -> Checked:
    """Hold a planner to the laws that every planner keeps, and report the smallest runner that breaks one.

    Runners are drawn over all that planners meet (see `runstrong.testing.strategies.planner_runners`), plans are mostly
    one to six weeks long, now and then twelve or 52. Laws that plan anew take turns where several are held.

    Args:
        planner: to hold.
        runners: how many to draw.
        seed: the same runners for the same number; None for others each time.
        laws: to hold, or their ids.
        replan: whether it can plan again; without it the laws about that are left out.
        hash_seeds: whether it is asked in fresh processes under other hash seeds too; it must be importable there.
        requests: of your own, held before those that are drawn, each to all laws.
        most_weeks: the longest plan to ask for.
        rules: rule set to plan and judge with; the packaged one by default.
        catalog: where exercises are looked up; the packaged one by default.

    Returns:
        How much was held: a planner that finds everything infeasible passes many laws, so look at it.

    Raises:
        AssertionError: a law is broken. It names the law, the places, and the smallest runner found.

    Example:
        >>> from runstrong.planner import StandardPlanner
        >>> check_planner(StandardPlanner(), runners=3, most_weeks=2).requests
        3
    """
    held = [law for law in map(_law, laws) if replan or not law.replans]
    base = rules if rules is not None else load_rules()
    tally = dict.fromkeys(attrs.fields_dict(Checked), 0)
    sample: list[Trial] = []
    for request, chosen in _asked(held, runners, seed, requests, most_weeks):
        trial = Trial(planner, request, base, catalog)
        for law in chosen:
            if breaches_of(law, trial):
                raise AssertionError(_report(law, *_smallest(law, trial, base, catalog)))
        tally["requests"] += 1
        tally["infeasible"] += trial.infeasible is not None
        tally["plans"] += trial.plan is not None
        tally["weeks"] += len(trial.weeks)
        tally["sessions"] += len(trial.sessions)
        tally["replanned"] += "again" in vars(trial)
        if trial.plan is not None and request.weeks <= 6 and len(sample) < 25:
            sample.append(trial)
    if hash_seeds:
        _held_under_hash_seeds(planner, sample, base)
    return Checked(**tally)


def breaches_of(law: PlannerLaw, trial: Trial) -> tuple[Breach, ...]:
    """Return where a law does not hold; what a planner raises on the way is a breach too.

    Example:
        >>> import datetime as dt
        >>> from runstrong.planner import StandardPlanner
        >>> asked = PlanRequest(Runner(name="Ada", running=RunningWeek()), dt.date(2027, 1, 4), weeks=2)
        >>> trial = Trial(StandardPlanner(), asked, load_rules())
        >>> [law.id for law in PLANNER_LAWS if breaches_of(law, trial)]
        []
    """
    try:
        return tuple(law.breaches(trial))
    except Exception as error:  # noqa: BLE001  whatever a planner raises is told with its runner
        expected = "a plan, planned again" if law.replans else "a plan"
        return (Breach("planner", expected, f"{type(error).__name__}: {error}"),)


def _law(given: PlannerLaw | str) -> PlannerLaw:
    if isinstance(given, PlannerLaw):
        return given
    known = {law.id: law for law in PLANNER_LAWS}
    if given not in known:
        near = nearest(given, known)
        raise ValueError(f"no law {given!r}; {f'did you mean {near!r}?' if near else 'known: ' + ', '.join(known)}")
    return known[given]


def _asked(
    held: Sequence[PlannerLaw], runners: int, seed: int | None, own: Iterable[PlanRequest], most_weeks: int
) -> Iterator[tuple[PlanRequest, Sequence[PlannerLaw]]]:
    """Yield each request with the laws that it is held to."""
    for request in own:
        yield request, held
    groups = list(dict.fromkeys(law.turn for law in held if law.turn))
    source = random.Random(seed)  # noqa: S311  it draws runners, not secrets
    for _ in range(runners):
        request = a_request(source.choice, most_weeks)
        turn = groups[request.turn % len(groups)] if groups else ""
        yield request, [law for law in held if law.turn in ("", turn)]


# -- the smallest ---------------------------------------------------------------------------------------------------


def _smallest(
    law: PlannerLaw, trial: Trial, rules: RuleSet, catalog: Catalog | None
) -> tuple[PlanRequest, tuple[Breach, ...]]:
    """Make a request smaller, one field after the other, as long as it breaks the law."""
    request, found = trial.request, breaches_of(law, trial)
    looks, before = 0, None
    while request != before:
        before = request
        for name in (*_ASKED, *(a.name for a in attrs.fields(Runner))):
            candidates = _smaller(request, name)
            while (smaller := next(candidates, None)) is not None and looks < _MOST_LOOKS:
                looks += 1
                breaches = breaches_of(law, Trial(trial.planner, smaller, rules, catalog))
                if breaches:
                    request, found = smaller, breaches
                    candidates = _smaller(request, name)
    return request, found


_ASKED = ("weeks", "start", "day", "habits")
_PLAIN = Runner(name="Ada", running=RunningWeek())


def _smaller(request: PlanRequest, name: str) -> Iterator[PlanRequest]:
    """Yield requests that say less in one field, far less first."""
    runner = request.runner
    if name == "weeks":
        for weeks in dict.fromkeys((1, request.weeks // 2, request.weeks - 1)):
            if 0 < weeks < request.weeks:
                yield evolve(request, weeks=weeks)
    elif name == "start":
        for start in (MONDAY, runner.week_of(request.start)):
            if start < request.start:
                yield evolve(request, start=start)
    elif name == "day":
        for day in dict.fromkeys((0, request.day // 2, request.day - 1)):
            if 0 <= day < request.day:
                yield evolve(request, day=day)
    elif name == "habits":
        if len(request.habits) > 1:
            yield from (evolve(request, habits=(habit,)) for habit in request.habits)
    else:
        for less in _less(getattr(runner, name), getattr(_PLAIN, name)):
            try:
                yield evolve(request, runner=evolve(runner, **{name: less}))
            except RunstrongError:
                continue  # what is left does not go together, such as a place without its kit


def _less(got: Any, plain: Any) -> Iterator[Any]:
    """Yield values that say less: what stands when nothing is given, without one entry, with one plainer entry."""
    if got == plain:
        return
    yield plain
    if isinstance(got, tuple):
        yield from _fewer(got)
    elif isinstance(got, Record):
        yield from _plainer(got)


def _plainer(got: Record) -> Iterator[Record]:
    for a in attrs.fields(type(got)):
        if a.default is attrs.NOTHING:
            continue
        for less in _less(getattr(got, a.name), a.default):
            try:
                yield evolve(got, **{a.name: less})
            except RunstrongError:
                continue


def _fewer(entries: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for place in range(len(entries)):
        yield (*entries[:place], *entries[place + 1 :])
    for place, entry in enumerate(entries):
        for plainer in _plainer(entry) if isinstance(entry, Record) else ():
            yield (*entries[:place], plainer, *entries[place + 1 :])


# -- telling --------------------------------------------------------------------------------------------------------

_MOST_TOLD = 5


def _report(law: PlannerLaw, request: PlanRequest, found: Sequence[Breach]) -> str:
    told = "\n".join(map(str, found[:_MOST_TOLD]))
    if len(found) > _MOST_TOLD:
        told += f"\nand {len(found) - _MOST_TOLD} more"
    return f"a planner's law is broken: {law.statement} ({law.id})\n\n{told}\n\n{_shown(request, law)}"


def _shown(request: PlanRequest, law: PlannerLaw | None = None) -> str:
    weeks = "1 week" if request.weeks == 1 else f"{request.weeks} weeks"
    asked = f"asked for {weeks} from {named(request.start)}"
    if law is not None and law.replans:
        habits = ", ".join(request.habits)
        asked += f"; planned again on day {request.day}, counted from 0, after sessions in turn {habits}; the log "
        asked += "vouches for being whole" if request.vouched else "does not vouch for being whole"
    return f"{asked}, for the smallest runner found:\n{to_yaml(request.runner)}"


# -- other hash seeds -----------------------------------------------------------------------------------------------

_FRESH = """
import base64, hashlib, json, pickle, sys
from runstrong.codec import dumps
asked = json.load(sys.stdin)
planner, requests, rules = pickle.loads(base64.b64decode(asked))
digests = []
for request in requests:
    made = planner.plan(request.runner, request.start, request.weeks, rules=rules)
    digests.append(hashlib.sha256(dumps(made).encode()).hexdigest())
json.dump(digests, sys.stdout)
"""


def _held_under_hash_seeds(planner: Planner, sample: Sequence[Trial], rules: RuleSet) -> None:
    """Ask again in fresh processes whose sets have another order."""
    try:
        packed = pickle.dumps((planner, [trial.request for trial in sample], rules))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ValueError(
            f"hash_seeds=True needs a planner that a fresh process can import: {error}; "
            "define its class at the top of a module"
        ) from error
    written: dict[str, list[str]] = {}
    for seed in HASH_SEEDS:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(  # noqa: S603  our own interpreter and program
            [sys.executable, "-c", _FRESH],
            input=json.dumps(base64.b64encode(packed).decode()),
            capture_output=True,
            text=True,
            env=environment,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"a fresh process under PYTHONHASHSEED={seed} could not plan:\n{done.stderr}")
        written[seed] = json.loads(done.stdout)
    differing = [
        trial.request for trial, *digests in zip(sample, *written.values(), strict=True) if len(set(digests)) > 1
    ]
    if differing:
        smallest = min(differing, key=lambda each: len(to_yaml(each.runner)))
        raise AssertionError(
            "a planner's law is broken: The same request gives the same plan under any hash seed (hash-seeds)\n\n"
            f"PYTHONHASHSEED {' and '.join(HASH_SEEDS)}: other plans for {len(differing)} of {len(sample)} requests\n\n"
            f"{_shown(smallest)}"
        )
