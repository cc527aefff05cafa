#include <Rmath.h>

#include "base/random.h"
#include "stats/trend.h"

/* One more than the autocorrelations, from lag 1 on without a gap, that lie outside +-z / sqrt(n). */
static size_t find_length(const double *rest, size_t n, size_t lag_max, double conf_level)
{
	double reach = qnorm(0.5 + conf_level / 2, 0, 1, 1, 0) / sqrt((double)n);
	size_t length = 1;

	while (length <= lag_max && fabs(kg_trend_autocorrelation(rest, n, length)) > reach)
		length++;
	return length;
}

struct blocks {
	const double *y;
	size_t n, length;
};

/* Blocks of neighbouring values from random places, the end of the series followed by its start, until n are drawn. */
static void draw_blocks(const struct blocks *blocks, struct kg_random *random, double *drawn)
{
	for (size_t i = 0; i < blocks->n;) {
		size_t start = kg_random_below(random, (uint32_t)blocks->n);

		for (size_t k = 0; k < blocks->length && i < blocks->n; k++)
			drawn[i++] = blocks->y[(start + k) % blocks->n];
	}
}

static double find_p(const struct blocks *blocks, double s, size_t replicates, const struct kg_params *params,
		     struct kg_arena *scratch)
{
	double *drawn = KG_ARRAY(scratch, double, blocks->n);
	size_t above = 0;

	for (size_t r = 0; drawn && r < replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);
		struct kg_arena_mark mark = kg_arena_mark(scratch);

		draw_blocks(blocks, &random, drawn);
		above += fabs(kg_trend_score(drawn, blocks->n, scratch).s) >= fabs(s);
		kg_arena_rewind(scratch, mark);
	}
	return ((double)above + 1) / ((double)replicates + 1);
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	const struct kg_trend_options *own = params->own;
	size_t n = sample->n, replicates = kg_trend_replicates("block-bootstrap", params->replicates), length;
	const double *y = kg_trend_values(sample, scratch);
	double *position = kg_trend_positions(sample->x, n, scratch), *rest = NULL;
	struct kg_trend_score score;

	if (y && position && room >= 3)
		rest = kg_trend_remove(position, y, n, kg_trend_sen(sample->x, y, n, scratch), scratch);
	if (!rest)
		return 0;
	length = find_length(rest, n, own->lag_max ? own->lag_max : n / 4, params->conf_level);
	score = kg_trend_score(y, n, scratch);
	kg_trend_report(&score, score.variance, params, false, scratch, out);
	out[2] = kg_term_new("block_length", "periods");
	out[2].estimate = (double)length;
	if (out[0].why == KG_WHY_NO_SPREAD)
		return 2;
	out[1].std_error = out[0].statistic = out[1].statistic = NAN;
	out[0].p_value = out[1].p_value =
	    find_p(&(struct blocks){ y, n, length }, score.s, replicates, params, scratch);
	out[0].why = out[1].why = kg_trend_reachable(1 / ((double)replicates + 1), params->conf_level);
	return 3;
}

const struct kg_stat kg_stat_block_bootstrap = {
	.program = "trend",
	.id = "block-bootstrap",
	.title = "Mann-Kendall test for autocorrelated values by block bootstrap",
	.formula =
	    "p = (b+1)/(m+1), b of m series, made of blocks of neighbouring values drawn with replacement (the last "
	    "value is followed by the first), with an |S| as large; block_length = 1 + number of autocorrelations, "
	    "from lag 1 on, outside +-z / sqrt(n) after the Theil-Sen trend is removed, up to lag n/4",
	.source =
	    "Kundzewicz & Robson (2004), Hydrological Sciences Journal 49: 7-19; Onoz & Bayazit (2012), Hydrological "
	    "Processes 26: 3552-3560; Politis & Romano (1992), blocks round the end",
	.assumes =
	    "Autocorrelation within the block length, at least ten values. Remaining values are taken as consecutive. "
	    "--replicates series (2,000) from --seed; --lag-max limits the block length.",
	.unit = "tau: -1 to 1; s: pairs rising less pairs falling; block_length: periods",
	.agrees =
	    "R modifiedmk::bbsmK in the way blocks are drawn; it gives an interval for tau instead of p and does not "
	    "remove the trend before it measures the autocorrelation",
	.needs = KG_NEEDS_Y | KG_NEEDS_X,
	.min_n = 10,
	.fit = fit,
	.terms_most = 3,
};
