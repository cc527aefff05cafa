# All rate methods and local empirical Bayes beside R. Sourced by tests/bench/run. The places of smoothing stand in rows
# as wide as 106, each beside the next, the one below and the one below and to the right, as communes have neighbours.
bench_rates() {
	echo "all nine rate methods for 10,600 places (target: 0.1 s after reading)"
	awk 'BEGIN{srand(5); print "place,n,pop"; for (i = 0; i < 10600; i++) print "p" i "," int(60 * rand()) "," 500 + int(9000 * rand())}' > "$DATA/counts.csv"
	cat > "$DATA/rates.R" <<-'R'
		d <- read.csv(commandArgs(TRUE)[1]); z <- qnorm(.975); x <- d$n; p <- d$pop
		r <- cbind(qgamma(.025, x), qgamma(.975, x + 1), x * (1 - 1 / (9 * x) - z / (3 * sqrt(x)))^3,
			(x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3, x + z^2 / 2 - z * sqrt(x + z^2 / 4),
			x + z^2 / 2 + z * sqrt(x + z^2 / 4), qgamma(.025, x + .5), qgamma(.975, x + .5), x - z * sqrt(x),
			x + z * sqrt(x)) / p * 1000
		write.csv(cbind(d, r), stdout(), row.names = FALSE)
	R
	ours "keng query (reading alone)" "$KENG" query "$DATA/counts.csv" --sql "SELECT count(DISTINCT place) AS places, sum(n) AS n, sum(pop) AS pop FROM counts" --quiet
	ours "keng participation, 9 methods" "$KENG" participation "$DATA/counts.csv" --count n --population pop --by place \
		--method byar,exact,mid-p,score,jeffreys,normal,log-normal,byar-plain,epitools-byar --format csv --quiet
	have Rscript && against "R, 5 of them (qgamma, vectors)" Rscript "$DATA/rates.R" "$DATA/counts.csv"
	echo "local empirical Bayes on 11,163 places with about 33,000 pairs of neighbours (target: 0.5 s)"
	awk 'BEGIN{srand(6); print "id,n,pop"; for (i = 0; i < 11163; i++) print i + 1 "," int(20 * rand()) "," 500 + int(9000 * rand())}' > "$DATA/areas.csv"
	awk 'BEGIN{print "a,b"; for (i = 0; i < 11163; i++) { if (i % 106 < 105 && i + 1 < 11163) print i + 1 "," i + 2;
		if (i + 106 < 11163) print i + 1 "," i + 107; if (i % 106 < 105 && i + 107 < 11163) print i + 1 "," i + 108 }}' > "$DATA/areas-pairs.csv"
	cat > "$DATA/smooth.R" <<-'R'
		suppressMessages(library(spdep)); a <- commandArgs(TRUE)
		d <- read.csv(a[1]); p <- read.csv(a[2]); n <- nrow(d)
		nb <- split(c(p$b, p$a), factor(c(p$a, p$b), levels = 1:n)); nb <- lapply(nb, function(i) sort(as.integer(i)))
		class(nb) <- "nb"; attr(nb, "region.id") <- as.character(1:n)
		cat(nrow(EBlocal(d$n, d$pop, nb)), "\n")
	R
	ours "keng smooth eb-local" "$KENG" smooth "$DATA/areas.csv" --count n --population pop --id id --neighbours "$DATA/areas-pairs.csv" \
		--method eb-local --format csv --quiet
	have_r spdep && against "R, spdep EBlocal (no limits)" Rscript "$DATA/smooth.R" "$DATA/areas.csv" "$DATA/areas-pairs.csv"
	return 0
}
