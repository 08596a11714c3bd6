"""Units, the tree in time, officers, mandates and what each may do."""
