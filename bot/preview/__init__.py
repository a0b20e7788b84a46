"""All screens of all dialogs, held to the rules, drawn for translators and reviewers. Nothing here runs in a turn."""
