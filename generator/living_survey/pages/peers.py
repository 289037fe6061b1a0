"""The papers that stand next to a paper in its theme. I/O: none."""

from living_survey.model.labels import label
from living_survey.model.paper import Paper
from living_survey.pages.entry import PaperLink
from living_survey.pages.renderer import Renderer
from living_survey.pages.theme import ThemeLines, ThemeLink
from living_survey.pages.view import view


@view
class Peers:
    """The next newer and the next older paper of a theme, and where among all of them a paper stands."""

    theme: ThemeLink
    place: str
    """In words."""
    newer: PaperLink | None
    older: PaperLink | None


class PeerLists:
    """The papers of each theme as links, and where each paper stands (a search per paper would be quadratic)."""

    def __init__(self, renderer: Renderer) -> None:
        """Begin without any."""
        self._renderer = renderer
        self._links: dict[str, list[PaperLink]] = {}
        self._positions: dict[str, dict[str, int]] = {}

    def of(self, paper: Paper) -> Peers | None:
        """Return what stands next to a paper in its primary theme; none where it is the only one."""
        if not (path := paper.primary_theme):
            return None
        if path not in self._links:
            papers = self._renderer.survey.by_theme[path]
            self._links[path] = [PaperLink.build(peer) for peer in papers]
            self._positions[path] = {peer.key: index for index, peer in enumerate(papers)}
        links, position = self._links[path], self._positions[path][paper.key]
        if len(links) < 2:
            return None
        theme = self._renderer.once(ThemeLines).of(path)[-1]
        newer = links[position - 1] if position else None
        older = links[position + 1] if position + 1 < len(links) else None
        place = label("paper.same_theme", number=f"{position + 1:,}", total=f"{len(links):,}")
        return Peers(theme, place, newer, older)
