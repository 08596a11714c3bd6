"""Reading spreadsheets into changes of the tree: plain Python, no Django. What is there already is given by the caller."""
