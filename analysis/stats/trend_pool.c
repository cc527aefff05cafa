#include <string.h>

#include "stats/order.h"
#include "stats/trend.h"

/* Values of one stratum in time order. */
struct stratum {
	double *x, *y;
	long *period;
	size_t n;
};

struct strata {
	struct stratum *one;
	size_t count;
};

static struct strata split(const struct kg_sample *sample, const double *y, struct kg_arena *scratch)
{
	struct strata strata = { NULL, 0 };

	for (size_t i = 0; i < sample->n; i++)
		if (sample->stratum[i] >= strata.count)
			strata.count = sample->stratum[i] + 1;
	strata.one = KG_ARRAY(scratch, struct stratum, strata.count);
	if (!strata.one)
		return strata;
	for (size_t i = 0; i < sample->n; i++)
		strata.one[sample->stratum[i]].n++;
	for (size_t k = 0; k < strata.count; k++) {
		struct stratum *one = &strata.one[k];

		one->x = KG_ARRAY(scratch, double, one->n);
		one->y = KG_ARRAY(scratch, double, one->n);
		one->period = KG_ARRAY(scratch, long, one->n);
		one->n = 0;
	}
	for (size_t i = 0; !kg_arena_failed(scratch) && i < sample->n; i++) {
		struct stratum *one = &strata.one[sample->stratum[i]];

		one->x[one->n] = sample->x[i];
		one->period[one->n] = sample->period[i];
		one->y[one->n++] = y[i];
	}
	return strata;
}

static double pool_slopes(const struct strata *strata, double pairs, struct kg_arena *scratch)
{
	double *slope = KG_ARRAY(scratch, double, (size_t)pairs + 1);
	size_t count = 0;

	for (size_t k = 0; slope && k < strata->count; k++)
		count += kg_trend_slopes(strata->one[k].x, strata->one[k].y, strata->one[k].n, slope + count);
	return slope ? kg_trend_median(slope, count) : NAN;
}

struct kg_trend_pool kg_trend_pool(const struct kg_sample *sample, const double *y, struct kg_arena *scratch)
{
	struct strata strata = split(sample, y, scratch);
	struct kg_trend_pool pool = { .n = sample->n };

	for (size_t k = 0; !kg_arena_failed(scratch) && k < strata.count; k++) {
		const struct stratum *one = &strata.one[k];
		struct kg_trend_score score;

		if (one->n < 2)
			continue;
		score = kg_trend_score(one->y, one->n, scratch);
		pool.s += score.s;
		pool.variance += score.variance;
		pool.ties += score.ties;
		pool.pairs += (double)one->n * ((double)one->n - 1) / 2;
	}
	pool.slope = kg_arena_failed(scratch) ? NAN : pool_slopes(&strata, pool.pairs, scratch);
	return pool;
}

static int sign(double value)
{
	return (value > 0) - (value < 0);
}

double kg_trend_covariance(const double *a, const double *b, size_t n, struct kg_arena *scratch)
{
	double *rank_a = KG_ARRAY(scratch, double, n), *rank_b = KG_ARRAY(scratch, double, n);
	struct kg_order by_a = kg_order_make(a, n, scratch), by_b = kg_order_make(b, n, scratch);
	double between = 0, products = 0, count = (double)n;

	if (kg_arena_failed(scratch))
		return NAN;
	kg_order_ranks(&by_a, rank_a);
	kg_order_ranks(&by_b, rank_b);
	for (size_t i = 0; i < n; i++) {
		products += rank_a[i] * rank_b[i];
		for (size_t j = i + 1; j < n; j++)
			between += sign((a[j] - a[i]) * (b[j] - b[i]));
	}
	return (between + 4 * products - count * (count + 1) * (count + 1)) / 3;
}

/* Keeps the periods that every stratum has: strata are walked together, each in time order. */
static size_t keep_common(struct strata *strata, size_t *at)
{
	size_t kept = 0;

	while (at[0] < strata->one[0].n) {
		long period = strata->one[0].period[at[0]];
		bool all = true;

		for (size_t k = 1; k < strata->count; k++) {
			while (at[k] < strata->one[k].n && strata->one[k].period[at[k]] < period)
				at[k]++;
			all &= at[k] < strata->one[k].n && strata->one[k].period[at[k]] == period;
		}
		for (size_t k = 0; all && k < strata->count; k++) {
			strata->one[k].x[kept] = strata->one[k].x[at[k]];
			strata->one[k].y[kept] = strata->one[k].y[at[k]];
		}
		kept += all;
		at[0]++;
	}
	return kept;
}

