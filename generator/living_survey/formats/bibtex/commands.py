"""What commands of TeX that bibliographies use stand for in plain text. I/O: none."""

LOGOS = {
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX", "BibLaTeX": "BibLaTeX",
    "AmS": "AMS", "AmSTeX": "AMS-TeX", "AmSLaTeX": "AMS-LaTeX", "MF": "METAFONT", "MP": "MetaPost", "WEB": "WEB",
    "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "LuaTeX": "LuaTeX", "LuaLaTeX": "LuaLaTeX", "pdfTeX": "pdfTeX",
    "pdfLaTeX": "pdfLaTeX", "ConTeXt": "ConTeXt", "eTeX": "eTeX", "PiCTeX": "PiCTeX", "SLiTeX": "SLiTeX",
}  # fmt: skip
"""Names that have a command."""
SYMBOLS = {
    "textless": "<", "textgreater": ">", "less": "<", "greater": ">", "lt": "<", "gt": ">", "textbar": "|",
    "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textbackslash": "\\",
    "textasciitilde": "~", "textquotesingle": "'", "textunderscore": "_", "textdollar": "$",
    "textasteriskcentered": "*", "textasciigrave": "`", "textasciiacute": "´", "slash": "/", "lbrack": "[",
    "rbrack": "]", "lq": "‘", "rq": "’", "lbrace": "{", "rbrace": "}", "vert": "|", "colon": ":",
    "S": "§", "P": "¶", "pounds": "£", "copyright": "©", "textcopyleft": "🄯", "degree": "°", "degrees": "°",
    "celsius": "°C", "textcelsius": "°C", "euro": "€", "EUR": "€", "yen": "¥", "cent": "¢", "ohm": "Ω", "micro": "µ",
    "textohm": "Ω", "textnumero": "№", "dots": "…", "ldots": "…", "textellipsis": "…", "cdot": "·", "checkmark": "✓",
    "cprime": "ʹ", "cdprime": "ʺ", "cyrprime": "ʹ", "Dbar": "Đ", "dbar": "đ", "lasp": "ʽ", "rasp": "ʼ", "cydot": "·",
    "IJ": "Ĳ", "ij": "ĳ", "SS": "ẞ",
    "glq": "‚", "grq": "‘", "glqq": "„", "grqq": "“", "flq": "‹", "frq": "›", "flqq": "«", "frqq": "»",
    "og": "« ", "fg": " »", "textemdash": "—", "textendash": "–", "textquotedbl": '"', "textvisiblespace": "␣",
    "sun": "☉", "astrosun": "☉",
}  # fmt: skip
SPACES = {
    "newline": " ", "linebreak": " ", "par": "\n\n", "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ",
    "enskip": " ", "nobreakspace": " ", "space": " ", "hfill": " ", "hfil": " ", "medspace": " ", "thickspace": " ",
    ",": " ", ";": " ", ":": " ", ">": " ", "@": "", "/": "", "-": "", "!": "", "*": "", "<": "", "+": "",
    "negthinspace": "",
}  # fmt: skip
"""What stands for a space or for nothing: a hyphen that only a line's end shows, say."""
_SWITCHES = """
    relax newblock protect xspace unskip ignorespaces null strut allowbreak nobreak nolinebreak break goodbreak noindent
    leavevmode displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits left right middle boldmath
    unboldmath nobreakdash rm it bf sl sc tt sf em cal mit rmfamily sffamily ttfamily bfseries mdseries upshape itshape
    slshape scshape normalfont normalsize tiny scriptsize footnotesize small large Large LARGE huge Huge selectfont
    frenchspacing today big Big bigg Bigg bigl bigr Bigl Bigr centering raggedright sloppy phantomsection smallbreak
    medbreak bigskip
"""
SWITCHES = frozenset(_SWITCHES.split())
"""What changes how text looks, or is nothing at all; the text stands around it."""
ARGUMENTS = {
    **dict.fromkeys((
        "noopsort", "sortnoop", "SortNoop", "noop", "nop", "sortas", "label", "index", "nocite", "fontfamily",
        "fontencoding", "fontseries", "fontshape", "selectlanguage", "phantom", "hphantom", "vphantom",
    ), ("{", "")),
    **dict.fromkeys((
        "texttt", "textsf", "textup", "textmd", "textnormal", "textsuperscript", "textsubscript", "textsw", "mbox",
        "hbox", "vbox", "fbox", "underline", "uline", "sout", "ce", "ch", "bibnamefont", "bibfnamefont", "singleletter",
        "ensuremath", "mathop", "mathbin", "mathrel", "mathord", "operatorname", "textulc", "emph", "textlatin",
    ), ("{", "{0}")),
    **dict.fromkeys((
        "cite", "citet", "citep", "citealt", "citealp", "citeauthor", "citeyear", "textcite", "parencite", "autocite",
        "ref", "eqref", "autoref", "cref", "Cref",
    ), ("*[[{", "[{0}]")),
    "printfirst": ("{{", "{0}"), "printsecond": ("{{", "{1}"), "switchargs": ("{{", "{1}{0}"),
    "raisebox": ("{[[{", "{1}"), "makebox": ("[[{", "{0}"), "framebox": ("[[{", "{0}"), "parbox": ("[{{", "{1}"),
    "scalebox": ("{[{", "{1}"), "resizebox": ("*{{{", "{2}"), "rotatebox": ("[{{", "{1}"), "rule": ("[{{", ""),
    "color": ("[{", ""), "textcolor": ("[{{", "{1}"), "colorbox": ("[{{", "{1}"), "hspace": ("*{", " "),
    "vspace": ("*{", " "), "fontsize": ("{{", ""), "usefont": ("{{{{", ""), "foreignlanguage": ("[{{", "{1}"),
    "textlang": ("{{", "{1}"), "bibinfo": ("{{", "{1}"), "bibfield": ("{{", "{1}"), "hyperref": ("[{", "{0}"),
    "discretionary": ("{{{", "{2}"), "mkbibquote": ("{", '"{0}"'), "enquote": ("*{", "“{0}”"),
    "mkbibparens": ("{", "({0})"), "mkbibbrackets": ("{", "[{0}]"), "mkbibemph": ("{", "{0}"),
    "texorpdfstring": ("{{", "{1}"), "footnote": ("[{", " [{0}]"), "SI": ("[{{", "{0} {1}"), "qty": ("[{{", "{0} {1}"),
    "num": ("[{", "{0}"), "si": ("[{", "{0}"), "unit": ("[{", "{0}"), "ion": ("{{", "{0} {1}"),
}  # fmt: skip
"""Command → the arguments that it takes, and the text that stands for it, with places for those in braces."""
ACCENTS = {
    "textcommabelow": 0x326, "textcommaabove": 0x313, "textdotbelow": 0x323, "textsubdot": 0x323,
    "textbrevebelow": 0x32E, "textsubbreve": 0x32E, "textogonekcentered": 0x328, "ogonek": 0x328, "h": 0x309,
    "G": 0x30F, "U": 0x30E, "f": 0x311, "horn": 0x31B, "textsubring": 0x325, "textsubtilde": 0x330,
    "textsubbar": 0x331, "textsubumlaut": 0x324, "textvertline": 0x30D, "overline": 0x305,
}  # fmt: skip
"""Command → the combining character behind the first letter of its argument; further ones than TeX itself has."""

