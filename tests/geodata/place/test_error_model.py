import math

import pytest

from geodata.place.error_model import PRIOR, Case, ErrorModel, Step, learn, quantile


def cases(method, scale_m, count=100):
    """As many cases, the farthest as far off as the scale."""
    return [Case(method, scale_m, scale_m * (n + 1) / count) for n in range(count)]


def test_the_error_of_a_step_is_what_nine_in_ten_stay_within():
    model = learn(cases("between", 400.0), {})
    assert model.error_m("between", 300.0) == 370.0


def test_the_error_never_falls_as_the_scale_grows():
    near, far = cases("beyond", 500.0), [Case("beyond", 900.0, 1.0)] * 100
    model = learn([*near, *far], {})
    errors = [step.error_m for step in model.steps if step.method == "beyond"]
    assert errors == sorted(errors)
    assert errors[-1] == 480.0


def test_beyond_the_last_step_a_learned_error_grows_in_proportion():
    model = ErrorModel((Step("between", 1000.0, 300.0, 60),))
    assert model.error_m("between", 2000.0) == 600.0


@pytest.mark.parametrize(
    ("method", "scale_m", "error_m"),
    [("between", 200.0, 100.0), ("between", 800.1, None), ("beyond", 10.0, None)],
)
def test_a_prior_is_not_stretched(method, scale_m, error_m):
    assert PRIOR.error_m(method, scale_m) == error_m


def test_too_few_cases_leave_the_prior():
    model = learn(cases("between", 400.0, count=49), {})
    assert (model.steps, model.is_learned) == (PRIOR.steps, False)


def test_a_method_without_a_scale_has_one_step():
    model = learn(cases("same", 0.0), {})
    assert [step for step in model.steps if step.method == "same"] == [
        Step("same", math.inf, 0.0, 100)
    ]


@pytest.mark.parametrize(("district", "pace"), [("静安区", 1.8), ("金山区", 2.1)])
def test_a_district_without_a_pace_has_that_of_the_whole(district, pace):
    assert ErrorModel((), {"": 2.1, "静安区": 1.8}).district_pace_m(district) == pace


def test_without_any_pace_a_number_takes_two_metres():
    assert PRIOR.district_pace_m("静安区") == 2.0


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.9, 4.0), (0.75, 3.0)])
def test_a_quantile_is_one_of_the_values(share, value):
    assert quantile([4.0, 1.0, 3.0, 2.0], share) == value


def test_the_widest_share_is_taken_apart_once_more():
    spread = [Case("beyond", float(n), float(n)) for n in range(1, 2401)]
    steps = [step for step in learn(spread, {}).steps if step.method == "beyond"]
    assert [step.cases for step in steps] == [200] * 11 + [100, 50, 50]
    assert [step.up_to_m for step in steps[-4:]] == [2200.0, 2300.0, 2350.0, 2400.0]
