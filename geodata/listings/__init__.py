"""Whether consumer maps show our points, and the file they are given."""
