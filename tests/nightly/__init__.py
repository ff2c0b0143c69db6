"""What takes too long for every push: every page under axe, and Lighthouse on three."""
