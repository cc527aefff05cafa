#include <string.h>

#include "base/random.h"
#include "stats/moments.h"
#include "stats/trend.h"

size_t kg_trend_replicates(const char *method, size_t asked)
{
	static const struct {
		const char *method;
		size_t replicates;
	} usual[] = {
		{ "snh", 9999 },
		{ "buishand", 9999 },
		{ "buishand-u", 9999 },
		{ "block-bootstrap", 2000 },
	};

	for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (strcmp(usual[i].method, method) == 0)
			return asked ? asked : usual[i].replicates;
	return 0;
}

bool kg_trend_partial_sums(const double *y, size_t n, long double *sum, long double *squares)
{
	long double mean = kg_mean(y, n), total = 0;

	*squares = kg_sum_squares(y, n, mean);
	for (size_t k = 0; k < n; k++) {
		total += y[k] - mean;
		sum[k] = total;
	}
	return kg_has_spread(y, n);
}

/* Share of normal series of the same length whose statistic is as large. */
static double simulate_p(kg_trend_measure *measure, double statistic, const struct kg_params *params,
			 const struct kg_trend_room *room, size_t replicates)
{
	size_t above = 0, at;

	for (size_t r = 0; r < replicates; r++) {
		struct kg_random random = kg_random_stream(params->seed, params->stream, (uint32_t)r);

		for (size_t i = 0; i < room->n; i++)
			room->y[i] = kg_random_normal(&random);
		above += measure(room->y, room->n, room->sum, &at) >= statistic;
	}
	return ((double)above + 1) / ((double)replicates + 1);
}

size_t kg_trend_change(kg_trend_measure *measure, size_t replicates, const struct kg_sample *sample,
		       const struct kg_params *params, struct kg_arena *scratch, struct kg_term *out)
{
	const double *y = kg_trend_values(sample, scratch);
	const struct kg_trend_room room = { sample->n, KG_ARRAY(scratch, double, sample->n),
					    KG_ARRAY(scratch, long double, sample->n) };
	size_t at = 0;

	if (!y || kg_arena_failed(scratch))
		return 0;
	out[0] = kg_term_new("change_point", "year");
	out[0].statistic = measure(y, sample->n, room.sum, &at);
	if (isnan(out[0].statistic)) {
		out[0].why = KG_WHY_NO_SPREAD;
		return 1;
	}
	out[0].estimate = sample->x[at];
	out[0].p_value = simulate_p(measure, out[0].statistic, params, &room, replicates);
	out[0].why = kg_trend_reachable(1 / ((double)replicates + 1), params->conf_level);
	return 1;
}

size_t kg_trend_rank_split(const double *rank, size_t n, double *most)
{
	double sum = 0;
	size_t at = 0;

	*most = -1;
	for (size_t k = 0; k + 1 < n; k++) {
		double departure;

		sum += rank[k];
		departure = fabs(2 * sum - (double)(k + 1) * ((double)n + 1));
		if (departure > *most) {
			*most = departure;
			at = k;
		}
	}
	return at;
}
