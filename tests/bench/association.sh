# Part of tests/bench/run: correlate and attainment beside R, its package boot, and SciPy.
COMMUNES=datasets/hoa-binh-2020/communes-scenario.csv
ATTAINED="year = 2020 AND attained IS NOT NULL"

write_peers() {
	cat > "$DATA/spearman.R" <<-'R'
		set.seed(1); x <- rank(rnorm(131)); y <- rank(x + rnorm(131, sd = 40)); r <- cor(x, y); b <- 0
		for (i in 1:100000) b <- b + (abs(cor(x, sample(y))) >= abs(r)); cat((b + 1) / 100001, "\n")
	R
	cat > "$DATA/bca.R" <<-'R'
		suppressMessages(library(boot)); set.seed(1); d <- data.frame(x = rnorm(131), y = rnorm(131))
		b <- boot(d, function(d, i) cor(d$x[i], d$y[i]), 10000); print(boot.ci(b, type = "bca")$bca)
	R
	cat > "$DATA/kendall.py" <<-'P'
		import sys, time, numpy, scipy.stats
		d = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1)
		start = time.time(); r = scipy.stats.kendalltau(d[:, 0], d[:, 1])
		print("%.12f" % r[0], file=sys.stderr); print(time.time() - start)
	P
	cat > "$DATA/logit.R" <<-'R'
		d <- read.csv(commandArgs(TRUE)[1])
		for (g in split(d, d$g)) cat(coef(glm(y ~ x + z, binomial, g)), "\n")
	R
}

bench_association() {
	write_peers
	echo "100,000 permutations of Spearman on 131 communes (target: 30 x faster than R)"
	ours "keng correlate --permutations" "$KENG" correlate $COMMUNES --where "$ATTAINED" --x units --y attained \
		--method spearman --permutations 100000 --quiet
	have Rscript && RUNS=1 against "R, cor() and sample()" Rscript "$DATA/spearman.R"
	echo "10,000 BCa replicates of a correlation on 131 communes (target: 20 x faster than R's boot)"
	ours "keng correlate --ci bootstrap" "$KENG" correlate $COMMUNES --where "$ATTAINED" --x units --y attained \
		--ci bootstrap --replicates 10000 --quiet
	have_r boot && RUNS=1 against "R, boot and boot.ci" Rscript "$DATA/bca.R"
	echo "Kendall's tau-b of 1,000,000 pairs (target: no slower than SciPy, whose reading is not counted here)"
	awk 'BEGIN{srand(9); print "x,y"; for (i = 0; i < 1000000; i++) {x = rand(); printf "%.9f,%.9f\n", x, x + 2 * rand()}}' > "$DATA/pairs.csv"
	ours "keng correlate, with the reading" "$KENG" correlate "$DATA/pairs.csv" --x x --y y --method kendall --quiet
	P=$(python scipy)
	[ -n "$P" ] && "$P" "$DATA/kendall.py" "$DATA/pairs.csv" 2> /dev/null |
		awk -v k="$OURS" '{printf "  %-34s %9.3f s %16.1f x\n", "SciPy kendalltau alone", $1, $1 / k}'
	echo "2,000 logistic fits of n = 200 (target: under 0.5 s)"
	awk 'BEGIN{srand(7); print "g,y,x,z"; for (g = 1; g <= 2000; g++) for (i = 0; i < 200; i++) {x = rand() * 4 - 2; z = rand(); print "g" g "," (rand() < 1 / (1 + exp(-0.3 - 0.8 * x))) "," x "," z}}' > "$DATA/logit.csv"
	ours "keng attainment --by" "$KENG" attainment "$DATA/logit.csv" --formula 'y ~ x + z' --by g --quiet
	have Rscript && RUNS=1 against "R glm" Rscript "$DATA/logit.R" "$DATA/logit.csv"
	return 0
}
