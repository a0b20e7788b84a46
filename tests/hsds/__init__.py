"""The published shape of services, told in our own words, and services to hold against it."""
