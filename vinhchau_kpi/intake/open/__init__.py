"""Which files are meant, what they are by their bytes, and how they are unpacked or decoded."""
