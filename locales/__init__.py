"""The catalogs: one folder a language, compiled when the package is built."""
