"""Readers for single sites, for what declarations cannot say: one file a site, one line here.

A source names its site (`site: name`); what that leaves None is read as for every other source of its kind.
"""

from __future__ import annotations

from crawler.sites.site import Site

SITES: dict[str, Site] = {}
