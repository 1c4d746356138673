"""What the benchmark programs of this folder share."""
