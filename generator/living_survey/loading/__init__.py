"""From the folder of a survey to a Survey, or to problems; the only way to get one."""
