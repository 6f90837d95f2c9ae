"""Looking after service points that stand: inspections by checklist, yellow and red cards."""
