#!/bin/sh
# Each header compiles alone.
set -u
headers=$(ls analysis/*.h analysis/*/*.h plots/*.h)
echo "1..1"
bad=
for header in $headers; do
	printf '#include "%s"\n' "${header#analysis/}" |
		gcc -std=c17 -D_GNU_SOURCE -DMATHLIB_STANDALONE -Wall -Wextra -Werror -Ianalysis -I. -fsyntax-only -x c - || bad="$bad $header"
done
[ -z "$bad" ] && echo "ok 1 - headers compile alone" || { echo "not ok 1 - headers compile alone"; echo "#$bad"; }
