"""The only code that opens input: bytes → text → cells → plan or figures, and findings about them."""
