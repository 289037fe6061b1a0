"""What is wrong between fields, between files, and against what the survey asks for."""
