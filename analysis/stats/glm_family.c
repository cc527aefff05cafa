#include "stats/glm_family.h"

#include <Rmath.h>

/* What is added to counts so that their logarithm exists at the start (McCullagh & Nelder 1989, section 6.3). */
#define START_COUNT 0.1
#define START_SUCCESS 0.5

static double trials(const struct kg_glm_data *data, size_t i)
{
	return data->trials ? data->trials[i] : 1;
}

static double prior(const struct kg_glm_data *data, size_t i)
{
	return data->weight ? data->weight[i] : 1;
}

double kg_family_mean(const struct kg_glm_data *data, size_t i, double eta)
{
	if (data->family != KG_FAMILY_BINOMIAL)
		return exp(eta);
	return trials(data, i) / (1 + exp(-eta));
}

double kg_family_weight(const struct kg_glm_data *data, size_t i, double mu)
{
	switch (data->family) {
	case KG_FAMILY_BINOMIAL:
		return prior(data, i) * mu * (1 - mu / trials(data, i));
	case KG_FAMILY_NEGATIVE_BINOMIAL:
		return prior(data, i) * mu / (1 + mu / data->theta);
	default:
		return prior(data, i) * mu;
	}
}

double kg_family_residual(const struct kg_glm_data *data, size_t i, double mu)
{
	double slope = data->family == KG_FAMILY_BINOMIAL ? mu * (1 - mu / trials(data, i)) : mu;

	return (data->y[i] - mu) / slope;
}

double kg_family_start(const struct kg_glm_data *data, size_t i)
{
	double y = data->y[i];

	if (data->family != KG_FAMILY_BINOMIAL)
		return log(y + START_COUNT);
	return log((y + START_SUCCESS) / (trials(data, i) - y + START_SUCCESS));
}

/* y ln(y / mu), 0 at y = 0. */
static double log_ratio(double y, double mu)
{
	return y > 0 ? y * log(y / mu) : 0;
}

double kg_family_deviance(const struct kg_glm_data *data, size_t i, double mu)
{
	double y = data->y[i], failures = trials(data, i) - y, theta = data->theta;

	switch (data->family) {
	case KG_FAMILY_BINOMIAL:
		return 2 * prior(data, i) * (log_ratio(y, mu) + log_ratio(failures, trials(data, i) - mu));
	case KG_FAMILY_NEGATIVE_BINOMIAL:
		return 2 * prior(data, i) * (log_ratio(y, mu) - (y + theta) * log1p((y - mu) / (mu + theta)));
	default:
		return 2 * prior(data, i) * (log_ratio(y, mu) - (y - mu));
	}
}

double kg_family_log_likelihood(const struct kg_glm_data *data, size_t i, double mu)
{
	double y = data->y[i], m = trials(data, i), theta = data->theta;

	switch (data->family) {
	case KG_FAMILY_BINOMIAL:
		return prior(data, i) *
		       (lchoose(m, y) + (y > 0 ? y * log(mu / m) : 0) + (m > y ? (m - y) * log1p(-mu / m) : 0));
	case KG_FAMILY_NEGATIVE_BINOMIAL:
		return prior(data, i) * (lgammafn(theta + y) - lgammafn(theta) - lgammafn(y + 1) -
					 theta * log1p(mu / theta) + (y > 0 ? y * log(mu / (mu + theta)) : 0));
	default:
		return prior(data, i) * ((y > 0 ? y * log(mu) : 0) - mu - lgammafn(y + 1));
	}
}
