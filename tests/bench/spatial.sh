# Local Moran beside R's spdep. Sourced by tests/bench/run. The places stand in rows as wide as 106, each beside the
# next, the one below and the one below and to the right: six neighbours, as communes have.
bench_spatial() {
	echo "local Moran on 11,163 places, 999 conditional permutations (target: 8 x faster than R)"
	awk 'BEGIN{srand(4); print "id,v"; for (i = 0; i < 11163; i++) print i + 1 "," rand()}' > "$DATA/places.csv"
	awk 'BEGIN{print "a,b"; for (i = 0; i < 11163; i++) { if (i % 106 < 105 && i + 1 < 11163) print i + 1 "," i + 2;
		if (i + 106 < 11163) print i + 1 "," i + 107; if (i % 106 < 105 && i + 107 < 11163) print i + 1 "," i + 108 }}' > "$DATA/pairs.csv"
	cat > "$DATA/lisa.R" <<-'R'
		suppressMessages(library(spdep)); a <- commandArgs(TRUE)
		d <- read.csv(a[1]); p <- read.csv(a[2]); n <- nrow(d)
		nb <- split(c(p$b, p$a), factor(c(p$a, p$b), levels = 1:n)); nb <- lapply(nb, function(i) sort(as.integer(i)))
		class(nb) <- "nb"; attr(nb, "region.id") <- as.character(1:n)
		set.seed(1); r <- localmoran_perm(d$v, nb2listw(nb), nsim = 999); cat(nrow(r), "\n")
	R
	ours "keng spatial local-moran" "$KENG" spatial "$DATA/places.csv" --value v --id id --neighbours "$DATA/pairs.csv" \
		--method local-moran --quiet --output "$DATA/lisa.csv"
	have_r spdep && RUNS=1 against "R spdep localmoran_perm" Rscript "$DATA/lisa.R" "$DATA/places.csv" "$DATA/pairs.csv"
	return 0
}
