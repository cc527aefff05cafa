#include "stats/negative_binomial_fit.h"

#include <Rmath.h>

/* Done when ln(theta) moves by less than this between two fits of the coefficients, to which it is orthogonal. */
#define THETA_STEP 1e-12
#define ROUNDS_MOST 200
#define NEWTON_MOST 100
/* Longest step of ln(theta): far from the solution the curvature is no guide. */
#define STEP_LONGEST 2.0
/* Up to this count the difference of digammas is summed term by term, which loses no digits when theta is large. */
#define COUNT_SUMMED 256

struct slope {
	long double first, second; /* derivatives of the log-likelihood in theta */
};

static double prior(const struct kg_glm_data *data, size_t i)
{
	return data->weight ? data->weight[i] : 1;
}

/* digamma(theta + y) - digamma(theta), and the same of the trigammas. */
static struct slope gamma_differences(double y, double theta)
{
	struct slope sum = { 0, 0 };

	if (y > COUNT_SUMMED || y != floor(y))
		return (struct slope){ (long double)digamma(theta + y) - digamma(theta),
				       (long double)trigamma(theta + y) - trigamma(theta) };
	for (long k = 0; k < (long)y; k++) {
		long double part = 1 / ((long double)theta + k);

		sum.first += part;
		sum.second -= part * part;
	}
	return sum;
}

static struct slope theta_slope(const struct kg_glm *glm, const struct kg_glm_data *data, double theta)
{
	struct slope total = { 0, 0 };

	for (size_t i = 0; i < glm->n; i++) {
		long double mu = glm->mu[i], y = data->y[i], both = mu + theta;
		struct slope gamma = gamma_differences(data->y[i], theta);

		total.first += prior(data, i) * (gamma.first - log1pl(mu / theta) + (mu - y) / both);
		total.second += prior(data, i) * (gamma.second + mu / (theta * both) - (mu - y) / (both * both));
	}
	return total;
}

/* Maximises over ln(theta) at the expected counts given. */
static double improve_theta(const struct kg_glm *glm, const struct kg_glm_data *data, double theta)
{
	for (int i = 0; i < NEWTON_MOST; i++) {
		struct slope at = theta_slope(glm, data, theta);
		double first = (double)(theta * at.first);
		double second = (double)(theta * theta * at.second) + first;
		double step = second < 0 ? -first / second : copysign(STEP_LONGEST, first);

		step = fmax(-STEP_LONGEST, fmin(STEP_LONGEST, step));
		theta *= exp(step);
		if (fabs(step) < THETA_STEP)
			break;
	}
	return theta;
}

/* Positive when the likelihood rises from theta = infinity: the counts vary more than Poisson's (score test). */
static double excess(const struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double sum = 0;

	for (size_t i = 0; i < glm->n; i++) {
		long double left = data->y[i] - glm->mu[i];

		sum += prior(data, i) * (left * left - data->y[i]);
	}
	return (double)sum;
}

/* Moment estimate from the Poisson fit: where to start. */
static double first_theta(const struct kg_glm *glm, const struct kg_glm_data *data)
{
	long double squares = 0;

	for (size_t i = 0; i < glm->n; i++)
		squares += prior(data, i) * (long double)glm->mu[i] * glm->mu[i];
	return (double)(squares / excess(glm, data));
}

enum kg_why kg_negative_binomial_fit(struct kg_glm *glm, struct kg_glm_data *data, struct kg_theta *theta)
{
	enum kg_why why;
	double before;

	*theta = (struct kg_theta){ INFINITY, NAN };
	data->family = KG_FAMILY_POISSON;
	why = kg_glm_fit(glm, data);
	if (why != KG_WHY_NONE)
		return why;
	if (excess(glm, data) <= 0)
		return KG_WHY_NO_OVERDISPERSION;
	data->family = KG_FAMILY_NEGATIVE_BINOMIAL;
	data->theta = first_theta(glm, data);
	glm->warm = true;
	for (int round = 0; round < ROUNDS_MOST; round++) {
		before = data->theta;
		why = kg_glm_fit(glm, data);
		data->theta = improve_theta(glm, data, before);
		if (why == KG_WHY_NONE && fabs(log(data->theta / before)) < THETA_STEP)
			break;
		if (round + 1 == ROUNDS_MOST)
			why = KG_WHY_NOT_CONVERGED;
	}
	glm->warm = false;
	theta->estimate = data->theta;
	theta->std_error = 1 / sqrt((double)-theta_slope(glm, data, data->theta).second);
	return why;
}
