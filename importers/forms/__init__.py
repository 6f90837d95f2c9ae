"""One small file a union form: its headers and the fields they fill."""

from importers.form import Form
from importers.forms import (
    demand_sites,
    district_centres,
    health_points_2023,
    lunch_outlets,
    rest_rooms_2023,
    rest_rooms_2024,
    stations,
    town_workers,
    training_points,
)

FORMS: tuple[Form, ...] = (
    training_points.FORM,
    district_centres.FORM,
    rest_rooms_2024.FORM,
    rest_rooms_2023.FORM,
    health_points_2023.FORM,
    stations.FORM,
    demand_sites.FORM,
    lunch_outlets.FORM,
    town_workers.FORM,
)