struct kg_trend_pool kg_trend_pool_correlated(const struct kg_sample *sample, const double *y, struct kg_arena *scratch)
{
	struct strata strata = split(sample, y, scratch);
	struct kg_trend_pool pool = { .slope = kg_trend_pool(sample, y, scratch).slope };
	size_t *at = KG_ARRAY(scratch, size_t, strata.count + 1), n;

	if (kg_arena_failed(scratch) || !strata.count)
		return pool;
	n = keep_common(&strata, at);
	pool.n = n * strata.count;
	pool.pairs = (double)strata.count * (double)n * ((double)n - 1) / 2;
	for (size_t k = 0; n > 1 && k < strata.count; k++) {
		struct kg_arena_mark mark = kg_arena_mark(scratch);
		struct kg_trend_score score;

		score = kg_trend_score(strata.one[k].y, n, scratch);
		pool.s += score.s;
		pool.ties += score.ties;
		pool.variance += kg_trend_covariance(strata.one[k].y, strata.one[k].y, n, scratch);
		for (size_t j = 0; j < k; j++)
			pool.variance += 2 * kg_trend_covariance(strata.one[k].y, strata.one[j].y, n, scratch);
		kg_arena_rewind(scratch, mark);
	}
	return pool;
}

static double find_z(const struct kg_trend_pool *pool, double s, bool continuity)
{
	return continuity ? kg_trend_z(s, pool->variance) : s / sqrt(pool->variance);
}

size_t kg_trend_report_pool(const struct kg_trend_pool *pool, bool continuity, const struct kg_params *params,
			    struct kg_term *out)
{
	const struct kg_trend_options *own = params->own;
	double z = find_z(pool, pool->s, continuity), most = find_z(pool, pool->pairs - pool->ties, continuity);
	enum kg_why why = pool->pairs <= 0 ? KG_WHY_TOO_FEW : pool->variance <= 0 ? KG_WHY_NO_SPREAD : KG_WHY_NONE;

	out[0] = kg_term_new("tau", "tau-a");
	out[1] = kg_term_new("s", "");
	out[2] = kg_term_new("slope", own->unit);
	for (size_t k = 0; k < 3; k++) {
		out[k].why = why;
		out[k].n = (double)pool->n;
	}
	if (why != KG_WHY_NONE)
		return 3;
	out[0].estimate = pool->s / pool->pairs;
	out[1].estimate = pool->s;
	out[1].std_error = sqrt(pool->variance);
	out[0].statistic = out[1].statistic = z;
	out[0].p_value = out[1].p_value = kg_trend_p(z);
	out[0].why = out[1].why = kg_trend_reachable(kg_trend_p(most), params->conf_level);
	out[2].estimate = pool->slope;
	return 3;
}

size_t kg_trend_fit_seasons(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, bool correlated)
{
	long season = (long)((const struct kg_trend_options *)params->own)->season;
	uint32_t *stratum = KG_ARRAY(scratch, uint32_t, sample->n);
	long *cycle = KG_ARRAY(scratch, long, sample->n);
	const double *y = kg_trend_values(sample, scratch);
	struct kg_sample seasons = *sample;
	struct kg_trend_pool pool;

	if (!stratum || !cycle || !y)
		return 0;
	for (size_t i = 0; i < sample->n; i++) {
		stratum[i] = (uint32_t)(((sample->period[i] % season) + season) % season);
		cycle[i] = (sample->period[i] - (long)stratum[i]) / season;
	}
	seasons.stratum = stratum;
	seasons.period = cycle;
	pool = correlated ? kg_trend_pool_correlated(&seasons, y, scratch) : kg_trend_pool(&seasons, y, scratch);
	return kg_trend_report_pool(&pool, !correlated, params, out);
}

size_t kg_trend_fit_regions(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			    struct kg_term *out, bool correlated)
{
	const double *y = kg_trend_values(sample, scratch);
	struct kg_trend_pool pool;

	if (!y)
		return 0;
	pool = correlated ? kg_trend_pool_correlated(sample, y, scratch) : kg_trend_pool(sample, y, scratch);
	return kg_trend_report_pool(&pool, !correlated, params, out);
}