JOURNALS = {
    "aj": ("The Astronomical Journal", "AJ"),
    "actaa": ("Acta Astronomica", "AcA"),
    "araa": ("Annual Review of Astronomy and Astrophysics", "ARA&A"),
    "areps": ("Annual Review of Earth and Planetary Sciences", "AREPS"),
    "aar": ("The Astronomy and Astrophysics Review", "A&A Rev."),
    "ab": ("Astrobiology", ""),
    "apj": ("The Astrophysical Journal", "ApJ"),
    "apjl": ("The Astrophysical Journal Letters", "ApJL"),
    "apjlett": ("The Astrophysical Journal Letters", "ApJL"),
    "apjs": ("The Astrophysical Journal Supplement Series", "ApJS"),
    "apjsupp": ("The Astrophysical Journal Supplement Series", "ApJS"),
    "ao": ("Applied Optics", "Appl. Opt."),
    "applopt": ("Applied Optics", "Appl. Opt."),
    "apss": ("Astrophysics and Space Science", "Ap&SS"),
    "aap": ("Astronomy and Astrophysics", "A&A"),
    "astap": ("Astronomy and Astrophysics", "A&A"),
    "aapr": ("The Astronomy and Astrophysics Review", "A&A Rev."),
    "aaps": ("Astronomy and Astrophysics Supplement Series", "A&AS"),
    "azh": ("Astronomicheskii Zhurnal", "AZh"),
    "aas": ("American Astronomical Society Meeting Abstracts", "AAS"),
    "aplett": ("Astrophysics Letters", "Astrophys. Lett."),
    "apspr": ("Astrophysics Space Physics Research", "Astrophys. Space Phys. Res."),
    "baas": ("Bulletin of the American Astronomical Society", "BAAS"),
    "bac": ("Bulletin of the Astronomical Institutes of Czechoslovakia", "BAICz"),
    "bain": ("Bulletin of the Astronomical Institutes of the Netherlands", "BAN"),
    "caa": ("Chinese Astronomy and Astrophysics", "ChA&A"),
    "cjaa": ("Chinese Journal of Astronomy and Astrophysics", "ChJAA"),
    "dps": ("AAS/Division for Planetary Sciences Meeting Abstracts", "DPS"),
    "expa": ("Experimental Astronomy", "ExA"),
    "fcp": ("Fundamentals of Cosmic Physics", "FCPh"),
    "gca": ("Geochimica et Cosmochimica Acta", "GeCoA"),
    "grl": ("Geophysical Research Letters", "GRL"),
    "iaucirc": ("International Astronomical Union Circulars", "IAU Circ."),
    "icarus": ("Icarus", ""),
    "jaavso": ("Journal of the American Association of Variable Star Observers", "JAAVSO"),
    "jatis": ("Journal of Astronomical Telescopes, Instruments, and Systems", "JATIS"),
    "jcap": ("Journal of Cosmology and Astroparticle Physics", "JCAP"),
    "jcp": ("The Journal of Chemical Physics", "J. Chem. Phys."),
    "jgr": ("Journal of Geophysical Research", "JGR"),
    "jgre": ("Journal of Geophysical Research: Planets", "JGRE"),
    "jqsrt": ("Journal of Quantitative Spectroscopy and Radiative Transfer", "JQSRT"),
    "jrasc": ("Journal of the Royal Astronomical Society of Canada", "JRASC"),
    "jrasca": ("Journal of the Royal Astronomical Society of Canada", "JRASC"),
    "lpi": ("Lunar and Planetary Science Conference", "LPSC"),
    "maps": ("Meteoritics and Planetary Science", "M&PS"),
    "memras": ("Memoirs of the Royal Astronomical Society", "MmRAS"),
    "memsai": ("Memorie della Societa Astronomica Italiana", "MmSAI"),
    "mnras": ("Monthly Notices of the Royal Astronomical Society", "MNRAS"),
    "na": ("New Astronomy", "NewA"),
    "nar": ("New Astronomy Reviews", "NewAR"),
    "nat": ("Nature", ""),
    "natas": ("Nature Astronomy", ""),
    "nphysa": ("Nuclear Physics A", "Nucl. Phys. A"),
    "pasa": ("Publications of the Astronomical Society of Australia", "PASA"),
    "pasp": ("Publications of the Astronomical Society of the Pacific", "PASP"),
    "pasj": ("Publications of the Astronomical Society of Japan", "PASJ"),
    "physrep": ("Physics Reports", "Phys. Rep."),
    "physscr": ("Physica Scripta", "Phys. Scr."),
    "planss": ("Planetary and Space Science", "P&SS"),
    "pra": ("Physical Review A", "PRA"),
    "prb": ("Physical Review B", "PRB"),
    "prc": ("Physical Review C", "PRC"),
    "prd": ("Physical Review D", "PRD"),
    "pre": ("Physical Review E", "PRE"),
    "prl": ("Physical Review Letters", "PRL"),
    "procspie": ("Proceedings of SPIE", "Proc. SPIE"),
    "psj": ("The Planetary Science Journal", "PSJ"),
    "qjras": ("Quarterly Journal of the Royal Astronomical Society", "QJRAS"),
    "rmp": ("Reviews of Modern Physics", "RvMP"),
    "rmxaa": ("Revista Mexicana de Astronomía y Astrofísica", "RMxAA"),
    "rnaas": ("Research Notes of the AAS", "RNAAS"),
    "sci": ("Science", ""),
    "skytel": ("Sky and Telescope", "S&T"),
    "solphys": ("Solar Physics", "SoPh"),
    "sovast": ("Soviet Astronomy", "Soviet Ast."),
    "ssr": ("Space Science Reviews", "SSRv"),
    "zap": ("Zeitschrift für Astrophysik", "ZAp"),
}
"""Command → the journal and its short name, as the American Astronomical Society's styles define them."""
