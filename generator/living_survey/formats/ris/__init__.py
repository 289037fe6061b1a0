"""RIS and PubMed files, read; RIS written."""
