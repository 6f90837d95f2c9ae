"""Long work in the database: who asked, how far it is, what came of it."""
