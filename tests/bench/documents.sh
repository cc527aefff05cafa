# Notebooks: one of 20 blocks and 10 figures, from nothing and unchanged; a batch of 63 provinces with 4 figures each.
# Sourced by tests/bench/run.
documents_table() {
	awk 'BEGIN{srand(2); print "place,year,n,population"
		for (p = 1; p <= 63; p++) for (y = 2001; y <= 2020; y++) printf "P%02d,%d,%d,%d\n", p, y, 50 + 100 * rand(), 10000 + p * 100}' > d.csv
	awk 'BEGIN{print "place"; for (p = 1; p <= 63; p++) printf "P%02d\n", p}' > places.csv
}

documents_notebook() {
	printf -- '---\ntitle: Bench\nkeng: 1\ndata: {d: d.csv}\n---\n'
	for i in 01 02 03 04 05 06 07 08 09 10; do
		printf '\n```keng #g%s\ngrowth d --time year --value n --where "place = '"'P%s'"'"\n```\n\nIt grew by <!-- keng:= g%s[term=cagr].estimate %%.1f --><!-- keng:. --> %%.\n' $i $i $i
		printf '\n```keng #f%s\nplot line d --x year --y n --where "place = '"'P%s'"'"\n```\n' $i $i
	done
}

documents_template() {
	printf -- '---\ntitle: One place\nkeng: 1\nparams: {place: P01}\ndata: {d: d.csv}\n---\n'
	for kind in line trend bar histogram; do
		printf '\n```keng #%s\nplot %s d --x %s --where "place = '"'{{place}}'"'"\n```\n' $kind $kind \
			"$([ $kind = histogram ] && echo n || echo 'year --y n')"
	done
}

bench_documents() {
	local here=$PWD
	cd "$DATA"
	documents_table
	documents_notebook > bench.md
	documents_template > place.md
	echo "notebook of 20 blocks and 10 figures: from nothing (target under 1 s), unchanged (target under 0.05 s)"
	ours "keng notebook run, from nothing" sh -c "rm -rf figures && cp bench.md work.md && '$KENG' notebook run work.md"
	ours "keng notebook run, unchanged" "$KENG" notebook run work.md
	have Rscript && have_r knitr && documents_knitr
	echo "one notebook for each of 63 provinces, 4 figures each (target under 3 s), and again"
	ours "keng notebook batch" sh -c "rm -rf places && '$KENG' notebook batch place.md --over places.csv --output places"
	ours "keng notebook batch, unchanged" "$KENG" notebook batch place.md --over places.csv --output places
	cd "$here"
}

# The same twenty results through R's knitr with ggplot2 or, where it is not installed, base graphics.
documents_knitr() {
	{
		printf -- '```{r}\nd <- read.csv("d.csv")\n```\n'
		for i in 01 02 03 04 05 06 07 08 09 10; do
			printf '```{r}\nx <- d[d$place == "P%s", ]; (x$n[20] / x$n[1])^(1/19) - 1\n```\n```{r, dev = "svg"}\n' $i
			have_r ggplot2 && printf 'ggplot2::ggplot(x, ggplot2::aes(year, n)) + ggplot2::geom_line()\n```\n' ||
				printf 'plot(x$year, x$n, type = "l")\n```\n'
		done
	} > bench.Rmd
	RUNS=1 against "R knitr" Rscript -e 'knitr::knit("bench.Rmd", quiet = TRUE)'
}
