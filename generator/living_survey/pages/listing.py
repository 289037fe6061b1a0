"""What papers share, as a link: an author, a venue, a year, with how many papers there are. I/O: none."""

from living_survey.pages.view import view


@view
class ListingLink:
    """A list of papers, by what they share."""

    address: str
    name: str
    papers: int
