# Bench of boundaries and small counts; sourced by run.
bench_harmonise() {
	echo "11,163 communes x 20 years to new boundaries (target under 0.5 s)"
	awk 'BEGIN{print "from,to,share"; for (i = 0; i < 11163; i++) if (i % 20) printf "C%05d,N%05d,1\n", i, i / 3; else printf "C%05d,N%05d,0.6\nC%05d,N%05d,0.4\n", i, i / 3, i, i / 3 + 1}' > "$DATA/walk.csv"
	awk 'BEGIN{srand(5); print "code,year,population"; for (y = 2001; y <= 2020; y++) for (i = 0; i < 11163; i++) printf "C%05d,%d,%d\n", i, y, 2000 + 7000 * rand()}' > "$DATA/communes.csv"
	cat > "$DATA/harmonise.R" <<-'R'
		f <- commandArgs(TRUE); d <- read.csv(f[1]); w <- read.csv(f[2])
		m <- merge(d, w, by.x = "code", by.y = "from"); m$part <- m$population * m$share
		r <- aggregate(part ~ to + year, m, sum); write.csv(r, f[3], row.names = FALSE)
	R
	cat > "$DATA/harmonise_dt.R" <<-'R'
		suppressMessages(library(data.table)); setDTthreads(2); f <- commandArgs(TRUE)
		m <- merge(fread(f[1]), fread(f[2]), by.x = "code", by.y = "from", allow.cartesian = TRUE)
		fwrite(m[, .(population = sum(population * share)), by = .(year, to)], f[3])
	R
	ours "keng harmonise" "$KENG" harmonise "$DATA/communes.csv" --id code --value population --by year --crosswalk "$DATA/walk.csv" \
		--quiet --output "$DATA/new.csv"
	have Rscript && RUNS=1 against "R merge and aggregate" Rscript "$DATA/harmonise.R" "$DATA/communes.csv" "$DATA/walk.csv" "$DATA/peer.csv"
	have_r data.table && against "R data.table" Rscript "$DATA/harmonise_dt.R" "$DATA/communes.csv" "$DATA/walk.csv" "$DATA/peer.csv"
	ours "keng participation --suppress 5" "$KENG" participation "$DATA/communes.csv" --let "n = population % 13" --count n --population population \
		--by code,year --suppress 5 --quiet --output "$DATA/new.csv"
	return 0
}
