"""One column type for geometries: PostGIS on PostgreSQL, plain WKB on SQLite, shapely in Python."""

from typing import Any

import shapely
from geoalchemy2 import Geometry, WKBElement
from geoalchemy2.shape import to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

WGS84_SRID = 4326


class ShapelyGeometry(TypeDecorator[BaseGeometry]):
    """A WGS-84 geometry; the Python value is shapely's on both databases."""

    impl = LargeBinary
    cache_ok = True
    # GeoAlchemy2's own table events look these up on every geometry column.
    spatial_index = False
    use_N_D_index = False  # noqa: N815
    use_typmod = None

    def load_dialect_impl(self, dialect: Dialect | None) -> TypeEngine[Any]:
        if dialect is not None and dialect.name == "postgresql":
            geometry: TypeEngine[Any] = Geometry(srid=WGS84_SRID, spatial_index=False)
            return dialect.type_descriptor(geometry)
        return LargeBinary()

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return shapely.to_wkb(shapely.set_srid(value, WGS84_SRID), hex=True, include_srid=True)
        return shapely.to_wkb(value)

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002
    ) -> BaseGeometry | None:
        if value is None:
            return None
        found = to_shape(value) if isinstance(value, WKBElement) else shapely.from_wkb(value)
        # WKB carries no SRID, so both databases hand out the same value only if it is set here.
        return shapely.set_srid(found, WGS84_SRID)
