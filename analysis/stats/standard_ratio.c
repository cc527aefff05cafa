#include "stats/standard.h"

#include <math.h>

/* What the upper limit adds to a rate and to its variance. */
struct addition {
	double shift, square;
};

struct gamma {
	double mean, variance;
};

static struct gamma take_lower(const struct kg_direct *rate)
{
	return (struct gamma){ (double)rate->rate, (double)rate->variance };
}

static struct gamma take_upper(const struct kg_direct *rate, struct addition add)
{
	return (struct gamma){ (double)rate->rate + add.shift, (double)rate->variance + add.square };
}

/* Quantile of a quotient of two gamma variables. */
static double find_limit(struct gamma above, struct gamma below, double tail, bool lower)
{
	double df_above = 2 * above.mean * above.mean / above.variance;
	double df_below = 2 * below.mean * below.mean / below.variance;

	return above.mean / below.mean * qf(tail, df_above, df_below, lower, 0);
}

static struct addition add_to(const struct kg_direct *rate, bool most)
{
	if (!most)
		return (struct addition){ (double)rate->weight_mean, (double)rate->square_mean };
	return (struct addition){ (double)rate->weight_most, (double)(rate->weight_most * rate->weight_most) };
}

static struct kg_interval find_limits(const struct kg_direct pair[2], double tail, bool most)
{
	struct gamma above = take_upper(&pair[0], add_to(&pair[0], most));
	struct gamma below = take_upper(&pair[1], add_to(&pair[1], most));

	return (struct kg_interval){ pair[0].rate > 0 ? find_limit(take_lower(&pair[0]), below, tail, true) : 0,
				     find_limit(above, take_lower(&pair[1]), tail, false) };
}

struct kg_interval kg_direct_ratio_most(const struct kg_direct pair[2], double tail)
{
	return find_limits(pair, tail, true);
}

struct kg_interval kg_direct_ratio_mean(const struct kg_direct pair[2], double tail)
{
	return find_limits(pair, tail, false);
}

size_t kg_direct_ratio(const struct kg_params *params, kg_direct_ratio_limits *limits, struct kg_term *out, size_t room)
{
	const struct kg_direct *pair = params->own;
	struct kg_interval limit;

	if (!room)
		return 0;
	out[0] = kg_term_new("ratio", "ratio");
	if (!(pair[1].rate > 0)) {
		out[0].why = KG_WHY_ZERO_DENOMINATOR;
		return 1;
	}
	limit = limits(pair, kg_interval_tail(params->conf_level));
	out[0].estimate = (double)(pair[0].rate / pair[1].rate);
	out[0].conf_low = limit.low;
	out[0].conf_high = limit.high;
	if (pair[0].events < KG_DIRECT_EVENTS_LEAST || pair[1].events < KG_DIRECT_EVENTS_LEAST)
		out[0].why = KG_WHY_SMALL_COUNT;
	return 1;
}

static size_t fit(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		  struct kg_term *out, size_t room)
{
	(void)sample, (void)scratch;
	return kg_direct_ratio(params, kg_direct_ratio_most, out, room);
}

const struct kg_stat kg_stat_standard_ratio = {
	.program = "standardised-ratio",
	.id = "f-interval",
	.title = "ratio of two directly standardised rates with Fay's F limits",
	.formula =
	    "R1 / R2 with --compare naming R2. Lower limit R1 / (R2 + k2) times the F quantile with 2 R1^2 / V1 and "
	    "2 (R2 + k2)^2 / (V2 + k2^2) degrees of freedom, upper (R1 + k1) / R2 times the F quantile with "
	    "2 (R1 + k1)^2 / (V1 + k1^2) and 2 R2^2 / V2; k the largest w / (n sum w) of the strata",
	.source = "Fay 1999, Communications in Statistics - Theory and Methods 28:2141-2160",
	.assumes = "Poisson counts, two places without common events (not a place within a region that holds it)",
	.agrees = "the exact conditional interval of two Poisson rates where there is one stratum, 10 digits",
	.unit = "ratio",
	.min_n = 1,
	.fit = fit,
	.terms_most = 1,
};
