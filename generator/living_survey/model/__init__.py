"""What a survey is: values, papers, themes, pages, settings, and the survey with its indices."""
