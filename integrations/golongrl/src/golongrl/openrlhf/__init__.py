"""GoLongRL in OpenRLHF: `reward` (the local reward function, given by its path) and `advantages` (TMN-Reweight in its trainer)."""
