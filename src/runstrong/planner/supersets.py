"""The order of a session's main work, and which of its exercises alternate.

Power comes first, while the legs are fresh; then the two-leg lifts, single-leg work, calf, hip and foot, upper body
and trunk. Exercises that do not tire each other may alternate as a superset, so that the rest of one is the work of
the other; the heavier one leads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from runstrong.model.exercise import Exercise
from runstrong.model.prescription import BodyWeight, Prescription
from runstrong.model.runner import Kit
from runstrong.model.timeline import Definitions, is_heavy
from runstrong.model.value import evolve
from runstrong.model.words import Equipment, ExerciseKind, Pattern, Place, Region, Sides

__all__ = ["Supersets", "may_alternate", "place_in_session"]

POWER, TWO_LEGS, SINGLE_LEG, CALF, HIP_AND_FOOT, UPPER_BODY, TRUNK = range(7)

_LIFTS = (Pattern.SQUAT, Pattern.HINGE)
_LEG_WORK = {
    *_LIFTS, Pattern.LUNGE, Pattern.STEP, Pattern.BRIDGE, Pattern.KNEE_FLEXION, Pattern.KNEE_EXTENSION,
    Pattern.HIP_EXTENSION, Pattern.GET_UP,
}  # fmt: skip
_FOOT_REGIONS = {Region.CALF, Region.FOOT, Region.ANKLE, Region.SHIN}

_PARTNERS: dict[int, tuple[int, ...]] = {
    # Best first. Trunk work never stands between sets of a lift that the trunk has to carry.
    TWO_LEGS: (UPPER_BODY, CALF, HIP_AND_FOOT),
    SINGLE_LEG: (UPPER_BODY, TRUNK, CALF, HIP_AND_FOOT),
    CALF: (TRUNK, UPPER_BODY, HIP_AND_FOOT),
    HIP_AND_FOOT: (TRUNK, UPPER_BODY),
    UPPER_BODY: (TRUNK,),
}

_LEAST_REST = 15.0
"""Seconds; with less there would be nothing but changes to and fro."""
_SHARED = {
    Equipment.WALL, Equipment.CHAIR, Equipment.STEP, Equipment.TOWEL, Equipment.MAT, Equipment.CLOCK,
    Equipment.FOOT_HOLD, Equipment.BOX, Equipment.WEIGHT_BENCH,
}  # fmt: skip
"""Pieces that two exercises can take turns on without setting anything up anew."""


def place_in_session(exercise: Exercise) -> int:
    """Return where in a session's main part an exercise stands, from 0 for power to 6 for the trunk.

    Example:
        >>> from runstrong.catalog import load_catalog
        >>> known = load_catalog().exercises
        >>> [place_in_session(known[id]) for id in ("pogo-hop", "goblet-squat", "step-down", "calf-raise", "plank")]
        [0, 1, 2, 3, 6]
    """
    if exercise.kind is ExerciseKind.PLYOMETRIC:
        return POWER
    if exercise.pattern not in _LEG_WORK and Region.TRUNK in exercise.regions:
        return TRUNK
    if exercise.lower_body:
        if exercise.pattern in _LIFTS and exercise.sides is Sides.BILATERAL:
            return TWO_LEGS
        if exercise.pattern in _LEG_WORK:
            return SINGLE_LEG
        return CALF if exercise.pattern is Pattern.ANKLE_PLANTARFLEXION else HIP_AND_FOOT
    return UPPER_BODY if Region.UPPER_BODY in exercise.regions else TRUNK


def _loaded(asked: Prescription) -> bool:
    return not isinstance(asked.load, BodyWeight)


def _implements(asked: Prescription, exercise: Exercise, kit: Kit) -> tuple[set[Equipment], set[Equipment]]:
    """Return what an exercise holds on to while it is done, and what may carry its load instead."""
    fixed = set(exercise.equipment) - _SHARED
    loads = set(exercise.loaded_by) & kit.owned if _loaded(asked) else set()
    if not exercise.lower_body and len(loads) > 1:
        # A backpack is worn while the legs work; the arms take what has a handle.
        loads.discard(Equipment.BACKPACK)
    return (fixed - loads, loads) if loads else (fixed, set())


def may_alternate(one: Prescription, other: Prescription, exercises: Mapping[str, Exercise], kit: Kit) -> bool:
    """Whether two exercises of a session can alternate: neither tires or delays the other.

    They share no primary tissue, neither is a jump, two loaded leg lifts or two exercises of calf, ankle and foot do
    not meet, what carries a loaded lift is left fresh, and each has implements of its own.

    Args:
        one: with its load.
        other: with its load.
        exercises: where they are looked up, by id.
        kit: that stands ready.
    """
    first, second = exercises[one.exercise], exercises[other.exercise]
    places = sorted((place_in_session(first), place_in_session(second)))
    if POWER in places or max(one.sets, other.sets) < 2:
        return False
    if any(each.rest is None or each.rest.seconds < _LEAST_REST for each in (one, other)):
        return False  # there is no rest to share
    if places[1] <= SINGLE_LEG or places[1] not in _PARTNERS.get(places[0], ()):
        return False
    if not set(first.primary).isdisjoint(second.primary):
        return False
    if _FOOT_REGIONS.intersection(first.regions) and _FOOT_REGIONS.intersection(second.regions):
        return False
    for lift, asked, partner in ((first, one, second), (second, other, first)):
        carries = place_in_session(lift) <= SINGLE_LEG and _loaded(asked)
        if carries and not set(lift.secondary).isdisjoint(partner.primary):
            return False
    return _apart(_implements(one, first, kit), _implements(other, second, kit))


def _apart(one: tuple[set[Equipment], set[Equipment]], other: tuple[set[Equipment], set[Equipment]]) -> bool:
    """Whether two exercises find an implement each; weights of one kind may be a single set of plates."""
    fixed, loads = one
    held, carried = other
    if fixed & held:
        return False
    mine, theirs = loads - held, carried - fixed
    if (loads and not mine) or (carried and not theirs):
        return False
    return not (mine and theirs) or len(mine | theirs) > 1


class Supersets:
    """Orders main work and pairs what may alternate; what it has found out about two prescriptions it keeps.

    Args:
        exercises: where they are looked up, by id.
        words: what is heavy.
    """

    def __init__(self, exercises: Mapping[str, Exercise], words: Definitions) -> None:
        self.exercises, self.words = exercises, words
        self._keys: dict[int, tuple[Prescription, tuple[int, bool, bool]]] = {}
        """By identity; the prescription is kept so that its identity stays its own."""
        self._pairs: dict[tuple[int, int, Place], bool] = {}

    def _key(self, asked: Prescription) -> tuple[int, bool, bool]:
        """Return kind of work, whether it is not heavy and whether it is not loaded: the order within a session."""
        known = self._keys.get(id(asked))
        if known is None:
            exercise = self.exercises[asked.exercise]
            key = (
                place_in_session(exercise), not is_heavy(exercise, asked.load, asked.rir, self.words),
                not _loaded(asked),
            )  # fmt: skip
            known = self._keys[id(asked)] = (asked, key)
        return known[1]

    def _may(self, one: Prescription, other: Prescription, kit: Kit) -> bool:
        key = (id(one), id(other), kit.place)
        found = self._pairs.get(key)
        if found is None:
            found = self._pairs[key] = may_alternate(one, other, self.exercises, kit)
        return found

    def paired(self, main: Sequence[Prescription], kit: Kit, *, all_of_it: bool) -> tuple[tuple[int, ...], ...]:
        """Return the order of a session's main work, as places in `main`, with those that alternate together.

        Args:
            main: prescriptions in order of importance; among equals the earlier one stands first.
            kit: that stands ready.
            all_of_it: whether heavy leg work may alternate too, as it has to where minutes are short; else it keeps
                its full rest to itself.
        """
        keys = [self._key(each) for each in main]
        left = sorted(range(len(main)), key=lambda place: (keys[place], place))
        blocks: list[tuple[int, ...]] = []
        while left:
            lead = left.pop(0)
            kind, not_heavy, _ = keys[lead]
            partner = None
            for wanted in _PARTNERS.get(kind, ()) if all_of_it or not_heavy else ():
                for each in left:
                    if keys[each][0] == wanted and self._may(main[lead], main[each], kit):
                        partner = each
                        break
                if partner is not None:
                    break
            if partner is None:
                blocks.append((lead,))
            else:
                left.remove(partner)
                blocks.append((lead, partner))
        return tuple(blocks)

    def lettered(self, main: Sequence[Prescription], kit: Kit, *, all_of_it: bool) -> tuple[Prescription, ...]:
        """Return a session's main work in order, with a letter on those that alternate; see `paired`."""
        made: list[Prescription] = []
        letters = iter("abcdefghijklmnopqrstuvwxyz")
        for block in self.paired(main, kit, all_of_it=all_of_it):
            letter = next(letters) if len(block) > 1 else None
            for place in block:
                asked = main[place]
                made.append(asked if asked.superset == letter else evolve(asked, superset=letter))
        return tuple(made)
