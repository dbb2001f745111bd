"""One module per kind of run; `catalog` lists the rows they make."""
