"""Addresses of the portal that are not pages of the editors' tree."""

from __future__ import annotations

from django.urls import path

from congdoan.portal.views import feeds, tags

app_name = "portal"
urlpatterns = [
    path("rss.xml", feeds.rss, name="rss"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("the/<slug:slug>/", tags.tag, name="tag"),
]
