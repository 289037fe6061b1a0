"""Write files whole, one or several as one, and lock them. Every package may use it; it uses none of ours."""
