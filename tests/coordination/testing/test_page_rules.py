"""The rules for pages see each fault, and nothing in a page that is good."""

import pytest

from coordination.testing.page_rules import assert_good_fragment, assert_good_page, faults_of

GOOD = """<!doctype html><html lang="nl"><head><title>Activiteiten · Vierspan</title>
<link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script></head>
<body><a href="#inhoud">Naar de inhoud</a><main id="inhoud"><h1>Activiteiten</h1>
<h2>Zoeken</h2><form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"><label for="q">Zoek</label>
<input id="q" name="q" aria-describedby="q-help"><p id="q-help">Uitleg<br>meer</p>
<label><input type="checkbox" name="a"> Alles</label>
<button>Zoek</button></form><svg role="img" aria-label="Zegt iets"><rect width="1"/><path d="M0 0"></path></svg>
<a href="/x"><svg aria-label="Naar x"></svg></a></main></body></html>"""


def test_a_good_page_has_no_faults():
    assert_good_page(GOOD)


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('<html lang="nl">', "<html>", "no lang"),
        ("<title>Activiteiten · Vierspan</title>", "<title>Vierspan · Vierspan</title>", "no title of its own"),
        ("<h1>Activiteiten</h1>", "", "0 h1"),
        ("<h2>Zoeken</h2>", "<h1>Nog een</h1>", "2 h1"),
        ("<h2>Zoeken</h2>", "<h3>Zoeken</h3>", "skips a level"),
        ("<h2>Zoeken</h2>", "<h2></h2>", "is empty"),
        ('<label for="q">Zoek</label>', "", "no label"),
        ('<label for="q">Zoek</label>', '<label for="q"></label>', "no label"),
        ('<p id="q-help">', "<p>", "points at 'q-help'"),
        ('<p id="q-help">', '<p id="q">', "stands twice"),
        ("<h2>", '<h2 style="color:red">', "inline style"),
        ("<h2>", '<h2 onclick="x()">', "has onclick"),
        ("<h2>", '<h2 hx-on:click="x()">', "has hx-on:click"),
        ("<h2>", "<script>x()</script><h2>", "inline script"),
        ('src="/a.js"', 'src="https://elsewhere.example/a.js"', "goes to"),
        ("<button>Zoek</button>", "<button></button>", "no words"),
        ('<svg aria-label="Naar x"></svg>', '<svg aria-hidden="true"></svg>', "no words"),
        ('<a href="/x">', '<a href="">', "goes nowhere"),
        ('<svg role="img" aria-label="Zegt iets">', '<svg role="img">', "has no name"),
        ('<input type="hidden" name="csrfmiddlewaretoken" value="x">', "", "forgery"),
        ("</form>", "", "is open where"),
    ],
)
def test_each_fault_is_seen(was, becomes, fault):
    broken = GOOD.replace(was, becomes, 1)
    assert broken != GOOD
    assert any(fault in one for one in faults_of(broken)), faults_of(broken)


def test_a_fragment_needs_no_layout_but_still_labels():
    assert_good_fragment("<p>Een stuk</p>")
    with pytest.raises(AssertionError, match="no label"):
        assert_good_fragment("<input name='x'>")
