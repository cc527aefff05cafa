# Figures: a batch with pooled gnuplots, one gnuplot for each, and what others take. Sourced by run.
bench_charts() {
	make -s "$BUILD/bench-charts"
	mkdir -p "$DATA/figures"
	cat > "$DATA/plot.R" <<-'R'
		suppressMessages(library(ggplot2)); a <- commandArgs(TRUE)
		for (i in seq_len(as.integer(a[1]))) {
			d <- data.frame(x = 0:99, y = ((0:99)^2 + 7 * i) %% 101)
			suppressMessages(ggsave(file.path(a[2], paste0(i, ".svg")), ggplot(d, aes(x, y)) + geom_line() + ggtitle("100 points"), width = 6.9, height = 4.2, device = grDevices::svg))
		}
	R
	cat > "$DATA/plot.py" <<-'P'
		import sys, matplotlib
		matplotlib.use("svg")
		import matplotlib.pyplot as plt
		for i in range(int(sys.argv[1])):
		    f, a = plt.subplots(figsize=(6.9, 4.2))
		    a.plot(range(100), [(x * x + 7 * i) % 101 for x in range(100)]); a.set_title("100 points")
		    f.savefig("%s/%d.svg" % (sys.argv[2], i)); plt.close(f)
	P
	echo "1,000 SVG figures of 100 points, 2 pooled gnuplots (target under 3 s)"
	ours "keng, pool of 2" "$BUILD/bench-charts" 1000 "$DATA/figures" 2
	echo "100 figures, one after the other (target: the pool 5 x faster than a gnuplot for each)"
	ours "keng, one kept gnuplot" "$BUILD/bench-charts" 100 "$DATA/figures" 1
	against "keng, a gnuplot for each" "$BUILD/bench-charts" 100 "$DATA/figures" 0
	RUNS=1
	have_r ggplot2 && against "R ggplot2, one R for all" Rscript "$DATA/plot.R" 100 "$DATA/figures"
	P=$(python matplotlib)
	[ -n "$P" ] && against "Python matplotlib, one Python for all" "$P" "$DATA/plot.py" 100 "$DATA/figures"
	echo "1 figure, start to end"
	ours "keng plot" "$KENG" plot trend datasets/hoa-binh-2020/population-province-year.csv --x year --y population --quiet --output "$DATA/figures/one.svg"
	have_r ggplot2 && against "R ggplot2" Rscript "$DATA/plot.R" 1 "$DATA/figures"
	[ -n "$P" ] && against "Python matplotlib" "$P" "$DATA/plot.py" 1 "$DATA/figures"
	return 0
}
