"""The directory for other programs, read-only, as Open Referral UK 3.0 (HSDS 3)."""
