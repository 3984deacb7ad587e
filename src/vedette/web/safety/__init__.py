"""The safety of officers abroad: who is under duress, who owes a sign of life, who gave one."""
