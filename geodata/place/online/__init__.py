"""Online geocoders: the services, and what stands between them and those who ask.

A question's way: `query` (parsed fields → key and wording) → `provider.Online` (`book`: cache and
ledger; `clock`: pace and days) → a service (`amap`, `baidu`, `tencent`, `tianditu`, `open_data`:
its request, its codes, its levels) → `answer` (WGS-84, one of our levels, its error). Which
services there are stands in `registry`.
"""
