"""What the bot says and asks. Pure: nothing here touches a clock, a disk or a network."""
