"""How Dutch is written: names, salutations, dates, figures, addresses, references. Plain values, no Django."""
