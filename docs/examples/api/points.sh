#!/bin/sh
# The names of all outdoor stations in a window, page after page.
# sh points.sh https://zhitu.example.org/ogc [features a page]
set -eu
page="$1/collections/outdoor_station/items?bbox=121.4,31.2,121.5,31.3&limit=${2:-100}&properties=name"
while [ -n "$page" ]; do
    answer=$(curl -fsS --compressed "$page")
    printf '%s\n' "$answer" | grep -o '"properties":{"name":"[^"]*"' | cut -d'"' -f6
    # The next page is the link whose rel is next; the last page has none.
    page=$(printf '%s' "$answer" | grep -o '"href":"[^"]*","rel":"next"' | cut -d'"' -f4) || page=""
done
