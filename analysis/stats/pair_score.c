#include "stats/pair.h"

#include <float.h>
#include <math.h>

#include "stats/root.h"

struct supposed {
	const struct kg_pair *pair;
	enum kg_contrast contrast;
	bool corrected;
};

/* Proportions that fit best when their contrast is held at a value. */
struct restricted {
	double p1, p2;
};

/* Two groups whose proportions differ by `gap` >= 0: a = the lower, a + gap = the upper. */
struct gap {
	double x_low, n_low, x_high, n_high, gap;
};

/* Derivative of the log-likelihood in a, times the variances: falls through 0 at the maximum. */
static double slope(const void *context, double a)
{
	const struct gap *of = context;
	double b = a + of->gap, rest = 1 - of->gap - a;

	return (of->x_high - of->n_high * b) * a * (1 - a) + (of->x_low - of->n_low * a) * b * rest;
}

/* The lower proportion. At the ends of its range the slope is 0 whatever the data: they are entered by the least step.
 */
static double fit_gap(const struct gap *of)
{
	double least = DBL_MIN, most = (1 - of->gap) * (1 - DBL_EPSILON), found;

	if (of->gap >= 1)
		return 0;
	if (slope(of, least) <= 0)
		return 0;
	if (slope(of, most) >= 0)
		return 1 - of->gap;
	found = kg_root_find(slope, of, least, most);
	return isnan(found) ? 0 : found;
}

static struct restricted restrict_difference(const struct kg_pair *pair, double delta)
{
	struct gap of = { pair->x2, pair->n2, pair->x1, pair->n1, delta };
	double low;

	if (delta < 0)
		of = (struct gap){ pair->x1, pair->n1, pair->x2, pair->n2, -delta };
	low = fit_gap(&of);
	return delta < 0 ? (struct restricted){ low, low - delta } : (struct restricted){ low + delta, low };
}

/* p1 = phi p2: the root of a quadratic, in the form that does not cancel. */
static struct restricted restrict_ratio(const struct kg_pair *pair, double phi)
{
	double a = (pair->n1 + pair->n2) * phi, c = pair->x1 + pair->x2;
	double b = pair->n1 * phi + pair->x1 + pair->n2 + pair->x2 * phi;
	double p2 = 2 * c / (b + sqrt(fmax(0, b * b - 4 * a * c)));

	return (struct restricted){ fmin(1, phi * p2), fmin(1, p2) };
}

/* Odds of group 1 = psi times those of group 2. */
static struct restricted restrict_odds(const struct kg_pair *pair, double psi)
{
	double total = pair->x1 + pair->x2, a = pair->n2 * (psi - 1);
	double b = pair->n1 * psi + pair->n2 - total * (psi - 1);
	double p2 = 2 * total / (b + sqrt(fmax(0, b * b + 4 * a * total)));

	return (struct restricted){ psi * p2 / (1 + p2 * (psi - 1)), p2 };
}

static double divide(double difference, double variance)
{
	return variance > 0 ? difference / sqrt(variance) : difference == 0 ? 0 : copysign(INFINITY, difference);
}

static double find_deviate(const void *context, double value)
{
	const struct supposed *of = context;
	const struct kg_pair *pair = of->pair;
	double n = pair->n1 + pair->n2, factor = of->corrected ? n / (n - 1) : 1;
	double p1 = pair->x1 / pair->n1, p2 = pair->x2 / pair->n2, v1, v2;
	struct restricted at;

	if (of->contrast == KG_DIFFERENCE)
		at = restrict_difference(pair, value);
	else
		at = of->contrast == KG_RATIO ? restrict_ratio(pair, value) : restrict_odds(pair, value);
	v1 = at.p1 * (1 - at.p1);
	v2 = at.p2 * (1 - at.p2);
	if (of->contrast == KG_DIFFERENCE)
		return divide(p1 - p2 - value, factor * (v1 / pair->n1 + v2 / pair->n2));
	if (of->contrast == KG_RATIO)
		return divide(p1 - value * p2, factor * (v1 / pair->n1 + value * value * v2 / pair->n2));
	/* (p1 - P1) / v1 - (p2 - P2) / v2 over its standard error, with n1 (p1 - P1) = - n2 (p2 - P2) at the fit. */
	return divide(pair->n1 * (p1 - at.p1), factor / (1 / (pair->n1 * v1) + 1 / (pair->n2 * v2)));
}

double kg_pair_score_deviate(const struct kg_pair *pair, enum kg_contrast contrast, bool corrected, double supposed)
{
	struct supposed of = { pair, contrast, corrected };

	return find_deviate(&of, supposed);
}

/* A ratio that is 0 or infinite is its own limit. */
static struct kg_interval open_ends(const struct kg_pair *pair, enum kg_contrast contrast, struct kg_interval limit)
{
	bool odds = contrast == KG_ODDS_RATIO;

	if (pair->x1 == 0 || (odds && pair->x2 == pair->n2))
		limit.low = 0;
	if (pair->x2 == 0 || (odds && pair->x1 == pair->n1))
		limit.high = INFINITY;
	return limit;
}

struct kg_interval kg_pair_score(const struct kg_pair *pair, enum kg_contrast contrast, bool corrected,
				 double conf_level)
{
	struct supposed of = { pair, contrast, corrected };
	double z = kg_interval_z(conf_level), x = pair->x1 + pair->x2;

	if (contrast == KG_DIFFERENCE)
		return kg_pair_invert(find_deviate, &of, z, -1, 1);
	if (x == 0 || (contrast == KG_ODDS_RATIO && x == pair->n1 + pair->n2))
		return (struct kg_interval){ 0, INFINITY };
	return open_ends(pair, contrast, kg_pair_invert_ratio(find_deviate, &of, z));
}

size_t kg_pair_score_fit(const struct kg_sample *sample, const struct kg_params *params, bool corrected,
			 struct kg_term *out, size_t room)
{
	struct kg_pair pair;
	enum kg_why why = kg_pair_read(sample, true, &pair);
	double n = pair.n1 + pair.n2, z = kg_pair_pooled_z(&pair) * (corrected ? sqrt((n - 1) / n) : 1);
	size_t count = 0;

	for (enum kg_contrast k = KG_DIFFERENCE; k <= KG_ODDS_RATIO && count < room; k++) {
		struct kg_interval limit;
		struct kg_term term = kg_pair_term(&pair, k);

		if (why != KG_WHY_NONE) {
			out[count++] = kg_term_none(term.term, term.unit, why);
			continue;
		}
		limit = kg_pair_score(&pair, k, corrected, params->conf_level);
		term.conf_low = limit.low;
		term.conf_high = limit.high;
		kg_pair_note_test(&term, z);
		out[count++] = term;
	}
	return count;
}
