"""A plain list of stations of any kind, as offices keep them; only 名称 and 类别 are needed."""

from importers.fields import KIND, NAME, STATION
from importers.form import Form

FORM = Form(code="stations", title="站点清单", fields=(NAME, KIND, *STATION))
