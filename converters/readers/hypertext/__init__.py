"""Pages of XHTML and HTML as blocks of the model; nothing in them is run and nothing is fetched."""
