"""Answers to the planner: arrays loaded once a data version, a question, frozen results."""
