"""How records are printed: formats of fields, rows, documents."""
