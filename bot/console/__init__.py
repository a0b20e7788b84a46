"""The staff pages: sign-in, the list of cases, a case with the parts this agency may open."""
