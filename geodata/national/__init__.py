"""Coverage of a whole country: partitioned Parquet, in one process or on a cluster.

Needs the extra `zhitu[cluster]` (pyarrow, dask.distributed).
"""
