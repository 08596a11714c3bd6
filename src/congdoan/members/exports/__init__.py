"""Files that leave the register: a person's own data, lists for officers, cards."""
