"""Who can help and who can receive: values, files, matching and routing. Imports nothing of ours."""
