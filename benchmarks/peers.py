"""The peer's own example, as code that runs in a process of its own or in this one."""

from __future__ import annotations

__all__ = ["STREPROGEN_IMPORT", "STREPROGEN_RENDER"]

STREPROGEN_IMPORT = (
    "import warnings\nwarnings.simplefilter('ignore')\nfrom streprogen import Day, DynamicExercise, Program"
)

# Eight weeks of four lifts on two days, the size of the program that streprogen shows on its first page.
STREPROGEN_RENDER = """
def rendered():
    program = Program("Eight weeks", duration=8)
    first = Day(exercises=[
        DynamicExercise(name="Bench press", start_weight=60, final_weight=70),
        DynamicExercise(name="Squats", start_weight=80, final_weight=90),
    ])
    second = Day(exercises=[
        DynamicExercise(name="Deadlift", start_weight=100, final_weight=112),
        DynamicExercise(name="Rows", start_weight=50, final_weight=56),
    ])
    program.add_days(first, second)
    program.render()
    return program


def render():
    return str(rendered())
"""
