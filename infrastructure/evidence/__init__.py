"""Evidence that stands on its own: Merkle tree, checkpoints that are kept, proofs, exports."""
