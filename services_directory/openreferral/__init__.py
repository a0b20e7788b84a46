"""The directory in the shape that others publish and read: Open Referral UK 3.0, which is HSDS 3 with a profile."""
