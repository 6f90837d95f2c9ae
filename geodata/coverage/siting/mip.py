"""The one place that talks to the solver, HiGHS: a linear or mixed-integer programme in arrays."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csr_array

from geodata.coverage.siting.problem import Bools, Floats


class Status(StrEnum):
    """What is known about an answer."""

    OPTIMAL = "optimal"
    GAP = "gap"
    INFEASIBLE = "infeasible"
    CANCELLED = "cancelled"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a proof has come: the best choice so far is worth `incumbent`, none beats `bound`."""

    stage: str
    seconds: float
    incumbent: float
    bound: float


# Told of progress; answers whether to go on.
Watch = Callable[[Progress], bool]


@dataclass(frozen=True)
class Programme:
    """Maximise cost·x with low <= matrix·x <= high and lower <= x <= upper."""

    cost: Floats
    matrix: csr_array
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    integer: Bools


@dataclass(frozen=True)
class Solved:
    """The solver's word: no x is worth more than `bound`; `reduced` prices only a linear answer."""

    status: Status
    x: Floats
    value: float
    bound: float
    reduced: Floats = field(default_factory=lambda: np.empty(0))


def relaxed(programme: Programme, *, time_limit_s: float) -> Solved:
    """The linear programme without integrality: a bound, and the price of moving each variable."""
    solver = _loaded(programme, time_limit_s=time_limit_s, whole=False)
    # Covering programmes are far larger than their vertices are complex: interior point wins.
    solver.setOptionValue("solver", "ipm")
    solver.run()
    return _answer(solver, programme, cancelled=False)


def solved(
    programme: Programme,
    *,
    time_limit_s: float,
    start: Floats | None = None,
    stage: str = "",
    watch: Watch | None = None,
) -> Solved:
    """The best x, or the best found within the time with the bound reached."""
    solver = _loaded(programme, time_limit_s=time_limit_s, whole=True)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start.tolist()
        solver.setSolution(known)
    stopped = _watched(solver, stage, watch) if watch else []
    solver.run()
    return _answer(solver, programme, cancelled=bool(stopped))


def _watched(solver: Any, stage: str, watch: Watch) -> list[bool]:
    """Ask `watch` at each report of the solver; the list holds something once it said no."""
    stopped: list[bool] = []

    def on_report(event: Any) -> None:
        out = event.data_out
        seen = Progress(stage, out.running_time, out.mip_primal_bound, out.mip_dual_bound)
        if not stopped and not watch(seen):
            stopped.append(True)

    def on_interrupt(event: Any) -> None:
        if stopped:
            event.interrupt()

    solver.cbMipLogging.subscribe(on_report)
    solver.cbMipInterrupt.subscribe(on_interrupt)
    return stopped


def _loaded(programme: Programme, *, time_limit_s: float, whole: bool) -> Any:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("time_limit", max(time_limit_s, 0.01))
    model = highspy.HighsLp()
    rows, columns = programme.matrix.shape
    model.num_row_, model.num_col_ = rows, columns
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = programme.lower, programme.upper
    model.row_lower_, model.row_upper_ = programme.low, programme.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = programme.matrix.indptr
    model.a_matrix_.index_ = programme.matrix.indices
    model.a_matrix_.value_ = programme.matrix.data
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[one] for one in programme.integer.astype(int)]
    solver.passModel(model)
    return solver


def _answer(solver: Any, programme: Programme, *, cancelled: bool) -> Solved:
    ended, info, solution = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    is_mip = bool(solver.getLp().integrality_)
    x = np.array(solution.col_value) if found else np.zeros(len(programme.cost))
    value = float(info.objective_function_value) if found else -np.inf
    if ended == highspy.HighsModelStatus.kOptimal:
        return Solved(Status.OPTIMAL, x, value, value, np.array(solution.col_dual))
    if ended in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return Solved(Status.INFEASIBLE, x, -np.inf, -np.inf)
    bound = float(info.mip_dual_bound) if is_mip else np.inf
    if not found:
        return Solved(Status.CANCELLED if cancelled else Status.NOTHING, x, -np.inf, bound)
    return Solved(Status.CANCELLED if cancelled else Status.GAP, x, value, bound)
