"""Two small packs in place of the shipped ones; all in them is invented."""

OFFICES = """\
pack: offices
about: Offices of everybody
default: true
sources:
  - id: office
    kind: json
    url: https://office.example/api
    languages: [ru, kk]
    body: {lang: "{language}", page: "{page}"}
    paging: {start: 2}
    items: data
    publisher: Office
    every: 20 min
    articles: &article {title: h1, body: .text}
    notices: [Dear visitor]

  - id: mission-{city}
    for:
      - {city: istanbul, place: Istanbul}
      - {city: hanoi, place: Hanoi}
    kind: listing
    url: https://{city}.office.example/news
    links: {matching: '{city}\\.office\\.example/\\d+'}
    articles: *article
    paging: {url: "https://{city}.office.example/news?p={page}"}
    publisher: Mission in {place}
    language: en
    instead:
      - {url: "https://old.office.example/{city}"}
      - {kind: feed, url: "https://office.example/{city}.rss", articles: null}
"""
ARCHIVES = """\
pack: archives
about: Archives for those who want them
default: false
sources:
  - id: archive
    kind: json
    needs: [appname]
    url: https://api.archive.example/?appname={appname}
    items: data
    publisher: Archive
    instead:
      - {kind: feed, url: "https://archive.example/rss"}
  - id: register
    kind: feed
    needs: [number]
    url: https://archive.example/{number}
    publisher: Register
"""
PACKS = {"offices": OFFICES, "archives": ARCHIVES}
