"""A walking network of OpenStreetMap: built once (`build`), kept in one file, measured on.

`access` says who may walk where, `ways` reads an extract, `cut` parts ways at what cannot be
crossed, `graph` is the network, `snap` sets points on it, `reach` measures, `walking` is the
interface that coverage asks.
"""
