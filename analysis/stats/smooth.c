#include "stats/smooth.h"

#include <math.h>

/* Sums over the places of one surroundings. */
struct surroundings {
	long double count, exposure, square;
	size_t n;
};

struct kg_smooth_prior kg_smooth_settle(long double count, long double exposure, long double square, size_t n)
{
	struct kg_smooth_prior prior = { .mean = (double)(count / exposure) };
	long double variance = square / exposure - prior.mean / (exposure / n);

	prior.clamped = variance < 0;
	prior.variance = prior.clamped ? 0 : (double)variance;
	return prior;
}

static struct kg_smooth_prior settle(const struct surroundings *of)
{
	return kg_smooth_settle(of->count, of->exposure, of->square, of->n);
}

static void add_place(struct surroundings *of, const struct kg_sample *sample, size_t place)
{
	of->count += sample->y[place];
	of->exposure += sample->exposure[place];
	of->n++;
}

static void add_square(struct surroundings *of, const struct kg_sample *sample, size_t place, double mean)
{
	long double miss = (long double)sample->y[place] / sample->exposure[place] - mean;

	of->square += sample->exposure[place] * miss * miss;
}

struct kg_smooth_prior kg_smooth_global(const struct kg_sample *sample)
{
	struct surroundings of = { 0 };

	for (size_t i = 0; i < sample->n; i++)
		add_place(&of, sample, i);
	for (size_t i = 0; i < sample->n; i++)
		add_square(&of, sample, i, (double)(of.count / of.exposure));
	return settle(&of);
}

struct kg_smooth_prior kg_smooth_local(const struct kg_sample *sample, const struct kg_smooth_neighbours *neighbours,
				       size_t place, const double *mean)
{
	size_t from = neighbours->first[place], to = neighbours->first[place + 1];
	struct surroundings of = { 0 };
	double about;

	add_place(&of, sample, place);
	for (size_t k = from; k < to; k++)
		add_place(&of, sample, neighbours->of[k]);
	about = (double)(of.count / of.exposure);
	add_square(&of, sample, place, mean ? mean[place] : about);
	for (size_t k = from; k < to; k++)
		add_square(&of, sample, neighbours->of[k], mean ? mean[neighbours->of[k]] : about);
	return settle(&of);
}

double kg_smooth_estimate(const struct kg_smooth_prior *prior, double count, double exposure)
{
	double own = prior->variance + prior->mean / exposure;

	return prior->mean + (own > 0 ? prior->variance / own : 0) * (count / exposure - prior->mean);
}

double kg_smooth_variance(const struct kg_smooth_prior *prior, double count, double exposure)
{
	double rate = prior->mean + prior->variance * exposure;

	if (!(prior->variance > 0 && prior->mean > 0))
		return 0;
	return (prior->mean * prior->mean + prior->variance * count) * prior->variance / (rate * rate);
}

struct kg_smooth_prior kg_smooth_from_sums(double count, double exposure, double square, size_t k)
{
	double mean = count / exposure;

	return kg_smooth_settle(count, exposure, fmax(square - count * mean, 0), k);
}

struct kg_term kg_smooth_term(const struct kg_smooth_prior *prior, double count, double exposure, double square_error,
			      const struct kg_params *params)
{
	double per = params->multiplier, tail = kg_interval_tail(params->conf_level), shape, scale;
	struct kg_term term = kg_term_new("rate", NULL);

	if (!(prior->variance > 0 && prior->mean > 0)) {
		term.estimate = prior->mean * per;
		term.why = KG_WHY_CLAMPED;
		return term;
	}
	term.estimate = kg_smooth_estimate(prior, count, exposure);
	shape = term.estimate * term.estimate / square_error;
	scale = square_error / term.estimate;
	term.estimate *= per;
	term.std_error = per * sqrt(square_error);
	term.conf_low = per * qgamma(tail, shape, scale, 1, 0);
	term.conf_high = per * qgamma(tail, shape, scale, 0, 0);
	return term;
}
