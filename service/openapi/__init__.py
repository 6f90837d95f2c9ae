"""Declarations that parse requests and describe them, so that the document cannot drift.

To declare a route:

1. Its parameters are `Parameter`s (`parameters.py`; makers: `whole`, `number`, `text`, `choice`,
   `several`, `switch`). The view reads each by `LIMIT.of(request.args)`, after
   `only(PARAMETERS, request.args)` has refused names nobody declared. What a parameter's schema
   allows its `parse` accepts, and the other way round: the fuzzing test holds that.
2. One `Operation` (`operations.py`) a method and path: parameters, answers with their schemas,
   the faults it answers with, the role it asks for.
3. The subject's `OPERATIONS` tuple is added to `published.py`; `document.py` makes the document.

A `ParameterError` out of `of` names its parameter; `service/errors.py` puts it in the problem.
"""
