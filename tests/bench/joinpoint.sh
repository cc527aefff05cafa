# Part of tests/bench/run: joinpoint regression of many series. keng's time is from start to end, with reading and
# writing; R's is that of computing alone, on a share of the series.
bench_joinpoint() {
	echo "joinpoint, 1,000 series x 30 years, up to 3 joinpoints by weighted BIC (target: 50 x faster than R's segmented)"
	awk 'BEGIN{srand(5); print "place,year,rate"; for (p = 1; p <= 1000; p++) for (y = 1990; y < 2020; y++)
		printf "P%04d,%d,%.4f\n", p, y, exp(3 + 0.02 * (y - 1990) - 0.05 * (y > 2005 ? y - 2005 : 0) + 0.05 * (rand() + rand() + rand() - 1.5))}' > "$DATA/series.csv"
	ours "keng joinpoint" "$KENG" joinpoint "$DATA/series.csv" --time year --value rate --by place --max-joinpoints 3 \
		--quiet --output "$DATA/joinpoint.csv"
	if have_r segmented; then
		cat > "$DATA/segmented.R" <<-'R'
			suppressMessages(library(segmented)); set.seed(1)
			d <- read.csv(commandArgs(TRUE)[1]); d$y <- log(d$rate); s <- split(d, d$place)[1:20]
			time <- system.time(for (g in s) { m <- lm(y ~ year, g)
				for (k in 1:3) try(suppressWarnings(segmented(m, ~year, npsi = k)), silent = TRUE) })[["elapsed"]]
			cat(time / length(s), "\n")
		R
		Rscript "$DATA/segmented.R" "$DATA/series.csv" 2> /dev/null | awk -v k="$OURS" \
			'{printf "  %-34s %9.3f s %16.1f x\n", "R segmented (from 20 series)", 1000 * $1, 1000 * $1 / k}'
	fi
	head -3001 "$DATA/series.csv" > "$DATA/hundred.csv"
	echo "selection by permutation, 4,499 draws, 100 series (target: under 30 s)"
	RUNS=1 ours "keng joinpoint --select permutation" "$KENG" joinpoint "$DATA/hundred.csv" --time year --value rate \
		--by place --max-joinpoints 3 --select permutation --quiet --output "$DATA/permutation.csv"
}
