"""The web chat: the same dialogs as plain pages, one question a page, without script."""
