"""What the blocks of cog in a page can call."""
