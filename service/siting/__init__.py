"""Where to build next: the page, its questions and answers, its files."""
