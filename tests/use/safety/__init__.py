"""What a submission must not be able to do, whatever is written into it: one test for each line of SECURITY.md."""
