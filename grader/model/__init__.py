"""The frozen nouns that the parts speak in."""
