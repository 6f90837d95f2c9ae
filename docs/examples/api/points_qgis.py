"""Adds the health points as a layer; run it in the Python console of QGIS, with your own URL."""

from qgis.core import QgsProject, QgsVectorLayer

URL = "https://zhitu.example.org/ogc"
SOURCE = f"url='{URL}' typename='health_point' srsname='OGC:CRS84' restrictToRequestBBOX='1'"

layer = QgsVectorLayer(SOURCE, "健康服务点", "OAPIF")
if not layer.isValid():
    raise RuntimeError(layer.error().message())
QgsProject.instance().addMapLayer(layer)
