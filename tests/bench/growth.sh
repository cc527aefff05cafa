# Part of tests/bench/run: one trend test, one slope and one count model for each of many places. keng's time is from
# start to end, with reading and writing; R's is that of computing alone.
bench_groups() {
	echo "10,600 places x 20 years: Mann-Kendall, Theil-Sen, Poisson (target: under 1 s together, 30 x faster than R)"
	awk 'BEGIN{srand(3); print "place,year,cases,population"; for (p = 1; p <= 10600; p++) for (y = 2001; y <= 2020; y++) printf "P%05d,%d,%d,%d\n", p, y, 20 + 40 * rand(), 5000 + p}' > "$DATA/panel.csv"
	cat > "$DATA/groups.R" <<-'R'
		d <- read.csv(commandArgs(TRUE)[1]); s <- split(d, d$place); pair <- combn(20, 2)
		kendall <- function(g) { # S and its variance with ties, as keng gives them
			n <- nrow(g); t <- table(g$cases); S <- sum(sign(g$cases[pair[2, ]] - g$cases[pair[1, ]]))
			z <- (S - sign(S)) / sqrt((n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5))) / 18); 2 * pnorm(-abs(z)) }
		sen <- function(g) median((g$cases[pair[2, ]] - g$cases[pair[1, ]]) / (g$year[pair[2, ]] - g$year[pair[1, ]]))
		poisson_apc <- function(g) { m <- glm(cases ~ year + offset(log(population)), poisson, g); summary(m)$coefficients[2, ] }
		for (f in c("kendall", "sen", "poisson_apc")) cat(f, system.time(for (g in s) get(f)(g))[["elapsed"]], "\n")
	R
	local total
	ours "keng trend mann-kendall,theil-sen" "$KENG" trend "$DATA/panel.csv" --time year --value cases --by place \
		--method mann-kendall,theil-sen --quiet --output "$DATA/trend.csv"
	total=$OURS
	ours "keng growth poisson" "$KENG" growth "$DATA/panel.csv" --time year --value cases --population population \
		--by place --method poisson --quiet --output "$DATA/poisson.csv"
	total=$(awk -v a="$total" -v b="$OURS" 'BEGIN{print a + b}')
	awk -v t="$total" 'BEGIN{printf "  %-34s %9.3f s\n", "keng, together", t}'
	have Rscript || return 0
	Rscript "$DATA/groups.R" "$DATA/panel.csv" > "$DATA/groups"
	awk -v k="$total" '{printf "  %-34s %9.3f s\n", "R " $1, $2; sum += $2}
		END{printf "  %-34s %9.3f s %16.1f x\n", "R, together", sum, sum / k}' "$DATA/groups"
}
