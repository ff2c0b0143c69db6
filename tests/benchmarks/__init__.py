"""Speed and memory, as ratios against a peer or a floor in the same run."""
