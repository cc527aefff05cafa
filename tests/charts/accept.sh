#!/bin/sh
# Records the golden figures anew and shows what changed.
set -e
cd "$(dirname "$0")/../.."
rm -f tests/charts/golden/*
tests/charts/draw.sh tests/charts/golden
find plots/gallery -name "*.svg" ! -name map.svg -delete # the map needs shapes that are not part of keng
tests/charts/showcase.sh plots/gallery
git --no-pager diff --stat -- tests/charts/golden plots/gallery
git --no-pager diff -- 'tests/charts/golden/*.gp'
tests/charts/gallery.sh
