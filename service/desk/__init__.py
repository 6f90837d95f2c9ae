"""The planner's desk: one file a subject, all behind a sign-in."""
