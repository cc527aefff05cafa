#include "stats/smooth_doubt.h"

#include <math.h>

void kg_smooth_global_without(const struct kg_sample *sample, struct kg_smooth_prior *without)
{
	long double count = 0, exposure = 0, square = 0;

	for (size_t i = 0; i < sample->n; i++) {
		count += sample->y[i];
		exposure += sample->exposure[i];
		square += (long double)sample->y[i] * sample->y[i] / sample->exposure[i];
	}
	for (size_t i = 0; i < sample->n; i++) {
		double y = sample->y[i], n = sample->exposure[i];

		without[i] = kg_smooth_from_sums((double)(count - y), (double)(exposure - n),
						 (double)(square - (long double)y * y / n), sample->n - 1);
	}
}

/* The place that is `at` in the surroundings of another: that other itself, then its neighbours. */
static size_t pick(const struct kg_smooth_neighbours *neighbours, size_t place, size_t at)
{
	return at ? neighbours->of[neighbours->first[place] + at - 1] : place;
}

void kg_smooth_local_without(const struct kg_sample *sample, const struct kg_smooth_neighbours *neighbours,
			     size_t place, const double *mean, struct kg_smooth_prior *without)
{
	size_t k = 1 + neighbours->first[place + 1] - neighbours->first[place];

	for (size_t left = 0; left < k; left++) {
		long double count = 0, exposure = 0, square = 0;

		for (size_t j = 0; j < k; j++) {
			size_t i = pick(neighbours, place, j);

			count += j == left ? 0 : sample->y[i];
			exposure += j == left ? 0 : sample->exposure[i];
		}
		for (size_t j = 0; j < k; j++) {
			size_t i = pick(neighbours, place, j);
			long double miss = (long double)sample->y[i] / sample->exposure[i] -
					   (mean ? mean[i] : count / exposure);

			square += j == left ? 0 : sample->exposure[i] * miss * miss;
		}
		without[left] = kg_smooth_settle(count, exposure, square, k - 1);
	}
}

double kg_smooth_doubt(const struct kg_smooth_prior *prior, const struct kg_smooth_prior *without, size_t k,
		       double count, double exposure)
{
	double estimate = kg_smooth_estimate(prior, count, exposure);
	double own = kg_smooth_variance(prior, count, exposure), moved = 0, grown = 0;

	for (size_t u = 0; u < k; u++) {
		double miss = kg_smooth_estimate(&without[u], count, exposure) - estimate;

		moved += miss * miss;
		grown += kg_smooth_variance(&without[u], count, exposure) - own;
	}
	moved *= (double)(k - 1) / (double)k;
	grown *= (double)(k - 1) / (double)k;
	return (grown < own ? own - grown : own) + moved;
}
