"""The running program: channels, conversations, the vault, the console."""
