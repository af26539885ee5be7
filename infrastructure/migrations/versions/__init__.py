"""One module per revision. What a revision does is never changed once it is released."""
