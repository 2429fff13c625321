"""Plain frozen types of the domain. Imports nothing of sayso but its errors."""
