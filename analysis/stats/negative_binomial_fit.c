#include "stats/negative_binomial_fit.h"

#include <Rmath.h>
#include <float.h>

/* Done when ln(theta) moves by less than this between two fits of the coefficients, to which it is orthogonal. */
#define THETA_STEP 1e-12
#define ROUNDS_MOST 200
#define NEWTON_MOST 100
/* Longest step of ln(theta): far from the solution the curvature is no guide. */
#define STEP_LONGEST 2.0
/* Up to this count the difference of digammas is summed term by term. */
#define COUNT_SUMMED 256
/* From here on five terms of the asymptotic series are exact to long double. */
#define ASYMPTOTIC_FROM 40
#define SERIES_BELOW 0.05L

struct slope {
	long double first, second; /* derivatives of the log-likelihood in theta */
};

static double prior(const struct kg_glm_data *data, size_t i)
{
	return data->weight ? data->weight[i] : 1;
}

/* What digamma(x) has beyond ln(x), and trigamma(x) beyond 1 / x (Abramowitz & Stegun 6.3.18, 6.4.12); x from
 * ASYMPTOTIC_FROM on. */
static struct slope gamma_tails(long double x)
{
	long double r = 1 / (x * x), first, second;

	first = r * (-1 / 12.0L + r * (1 / 120.0L + r * (-1 / 252.0L + r * (1 / 240.0L - r / 132))));
	second = r * (1 / 6.0L + r * (-1 / 30.0L + r * (1 / 42.0L + r * (-1 / 30.0L + r * 5 / 66))));
	return (struct slope){ first - 1 / (2 * x), second / x + r / 2 };
}

/* ln(1 + d) - d without cancellation. */
static long double log_excess(long double d)
{
	long double sum = 0, power = d;

	if (fabsl(d) > SERIES_BELOW)
		return log1pl(d) - d;
	for (int k = 2; fabsl(power) > LDBL_EPSILON * fabsl(d * d); k++) {
		power *= -d;
		sum += power / k;
	}
	return sum;
}

/* Derivatives of one observation's log-likelihood by their definition; the differences of digammas and of trigammas
 * are summed term by term. */
static struct slope sum_terms(double y, long double mu, long double theta)
{
	long double both = mu + theta;
	struct slope sum = { (mu - y) / both - log1pl(mu / theta), mu / (theta * both) - (mu - y) / (both * both) };

	for (long k = 0; k < (long)y; k++) {
		long double part = 1 / (theta + k);

		sum.first += part;
		sum.second -= part * part;
	}
	return sum;
}

/* The same for large theta, where those differences cancel against the logarithm. */
static struct slope take_tails(double y, long double mu, long double theta)
{
	long double both = mu + theta, d = (y - mu) / both;
	struct slope high = gamma_tails(theta + y), low = gamma_tails(theta);

	return (struct slope){ log_excess(d) + (high.first - low.first),
			       d * d / (theta + y) + (high.second - low.second) };
}

/* The same for a large count and a small theta. */
static struct slope take_functions(double y, long double mu, long double theta)
{
	long double both = mu + theta;
	double least = (double)theta;

	return (struct slope){ (long double)digamma(least + y) - digamma(least) - log1pl(mu / theta) + (mu - y) / both,
			       (long double)trigamma(least + y) - trigamma(least) + mu / (theta * both) -
				   (mu - y) / (both * both) };
}

static struct slope theta_slope(const struct kg_glm *glm, const struct kg_glm_data *data, double theta)
{
	struct slope total = { 0, 0 };

	for (size_t i = 0; i < glm->n; i++) {
		double y = data->y[i];
		struct slope one = theta >= ASYMPTOTIC_FROM		? take_tails(y, glm->mu[i], theta)
				   : y <= COUNT_SUMMED && y == floor(y) ? sum_terms(y, glm->mu[i], theta)
									: take_functions(y, glm->mu[i], theta);

		total.first += prior(data, i) * one.first;
		total.second += prior(data, i) * one.second;
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
