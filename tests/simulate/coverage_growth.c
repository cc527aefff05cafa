/* coverage_growth: intervals of growth and trend. */
#include "coverage.h"
#include "stats/trend.h"

#define RATE 0.03 /* logarithmic growth per year */

static double growing(double start, size_t i)
{
	return start * exp(RATE * (double)i);
}

static void fill_counts(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = kg_draw_count(random, growing(100, i));
}

static void fill_ten(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = kg_draw_count(random, growing(10, i));
}

static void fill_few(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = kg_draw_count(random, growing(4, i));
}

static void fill_rates(struct kg_random *random, struct kg_trial_series *series)
{
	series->population = true;
	for (size_t i = 0; i < series->n; i++) {
		series->exposure[i] = 10000 + 500.0 * (double)(i % 7);
		series->y[i] = kg_draw_count(random, series->exposure[i] * growing(0.01, i));
	}
}

static void fill_varying(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = kg_draw_count(random, growing(100, i) * kg_draw_gamma(random, 20));
}

static void fill_wild(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = kg_draw_count(random, growing(20, i) * kg_draw_gamma(random, 3));
}

static void fill_log_normal(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = growing(100, i) * exp(0.1 * kg_random_normal(random));
}

/* Errors that grow with time: what robust standard errors are for. */
static void fill_uneven(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++) {
		double share = (double)i / (double)series->n;

		series->y[i] = growing(100, i) * exp((0.05 + 0.2 * share) * kg_random_normal(random));
	}
}

/* Clusters of three neighbouring periods that share an error. */
static void fill_clustered(struct kg_random *random, struct kg_trial_series *series)
{
	double shared = 0;

	for (size_t i = 0; i < series->n; i++) {
		if (i % 3 == 0)
			shared = 0.1 * kg_random_normal(random);
		series->cluster[i] = (uint32_t)(i / 3);
		series->y[i] = growing(100, i) * exp(shared + 0.05 * kg_random_normal(random));
	}
}

static void fill_straight(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 50 + 2 * (double)i + 5 * kg_random_normal(random);
}

/* Student's t with two degrees of freedom. */
static void fill_outliers(struct kg_random *random, struct kg_trial_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		series->y[i] = 50 + 2 * (double)i + 5 * kg_random_normal(random) / sqrt(kg_draw_gamma(random, 1));
}

int main(void)
{
	static const struct kg_trend_options options = { .season = 1 };
	const double apc = 100 * expm1(RATE), doubling = log(2) / RATE, begin = log(100);
	const struct kg_trial trials[] = {
		{ "growth", "cagr", "cagr", "Poisson counts from 100", fill_counts, 10, .truth = apc },
		{ "growth", "cagr", "cagr", "Poisson counts from 10", fill_ten, 10, .truth = apc },
		{ "growth", "cagr", "cagr", "Poisson counts from 4", fill_few, 10, .truth = apc },
		{ "growth", "cagr", "doubling_time", "Poisson counts from 100", fill_counts, 25, .truth = doubling },
		{ "growth", "log-linear", "apc", "log-normal errors 10 %", fill_log_normal, 5, .truth = apc },
		{ "growth", "log-linear", "apc", "log-normal errors 10 %", fill_log_normal, 10, .truth = apc },
		{ "growth", "log-linear", "intercept", "log-normal errors 10 %", fill_log_normal, 10, .truth = begin },
		{ "growth", "log-linear", "apc", "counts from 100 in populations", fill_rates, 10, .truth = apc },
		{ "growth", "log-linear", "apc", "uneven errors, classical", fill_uneven, 30, .truth = apc },
		{ "growth", "log-linear", "apc", "uneven errors, hc3", fill_uneven, 10, .truth = apc,
		  .covariance = KG_COV_HC3 },
		{ "growth", "log-linear", "apc", "uneven errors, hc3", fill_uneven, 30, .truth = apc,
		  .covariance = KG_COV_HC3 },
		{ "growth", "log-linear", "apc", "10 clusters", fill_clustered, 30, .truth = apc,
		  .covariance = KG_COV_CLUSTER },
		{ "growth", "log-linear", "apc", "40 clusters", fill_clustered, 120, .truth = apc,
		  .covariance = KG_COV_CLUSTER },
		{ "growth", "poisson", "apc", "Poisson counts from 4", fill_few, 10, .truth = apc },
		{ "growth", "poisson", "apc", "Poisson counts from 100", fill_counts, 5, .truth = apc },
		{ "growth", "poisson", "apc", "Poisson counts from 100", fill_counts, 10, .truth = apc },
		{ "growth", "poisson", "intercept", "Poisson counts from 100", fill_counts, 10, .truth = begin },
		{ "growth", "poisson", "apc", "counts from 100 in populations", fill_rates, 10, .truth = apc },
		{ "growth", "quasi-poisson", "apc", "gamma variation, shape 20", fill_varying, 5, .truth = apc },
		{ "growth", "quasi-poisson", "apc", "gamma variation, shape 20", fill_varying, 15, .truth = apc },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 20", fill_varying, 5, .truth = apc },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 20", fill_varying, 8, .truth = apc },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 20", fill_varying, 15, .truth = apc },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 20", fill_varying, 40, .truth = apc },
		{ "growth", "negative-binomial", "intercept", "gamma variation, shape 20", fill_varying, 15,
		  .truth = begin },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 3", fill_wild, 8, .truth = apc },
		{ "growth", "negative-binomial", "apc", "gamma variation, shape 3", fill_wild, 15, .truth = apc },
		{ "growth", "negative-binomial", "theta", "gamma variation, shape 3", fill_wild, 15, .truth = 3 },
		{ "growth", "negative-binomial", "theta", "gamma variation, shape 3", fill_wild, 40, .truth = 3 },
		{ "growth", "negative-binomial", "theta", "gamma variation, shape 3", fill_wild, 120, .truth = 3 },
		{ "trend", "theil-sen", "slope", "normal errors", fill_straight, 5, .truth = 2, .own = &options },
		{ "trend", "theil-sen", "slope", "normal errors", fill_straight, 8, .truth = 2, .own = &options },
		{ "trend", "theil-sen", "slope", "normal errors", fill_straight, 10, .truth = 2, .own = &options },
		{ "trend", "theil-sen", "slope", "normal errors", fill_straight, 25, .truth = 2, .own = &options },
		{ "trend", "theil-sen", "slope", "outliers (t with 2 df)", fill_outliers, 10, .truth = 2,
		  .own = &options },
		{ "trend", "theil-sen", "slope", "outliers (t with 2 df)", fill_outliers, 25, .truth = 2,
		  .own = &options },
	};

	puts("| program | method | term | setting | n | intervals | coverage |");
	puts("| --- | --- | --- | --- | ---: | ---: | ---: |");
	kg_trials_run(trials, sizeof trials / sizeof trials[0], 20201117);
	return 0;
}
