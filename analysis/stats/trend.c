#include "stats/trend.h"

#include <Rmath.h>

#include "stats/concordance.h"

/* Exact distribution below this length, as for Kendall's correlation. */
#define EXACT_BELOW 50

const double *kg_trend_values(const struct kg_sample *sample, struct kg_arena *scratch)
{
	double *value;

	if (!sample->exposure)
		return sample->y;
	value = KG_ARRAY(scratch, double, sample->n);
	for (size_t i = 0; value && i < sample->n; i++)
		value[i] = sample->y[i] / sample->exposure[i];
	return value;
}

struct kg_trend_score kg_trend_score(const double *y, size_t n, struct kg_arena *scratch)
{
	struct kg_trend_score score = { .n = n, .s = NAN };
	double *time = KG_ARRAY(scratch, double, n), count = (double)n;
	struct kg_order by_time, by_y;
	struct kg_ties ties;

	for (size_t i = 0; time && i < n; i++)
		time[i] = (double)i;
	if (!time)
		return score;
	by_time = kg_order_make(time, n, scratch);
	by_y = kg_order_make(y, n, scratch);
	if (kg_arena_failed(scratch))
		return score;
	ties = kg_order_ties(&by_y);
	score.s = kg_concordance_score(&by_time, &by_y, scratch);
	score.ties = ties.pairs;
	score.variance = (count * (count - 1) * (2 * count + 5) - ties.second) / 18;
	return score;
}

double kg_trend_z(double s, double variance)
{
	if (!(variance > 0) || s == 0)
		return 0;
	return (s > 0 ? s - 1 : s + 1) / sqrt(variance);
}

double kg_trend_p(double z)
{
	return 2 * pnorm(-fabs(z), 0, 1, 1, 0);
}

enum kg_why kg_trend_reachable(double least_p, double conf_level)
{
	return least_p < 1 - conf_level ? KG_WHY_NONE : KG_WHY_NEVER_SIGNIFICANT;
}

/* Two-sided exact p of the most extreme of the n! orders of n values. */
static double least_exact_p(size_t n)
{
	return 2 / gammafn((double)n + 1);
}

size_t kg_trend_report(const struct kg_trend_score *score, double variance, const struct kg_params *params, bool exact,
		       struct kg_arena *scratch, struct kg_term *out)
{
	double n = (double)score->n, pairs = n * (n - 1) / 2, z = kg_trend_z(score->s, variance);
	double least = kg_trend_p(kg_trend_z(pairs - score->ties, score->variance));

	exact &= score->ties == 0 && score->n < EXACT_BELOW;
	out[0] = kg_term_new("tau", "tau-b");
	out[1] = kg_term_new("s", "");
	out[0].n = out[1].n = n;
	if (score->ties >= pairs) {
		out[0].why = out[1].why = KG_WHY_NO_SPREAD;
		return 2;
	}
	out[0].estimate = score->s / sqrt(pairs * (pairs - score->ties));
	out[1].estimate = score->s;
	out[1].std_error = sqrt(variance);
	out[0].statistic = out[1].statistic = z;
	out[0].p_value = exact ? kg_concordance_exact_p(score->s, score->n, scratch) : kg_trend_p(z);
	out[1].p_value = kg_trend_p(z);
	out[0].why = kg_trend_reachable(exact ? least_exact_p(score->n) : least, params->conf_level);
	out[1].why = kg_trend_reachable(least, params->conf_level);
	return 2;
}

double kg_trend_select(double *value, size_t n, size_t k)
{
	size_t from = 0, to = n - 1;

	while (from < to) {
		double pivot = value[from + (to - from) / 2];
		size_t left = from, right = to;

		for (;;) {
			double held;

			while (value[left] < pivot)
				left++;
			while (value[right] > pivot)
				right--;
			if (left >= right)
				break;
			held = value[left];
			value[left++] = value[right];
			value[right--] = held;
		}
		if (k <= right)
			to = right;
		else
			from = right + 1;
	}
	return value[k];
}

double kg_trend_median(double *value, size_t n)
{
	double upper;

	if (!n)
		return NAN;
	upper = kg_trend_select(value, n, n / 2);
	return n % 2 ? upper : (upper + kg_trend_select(value, n, n / 2 - 1)) / 2;
}

size_t kg_trend_slopes(const double *x, const double *y, size_t n, double *slope)
{
	size_t count = 0;

	for (size_t i = 0; i + 1 < n; i++)
		for (size_t j = i + 1; j < n; j++)
			slope[count++] = (y[j] - y[i]) / (x[j] - x[i]);
	return count;
}

double kg_trend_sen(const double *x, const double *y, size_t n, struct kg_arena *scratch)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	const struct kg_trend_slopes slopes = kg_trend_slopes_make(x, y, n, scratch);
	double median = kg_trend_slopes_median(&slopes);

	kg_arena_rewind(scratch, mark);
	return median;
}

double *kg_trend_positions(const double *x, size_t n, struct kg_arena *scratch)
{
	double *position = KG_ARRAY(scratch, double, n), step;

	if (!position || n < 2)
		return position;
	for (size_t i = 1; i < n; i++)
		position[i - 1] = x[i] - x[i - 1];
	step = kg_trend_median(position, n - 1);
	for (size_t i = 0; i < n; i++)
		position[i] = step * (double)i;
	return position;
}

double *kg_trend_remove(const double *position, const double *y, size_t n, double slope, struct kg_arena *scratch)
{
	double *rest = KG_ARRAY(scratch, double, n);

	for (size_t i = 0; rest && i < n; i++)
		rest[i] = y[i] - slope * position[i];
	return rest;
}

double kg_trend_autocorrelation(const double *y, size_t n, size_t lag)
{
	long double mean = 0, all = 0, shifted = 0;

	for (size_t i = 0; i < n; i++)
		mean += y[i];
	mean /= n;
	for (size_t i = 0; i < n; i++) {
		all += (y[i] - mean) * (y[i] - mean);
		if (i + lag < n)
			shifted += (y[i] - mean) * (y[i + lag] - mean);
	}
	return all > 0 ? (double)(shifted / all) : 0;
}
